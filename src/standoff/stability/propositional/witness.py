"""What is found: equilibria named by their options, and why each decision maker stays.

These stand beside the types of `standoff.stability.verdict`, which name states by label: labels
count the feasible states, and here nothing is counted.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

State = tuple[str, ...]
"""The options taken, in the order of the file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A move: afterwards the mover takes just `taken` of its own options."""

    mover: str
    taken: State


@dataclass(frozen=True, slots=True)
class NoMove:
    """The decision maker has no move at all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NoImprovement:
    """There are moves, but none is an improvement; `moves` is None where they were not counted."""

    moves: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sanction:
    """A reply that deters an improvement.

    Attributes
    ----------
    improvement : State
        Where the improvement leads.
    sequence : tuple of Step
        The opponents' moves from there.
    result : State
        Where they end: no better for the decision maker than the state it left.
    worse : bool
        Whether the result is strictly worse; a tie deters as well.
    """

    improvement: State
    sequence: tuple[Step, ...]
    result: State
    worse: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Deterred:
    """Every improvement has a sanction.

    Attributes
    ----------
    replies : tuple of sequences of Step
        The proof: every improvement is deterred by one of them at least.
    sanctions : tuple of Sanction
        The improvements one by one.
    every : bool
        Whether `sanctions` has all improvements; when there are very many, only some are listed.
    """

    replies: tuple[tuple[Step, ...], ...]
    sanctions: tuple[Sanction, ...]
    every: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Unpunished:
    """Not stable: an improvement, by where it leads, that the opponents cannot sanction."""

    improvement: State


Reason = NoMove | NoImprovement | Deterred
Witness = Reason | Unpunished


@dataclass(frozen=True, slots=True, kw_only=True)
class Equilibrium:
    """A state that is stable for everybody; `witnesses` has the reason by decision maker."""

    taken: State
    witnesses: Mapping[str, Reason]


_WHY = {
    "most": "stopped at the number asked for; there may be more",
    "time": "stopped when the time given was over; there may be more",
    "interrupt": "stopped by the user; there may be more",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """The equilibria found, and whether that is all of them.

    Attributes
    ----------
    concept : str
    equilibria : tuple of Equilibrium
        No state twice; in the order in which states are labelled where they are listed.
    complete : bool
        Whether it is proved that there are no others. With no equilibria: that there is none.
    stopped : "most", "time", "interrupt" or None
        What ended the search early.
    candidates : int
        How many states were looked at one by one.
    seconds : float
    """

    concept: str
    equilibria: tuple[Equilibrium, ...]
    complete: bool
    stopped: str | None
    candidates: int
    seconds: float

    @property
    def reason(self) -> str | None:
        """Why the search ended early, in words; None if it did not."""
        return _WHY[self.stopped] if self.stopped else None
