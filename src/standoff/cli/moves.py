"""The command that ranks what a decision maker can do next."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from standoff.cli.models import Engine, File, MaxStates, Variant, each
from standoff.cli.output import progress_bar, put, put_json, stopped_at_once
from standoff.cli.ripe import Assume, At
from standoff.states.enumeration import MAX_STATES


def moves(
    file: File,
    decision_maker: Annotated[str, typer.Option("--for", metavar="ID", help="Whose moves.")],
    at: At = None,
    assume: Assume = None,
    concept: Annotated[
        str, typer.Option(metavar="KEY", help="Of equilibria opened and closed: nash, gmr, smr, seq or sseq.")
    ] = "seq",
    time_limit: Annotated[
        float | None,
        typer.Option(metavar="SECONDS", min=0, help="Tell no further move after so long."),
    ] = None,
    variant: Variant = None,
    engine: Engine = "auto",
    max_states: MaxStates = MAX_STATES,
    every: Annotated[
        bool, typer.Option("--all", help="Tell every move in sentences, and all steps.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON document.")] = False,
) -> None:
    """Rank what a side can do next by what it leads to: every move of its own, and staying.

    Example: standoff moves case:north-korea-2019 --for us
    """
    from standoff.report.moves import moves_document, moves_view
    from standoff.study import analysed, load
    from standoff.study.moves import MOST_MOVES
    from standoff.study.moves import moves as find

    def answer(name: str) -> None:
        model = load(name, variant)
        with stopped_at_once(), progress_bar() as progress:
            study = analysed(model, assume, at, engine=engine, max_states=max_states, progress=progress)
            found = find(
                study,
                decision_maker,
                at,
                concept=concept,
                most=sys.maxsize if every else MOST_MOVES,
                time_limit=time_limit,
                progress=progress,
            )
        if as_json:
            put_json(moves_document(study, found))
        elif every:
            put(moves_view(study, found, sys.maxsize, sanctions=True))
        else:
            put(moves_view(study, found))

    each([file], answer, as_json=as_json)
