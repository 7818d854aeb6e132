"""What states cost in memory and time, said before any is listed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from standoff.model.conflict import Conflict, Prioritising, Weighting

_SECONDS_TO_LIST = 1e-8
_SECONDS_TO_RANK = 2e-9
"""For each state and statement."""

_BYTES_WHILE_RANKING = 28
"""For each state, beside what is kept."""

_MINUTE = 60
_HOUR = 3600
_DAY = 86400


@dataclass(frozen=True, slots=True)
class Estimate:
    """Memory and time that states take, roughly."""

    states: int
    decision_makers: int
    bytes: int
    seconds: float

    def __str__(self) -> str:
        return f"{self.states:,} states and {self.decision_makers} decision makers: about {self.cost}"

    @property
    def cost(self) -> str:
        """Memory and time in words."""
        return f"{memory(self.bytes)} of memory and {duration(self.seconds)}"


Cost = Callable[[int], Estimate]
"""What so many states of a conflict will cost."""


def memory(size: int) -> str:
    """Return a number of bytes in words."""
    return f"{size / 2**30:,.1f} GiB" if size >= 2**30 / 10 else f"{max(1, round(size / 2**20))} MiB"


def duration(seconds: float) -> str:
    """Return a time in words, no finer than an estimate deserves."""
    if seconds < 10:
        return f"{seconds:.1f} s"
    if seconds < 2 * _MINUTE:
        return f"{seconds:.0f} s"
    if seconds < 2 * _HOUR:
        return f"{seconds / _MINUTE:.0f} minutes"
    if seconds < 2 * _DAY:
        return f"{seconds / _HOUR:.0f} hours"
    return f"{seconds / _DAY:,.0f} days"


def kept(conflict: Conflict, states: int) -> int:
    """Return the bytes that states, rankings and the truth of options take, once they are there."""
    return int(states * (8 + 4 * len(conflict.decision_makers) + len(conflict.options) / 8))


def model_cost(conflict: Conflict, states: int) -> Estimate:
    """Return what it takes to list so many states and to rank them; measured, not a bound."""
    statements = 0
    for dm in conflict.decision_makers:
        match dm.preference:
            case Prioritising(statements=some):
                statements += len(some)
            case Weighting(weights=weights):
                statements += len(weights)
    return Estimate(
        states,
        len(conflict.decision_makers),
        kept(conflict, states) + _BYTES_WHILE_RANKING * states,
        states * (_SECONDS_TO_LIST + statements * _SECONDS_TO_RANK),
    )
