"""The engine with NumPy alone: every pass treats all states at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from standoff.stability.engine.lists import Lists, improvements, starts
from standoff.stability.engine.menus import Ints
from standoff.stability.engine.problem import Problem, Regions, T, Tell
from standoff.stability.engine.sweep import sweep

__all__ = ["NAME", "get_ready", "improvements", "stable", "together"]

NAME = "numpy"

NOTHING = np.int32(2**31 - 1)
"""The value of a state from which no legal sequence starts."""

PASSES = 256
"""So many passes are cheaper than one interpreted sweep."""


def get_ready() -> float:
    """Return the seconds spent compiling: none."""
    return 0.0


def together(work: Callable[[int], T], items: Iterable[int]) -> Iterator[T]:
    """Do one piece of work after the other."""
    return map(work, items)


def stable(problem: Problem, dm: int, tell: Tell) -> NDArray[np.uint8]:
    """Return a decision maker's bits for all states."""
    rank, better = problem.ranks[dm], problem.better[dm]
    others = problem.opponents(dm)
    held = best_held(rank, problem.anywhere[dm])
    found = _no_worse(rank, np.full(rank.size, NOTHING), better).astype(np.uint8)
    bit = 1
    for lists in ([problem.anywhere[j] for j in others], [(problem.better[j],) for j in others]):
        for start in (rank, held):
            value = settle(start, lists, lambda: problem.regions(dm), transitive=problem.transitive)
            found |= _no_worse(rank, value, better).view(np.uint8) << np.uint8(bit)
            tell(bit / 4)
            bit += 1
    return found


def best_held(rank: Ints, anywhere: Sequence[Lists]) -> Ints:
    """Return the best rank that each state or one move from it has."""
    top = rank.max()
    worth = top - rank
    least = worth.copy()
    for lists in anywhere:
        lower(lists, worth, least)
    return top - least


def _no_worse(rank: Ints, value: Ints, better: Lists) -> NDArray[np.bool_]:
    """Return where every improvement has a value of at most the state's rank."""
    above = rank.max() + np.int32(1)
    worth = above - np.minimum(value, above)
    least = np.full(rank.size, NOTHING)
    lower(better, worth, least)
    return least >= above - rank


def lower(lists: Lists, worth: Ints, out: Ints) -> bool:
    """Lower `out` of each user to the least `worth` among its choices; say whether any fell.

    `worth` is not negative, so one running minimum serves all menus: offsets that fall from menu
    to menu keep earlier menus out of later ones.
    """
    least = np.empty(lists.targets.size + 1, np.int64)
    least[0] = NOTHING
    np.add(worth[lists.targets], lists.menu_offsets, out=least[1:])
    np.minimum.accumulate(least, out=least)
    found = least[lists.stop_of_state].astype(np.int32)
    fell = bool((found < out).any())
    np.minimum(out, found, out=out)
    return fell


def settle(
    start: Ints,
    opponents: Sequence[Sequence[Lists]],
    region: Callable[[], Regions],
    *,
    transitive: bool,
) -> Ints:
    """Return the smallest `start` among the states that the opponents reach from each state.

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

        def play(a: int) -> bool:
            return lower(opponents[a][0], values[0], values[0])
    else:
        values = [np.full(start.size, NOTHING) for _ in opponents]

        def play(a: int) -> bool:
            worth = _least(start, [value for b, value in enumerate(values) if b != a])
            fell = [lower(lists, worth, values[a]) for lists in opponents[a]]
            return any(fell)

    settled = _go_round(play, len(opponents), PASSES)
    before = [] if settled else [value.copy() for value in values]
    for a in range(len(opponents) if before else 0):
        play(a)
    value = _least(np.full(start.size, NOTHING), values)
    if before:
        moved = np.any([old != new for old, new in zip(before, values, strict=True)], axis=0)
        here, count = region()
        restless = np.zeros(count, bool)
        restless[here[moved]] = True
        states = np.flatnonzero(restless[here])
        _sweep(states[np.argsort(start[states], kind="stable")], start, value, opponents)
    return value


def _go_round(play: Callable[[int], bool], opponents: int, most: int) -> bool:
    """Let the opponents move in turn until nothing changes; say whether that was reached."""
    quiet = turn = 0
    while quiet < opponents:
        if turn > most:
            return False
        quiet = 1 if play(turn % opponents) else quiet + 1
        turn += 1
    return True


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
