"""The command that reads the log of events line by line."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from standoff.cli.models import File, MaxStates, Variant, each
from standoff.cli.output import check_output, put, put_json, require_other, write_table
from standoff.errors import ModelError
from standoff.states.enumeration import MAX_STATES

if TYPE_CHECKING:
    from standoff.files.reading import ModelFile
    from standoff.study import Study
    from standoff.study.belief import Belief


def belief(
    file: File,
    matrix: Annotated[
        bool, typer.Option("--matrix", help="Evidence by type: the most diagnostic line first.")
    ] = False,
    floor: Annotated[
        float | None,
        typer.Option(metavar="RATE", help="Rate a year of an event that a type makes impossible."),
    ] = None,
    variant: Variant = None,
    max_states: MaxStates = MAX_STATES,
    every: Annotated[bool, typer.Option("--all", help="Tell every line of a long log.")] = False,
    as_csv: Annotated[
        bool, typer.Option("--csv", help="The ledger, or with --matrix the matrix, as a table.")
    ] = False,
    output: Annotated[
        str | None, typer.Option("-o", metavar="FILE", help="With --csv: the file to write.")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace the file if it exists.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON document.")] = False,
) -> None:
    """Weigh each dated event and each silence of the log: what to believe about a party's type.

    Example: standoff belief model.yaml --matrix
    """
    from standoff.report.belief import belief_csv, belief_document, belief_view, matrix_csv, matrix_view
    from standoff.study import load

    check_output(output, as_csv=as_csv, as_json=as_json, force=force)
    if output is not None:
        require_other(output, file)

    def answer(name: str) -> None:
        model = load(name, variant)
        study, found = _found(model, floor, max_states)
        if as_json:
            put_json(belief_document(study, found))
        elif as_csv:
            write_table(matrix_csv(found) if matrix else belief_csv(found), output, force=force)
        elif matrix:
            put(matrix_view(study, found))
        else:
            put(belief_view(study, found, *([sys.maxsize] if every else [])))

    each([file], answer, as_json=as_json)


def _found(model: ModelFile, floor: float | None, max_states: int) -> tuple[Study, Belief]:
    from standoff.study import prepare
    from standoff.study.belief import belief as find

    study = prepare(model, max_states=max_states)
    try:
        return study, find(study, floor)
    except ModelError as error:
        raise model.located(error) from None
