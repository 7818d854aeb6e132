"""Paths from one state to others: the shortest, by improvements only, with the fewest sacrifices.

A path is a legal sequence of steps: nobody takes part in two steps in a row. All searches go over
pairs of state and last mover, for all states at once, and look at no list of moves:

- shortest paths, by all moves or by improvements: breadth first;
- fewest sacrifices, then fewest ranks lost, then fewest steps: rounds of cheapest steps (as Bellman
  and Ford) until nothing gets cheaper. After k rounds every path of up to k steps has been looked at.
  A round takes O(n m log g) for n decision makers, m states and groups of up to g states; joint moves
  take g times as long, from the states that got cheaper in the round before.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from time import monotonic

import numpy as np
from numpy.typing import NDArray

from standoff.analyses.paths.counting import counted, first_sacrifices
from standoff.analyses.paths.movers import Mover
from standoff.analyses.paths.slopes import FAR, STEP, Costs, Slopes, slopes, unpacked
from standoff.analyses.paths.steps import Kind, Step, others, step_costs
from standoff.errors import RefusedError
from standoff.graph import States
from standoff.progress import Progress

_PAIRS = 1 << 22
"""So many joint moves are looked at in one go."""

_EXACT = 1 << 17
"""More steps than this on one path do not fit into a packed cost."""


@dataclass(frozen=True, slots=True, eq=False)
class Search:
    """What the cheapest paths from a state to every other one cost.

    Attributes
    ----------
    movers : tuple of Mover
    start : int
    kind : "moves", "improvements" or "sacrifices"
    costs : int64 array (movers, states)
        By who took the last step; `FAR` where there is no path. Packed as in `slopes`, or just steps.
    steps_searched : int
        Every path of up to so many steps has been looked at.
    finished : bool
        Whether there is nothing more to find. If not, the time was up.
    """

    movers: tuple[Mover, ...]
    start: int
    kind: Kind
    costs: Costs
    steps_searched: int
    finished: bool

    def packed(self) -> Costs:
        """Return the cost of the cheapest path to each state, whoever took the last step."""
        least = self.costs.min(axis=0)
        least[self.start] = 0
        return least

    def reached(self) -> NDArray[np.bool_]:
        """Return to which states there is a path; to the start there is one of no step."""
        return self.packed() < FAR

    def nearest(self, goals: States) -> int | None:
        """Return the goal that is cheapest to reach, the lowest number of several; None if none is."""
        costs = self.packed()[goals]
        if not goals.size or costs.min() >= FAR:
            return None
        return int(goals[int(costs.argmin())])

    def path(self, goal: int) -> tuple[Step, ...] | None:
        """Return a cheapest path to a state, or None if there is none.

        Of several the one whose steps, read from the end, have the lowest numbers of movers, then
        of states; decision makers come before coalitions. So the answer does not depend on chance.
        """
        if goal == self.start:
            return ()
        last = int(self.costs[:, goal].argmin())
        if self.costs[last, goal] >= FAR:
            return None
        steps: list[Step] = []
        here = goal
        while True:
            origins = self.movers[last].arcs.onto(here)
            from_start, before = self._before(last, here, origins)
            if before is None or from_start <= before[0]:
                steps.append(Step(last, self.start, here))
                return tuple(reversed(steps))
            steps.append(Step(last, before[2], here))
            _, last, here = before

    def _before(self, last: int, here: int, origins: States) -> tuple[int, tuple[int, int, int] | None]:
        """Return what a first step to here would cost, and the cheapest pair before a later one."""
        step = step_costs(self.movers[last], self.kind, origins, here)
        first = step[origins == self.start]
        allowed = others(self.movers)[last]
        best = None
        if allowed and origins.size:
            totals = np.minimum(self.costs[allowed][:, origins] + step, FAR)
            row, column = np.unravel_index(int(totals.argmin()), totals.shape)
            if totals[row, column] < FAR:
                best = int(totals[row, column]), allowed[int(row)], int(origins[int(column)])
        return int(first[0]) if first.size else int(FAR), best

    def count(self, goal: int) -> int | None:
        """Return how many paths to a state cost as little as the one given; None if that is not cheap."""
        if not self.finished:
            return None
        if goal == self.start:
            return 1
        least = int(self.costs[:, goal].min())
        rows = [row for row in range(len(self.movers)) if self.costs[row, goal] == least < FAR]
        return counted(self, goal, rows)

    def first_sacrifices(self, goal: int) -> tuple[Step, ...] | None:
        """Return the steps that are the first sacrifice on some cheapest path; None if that is not cheap."""
        if not self.finished or self.kind != "sacrifices":
            return None
        if goal == self.start:
            return ()
        least = int(self.costs[:, goal].min())
        return first_sacrifices(
            self, [(row, goal) for row in range(len(self.movers)) if self.costs[row, goal] == least < FAR]
        )


def search(
    movers: tuple[Mover, ...],
    start: int,
    kind: Kind,
    goals: States | None = None,
    time_limit: float | None = None,
    progress: Progress | None = None,
) -> Search:
    """Search for the cheapest paths from a state to others.

    Parameters
    ----------
    movers : tuple of Mover
        From `movers.movers`: the decision makers and, if joint moves are allowed, coalitions.
    kind : "moves", "improvements" or "sacrifices"
    goals : int64 array, optional
        Stop once the paths to these are final; what is dearer is then left out.
    time_limit : float, optional
        Seconds after which to stop; the result then says that it is not finished.

    Raises
    ------
    RefusedError
        If ranks lost or steps outgrow the numbers in which costs are kept.
    """
    clock = _Clock(time_limit, progress)
    costs = np.full((len(movers), movers[0].ranks[0].size), FAR)
    run = _by_costs if kind == "sacrifices" else _breadth_first
    rounds, finished = run(movers, start, kind, costs, goals, clock)
    return Search(movers, start, kind, costs, rounds, finished)


@dataclass(frozen=True, slots=True)
class _Clock:
    """When to stop, and whom to tell how far it got."""

    time_limit: float | None
    progress: Progress | None
    started: float = field(default_factory=monotonic)

    def up(self) -> bool:
        return self.time_limit is not None and monotonic() - self.started > self.time_limit

    def tell(self, kind: Kind, share: float) -> None:
        if self.progress is not None:
            self.progress(f"searching ({kind})", share)


def _breadth_first(
    movers: Sequence[Mover],
    start: int,
    kind: Kind,
    costs: Costs,
    goals: States | None,
    clock: _Clock,
) -> tuple[int, bool]:
    """Fill in the lengths of the shortest paths, all of one length after the other."""
    may_precede = others(movers)
    here = np.array([start])
    fresh = [here for _ in movers]
    step = 0
    while any(states.size for states in fresh) and not _met(costs, goals, start):
        if clock.up():
            return step, False
        step += 1
        arrived = []
        for row, mover in enumerate(movers):
            before = [fresh[other] for other in may_precede[row]] if step > 1 else [here]
            sources = np.unique(np.concatenate([here[:0], *before]))
            reached = _onward(mover, kind, sources, costs[row] < FAR, clock)
            if reached is None:
                costs[costs == step] = FAR
                return step - 1, False
            arrived.append(reached[costs[row, reached] == FAR])
            costs[row, arrived[row]] = step
        fresh = arrived
        clock.tell(kind, float((costs.min(axis=0) < FAR).mean()))
    return step, True


def _met(costs: Costs, goals: States | None, start: int) -> bool:
    """Return whether every goal has been reached."""
    return goals is not None and bool((costs[:, goals[goals != start]].min(axis=0) < FAR).all())


def _onward(
    mover: Mover, kind: Kind, sources: States, known: NDArray[np.bool_], clock: _Clock
) -> States | None:
    """Return where one step leads from any of the states; None if the time is up."""
    if kind == "moves" or not mover.joint:
        return mover.choices.from_any(sources, improving=kind == "improvements")
    reached = np.zeros(known.size, np.bool_)
    for origins, targets in _pairs(mover, sources):
        if clock.up():
            return None
        reached[targets[step_costs(mover, kind, origins, targets) < FAR]] = True
    return np.flatnonzero(reached)


def _pairs(mover: Mover, sources: States) -> Iterator[tuple[States, States]]:
    """Yield the moves from these states as origins and targets, so many at a time."""
    choices = mover.choices
    sources = sources[choices.menu_of[sources] >= 0]
    menu = choices.menu_of[sources]
    sizes = np.diff(choices.target_starts)[menu]
    bounds = np.concatenate([[0], np.cumsum(sizes)])
    first = 0
    while first < sources.size:
        last = max(first + 1, int(np.searchsorted(bounds, bounds[first] + _PAIRS, side="right")) - 1)
        part = slice(first, last)
        skipped = choices.target_starts[menu[part]] - (bounds[first:last] - bounds[first])
        places = np.arange(bounds[last] - bounds[first]) + np.repeat(skipped, sizes[part])
        yield np.repeat(sources[part], sizes[part]), choices.targets[places].astype(np.int64)
        first = last


def _by_costs(
    movers: Sequence[Mover],
    start: int,
    kind: Kind,
    costs: Costs,
    goals: States | None,
    clock: _Clock,
) -> tuple[int, bool]:
    """Fill in the costs of the cheapest paths, round after round, until nothing gets cheaper."""
    may_precede = others(movers)
    rows = [None if mover.joint else slopes(mover.menus, mover.ranks[0]) for mover in movers]
    seen = [np.full(costs.shape[1], FAR) for _ in movers]
    step, changed = 0, True
    while changed:
        bound = _bound(costs, goals, start)
        before = costs.copy()
        for row, mover in enumerate(movers):
            sources = np.min(before[may_precede[row]], axis=0, initial=FAR)
            sources[start] = 0
            sources[sources + STEP > bound] = FAR
            known = rows[row]
            if known is not None:
                np.minimum(costs[row], _arrivals(known, sources, seen[row]), out=costs[row])
            elif not _joint_arrivals(mover, kind, sources, seen[row], costs[row], clock):
                return step, False
            seen[row] = sources
        step += 1
        changed = bool((costs < before).any())
        _check(costs)
        if changed and clock.up():
            return step, False
        clock.tell(kind, float((costs.min(axis=0) < FAR).mean()))
    return step, True


def _arrivals(rows: Slopes, sources: Costs, seen: Costs) -> Costs:
    """Return the costs of arriving from these sources, if any of them is cheaper than it was."""
    return rows.arrivals(sources) if (sources < seen).any() else np.full(sources.size, FAR)


def _joint_arrivals(
    mover: Mover, kind: Kind, sources: Costs, seen: Costs, costs: Costs, clock: _Clock
) -> bool:
    """Lower the costs of arriving by joint steps from what got cheaper; False if the time is up."""
    for origins, targets in _pairs(mover, np.flatnonzero(sources < seen)):
        if clock.up():
            return False
        arriving = sources[origins] + step_costs(mover, kind, origins, targets)
        np.minimum.at(costs, targets, np.where(origins == targets, FAR, arriving))
    return True


def _bound(costs: Costs, goals: States | None, start: int) -> np.int64:
    """Return a cost above which no path matters: what the dearest goal costs so far."""
    if goals is None:
        return FAR
    rest = goals[goals != start]
    return costs[:, rest].min(axis=0).max(initial=0) if rest.size else np.int64(0)


def _check(costs: Costs) -> None:
    """Refuse where a cost comes near to what the packing can hold."""
    sacrifices, _, steps = unpacked(int(costs[costs < FAR].max(initial=0)))
    if (sacrifices + 1) * costs.shape[1] >= 1 << 32 or steps >= _EXACT:
        raise RefusedError("Paths of this conflict are too long, or cost too many ranks, to be compared.")
