"""The loops over menus that numba compiles. Import this module only where numba is wanted."""

# ruff: noqa: FBT001 -- compiled functions take flags by position

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numba
import numpy as np


def compiled(function: Callable[..., Any]) -> Any:
    """Return the function to be compiled at its first call, kept on disk if some directory is writable."""
    try:
        return numba.njit(cache=True, nogil=True)(function)
    except RuntimeError:
        return numba.njit(nogil=True)(function)


@compiled
def by_part(part: Any, count: int, starts: Any, order: Any, place: Any) -> None:
    """Sort by counting: list the members of part 0, 1, ... in `order`, their places within it in `place`."""
    starts[:] = 0
    for x in range(part.size):
        place[x] = starts[part[x] + 1]
        starts[part[x] + 1] += 1
    for g in range(count):
        starts[g + 1] += starts[g]
    for x in range(part.size):
        order[starts[part[x]] + place[x]] = x


@compiled
def keyed(states: Any, menu: Any, rank: Any, top: int, cursor: Any, keys: Any) -> None:
    """Put a key for each state (worse ranks larger, then the state) into its menu's part of `keys`."""
    for x in range(states.size):
        g = menu[x]
        keys[cursor[g]] = np.int64(top - rank[states[x]]) << 32 | states[x]
        cursor[g] += 1


@compiled
def arranged(keys: Any, starts: Any, out: Any, first: int, last: int) -> None:
    """Sort the keys of each menu (shell sort) and write out their states."""
    for g in range(first, last):
        a, b = starts[g], starts[g + 1]
        gap = 1
        while gap * 9 < (b - a) * 4:
            gap = gap * 9 // 4 + 1
        while gap > 0:
            for x in range(a + gap, b):
                key = keys[x]
                y = x
                while y >= a + gap and keys[y - gap] > key:
                    keys[y] = keys[y - gap]
                    y -= gap
                keys[y] = key
            gap = gap * 4 // 9
        for x in range(a, b):
            out[x] = keys[x] & 0xFFFFFFFF


@compiled
def find_stops(
    targets: Any,
    target_starts: Any,
    users: Any,
    user_starts: Any,
    rank: Any,
    stops: Any,
    first: int,
    last: int,
) -> None:
    """Find for each user where the strictly better targets of its menu end."""
    for g in range(first, last):
        place, end = target_starts[g], target_starts[g + 1]
        for k in range(user_starts[g], user_starts[g + 1]):
            own = rank[users[k]]
            while place < end and rank[targets[place]] > own:
                place += 1
            stops[k] = place


@compiled
def best_held(lists: Any, rank: Any, out: Any, first: int, last: int, anything: bool) -> None:
    """Raise `out` of the users of menus first to last-1 to the best `rank` they can choose."""
    targets, target_starts, users, user_starts, stops = lists
    for g in range(first, last):
        place = target_starts[g]
        best = np.int32(-1)
        for k in range(user_starts[g], user_starts[g + 1]):
            stop = target_starts[g + 1] if anything else stops[k]
            while place < stop:
                best = max(best, rank[targets[place]])
                place += 1
            out[users[k]] = max(out[users[k]], best)


@compiled
def verdicts(lists: Any, rank: Any, values: Any, out: Any, first: int, last: int) -> None:
    """Write for each user which of the four values no improvement exceeds, after the bit for Nash."""
    targets, target_starts, users, user_starts, stops = lists
    for g in range(first, last):
        place = target_starts[g]
        w0 = w1 = w2 = w3 = np.int32(-1)
        for k in range(user_starts[g], user_starts[g + 1]):
            while place < stops[k]:
                t = targets[place]
                w0, w1 = max(w0, values[t, 0]), max(w1, values[t, 1])
                w2, w3 = max(w2, values[t, 2]), max(w3, values[t, 3])
                place += 1
            own = rank[users[k]]
            stable = (w0 <= own) << 1 | (w1 <= own) << 2 | (w2 <= own) << 3 | (w3 <= own) << 4
            out[users[k]] = stable | (stops[k] == target_starts[g])
