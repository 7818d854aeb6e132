"""The command that writes the brief."""

from __future__ import annotations

import shlex
import sys
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from standoff.cli.models import Engine, File, Json, MaxStates, Rule, Variant, each
from standoff.cli.output import progress_bar, put_json, stopped_at_once
from standoff.errors import UsageError

_MOST = 1 << 24


def brief(
    context: typer.Context,
    file: File,
    output: Annotated[
        str | None, typer.Option("-o", metavar="HTML", help="The file to write; stdout if left out.")
    ] = None,
    variant: Variant = None,
    confidence: Annotated[
        str | None,
        typer.Option(metavar="RATING", help="Your own rating: low, moderate or high; needs --by."),
    ] = None,
    by: Annotated[str | None, typer.Option(metavar="NAME", help="Who rates; printed with the date.")] = None,
    pattern: Annotated[
        list[str] | None,
        typer.Option(metavar="STATEMENT", help="A deal as a statement; may be repeated."),
    ] = None,
    sanction_moves: Rule = "legal_sequence",
    engine: Engine = "auto",
    max_states: MaxStates = _MOST,
    force: Annotated[bool, typer.Option("--force", help="Replace the file if it exists.")] = False,
    as_json: Json = False,
) -> None:
    """One page to read and to print: why it is stuck, what would hold, and on what that rests.

    Example: standoff brief case:north-korea-2019 -o brief.html
    """
    from standoff.files.writing import write_text_atomic
    from standoff.report.brief import Asked, brief_document, brief_html
    from standoff.report.brief import brief as made
    from standoff.report.brief.deals import deals_of
    from standoff.study import analyse, load

    if output is not None and Path(output).exists() and not force:
        raise UsageError(f"{output} exists already. Choose another name, or replace it with --force.")
    if (confidence is None) != (by is None):
        raise UsageError("A rating needs a name: give both --confidence and --by.")

    def answer(file: str) -> None:
        model = load(file, variant)
        asked = Asked(
            deals=deals_of(model, pattern or ()),
            command=_command_line(context),
            rating=None if confidence is None or by is None else (confidence, by, date.today()),  # noqa: DTZ011
        )
        with stopped_at_once(), progress_bar() as progress:
            study = analyse(
                model, sanction_moves=sanction_moves, engine=engine, max_states=max_states, progress=progress
            )
            found = made(study, asked)
        if as_json:
            put_json(brief_document(study, found))
        elif output is None:
            sys.stdout.write(brief_html(found))
        else:
            write_text_atomic(output, brief_html(found), overwrite=force)

    each([file], answer, as_json=as_json)


def _command_line(context: typer.Context) -> str:
    """Return the command as it was given, files outside of the working folder by name only."""
    words = ["standoff", "brief"]
    for parameter in context.command.params:
        value = context.params[parameter.name or ""]
        if value == parameter.get_default(context) or value is None:
            continue
        flag = () if parameter.param_type_name == "argument" else (parameter.opts[0],)
        if value is True:
            words += flag
            continue
        for part in value if isinstance(value, list | tuple) else (value,):
            words += [*flag, _shown(str(part))]
    return shlex.join(words)


def _shown(word: str) -> str:
    """Return a word without the folders of this machine."""
    return Path(word).name if word.startswith(("/", "~")) or Path(word).is_absolute() else word
