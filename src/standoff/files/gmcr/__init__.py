"""GMCR+ files (`.gmcr`, JSON): what years of users' work is kept in, read and written."""

from __future__ import annotations

import json
from dataclasses import replace
from os import fspath
from pathlib import Path
from typing import Any

from standoff.errors import Fault, ModelError, UsageError
from standoff.files.gmcr.read import gmcr_to_conflict
from standoff.files.gmcr.schema import MOST_BYTES, parse_gmcr
from standoff.files.gmcr.write import conflict_to_gmcr
from standoff.files.reading import ModelFile, Places
from standoff.files.yaml_nodes import MappingNode

__all__ = ["conflict_to_gmcr", "gmcr_text", "gmcr_to_conflict", "parse_gmcr", "read_gmcr"]


def read_gmcr(path: str | Path, variant: str | None = None) -> ModelFile:
    """Read the conflict in a GMCR+ file; its note says what was chosen and what was left out.

    Raises
    ------
    ModelError
        If the file cannot be read or is at fault; it carries every fault found.
    UsageError
        If a variant is asked for: GMCR+ files have none.
    """
    if variant is not None:
        raise UsageError(f"There is no variant '{variant}' in {fspath(path)}: GMCR+ files have none.")
    try:
        conflict, notes = gmcr_to_conflict(parse_gmcr(_bytes(Path(path))), name=Path(path).stem)
    except ModelError as error:
        raise ModelError(error.faults, file=fspath(path)) from None
    return ModelFile(
        conflict=replace(conflict, note=" ".join(["Read from a GMCR+ file.", *notes])),
        name=fspath(path),
        variant=None,
        variants=(),
        extensions={},
        places=Places(MappingNode(1, 1, {}, {})),
    )


def gmcr_text(document: Any) -> str:
    """Return a document as the text of a GMCR+ file."""
    return json.dumps(document, indent=1, ensure_ascii=False) + "\n"


def _bytes(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(MOST_BYTES + 1)
    except FileNotFoundError:
        fault = Fault(code="file-missing", message="There is no such file.", cure="Check the name.")
    except (OSError, ValueError) as error:
        reason = (getattr(error, "strerror", None) or str(error)).lower()
        message = f"The file cannot be read: {reason}."
        fault = Fault(code="file-unreadable", message=message, cure="Check its permissions.")
    raise ModelError([fault])
