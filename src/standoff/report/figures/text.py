"""How much room text takes, and text cut or broken so that it fits; widths are estimates.

A drawing cannot ask the reader's browser, so the estimates are those of a wide sans-serif font.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from unicodedata import category, east_asian_width

_BOLD = 1.1
_NARROW = frozenset("fijlrt.,:;'’!|()[]/- ")
_WIDE = frozenset("mwMW@%&—…")


def width(text: str, size: float, *, bold: bool = False) -> float:
    """Return about how wide text is when it is set in a font of this size."""
    return sum(map(_em, text)) * size * (_BOLD if bold else 1)


def _em(character: str) -> float:
    if category(character) in {"Mn", "Me", "Cf"}:
        return 0.0
    if east_asian_width(character) in {"W", "F"}:
        return 1.0
    if character in _NARROW:
        return 0.38
    if character in _WIDE:
        return 0.98
    return 0.7 if character.isupper() else 0.62


def shortened(text: str, size: float, room: float, *, bold: bool = False) -> str:
    """Return text that fits the room, with an ellipsis in place of what was cut."""
    if width(text, size, bold=bold) <= room:
        return text
    kept = text
    while kept and width(f"{kept}…", size, bold=bold) > room:
        kept = kept[:-1]
    return f"{kept.rstrip()}…"


def wrapped(text: str, size: float, room: float) -> list[str]:
    """Return text broken at spaces into lines that fit the room; a word too long for it is cut."""
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and width(longer, size) <= room:
            lines[-1] = longer
        else:
            lines.append(shortened(word, size, room))
    return lines


def apart(wished: Sequence[float], room: float, step: float) -> list[float]:
    """Return places from 0 to `room` near the ones wished for, no two nearer than a step."""
    order = sorted(range(len(wished)), key=lambda index: (wished[index], index))
    placed = list(wished)
    for before, after in pairwise(order):
        placed[after] = max(placed[after], placed[before] + step)
    limit = max(room, step * (len(wished) - 1))
    for index in reversed(order):
        placed[index] = min(placed[index], limit)
        limit = placed[index] - step
    return placed
