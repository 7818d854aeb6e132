"""What keeping a step is worth against the best breach, and how patient a side must be to keep it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from standoff.timing.roadmap.stakes import Floats, Stakes

Bools = NDArray[np.bool_]

SCANNED = 1_024
"""So many equally spaced discount factors are tried before bisection."""

_HALVINGS = 60
_MOST_COMPARED = 500
TOLERANCE = 1e-12
"""A margin counts as none if it is below this part of the spread of a side's payoffs."""


@dataclass(frozen=True)
class Margins:
    """One side's margins at one step, as a function of its discount factor for a step.

    Worth is counted per year on average: payoffs a year, each weighted with d^begin - d^end, so
    that the weights add up to 1. Its sign is that of the present value.

    Attributes
    ----------
    stakes : Stakes
    utility : float array (states)
        Payoff per year.
    spread : float
        Between the best and the worst payoff of the side; the measure for what counts as nothing.
    """

    stakes: Stakes
    utility: Floats
    spread: float

    @cached_property
    def _distinct(self) -> Floats:
        return _undominated(np.unique(self.utility[self.stakes.courses], axis=0))

    def keeping(self, factors: Floats) -> Floats:
        """Return what keeping the step is worth at each factor."""
        return self.utility[self.stakes.keeping] @ weights(self.stakes.keeping_times, factors)

    def breach(self, factors: Floats) -> Floats:
        """Return what the best breach is worth at each factor."""
        best: Floats = (self._distinct @ weights(self.stakes.times, factors)).max(axis=0)
        return best

    def __call__(self, factors: Floats) -> Floats:
        """Return the margin at each factor."""
        return self.keeping(factors) - self.breach(factors)

    def best_breach(self, factor: float) -> int:
        """Return the place of the best breach among the breaches at a factor."""
        worth = self.utility[self.stakes.courses] @ weights(self.stakes.times, np.array([factor]))
        return int(worth[:, 0].argmax())

    def holds(self, factors: Floats) -> Bools:
        """Return whether the step is kept at each factor."""
        return self(factors) >= -TOLERANCE * self.spread


def _undominated(rows: Floats) -> Floats:
    """Return the rows that no other row reaches everywhere; all of them if there are many."""
    if len(rows) > _MOST_COMPARED:
        return rows
    below: Bools = np.all(rows[:, None, :] <= rows[None, :, :], axis=2)
    np.fill_diagonal(below, val=False)
    return rows[~below.any(axis=1)]


def weights(times: Floats, factors: Floats) -> Floats:
    """Return the weight of each period at each factor, shape (periods, factors)."""
    powers = factors[None, :] ** times[:, None]
    found: Floats = powers[:-1] - powers[1:]
    return found


def holding(margins: Margins) -> tuple[tuple[float, float], ...]:
    """Return the ranges of discount factors, between 0 and 1, at which a step is kept.

    1,023 equally spaced factors are tried; each change between neighbours is bisected. Two
    changes between neighbours are not seen.
    """
    factors = np.arange(1, SCANNED) / SCANNED
    kept = margins.holds(factors)
    changes = np.flatnonzero(kept[1:] != kept[:-1])
    edges = [
        *([0.0] if kept[0] else []),
        *(_edge(margins, float(factors[place]), float(factors[place + 1])) for place in changes),
        *([1.0] if kept[-1] else []),
    ]
    return tuple(zip(edges[::2], edges[1::2], strict=True))


def _edge(margins: Margins, low: float, high: float) -> float:
    """Return the factor between two at which a step begins or ceases to be kept, on the side that keeps."""
    rising = bool(margins.holds(np.array([high]))[0])
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        if bool(margins.holds(np.array([middle]))[0]) == rising:
            high = middle
        else:
            low = middle
    return high if rising else low


def critical(ranges: tuple[tuple[float, float], ...]) -> float | None:
    """Return the factor from which on a step is kept at every greater one; None if there is none."""
    return ranges[-1][0] if ranges and ranges[-1][1] == 1.0 else None
