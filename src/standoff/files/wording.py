"""Words of a user's in our messages: cut short, printable, and compared with what is known."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice

from standoff.errors import did_you_mean

_MOST_SHOWN = 60
_MOST_COMPARED = 500


def quoted(text: str) -> str:
    """Return text of a user's in quotes, fit to stand in a message."""
    shown = text if len(text) <= _MOST_SHOWN else text[: _MOST_SHOWN - 3] + "..."
    return "'" + "".join(char if char.isprintable() else "?" for char in shown) + "'"


def suggestion(wrong: str, known: Iterable[str]) -> str:
    """Return the cure for a mistyped name; it takes milliseconds, however many names there are."""
    return did_you_mean(wrong[:_MOST_SHOWN], tuple(islice(known, _MOST_COMPARED)))
