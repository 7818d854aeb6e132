"""The command that tells what changed between two models."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from standoff.cli.models import Json, MaxStates, Variant, each
from standoff.cli.output import progress_bar, put, put_json, stopped_at_once
from standoff.errors import UsageError

if TYPE_CHECKING:
    from standoff.files.reading import ModelFile

_MOST_STATES = 1 << 24


def compare(
    older: Annotated[
        str,
        typer.Argument(
            metavar="OLD",
            help="A model file, case:NAME, a page of 'standoff brief', or a git revision of NEW.",
        ),
    ],
    newer: Annotated[str, typer.Argument(metavar="NEW", help="A model file, case:NAME or page.")],
    since_variant: Annotated[
        str | None, typer.Option(metavar="NAME", help="Take this variant of OLD; base for none.")
    ] = None,
    variant: Variant = None,
    most: Annotated[
        int, typer.Option(metavar="N", min=1, help="Analyse so many versions of the model at most.")
    ] = 1_000,
    max_states: MaxStates = _MOST_STATES,
    every: Annotated[bool, typer.Option("--all", help="Tell every change and every verdict.")] = False,
    markdown: Annotated[bool, typer.Option("--markdown", help="Print Markdown, for a comment.")] = False,
    as_json: Json = False,
) -> None:
    """Tell what changed between two models, which verdicts changed, and because of which of the changes.

    Example: standoff compare case:north-korea-2019 case:north-korea-2019 --variant russia-leaks
    """
    from standoff.report.changes import changes_document, changes_markdown, changes_view
    from standoff.study.changes import changes, earlier

    if markdown and as_json:
        raise UsageError("Give either --markdown or --json.")

    def answer(file: str) -> None:
        now = earlier(file, variant=variant)
        before = earlier(older, now, since_variant)
        with stopped_at_once(), progress_bar() as progress:
            found = changes(before, now, most=most, max_states=max_states, progress=progress)
        if as_json:
            put_json(changes_document(found, before, now))
        elif markdown:
            sys.stdout.write(changes_markdown(found, _called(before), _called(now), everything=every))
        else:
            put(changes_view(found, _called(before), _called(now), everything=every))

    each([newer], answer, as_json=as_json)


def _called(model: ModelFile) -> str:
    return f"{model.name}, variant {model.variant}" if model.variant else model.name
