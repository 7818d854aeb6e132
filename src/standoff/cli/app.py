"""The Typer application and the way errors become messages and exit codes."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from io import TextIOWrapper
from typing import Annotated

import typer

from standoff import __version__
from standoff.cli import (
    belief,
    beyond,
    brief,
    coalitions,
    compare,
    conversion,
    figure,
    foresight,
    levers,
    models,
    moves,
    paths,
    ripe,
    roadmap,
    simulate,
    wait,
    watch,
)
from standoff.errors import ModelError, StandoffError

_EPILOG = "Example: standoff analyze case:north-korea-2019"

app = typer.Typer(
    help="Decision support for strategic standoffs: why is it stuck, who holds it, and with what reason.",
    epilog=_EPILOG,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


def _version(wanted: bool) -> None:
    if wanted:
        sys.stdout.write(f"standoff {__version__}\n")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and stop.")
    ] = False,
) -> None:
    del version


for _command in (
    models.show,
    models.check,
    models.analyze,
    models.explain,
    ripe.ripe,
    moves.moves,
    paths.paths,
    levers.levers,
    roadmap.roadmap,
    foresight.foresight,
    wait.wait,
    watch.watch,
    simulate.simulate,
    coalitions.coalitions,
    belief.belief,
    compare.compare,
    brief.brief,
    figure.figure,
    beyond.equilibria,
    conversion.convert,
    conversion.schema,
    conversion.cases,
):
    app.command()(_command)


def run(arguments: Sequence[str]) -> int:
    """Run one command line and return its exit code.

    0 done; 1 a fault of standoff itself; 2 the input or the usage is at fault; 3 refused or a
    check failed; 130 interrupted.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    try:
        code = app(args=list(arguments), prog_name="standoff")
    except SystemExit as stop:
        code = stop.code
    except StandoffError as error:
        complain(error)
        return error.exit_code
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        sys.stderr.write(f"standoff: {error.filename or 'the output'}: {error.strerror or error}.\n")
        return 2
    except Exception as error:
        if os.environ.get("STANDOFF_TRACEBACK"):
            raise
        sys.stderr.write(
            f"standoff: this is a fault of standoff itself ({type(error).__name__}: {error}). Please report "
            "it with the command and the file; STANDOFF_TRACEBACK=1 makes it show where it happened.\n"
        )
        return 1
    return code if isinstance(code, int) else 0


def complain(error: StandoffError) -> None:
    """Write an error to stderr: one line a fault, with its place and its cure."""
    lines = error.lines() if isinstance(error, ModelError) else [f"standoff: {error}"]
    sys.stderr.write("\n".join(lines) + "\n")
