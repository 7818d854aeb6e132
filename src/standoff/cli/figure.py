"""The command that draws: a picture of a model as a file."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from standoff.cli.models import File, Variant
from standoff.cli.output import require_other
from standoff.errors import ModelError, UsageError


def figure(
    file: File,
    kind: Annotated[str, typer.Argument(metavar="KIND", help="graph, options, ranks, belief or play.")],
    output: Annotated[
        str | None, typer.Option("-o", metavar="SVG", help="The file to write; stdout if left out.")
    ] = None,
    variant: Variant = None,
    select: Annotated[
        str | None, typer.Option(metavar="STATE", help="With graph: only the moves from this state.")
    ] = None,
    path: Annotated[
        str | None, typer.Option(metavar="STATE,...", help="With graph: only the steps from state to state.")
    ] = None,
    floor: Annotated[
        float | None,
        typer.Option(metavar="RATE", help="With belief, play: rate a year of what a type makes impossible."),
    ] = None,
    policy: Annotated[
        str | None, typer.Option(metavar="ID", help="With play: the policy; else to wait for ever.")
    ] = None,
    years: Annotated[
        float | None, typer.Option(metavar="N", help="With play: how many years to look ahead.")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace the file if it exists.")] = False,
) -> None:
    """Draw states, options, rankings, belief over time or simulated play as an SVG picture.

    Example: standoff figure case:elmira-1991 graph -o elmira.svg
    """
    from standoff.files.writing import write_text_atomic
    from standoff.report.figures import figure_svg
    from standoff.study import analyse, load, prepare

    if select is not None and path is not None:
        raise UsageError("Give either --select or --path.")
    if output is not None:
        require_other(output, file)
    if output is not None and Path(output).exists() and not force:
        raise UsageError(f"{output} exists already. Choose another name, or replace it with --force.")
    steps = [label.strip() for label in path.split(",")] if path is not None else []
    model = load(file, variant)
    study = prepare(model) if kind in {"belief", "play"} else analyse(model)
    try:
        drawing = figure_svg(study, kind, select, steps, floor, policy, years)
    except ModelError as error:
        raise model.located(error) from None
    if output is None:
        sys.stdout.write(drawing)
    else:
        write_text_atomic(output, drawing, overwrite=force)
