"""The engine compiled by numba: regions are settled one by one, in parallel threads.

No opponent ever leaves a region (a choice of the focal decision maker's options), so a region is
renumbered to lie closely in the cache and settled alone, with as many passes as it needs.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from itertools import pairwise
from time import perf_counter
from typing import Any, cast

import numpy as np
from numba import get_num_threads
from numpy.typing import NDArray

from standoff.stability.engine import loops
from standoff.stability.engine.lists import Lists, starts
from standoff.stability.engine.menus import Ints, Menus
from standoff.stability.engine.problem import Arranger, Problem, T, Tell, problem, silent

__all__ = ["NAME", "get_ready", "improvements", "stable", "together"]

NAME = "numba"

Longs = NDArray[np.int64]

PASSES = 48
"""So many passes take about as long as one sweep."""

ALONE = 1 << 16
"""Work on fewer states than this is not shared out."""


def improvements(menus: Menus, rank: Ints) -> Lists:
    """Return lists of improvements: a counting sort by menu, then each menu sorted by rank."""
    targets, target_starts = _best_first(menus.targets, menus.target_menu, menus.count, rank)
    users, user_starts = targets, target_starts
    if menus.users is not menus.targets:
        users, user_starts = _best_first(menus.users, menus.user_menu, menus.count, rank)
    stops = np.empty(users.size, np.int32)
    _share(loops.find_stops, target_starts, targets, target_starts, users, user_starts, rank, stops)
    return Lists(targets, target_starts, users, user_starts, stops, rank.size)


def _best_first(states: Ints, menu: Ints, count: int, rank: Ints) -> tuple[Ints, Longs]:
    bounds = starts(np.bincount(menu, minlength=count))
    keys = np.empty(states.size, np.int64)
    loops.keyed(states, menu, rank, int(rank.max()), bounds[:-1].copy(), keys)
    ordered = np.empty(states.size, np.int32)
    _share(loops.arranged, bounds, keys, bounds, ordered)
    return ordered, bounds


def stable(problem: Problem, dm: int, tell: Tell) -> NDArray[np.uint8]:
    """Return a decision maker's bits for all states."""
    rank, better = problem.ranks[dm], problem.better[dm]
    values = _smallest_reached(problem, dm, np.column_stack([rank, _best_held(problem, dm)]), tell)
    found = np.full(rank.size, 31, np.uint8)
    _share(loops.verdicts, better.target_starts, _arrays(better), rank, values, found)
    return found


def _best_held(problem: Problem, dm: int) -> Ints:
    """Return the best rank that each state or one move from it has."""
    rank = problem.ranks[dm]
    held = rank.copy()

    def raise_(lists: Lists, first: int, last: int) -> None:
        loops.best_held(_arrays(lists), rank, held, first, last, problem.transitive)

    for lists in problem.anywhere[dm]:
        _share(raise_, lists.target_starts, lists)
    return held


def _smallest_reached(problem: Problem, dm: int, start: Ints, tell: Tell) -> Ints:
    """Return (states, 4): by moves, by improvements of the opponents, for both columns of `start`."""
    values = np.full((problem.states, 4), loops.NOTHING)
    sets, mover, used = _sets(problem, dm)
    if not sets:
        return values
    region, count = problem.regions(dm)
    region_starts, by_region, place = _by_part(region, count)
    flat, menu_bases = _flattened(sets)
    menus: list[Ints] = []
    menu_starts = np.empty((len(sets), count + 1), np.int64)
    room = np.zeros((3, count), np.int64)
    for b, lists in enumerate(sets):
        of_menu = region[lists.users[lists.user_starts[:-1]]]
        menu_starts[b], chosen, _ = _by_part(of_menu, count)
        menu_starts[b] += menu_bases[b]
        menus.append(chosen + np.int32(menu_bases[b]))
        room += [np.bincount(of_menu, sizes, count).astype(np.int64) for sizes in _sizes(lists)]
    _share(
        loops.settle_regions,
        region_starts,
        flat,
        np.concatenate(menus),
        menu_starts,
        mover,
        used,
        (by_region, region_starts, place),
        start,
        values,
        (*(int(total.max()) for total in room), int(np.diff(region_starts).max())),
        (problem.transitive and all(lists.users is lists.targets for lists in sets), problem.transitive),
        (len(problem.opponents(dm)), PASSES),
        tell=tell,
    )
    return values


