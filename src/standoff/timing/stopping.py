"""How long to wait, as an optimal stopping problem over points of the play and beliefs.

While it waits the focal decision maker sees events and silence and updates its belief; a pivot
ends the waiting. The belief is put on a grid, silence moves it towards the next node, and
beliefs between nodes are mixtures of nodes. Both give the decision maker more information than
it has, so the value found lies nowhere below the true one (TIMING 3.3).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from standoff.analyses.paths.strong import components
from standoff.timing.beliefs import BeliefGrid
from standoff.timing.committed import discount_of, never_acting, pivot_points, pivot_values
from standoff.timing.linear import Floats, Ints, solve
from standoff.timing.play import Play

MOST_ROUNDS = 60
_LEAST_GAIN = 1e-11


@dataclass(frozen=True, slots=True, eq=False)
class Stakes:
    """What does not depend on the belief: the worth of never acting and of each pivot.

    Attributes
    ----------
    never : float array (types, points)
    pivots : float array (pivots, types, points)
        -inf where a pivot is not possible.
    targets : int64 array (pivots, points)
        Where each pivot leads, -1 where it is not possible.
    waiting : int64 array
        The points, ascending, at which there is something to decide now or later, among those
        that play can reach from where it begins.
    """

    never: Floats
    pivots: Floats
    targets: Ints
    waiting: Ints

    def stop(self, point: int | Ints, beliefs: Floats) -> Floats:
        """Return the worth of the best pivot at points, at beliefs (..., types)."""
        return self.by_pivot(point, beliefs).max(axis=0, initial=-np.inf)

    def by_pivot(self, point: int | Ints, beliefs: Floats) -> Floats:
        """Return the worth of each pivot at points, at beliefs (..., types): (pivots, ...)."""
        values = np.moveaxis(self.pivots[:, :, point], 1, -1)
        possible = np.logical_and.reduce(np.isfinite(values), axis=-1)
        worth = np.where(possible[..., None], values, 0.0)
        return np.where(possible, (worth * beliefs).sum(axis=-1), -np.inf)


def stakes_of(play: Play, starts: Iterable[int] = ()) -> Stakes:
    """Return the stakes of a play that begins at its start or at one of some more."""
    never = never_acting(play)
    pivots = pivot_values(play, never)
    possible = np.zeros(play.size, np.bool_)
    for values in pivots:
        possible |= np.isfinite(values).all(axis=0)
    ahead = _reaching(play, possible)
    here = _reached(play, [play.start, *starts])
    return Stakes(never, pivots, pivot_points(play), np.flatnonzero(ahead & here))


def _reached(play: Play, starts: list[int]) -> NDArray[np.bool_]:
    """Return the points that events can lead to from some points, these among them."""
    origins = np.repeat(np.arange(play.size), np.diff(play.first))
    found = np.zeros(play.size, np.bool_)
    found[starts] = True
    while True:
        before = int(found.sum())
        found[play.target[found[origins]]] = True
        if int(found.sum()) == before:
            return found


def _reaching(play: Play, goals: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Return the points from which events can lead to one of the goals, these among them."""
    origins = np.repeat(np.arange(play.size), np.diff(play.first))
    found = goals.copy()
    while True:
        before = int(found.sum())
        found[origins[found[play.target]]] = True
        if int(found.sum()) == before:
            return found


@dataclass(frozen=True, slots=True, eq=False)
class Solution:
    """The value of waiting optimally, on the grid.

    Attributes
    ----------
    value : float array (waiting points, nodes)
        An upper bound of the true value at each node.
    stops : bool array (waiting points, nodes)
        Where pivoting at once is best.
    """

    grid: BeliefGrid
    stakes: Stakes
    value: Floats
    stops: NDArray[np.bool_]

    def at(self, points: Ints, beliefs: Floats) -> Floats:
        """Return the value at points and beliefs (m, types); exact where nothing is to decide."""
        waiting = self.stakes.waiting
        place = np.minimum(np.searchsorted(waiting, points), max(0, waiting.size - 1))
        known = (self.stakes.never[:, points].T * beliefs).sum(axis=1)
        if not waiting.size:
            return known
        inside = waiting[place] == points
        nodes, weights = self.grid.mixture(beliefs)
        mixed = (self.value[place[:, None], nodes] * weights).sum(axis=1)
        return np.where(inside, mixed, known)


