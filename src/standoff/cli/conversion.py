"""Commands about files: conversion, the schema for editors, the shipped cases."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated

import typer

from standoff.cli.output import put_json
from standoff.errors import UsageError


def convert(
    source: Annotated[str, typer.Argument(metavar="FROM", help="A .yaml or .gmcr file, or case:NAME.")],
    target: Annotated[str, typer.Argument(metavar="TO", help="The file to write: .yaml or .gmcr.")],
    variant: Annotated[str | None, typer.Option(metavar="NAME", help="Convert this variant.")] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace the target if it exists.")] = False,
) -> None:
    """Convert between model files and GMCR+ files; what cannot be expressed is said.

    Example: standoff convert old-model.gmcr model.yaml
    """
    from standoff.files.writing import write_text_atomic
    from standoff.study import converted, load

    text, notes = converted(load(source, variant), target)
    if Path(source).resolve() == Path(target).resolve():
        raise UsageError("A file is not converted onto itself. Choose another name to write to.")
    if Path(target).exists() and not force:
        raise UsageError(f"{target} exists already. Choose another name, or replace it with --force.")
    write_text_atomic(Path(target), text, overwrite=force)
    for note in notes:
        sys.stderr.write(f"standoff: {note}\n")


def schema() -> None:
    """Print the JSON Schema of model files, for editors that complete and check.

    Example: standoff schema > standoff.schema.json
    """
    from standoff.files.schema import json_schema

    sys.stdout.write(json.dumps(json_schema(), indent=2, ensure_ascii=False) + "\n")


def cases(as_json: Annotated[bool, typer.Option("--json", help="Print one JSON document.")] = False) -> None:
    """List the published conflicts that ship with standoff.

    Example: standoff cases
    """
    from standoff.cases import case_names, case_title

    known = {name: case_title(name) for name in case_names()}
    if as_json:
        put_json({"schema": "standoff.cases/1", "cases": [{"name": n, "title": t} for n, t in known.items()]})
        return
    for name, title in known.items():
        sys.stdout.write(f"case:{name:<20} {title}\n")