def _sets(problem: Problem, dm: int) -> tuple[list[Lists], Longs, NDArray[np.bool_]]:
    """Return the opponents' lists, whose each is, and whether it counts as moves, as improvements."""
    sets, mover, used = [], [], []
    for a, j in enumerate(problem.opponents(dm)):
        sets.append(problem.better[j])
        mover.append(a)
        used.append((problem.transitive, True))
        if not problem.transitive:
            sets.extend(problem.anywhere[j])
            mover.extend((a, a))
            used.extend([(True, False)] * 2)
    return sets, np.array(mover, np.int64), np.array(used, np.bool_).T.copy()


def _sizes(lists: Lists) -> tuple[Longs, Longs, Longs]:
    targets = np.diff(lists.target_starts)
    return targets, np.diff(lists.user_starts), np.ones_like(targets)


def _by_part(part: Ints, count: int) -> tuple[Longs, Ints, Ints]:
    bounds = np.empty(count + 1, np.int64)
    order, place = np.empty(part.size, np.int32), np.empty(part.size, np.int32)
    loops.by_part(part, count, bounds, order, place)
    return bounds, order, place


def _flattened(sets: Sequence[Lists]) -> tuple[tuple[Any, ...], Longs]:
    """Return the arrays of several lists as one, and the first menu of each."""
    target_bases = starts(np.array([lists.targets.size for lists in sets]))
    user_bases = starts(np.array([lists.users.size for lists in sets]))
    targets = np.concatenate([lists.targets for lists in sets])
    shared = all(lists.users is lists.targets for lists in sets)
    users = targets if shared else np.concatenate([lists.users for lists in sets])
    target_starts = _joined([lists.target_starts for lists in sets], target_bases)
    user_starts = _joined([lists.user_starts for lists in sets], user_bases)
    moved = [lists.stops + np.int32(base) for lists, base in zip(sets, target_bases, strict=False)]
    menu_bases = starts(np.array([lists.target_starts.size - 1 for lists in sets]))
    return (targets, target_starts, users, user_starts, np.concatenate(moved)), menu_bases


def _joined(parts: Sequence[Longs], bases: Longs) -> Longs:
    moved = [part[:-1] + base for part, base in zip(parts, bases, strict=False)]
    return np.concatenate([*moved, bases[-1:]])


def _arrays(lists: Lists) -> tuple[Any, ...]:
    return lists.targets, lists.target_starts, lists.users, lists.user_starts, lists.stops


def _share(loop: Any, bounds: Longs, *arguments: Any, tell: Tell = silent) -> None:
    """Run a loop over all parts that `bounds` delimits, in spans of about equal size.

    An interrupt drops the spans not yet begun; those under way end within moments.
    """
    parts = bounds.size - 1
    if bounds[-1] < ALONE or _HERE.ours:
        loop(*arguments, 0, parts)
        return
    number = 8 * get_num_threads()
    cuts = np.searchsorted(bounds, np.linspace(0, bounds[-1], number + 1)[1:-1]).tolist()
    spans = pairwise([0, *cuts, parts])
    for done, _ in enumerate(_pool().map(lambda span: loop(*arguments, *span), spans), 1):
        tell(done / number)


def together(work: Callable[[int], T], items: Iterable[int]) -> Iterator[T]:
    """Do pieces of work in threads; what a thread of ours asks for, it does itself."""
    return map(work, items) if _HERE.ours else _pool().map(work, items)


@cache
def _pool() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(get_num_threads(), "standoff", initializer=lambda: setattr(_HERE, "ours", True))


class _Here(threading.local):
    ours = False


_HERE = _Here()


@cache
def get_ready() -> float:
    """Load or compile all loops by a conflict of four states; return the seconds spent compiling."""
    begun = perf_counter()
    half = np.array([0, 0, 1, 1], np.int32)
    other = np.array([0, 1, 0, 1], np.int32)
    states = np.arange(4, dtype=np.int32)
    own = [Menus(states, menu, states, menu, 2, transitive=True) for menu in (half, other)]
    areas = [(other, 2), (half, 2)]
    me = cast("Arranger", sys.modules[__name__])
    tiny = problem(own.__getitem__, [half, other], areas.__getitem__, me, transitive=True)
    stable(tiny, 0, silent)
    missed = any(loop.stats.cache_misses for loop in vars(loops).values() if hasattr(loop, "stats"))
    return perf_counter() - begun if missed else 0.0
