"""Improvements that go round in circles: each step pays the one who takes it, and nobody gets anywhere.

A cycle is a legal sequence of improvements that comes back to where it began and could begin anew:
nobody moves twice in a row, the last mover not being the first one. A *round* is the largest set of
states in which such sequences lead from each to each, a strongly connected component of the pairs
of state and last mover.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from standoff.analyses.paths.movers import Mover
from standoff.analyses.paths.slopes import FAR
from standoff.analyses.paths.steps import Step
from standoff.analyses.paths.strong import components
from standoff.graph import GraphModel, States
from standoff.stability.engine.lists import improvements
from standoff.stability.engine.menus import menus
from standoff.states.numbering import starts

Longs = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Rounds:
    """All rounds of a graph model, the largest first.

    Attributes
    ----------
    states : int64 array
        The states of round after round, ascending in each.
    starts : int64 array
        Where each round begins in them, and where the last ends.
    last_movers : bool array (decision makers, entries)
        Who moves to each of these states within its round.
    """

    states: Longs
    starts: Longs
    last_movers: NDArray[np.bool_]

    @property
    def count(self) -> int:
        """The number of rounds."""
        return self.starts.size - 1

    def members(self, number: int) -> States:
        """Return the states of a round."""
        return self.states[self.starts[number] : self.starts[number + 1]]

    def movers(self, number: int) -> NDArray[np.bool_]:
        """Return, for each decision maker, whether it moves in a round."""
        moves = self.last_movers[:, self.starts[number] : self.starts[number + 1]]
        return np.asarray(moves.any(axis=1))


def rounds(graph: GraphModel, over: Callable[[], bool] = lambda: False) -> Rounds | None:
    """Find all rounds of improvements: O(n^2 m), without a list of the improvements.

    Parameters
    ----------
    over : function, optional
        Whether the time is up, asked between the parts of the work; None is returned once it is.
    """
    parties, states = len(graph.arcs), graph.space.size
    pairs = None if over() else _pair_graph(graph, over)
    if pairs is None:
        return None
    component = components(*pairs)[: parties * states].reshape(parties, states)
    size = np.bincount(component.ravel())
    row, state = np.nonzero(size[component] > 1)
    key = component[row, state].astype(np.int64) << 32 | state
    entries, place = np.unique(key, return_inverse=True)
    movers = np.zeros((parties, entries.size), np.bool_)
    movers[row, place] = True
    bounds = np.flatnonzero(np.diff(entries >> 32, prepend=-1, append=-1))
    lengths = np.diff(bounds)
    first = (entries & 0xFFFFFFFF)[bounds[:-1]]
    order = np.lexsort((first, -lengths))
    chosen = np.concatenate([np.arange(bounds[k], bounds[k + 1]) for k in order] or [bounds[:0]])
    return Rounds((entries & 0xFFFFFFFF)[chosen], starts(lengths[order]), movers[:, chosen])


def _pair_graph(graph: GraphModel, over: Callable[[], bool]) -> tuple[Longs, NDArray[np.int32]] | None:
    """Return rows of successors for all pairs of last mover and state, then for helping nodes.

    The pairs come first, mover after mover. From a pair the others may move on; a node stands for
    each of them at that state. It leads to the last better target in the mover's list, each place
    in a list to the pair of the mover and the target there, and to the place before it.
    None if the time is up.
    """
    parties, states = len(graph.arcs), graph.space.size
    free, pairs = 2 * parties * states, parties * states
    entered = np.full((parties, states), -1, np.int32)
    listed = []
    for dm, (arcs, rank) in enumerate(zip(graph.arcs, graph.ranks, strict=True)):
        own = improvements(menus(arcs), rank)
        stop = own.stop_of_state
        entered[dm] = np.where(stop > 0, free + stop - 1, -1)
        place = np.arange(free, free + own.targets.size, dtype=np.int32) - 1
        place[own.target_starts[:-1][np.diff(own.target_starts) > 0]] = -1
        listed.append(np.column_stack([dm * states + own.targets, place]).ravel())
        free += own.targets.size
        if over():
            return None
    nodes = np.arange(pairs, 2 * pairs, dtype=np.int32).reshape(parties, states)
    at_turn = np.where(entered >= 0, nodes, np.int32(-1)).T
    onward = [np.delete(at_turn, dm, axis=1).ravel() for dm in range(parties)]
    successors = np.concatenate([*onward, entered.ravel(), *listed])
    widths = np.repeat([parties - 1, 1, 2], [pairs, pairs, free - 2 * pairs])
    known = np.concatenate([[0], np.cumsum(successors >= 0)])
    return known[starts(widths)], successors[successors >= 0]


def shortest_cycle(movers: Sequence[Mover], state: int) -> tuple[Step, ...] | None:
    """Return a shortest cycle of improvements through a state, or None.

    Of several the one whose first mover has the lowest number; then, read from the end, the one
    with the lowest numbers of movers and states.
    """
    best: tuple[Step, ...] | None = None
    for first in range(len(movers)):
        limit = FAR if best is None else len(best) - 1
        found = _back_to(movers, state, first, int(limit))
        best = best if found is None else found
    return best


def _back_to(movers: Sequence[Mover], state: int, first: int, limit: int) -> tuple[Step, ...] | None:
    """Return a shortest cycle through a state that a certain mover begins, if none is longer than so."""
    costs = np.full((len(movers), movers[first].ranks[0].size), FAR)
    others = [row for row in range(len(movers)) if row != first]
    none = np.empty(0, np.int64)
    fresh = [none] * len(movers)
    fresh[first] = movers[first].choices.from_any(np.array([state]), improving=True)
    costs[first, fresh[first]] = 1
    length = 1
    while length < limit and any(each.size for each in fresh):
        length += 1
        arrived = []
        for row, mover in enumerate(movers):
            before = [each for last, each in enumerate(fresh) if last != row]
            reached = mover.choices.from_any(np.unique(np.concatenate([none, *before])), improving=True)
            arrived.append(reached[costs[row, reached] == FAR])
            costs[row, arrived[row]] = length
        fresh = arrived
        if (costs[others, state] == length).any():
            return tuple(_backwards(movers, costs, state, first))
    return None


def _backwards(movers: Sequence[Mover], costs: Longs, state: int, first: int) -> Sequence[Step]:
    last = int(np.where(np.arange(len(movers)) == first, FAR, costs[:, state]).argmin())
    here, steps = state, list[Step]()
    for left in range(int(costs[last, state]) - 1, 0, -1):
        origins = movers[last].arcs.onto(here)
        rank = movers[last].ranks[0]
        origins = origins[rank[origins] < rank[here]]
        rows = [row for row in range(len(movers)) if row != last]
        row, column = np.argwhere(costs[rows][:, origins] == left)[0]
        steps.append(Step(last, int(origins[column]), here))
        last, here = rows[int(row)], int(origins[column])
    steps.append(Step(last, state, here))
    return steps[::-1]


def leaving(movers: Sequence[Mover], found: Rounds, number: int) -> Iterator[int]:
    """Yield the decision makers who have an improvement that leads out of a round."""
    part = slice(int(found.starts[number]), int(found.starts[number + 1]))
    states, last = found.states[part], found.last_movers[:, part]
    for row, mover in enumerate(movers):
        at_turn = states[np.delete(last, row, axis=0).any(axis=0)]
        targets = mover.choices.from_any(at_turn, improving=True)
        if np.setdiff1d(targets, states[last[row]]).size:
            yield row
