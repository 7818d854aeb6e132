"""The engine with NumPy alone: every pass treats all states at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

from standoff.stability.engine.lists import Lists, improvements, starts
from standoff.stability.engine.menus import Ints
from standoff.stability.engine.problem import Problem, Regions, Tell
from standoff.stability.engine.sweep import sweep

__all__ = ["NAME", "get_ready", "improvements", "stable", "worst_replies"]

NAME = "numpy"

Places = NDArray[np.int64]

NOTHING = np.int32(2**31 - 1)
"""The value of a state from which no legal sequence starts."""

ROUNDS = 64
"""So many rounds of the opponents are cheaper than one interpreted sweep."""

SIDE_BY_SIDE = True
"""Decision makers are judged at the same time, since NumPy itself uses one processor."""

FEW = 1 << 12
"""With so few states both values go together, and it is not worth finding out what to pass over."""


def get_ready() -> float:
    """Return the seconds spent compiling: none."""
    return 0.0


def stable(problem: Problem, dm: int, tell: Tell) -> NDArray[np.uint8]:
    """Return a decision maker's bits for all states."""
    rank, better = problem.ranks[dm], problem.better[dm]
    others = problem.opponents(dm)
    start = np.stack([rank, _best_held(rank, problem.anywhere[dm])])
    abreast = 2 if rank.size <= FEW else 1
    values = [np.full((1, rank.size), NOTHING)]
    region = cache(lambda: problem.regions(dm))
    for lists in ([problem.anywhere[j] for j in others], [(problem.better[j],) for j in others]):
        for rows in np.split(start, 2 // abreast):
            values.append(settle(rows, lists, region, transitive=problem.transitive))
            tell((len(values) - 1) * abreast / 4)
    fine = _no_worse(rank, np.concatenate(values), better)
    return np.packbits(fine, axis=0, bitorder="little")[0]


def worst_replies(problem: Problem, dm: int, tell: Tell) -> Ints:
    """Return (2, states): the least rank for `dm` that the others reach by moves, and by improvements."""
    rank, others = problem.ranks[dm], problem.opponents(dm)
    region = cache(lambda: problem.regions(dm))
    values = []
    for lists in ([problem.anywhere[j] for j in others], [(problem.better[j],) for j in others]):
        values.append(settle(rank[None, :].copy(), lists, region, transitive=problem.transitive)[0])
        tell(len(values) / 2)
    return np.stack(values)


def _best_held(rank: Ints, anywhere: Sequence[Lists]) -> Ints:
    """Return the best rank that each state or one move from it has."""
    top = rank.max()
    worth = (top - rank)[None, :]
    least = worth.copy()
    for lists in anywhere:
        lower(lists, worth, least)
    return top - least[0]


def _no_worse(rank: Ints, values: Ints, better: Lists) -> NDArray[np.bool_]:
    """Return where every improvement has a value of at most the state's rank, for each row of values."""
    above = rank.max() + np.int32(1)
    worth = above - np.minimum(values, above)
    least = np.full(values.shape, NOTHING)
    lower(better, worth, least)
    return least >= above - rank


def lower(lists: Lists, worth: Ints, out: Ints) -> Places:
    """Lower `out` of each user to the least `worth` among its choices, row by row; return where it fell.

    `worth` is not negative, so one running minimum serves all menus: offsets that fall from menu
    to menu keep earlier menus out of later ones.
    """
    least = np.empty((worth.shape[0], lists.targets.size + 1), np.int64)
    least[:, 0] = NOTHING
    np.add(worth.take(lists.target_index, axis=1, mode="clip"), lists.menu_offsets, out=least[:, 1:])
    np.minimum.accumulate(least, axis=1, out=least)
    found = least.take(lists.stop_of_state, axis=1, mode="clip").astype(np.int32)
    fell = np.flatnonzero((found < out).any(axis=0))
    np.minimum(out, found, out=out)
    return fell


def lower_some(lists: Lists, chosen: Places, value: Ints) -> Places:
    """Do as `lower` in chosen menus only, where users and targets are the same."""
    begins, sizes = lists.target_starts[chosen], np.diff(lists.target_starts)[chosen]
    here = starts(sizes)[:-1]
    shift = np.repeat(begins - here, sizes)
    places = np.arange(shift.size) + shift
    states, stops = lists.targets[places], lists.stops[places] - shift
    least = np.empty((value.shape[0], states.size + 1), np.int64)
    least[:, 0] = NOTHING
    np.add(value[:, states], np.repeat(-np.arange(chosen.size) << 32, sizes), out=least[:, 1:])
    np.minimum.accumulate(least, axis=1, out=least)
    stops = np.where(stops == np.repeat(here, sizes), 0, stops)
    found = least.take(stops, axis=1, mode="clip").astype(np.int32)
    fell = np.flatnonzero((found < value[:, states]).any(axis=0))
    changed = states[fell].astype(np.int64)
    value[:, changed] = np.minimum(value[:, changed], found[:, fell])
    return changed


def settle(
    start: Ints,
    opponents: Sequence[Sequence[Lists]],
    region: Callable[[], Regions],
    *,
    transitive: bool,
) -> Ints:
    """Return the smallest `start` among the states that the opponents reach from each state, row by row.

    Every pass lets one opponent move: each state learns the least value among that opponent's
    choices. Passes go round until none changes anything, O(m) each; a handful suffices unless the
    moves form long staircases. Then the regions still in motion are swept, O(n^2 m).

    If the moves are transitive, a state keeps one value, its own included: who moved last does not
    matter, and a state at which the focal decision maker could arrive by an improvement never is
    its own sanction. Otherwise it keeps one value an opponent: what that opponent's move leads to.

    Parameters
    ----------
    opponents : for each, its lists (of all moves or of improvements)
    region : function
        Returns a number for each state; no opponent can leave its region.
    """
    if transitive:
        values = [start.copy()]
        play = _with_one_value(values[0], [lists for (lists,) in opponents])
    else:
        values = [np.full(start.shape, NOTHING) for _ in opponents]

        def play(a: int) -> bool:
            worth = _least(start, [value for b, value in enumerate(values) if b != a])
            fell = [lower(lists, worth, values[a]).size for lists in opponents[a]]
            return any(fell)

    settled = _go_round(play, len(opponents), lambda: transitive and _is_level(values[0], *region()))
    before = [] if settled else [value.copy() for value in values]
    for a in range(len(opponents) if before else 0):
        play(a)
    value = _least(np.full(start.shape, NOTHING), values)
    if before:
        moved = np.any([(old != new).any(axis=0) for old, new in zip(before, values, strict=True)], axis=0)
        here, count = region()
        restless = np.zeros(count, bool)
        restless[here[moved]] = True
        states = np.flatnonzero(restless[here])
        for first, least in zip(start, value, strict=True):
            _sweep(states[np.argsort(first[states], kind="stable")], first, least, opponents)
    return value


def _with_one_value(value: Ints, opponents: Sequence[Lists]) -> Callable[[int], bool]:
    """Return the pass of an opponent; it passes over menus in which nothing fell since its last one."""
    fallen: list[list[Places] | None] = [None] * len(opponents)

    def play(a: int) -> bool:
        lists, since = opponents[a], fallen[a]
        fell = None
        if since is not None and lists.users is lists.targets and lists.states > FEW:
            touched = np.zeros(lists.target_starts.size - 1, np.bool_)
            for states in since:
                touched[lists.menu_of_state[states]] = True
            chosen = np.flatnonzero(touched)
            if 3 * np.diff(lists.target_starts)[chosen].sum() < lists.states:
                fell = lower_some(lists, chosen, value)
        if fell is None:
            fell = lower(lists, value, value)
        fallen[a] = []
        for b, others in enumerate(fallen):
            if b != a and others is not None:
                others.append(fell)
        return bool(fell.size)

    return play


def _go_round(play: Callable[[int], bool], opponents: int, level: Callable[[], bool]) -> bool:
    """Let the opponents move in turn until nothing changes; say whether that was reached.

    After the first round the values may be level already, as they mostly are where all moves count.
    """
    quiet = turn = 0
    while quiet < opponents:
        if turn == ROUNDS * opponents:
            return False
        quiet = 1 if play(turn % opponents) else quiet + 1
        turn += 1
        if turn == opponents and level():
            return True
    return True


def _is_level(value: Ints, region: Ints, count: int) -> bool:
    """Say whether all states of a region have the same value, so that none can fall."""
    member = np.empty(count, np.int64)
    member[region] = np.arange(region.size)
    return bool((value == value[:, member[region]]).all())


def _least(first: Ints, others: Sequence[Ints]) -> Ints:
    least = first.copy()
    for other in others:
        np.minimum(least, other, out=least)
    return least


def _sweep(
    order: NDArray[np.int64],
    start: Ints,
    value: Ints,
    opponents: Sequence[Sequence[Lists]],
) -> None:
    flat = [lists for own in opponents for lists in own]
    target_starts = starts(np.array([lists.targets.size for lists in flat]))
    user_starts = starts(np.array([lists.users.size for lists in flat]))
    menu_starts = starts(np.array([lists.target_starts.size - 1 for lists in flat]))
    places, place_starts, menu = [], [], []
    for lists, first_place, first_menu in zip(flat, target_starts, menu_starts, strict=False):
        places.append(np.argsort(lists.targets, kind="stable") + first_place)
        place_starts.append(starts(np.bincount(lists.targets, minlength=start.size)) + first_place)
        sizes = np.diff(lists.target_starts)
        menu.append(np.repeat(np.arange(sizes.size) + first_menu, sizes))
    pairs = list(zip(flat, user_starts, strict=False))
    sweep(
        order,
        start,
        value,
        np.repeat(np.arange(len(opponents)), [len(own) for own in opponents]),
        np.array(place_starts),
        np.concatenate(places),
        np.concatenate(menu),
        np.concatenate([lists.user_starts[1:] + first for lists, first in pairs]),
        np.concatenate([lists.user_starts[:-1] + first for lists, first in pairs]),
        np.concatenate([lists.users for lists in flat]),
        np.concatenate([lists.stops + first for lists, first in zip(flat, target_starts, strict=False)]),
        np.zeros((len(opponents), start.size), np.uint8),
        np.empty(start.size * len(opponents), np.int64),
    )
