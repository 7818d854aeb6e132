"""Maximin_h: what a decision maker can make sure of within h moves, whatever the others do."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from standoff.analyses.foresight.menu_best import NOTHING, Longs, Table, table
from standoff.graph import GraphModel
from standoff.stability.engine.reach import FAR, distances

Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Guard:
    """A decision maker's view of what it is sure of after a move of its own.

    Attributes
    ----------
    ends : list of int64 arrays
        `ends[k]`: where play ends with k more turns, the others' turn first, if they hurt the
        decision maker as much as they can and it does its best.
    own_ends : list of int64 arrays
        The same with its own turn first.
    own_moves : list of int64 arrays
        What it does then; `NOTHING` if it stays.
    first : list of int64 arrays
        `first[k]`: its improvement with the best such end after it; `NOTHING` if it has none.
    stable : list of bool arrays
        `stable[k]`: no improvement is sure to end better than the state with k turns after it.
    """

    ends: list[Longs]
    own_ends: list[Longs]
    own_moves: list[Longs]
    first: list[Longs]
    stable: list[Bools]


def guard(graph: GraphModel, dm: int, horizon: int) -> Guard:
    """Work out what a decision maker can make sure of within 1 to `horizon` moves.

    Each turn is O(n m), times the rounds that the others' sequences need. Stable with k turns after
    the improvement is MM_(k+1) stable.
    """
    size = graph.space.size
    tables = [table(arcs, size) for arcs in graph.arcs]
    rank = graph.ranks[dm].astype(np.int64)
    order = np.lexsort((np.arange(size), rank))
    place = np.empty(size, np.int64)
    place[order] = np.arange(size)
    found = Guard([order[place]], [order[place]], [np.full(size, NOTHING, np.int64)], [], [])
    for turns in range(horizon):
        _first_moves(found, tables[dm], rank, place)
        if turns + 1 < horizon:
            own_moves, reached = tables[dm].best(place[found.ends[-1]])
            gains = (own_moves != NOTHING) & (rank[order[np.maximum(reached, 0)]] > rank[found.ends[-1]])
            worst = _worst(tables, dm, place[found.own_ends[-1]])
            hurts = worst < size
            hurts[hurts] = rank[order[worst[hurts]]] < rank[found.own_ends[-1][hurts]]
            own_ends = np.where(gains, order[np.maximum(reached, 0)], found.ends[-1])
            found.ends.append(np.where(hurts, order[np.minimum(worst, size - 1)], found.own_ends[-1]))
            found.own_ends.append(own_ends)
            found.own_moves.append(np.where(gains, own_moves, NOTHING))
    return found


def _first_moves(found: Guard, own: Table, rank: Longs, place: Longs) -> None:
    """Add the best improvement of each state, by the worst it can end in, and whether it pays."""
    sure = np.minimum(rank, rank[found.ends[-1]])
    moves, value = own.best(sure)
    found.stable.append(value <= rank)
    improvements = _best_improvement(own, rank, place[found.ends[-1]])
    found.first.append(np.where(value > rank, moves, improvements))


def _best_improvement(own: Table, rank: Longs, ends: Longs) -> Longs:
    """Return the best-ranked target if it is an improvement, else `NOTHING`."""
    del ends
    moves, value = own.best(rank)
    return np.where(value > rank, moves, NOTHING)


def _worst(tables: list[Table], dm: int, values: Longs) -> Longs:
    """Return the least value that legal sequences of the others lead to; as many as states for none."""
    none = values.size
    others = [row for row in range(len(tables)) if row != dm]
    least = {row: np.full(none, none, np.int64) for row in others}
    changed = True
    while changed:
        before = {row: each.copy() for row, each in least.items()}
        for row in others:
            later = [before[other] for other in others if other != row]
            onward = np.minimum.reduce([values, *later])
            moves, value = tables[row].best(-onward)
            least[row] = np.where(moves == NOTHING, none, -value)
        changed = any((least[row] < before[row]).any() for row in others)
    return np.minimum.reduce([np.full(none, none, np.int64), *least.values()])


def reply(graph: GraphModel, dm: int, state: int, ends: Longs) -> int:
    """Return where the others go so that play ends worst for a decision maker; the state if they stay."""
    rank = graph.ranks[dm]
    others = [row for row in range(len(graph.arcs)) if row != dm]
    reached = np.flatnonzero((distances(graph, state, others) < FAR).any(axis=0)) if others else np.array([])
    if not reached.size:
        return state
    worst = int(reached[int(rank[ends[reached]].argmin())])
    return worst if rank[ends[worst]] < rank[ends[state]] else state
