"""The engine compiled by numba: regions are settled one by one, in parallel threads.

No opponent ever leaves a region (a choice of the focal decision maker's options), so a region is
renumbered to lie closely in the cache and settled alone, with as many passes as it needs.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from itertools import pairwise
from time import perf_counter

import numpy as np
from numba.core import event
from numpy.typing import NDArray

from standoff.progress import Progress
from standoff.stability.engine import loops, settling
from standoff.stability.engine.lists import Lists
from standoff.stability.engine.menus import Ints, Menus
from standoff.stability.engine.problem import Problem, Tell, problem, silent
from standoff.stability.engine.threads import ALONE, number, together
from standoff.states.numbering import starts

__all__ = ["NAME", "get_ready", "improvements", "stable", "worst_replies"]

NAME = "numba"

Longs = NDArray[np.int64]
Arrays = tuple[Ints, Longs, Ints, Longs, Ints]

COMPILING = "compiling kernels, once"
"""The phase in which loops are compiled that no earlier run left on disk."""

ROUNDS = 16
"""So many rounds of the opponents take about as long as one sweep."""

SIDE_BY_SIDE = False
"""The regions of one decision maker are shared out."""


def improvements(menus: Menus, rank: Ints) -> Lists:
    """Return lists of improvements: a counting sort by menu, then each menu sorted by rank."""
    targets, target_starts = _best_first(menus.targets, menus.target_menu, menus.count, rank)
    users, user_starts = targets, target_starts
    if menus.users is not menus.targets:
        users, user_starts = _best_first(menus.users, menus.user_menu, menus.count, rank)
    stops = np.empty(users.size, np.int32)

    def stop(first: int, last: int) -> None:
        loops.find_stops(targets, target_starts, users, user_starts, rank, stops, first, last)

    _share(stop, target_starts)
    return Lists(targets, target_starts, users, user_starts, stops, rank.size)


def _best_first(states: Ints, menu: Ints, count: int, rank: Ints) -> tuple[Ints, Longs]:
    bounds = starts(np.bincount(menu, minlength=count))
    keys = np.empty(states.size, np.int64)
    loops.keyed(states, menu, rank, int(rank.max()), bounds[:-1].copy(), keys)
    ordered = np.empty(states.size, np.int32)
    _share(lambda first, last: loops.arranged(keys, bounds, ordered, first, last), bounds)
    return ordered, bounds


def stable(problem: Problem, dm: int, tell: Tell) -> NDArray[np.uint8]:
    """Return a decision maker's bits for all states."""
    rank, better = problem.ranks[dm], problem.better[dm]
    values = _smallest_reached(problem, dm, _best_held(problem, dm), tell)
    found = np.full(rank.size, 31, np.uint8)

    def judge(first: int, last: int) -> None:
        loops.verdicts(_arrays(better), rank, values, found, first, last)

    _share(judge, better.target_starts)
    return found


def worst_replies(problem: Problem, dm: int, tell: Tell) -> Ints:
    """Return (2, states): the least rank for `dm` that the others reach by moves, and by improvements."""
    values = _smallest_reached(problem, dm, problem.ranks[dm], tell)
    return np.ascontiguousarray(values[:, [0, 2]].T)


def _best_held(problem: Problem, dm: int) -> Ints:
    """Return the best rank that each state or one move from it has."""
    rank = problem.ranks[dm]
    held = rank.copy()
    for lists in problem.anywhere[dm]:

        def raise_held(first: int, last: int, lists: Lists = lists) -> None:
            loops.best_held(_arrays(lists), rank, held, first, last, problem.transitive)

        _share(raise_held, lists.target_starts)
    return held


