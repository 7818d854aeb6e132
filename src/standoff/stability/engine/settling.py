"""The smallest values that opponents reach, region by region: loops that numba compiles.

A region is what no opponent leaves: the states in which the focal decision maker's options are the
same. The menus of a span of regions are copied, states renumbered within their region, so that a
region fits the cache, and is settled there with as many passes as it needs.
"""

# Compiled functions take flags by position; splitting a loop nest hides what it does.
# ruff: noqa: C901, FBT001

from __future__ import annotations

from typing import Any

import numpy as np

from standoff.stability.engine import sweep as plain
from standoff.stability.engine.loops import arranged, by_part, compiled

NOTHING = np.int32(2**31 - 1)
ONE, TWO = np.uint64(1), np.uint64(2)

sweep = compiled(plain.sweep)


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
    """Do as `lower` where users and targets are the same and `worth` is `out`: one look at a state.

    This loop takes half of all the time. It is written for the processor: the two values of a
    state in a row, unsigned places (no test for negative ones), choices in place of branches.
    """
    targets, target_starts, _, _, stops = lists
    changes = np.int32(0)
    for g in range(first, last):
        a, b = np.uint64(target_starts[g]), np.uint64(target_starts[g + 1])
        least0 = least1 = tier0 = tier1 = NOTHING
        if anything:
            for place in range(a, b):
                at = np.uint64(targets[place]) * TWO
                tier0, tier1 = min(tier0, value[at]), min(tier1, value[at + ONE])
            least0, least1 = tier0, tier1
        for place in range(a, b):
            at = np.uint64(targets[place]) * TWO
            new_tier = np.int64(stops[place]) == np.int64(place)
            least0 = tier0 if new_tier else least0
            least1 = tier1 if new_tier else least1
            old0, old1 = value[at], value[at + ONE]
            new0 = min(least0, old0)
            new1 = min(least1, old1)
            value[at], value[at + ONE] = new0, new1
            changes |= (new0 ^ old0) | (new1 ^ old1)
            tier0 = min(old0, tier0)
            tier1 = min(old1, tier1)
    return changes != 0


@compiled
def bring_home(
    lists: Any, menus: Any, menu_starts: Any, place_in_region: Any, home: Any, bounds: Any, groups: bool
) -> None:
    """Append the menus of some regions to `home`, states renumbered within their region.

    `menu_starts` says where in `menus` those of each region begin. `bounds` is where they begin in
    `home`: its first entry is given, the others are written.
    """
    targets, target_starts, users, user_starts, stops = lists
    here_targets, here_target_starts, here_users, here_user_starts, here_stops = home
    menu = bounds[0]
    place, user = here_target_starts[menu], here_user_starts[menu]
    for r in range(menu_starts.size - 1):
        for x in range(menu_starts[r], menu_starts[r + 1]):
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
        bounds[r + 1] = menu


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
    flat = value[0].reshape(start.size)
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
                fell |= lower_groups(home, flat, bounds[b, 0], bounds[b, 1], anything)
            else:
                out = value[0] if transitive else value[a]
                fell |= lower(home, worth, out, bounds[b, 0], bounds[b, 1], anything)
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
def by_itself(span: Any, span_bounds: Any, states: int, groups: bool) -> Any:
    """Copy the menus of one region out of a span of regions; return them and where each set begins."""
    sets = span_bounds.shape[0]
    targets = users = menus = 0
    for b in range(sets):
        first, last = span_bounds[b, 0], span_bounds[b, 1]
        targets += span[1][last] - span[1][first]
        users += span[3][last] - span[3][first]
        menus += last - first
    home = (
        np.empty(targets, np.int32),
        np.zeros(menus + 1, np.int64),
        np.empty(0 if groups else users, np.int32),
        np.zeros(menus + 1, np.int64),
        np.empty(users, np.int32),
    )
    bounds = np.zeros(sets + 1, np.int64)
    for b in range(sets):
        first, last = span_bounds[b, 0], span_bounds[b, 1]
        chosen = np.arange(first, last).astype(np.int32)
        all_of_them = np.zeros(2, np.int64)
        all_of_them[1] = chosen.size
        same = np.arange(states).astype(np.int32)
        bring_home(span, chosen, all_of_them, same, home, bounds[b : b + 2], groups)
    return home, bounds


@compiled
def sweep_region(
    start: Any, least: Any, span: Any, span_bounds: Any, mover: Any, used: Any, kind: Any, limits: Any
) -> None:
    """Find where each state stands in the menus of a region, and sweep once for each of the two values."""
    groups, _, anything = kind
    home, bounds = by_itself(span, span_bounds, start.shape[0], groups)
    targets, target_starts, users, user_starts, stops = home
    states = start.shape[0]
    menus = bounds[mover.size]
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
    home: Any,
    bounds: Any,
    mover: Any,
    used: Any,
    by_region: Any,
    region_starts: Any,
    rank: Any,
    held: Any,
    values: Any,
    kind: Any,
    limits: Any,
) -> None:
    """Write the smallest values that are reached from the states of a span of regions.

    Parameters
    ----------
    home : the menus of the span, for one set of lists after another, written by `bring_home`
    bounds : int64 (sets, regions + 1), where in them the menus of each set and region begin
    mover : the opponent, 0, 1, ..., of each set
    used : for moves and for improvements, whether a set counts
    by_region, region_starts : states by region, and where each region begins
    rank, held : what the focal decision maker gets in each state, and what it can hold from there
    values : int32 (states, 4), written: by moves, then by improvements
    kind : whether users and targets are the same, whether moves are transitive
    limits : number of opponents, most turns before a sweep
    """
    groups, transitive = kind
    most = 0
    for r in range(region_starts.size - 1):
        most = max(most, region_starts[r + 1] - region_starts[r])
    copies = 1 if transitive else limits[0]
    start_room = np.empty((most, 2), np.int32)
    value_room = np.empty(copies * most * 2, np.int32)
    for r in range(region_starts.size - 1):
        begin, states = region_starts[r], region_starts[r + 1] - region_starts[r]
        here = start_room[:states]
        for s in range(states):
            state = by_region[begin + s]
            here[s, 0], here[s, 1] = rank[state], held[state]
        value = value_room[: copies * states * 2].reshape((copies, states, 2))
        for f in range(2):
            for a in range(copies):
                for s in range(states):
                    value[a, s, 0] = here[s, 0] if transitive else NOTHING
                    value[a, s, 1] = here[s, 1] if transitive else NOTHING
            what = (groups, transitive, transitive and f == 0)
            settled = go_round(here, value, home, bounds[:, r : r + 2], mover, used[f], what, limits)
            least = value[0]
            for a in range(1, copies):
                for s in range(states):
                    least[s, 0] = min(least[s, 0], value[a, s, 0])
                    least[s, 1] = min(least[s, 1], value[a, s, 1])
            if not settled:
                sweep_region(here, least, home, bounds[:, r : r + 2], mover, used[f], what, limits)
            for s in range(states):
                state = by_region[begin + s]
                values[state, 2 * f], values[state, 2 * f + 1] = least[s, 0], least[s, 1]
