"""The command that finds ways from one state to others, and cycles of improvements."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from standoff.cli.models import Engine, File, MaxStates, Variant, each
from standoff.cli.output import progress_bar, put, put_json, stopped_at_once
from standoff.cli.ripe import Assume, At
from standoff.errors import UsageError
from standoff.states.enumeration import MAX_STATES


def paths(
    file: File,
    to: Annotated[
        str | None, typer.Option(metavar="GOAL", help="A state, a statement in quotes, or equilibrium.")
    ] = None,
    at: At = None,
    coalition: Annotated[
        list[str] | None,
        typer.Option("--with", metavar="ID[,ID]", help="Joint moves of these are one step; may be repeated."),
    ] = None,
    concept: Annotated[
        str, typer.Option(metavar="KEY", help="Which equilibria --to equilibrium means.")
    ] = "seq",
    cycles: Annotated[bool, typer.Option("--cycles", help="Where improvements go round in circles.")] = False,
    assume: Assume = None,
    time_limit: Annotated[
        float | None, typer.Option(metavar="SECONDS", min=0, help="Stop searching after as many seconds.")
    ] = None,
    variant: Variant = None,
    engine: Engine = "auto",
    max_states: MaxStates = MAX_STATES,
    every: Annotated[bool, typer.Option("--all", help="Tell every goal and every round.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON document.")] = False,
) -> None:
    """Find what leads there: the shortest way, improvements only, fewest sacrifices; and who gives first.

    Example: standoff paths case:north-korea-2019 --to phased
    """
    from standoff.report.cycles import cycles_view
    from standoff.report.paths import paths_document, paths_view
    from standoff.study import analysed, load
    from standoff.study.paths import MOST_GOALS, MOST_ROUNDS
    from standoff.study.paths import cycles as find_cycles
    from standoff.study.paths import paths as find_paths

    if to is None and not cycles:
        raise UsageError("Say where to: --to STATE, --to STATEMENT or --to equilibrium; or ask for --cycles.")
    if coalition and cycles:
        raise UsageError(
            "--with does not go with --cycles: circles are looked for among steps of single decision makers. "
            "Ask for the two one after the other."
        )

    def answer(name: str) -> None:
        with stopped_at_once(), progress_bar() as progress:
            study = analysed(
                load(name, variant),
                assume,
                at,
                concepts=[concept],
                engine=engine,
                max_states=max_states,
                progress=progress,
            )
            most, most_rounds = (sys.maxsize, sys.maxsize) if every else (MOST_GOALS, MOST_ROUNDS)
            circles = None
            if cycles:
                circles = find_cycles(study, at, most=most_rounds, time_limit=time_limit, progress=progress)
            found = None
            if to is not None:
                found = find_paths(
                    study,
                    to,
                    at,
                    coalition or (),
                    concept=concept,
                    most=most,
                    time_limit=time_limit,
                    progress=progress,
                )
        if as_json:
            put_json(paths_document(study, found, circles))
            return
        if found is not None:
            put(paths_view(study, found))
        if circles is not None:
            sys.stdout.write("\n" if found is not None else "")
            put(cycles_view(study, circles))

    each([file], answer, as_json=as_json)
