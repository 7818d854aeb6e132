"""The command that writes the brief."""

from __future__ import annotations

import shlex
import sys
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from standoff.cli.models import Engine, File, Json, MaxStates, Rule, Variant, each
from standoff.cli.output import progress_bar, put_json, require_other, stopped_at_once
from standoff.errors import UsageError
from standoff.progress import Progress

if TYPE_CHECKING:
    from standoff.files.reading import ModelFile
    from standoff.report.brief import Brief
    from standoff.report.brief.asked import Since


_MOST = 1 << 24


def brief(
    context: typer.Context,
    file: File,
    output: Annotated[
        str | None, typer.Option("-o", metavar="FILE", help="The file to write; stdout if left out.")
    ] = None,
    pdf: Annotated[bool, typer.Option("--pdf", help="Write a PDF; needs the extra pdf, and -o.")] = False,
    variant: Variant = None,
    confidence: Annotated[
        str | None,
        typer.Option(metavar="RATING", help="Your own rating: low, moderate or high; needs --by."),
    ] = None,
    by: Annotated[str | None, typer.Option(metavar="NAME", help="Who rates; printed with the date.")] = None,
    on: Annotated[
        datetime | None, typer.Option(metavar="DATE", formats=["%Y-%m-%d"], help="When, if not today.")
    ] = None,
    since: Annotated[
        str | None,
        typer.Option(
            metavar="OLD",
            help="Tell what changed since: an earlier page, a model file, a case or a revision.",
        ),
    ] = None,
    since_variant: Annotated[
        str | None, typer.Option(metavar="NAME", help="Since this variant; base for none.")
    ] = None,
    yardstick: Annotated[
        str, typer.Option(metavar="NAME", help="Words for probabilities: icd203 or none.")
    ] = "icd203",
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
    from standoff.report.yardstick import yardstick as words_of
    from standoff.study import analyse, load

    if output is not None:
        _check_target(output, file, force=force)
    if pdf:
        _check_pdf(output, as_json=as_json)
    words_of(yardstick)
    rating = _rating(confidence, by, on)

    def answer(file: str) -> None:
        model = load(file, variant)
        before = _before(model, since, since_variant)
        asked = Asked(
            deals=deals_of(model, pattern or ()),
            command=_command_line(context),
            rating=rating,
            yardstick=yardstick,
        )
        with stopped_at_once(), progress_bar() as progress:
            if before is not None:
                asked = replace(asked, since=_since(before, model, max_states, progress))
            study = analyse(
                model, sanction_moves=sanction_moves, engine=engine, max_states=max_states, progress=progress
            )
            found = made(study, asked, progress)
        if as_json:
            put_json(brief_document(study, found))
        elif pdf and output is not None:
            _write_pdf(found, output, force=force)
        elif output is None:
            sys.stdout.write(brief_html(found))
        else:
            write_text_atomic(output, brief_html(found), overwrite=force)

    each([file], answer, as_json=as_json)


def _rating(confidence: str | None, by: str | None, on: datetime | None) -> tuple[str, str, date] | None:
    if by is not None and not by.strip():
        raise UsageError("A rating needs a name: what is given with --by is empty.")
    if confidence is not None and by is not None:
        return confidence, by, on.date() if on else date.today()  # noqa: DTZ011 - the analyst's day
    if confidence is not None or by is not None or on is not None:
        raise UsageError("A rating needs a name: give both --confidence and --by, and --on with them.")
    return None


def _check_target(output: str, file: str, *, force: bool) -> None:
    """Say before the work begins why the page could not be written."""
    require_other(output, file)
    target = Path(output)
    if target.exists() and not force:
        raise UsageError(f"{output} exists already. Choose another name, or replace it with --force.")
    if target.is_dir():
        raise UsageError(f"{output} is a directory. Name a file.")
    if not target.resolve().parent.is_dir():
        raise UsageError(f"{output} cannot be written: there is no such folder. Make it first.")


def _before(model: ModelFile, since: str | None, variant: str | None) -> ModelFile | None:
    """Return the earlier model asked for; with a variant alone it is one of the same file."""
    from standoff.study.changes import earlier

    if since is None and variant is None:
        return None
    return earlier(since or model.name, model, variant)


def _since(before: ModelFile, model: ModelFile, max_states: int, progress: Progress | None) -> Since:
    from standoff.model.fingerprint import fingerprint
    from standoff.report.brief.asked import Since
    from standoff.study.changes import changes

    found = changes(before, model, max_states=max_states, progress=progress)
    name = _shown(before.name)
    called = f"{name}, variant {before.variant}" if before.variant else name
    return Since(called=called, fingerprint=fingerprint(before.conflict), found=found)


def _check_pdf(output: str | None, *, as_json: bool) -> None:
    """Say before the work begins what stands in the way of a PDF."""
    from standoff.report.brief.pdf import check_pdf_extra

    if as_json:
        raise UsageError("Give either --pdf or --json.")
    if output is None:
        raise UsageError("A PDF needs a file to be written to: -o brief.pdf.")
    check_pdf_extra()


def _write_pdf(found: Brief, output: str, *, force: bool) -> None:
    from standoff.files.writing import write_bytes_atomic
    from standoff.report.brief.pdf import brief_pdf

    data, unreadable = brief_pdf(found)
    write_bytes_atomic(output, data, overwrite=force)
    if unreadable:
        sys.stderr.write(f"{unreadable}\n")


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
            told = part.date().isoformat() if isinstance(part, datetime) else str(part)
            words += [*flag, _shown(told)]
    return shlex.join(words)


def _shown(word: str) -> str:
    """Return a word without the folders of this machine."""
    return Path(word).name if word.startswith(("/", "~")) or Path(word).is_absolute() else word
