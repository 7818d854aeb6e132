"""The engine with NumPy alone: every pass treats all states at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

from standoff.progress import Progress
from standoff.stability.engine.ladder import NOTHING
from standoff.stability.engine.lists import Lists
from standoff.stability.engine.lists import improvements as arranged
from standoff.stability.engine.menus import Ints, Menus
from standoff.stability.engine.problem import Problem, Regions, Tell, silent
from standoff.stability.engine.sweep import sweep
from standoff.states.numbering import starts

__all__ = ["NAME", "get_ready", "improvements", "stable", "worst_replies"]

NAME = "numpy"

Places = NDArray[np.int64]

ROUNDS = 64
"""So many rounds of the opponents are cheaper than one interpreted sweep."""

FEW = 1 << 15
"""With fewer states than this, every pass is over all of them."""

PART = 64
"""With more, only the menus where values fell are looked at if they fell in less than this part of all."""

SIDE_BY_SIDE = True
"""Decision makers are judged at the same time, since NumPy itself uses one processor."""


def get_ready(_tell: Progress | None = None) -> float:
    """Return the seconds spent compiling: none."""
    return 0.0


def improvements(menus: Menus, rank: Ints) -> Lists:
    """Return lists of improvements, laid out: all decision makers' passes look them up."""
    lists = arranged(menus, rank)
    _ = lists.ladder
    return lists


def stable(problem: Problem, dm: int, tell: Tell) -> NDArray[np.uint8]:
    """Return a decision maker's bits for all states."""
    rank, better, transitive = problem.ranks[dm], problem.better[dm].ladder, problem.transitive
    others = problem.opponents(dm)
    start = np.stack([rank, _best_held(rank, problem.anywhere[dm], anything=transitive)], axis=1)
    region = cache(lambda: problem.regions(dm))
    tell(0.1)
    moves, improvements = [problem.anywhere[j] for j in others], [(problem.better[j],) for j in others]
    reached = settle(
        start,
        moves,
        region,
        lambda part: tell(0.1 + 0.3 * part),
        transitive=transitive,
        anything=transitive,
    )
    credible = settle(start, improvements, region, lambda part: tell(0.4 + 0.5 * part), transitive=transitive)
    reached = np.concatenate([reached, credible], axis=1)
    worst = better.least(np.negative(reached, out=reached), better.improving)
    bits = (better.improving == 0).view(np.uint8)
    for bit, column in enumerate(worst.T, 1):
        bits |= (column >= -rank).view(np.uint8) << bit
    return bits


def worst_replies(problem: Problem, dm: int, tell: Tell) -> Ints:
    """Return (2, states): the least rank for `dm` that the others reach by moves, and by improvements."""
    rank, transitive, others = problem.ranks[dm][:, None], problem.transitive, problem.opponents(dm)
    region = cache(lambda: problem.regions(dm))
    moves, better = [problem.anywhere[j] for j in others], [(problem.better[j],) for j in others]
    reached = settle(rank, moves, region, transitive=transitive, anything=transitive)
    tell(0.5)
    credible = settle(rank, better, region, transitive=transitive)
    return np.stack([reached[:, 0], credible[:, 0]])


def _best_held(rank: Ints, lists: Sequence[Lists], *, anything: bool) -> Ints:
    """Return the best rank that each state or one move from it has."""
    held = rank
    for one in lists:
        ladder = one.ladder
        found = ladder.least(-rank[:, None], ladder.anywhere if anything else ladder.improving)
        held = np.maximum(held, -found[:, 0])
    return held


def settle(
    start: Ints,
    opponents: Sequence[Sequence[Lists]],
    region: Callable[[], Regions],
    tell: Tell = silent,
    *,
    transitive: bool,
    anything: bool = False,
) -> Ints:
    """Return the smallest `start` among the states that opponents reach from each, column by column.

    Parameters
    ----------
    start : int32 array (states, 1 or 2)
    opponents : for each, its lists
    region : function
        Returns a number for each state; no opponent can leave its region.
    transitive : bool
        Whether everybody's moves are. Then a state counts as reached from itself.
    anything : bool
        Users choose from all targets of their menu, whatever their stops.
    """
    return _Passes(start, opponents, transitive=transitive, anything=anything).settled(region, tell)


