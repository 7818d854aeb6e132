"""What coalitions can do at a state, what drives them apart, and who could spoil a deal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from standoff.analyses.agreement import Agreement, agreement
from standoff.analyses.coalitions.classes import subcoalitions
from standoff.analyses.coalitions.clock import OutOfTimeError
from standoff.analyses.coalitions.judge import judge
from standoff.analyses.coalitions.results import Verdict
from standoff.analyses.coalitions.survey import (
    CONCEPTS,
    MOST_STATES,
    leaving,
    require_concept,
    require_size,
    stable_against,
    universally_stable,
)
from standoff.analyses.coalitions.ways import RULES, Coalitional
from standoff.analyses.spoilers import Deal, spoilers
from standoff.analyses.wedges import Line, broken, line
from standoff.errors import RefusedError, UsageError, did_you_mean
from standoff.graph import States
from standoff.progress import Progress
from standoff.stability.judge import judge as judge_alone
from standoff.study.limits import end_of
from standoff.study.parties import parties_of
from standoff.study.study import Study


@dataclass(frozen=True, slots=True, kw_only=True)
class CoalitionView:
    """One coalition at the state looked at.

    Attributes
    ----------
    name : str or None
        Its name in the file.
    members : tuple of str
    verdicts : tuple of Verdict
        One for each concept, but for the undecided ones.
    undecided : tuple of str
        Concepts for which time ran out.
    stable_states : mapping from concept to int
        How many of all states are stable against it; empty where there are too many to look at.
    uncounted : tuple of str
        Concepts for which time ran out before all states were looked at.
    line : Line or None
        How its members stand, and its wedges; None for a coalition of one.
    broken : tuple of str or None
        The states within reach where some member would gain by leaving the line; None where that was not
        looked for, for the reason in `broken_refused`, and for a coalition of one.
    broken_refused : str or None
    """

    name: str | None
    members: tuple[str, ...]
    verdicts: tuple[Verdict, ...]
    undecided: tuple[str, ...]
    stable_states: dict[str, int]
    uncounted: tuple[str, ...]
    line: Line | None
    broken: tuple[str, ...] | None = None
    broken_refused: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AllCoalitions:
    """Every nonempty coalition.

    Attributes
    ----------
    coalitions, looked_at : int
        How many there are, and how many were looked at before time ran out.
    stable_states : mapping from concept to tuple of str
        The states that are stable against all coalitions looked at: universally coalition-stable.
        Empty where that was not looked for.
    asked : int
        Of how many it was settled in time whether they have reason to leave the state looked at.
    against : tuple of tuples of str
        Those of them that have, under the concept asked for.
    alone : tuple of str
        Those who would leave the state by the stability of single decision makers, though the coalition
        of one does not: against it the others may act together.
    """

    coalitions: int
    looked_at: int
    stable_states: dict[str, tuple[str, ...]]
    asked: int
    against: tuple[tuple[str, ...], ...]
    alone: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Coalitions:
    """The whole answer.

    Attributes
    ----------
    assumed : str or None
        The statement taken as true.
    state : str
        The state looked at.
    rule, concept : str
    coalitions : tuple of CoalitionView
    all_coalitions : AllCoalitions or None
    refused : str or None
        Why not all coalitions were looked at.
    reachable : int
        How many states can be reached from the state looked at, itself included.
    agreement : tuple of Agreement
        Over these states, for every two decision makers.
    deals : tuple of Deal
    unreached : tuple of str
        Those of the deals to which no legal sequence of moves leads.
    """

    assumed: str | None
    state: str
    rule: str
    concept: str
    coalitions: tuple[CoalitionView, ...]
    all_coalitions: AllCoalitions | None
    refused: str | None
    reachable: int
    agreement: tuple[Agreement, ...]
    deals: tuple[Deal, ...]
    unreached: tuple[str, ...]


def coalitions(
    study: Study,
    of: Sequence[str] = (),
    at: str | None = None,
    deals: Sequence[str] = (),
    *,
    rule: str = "legal_sequence",
    concept: str = "seq",
    most: int = 3,
    time_limit: float | None = None,
    progress: Progress | None = None,
) -> Coalitions:
    """Say which coalitions have reason to leave a state, what drives them apart, and who spoils a deal.

    Parameters
    ----------
    of : sequence of str
        Coalitions: names in the file, or ids joined by commas such as ``us,japan``. Those of the
        file if left out.
    at : str, optional
        The state looked at; the status quo if left out.
    deals : sequence of str
        States that are looked at as deals, compared with `at`.
    rule : str
        How a coalition moves: ``legal_sequence``, or ``one_jump`` as in GMCR+ 0.4.1.
    concept : str
        ``nash``, ``gmr``, ``smr`` or ``seq``: under which it is told which of all coalitions have
        reason to leave, and what deters spoilers.
    most : int
        Of so many coalition improvements it is told what deters them.
    time_limit : float, optional
        Seconds.

    Raises
    ------
    UsageError
        If there is no such state, decision maker, coalition, rule or concept, or the time limit is
        below 0 or no number.
    RefusedError
        If the rule or the concept is not defined here.
    """
    field = Coalitional(study.graph, _rule(study, rule))
    require_concept(concept)
    state = study.space.status_quo if at is None else study.space.index(at)
    ends = [study.space.index(deal) for deal in deals]
    named = [_coalition(study, text) for text in of or [each.id for each in study.conflict.coalitions]]
    until = end_of(time_limit)
    tell = progress or _ignore
    reached = _within_reach(field, state)
    views = []
    for number, (name, members) in enumerate(named):
        tell("the coalitions named", number / len(named))
        views.append(_view(field, name, members, state, reached, most, until))
    tell("agreement", 0.0)
    compared = _agreements(field, reached)
    tell("deals", 0.0)
    found = tuple(spoilers(study.graph, end, state, concept) for end in ends)
    everybody, refused = _all(field, state, concept, until, tell)
    return Coalitions(
        assumed=study.assumed,
        state=study.space.label(state),
        rule=rule,
        concept=concept,
        coalitions=tuple(views),
        all_coalitions=everybody,
        refused=refused,
        reachable=reached.size,
        agreement=compared,
        deals=found,
        unreached=tuple(study.space.label(end) for end in ends if end not in reached),
    )


def _ignore(_phase: str, _fraction: float) -> None:
    """Show no progress."""


def _rule(study: Study, rule: str) -> str:
    if rule not in RULES:
        raise UsageError(f"There is no rule '{rule}' for coalitions. {did_you_mean(rule, RULES)}")
    if rule == "one_jump" and study.graph.is_graph_form:
        raise RefusedError(
            "In one jump the members of a coalition change their options at the same time; this conflict "
            "has no options. Ask for the rule legal_sequence."
        )
    return rule


def _coalition(study: Study, text: str) -> tuple[str | None, tuple[int, ...]]:
    """Return a coalition, with its name in the file if it has one."""
    members = parties_of(study, text)
    names = [each.id for each in study.conflict.coalitions if parties_of(study, each.members) == members]
    return next(iter(sorted(names, key=lambda name: name != text.strip())), None), members


def _view(
    field: Coalitional,
    name: str | None,
    members: tuple[int, ...],
    state: int,
    reached: States,
    most: int,
    until: float | None,
) -> CoalitionView:
    verdicts: list[Verdict] = []
    undecided: list[str] = []
    for concept in CONCEPTS:
        try:
            verdicts.append(judge(field, members, state, concept, most, until))
        except OutOfTimeError:
            undecided.append(concept)
    stable_states, uncounted = _counts(field, members, until)
    common = line(field, members, state, until) if len(members) > 1 else None
    breaks, refused = (None, None) if common is None else _broken(field, members, reached, until)
    return CoalitionView(
        name=name,
        members=field.ids(members),
        verdicts=tuple(verdicts),
        undecided=tuple(undecided),
        stable_states=stable_states,
        uncounted=uncounted,
        line=common,
        broken=breaks,
        broken_refused=refused,
    )


def _broken(
    field: Coalitional, members: tuple[int, ...], reached: States, until: float | None
) -> tuple[tuple[str, ...] | None, str | None]:
    """Return where within reach the line is broken, or why that was not looked for."""
    size = field.graph.space.size
    if size > MOST_STATES:
        return None, f"that is looked for in up to {MOST_STATES:,} states, and there are {size:,}"
    try:
        found = broken(field, members, reached, until)
    except OutOfTimeError:
        return None, "time ran out"
    return tuple(map(field.graph.space.label, found.tolist())), None


def _counts(
    field: Coalitional, members: tuple[int, ...], until: float | None
) -> tuple[dict[str, int], tuple[str, ...]]:
    """Count the states that are stable against a coalition, unless there are too many states."""
    counts: dict[str, int] = {}
    if field.graph.space.size > MOST_STATES:
        return counts, ()
    for number, concept in enumerate(CONCEPTS):
        try:
            counts[concept] = int(stable_against(field, members, concept, until=until).sum())
        except OutOfTimeError:
            return counts, CONCEPTS[number:]
    return counts, ()


def _within_reach(field: Coalitional, state: int) -> States:
    reached = field.in_turn(field.everybody).reached(np.array([state]))[0]
    reached[state] = True
    return np.flatnonzero(reached)


def _agreements(field: Coalitional, states: States) -> tuple[Agreement, ...]:
    names, ranks = field.graph.decision_makers, field.graph.ranks
    pairs = [(i, j) for i in field.everybody for j in field.everybody if i < j]
    return tuple(agreement((names[i], names[j]), ranks[i][states], ranks[j][states]) for i, j in pairs)


def _all(
    field: Coalitional, state: int, concept: str, until: float | None, tell: Progress
) -> tuple[AllCoalitions | None, str | None]:
    try:
        require_size(field, timed=until is not None)
    except RefusedError as refusal:
        return None, str(refusal)
    against, asked = leaving(field, state, concept, subcoalitions(field.everybody), until, tell)
    found = universally_stable(field, until=until, progress=tell)
    label = field.graph.space.label
    everywhere = AllCoalitions(
        coalitions=found.coalitions,
        looked_at=found.looked_at,
        stable_states={key: tuple(map(label, states.tolist())) for key, states in found.stable.items()},
        asked=asked,
        against=tuple(field.ids(each) for each in against),
        alone=_alone(field, state, concept, against) if asked == found.coalitions else (),
    )
    return everywhere, None


def _alone(
    field: Coalitional, state: int, concept: str, against: Sequence[tuple[int, ...]]
) -> tuple[str, ...]:
    held = [dm for dm in field.everybody if (dm,) not in against]
    return field.ids([dm for dm in held if not judge_alone(field.graph, dm, state, concept).stable])
