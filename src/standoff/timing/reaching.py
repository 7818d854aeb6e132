"""Which states play can reach: by moves of the others, postures and pivots."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import numpy as np

from standoff.errors import UsageError
from standoff.graph import GraphModel
from standoff.model.conflict import Conflict
from standoff.model.timing import Timing
from standoff.timing.arrays import Ints
from standoff.timing.situation import after_setting, where


def timing_of(conflict: Conflict) -> Timing:
    """Return the block `timing` of a conflict.

    Raises
    ------
    UsageError
        If it has none.
    """
    if conflict.timing is None:
        raise UsageError(
            "This model has no block 'timing', so nothing is known about time. "
            "Add one: see 'The blocks about time' in the documentation."
        )
    return conflict.timing


def day_of(conflict: Conflict) -> date:
    """Return the day that a conflict describes.

    Raises
    ------
    UsageError
        If it does not say which.
    """
    if conflict.as_of is None:
        raise UsageError(
            "A policy waits until a date, but the model does not say which day it describes. Add 'as_of'."
        )
    return conflict.as_of


def reachable(graph: GraphModel, timing: Timing, seeds: Iterable[int] = ()) -> Ints:
    """Return the states that play can reach, ascending: by moves, postures and pivots, inside of `within`.

    Raises
    ------
    UsageError
        If the status quo lies outside of `within`.
    """
    within = where(graph, timing.within)
    quo = graph.space.status_quo
    if not within[quo]:
        raise UsageError("The status quo lies outside of 'timing.within'. Widen the condition.")
    postures = (after_setting(graph, quo, policy.posture) for policy in timing.policies)
    waiting = {quo, *(int(seed) for seed in seeds), *(state for state in postures if state is not None)}
    movers = [graph.decision_makers.index(dm) for dm, rate in timing.opportunities if rate.value]
    found: set[int] = set()
    while waiting:
        state = waiting.pop()
        if state in found or not within[state]:
            continue
        found.add(state)
        for dm in movers:
            waiting.update(graph.moves(dm, state).tolist())
        waiting.update(target for target in pivot_targets(graph, timing, state) if target is not None)
    return np.array(sorted(found), np.int64)


def pivot_targets(graph: GraphModel, timing: Timing, state: int) -> tuple[int | None, ...]:
    """Return the state that each pivot leads to from a state, None where it is not feasible."""
    return tuple(
        graph.space.index(pivot.to) if pivot.to is not None else after_setting(graph, state, pivot.sets)
        for pivot in timing.pivots
    )
