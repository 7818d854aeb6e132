"""The command that simulates play under a policy."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from standoff.cli.models import File, Variant, each
from standoff.cli.output import (
    check_output,
    progress_bar,
    put,
    put_json,
    require_other,
    stopped_at_once,
    write_table,
)
from standoff.errors import ModelError

if TYPE_CHECKING:
    from standoff.study import Study
    from standoff.study.simulate import Simulation


def simulate(
    file: File,
    policy: Annotated[
        str | None,
        typer.Option(metavar="ID", help="A policy of the model; if left out, wait for ever as things stand."),
    ] = None,
    years: Annotated[float, typer.Option(metavar="N", help="How many years to look ahead, up to 100.")] = 5.0,
    points: Annotated[
        int, typer.Option(metavar="N", help="At how many times to look, the first and the last among them.")
    ] = 61,
    paths: Annotated[int, typer.Option(metavar="N", help="Simulate so many paths for each type.")] = 2000,
    seed: Annotated[int, typer.Option(metavar="N", help="The same seed gives the same figures.")] = 1,
    floor: Annotated[
        float | None,
        typer.Option(metavar="RATE", help="Rate a year of what a type makes impossible but was seen."),
    ] = None,
    variant: Variant = None,
    as_csv: Annotated[
        bool, typer.Option("--csv", help="Every number at every time, as one long table.")
    ] = False,
    output: Annotated[
        str | None, typer.Option("-o", metavar="FILE", help="With --csv: the file to write.")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace the file if it exists.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON document.")] = False,
) -> None:
    """Simulate play from today on under a policy: where it goes and what grows meanwhile, by type.

    Example: standoff simulate case:north-korea-2019 --policy rogin --years 3
    """
    from standoff.report.simulation import simulation_csv, simulation_document, simulation_view
    from standoff.study import load, prepare
    from standoff.study.simulate import simulate as find

    check_output(output, as_csv=as_csv, as_json=as_json, force=force)
    if output is not None:
        require_other(output, file)

    def found(name: str) -> tuple[Study, Simulation]:
        with stopped_at_once(), progress_bar() as progress:
            model = load(name, variant)
            study = prepare(model, progress=progress)
            try:
                return study, find(
                    study,
                    policy,
                    years=years,
                    points=points,
                    paths=paths,
                    seed=seed,
                    floor_per_year=floor,
                    progress=progress,
                )
            except ModelError as error:
                raise model.located(error) from None

    def answer(name: str) -> None:
        study, simulation = found(name)
        if as_json:
            put_json(simulation_document(study, simulation))
        elif as_csv:
            write_table(simulation_csv(simulation), output, force=force)
        else:
            put(simulation_view(study, simulation))

    each([file], answer, as_json=as_json)
