"""One state against one coalition, with the moves that decide it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from standoff.analyses.coalitions.classes import least_by_class_gains
from standoff.analyses.coalitions.clock import is_over
from standoff.analyses.coalitions.replies import ClassStep, class_reply
from standoff.analyses.coalitions.results import Sanction, Step, Verdict
from standoff.analyses.coalitions.survey import MOST_STATES, unanswered
from standoff.analyses.coalitions.ways import Bools, Coalitional
from standoff.analyses.ways import named
from standoff.graph import States
from standoff.stability.engine.reach import distances, shortest_path
from standoff.stability.verdict import Move


def judge(
    field: Coalitional,
    coalition: tuple[int, ...],
    state: int,
    concept: str,
    most: int = 3,
    until: float | None = None,
) -> Verdict:
    """Say whether a state is stable against a coalition, and why.

    Parameters
    ----------
    coalition : tuple of int
        Numbers of the members, ascending.
    most : int
        Of so many improvements, the nearest ones, it is told what deters them.
    until : float, optional
        Give up at this time (`time.monotonic`).

    Raises
    ------
    OutOfTimeError
        If time runs out. Only SEQ on a large conflict can take long. Where it runs out later, it is
        told for fewer improvements what deters them.
    """
    here = np.array([state])
    gains = unanswered(field, coalition, here, "nash")[0]
    free = _unanswered(field, coalition, state, concept, gains, until)
    verdict = Verdict(
        concept=concept,
        coalition=field.ids(coalition),
        state=field.graph.space.label(state),
        improvements=int(gains.sum()),
        unanswered=int(free.sum()),
    )
    if not gains.any():
        return verdict
    nearest = _nearest_first(field, coalition, state, np.flatnonzero(free if free.any() else gains), most)
    steps = (together(field, coalition, state, int(target)) for target in nearest)
    if free.any():
        return replace(verdict, improvement=next(steps))
    bad = _bad(field, coalition, state, concept)
    sanctions: list[Sanction] = []
    for step in steps:
        if sanctions and is_over(until):
            break
        sanctions.append(_sanction(field, coalition, state, concept, bad, step))
    return replace(verdict, sanctions=tuple(sanctions))


def _unanswered(
    field: Coalitional,
    coalition: tuple[int, ...],
    state: int,
    concept: str,
    gains: Bools,
    until: float | None,
) -> Bools:
    here, outside = np.array([state]), field.others(coalition)
    if concept != "seq" or field.rule != "legal_sequence" or len(outside) < 2:
        return unanswered(field, coalition, here, concept)[0]
    if field.graph.space.size <= MOST_STATES:
        least = least_by_class_gains(field, outside, coalition, gains, until)
        return unanswered(field, coalition, here, concept, least)[0]
    bad = ~field.preferred(coalition, here)
    left = gains & ~field.by_gains(outside, bad)[0]
    for target in _nearest_first(field, coalition, state, np.flatnonzero(left), left.size).tolist():
        if class_reply(field, outside, target, bad[0], until) is None:
            alone = np.zeros_like(left)
            alone[target] = True
            return alone
    return np.zeros_like(left)


def together(field: Coalitional, coalition: tuple[int, ...], state: int, target: int) -> Step:
    """Return how a coalition gets from a state to another one: shortest, or in one jump."""
    moves: tuple[Move, ...] = ()
    if field.rule == "legal_sequence" or len(coalition) == 1:
        way = shortest_path(field.graph, state, [target], coalition) or ()
        moves = named(field.graph, way)
    label = field.graph.space.label
    return Step(members=field.ids(coalition), origin=label(state), target=label(target), moves=moves)


def _nearest_first(
    field: Coalitional, coalition: tuple[int, ...], state: int, targets: States, most: int
) -> States:
    """Return the targets by the length of the shortest way, or by how many options change at once."""
    if field.rule == "legal_sequence":
        steps = distances(field.graph, state, coalition).min(axis=0)[targets]
    else:
        codes = field.graph.space.codes
        changed = codes[targets] ^ codes[state]
        steps = np.array([code.bit_count() for code in changed.tolist()], np.int32)
    return targets[np.argsort(steps, kind="stable")[:most]]


def _bad(field: Coalitional, coalition: tuple[int, ...], state: int, concept: str) -> Bools:
    """Return the states in which a reply may end; under SMR only those that leave no way on."""
    better = field.preferred(coalition, np.array([state]))
    bad = ~better
    if concept == "smr":
        bad &= ~field.together(coalition).leading_to(better)
    return bad[0]


def _sanction(
    field: Coalitional,
    coalition: tuple[int, ...],
    state: int,
    concept: str,
    bad: Bools,
    improvement: Step,
) -> Sanction:
    graph, outside = field.graph, field.others(coalition)
    start = graph.space.index(improvement.target)
    if concept == "seq" and field.rule == "legal_sequence":
        reply = class_reply(field, outside, start, bad) or ()
        sequence = tuple(_class_step(field, step) for step in reply)
    else:
        goals = np.flatnonzero(bad)
        way = shortest_path(graph, start, goals, outside, improving=concept == "seq") or ()
        sequence = tuple(
            Step(members=(move.mover,), origin=move.origin, target=move.target, moves=(move,))
            for move in named(graph, way)
        )
    end = graph.space.index(sequence[-1].target)
    ranks = {dm: (int(graph.ranks[dm][end]), int(graph.ranks[dm][state])) for dm in coalition}
    return Sanction(
        improvement=improvement,
        sequence=sequence,
        result=sequence[-1].target,
        worse_for=field.ids([dm for dm, (there, here) in ranks.items() if there < here]),
        equal_for=field.ids([dm for dm, (there, here) in ranks.items() if there == here]),
    )


def _class_step(field: Coalitional, step: ClassStep) -> Step:
    members, origin, target = step
    way = shortest_path(field.graph, origin, [target], members) or ()
    label = field.graph.space.label
    return Step(
        members=field.ids(members),
        origin=label(origin),
        target=label(target),
        moves=named(field.graph, way),
    )
