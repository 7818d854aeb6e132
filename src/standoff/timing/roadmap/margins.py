"""What keeping a step is worth against the best breach, and how patient a side must be to keep it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from standoff.timing.arrays import Floats
from standoff.timing.roadmap.stakes import Stakes

Bools = NDArray[np.bool_]

SCANNED = 1_024
"""So many equally spaced discount factors are tried before bisection."""

LEAST_RATE = 1e-9
"""Between the last of them and 1 the rate, -log d, is lowered by equal ratios down to this."""

_SCANNED_NEAR_ONE = 400
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

    @cached_property
    def _over_the_end(self) -> Floats:
        """The payoffs after each breach less that of keeping the end; nearly equal ends are equal."""
        found: Floats = self._distinct - self.utility[self.stakes.keeping[-1]]
        ends = found[:, -1]
        ends[np.abs(ends) <= TOLERANCE * self.spread] = 0.0
        return found

    def breach(self, factors: Floats) -> Floats:
        """Return what the best breach is worth at each factor."""
        best: Floats = (self._distinct @ weights(self.stakes.times, factors)).max(axis=0)
        return best

    def __call__(self, factors: Floats) -> Floats:
        """Return the margin at each factor: what keeping is worth, less the best breach.

        The end kept is taken off both, so that near factor 1 no small difference of large worths is left.
        """
        before_the_end = self.utility[self.stakes.keeping] - self.utility[self.stakes.keeping[-1]]
        keeping = before_the_end @ weights(self.stakes.keeping_times, factors)
        breach = self._over_the_end @ weights(self.stakes.times, factors)
        found: Floats = keeping - breach.max(axis=0)
        return found

    def best_breach(self, factor: float) -> int:
        """Return the place of the best breach among the breaches at a factor."""
        worth = self.utility[self.stakes.courses] @ weights(self.stakes.times, np.array([factor]))
        return int(worth[:, 0].argmax())

    def holds(self, factors: Floats) -> Bools:
        """Return whether the step is kept at each factor.

        What counts as nothing shrinks with the rate, as the weight of all but the end does.
        """
        with np.errstate(divide="ignore"):
            rates = np.minimum(1.0, -np.log(factors))
        return self(factors) >= -TOLERANCE * self.spread * rates

    def holds_in_the_limit(self) -> bool:
        """Return whether the step is kept as the factor goes to 1: by the ends, if they differ."""
        best_end = float(self._over_the_end[:, -1].max())
        return best_end < 0 if best_end else bool(self.holds(np.exp([-LEAST_RATE]))[0])


def _undominated(rows: Floats) -> Floats:
    """Return the rows that no other row reaches everywhere; all of them if there are many."""
    if len(rows) > _MOST_COMPARED:
        return rows
    below: Bools = np.all(rows[:, None, :] <= rows[None, :, :], axis=2)
    np.fill_diagonal(below, val=False)
    return rows[~below.any(axis=1)]


def weights(times: Floats, factors: Floats) -> Floats:
    """Return the weight of each period at each factor, shape (periods, factors)."""
    found: Floats = factors[None, :] ** times[:-1, None]
    ending = np.isfinite(times[1:])
    with np.errstate(divide="ignore"):
        found[ending] *= -np.expm1(np.diff(times)[ending, None] * np.log(factors))
    return found


def holding(margins: Margins) -> tuple[tuple[float, float], ...]:
    """Return the ranges of discount factors, between 0 and 1, at which a step is kept.

    1,023 equally spaced factors are tried, then 400 ever closer to 1, and the limit; each change
    between neighbours is bisected. Two changes between neighbours are not seen.
    """
    equal = np.arange(1, SCANNED) / SCANNED
    near_one = np.exp(-np.geomspace(-np.log(equal[-1]), LEAST_RATE, _SCANNED_NEAR_ONE + 1)[1:])
    factors = np.concatenate([equal, near_one, [1.0]])
    kept = np.append(margins.holds(factors[:-1]), margins.holds_in_the_limit())
    changes = np.flatnonzero(kept[1:] != kept[:-1])
    edges = [
        *([0.0] if kept[0] else []),
        *(
            _edge(margins, float(factors[place]), float(factors[place + 1]), rising=bool(kept[place + 1]))
            for place in changes
        ),
        *([1.0] if kept[-1] else []),
    ]
    return tuple(zip(edges[::2], edges[1::2], strict=True))


def _edge(margins: Margins, low: float, high: float, *, rising: bool) -> float:
    """Return the factor between two at which a step begins or ceases to be kept, on the side that keeps."""
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
