"""The command that finds equilibria without listing states."""

from __future__ import annotations

from typing import Annotated

import typer

from standoff.cli.models import File, Variant, each
from standoff.cli.output import progress_bar, put, put_json
from standoff.errors import ModelError

_MOST = 1_000


def equilibria(
    file: File,
    concept: Annotated[str, typer.Option(metavar="KEY", help="nash, gmr or seq.")] = "nash",
    most: Annotated[
        int, typer.Option(metavar="N", min=1, help="Stop when as many equilibria are found.")
    ] = _MOST,
    time_limit: Annotated[
        float | None, typer.Option(metavar="SECONDS", help="Stop after as many seconds, above zero.")
    ] = None,
    variant: Variant = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON document.")] = False,
) -> None:
    """Find the equilibria of a conflict too large to list its states, or prove that there are none.

    Example: standoff equilibria my-model.yaml --concept nash --time-limit 60
    """
    from standoff.report.beyond import equilibria_document, equilibria_text
    from standoff.stability.propositional import find_equilibria, witnesses
    from standoff.study import load

    def answer(name: str) -> None:
        model = load(name, variant)
        with progress_bar() as progress:
            try:
                found = find_equilibria(model.conflict, concept, most, time_limit, progress)
            except ModelError as error:
                raise model.located(error) from None
        status_quo = witnesses(model.conflict, frozenset(model.conflict.status_quo), concept)
        if as_json:
            put_json(equilibria_document(model, found, status_quo))
        else:
            put(equilibria_text(model, found, status_quo))
        if found.stopped == "interrupt":
            raise typer.Exit(130)

    each([file], answer, as_json=as_json)
