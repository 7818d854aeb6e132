"""The command that asks how long to wait."""

from __future__ import annotations

from typing import Annotated

import typer

from standoff.cli.models import File, Variant, each
from standoff.cli.output import progress_bar, put, put_json, stopped_at_once
from standoff.errors import ModelError


def wait(
    file: File,
    tolerance: Annotated[
        float | None,
        typer.Option(metavar="PAYOFF", help="How far the bounds of the best value may lie apart."),
    ] = None,
    paths: Annotated[
        int, typer.Option(metavar="N", help="Simulate each given policy so often for each type.")
    ] = 20_000,
    seed: Annotated[int, typer.Option(metavar="N", help="The same seed gives the same figures.")] = 1,
    floor: Annotated[
        float | None,
        typer.Option(metavar="RATE", help="Rate a year of what a type makes impossible but was seen."),
    ] = None,
    policies_only: Annotated[
        bool, typer.Option("--policies-only", help="Only simulate the given policies.")
    ] = False,
    quick: Annotated[
        bool, typer.Option("--quick", help="Do not draw the conclusions again with other numbers.")
    ] = False,
    rough: Annotated[
        bool, typer.Option("--rough", help="One coarse grid and few paths; implies --quick.")
    ] = False,
    time_limit: Annotated[
        float | None, typer.Option(metavar="SECONDS", min=0, help="Stop refining after as many seconds.")
    ] = None,
    variant: Variant = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON document.")] = False,
) -> None:
    """How long to wait: the best policy, its date and threshold, given policies, and what it hangs on.

    Example: standoff wait case:north-korea-2019 --quick
    """
    from standoff.report.waiting import waiting_document, waiting_view
    from standoff.study import load, prepare
    from standoff.study.waiting import ROUGH_PATHS
    from standoff.study.waiting import wait as find

    def answer(name: str) -> None:
        with stopped_at_once(), progress_bar() as progress:
            model = load(name, variant)
            study = prepare(model, progress=progress)
            try:
                found = find(
                    study,
                    tolerance=tolerance,
                    seed=seed,
                    paths=min(paths, ROUGH_PATHS) if rough else paths,
                    floor_per_year=floor,
                    policies_only=policies_only,
                    vary=not (quick or rough),
                    rough=rough,
                    time_limit=time_limit,
                    progress=progress,
                )
            except ModelError as error:
                raise model.located(error) from None
        if as_json:
            put_json(waiting_document(study, found))
        else:
            put(waiting_view(study, found))

    each([file], answer, as_json=as_json)