class _Passes:
    """One or two values a state, lowered pass after pass to the smallest that opponents reach from it.

    Every pass lets one opponent move: each state learns the least values among that opponent's
    choices. Passes go round until none changes anything, O(m) each; a handful suffices unless the
    moves form long staircases. Then the regions still in motion are swept, O(n^2 m).

    If the moves are transitive, values are kept once, the state's own included: who moved last
    does not matter, and a state at which the focal decision maker could arrive by an improvement
    never is its own sanction. Otherwise once for each opponent: what its move leads to.
    """

    def __init__(
        self, start: Ints, opponents: Sequence[Sequence[Lists]], *, transitive: bool, anything: bool
    ) -> None:
        self.start, self.opponents, self.transitive, self.anything = start, opponents, transitive, anything
        self.values = [start.copy()] if transitive else [np.full(start.shape, NOTHING) for _ in opponents]
        self.fallen: list[list[Places] | None] = [None] * len(opponents)
        """For each opponent where values fell since its last pass; None before its first."""

    def settled(self, region: Callable[[], Regions], tell: Tell) -> Ints:
        """Return the smallest values reached; no opponent can leave its region."""
        before = [] if self._go_round(region, tell) else [value.copy() for value in self.values]
        for a in range(len(self.opponents) if before else 0):
            self._play(a)
        value = _least(np.full(self.start.shape, NOTHING), self.values)
        if before:
            moved = [(old != new).any(axis=1) for old, new in zip(before, self.values, strict=True)]
            here, count = region()
            restless = np.zeros(count, bool)
            restless[here[np.any(moved, axis=0)]] = True
            states = np.flatnonzero(restless[here])
            for first, least in zip(self.start.T, value.T, strict=True):
                in_order = states[np.argsort(first[states], kind="stable")]
                _sweep(in_order, first, least, self.opponents, anything=self.anything)
        return value

    def _go_round(self, region: Callable[[], Regions], tell: Tell) -> bool:
        """Let the opponents move in turn until nothing changes; say whether that was reached.

        After the first round the values may be level already, as they mostly are where all moves
        count. A round takes about half of what the one before it took.
        """
        quiet = turn = 0
        while quiet < len(self.opponents):
            if turn == ROUNDS * len(self.opponents):
                return False
            quiet = 1 if self._play(turn % len(self.opponents)) else quiet + 1
            turn += 1
            tell(1 - 0.5 ** (turn / len(self.opponents)))
            if turn == len(self.opponents) and self.anything and _is_level(self.values[0], *region()):
                return True
        return True

    def _play(self, a: int) -> bool:
        """Let an opponent move; say whether any value fell."""
        value, worth, fell = self.values[0 if self.transitive else a], self.values[0], None
        if self.transitive:
            fell = self._lower_some(a, value)
        else:
            worth = _least(self.start, [other for b, other in enumerate(self.values) if b != a])
        if fell is None:
            fell = np.concatenate([self._lower(lists, worth, value) for lists in self.opponents[a]])
        self.fallen[a] = []
        for b, since in enumerate(self.fallen):
            if b != a and since is not None:
                since.append(fell)
        return bool(fell.size)

    def _lower(self, lists: Lists, worth: Ints, value: Ints) -> Places:
        """Lower `value` to the least `worth` among each state's choices; return where it fell."""
        ladder = lists.ladder
        found = ladder.least(worth, ladder.anywhere if self.anything else ladder.improving)
        np.minimum(found, value, out=found)
        whole = f"i{found.itemsize * found.shape[1]}"
        fell = np.flatnonzero(found.view(whole) != value.view(whole))
        value[:] = found
        return fell

    def _lower_some(self, a: int, value: Ints) -> Places | None:
        """Do as `_lower` in the menus in which a value fell since the last pass; None if they are many.

        Where every menu is a group. Offsets that fall from menu to menu keep the running minimum of
        one out of the next.
        """
        (lists,), since = self.opponents[a], self.fallen[a]
        if since is None or lists.states < FEW or lists.users is not lists.targets:
            return None
        if PART * sum(map(len, since)) > lists.states:
            return None
        touched = np.zeros(lists.target_starts.size - 1, np.bool_)
        for fallen in since:
            touched[lists.menu_of_state[fallen]] = True
        menus = np.flatnonzero(touched)
        sizes = np.diff(lists.target_starts)[menus]
        if PART // 8 * sizes.sum() > lists.states:
            return None
        here = starts(sizes)
        shift = np.repeat(lists.target_starts[menus] - here[:-1], sizes)
        places = np.arange(shift.size) + shift
        states = lists.targets[places]
        stops = np.repeat(here[1:], sizes) if self.anything else lists.stops[places] - shift
        stops[stops == np.repeat(here[:-1], sizes)] = 0
        offsets = np.repeat(-np.arange(menus.size) << 32, sizes)
        least, fell = np.empty(states.size + 1, np.int64), np.zeros(states.size, np.bool_)
        for column in value.T:
            least[0] = NOTHING
            before = column[states]
            np.minimum.accumulate(np.add(before, offsets, out=least[1:]), out=least[1:])
            after = np.minimum(before, least[stops].astype(np.int32))
            column[states] = after
            fell |= after < before
        return states[fell].astype(np.int64)


def _is_level(value: Ints, region: Ints, count: int) -> bool:
    """Say whether all states of a region have the same values, so that none can fall."""
    member = np.empty(count, np.int64)
    member[region] = np.arange(region.size)
    return np.array_equal(value, value.take(member[region], axis=0))


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
    *,
    anything: bool,
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
        np.concatenate(
            [
                (lists.ends if anything else lists.stops) + first
                for lists, first in zip(flat, target_starts, strict=False)
            ]
        ),
        np.zeros((len(opponents), start.size), np.uint8),
        np.empty(start.size * len(opponents), np.int64),
    )
