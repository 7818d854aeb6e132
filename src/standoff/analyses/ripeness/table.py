"""The conditions of ripeness as scalars of the graph model: linear in states but for sorting."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from standoff.analyses.ripeness.pain import hurts
from standoff.analyses.ripeness.result import NoAgreement, PartyRow, Ripeness, Zone
from standoff.analyses.ripeness.zone import zone_of
from standoff.analyses.ways import named, worst_outcome
from standoff.graph import GraphModel
from standoff.model.conflict import Bearable
from standoff.stability.engine.reach import Choices, choices
from standoff.stability.engine.solve import worst_replies
from standoff.stability.judge import judge

Worst = NDArray[np.int32]
"""The worst rank of each state and the others' credible replies to it, for one decision maker."""


def ripeness(
    graph: GraphModel,
    stable: Mapping[str, NDArray[np.bool_]],
    state: int,
    parties: Sequence[int],
    bearable: Sequence[Bearable | None],
    given: Collection[int],
    most: int,
    progress: Callable[[str, float], None] | None = None,
    deadline: float | None = None,
) -> Ripeness:
    """Say for each party whether it cannot win, what it is sure of alone, and what all would gain.

    With P the rank for party i and w(q) the least P over q and the others' legal sequences of
    improvements from q, the no-agreement level is v(s) = max of w over s and i's moves from s.
    Party i cannot win if v(s) <= P(s), which is the same as SEQ stability. The zone of agreement
    are the states better than s, and than v(s), for every party.

    Parameters
    ----------
    stable : mapping from concept to bool array (decision makers, states)
        At least ``seq`` and ``gmr``.
    state : int
    parties : sequence of int
    bearable : sequence of Bearable or None
        Where each of these parties can bear to stay, if that is stated.
    given : collection of int
        States of the zone that are told whatever their number.
    most : int
        Most states of the zone that are told apart from these.
    deadline : float, optional
        The moment (`time.monotonic`) after which no further state of the zone is told.
    """
    prepared = choices(graph)
    worst = worst_replies(graph, parties, progress=progress)[:, 1]
    rows, levels = [], []
    for dm, own, borne in zip(parties, worst, bearable, strict=True):
        course = best_course(graph, dm, state, own)
        levels.append(int(own[course]))
        rows.append(_row(graph, prepared, stable, dm, (state, course), borne))
    zone = zone_of(graph, prepared, stable["seq"], state, parties, levels, given, most, deadline)
    return Ripeness(
        state=graph.space.label(state),
        parties=tuple(graph.decision_makers[dm] for dm in parties),
        rows=tuple(rows),
        zone=zone,
        failing=_failing(rows, zone),
    )


def _failing(rows: Sequence[PartyRow], zone: Zone) -> str | None:
    """Return the first condition that is known to fail; of pain only what is stated is known."""
    if not all(row.cannot_win for row in rows):
        return "cannot win"
    if any(row.hurts is False for row in rows):
        return "hurts"
    if not zone.size:
        return "zone"
    if not zone.holding:
        return "way out"
    return "way there" if zone.ways["none"][1] == zone.holding else None


def best_course(graph: GraphModel, dm: int, state: int, worst: Worst) -> int:
    """Return the state itself or the target of a move with the best worst outcome; itself if equal."""
    targets = graph.moves(dm, state)
    if not targets.size or worst[targets].max() <= worst[state]:
        return state
    return int(targets[worst[targets].argmax()])


def _row(
    graph: GraphModel,
    prepared: Sequence[Choices],
    stable: Mapping[str, NDArray[np.bool_]],
    dm: int,
    ends: tuple[int, int],
    borne: Bearable | None,
) -> PartyRow:
    state, course = ends
    outcome = worst_outcome(graph, prepared, dm, course, state, credible=True)
    staying = outcome
    if course != state:
        staying = worst_outcome(graph, prepared, dm, state, state, credible=True)
    return PartyRow(
        decision_maker=graph.decision_makers[dm],
        cannot_win=bool(stable["seq"][dm, state]),
        held_by_any_reply=bool(stable["gmr"][dm, state]),
        verdict=judge(graph, dm, state, "seq"),
        no_agreement=NoAgreement(
            move=None if course == state else named(graph, [(dm, state, course)])[0], outcome=outcome
        ),
        precipice=staying if staying.ranks < 0 else None,
        hurts=hurts(borne, graph.space, state),
        bearable=borne,
    )
