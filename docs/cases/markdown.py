"""Tables, lists and shares as Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from standoff.stability.concepts import CONCEPTS, strongest


def table(headings: Sequence[str], rows: Iterable[Sequence[object]], numbers: str = "---:") -> str:
    """A table whose columns after the first hold numbers, or text with `numbers` as "---"."""
    lines = [headings, ["---", *[numbers] * (len(headings) - 1)], *rows]
    return "\n".join("| " + " | ".join(str(cell) for cell in line) + " |" for line in lines)


def paragraphs(*parts: str) -> str:
    return "\n\n".join(parts)


def bullets(items: Iterable[str]) -> str:
    return "\n".join(f"- {item}" for item in items)


def joined(items: Iterable[str], nothing: str = "none", by: str = ", ") -> str:
    return by.join(items) or nothing


def code(words: Iterable[str]) -> list[str]:
    return [f"`{word}`" for word in words]


def share(found: Iterable[bool]) -> str:
    known = list(found)
    return f"{sum(known)} of {len(known)}"


def kinds(keys: Iterable[str]) -> str:
    """The strongest concepts of those that hold."""
    return joined((CONCEPTS[key].short for key in strongest(keys)), "nothing")


def short(keys: Iterable[str]) -> list[str]:
    return [CONCEPTS[key].short for key in keys]
