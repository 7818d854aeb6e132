"""Under which spacings of the ranks steps are kept: what can be said without any payoff."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

import numpy as np

from standoff.graph import States
from standoff.preferences import Ranks
from standoff.timing.arrays import Floats
from standoff.timing.roadmap.margins import weights
from standoff.timing.roadmap.programme import EXACTNESS, Shares
from standoff.timing.roadmap.stakes import Stakes

Holds = Literal["all", "some", "none"]
"""Kept under every spacing that fits the ranks, under some of them, or under none."""


@dataclass(frozen=True, slots=True, eq=False)
class Spacings:
    """Conditions on the gaps between ranks, for one side and one step or several.

    A side's payoffs fit its ranks if better ranks are paid more. Between the worst and the best of
    the states that a condition depends on, counted as 0 and 1, they are given by the gaps from each
    rank to the next; each breach that must not pay is one linear condition on the gaps.

    Attributes
    ----------
    ladder : int array (ranks)
        A state for each distinct rank that matters, from worst to best; gap j leads from j to j + 1.
    conditions : float array (conditions, gaps)
        Each times the gaps must be 0 or more; those implied by another one are left out.
    breaches, places : int arrays (conditions)
        The breach that each is about, and the step.
    """

    ladder: States
    conditions: Floats
    breaches: States
    places: States

    @property
    def holds(self) -> Holds:
        """Whether all conditions hold under all spacings, some, or none."""
        if not self.conditions.size or self.conditions.min() >= -EXACTNESS:
            return "all"
        if (self.conditions.max(axis=1) <= EXACTNESS).any():
            return "none"
        found = Shares(self.conditions).least_share()
        return "none" if found is None or found.min() <= EXACTNESS else "some"


def spacings(stakes: Iterable[Stakes], ranks: Ranks, factor: float) -> Spacings:
    """Return the conditions under which one side keeps all of some steps, at one discount factor."""
    parts = list(stakes)
    matter = np.unique(np.concatenate([np.append(each.keeping, each.courses.ravel()) for each in parts]))
    values, first = np.unique(ranks[matter], return_index=True)
    blocks = [_conditions(each, ranks, values, factor) for each in parts]
    conditions = np.concatenate(blocks)
    breaches = np.concatenate([each.breaches for each in parts])
    places = np.concatenate([np.full(each.breaches.size, each.place) for each in parts])
    kept = _binding(conditions)
    low, high = _used(conditions[kept])
    ladder = matter[first][low : high + 1]
    return Spacings(ladder, conditions[kept][:, low:high], breaches[kept], places[kept])


def _used(conditions: Floats) -> tuple[int, int]:
    """Return the first gap that a condition depends on, and the one after the last; else all."""
    used = np.flatnonzero((np.abs(conditions) > EXACTNESS).any(axis=0))
    return (int(used[0]), int(used[-1]) + 1) if used.size else (0, conditions.shape[1])


def _conditions(stakes: Stakes, ranks: Ranks, values: Ranks, factor: float) -> Floats:
    """Return for each breach how its margin depends on each gap: the weight of what lies above it."""
    factors = np.array([factor])
    keeping = _above(np.searchsorted(values, ranks[stakes.keeping])[None, :], values.size) @ weights(
        stakes.keeping_times, factors
    )
    courses = _above(np.searchsorted(values, ranks[stakes.courses]), values.size) @ weights(
        stakes.times, factors
    )
    found: Floats = keeping[..., 0] - courses[..., 0]
    return found


def _above(levels: States, count: int) -> Floats:
    """Return whether each state lies above each gap, shape (..., gaps, periods)."""
    gaps = np.arange(1, count)
    return (levels[..., None, :] >= gaps[:, None]).astype(np.float64)


def _binding(conditions: Floats) -> States:
    """Return which conditions are neither always true nor implied by another one."""
    if not conditions.shape[1]:
        return np.empty(0, np.int64)
    _, first = np.unique(np.round(conditions, 12), axis=0, return_index=True)
    open_ = np.sort(first[conditions[first].min(axis=1) < -EXACTNESS])
    kept = [
        row
        for row in open_.tolist()
        if not any(
            other != row
            and (conditions[other] <= conditions[row] + EXACTNESS).all()
            and (other < row or (conditions[other] < conditions[row] - EXACTNESS).any())
            for other in open_.tolist()
        )
    ]
    return np.array(kept, np.int64)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bound:
    """What part of the range between worst and best a stretch of ranks may or must take.

    `lower` and `upper` are places in the ladder.
    """

    lower: int
    upper: int
    least: float
    greatest: float


def bounds(found: Spacings) -> tuple[Bound, ...]:
    """Return, for each stretch of gaps that the conditions treat alike, the part that it may take.

    Stretches that may take any part are left out. There must be spacings that satisfy the conditions.
    """
    conditions = found.conditions
    if not conditions.size:
        return ()
    alike = (np.abs(np.diff(conditions, axis=1)) <= EXACTNESS).all(axis=0)
    starts = np.concatenate([[0], np.flatnonzero(~alike) + 1, [conditions.shape[1]]])
    shares = Shares(conditions[:, starts[:-1]])
    told = []
    for place in range(starts.size - 1):
        least, greatest = shares.reach(place)
        if least > EXACTNESS or greatest < 1 - EXACTNESS:
            told.append(
                Bound(lower=int(starts[place]), upper=int(starts[place + 1]), least=least, greatest=greatest)
            )
    return tuple(told)
