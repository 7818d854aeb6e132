"""The command about coalitions, wedges and spoilers."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from standoff.cli.models import File, MaxStates, Variant, each
from standoff.cli.output import progress_bar, put, put_json, stopped_at_once
from standoff.cli.ripe import Assume, At

_MOST = 1 << 24


def coalitions(
    file: File,
    of: Annotated[
        list[str] | None,
        typer.Option(
            "--of",
            metavar="NAME|ID,ID",
            help="A coalition of the file, or ids joined by commas; may be repeated.",
        ),
    ] = None,
    at: At = None,
    deal: Annotated[
        list[str] | None,
        typer.Option("--deal", metavar="STATE", help="Who could spoil this state; may be repeated."),
    ] = None,
    rule: Annotated[
        str,
        typer.Option(metavar="RULE", help="How a coalition moves: legal_sequence, or one_jump (as GMCR+)."),
    ] = "legal_sequence",
    concept: Annotated[
        str, typer.Option(metavar="KEY", help="What counts as a sanction: nash, gmr, smr or seq.")
    ] = "seq",
    assume: Assume = None,
    time_limit: Annotated[
        float | None, typer.Option(metavar="SECONDS", min=0, help="Stop after as many seconds.")
    ] = None,
    variant: Variant = None,
    max_states: MaxStates = _MOST,
    every: Annotated[bool, typer.Option("--all", help="Tell every sanction, wedge and state.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON document.")] = False,
) -> None:
    """Who could act together, what drives allies apart, and who could spoil a deal.

    Example: standoff coalitions case:north-korea-2019 --deal phased
    """
    from standoff.report.coalitions import coalitions_document, coalitions_view
    from standoff.study import assuming, load, prepare
    from standoff.study.coalitions import coalitions as look_at

    def answer(name: str) -> None:
        with stopped_at_once(), progress_bar() as progress:
            study = prepare(load(name, variant), max_states=max_states, progress=progress)
            study = study if assume is None else assuming(study, assume, at)
            found = look_at(
                study,
                of or (),
                at,
                deal or (),
                rule=rule,
                concept=concept,
                most=sys.maxsize if every else 3,
                time_limit=time_limit,
                progress=progress,
            )
        if as_json:
            put_json(coalitions_document(study, found, every=every))
        else:
            put(coalitions_view(study, found, every=every))

    each([file], answer, as_json=as_json)
