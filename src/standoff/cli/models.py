"""Commands that read models and answer questions about them."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from standoff.cli.output import progress_bar, put, put_json, stopped_at_once
from standoff.errors import StandoffError, UsageError

if TYPE_CHECKING:
    from standoff.study import Study

Files = Annotated[
    list[str],
    typer.Argument(metavar="FILE...", help="Model files (.yaml, .gmcr) or shipped cases, case:NAME."),
]
File = Annotated[
    str, typer.Argument(metavar="FILE", help="A model file (.yaml, .gmcr) or a case, case:NAME.")
]
Variant = Annotated[str | None, typer.Option(metavar="NAME", help="Use this variant of the model.")]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON document a line and file.")]
MaxStates = Annotated[
    int,
    typer.Option(
        metavar="N", min=1, help="Refuse conflicts with more feasible states than this, at most 134217728."
    ),
]
Rule = Annotated[
    str,
    typer.Option(
        metavar="RULE", help="How opponents may move in a sanction: legal_sequence or once_per_dm (as GMCR+)."
    ),
]
Engine = Annotated[str, typer.Option(metavar="NAME", help="auto, numpy, numba or simple.")]
Concepts = Annotated[
    list[str] | None, typer.Option(metavar="KEY", help="nash, gmr, smr, seq, sseq or sim; may be repeated.")
]

_MOST = 1 << 24


def each(files: list[str], answer: Callable[[str], None], *, as_json: bool) -> None:
    """Answer for every file in turn; a faulty one is reported and the others still answered."""
    from standoff.cli.app import complain

    worst = 0
    for number, file in enumerate(files):
        try:
            if number and not as_json:
                sys.stdout.write("\n")
            answer(file)
        except StandoffError as error:
            if as_json:
                from standoff.report.documents import faults_document

                put_json(faults_document(error, file))
            complain(error)
            worst = max(worst, error.exit_code)
    if worst:
        raise typer.Exit(worst)


def show(files: Files, variant: Variant = None, as_json: Json = False) -> None:
    """Who can do what, and who wants what: the model in plain tables.

    Example: standoff show case:north-korea-2019
    """
    from standoff.report.board import board, board_document
    from standoff.study import load, prepare

    def answer(file: str) -> None:
        study = prepare(load(file, variant))
        if as_json:
            put_json(board_document(study))
        else:
            put(board(study))

    each(files, answer, as_json=as_json)


def check(files: Files, as_json: Json = False) -> None:
    """Report every fault of model files, in the base and in all variants, with place and cure.

    Example: standoff check my-model.yaml
    """
    from standoff.report.board import checked_line
    from standoff.report.documents import checked_document
    from standoff.study import check as check_file

    def answer(file: str) -> None:
        found = check_file(file)
        if as_json:
            put_json(checked_document(found))
        else:
            sys.stdout.write(checked_line(found) + "\n")

    each(files, answer, as_json=as_json)


def analyze(
    files: Files,
    variant: Variant = None,
    concept: Concepts = None,
    sanction_moves: Rule = "legal_sequence",
    engine: Engine = "auto",
    max_states: MaxStates = _MOST,
    every: Annotated[bool, typer.Option("--all", help="Show every state.")] = False,
    as_json: Json = False,
    counts: Annotated[bool, typer.Option("--counts", help="With --json: numbers in place of lists.")] = False,
    equilibria_only: Annotated[
        bool, typer.Option("--equilibria-only", help="With --json: only equilibria and their states.")
    ] = False,
    pattern: Annotated[
        list[str] | None,
        typer.Option(metavar="STATEMENT", help="Also look at all states with this; may be repeated."),
    ] = None,
) -> None:
    """Why is it stuck: which states are stable, for whom, under each solution concept.

    Example: standoff analyze case:north-korea-2019
    """
    from standoff.study import analyse, load, pattern_statement

    if (counts or equilibria_only) and not as_json:
        raise UsageError("--counts and --equilibria-only go with --json.")

    def answer(file: str) -> None:
        model = load(file, variant)
        for statement in pattern or ():
            pattern_statement(model.conflict, statement)
        with stopped_at_once(), progress_bar() as progress:
            study = analyse(
                model,
                concepts=concept or (),
                sanction_moves=sanction_moves,
                engine=engine,
                max_states=max_states,
                progress=progress,
            )
        if as_json:
            from standoff.report.documents import study_document

            document = study_document(study, counts=counts, equilibria_only=equilibria_only)
            put_json(document | _patterns(study, pattern or ()))
        else:
            from standoff.report.terminal import analysis

            put(analysis(study, every_state=every))
            if pattern:
                from standoff.report.patterns import patterns_view

                put(patterns_view(study, pattern))

    each(files, answer, as_json=as_json)


def _patterns(study: Study, statements: Sequence[str]) -> dict[str, Any]:
    """Return what is added to a document where patterns were asked for."""
    if not statements:
        return {}
    from standoff.report.patterns import pattern_document

    return {"patterns": [pattern_document(study, statement) for statement in statements]}


def explain(
    file: File,
    state: Annotated[
        str | None, typer.Argument(metavar="[STATE]", help="A state's label; the status quo if left out.")
    ] = None,
    dm: Annotated[
        list[str] | None, typer.Option("--dm", metavar="ID", help="Only this decision maker.")
    ] = None,
    concept: Concepts = None,
    variant: Variant = None,
    sanction_moves: Rule = "legal_sequence",
    every: Annotated[bool, typer.Option("--all", help="Tell every sanction, not just three.")] = False,
    as_json: Json = False,
) -> None:
    """Tell why a state is stable or not, side by side, in sentences made from the moves themselves.

    Example: standoff explain case:prisoners-dilemma cooperate --concept seq
    """
    from standoff.report.documents import verdicts_document
    from standoff.report.terminal import explanation
    from standoff.stability.concepts import CORE
    from standoff.study import load, prepare

    def answer(file: str) -> None:
        asked = prepare(load(file, variant), sanction_moves)
        dms, concepts = dm or list(asked.decision_makers), concept or list(CORE)
        where = state or asked.status_quo
        if as_json:
            put_json(verdicts_document(asked, where, dms, concepts))
        else:
            put(explanation(asked, where, dms, concepts, most=sys.maxsize if every else 3))

    each([file], answer, as_json=as_json)