def _smallest_reached(problem: Problem, dm: int, held: Ints, tell: Tell) -> Ints:
    """Return (states, 4): what the opponents' moves, then their improvements, lead to; ranks, then `held`."""
    values = np.empty((problem.states, 4), np.int32)
    sets, mover, used = _sets(problem, dm)
    if not sets:
        values[:] = settling.NOTHING
        return values
    region, count = problem.regions(dm)
    region_starts, by_region, place = _by_part(region, count)
    menus = [_by_part(region[lists.users[lists.user_starts[:-1]]], count)[:2] for lists in sets]
    del region
    kind = (problem.transitive and all(lists.users is lists.targets for lists in sets), problem.transitive)

    def settle(first: int, last: int) -> None:
        bounds = np.zeros((len(sets), last - first + 1), np.int64)
        home = _room(sets, menus, first, last)
        end = 0
        for lists, (menu_starts, by_menu), here in zip(sets, menus, bounds, strict=True):
            here[0] = end
            settling.bring_home(
                _arrays(lists), by_menu, menu_starts[first : last + 1], place, home, here, kind[0]
            )
            end = here[-1]
        states = region_starts[first : last + 1]
        opponents = len(problem.opponents(dm))
        limits = (opponents, ROUNDS * opponents)
        settling.settle_regions(
            home, bounds, mover, used, by_region, states, problem.ranks[dm], held, values, kind, limits
        )

    _share(settle, region_starts, tell)
    return values


def _room(sets: Sequence[Lists], menus: Sequence[tuple[Longs, Ints]], first: int, last: int) -> Arrays:
    """Return empty arrays for the menus of regions first to last-1 of all sets."""
    targets = users = number = 0
    for lists, (menu_starts, by_menu) in zip(sets, menus, strict=True):
        chosen = by_menu[menu_starts[first] : menu_starts[last]]
        targets += int(np.diff(lists.target_starts)[chosen].sum())
        users += int(np.diff(lists.user_starts)[chosen].sum())
        number += chosen.size
    starts_of = (np.zeros(number + 1, np.int64), np.zeros(number + 1, np.int64))
    return (
        np.empty(targets, np.int32),
        starts_of[0],
        np.empty(users, np.int32),
        starts_of[1],
        np.empty(users, np.int32),
    )


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


def _by_part(part: Ints, count: int) -> tuple[Longs, Ints, Ints]:
    bounds = np.empty(count + 1, np.int64)
    order, place = np.empty(part.size, np.int32), np.empty(part.size, np.int32)
    loops.by_part(part, count, bounds, order, place)
    return bounds, order, place


def _arrays(lists: Lists) -> Arrays:
    return lists.targets, lists.target_starts, lists.users, lists.user_starts, lists.stops


def _share(work: Callable[[int, int], None], bounds: Longs, tell: Tell = silent) -> None:
    """Do work on all parts that `bounds` delimits, in spans of parts of about equal size."""
    size = int(bounds[-1])
    spans = 8 * number() if size >= ALONE else 1
    cuts = np.searchsorted(bounds, np.linspace(0, size, spans + 1)[1:-1]).tolist()
    each = pairwise([0, *cuts, bounds.size - 1])
    for done, _ in enumerate(together(lambda span: work(*span), each, size), 1):
        tell(done / spans)


def get_ready(tell: Progress | None = None) -> float:
    """Load or compile all loops; return the seconds spent compiling, 0 if they were on disk or are here."""
    with event.install_listener("numba:compile", _Compiling(tell)) as compiling:
        _load_all()
    return 0.0 if compiling.begun is None else perf_counter() - compiling.begun


class _Compiling(event.Listener):
    """Hears when the first loop is compiled that was not kept on disk, and names the phase."""

    def __init__(self, tell: Progress | None) -> None:
        self.begun: float | None = None
        self.tell = tell

    def on_start(self, _event: event.Event) -> None:
        if self.begun is None:
            self.begun = perf_counter()
            if self.tell is not None:
                self.tell(COMPILING, 0.0)

    def on_end(self, _event: event.Event) -> None:
        """Nothing: loops are compiled one within another."""


@cache
def _load_all() -> None:
    """Call every loop, by a conflict of four states."""
    half = np.array([0, 0, 1, 1], np.int32)
    other = np.array([0, 1, 0, 1], np.int32)
    states = np.arange(4, dtype=np.int32)
    own = [Menus(states, menu, states, menu, 2, transitive=True) for menu in (half, other)]
    areas = [(other, 2), (half, 2)]
    tiny = problem(own.__getitem__, [half, other], areas.__getitem__, improvements, transitive=True)
    stable(tiny, 0, silent)