def optimal_stopping(play: Play, grid: BeliefGrid, stakes: Stakes) -> Solution:
    """Return the optimal value and policy on a grid, by policy iteration (Howard 1960).

    The first policy never acts; its value is known exactly. Each round solves for the value of
    waiting where the policy waits, then stops wherever a pivot is worth more. Values rise from
    round to round and the last one solves the equations of the grid.
    """
    problem = _problem(play, grid, stakes)
    value = problem.never.copy()
    stops = np.zeros(value.shape, np.bool_)
    for _ in range(MOST_ROUNDS):
        ahead = problem.ahead(value)
        better = problem.stop > ahead + _LEAST_GAIN * (1 + np.abs(ahead))
        if (better == stops).all():
            break
        stops = better
        value = problem.evaluated(stops)
    return Solution(grid, stakes, value, stops)


@dataclass(frozen=True, slots=True, eq=False)
class _Problem:
    """The equations: at each waiting point and node, weight * V = gain + sum of entries * V elsewhere."""

    never: Floats
    stop: Floats
    weight: Floats
    gain: Floats
    rows: Ints
    columns: Ints
    values: Floats
    blocks: tuple[Ints, ...]

    def ahead(self, value: Floats) -> Floats:
        """Return the worth of waiting a moment longer if then `value` is had."""
        total = np.bincount(self.rows, self.values * value.ravel()[self.columns], value.size)
        return (self.gain + total.reshape(value.shape)) / self.weight

    def evaluated(self, stops: NDArray[np.bool_]) -> Floats:
        """Return the value of the policy that pivots just where `stops` says.

        Solved block by block of points between which play can go to and fro, those first that
        play cannot leave.
        """
        value = np.where(stops, self.stop, 0.0).ravel()
        waits = ~stops.ravel()
        nodes = stops.shape[1]
        for block in self.blocks:
            cells = (block[:, None] * nodes + np.arange(nodes)).ravel()
            cells = cells[waits[cells]]
            if cells.size:
                value[cells] = self._solved(cells, value)
        return value.reshape(stops.shape)

    def _solved(self, cells: Ints, value: Floats) -> Floats:
        """Return the values in some cells, those of all others that they lead to being known."""
        first = np.searchsorted(self.rows, cells)
        sizes = np.searchsorted(self.rows, cells, side="right") - first
        mine = np.arange(sizes.sum()) + np.repeat(first - np.cumsum(sizes) + sizes, sizes)
        rows = np.repeat(np.arange(cells.size), sizes)
        columns, values = self.columns[mine], self.values[mine]
        at = np.minimum(np.searchsorted(cells, columns), cells.size - 1)
        inside = cells[at] == columns
        right = self.gain.ravel()[cells]
        right = right + np.bincount(rows[~inside], values[~inside] * value[columns[~inside]], cells.size)
        here = np.arange(cells.size)
        return solve(
            np.concatenate([here, rows[inside]]),
            np.concatenate([here, at[inside]]),
            np.concatenate([self.weight.ravel()[cells], -values[inside]]),
            right,
        )


def _problem(play: Play, grid: BeliefGrid, stakes: Stakes) -> _Problem:
    waiting, nodes = stakes.waiting, grid.nodes
    never = stakes.never[:, waiting].T @ nodes.T
    stop = stakes.stop(np.repeat(waiting, nodes.shape[0]), np.tile(nodes, (waiting.size, 1)))
    totals = play.total_rates[:, waiting].T @ nodes.T
    gain = np.repeat(play.flow[waiting][:, None], nodes.shape[0], axis=1)
    entries = _Entries(nodes.shape[0])
    drift = _drift(play, grid, waiting, entries)
    _jumps(play, grid, stakes, gain, entries)
    rows, columns, values = entries.arrays()
    return _Problem(
        never=never,
        stop=stop.reshape(never.shape),
        weight=discount_of(play) + totals + drift,
        gain=gain,
        rows=rows,
        columns=columns,
        values=values,
        blocks=_blocks(play, waiting),
    )


