"""The command that asks whether a state holds if decision makers look several moves ahead."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from standoff.cli.models import File, MaxStates, Variant, each
from standoff.cli.output import progress_bar, put, put_json, stopped_at_once
from standoff.cli.ripe import Assume, At
from standoff.states.enumeration import MAX_STATES


def foresight(
    file: File,
    at: At = None,
    horizon: Annotated[int, typer.Option(metavar="H", help="Look up to so many moves ahead.")] = 4,
    concepts: Annotated[
        list[str] | None,
        typer.Option(
            "--concept",
            metavar="KEY",
            help="limited, nonmyopic, stackelberg or maximin; all that are defined if left out.",
        ),
    ] = None,
    assume: Assume = None,
    variant: Variant = None,
    max_states: MaxStates = MAX_STATES,
    every: Annotated[bool, typer.Option("--all", help="Name every Stackelberg equilibrium.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON document.")] = False,
) -> None:
    """Look ahead: does it hold if they think several moves ahead, and what do they expect.

    Example: standoff foresight case:prisoners-dilemma --horizon 3
    """
    from standoff.report.foresight import foresight_document, foresight_view
    from standoff.study import assuming, load, prepare
    from standoff.study.foresight import MOST_EQUILIBRIA
    from standoff.study.foresight import foresight as find

    def answer(name: str) -> None:
        with stopped_at_once(), progress_bar() as progress:
            study = prepare(load(name, variant), max_states=max_states, progress=progress)
            study = study if assume is None else assuming(study, assume, at)
            most = sys.maxsize if every else MOST_EQUILIBRIA
            found = find(study, at, horizon, concepts or (), most=most, progress=progress)
        if as_json:
            put_json(foresight_document(study, found))
        else:
            put(foresight_view(study, found))

    each([file], answer, as_json=as_json)
