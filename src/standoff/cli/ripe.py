"""The command that asks whether a state is ripe for an agreement."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from standoff.cli.models import Engine, File, MaxStates, Variant, each
from standoff.cli.output import progress_bar, put, put_json, stopped_at_once
from standoff.states.enumeration import MAX_STATES

At = Annotated[
    str | None, typer.Option("--at", metavar="STATE", help="The state looked at; the status quo if left out.")
]
Assume = Annotated[str | None, typer.Option(metavar="STATEMENT", help="What if this were true from here on?")]


def ripe(
    file: File,
    at: At = None,
    parties: Annotated[
        str | None,
        typer.Option("--for", metavar="ID[,ID]", help="Parties or a coalition; everybody if left out."),
    ] = None,
    assume: Assume = None,
    time_limit: Annotated[
        float | None,
        typer.Option(metavar="SECONDS", min=0, help="Tell no further state of the zone after so long."),
    ] = None,
    variant: Variant = None,
    engine: Engine = "auto",
    max_states: MaxStates = MAX_STATES,
    every: Annotated[bool, typer.Option("--all", help="Tell every state of the zone.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON document.")] = False,
) -> None:
    """Is it ripe: can nobody win, is there something better for all, and what leads there.

    Example: standoff ripe case:north-korea-2019 --for us,dprk
    """
    from standoff.report.ripeness import ripeness_document, ripeness_view
    from standoff.study import analysed, load
    from standoff.study.ripeness import MOST_STATES
    from standoff.study.ripeness import ripe as find

    def answer(name: str) -> None:
        model = load(name, variant)
        most = sys.maxsize if every else MOST_STATES
        with stopped_at_once(), progress_bar() as progress:
            study = analysed(model, assume, at, engine=engine, max_states=max_states, progress=progress)
            found = find(
                study,
                at,
                () if parties is None else parties,
                most=most,
                time_limit=time_limit,
                progress=progress,
            )
        if as_json:
            put_json(ripeness_document(study, found))
        else:
            put(ripeness_view(study, found))

    each([file], answer, as_json=as_json)
