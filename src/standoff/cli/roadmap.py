"""The command that asks whether a phased deal keeps itself."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

import typer

from standoff.cli.models import File, MaxStates, Variant, each
from standoff.cli.output import progress_bar, put, put_json, stopped_at_once
from standoff.cli.ripe import At
from standoff.errors import UsageError
from standoff.states.enumeration import MAX_STATES


def roadmap(
    file: File,
    steps: Annotated[
        str | None,
        typer.Option(metavar="STATE[,STATE]", help="The states it leads through; the last is its end point."),
    ] = None,
    to: Annotated[
        str | None,
        typer.Option(metavar="GOAL", help="In place of steps: a state, a statement or equilibrium."),
    ] = None,
    at: At = None,
    step_months: Annotated[
        float | None, typer.Option(metavar="N", help="How many months a step takes.")
    ] = None,
    detection_months: Annotated[
        float | None, typer.Option(metavar="N", help="How many months until a breach is seen.")
    ] = None,
    reversion: Annotated[
        str | None, typer.Option(metavar="STATE|PIVOT", help="What a breach leads back to.")
    ] = None,
    discount: Annotated[
        list[str] | None,
        typer.Option(metavar="[ID=]RATE", help="Discount rate a year, of one or all; may be repeated."),
    ] = None,
    safeguard: Annotated[
        list[str] | None,
        typer.Option(metavar="ID", help="A safeguard of the file that is in force; may be repeated."),
    ] = None,
    level: Annotated[
        list[str] | None,
        typer.Option(metavar="STOCK=N", help="Level at which a stock stays; may be repeated."),
    ] = None,
    time_limit: Annotated[
        float | None, typer.Option(metavar="SECONDS", min=0, help="With --to: stop searching after so long.")
    ] = None,
    variant: Variant = None,
    max_states: MaxStates = MAX_STATES,
    every: Annotated[bool, typer.Option("--all", help="Tell every condition and every schedule.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON document.")] = False,
) -> None:
    """Check whether a phased deal keeps itself: each step, each side, what stands behind it.

    Example: standoff roadmap case:north-korea-2019 --to phased
    """
    from standoff.report.roadmap import roadmap_document, roadmap_view
    from standoff.study import analyse, load, prepare
    from standoff.study.paths import EQUILIBRIUM
    from standoff.study.roadmap import roadmap as answer_of

    rates, levels = _rates(discount or ()), _levels(level or ())

    def answer(name: str) -> None:
        with stopped_at_once(), progress_bar() as progress:
            build = analyse if to == EQUILIBRIUM else prepare
            study = build(load(name, variant), max_states=max_states, progress=progress)
            found = answer_of(
                study,
                _split(steps),
                to,
                at,
                step_months=step_months,
                detection_months=detection_months,
                reversion=reversion,
                discounts=rates,
                safeguards=safeguard or (),
                levels=levels,
                time_limit=time_limit,
            )
        if as_json:
            put_json(roadmap_document(study, found))
        else:
            put(roadmap_view(study, found, every=every))

    each([file], answer, as_json=as_json)


def _split(steps: str | None) -> list[str]:
    return [] if steps is None else [label.strip() for label in steps.split(",")]


def _rates(given: Sequence[str]) -> dict[str, float]:
    """Return discount rates by decision maker; the key * stands for all others."""
    found: dict[str, float] = {}
    for text in given:
        who, _, rate = text.rpartition("=")
        try:
            found[who or "*"] = float(rate)
        except ValueError:
            message = f"'{text}' is no discount rate. Write a rate a year, such as 0.1 or us=0.1."
            raise UsageError(message) from None
    return found


def _levels(given: Sequence[str]) -> dict[str, int]:
    """Return levels of stocks."""
    found: dict[str, int] = {}
    for text in given:
        stock, _, number = text.rpartition("=")
        if not stock or not number.isdecimal():
            raise UsageError(f"'{text}' is no level of a stock. Write one such as pressure=2.")
        found[stock] = int(number)
    return found
