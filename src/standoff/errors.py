"""What can go wrong, as one tree.

StandoffError                 base of everything this package raises on purpose
├── ModelError                a model file or a conflict is at fault: carries every Fault found
├── UsageError                a name, label or argument that does not exist or does not fit
├── RefusedError              understood, but not done: too large, not defined here
└── MissingExtraError         an optional dependency is not installed
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches

Path = tuple[str | int, ...]
"""Where in a model an element stands: keys and list positions from the top."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One thing that is wrong with a model, where it stands, and the cure.

    `line` and `column` count from 1 and are None for a conflict that was not read from a file.
    """

    code: str
    message: str
    cure: str
    path: Path = ()
    line: int | None = None
    column: int | None = None

    def __str__(self) -> str:
        place = "" if self.line is None else f":{self.line}:{self.column}"
        return f"{place}: {self.code}: {self.message} {self.cure}".rstrip()

    def at(self, line: int, column: int) -> Fault:
        """Return the same fault with its place in the file."""
        return replace(self, line=line, column=column)


class StandoffError(Exception):
    """Base of all errors that standoff raises on purpose; the text is meant for the user."""

    kind = "usage"
    exit_code = 2


class ModelError(StandoffError):
    """A model is at fault. `faults` holds all that was found, `file` the name as given."""

    def __init__(self, faults: Iterable[Fault], file: str | None = None) -> None:
        self.faults: tuple[Fault, ...] = tuple(faults)
        self.file = file
        super().__init__("\n".join(self.lines()))

    def lines(self) -> list[str]:
        """Return one line a fault: file, place, code, what is wrong, the cure."""
        return [f"{self.file or 'model'}{fault}" for fault in self.faults]


class UsageError(StandoffError):
    """A name, label or argument does not exist or does not fit the model."""


class RefusedError(StandoffError):
    """The request is understood and refused: too large, or not defined for this model."""

    kind = "refused"
    exit_code = 3


class MissingExtraError(StandoffError):
    """An optional dependency is missing; the text says what to install."""

    kind = "missing-extra"


def did_you_mean(wrong: str, known: Sequence[str]) -> str:
    """Return the cure for a mistyped name: the closest known names, else all of them."""
    close = get_close_matches(wrong, known, n=3, cutoff=0.6)
    if close:
        return "Did you mean " + " or ".join(f"'{name}'" for name in close) + "?"
    if not known:
        return "There are no names to choose from here."
    listed = ", ".join(known[:12]) + (", ..." if len(known) > 12 else "")
    return f"Known here: {listed}."
