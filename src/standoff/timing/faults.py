"""What is wrong with the blocks about time that only states and moves can tell."""

from __future__ import annotations

from collections.abc import Iterator

from standoff.errors import Fault, ModelError, Path, RefusedError
from standoff.graph import GraphModel
from standoff.model.conflict import Conflict
from standoff.model.timing import Condition, Timing
from standoff.timing.ledger import ledger
from standoff.timing.reaching import impossible_pivots, own_move, reachable
from standoff.timing.replay import log_states, replay
from standoff.timing.situation import where


def timed_faults(graph: GraphModel, conflict: Conflict) -> tuple[Fault, ...]:
    """Return the faults of the blocks about time that later commands would refuse, with their paths.

    The log is followed and, where the model has types, its events are held against their rates;
    nothing is simulated. An event that only a floor rate makes possible is at fault. A play with
    too many points is not built.
    """
    timing = conflict.timing
    if timing is None:
        return ()
    return (
        *_conditions(graph, conflict, timing),
        *_postures(graph, conflict, timing),
        *_played(graph, conflict, timing),
    )


def _conditions(graph: GraphModel, conflict: Conflict, timing: Timing) -> Iterator[Fault]:
    """Yield triggers and reasons to pivot that hold in no feasible state."""
    told: list[tuple[Path, Condition]] = [
        (("contingency", plan.id, "trigger", "while"), plan.trigger.condition)
        for plan in conflict.contingency
    ]
    for policy in timing.policies:
        path: Path = ("timing", "policies", policy.id, "until")
        told += [((*path, place, "while"), until.condition) for place, until in enumerate(policy.until)]
    for path, condition in told:
        if condition is not None and not where(graph, condition).any():
            message = "This holds in no feasible state."
            yield _fault("never-holds", path, message, "Change it, or take out what waits for it.")


def _postures(graph: GraphModel, conflict: Conflict, timing: Timing) -> Iterator[Fault]:
    """Yield policies that cannot be followed from the status quo: their posture, a date without a day."""
    for policy in timing.policies:
        path: Path = ("timing", "policies", policy.id)
        if own_move(graph, timing, graph.space.status_quo, None, policy.posture) is None:
            message = f"This is no move of '{timing.focal}' at the status quo."
            cure = "What is not feasible, irreversible or forbidden is no move: change the posture."
            yield _fault("impossible-posture", (*path, "posture"), message, cure)
        for place, until in enumerate(policy.until):
            if until.on is not None and conflict.as_of is None:
                message = "The model does not say which day it describes."
                yield _fault("no-as-of", (*path, "until", place, "on"), message, "Add 'as_of'.")


def _played(graph: GraphModel, conflict: Conflict, timing: Timing) -> Iterator[Fault]:
    """Yield what is wrong with the play: where it begins, pivots, and the log."""
    if not where(graph, timing.within)[graph.space.status_quo]:
        message = "The status quo lies outside of 'timing.within'."
        yield _fault("status-quo-outside", ("timing", "within"), message, "Widen the condition.")
        return
    seeds: tuple[int, ...] = ()
    if timing.log is not None:
        try:
            seeds = log_states(replay(graph, conflict))
            if conflict.types is not None:
                ledger(graph, conflict)
        except ModelError as error:
            yield from error.faults
        except RefusedError:
            pass
    for pivot in impossible_pivots(graph, timing, reachable(graph, timing, seeds)):
        message = f"'{timing.focal}' has no such move in any state that play can reach."
        cure = "What is not feasible, irreversible or forbidden is no move: change the pivot, or the moves."
        yield _fault("impossible-pivot", ("timing", "pivots", pivot), message, cure)


def _fault(code: str, path: Path, message: str, cure: str) -> Fault:
    return Fault(code=code, message=message, cure=cure, path=path)
