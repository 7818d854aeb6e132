"""The loops that numba compiles. Import this module only where numba is wanted.

A region is what no opponent leaves: the states in which the focal decision maker's options are the
same. `settle_regions` copies the menus of one region after another, renumbered, into arrays that
fit the cache, and settles it there with as many passes as it needs.
"""

# ruff: noqa: C901, FBT001 -- compiled functions take flags by position; splitting a loop nest hides it

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numba
import numpy as np

from standoff.stability.engine import sweep as plain

NOTHING = np.int32(2**31 - 1)


def compiled(function: Callable[..., Any]) -> Any:
    """Return the function to be compiled at its first call, kept on disk if some directory is writable."""
    try:
        return numba.njit(cache=True, nogil=True)(function)
    except RuntimeError:
        return numba.njit(nogil=True)(function)


sweep = compiled(plain.sweep)


@compiled
def by_part(part: Any, count: int, starts: Any, order: Any, place: Any) -> None:
    """Sort by counting: list the members of part 0, 1, ... in `order`, their places within it in `place`."""
    starts[:] = 0
    for x in range(part.size):
        starts[part[x] + 1] += 1
    for g in range(count):
        starts[g + 1] += starts[g]
    for x in range(part.size):
        place[x] = starts[part[x]]
        order[place[x]] = x
        starts[part[x]] += 1
    for g in range(count, 0, -1):
        starts[g] = starts[g - 1]
    starts[0] = 0
    for x in range(part.size):
        place[x] -= starts[part[x]]


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
def lower(lists: Any, worth: Any, out: Any, first: int, last: int, anything: bool) -> bool:
    """Lower `out` of the users of menus first to last-1 to the least `worth` they can choose.

    Both hold two values a state. With `anything` users choose from the whole menu, whatever their
    stops.
    """
    targets, target_starts, users, user_starts, stops = lists
    fell = False
    for g in range(first, last):
        place = target_starts[g]
        end = target_starts[g + 1]
        least0 = least1 = NOTHING
        for k in range(user_starts[g], user_starts[g + 1]):
            stop = end if anything else stops[k]
            while place < stop:
                target = np.uint32(targets[place])
                least0 = min(least0, worth[target, 0])
                least1 = min(least1, worth[target, 1])
                place += 1
            user = np.uint32(users[k])
            old0, old1 = out[user, 0], out[user, 1]
            new0, new1 = min(old0, least0), min(old1, least1)
            out[user, 0], out[user, 1] = new0, new1
            fell |= (new0 != old0) | (new1 != old1)
    return fell


@compiled
def lower_groups(lists: Any, value: Any, first: int, last: int, anything: bool) -> bool:
    """Do as `lower` where users and targets are the same and `worth` is `out`: one look at a state."""
    targets, target_starts, _, _, stops = lists
    fell = False
    for g in range(first, last):
        a, b = target_starts[g], target_starts[g + 1]
        least0 = least1 = tier0 = tier1 = NOTHING
        if anything:
            for place in range(a, b):
                state = np.uint32(targets[place])
                least0, least1 = min(least0, value[state, 0]), min(least1, value[state, 1])
            tier0, tier1 = least0, least1
        for place in range(a, b):
            state = np.uint32(targets[place])
            if stops[place] == place:
                least0, least1 = tier0, tier1
            old0, old1 = value[state, 0], value[state, 1]
            new0, new1 = min(old0, least0), min(old1, least1)
            value[state, 0], value[state, 1] = new0, new1
            fell |= (new0 != old0) | (new1 != old1)
            tier0, tier1 = min(tier0, new0), min(tier1, new1)
    return fell


@compiled
def bring_home(
    lists: Any, menus: Any, span: Any, place_in_region: Any, home: Any, ends: Any, groups: bool
) -> None:
    """Append menus to `home`, states renumbered within their region; move the three `ends`."""
    targets, target_starts, users, user_starts, stops = lists
    here_targets, here_target_starts, here_users, here_user_starts, here_stops = home
    menu, place, user = ends[0], ends[1], ends[2]
    for x in range(span[0], span[1]):
        g = menus[x]
        shift = place - target_starts[g]
        for y in range(target_starts[g], target_starts[g + 1]):
            here_targets[y + shift] = place_in_region[targets[y]]
        for k in range(user_starts[g], user_starts[g + 1]):
            if not groups:
                here_users[user] = place_in_region[users[k]]
            here_stops[user] = stops[k] + shift
            user += 1
        place += target_starts[g + 1] - target_starts[g]
        menu += 1
        here_target_starts[menu] = place
        here_user_starts[menu] = user
    ends[0], ends[1], ends[2] = menu, place, user


@compiled
def go_round(
    start: Any, value: Any, home: Any, bounds: Any, mover: Any, used: Any, kind: Any, limits: Any
) -> bool:
    """Let the opponents move in turn until nothing changes; say whether enough turns were allowed.

    `kind` is (users and targets are the same, moves are transitive, users choose from all).
    """
    groups, transitive, anything = kind
    opponents, most = limits
    worth = value[0] if transitive else np.empty_like(start)
    quiet = turn = 0
    while quiet < opponents:
        if turn == most:
            return False
        a = turn % opponents
        if not transitive:
            for s in range(start.shape[0]):
                for c in range(2):
                    least = start[s, c]
                    for b in range(opponents):
                        if b != a:
                            least = min(least, value[b, s, c])
                    worth[s, c] = least
        fell = False
        for b in range(mover.size):
            if mover[b] != a or not used[b]:
                continue
            if groups:
                fell |= lower_groups(home, value[0], bounds[b], bounds[b + 1], anything)
            else:
                out = value[0] if transitive else value[a]
                fell |= lower(home, worth, out, bounds[b], bounds[b + 1], anything)
        quiet = 1 if fell else quiet + 1
        turn += 1
        if anything and turn == opponents and all_the_same(value[0]):
            return True
    return True


