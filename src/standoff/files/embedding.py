"""A model carried inside a page: written by `standoff brief`, read back to tell what changed since."""

from __future__ import annotations

import json
import zlib
from base64 import b64decode, b64encode
from pathlib import Path
from typing import Any

from standoff.errors import Fault, ModelError, RefusedError
from standoff.files.reading import ModelFile, read_text
from standoff.files.writing import render
from standoff.files.yaml_reading import MOST_BYTES
from standoff.model.conflict import Conflict
from standoff.model.fingerprint import fingerprint

SCHEMA = "standoff.model/1"
ENCODING = "zlib+base64"
"""The text of the model file, compressed: a third of the page would be the model otherwise."""

MOST_PAGE_BYTES = 1 << 23

_FORM = (SCHEMA, ENCODING)
_OPENING = '<script type="application/json" id="standoff-model">'
_CLOSING = "</script>"
_ESCAPES = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}


def embedded(conflict: Conflict, file: str | None = None, variant: str | None = None) -> str:
    """Return an element for a page that holds the model as text, for programs only; browsers ignore it.

    Raises
    ------
    RefusedError
        If the model cannot be written as a file, or the file would be too large to be read again.
    """
    text = render(conflict)
    if len(text.encode()) > MOST_BYTES:
        raise RefusedError("The model is too large to be carried inside a page.")
    document = {
        "schema": SCHEMA,
        "file": file,
        "variant": variant,
        "fingerprint": fingerprint(conflict),
        "encoding": ENCODING,
        "model": b64encode(zlib.compress(text.encode(), level=9)).decode("ascii"),
    }
    data = json.dumps(document, ensure_ascii=False)
    for character, escape in _ESCAPES.items():
        data = data.replace(character, escape)
    return f"{_OPENING}{data}{_CLOSING}"


def read_embedded(path: str | Path) -> ModelFile:
    """Read the model that a page carries.

    Raises
    ------
    ModelError
        If there is no such file, the page carries no model, or not the one it says it does.
    """
    name = str(path)
    text = _page(Path(path), name)
    document = _document(text, name)
    read = read_text(_unpacked(document["model"], name), name)
    if fingerprint(read.conflict) != document["fingerprint"]:
        raise _damaged(name, "The model in this page is not the one whose fingerprint stands beside it.")
    variant = document.get("variant")
    return ModelFile(
        conflict=read.conflict,
        name=name,
        variant=variant if isinstance(variant, str) else None,
        places=read.places,
    )


def _unpacked(packed: str, name: str) -> str:
    """Return the text of a model file; no more of it is unpacked than a model file may have."""
    unpacking = zlib.decompressobj()
    try:
        data = unpacking.decompress(b64decode(packed, validate=True), MOST_BYTES + 1)
        if len(data) > MOST_BYTES:
            raise _damaged(name, "The model in this page is too large.")
        if not unpacking.eof:
            raise _damaged(name, "The model in this page is cut off.")
        return data.decode()
    except (zlib.error, ValueError):
        raise _damaged(name, "The model in this page is damaged.") from None


def _page(path: Path, name: str) -> str:
    try:
        with path.open("rb") as file:
            data = file.read(MOST_PAGE_BYTES + 1)
    except FileNotFoundError:
        raise _fault(name, "file-missing", "There is no such file.", "Check the name.") from None
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        message = f"The file cannot be read: {reason}."
        raise _fault(name, "file-unreadable", message, "Check its permissions.") from None
    if len(data) > MOST_PAGE_BYTES:
        raise _fault(name, "file-too-large", "This page has more than 8 MB.", "Is this the right file?")
    return data.decode("utf-8", "replace")


def _document(text: str, name: str) -> dict[str, Any]:
    parts = text.split(_OPENING)
    if len(parts) != 2:
        message = "This page carries no model." if len(parts) == 1 else "This page carries several models."
        raise _fault(name, "no-model-in-page", message, "Give a page written by 'standoff brief'.")
    try:
        document = json.loads(parts[1].partition(_CLOSING)[0])
    except (ValueError, RecursionError):
        raise _damaged(name, "The model in this page is damaged.") from None
    if not isinstance(document, dict) or (document.get("schema"), document.get("encoding")) != _FORM:
        raise _damaged(name, f"The model in this page is not in the form '{SCHEMA}'.")
    if not isinstance(document.get("model"), str) or not isinstance(document.get("fingerprint"), str):
        raise _damaged(name, "The model in this page is damaged.")
    return document


def _damaged(name: str, message: str) -> ModelError:
    return _fault(name, "no-model-in-page", message, "Write the page again with 'standoff brief'.")


def _fault(name: str, code: str, message: str, cure: str) -> ModelError:
    return ModelError([Fault(code=code, message=message, cure=cure)], name)