def _blocks(play: Play, waiting: Ints) -> tuple[Ints, ...]:
    """Return the places of waiting points by strongly connected component, those led to first."""
    place_of = np.full(play.size, -1, np.int64)
    place_of[waiting] = np.arange(waiting.size)
    led = [place_of[play.target[play.first[p] : play.first[p + 1]]] for p in waiting.tolist()]
    led = [targets[targets >= 0] for targets in led]
    starts = np.cumsum([0, *(targets.size for targets in led)])
    successors = np.concatenate([np.empty(0, np.int64), *led]).astype(np.int32)
    number = components(starts, successors)
    order = np.argsort(number, kind="stable")
    ends = np.flatnonzero(np.diff(number[order])) + 1
    return tuple(np.sort(block) for block in np.split(order, ends) if block.size)


class _Entries:
    """Entries of the equations, gathered point by point."""

    def __init__(self, nodes: int) -> None:
        self.nodes = nodes
        self._rows: list[Ints] = []
        self._columns: list[Ints] = []
        self._values: list[Floats] = []

    def add(self, place: int, target: int, at: Ints, nodes: Ints, values: Floats) -> None:
        """Add entries from nodes `at` of a waiting point to nodes (m, types) of another one."""
        kept = values.ravel() != 0
        self._rows.append((place * self.nodes + np.repeat(at, nodes.shape[1]))[kept])
        self._columns.append((target * self.nodes + nodes.ravel())[kept])
        self._values.append(values.ravel()[kept])

    def arrays(self) -> tuple[Ints, Ints, Floats]:
        """Return rows, ascending, columns and values of all entries."""
        if not self._rows:
            return np.empty(0, np.int64), np.empty(0, np.int64), np.empty(0)
        rows = np.concatenate(self._rows)
        order = np.argsort(rows, kind="stable")
        return rows[order], np.concatenate(self._columns)[order], np.concatenate(self._values)[order]


def _drift(play: Play, grid: BeliefGrid, waiting: Ints, entries: _Entries) -> Floats:
    """Add how silence moves the belief towards neighbouring nodes; return the rates of leaving."""
    nodes, leaving = grid.nodes, np.zeros((waiting.size, grid.nodes.shape[0]))
    if grid.types == 1:
        return leaving
    for place, point in enumerate(waiting.tolist()):
        totals = _totals(play, point)
        speed = -nodes * (totals - (nodes @ totals)[:, None])
        fastest = np.abs(speed).max(axis=1)
        at = np.flatnonzero(fastest > 0)
        if not at.size:
            continue
        step = 0.25 * grid.gaps[at] / fastest[at]
        targets, weights = grid.mixture(nodes[at] + step[:, None] * speed[at])
        away = np.where(targets == at[:, None], 0.0, weights) / step[:, None]
        entries.add(place, place, at, targets, away)
        leaving[place, at] = away.sum(axis=1)
    return leaving


def _totals(play: Play, point: int) -> Floats:
    return play.rates[:, int(play.first[point]) : int(play.first[point + 1])].sum(axis=1)


def _jumps(play: Play, grid: BeliefGrid, stakes: Stakes, gain: Floats, entries: _Entries) -> None:
    """Add where events lead to and what they do to the belief; events that end the waiting are gains."""
    nodes, waiting = grid.nodes, stakes.waiting
    place_of = np.full(play.size, -1, np.int64)
    place_of[waiting] = np.arange(waiting.size)
    mixtures: dict[bytes, tuple[Ints, Floats]] = {}
    for place, point in enumerate(waiting.tolist()):
        for event in play.events_of(point):
            rates, target = play.rates[:, event], int(play.target[event])
            if place_of[target] < 0:
                gain[place] += nodes @ (rates * stakes.never[:, target])
                continue
            at, nodes_after, weights = _after(grid, rates, mixtures)
            entries.add(place, int(place_of[target]), at, nodes_after, weights * rates.max())


def _after(
    grid: BeliefGrid, rates: Floats, known: dict[bytes, tuple[Ints, Floats]]
) -> tuple[Ints, Ints, Floats]:
    """Return nodes, and their posteriors as mixtures times the chance of the event, for rates up to 1."""
    shape = rates / rates.max()
    at = np.arange(grid.nodes.shape[0])
    if (shape == 1).all():
        return at, at[:, None], np.ones((at.size, 1))
    key = shape.tobytes()
    if key not in known:
        joint = grid.nodes * shape
        chance = joint.sum(axis=1)
        seen = np.where(chance > 0, chance, 1.0)
        nodes, weights = grid.mixture(np.where(chance[:, None] > 0, joint / seen[:, None], grid.nodes))
        known[key] = nodes, weights * chance[:, None]
    return at, *known[key]
