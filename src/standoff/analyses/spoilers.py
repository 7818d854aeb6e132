"""Spoilers of a deal: who loses by it, who can harm it, whom that would pay, and who is deterred.

This project's own definition, from the graph alone. A *harmful* move of party p from the deal
leaves some other party worse off than the deal does. Whether it would pay p is whether it is an
improvement; whether p is deterred is whether the others have a sanction under the concept. Nothing
here says why a party would do it: motives are not in the graph.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from standoff.analyses.ways import named
from standoff.graph import GraphModel, OptionArcs
from standoff.stability.concepts import concept as record
from standoff.stability.engine.reach import Step
from standoff.stability.judge import would_come_anyway
from standoff.stability.sanctions import find_reply
from standoff.stability.verdict import Move

GRADES: dict[str, str] = {
    "would undo": "it gains by a move that harms another party, and the others do not deter it",
    "deterred": "it gains by such moves, and for each of them the others have a sanction",
    "could harm, does not want": "it has moves that harm another party, and gains by none of them",
    "objects, cannot": "it loses by the deal, and no move of its own harms another party",
    "indifferent": "the deal is as good for it as the state compared with, and it cannot harm",
    "supports": "it gains by the deal, and no move of its own harms another party",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoiler:
    """What the deal is to a party.

    Attributes
    ----------
    party : str
    grade : str
        One of `GRADES`.
    against_now : str
        "better", "equal" or "worse" for the party than the state compared with.
    acts : bool or None
        Whether the deal changes the party's own options: then it is inside the deal. None in graph
        form, where nothing says whose options these are.
    harmful : int
        How many of its moves from the deal leave somebody else worse off.
    paying : int
        How many of these it gains by.
    move : Move or None
        The undeterred one it likes best, else the best of those it gains by, else of all harmful ones.
    harms : tuple of str
        Who is worse off by it than in the deal.
    deterred_by : tuple of str
        Who takes part in the sanctions, where each paying harmful move has one.
    sanction : tuple of Move
        The others' shortest reply to `move`.
    result : str or None
        Where that ends.
    anyway : bool or None
        Whether the others would gain by the same changes even if the party kept to the deal, so that
        keeping to it does not avert them. None without a sanction, and in graph form.
    """

    party: str
    grade: str
    against_now: str
    acts: bool | None
    harmful: int
    paying: int
    move: Move | None = None
    harms: tuple[str, ...] = ()
    deterred_by: tuple[str, ...] = ()
    sanction: tuple[Move, ...] = ()
    result: str | None = None
    anyway: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Deal:
    """A deal and what it is to each party, against a state."""

    state: str
    compared_with: str
    concept: str
    parties: tuple[Spoiler, ...]


def spoilers(graph: GraphModel, deal: int, now: int, concept: str = "seq") -> Deal:
    """Return what each party would and could do about a deal.

    Parameters
    ----------
    deal, now : int
        The deal, and the state that gains and losses are measured against.
    concept : str
        What counts as a sanction: replies that pay those who reply under SEQ and SSEQ, any under
        GMR and SMR, none under Nash.
    """
    return Deal(
        state=graph.space.label(deal),
        compared_with=graph.space.label(now),
        concept=record(concept).key,
        parties=tuple(_spoiler(graph, dm, deal, now, concept) for dm in range(len(graph.arcs))),
    )


def _spoiler(graph: GraphModel, dm: int, deal: int, now: int, concept: str) -> Spoiler:
    rank = graph.ranks[dm]
    targets = graph.moves(dm, deal)
    harmful = targets[[bool(_harmed(graph, dm, deal, int(target))) for target in targets]]
    harmful = harmful[np.argsort(-rank[harmful], kind="stable")]
    paying = harmful[rank[harmful] > rank[deal]]
    replies = {} if concept == "nash" else _replies(graph, dm, deal, paying.tolist(), concept)
    free = [target for target in paying.tolist() if not replies.get(target)]
    compared = int(np.sign(int(rank[deal]) - int(rank[now])))
    move = free[0] if free else int(harmful[0]) if harmful.size else None
    reply = replies.get(move, ()) if move is not None and not free else ()
    return Spoiler(
        party=graph.decision_makers[dm],
        grade=_grade(harmful.size, paying.size, len(free), compared),
        against_now=("equal", "better", "worse")[compared],
        acts=_acts(graph, dm, deal, now),
        harmful=harmful.size,
        paying=paying.size,
        move=None if move is None else named(graph, [(dm, deal, move)])[0],
        harms=() if move is None else _harmed(graph, dm, deal, move),
        deterred_by=() if free else _movers(graph, replies),
        sanction=named(graph, reply),
        result=graph.space.label(reply[-1][2]) if reply else None,
        anyway=would_come_anyway(graph, deal, reply) if reply else None,
    )


def _grade(harmful: int, paying: int, free: int, compared: int) -> str:
    if free:
        return "would undo"
    if paying:
        return "deterred"
    if harmful:
        return "could harm, does not want"
    return ("indifferent", "supports", "objects, cannot")[compared]


def _harmed(graph: GraphModel, dm: int, deal: int, target: int) -> tuple[str, ...]:
    return tuple(
        name
        for j, name in enumerate(graph.decision_makers)
        if j != dm and graph.ranks[j][target] < graph.ranks[j][deal]
    )


def _replies(
    graph: GraphModel, dm: int, deal: int, targets: list[int], concept: str
) -> dict[int, tuple[Step, ...]]:
    """Return the others' reply to each move; the search ends at the first that has none."""
    found: dict[int, tuple[Step, ...]] = {}
    for target in targets:
        found[target] = find_reply(graph, dm, deal, target, record(concept), "legal_sequence").sanction
        if not found[target]:
            break
    return found


def _movers(graph: GraphModel, replies: dict[int, tuple[Step, ...]]) -> tuple[str, ...]:
    moved = {step[0] for reply in replies.values() for step in reply}
    return tuple(graph.decision_makers[dm] for dm in sorted(moved))


def _acts(graph: GraphModel, dm: int, deal: int, now: int) -> bool | None:
    arcs = graph.arcs[dm]
    if not isinstance(arcs, OptionArcs):
        return None
    return bool((int(arcs.codes[deal]) ^ int(arcs.codes[now])) & arcs.own)
