"""The command that asks what to watch for."""

from __future__ import annotations

from typing import Annotated

import typer

from standoff.cli.models import File, Variant, each
from standoff.cli.output import progress_bar, put, put_json, stopped_at_once
from standoff.errors import ModelError


def watch(
    file: File,
    months: Annotated[int, typer.Option(metavar="N", help="How many months to look ahead.")] = 12,
    floor: Annotated[
        float | None,
        typer.Option(metavar="RATE", help="Rate a year of what a type makes impossible but was seen."),
    ] = None,
    variant: Variant = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON document.")] = False,
) -> None:
    """Watch for what: what each thing seen or not seen would say, and which plan it would start.

    Example: standoff watch case:north-korea-2019 --months 6
    """
    from standoff.report.watching import watch_document, watch_view
    from standoff.study import load, prepare
    from standoff.study.watch import watch as find

    def answer(name: str) -> None:
        with stopped_at_once(), progress_bar() as progress:
            model = load(name, variant)
            study = prepare(model, progress=progress)
            try:
                found = find(study, months=months, floor_per_year=floor, progress=progress)
            except ModelError as error:
                raise model.located(error) from None
        if as_json:
            put_json(watch_document(study, found))
        else:
            put(watch_view(study, found))

    each([file], answer, as_json=as_json)
