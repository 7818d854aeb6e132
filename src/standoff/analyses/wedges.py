"""Wedges: moves after which a member of a coalition would gain by leaving the common line.

This project's own definition. Member i of coalition H *departs* from state q by a move of its own
that it gains by and that leaves some other member worse off than q. It is

- *in line* at q if it has no departure from q;
- *kept in* if it has, and each can be answered by credible moves of the other members, a legal
  sequence of improvements of H-i that ends no better than q for i;
- *leaving* if some departure cannot be answered in this way.

The line is *broken* at q if some member is leaving.

A *wedge* at s is a move from s by anybody but i after which i stands worse than at s in this order.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from standoff.analyses.coalitions.classes import gains_within, least_after, regions
from standoff.analyses.coalitions.clock import is_over
from standoff.analyses.coalitions.ways import Bools, Coalitional
from standoff.analyses.ways import named
from standoff.graph import States
from standoff.stability.engine.reach import Step, shortest_path
from standoff.stability.verdict import Move

STANDINGS: tuple[str, ...] = ("in line", "kept in", "leaving")
"""How a member can stand to the common line, best first."""

_TOGETHER = 64
"""Regions are looked at together until they have so many states."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How a member of a coalition stands to the common line at a state.

    Attributes
    ----------
    member, state : str
    standing : str
        One of `STANDINGS`.
    departures : int
        How many moves it gains by at the cost of another member.
    departure : Move or None
        The one it likes best, of those that are not answered where there are some.
    at_the_cost_of : tuple of str
        The members that are worse off by it.
    answer : tuple of Move
        The other members' credible reply to it, if they have one.
    answer_with_outsiders : tuple of Move
        The credible reply of all others to it, if the members have none.
    unanswered : tuple of str
        Where the departures lead that the other members do not answer. The member would have to
        rank each of these no better than the state for it to be kept in.
    rather : Move or None
        A move at the cost of no other member by which it gains more than by the departure, the best.
    """

    member: str
    state: str
    standing: str
    departures: int = 0
    departure: Move | None = None
    at_the_cost_of: tuple[str, ...] = ()
    answer: tuple[Move, ...] = ()
    answer_with_outsiders: tuple[Move, ...] = ()
    unanswered: tuple[str, ...] = ()
    rather: Move | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Wedge:
    """A move that takes a member out of the common line.

    Attributes
    ----------
    move : Move
    inside : bool
        Whether the mover is a member itself.
    gains : bool
        Whether the mover gains by the move at once.
    before : str
        How the member stood at the state looked at.
    after : Standing
    """

    move: Move
    inside: bool
    gains: bool
    before: str
    after: Standing


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """The common line of a coalition at a state: how each member stands, and the wedges.

    `complete` is False where time ran out before all moves were looked at.
    """

    standings: tuple[Standing, ...]
    wedges: tuple[Wedge, ...]
    complete: bool = True


def line(field: Coalitional, coalition: tuple[int, ...], state: int, until: float | None = None) -> Line:
    """Return how the members of a coalition stand at a state, and what drives them apart.

    Wedges that make a member leave come first, of these the ones that their mover gains by. No further
    move is looked at after `until` (`time.monotonic`).
    """
    graph = field.graph
    now = {dm: standing(field, coalition, dm, state) for dm in coalition}
    steps = [(mover, state, int(target)) for mover in field.everybody for target in graph.moves(mover, state)]
    found: list[Wedge] = []
    complete = True
    for step in steps:
        if is_over(until):
            complete = False
            break
        found += _driven_apart(field, coalition, now, step)
    found.sort(key=lambda wedge: (wedge.after.standing != "leaving", not wedge.gains))
    return Line(standings=tuple(now.values()), wedges=tuple(found), complete=complete)


def _driven_apart(
    field: Coalitional, coalition: tuple[int, ...], now: dict[int, Standing], step: Step
) -> Iterator[Wedge]:
    """Yield a wedge for each member but the mover that stands worse after the step."""
    mover, state, target = step
    rank = field.graph.ranks[mover]
    for dm in coalition:
        if dm == mover:
            continue
        after = standing(field, coalition, dm, target)
        if STANDINGS.index(after.standing) > STANDINGS.index(now[dm].standing):
            yield Wedge(
                move=named(field.graph, [step])[0],
                inside=mover in coalition,
                gains=bool(rank[target] > rank[state]),
                before=now[dm].standing,
                after=after,
            )


def broken(
    field: Coalitional, coalition: tuple[int, ...], states: States, until: float | None = None
) -> States:
    """Return those of the states at which some member of a coalition is leaving.

    Costs matrices over the states that the members can tell apart, one such region at a time.

    Raises
    ------
    OutOfTimeError
        If it is later than `until` (`time.monotonic`) before that is known.
    """
    found = np.zeros(field.graph.space.size, np.bool_)
    wanted = np.zeros_like(found)
    wanted[states] = True
    for region in regions(field, coalition, _TOGETHER):
        if wanted[region].any():
            found[region] = _broken_within(field, coalition, region, until)
    return np.flatnonzero(found & wanted)


def _broken_within(
    field: Coalitional, coalition: tuple[int, ...], region: States, until: float | None
) -> Bools:
    """Return where in a region some member has a departure that no answer makes it regret."""
    ranks = {dm: field.graph.ranks[dm][region] for dm in coalition}
    gains = {dm: each for dm in coalition for each in gains_within(field, [(dm,)], region, until)}
    found = np.zeros(region.size, np.bool_)
    for dm, departures in gains.items():
        replies = [(*np.nonzero(each),) for other, each in gains.items() if other != dm]
        costs = np.zeros_like(departures)
        for other in coalition:
            if other != dm:
                costs |= ranks[other][None, :] < ranks[other][:, None]
        if replies:
            least = least_after(replies, ranks[dm], until, again=False)
            costs &= least[None, :] > ranks[dm][:, None]
        found |= (departures & costs).any(axis=1)
    return found


def standing(field: Coalitional, coalition: tuple[int, ...], dm: int, state: int) -> Standing:
    """Return how a member stands to the common line at a state."""
    graph = field.graph
    departures = _departures(field, coalition, dm, state)
    name, label = graph.decision_makers[dm], graph.space.label
    if not departures.size:
        return Standing(member=name, state=label(state), standing="in line")
    others = tuple(each for each in coalition if each != dm)
    goals = graph.ranks[dm] <= graph.ranks[dm][state]
    answered = _answered(field, coalition, others, departures, goals)
    left = departures[~answered]
    best = _best_first(field, dm, left if left.size else departures)[0]
    ends = np.flatnonzero(goals)
    everybody = tuple(each for each in field.everybody if each != dm)
    return Standing(
        member=name,
        state=label(state),
        standing="leaving" if left.size else "kept in",
        departures=departures.size,
        departure=named(graph, [(dm, state, best)])[0],
        at_the_cost_of=tuple(
            graph.decision_makers[j] for j in others if graph.ranks[j][best] < graph.ranks[j][state]
        ),
        answer=() if left.size else _way(field, best, ends, others),
        answer_with_outsiders=_way(field, best, ends, everybody) if left.size else (),
        unanswered=tuple(label(target) for target in _best_first(field, dm, left)),
        rather=_rather(field, dm, state, departures, best),
    )


def _rather(field: Coalitional, dm: int, state: int, departures: States, best: int) -> Move | None:
    """Return the best improvement that is no departure, if the member prefers it to its best departure."""
    harmless = np.setdiff1d(field.graph.improvements(dm, state), departures)
    rank = field.graph.ranks[dm]
    harmless = harmless[rank[harmless] > rank[best]]
    if not harmless.size:
        return None
    return named(field.graph, [(dm, state, _best_first(field, dm, harmless)[0])])[0]


def _departures(field: Coalitional, coalition: tuple[int, ...], dm: int, state: int) -> States:
    graph = field.graph
    gains = graph.improvements(dm, state)
    costs = np.zeros(gains.size, np.bool_)
    for other in coalition:
        if other != dm:
            costs |= graph.ranks[other][gains] < graph.ranks[other][state]
    return gains[costs]


def _answered(
    field: Coalitional, coalition: tuple[int, ...], others: tuple[int, ...], departures: States, goals: Bools
) -> Bools:
    """Return which departures the other members can answer, all from one state."""
    part, states = field.around(int(departures[0]), coalition)
    answered: Bools = part.by_gains(others, goals[None, states])[0][np.searchsorted(states, departures)]
    return answered


def _best_first(field: Coalitional, dm: int, states: States) -> list[int]:
    return states[np.argsort(-field.graph.ranks[dm][states], kind="stable")].tolist()


def _way(field: Coalitional, start: int, goals: States, movers: Sequence[int]) -> tuple[Move, ...]:
    way = shortest_path(field.graph, start, goals, movers, improving=True) or ()
    return named(field.graph, way)
