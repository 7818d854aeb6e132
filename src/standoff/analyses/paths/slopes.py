"""Cheapest steps of one decision maker from all states at once, without a list of its moves.

The states of a menu stand in a row, worst first. A step up the row costs a step; a step down costs
a sacrifice and the ranks between. So the cheapest way onto a state is the least value on its left,
or the least value-and-rank on its right: two scans, whatever the number of moves.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from standoff.stability.engine.menus import Ints, Menus
from standoff.states.numbering import starts

Costs = NDArray[np.int64]
"""Costs packed into whole numbers that compare as (sacrifices, ranks lost, steps) do."""

STEP = np.int64(1)
RANK = np.int64(1 << 18)
SACRIFICE = np.int64(1 << 50)
FAR = np.int64(1 << 61)
"""More than any cost: not reached."""


def unpacked(cost: int) -> tuple[int, int, int]:
    """Return the sacrifices, the ranks lost and the steps of a cost."""
    sacrifices, rest = divmod(cost, int(SACRIFICE))
    return sacrifices, *divmod(rest, int(RANK))


@dataclass(frozen=True, slots=True, eq=False)
class Slopes:
    """The menus of a decision maker as rows of states, worst first.

    Attributes
    ----------
    states, menu, rank : arrays, one entry a state in a menu
    user, target : bool arrays
        Whether the state can choose from the menu, and whether it can be chosen.
    menu_start, menu_end, tier_start, tier_end : int64 arrays
        Where the entry's menu, and its states of equal rank, begin and end.
    by_state : int64 array
        The targets' entries, state after state, and in `state_starts` where each state begins.
    """

    states: Ints
    rank: Costs
    user: NDArray[np.bool_]
    menu_start: NDArray[np.int64]
    menu_end: NDArray[np.int64]
    tier_start: NDArray[np.int64]
    tier_end: NDArray[np.int64]
    by_state: NDArray[np.int64]
    reached: NDArray[np.int64]
    state_starts: NDArray[np.int64]

    def arrivals(self, costs: Costs) -> Costs:
        """Return the least cost of arriving at each state by one step from another one."""
        here = np.where(self.user, costs[self.states], FAR)
        before = _least(here, self.menu_start)
        level = _least(here[::-1], self._mirrored(self.tier_end))[::-1]
        falling = np.where(here < FAR, here + self.rank * RANK, FAR)
        after = _least(falling[::-1], self._mirrored(self.menu_end))[::-1]
        worse = np.append(after, FAR)[self.tier_end]
        worse[self.tier_end == self.menu_end] = FAR
        up = np.minimum(_shifted(before, self.menu_start), _shifted_back(level, self.tier_end)) + STEP
        down = np.where(worse < FAR, worse - self.rank * RANK + SACRIFICE + STEP, FAR)
        entries = np.minimum(np.minimum(up, down), FAR)[self.by_state]
        found = np.full(costs.size, FAR)
        if entries.size:
            found[self.reached] = np.minimum.reduceat(entries, self.state_starts)
        return found

    def _mirrored(self, ends: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return where parts begin, from where they end, when the row is read backwards."""
        return ends.size - ends[::-1]


def slopes(menus: Menus, rank: Ints) -> Slopes:
    """Arrange the menus of a decision maker by rank: one sort, O(m log m)."""
    keys = [menu.astype(np.int64) << 32 | states for menu, states in _sides(menus)]
    entries = np.unique(np.concatenate(keys))
    menu, states = entries >> 32, (entries & 0xFFFFFFFF).astype(np.int32)
    order = np.lexsort((states, rank[states], menu))
    entries, menu, states = entries[order], menu[order], states[order]
    user, target = (np.isin(entries, key) for key in keys)
    own = rank[states].astype(np.int64)
    menu_start, menu_end = _parts(np.diff(menu) != 0, menu.size)
    tier_start, tier_end = _parts((np.diff(menu) != 0) | (np.diff(own) != 0), menu.size)
    places = np.flatnonzero(target)
    by_state = places[np.argsort(states[places], kind="stable")]
    counts = np.bincount(states[by_state], minlength=rank.size)
    reached = np.flatnonzero(counts)
    return Slopes(
        states=states,
        rank=own,
        user=user,
        menu_start=menu_start,
        menu_end=menu_end,
        tier_start=tier_start,
        tier_end=tier_end,
        by_state=by_state,
        reached=reached,
        state_starts=starts(counts[reached])[:-1],
    )


def _sides(menus: Menus) -> tuple[tuple[Ints, Ints], tuple[Ints, Ints]]:
    return (menus.user_menu, menus.users), (menus.target_menu, menus.targets)


def _parts(new: NDArray[np.bool_], size: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return for each entry where its part begins and ends, from where new parts begin."""
    bounds = np.concatenate([np.zeros(min(size, 1), np.int64), np.flatnonzero(new) + 1, [size]])
    lengths = np.diff(bounds)
    return np.repeat(bounds[:-1], lengths), np.repeat(bounds[1:], lengths)


def _least(values: Costs, start: NDArray[np.int64]) -> Costs:
    """Return for each entry the least value from the beginning of its part up to itself.

    Spans are doubled: as many passes as the longest part has binary digits.
    """
    least = values.copy()
    place = np.arange(values.size) - start
    longest, span = int(place.max(initial=0)), 1
    while span <= longest:
        wide = np.flatnonzero(place >= span)
        least[wide] = np.minimum(least[wide], least[wide - span])
        span *= 2
    return least


def _shifted(least: Costs, start: NDArray[np.int64]) -> Costs:
    """Return what stands one place to the left within the part."""
    moved = np.concatenate([[FAR], least])[: least.size]
    return np.where(np.arange(least.size) > start, moved, FAR)


def _shifted_back(least: Costs, end: NDArray[np.int64]) -> Costs:
    """Return what stands one place to the right within the part."""
    moved = np.append(least, FAR)[1:]
    return np.where(np.arange(least.size) + 1 < end, moved, FAR)