@compiled
def all_the_same(value: Any) -> bool:
    """Say whether all states have the same two values."""
    same = True
    for s in range(value.shape[0]):
        same &= (value[s, 0] == value[0, 0]) & (value[s, 1] == value[0, 1])
    return same


@compiled
def rising(start: Any, order: Any) -> None:
    """Write the states by rising `start`."""
    keys = np.empty(start.size, np.int64)
    for s in range(start.size):
        keys[s] = np.int64(start[s]) << 32 | s
    whole = np.zeros(2, np.int64)
    whole[1] = start.size
    arranged(keys, whole, order, 0, 1)


@compiled
def sweep_region(
    start: Any, least: Any, home: Any, bounds: Any, mover: Any, used: Any, kind: Any, limits: Any
) -> None:
    """Find where each state stands in the menus of a region, and sweep once for each of the two values."""
    groups, _, anything = kind
    targets, target_starts, users, user_starts, stops = home
    states = start.shape[0]
    menus = bounds[mover.size]
    stops = stops[: user_starts[menus]].copy()
    place_starts = np.zeros((mover.size, states + 1), np.int32)
    places = np.empty(target_starts[menus], np.int32)
    menu = np.empty(places.size, np.int32)
    unused = np.empty(places.size, np.int32)
    for b in range(mover.size):
        first, last = target_starts[bounds[b]], target_starts[bounds[b + 1]]
        if used[b]:
            by_part(targets[first:last], states, place_starts[b], places[first:last], unused)
            for s in range(states + 1):
                place_starts[b, s] += first
            for x in range(first, last):
                places[x] += first
    for g in range(menus):
        for x in range(target_starts[g], target_starts[g + 1]):
            menu[x] = g
        if anything:
            for k in range(user_starts[g], user_starts[g + 1]):
                stops[k] = target_starts[g + 1]
    order = np.empty(states, np.int32)
    start_here, least_here = np.empty(states, np.int32), np.empty(states, np.int32)
    for c in range(2):
        for s in range(states):
            start_here[s], least_here[s] = start[s, c], least[s, c]
        rising(start_here, order)
        sweep(
            order,
            start_here,
            least_here,
            mover,
            place_starts,
            places,
            menu,
            user_starts[1 : menus + 1].copy(),
            user_starts,
            targets if groups else users,
            stops,
            np.zeros((limits[0], states), np.uint8),
            np.empty(states * limits[0], np.int64),
        )
        for s in range(states):
            least[s, c] = least_here[s]


@compiled
def settle_regions(
    lists: Any,
    menus: Any,
    menu_starts: Any,
    mover: Any,
    used: Any,
    regions: Any,
    start: Any,
    values: Any,
    room: Any,
    kind: Any,
    limits: Any,
    first: int,
    last: int,
) -> None:
    """Write the smallest values that are reached from the states of regions first to last-1.

    Parameters
    ----------
    lists : flat arrays of `Lists`, the sets of all opponents one after another
    menus, menu_starts : the menus of each set by region, and where a set and region begin
    mover : the opponent, 0, 1, ..., of each set
    used : for moves and for improvements, whether a set counts
    regions : states by region, where each region begins, and the place of each state in its region
    start : int32 (states, 2): the ranks and what the focal decision maker can hold
    values : int32 (states, 4), written: by moves, then by improvements
    room : the most targets, users, menus and states that a region has
    kind : whether users and targets are the same, whether moves are transitive
    limits : number of opponents, most turns before a sweep
    """
    by_region, region_starts, place_in_region = regions
    groups, transitive = kind
    home = (
        np.empty(room[0], np.int32),
        np.zeros(room[2] + 1, np.int64),
        np.empty(0 if groups else room[1], np.int32),
        np.zeros(room[2] + 1, np.int64),
        np.empty(room[1], np.int32),
    )
    bounds = np.zeros(mover.size + 1, np.int64)
    ends = np.zeros(3, np.int64)
    start_room = np.empty((room[3], 2), np.int32)
    value_room = np.empty((1 if transitive else limits[0]) * room[3] * 2, np.int32)
    for r in range(first, last):
        begin, states = region_starts[r], region_starts[r + 1] - region_starts[r]
        ends[:] = 0
        for b in range(mover.size):
            bring_home(lists, menus, menu_starts[b, r : r + 2], place_in_region, home, ends, groups)
            bounds[b + 1] = ends[0]
        here = start_room[:states]
        for s in range(states):
            state = by_region[begin + s]
            here[s, 0], here[s, 1] = start[state, 0], start[state, 1]
        copies = 1 if transitive else limits[0]
        value = value_room[: copies * states * 2].reshape((copies, states, 2))
        for f in range(2):
            for a in range(copies):
                for s in range(states):
                    value[a, s, 0] = here[s, 0] if transitive else NOTHING
                    value[a, s, 1] = here[s, 1] if transitive else NOTHING
            what = (groups, transitive, transitive and f == 0)
            settled = go_round(here, value, home, bounds, mover, used[f], what, limits)
            least = value[0]
            for a in range(1, copies):
                for s in range(states):
                    least[s, 0] = min(least[s, 0], value[a, s, 0])
                    least[s, 1] = min(least[s, 1], value[a, s, 1])
            if not settled:
                sweep_region(here, least, home, bounds, mover, used[f], what, limits)
            for s in range(states):
                state = by_region[begin + s]
                values[state, 2 * f], values[state, 2 * f + 1] = least[s, 0], least[s, 1]


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
