"""One verdict with its witness, from the definition: this state, this decision maker, this concept."""

from __future__ import annotations

import numpy as np

from standoff.errors import UsageError, did_you_mean
from standoff.graph import GraphModel
from standoff.stability.concepts import RULES, Concept, concept
from standoff.stability.engine.reach import Step
from standoff.stability.sanctions import find_reply
from standoff.stability.simultaneous import joint_reply
from standoff.stability.verdict import (
    Deterred,
    Move,
    NoImprovement,
    NoMove,
    Sanction,
    Unpunished,
    Verdict,
    Witness,
)


def judge(graph: GraphModel, dm: int, state: int, key: str, rule: str = "legal_sequence") -> Verdict:
    """Say whether a state is stable for a decision maker under a concept, and why.

    State s is stable for decision maker i if every improvement s1 from s has a sanction, a reply
    of the others that ends no better than s for i (a tie deters). The concepts differ in the
    replies that count:

    - ``nash``: none, so no improvement may exist (Nash 1950);
    - ``gmr``: any legal sequence of moves of the others (Howard 1971);
    - ``smr``: the same, if no move of i from its end leads to a state better than s (Howard 1971);
    - ``seq``: legal sequences of improvements of the others, each step better for the one who
      takes it than the state it leaves (Fraser and Hipel 1979, 1984);
    - ``sseq``: as ``smr`` with the sequences of ``seq`` (Rego and Vieira 2015, 2017);
    - ``sim``: improvements of the others from s, at the same time (Fraser and Hipel 1979, 1984).

    Parameters
    ----------
    dm, state : int
        Numbers in the graph model.
    key : str
        A concept of `CONCEPTS`.
    rule : str
        ``legal_sequence``: nobody moves twice in a row (Fang, Hipel and Kilgour 1993), or
        ``once_per_dm``: every opponent moves at most once (GMCR+ 0.4.1).

    Raises
    ------
    UsageError
        If there is no such concept or rule.
    RefusedError
        If simultaneous sanctioning is asked for in graph form.
    """
    if rule not in RULES:
        raise UsageError(f"There is no sanction rule '{rule}'. {did_you_mean(rule, RULES)}")
    record = concept(key)
    return Verdict(
        concept=key,
        decision_maker=graph.decision_makers[dm],
        state=graph.space.label(state),
        witness=_witness(graph, dm, state, record, rule),
    )


def _witness(graph: GraphModel, dm: int, state: int, record: Concept, rule: str) -> Witness:
    targets = graph.moves(dm, state)
    if not targets.size:
        return NoMove()
    improvements = graph.improvements(dm, state)
    if not improvements.size:
        return NoImprovement(targets=tuple(graph.space.label(int(target)) for target in targets))
    best_first = improvements[np.argsort(-graph.ranks[dm][improvements], kind="stable")].tolist()
    if record.key == "nash":
        return Unpunished(improvement=_move(graph, (dm, state, best_first[0])))
    sanctions = []
    for target in best_first:
        found = _answer(graph, (dm, state, target), record, rule)
        if isinstance(found, Unpunished):
            return found
        sanctions.append(found)
    return Deterred(sanctions=tuple(sanctions))


def _answer(graph: GraphModel, improvement: Step, record: Concept, rule: str) -> Sanction | Unpunished:
    dm, state, target = improvement
    if record.key == "sim":
        return _joint_answer(graph, improvement)
    reply = find_reply(graph, dm, state, target, record, rule)
    if reply.sanction:
        end = reply.sanction[-1][2]
        return Sanction(
            improvement=_move(graph, improvement),
            sequence=tuple(_move(graph, step) for step in reply.sanction),
            result=graph.space.label(end),
            worse=bool(graph.ranks[dm][end] < graph.ranks[dm][state]),
            anyway=would_come_anyway(graph, state, reply.sanction),
        )
    return Unpunished(
        improvement=_move(graph, improvement),
        reply=tuple(_move(graph, step) for step in reply.foiled),
        escape=None if reply.escape is None else _move(graph, (dm, reply.foiled[-1][2], reply.escape)),
    )


def _joint_answer(graph: GraphModel, improvement: Step) -> Sanction | Unpunished:
    dm, state, target = improvement
    found = joint_reply(graph, dm, state, target)
    if found is None:
        return Unpunished(improvement=_move(graph, improvement))
    moved, result = found
    return Sanction(
        improvement=_move(graph, improvement),
        sequence=tuple(_move(graph, (mover, state, end)) for mover, end in moved),
        result=graph.space.label(result),
        worse=bool(graph.ranks[dm][result] < graph.ranks[dm][state]),
        anyway=None,
    )


def would_come_anyway(graph: GraphModel, state: int, sanction: tuple[Step, ...]) -> bool | None:
    """Return whether the sanction's changes, made from the state itself, are gains for their movers."""
    if graph.is_graph_form:
        return None
    here = state
    for mover, _, target in sanction:
        changed = graph.combined(here, [(mover, target)])
        if changed is None or changed not in graph.improvements(mover, here):
            return False
        here = changed
    return True


def _move(graph: GraphModel, step: Step) -> Move:
    mover, origin, target = step
    label = graph.space.label
    return Move(mover=graph.decision_makers[mover], origin=label(origin), target=label(target))
