"""Maximin_h: what a decision maker can make sure of within h moves, whatever the others do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from standoff.analyses.foresight.menu_best import NOTHING, Longs, Table
from standoff.graph import GraphModel
from standoff.stability.engine.reach import FAR, Choices, Step, distances, way_back

Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Guard:
    """What a decision maker is sure of, as ranks of its own.

    Attributes
    ----------
    others_first : list of int64 arrays
        `others_first[k]`: with k more turns, the others' turn first, if they hurt the decision
        maker as much as they can and it does its best.
    own_first : list of int64 arrays
        The same with its own turn first.
    own_moves : list of int64 arrays
        What it does then: the state it moves to; `NOTHING` if it stays.
    stable : list of bool arrays
        `stable[h - 1]`: MM_h stable, no improvement is sure to end better than the state.
    """

    others_first: list[Longs]
    own_first: list[Longs]
    own_moves: list[Longs]
    stable: list[Bools]


def guard(graph: GraphModel, tables: Sequence[Table], dm: int, horizon: int) -> Guard:
    """Work out what a decision maker can make sure of within 1 to `horizon` moves.

    The others act as one: their turn is any legal sequence of theirs, or none. A turn takes
    O(n m) for n decision makers and m states, times the moves of the longest sequence that hurts.
    """
    rank = graph.ranks[dm].astype(np.int64)
    found = Guard([rank], [rank], [np.full(rank.size, NOTHING)], [])
    for turns in range(horizon):
        later, own_later = found.others_first[-1], found.own_first[-1]
        _, value = tables[dm].best(np.minimum(rank, later))
        found.stable.append(value <= rank)
        if turns + 1 < horizon:
            moves, value = tables[dm].best(later)
            found.own_moves.append(np.where(value > later, moves, NOTHING))
            found.own_first.append(np.maximum(later, value))
            found.others_first.append(np.minimum(own_later, _worst(tables, dm, own_later)))
    return found


def _worst(tables: Sequence[Table], dm: int, values: Longs) -> Longs:
    """Return the least value to which legal sequences of the others lead; more than any for none."""
    none = values.max(initial=0) + 1
    others = [row for row in range(len(tables)) if row != dm]
    least = {row: np.full(values.size, none) for row in others}
    changed = True
    while changed:
        before = dict(least)
        for row in others:
            onward = np.minimum.reduce([values, *(before[other] for other in others if other != row)])
            _, value = tables[row].best(-onward)
            least[row] = -np.maximum(value, -none)
        changed = any((least[row] != before[row]).any() for row in others)
    return np.minimum.reduce([np.full(values.size, none), *least.values()])


def line(
    graph: GraphModel, prepared: Sequence[Choices], found: Guard, dm: int, state: int, horizon: int
) -> tuple[Step, ...]:
    """Return how play goes if a decision maker takes the improvement that is surest to pay.

    The others then hurt it as much as they can within the horizon, and it does its best against
    that. Empty if it has no improvement. Of equally sure ones the best, then the lowest number.
    """
    rank, turns = graph.ranks[dm], horizon - 1
    improvements = graph.improvements(dm, state)
    if not improvements.size:
        return ()
    sure = found.others_first[turns][improvements]
    here = int(improvements[np.lexsort((improvements, -rank[improvements], -sure))[0]])
    steps: list[Step] = [(dm, state, here)]
    for left in range(turns, 0, -1):
        if (turns - left) % 2 == 0:
            sequence = _hurting(graph, prepared, dm, here, found.own_first[left - 1])
        else:
            target = int(found.own_moves[left][here])
            sequence = () if target == NOTHING else ((dm, here, target),)
        steps += sequence
        here = steps[-1][2]
    return tuple(steps)


def _hurting(
    graph: GraphModel, prepared: Sequence[Choices], dm: int, state: int, values: Longs
) -> tuple[Step, ...]:
    """Return the shortest sequence of the others to where the value is least; empty if staying is."""
    others = [row for row in range(len(graph.arcs)) if row != dm]
    far = distances(graph, state, others, prepared=prepared)
    nearest = far.min(axis=0)
    reached = np.flatnonzero(nearest < FAR)
    if not reached.size or values[reached].min() >= values[state]:
        return ()
    worst = reached[values[reached] == values[reached].min()]
    return way_back(graph, far, state, [int(worst[nearest[worst].argmin()])]) or ()
