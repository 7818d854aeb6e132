"""The command that asks what would make a state stable, or break it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Annotated

import typer

from standoff.cli.models import File, Json, MaxStates, Variant, each
from standoff.cli.output import progress_bar, put, put_json, require_other, stopped_at_once
from standoff.errors import RefusedError, UsageError

if TYPE_CHECKING:
    from standoff.analyses.levers import Levers

_MOST = 1 << 24
_NAMED = 3


def levers(
    file: File,
    state: Annotated[str, typer.Argument(metavar="STATE", help="The wanted state's label.")],
    concept: Annotated[str, typer.Option(metavar="KEY", help="nash, gmr, smr, seq or sseq.")] = "seq",
    parties: Annotated[
        str | None,
        typer.Option("--for", metavar="ID[,ID]", help="For which parties or coalition; else everybody."),
    ] = None,
    by: Annotated[
        str | None,
        typer.Option(metavar="WAY[,WAY]", help="preferences, statements, inducements; else all three."),
    ] = None,
    breaking: Annotated[
        bool, typer.Option("--break", help="The converse: it shall not be stable for all any more.")
    ] = False,
    time_limit: Annotated[
        float,
        typer.Option(metavar="SECONDS", help="Above zero, for all ways together; then the best is told."),
    ] = 10.0,
    count: Annotated[
        bool, typer.Option("--count", help="Count the preference profiles under which it is stable.")
    ] = False,
    write: Annotated[
        str | None, typer.Option(metavar="YAML", help="Write the changed model; with one --by.")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace the file if it exists.")] = False,
    every: Annotated[bool, typer.Option("--all", help="Name every state that is passed.")] = False,
    variant: Variant = None,
    max_states: MaxStates = _MOST,
    as_json: Json = False,
) -> None:
    """Say what it would take: the least change that makes a state stable, or that breaks it.

    Example: standoff levers case:north-korea-2019 phased --concept nash
    """
    started = monotonic()
    from standoff.report.levers import count_document, count_view, levers_document, levers_view
    from standoff.study import load, prepare
    from standoff.study.levers import WAYS, count_profiles, known_ways
    from standoff.study.levers import levers as pull

    ways = known_ways(list(WAYS) if by is None else _split(by))
    named = () if parties is None else parties
    most = None if every else _NAMED
    if count:
        _check_count(breaking=breaking, by=by is not None, write=write is not None)
    if write is not None:
        _check_target(write, ways, force=force)
        require_other(write, file)

    def answer(name: str) -> None:
        with stopped_at_once(), progress_bar() as progress:
            study = prepare(load(name, variant), max_states=max_states, progress=progress)
            if count:
                counted = count_profiles(study, state, concept, named)
                view, document = count_view(study, counted), count_document(study, counted)
            else:
                found = pull(
                    study,
                    state,
                    concept,
                    named,
                    by=ways,
                    breaking=breaking,
                    time_limit=_left(time_limit, started),
                    progress=progress,
                )
                view, document = levers_view(study, found, most), levers_document(study, found, most)
        if write is not None:
            _write(found, write, force=force)
        if as_json:
            put_json(document)
        else:
            put(view)

    each([file], answer, as_json=as_json)


def _left(time_limit: float, started: float) -> float:
    """Return what reading the model left of the time, though not nothing."""
    if time_limit <= 0:
        return time_limit
    return max(time_limit - (monotonic() - started), time_limit / 10)


def _split(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]


def _check_count(*, breaking: bool, by: bool, write: bool) -> None:
    """Refuse what has no meaning for a count."""
    if breaking:
        raise UsageError(
            "--break does not go with --count: the count tells under how many profiles it is stable; "
            "under all the others it is not."
        )
    if by:
        raise UsageError("--by does not go with --count: profiles are counted, nothing is changed.")
    if write:
        raise UsageError(
            "--write does not go with --count: a count changes no model, so there is none to write."
        )


def _check_target(write: str, ways: Sequence[str], *, force: bool) -> None:
    if len(ways) != 1:
        raise UsageError("--write goes with one way of change, such as --by statements.")
    if not write.endswith((".yaml", ".yml")):
        raise UsageError(f"'{write}' is not the name of a model file. End it in .yaml.")
    if Path(write).exists() and not force:
        raise UsageError(f"{write} exists already. Choose another name, or replace it with --force.")


def _write(found: Levers, write: str, *, force: bool) -> None:
    from standoff.files.writing import render, write_text_atomic

    changed = next((lever.conflict for lever in found.levers if lever.conflict is not None), None)
    if changed is None:
        raise RefusedError(
            f"There is no changed model to write to {write}: nothing has to change, or nothing was found."
        )
    write_text_atomic(write, render(changed), overwrite=force)
