"""Which states play can reach: by moves of the others, postures and pivots."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

import numpy as np

from standoff.errors import UsageError
from standoff.graph import GraphModel
from standoff.model.conflict import Conflict, Literal
from standoff.model.timing import Policy, Timing
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
    postures = (own_move(graph, timing, quo, None, policy.posture) for policy in timing.policies)
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
    """Return the state that each pivot leads to from a state, None where the focal party has no such move."""
    return tuple(own_move(graph, timing, state, pivot.to, pivot.sets) for pivot in timing.pivots)


def own_move(
    graph: GraphModel, timing: Timing, state: int, to: str | None, sets: Sequence[Literal]
) -> int | None:
    """Return where one move of the focal party leads; None where it has none that leads there.

    The move goes to the state `to`, or else sets options. The state itself if that changes nothing.
    """
    target = graph.space.index(to) if to is not None else after_setting(graph, state, sets)
    if target is None or target == state:
        return target
    focal = graph.decision_makers.index(timing.focal)
    return target if target in graph.moves(focal, state) else None


def posture_taken(graph: GraphModel, timing: Timing, state: int, policy: Policy) -> int:
    """Return the state after the posture of a policy is taken.

    Raises
    ------
    UsageError
        If the focal party has no such move there.
    """
    found = own_move(graph, timing, state, None, policy.posture)
    if found is None:
        listed = ", ".join(str(literal) for literal in policy.posture)
        raise UsageError(
            f"Policy '{policy.id}' cannot take its posture ({listed}) at {graph.space.label(state)}: that is "
            f"no move of {timing.focal} there. What is not feasible, irreversible or forbidden is no move. "
            "Change 'posture'."
        )
    return found


def impossible_pivots(graph: GraphModel, timing: Timing, states: Ints) -> tuple[str, ...]:
    """Return the pivots that the focal party can make in none of some states."""
    targets = [pivot_targets(graph, timing, state) for state in states.tolist()]
    found = zip(timing.pivots, zip(*targets, strict=True), strict=True)
    return tuple(pivot.id for pivot, each in found if all(target is None for target in each))


def require_possible(graph: GraphModel, timing: Timing, states: Ints) -> None:
    """Refuse a pivot that the focal party can make in none of some states.

    Raises
    ------
    UsageError
    """
    for pivot in impossible_pivots(graph, timing, states):
        raise UsageError(
            f"Pivot '{pivot}' can be made in none of the {states.size:,} states that play can reach: "
            f"{timing.focal} has no such move there. What is not feasible, irreversible or forbidden is "
            "no move. Change the pivot, or the moves."
        )
