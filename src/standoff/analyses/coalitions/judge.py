"""One state against one coalition, with the moves that decide it."""

from __future__ import annotations

from collections import deque
from dataclasses import replace
from time import monotonic

import numpy as np

from standoff.analyses.coalitions.classes import least_by_class_gains, subcoalitions
from standoff.analyses.coalitions.results import Sanction, Step, Verdict
from standoff.analyses.coalitions.survey import MOST_STATES, unanswered
from standoff.analyses.coalitions.ways import Bools, Coalitional
from standoff.analyses.ways import named
from standoff.errors import RefusedError
from standoff.graph import States
from standoff.stability.engine.reach import distances, shortest_path
from standoff.stability.verdict import Move

ClassStep = tuple[tuple[int, ...], int, int]
"""A joint gain by numbers: who, origin, target."""

_Node = tuple[int, tuple[int, ...]]
"""A state, and the subcoalition that moved last."""


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
    RefusedError
        If time runs out. Only SEQ on a large conflict can take long.
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
    steps = [together(field, coalition, state, int(target)) for target in nearest]
    if free.any():
        return replace(verdict, improvement=steps[0])
    sanctions = tuple(_sanction(field, coalition, state, concept, step) for step in steps)
    return replace(verdict, sanctions=sanctions)


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
        least = least_by_class_gains(field, outside, coalition, gains)
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


def _sanction(
    field: Coalitional, coalition: tuple[int, ...], state: int, concept: str, improvement: Step
) -> Sanction:
    graph, outside = field.graph, field.others(coalition)
    start = graph.space.index(improvement.target)
    better = field.preferred(coalition, np.array([state]))
    bad = ~better
    if concept == "smr":
        bad &= ~field.together(coalition).leading_to(better)
    if concept == "seq" and field.rule == "legal_sequence":
        reply = class_reply(field, outside, start, bad[0]) or ()
        sequence = tuple(_class_step(field, step) for step in reply)
    else:
        goals = np.flatnonzero(bad[0]).tolist()
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


def class_reply(
    field: Coalitional, movers: tuple[int, ...], start: int, goals: Bools, until: float | None = None
) -> tuple[ClassStep, ...] | None:
    """Return a class improvement with the fewest steps that ends in a goal, or None.

    Breadth first over pairs of state and last subcoalition; where moves are transitive, over
    states, for then two gains of one subcoalition in a row are one gain of it.

    Raises
    ------
    RefusedError
        If the time is up before it is settled.
    """
    transitive = field.graph.is_transitive
    kinds = subcoalitions(movers)
    before: dict[_Node, _Node] = {}
    queue: deque[_Node] = deque([(start, ())])
    seen = {start}
    while queue:
        node = queue.popleft()
        if until is not None and monotonic() > until:
            raise RefusedError("Time ran out before it was settled whether the others can answer.")
        for kind in kinds:
            if kind == node[1]:
                continue
            targets = _joint_gains(field, kind, node[0])
            hits = targets[goals[targets]]
            if hits.size:
                return _trace(before, node, (int(hits[0]), kind))
            for target in targets.tolist():
                fresh = (target, kind)
                if fresh in before or (transitive and target in seen):
                    continue
                seen.add(target)
                before[fresh] = node
                queue.append(fresh)
    return None


def _joint_gains(field: Coalitional, movers: tuple[int, ...], state: int) -> States:
    here = np.array([state])
    return np.flatnonzero((field.preferred(movers, here) & field.in_turn(movers).reached(here))[0])


def _trace(before: dict[_Node, _Node], node: _Node, end: _Node) -> tuple[ClassStep, ...]:
    steps: list[ClassStep] = [(end[1], node[0], end[0])]
    while node in before:
        earlier = before[node]
        steps.append((node[1], earlier[0], node[0]))
        node = earlier
    return tuple(reversed(steps))


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
