"""How long to wait, as an optimal stopping problem over points of the play and beliefs.

While it waits the focal decision maker sees events and silence and updates its belief; a pivot
ends the waiting. The belief is put on a grid, silence moves it towards the next node, and
beliefs between nodes are mixtures of nodes. Both give the decision maker more information than
it has, so the value found lies nowhere below the true one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from standoff.analyses.paths.strong import components
from standoff.errors import RefusedError
from standoff.timing.arrays import Floats, Ints
from standoff.timing.beliefs import BeliefGrid
from standoff.timing.committed import discount_of, never_acting, pivot_points, pivot_values
from standoff.timing.linear import factored
from standoff.timing.play import Play

MOST_ROUNDS = 60
_LEAST_GAIN = 1e-11
_PART_OF_GAP = 0.25


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
    here = reached(play, [play.start, *starts])
    return Stakes(never, pivots, pivot_points(play), np.flatnonzero(ahead & here))


def reached(play: Play, starts: list[int]) -> NDArray[np.bool_]:
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


def optimal_stopping(play: Play, grid: BeliefGrid, stakes: Stakes, near: Solution | None = None) -> Solution:
    """Return the optimal value and policy on a grid, by policy iteration (Howard 1960).

    Each round solves for the value of waiting where the policy waits, then stops wherever a pivot
    is worth more. Values rise from round to round and the last one solves the equations of the
    grid. The first policy never acts, its value is known exactly; or it is that of a solution
    nearby, which saves rounds.

    Raises
    ------
    RefusedError
        If the policy does not settle in 60 rounds.
    MissingExtraError
        If a block has more than 6,000 unknowns and SciPy is not installed.
    """
    problem = _problem(play, grid, stakes)
    known: dict[int, _Block] = {}
    value = problem.never.copy()
    stops = np.zeros(value.shape, np.bool_)
    if near is not None and np.array_equal(near.stakes.waiting, stakes.waiting):
        stops = _policy_of(near, grid) & np.isfinite(problem.stop)
        value = problem.evaluated(stops, known)
    for _ in range(MOST_ROUNDS):
        ahead = problem.ahead(value)
        better = problem.stop > ahead + _LEAST_GAIN * (1 + np.abs(ahead))
        if (better == stops).all():
            break
        stops = better
        value = problem.evaluated(stops, known)
    else:
        raise RefusedError(
            f"The best policy did not settle in {MOST_ROUNDS} rounds. Have given policies simulated: "
            "--policies-only."
        )
    return Solution(grid, stakes, value, stops)


def _policy_of(near: Solution, grid: BeliefGrid) -> NDArray[np.bool_]:
    """Return where a solution on another grid stops: at the nodes between nodes that all do."""
    nodes, weights = near.grid.mixture(grid.nodes)
    return np.logical_and.reduce(near.stops[:, nodes] | (weights <= 0), axis=2)


@dataclass(frozen=True, slots=True, eq=False)
class _Block:
    """The equations of the cells of a block in which a policy waits, with what solves them."""

    waits: NDArray[np.bool_]
    cells: Ints
    gain: Floats
    rows: Ints
    columns: Ints
    values: Floats
    solver: Callable[[Floats], Floats]

    def value(self, known: Floats) -> Floats:
        """Return the values in the cells, those of all others that they lead to being known."""
        outside = np.bincount(self.rows, self.values * known[self.columns], self.cells.size)
        return self.solver(self.gain + outside)


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

    def evaluated(self, stops: NDArray[np.bool_], known: dict[int, _Block]) -> Floats:
        """Return the value of the policy that pivots just where `stops` says.

        Solved block by block of points between which play can go to and fro, those first that
        play cannot leave. Blocks in `known` are used again if the policy is the same in them.
        """
        value = np.where(stops, self.stop, 0.0).ravel()
        for number, places in enumerate(self.blocks):
            waits = ~stops[places]
            if not waits.any():
                continue
            block = known.get(number)
            if block is None or not np.array_equal(block.waits, waits):
                block = known[number] = self._block(places, waits)
            value[block.cells] = block.value(value)
        return value.reshape(stops.shape)

    def _block(self, places: Ints, waits: NDArray[np.bool_]) -> _Block:
        nodes = waits.shape[1]
        cells = (places[:, None] * nodes + np.arange(nodes))[waits]
        first = np.searchsorted(self.rows, cells)
        sizes = np.searchsorted(self.rows, cells, side="right") - first
        mine = np.arange(sizes.sum()) + np.repeat(first - np.cumsum(sizes) + sizes, sizes)
        rows = np.repeat(np.arange(cells.size), sizes)
        columns, values = self.columns[mine], self.values[mine]
        at = np.minimum(np.searchsorted(cells, columns), cells.size - 1)
        inside = cells[at] == columns
        here = np.arange(cells.size)
        return _Block(
            waits=waits,
            cells=cells,
            gain=self.gain.ravel()[cells],
            rows=rows[~inside],
            columns=columns[~inside],
            values=values[~inside],
            solver=factored(
                np.concatenate([here, rows[inside]]),
                np.concatenate([here, at[inside]]),
                np.concatenate([self.weight.ravel()[cells], -values[inside]]),
                cells.size,
            ),
        )


def _problem(play: Play, grid: BeliefGrid, stakes: Stakes) -> _Problem:
    waiting, nodes = stakes.waiting, grid.nodes
    never = stakes.never[:, waiting].T @ nodes.T
    stop = stakes.stop(np.repeat(waiting, nodes.shape[0]), np.tile(nodes, (waiting.size, 1)))
    totals = play.total_rates[:, waiting].T @ nodes.T
    gain = np.repeat(play.flow[waiting][:, None], nodes.shape[0], axis=1)
    entries = _Entries()
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
    """Entries of the equations, gathered many at a time."""

    def __init__(self) -> None:
        self._rows: list[Ints] = []
        self._columns: list[Ints] = []
        self._values: list[Floats] = []

    def add(self, rows: Ints, columns: Ints, values: Floats) -> None:
        """Add entries at cells; those of value 0 are left out."""
        kept = np.flatnonzero(values)
        self._rows.append(rows.ravel()[kept])
        self._columns.append(columns.ravel()[kept])
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
    nodes, count = grid.nodes, grid.nodes.shape[0]
    leaving = np.zeros(waiting.size * count)
    if grid.types == 1:
        return leaving.reshape(waiting.size, count)
    totals = play.total_rates[:, waiting].T
    speed = -nodes * (totals[:, None, :] - (totals @ nodes.T)[:, :, None])
    fastest = np.abs(speed).max(axis=2).ravel()
    cells = np.flatnonzero(fastest > 0)
    node = cells % count
    step = _PART_OF_GAP * grid.gaps[node] / fastest[cells]
    moved = nodes[node] + step[:, None] * speed.reshape(-1, grid.types)[cells]
    targets, weights = grid.mixture(moved)
    away = np.where(targets == node[:, None], 0.0, weights) / step[:, None]
    rows = np.repeat(cells, targets.shape[1])
    entries.add(rows, (cells - node)[:, None] + targets, away)
    leaving[cells] = away.sum(axis=1)
    return leaving.reshape(waiting.size, count)


def _jumps(play: Play, grid: BeliefGrid, stakes: Stakes, gain: Floats, entries: _Entries) -> None:
    """Add where events lead to and what they do to the belief; events that end the waiting are gains."""
    place_of = np.full(play.size, -1, np.int64)
    place_of[stakes.waiting] = np.arange(stakes.waiting.size)
    origins = place_of[np.repeat(np.arange(play.size), np.diff(play.first))]
    targets = place_of[play.target]
    ending = np.flatnonzero((origins >= 0) & (targets < 0))
    worth = play.rates[:, ending] * stakes.never[:, play.target[ending]]
    for type_, amounts in enumerate(worth):
        gain += np.outer(np.bincount(origins[ending], amounts, gain.shape[0]), grid.nodes[:, type_])
    events = np.flatnonzero((origins >= 0) & (targets >= 0))
    if not events.size:
        return
    most = play.rates[:, events].max(axis=0)
    shapes, which = np.unique((play.rates[:, events] / most).T, axis=0, return_inverse=True)
    order = np.argsort(which.ravel(), kind="stable")
    parts = np.split(order, np.flatnonzero(np.diff(which.ravel()[order])) + 1)
    count = grid.nodes.shape[0]
    for shape, alike in zip(shapes, parts, strict=True):
        nodes, weights = _after(grid, shape)
        begin, end = origins[events[alike]] * count, targets[events[alike]] * count
        rows = np.repeat((begin[:, None] + np.arange(count)).ravel(), nodes.shape[1])
        columns = end[:, None, None] + nodes
        entries.add(rows, columns, most[alike, None, None] * weights)


def _after(grid: BeliefGrid, shape: Floats) -> tuple[Ints, Floats]:
    """Return nodes, and their posteriors as mixtures times the chance of an event, for rates up to 1."""
    if (shape == 1).all():
        return np.arange(grid.nodes.shape[0])[:, None], np.ones((grid.nodes.shape[0], 1))
    joint = grid.nodes * shape
    chance = joint.sum(axis=1)
    seen = np.where(chance > 0, chance, 1.0)
    nodes, weights = grid.mixture(np.where(chance[:, None] > 0, joint / seen[:, None], grid.nodes))
    return nodes, weights * chance[:, None]
