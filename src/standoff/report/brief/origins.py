"""Where sentences come from, read off a study: each function returns an `Origin` with its values."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from standoff.analyses.coalitions.results import Verdict
from standoff.analyses.foresight import Expectation, Foresight, Guarantee, NonMyopic, Stackelberg
from standoff.analyses.levers import Levers
from standoff.analyses.moves import NextMoves
from standoff.analyses.paths.result import Cycles, Ways
from standoff.analyses.ripeness import Ripeness
from standoff.analyses.spoilers import Deal, Spoiler
from standoff.graph import States
from standoff.report.brief.asked import CommonLine
from standoff.report.brief.value import Origin, Sentence
from standoff.report.roadmap.told import About
from standoff.report.words import side_sentence
from standoff.study import Study
from standoff.timing.roadmap.result import Defection, Guarded, Schedule, Test, Threat, UnderType
from standoff.timing.roadmap.verdicts import RankRow, Row

_TOLD_FROM = ("nash", "seq", "gmr")


def verdict(study: Study, state: str, dm: str, concept: str) -> Origin:
    """Return whether a state is stable for a decision maker under a concept."""
    stable = bool(study.stable[concept][study.number_of(dm), study.space.index(state)])
    return Origin(kind="verdict", state=state, decision_maker=dm, concept=concept, stable=stable)


def standing(study: Study, state: str, dm: str) -> Origin:
    """Return the strongest of Nash, SEQ and GMR stability that holds, else that GMR does not."""
    found = [verdict(study, state, dm, concept) for concept in _TOLD_FROM]
    return next((origin for origin in found if origin.stable), found[-1])


def side(study: Study, state: str, dm: str) -> Sentence:
    """Say why a decision maker stays in a state or would leave it."""
    return Sentence(side_sentence(study, state, dm), (standing(study, state, dm),))


def equilibrium(study: Study, state: str, concept: str) -> Origin:
    """Return whether a state is an equilibrium under a concept."""
    stable = bool(study.stable[concept][:, study.space.index(state)].all())
    return Origin(kind="equilibrium", state=state, concept=concept, stable=stable)


def equilibria(study: Study, concept: str) -> Origin:
    """Return how many states are equilibria under a concept."""
    return Origin(kind="equilibria", concept=concept, number=int(study.equilibrium_states(concept).size))


def ranking(study: Study, state: str, dm: str) -> Origin:
    """Return whether a state is better than, equal to or worse than the status quo for a decision maker."""
    ranks = study.graph.ranks[study.number_of(dm)]
    here, today = int(ranks[study.space.index(state)]), int(ranks[study.space.status_quo])
    relation = "better" if here > today else "worse" if here < today else "equal"
    return Origin(kind="ranking", state=state, decision_maker=dm, relation=relation)


def gains(study: Study, concept: str) -> Origin:
    """Return how many equilibria are better for every decision maker than the status quo."""
    number = int(better_for_all(study, concept).size)
    return Origin(kind="gains", concept=concept, relation="better for all", number=number)


def pareto(study: Study, concept: str) -> Origin:
    """Return how many equilibria are worse for nobody than the status quo, and better for somebody."""
    found, today = study.equilibrium_states(concept), study.space.status_quo
    no_worse = np.all([ranks[found] >= ranks[today] for ranks in study.graph.ranks], axis=0)
    better = np.any([ranks[found] > ranks[today] for ranks in study.graph.ranks], axis=0)
    number = int((no_worse & better).sum())
    return Origin(kind="gains", concept=concept, relation="worse for nobody", number=number)


def better_for_all(study: Study, concept: str) -> States:
    """Return the equilibria that are better for every decision maker than the status quo."""
    found, today = study.equilibrium_states(concept), study.space.status_quo
    return found[np.all([ranks[found] > ranks[today] for ranks in study.graph.ranks], axis=0)]


def moves(study: Study, state: str, dm: str) -> Origin:
    """Return how many moves of a decision maker from a state are improvements."""
    number = study.graph.improvements(study.number_of(dm), study.space.index(state)).size
    return Origin(kind="moves", state=state, decision_maker=dm, number=int(number))


def ripeness(found: Ripeness) -> Origin:
    """Return which condition of ripeness fails, and how many states the zone has."""
    parties = ",".join(found.parties)
    return Origin(
        kind="ripeness",
        state=found.state,
        name=parties,
        relation=found.failing or "none",
        number=found.zone.size,
    )


def next_moves(found: NextMoves) -> Origin:
    """Return how many moves of a decision maker rank before staying, and what the first one is."""
    return Origin(
        kind="next moves",
        state=found.state,
        decision_maker=found.decision_maker,
        relation=found.moves[0].verdict if found.moves else None,
        number=found.better_than_staying,
    )


def path_to(found: Ways) -> Origin:
    """Return how many sacrifices the cheapest way to a state asks for, and who gives first."""
    way = found.ways["sacrifices"]
    first = None if way is None else way.first_to_give
    giver = "" if way is None or first is None else ",".join(way.steps[first].worse_off)
    return Origin(
        kind="path",
        state=found.to,
        name=";".join(",".join(members) for members in found.coalitions) or None,
        decision_maker=giver or None,
        relation="improvements" if found.ways["improvements"] is not None else None,
        number=None if way is None else way.cost.sacrifices,
    )


def rounds(found: Cycles) -> Origin:
    """Return how many rounds of improvements there are."""
    return Origin(kind="cycles", state=found.start, number=found.rounds)


def spoiler(deal: Deal, found: Spoiler) -> Origin:
    """Return what a deal is to a party."""
    return Origin(kind="spoiler", state=deal.state, decision_maker=found.party, relation=found.grade)


def common_line(study: Study, found: CommonLine) -> Origin:
    """Return how many moves from the status quo drive members of a coalition apart."""
    members = ",".join(found.members)
    return Origin(kind="wedges", state=study.status_quo, name=members, number=len(found.line.wedges))


def coalitions(state: str, concept: str, number: int) -> Origin:
    """Return how many of all coalitions have reason to leave a state."""
    return Origin(kind="coalitions", state=state, concept=concept, number=number)


def together(found: Verdict) -> Origin:
    """Return whether a state is stable against a coalition."""
    members = ",".join(found.coalition)
    return Origin(
        kind="together", state=found.state, name=members, concept=found.concept, stable=found.stable
    )


def foresight(
    found: Foresight, kind: str, who: str, about: Expectation | Guarantee | NonMyopic | Stackelberg
) -> Origin:
    """Return whether a decision maker that looks ahead stays, and what it expects else."""
    number: int | None
    end = None
    match about:
        case Expectation():
            number, end = about.horizon, about.end
        case Guarantee():
            number = about.horizon
        case NonMyopic():
            number, end = None, ",".join(about.ends)
        case Stackelberg():
            number = about.states
    return Origin(
        kind="foresight",
        state=found.state,
        decision_maker=who,
        stable=about.stable,
        relation=end,
        name=kind,
        number=number,
    )


def lever(found: Levers) -> Origin:
    """Return whether a state is an equilibrium, and how large the least change is that alters it."""
    (pulled,) = found.levers
    size = None if pulled.size is None else int(pulled.size)
    stable = all(found.stable.values())
    return Origin(
        kind="lever", state=found.state, concept=found.concept, stable=stable, name=pulled.by, number=size
    )


_CREDIBLE = {True: "credible", False: "not credible", None: "depends on spacings"}


def phased(found: About) -> tuple[Origin, ...]:
    """Return what a result on a phased deal says: of a schedule or a safeguard under each type."""
    match found:
        case Row():
            return (_at_step("kept", found, stable=found.holds),)
        case RankRow():
            return (_at_step("spacings", found, relation=found.holds),)
        case Defection():
            return (_at_step("defection", found),)
        case Threat():
            return (_threat(found),)
        case Schedule():
            return _under_types("schedule", found.by_type, found.states)
        case Guarded():
            return (*_under_types("safeguard", found.by_type, found.ids), _threat(found.threat, found.ids))
        case Test():
            return (Origin(kind="test", name=found.type, relation=_better(found)),)


def _at_step(
    kind: str,
    found: Row | RankRow | Defection,
    *,
    stable: bool | None = None,
    relation: str | None = None,
) -> Origin:
    return Origin(
        kind=kind,
        decision_maker=found.decision_maker,
        name=found.type,
        number=found.place,
        stable=stable,
        relation=relation,
    )


def _under_types(kind: str, by_type: Sequence[UnderType], what: Sequence[str]) -> tuple[Origin, ...]:
    said = ",".join(what)
    return tuple(
        Origin(kind=kind, name=each.type, statement=said, stable=each.holds, relation=each.by_ranks)
        for each in by_type
    )


def _threat(found: Threat, safeguards: Sequence[str] = ()) -> Origin:
    statement = ",".join(safeguards) or None
    return Origin(kind="threat", statement=statement, relation=_CREDIBLE[found.credible])


def _better(found: Test) -> str:
    """Return which is better for the focal side, the phased deal or the single step."""
    if found.belief_below is not None:
        return "by belief"
    steps = [one[1] - other[1] for one, other in zip(found.phased, found.at_once, strict=True)]
    if min(steps) >= 0 and max(steps) > 0:
        return "phased"
    return "at once" if max(steps) <= 0 and min(steps) < 0 else "as good"
