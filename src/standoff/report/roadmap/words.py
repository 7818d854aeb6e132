"""A phased deal in sentences: who keeps which step, on what that hangs, and what stands behind it."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence

from standoff.report.names import change, change_to, clean, counted, dm_name, listed, state_name
from standoff.report.roadmap.compared import compared
from standoff.report.roadmap.explained import (
    MOST_DEMANDS,
    explained_by_ranks,
    explained_otherwise,
    stretches_of,
)
from standoff.report.roadmap.names import months, percent, side_name, step_name
from standoff.report.roadmap.told import Told
from standoff.report.ways import parties
from standoff.stability.verdict import Move
from standoff.study import Study
from standoff.timing.roadmap.result import RoadmapAnswer, Temptation, Threat
from standoff.timing.roadmap.verdicts import Assumed, BreachAnswer, DealStep, Demand, RankRow, Row, Weight

CAUTION = (
    "Only single deviations against this reversion were looked at: that suffices for the deal to keep itself "
    "if the reversion is credible, but other reversions might keep a deal that fails here."
)

_NEARLY_ONE = 0.9999


def roadmap_sentences(study: Study, found: RoadmapAnswer, *, every: bool = False) -> list[str]:
    """Say whether the deal keeps itself, which step is weakest, who defects, and what stands behind it.

    Of the conditions on spacings the first few are told, unless every one is asked for.
    """
    return [each.text for each in roadmap_told(study, found, every=every)]


def roadmap_told(study: Study, found: RoadmapAnswer, *, every: bool = False) -> list[Told]:
    """Return the same sentences, each with the results that it was made from."""
    most = sys.maxsize if every else MOST_DEMANDS
    return [
        *_payoffs(study, found),
        *_ranks(study, found, most),
        *(Told(text, is_detail=True) for text in explained_by_ranks(study, found, most)),
        *_threat(study, found.threat, found.answers),
        *compared(study, found),
        *_contradicted(study, found),
        *(Told(text, is_detail=True) for text in explained_otherwise(study, found, most)),
        Told(CAUTION),
    ]


def terms(found: RoadmapAnswer) -> str:
    """Return how many steps the deal has, how long each takes, and what then."""
    steps = counted(len(found.states) - 1, "step")
    return f"{steps} of {months(found.step_months)}; then the end point is kept for ever."


def step_words(study: Study, step: DealStep) -> str:
    """Return who does what in a step."""
    if not step.movers:
        return f"{step.target} is kept for ever"
    who = parties(study, step.movers)
    together = " together" if len(step.movers) > 1 else ""
    move = Move(mover=step.movers[0], origin=step.origin, target=step.target)
    return f"{who}{together} {change_to(study, move)}"


def rate_words(row: Row) -> str:
    """Return up to which discount rate a side keeps a step."""
    if row.critical_factor is None:
        return "no discount rate near 0"
    if row.critical_factor == 0:
        return "any discount rate"
    return f"discount rates up to {percent(row.bears_rate_per_year or 0)} a year"


def _payoffs(study: Study, found: RoadmapAnswer) -> Iterator[Told]:
    failing = [row for row in found.rows if not row.holds]
    known = {(party.decision_maker, party.type) for party in found.parties if party.known_by == "payoffs"}
    if not known:
        return
    who = listed(side_name(study, dm, type_) for dm, type_ in sorted(known, key=str))
    if failing:
        yield Told(f"By the payoffs stated ({who}), the deal does not keep itself.", found.rows)
        for row in failing:
            yield Told(_failure(study, found, row), (row,), is_detail=True)
    else:
        yield Told(f"By the payoffs stated ({who}), every step is kept.", found.rows)
    if found.weakest is not None:
        yield Told(_weakest(study, found, found.weakest), (found.weakest,))


def _weakest(study: Study, found: RoadmapAnswer, weakest: Row) -> str:
    side = side_name(study, weakest.decision_maker, weakest.type)
    able = f", and keeps it at {rate_words(weakest)}" if weakest.holds else ""
    gains = f"{'gains' if weakest.margin >= 0 else 'loses'} {abs(weakest.margin):.4g}"
    return (
        f"The weakest point is {step_name(found, weakest.place)}: {side} {gains} by keeping it, "
        f"{percent(abs(weakest.share))} of the spread of its payoffs for ever{able}."
    )


def _failure(study: Study, found: RoadmapAnswer, row: Row) -> str:
    side = side_name(study, row.decision_maker, row.type)
    able = rate_words(row)
    kept = "it would keep it at no discount rate" if not row.kept_at else f"it would keep it at {able}"
    if row.kept_at and row.critical_factor is None:
        ranges = listed(f"{_factor(low)} to {_factor(high)}" for low, high in row.kept_at)
        kept = f"it would keep it only at discount factors for a step of {ranges}"
    return (
        f"{side} breaks {step_name(found, row.place)}: it gains {-row.margin:.4g} by "
        f"{breach_words(study, found, row.place, row.decision_maker, row.breach)}; {kept}."
    )


def _factor(value: float) -> str:
    """Return a discount factor with four digits; with more if it would look like 1 without being it."""
    return f"{value:.4g}" if value == 1 or value < _NEARLY_ONE else f"{value:.10g}"


def breach_words(study: Study, found: RoadmapAnswer, place: int, dm: str, breach: str) -> str:
    """Return what a side does in place of its part of a step, against keeping it."""
    step = found.steps[place - 1]
    if not study.space.options:
        stays = breach == step.origin and dm in step.movers
        return f"staying at {breach}" if stays else f"moving to {breach}"
    if dm in step.movers and _part(study, dm, breach) == _part(study, dm, step.origin):
        return f"not doing its part ({breach})"
    told = change(study, Move(mover=dm, origin=step.target, target=breach))
    return f"{_own(study, dm, step.target, breach, told)} ({breach})"


def _part(study: Study, dm: str, state: str) -> set[str]:
    """Return the options of its own that a side takes in a state."""
    own = study.conflict.decision_makers[study.number_of(dm)].options
    taken = study.space.taken(study.space.index(state))
    return {option.name for option in own}.intersection(taken)


def _own(study: Study, dm: str, target: str, breach: str, told: str) -> str:
    """Return the change in words if only the side's own options differ; else nothing of the step happens."""
    space = study.space
    differing = set(space.taken(space.index(target))) ^ set(space.taken(space.index(breach)))
    own = {option.name for option in study.conflict.decision_makers[study.number_of(dm)].options}
    return told if differing <= own else "not taking part, so that the step does not come about"


def _ranks(study: Study, found: RoadmapAnswer, most: int) -> Iterator[Told]:
    for row in found.rank_rows:
        if row.place is not None:
            continue
        known = f"{side_name(study, row.decision_maker, row.type)}, of which only ranks are known, keeps"
        if row.holds == "all":
            yield Told(f"{known} every step under every spacing of its ranks.", (row,))
        elif row.holds == "none":
            yield Told(f"{known} the deal under no spacing of its ranks.", (row,))
            yield from _hopeless(study, found, row)
        else:
            depends = (
                f"{known} the deal under some spacings of its ranks and not under others: it depends on "
                f"{listed(_stretch_names(row))}."
            )
            yield Told(depends, (row,))
            conditions = _conditions(study, found, row, most)
            yield from (Told(text, (row,), is_detail=True) for text in conditions)


def _conditions(study: Study, found: RoadmapAnswer, row: RankRow, most: int) -> Iterator[str]:
    """Say what the spacings must satisfy under which a side keeps the deal."""
    yield from (_demand_words(study, found, row, demand) for demand in row.demands[:most])
    rest = len(row.demands) - most
    if rest > 0:
        yield f"{counted(rest, 'more condition')} of this kind; roadmap --all tells them."
    yield from _stretch_sentences(side_name(study, row.decision_maker, row.type), row, most)


def _hopeless(study: Study, found: RoadmapAnswer, row: RankRow) -> Iterator[Told]:
    """Say at which steps the side would breach whatever the spacing."""
    same = [
        each
        for each in found.rank_rows
        if each.place is not None
        and (each.decision_maker, each.type, each.holds) == (row.decision_maker, row.type, "none")
    ]
    for each in same:
        demand = next((one for one in each.demands if not one.gains), None)
        if demand is None:
            text = f"It breaks {step_name(found, each.place or 0)} under every spacing."
        else:
            what = breach_words(study, found, demand.place, row.decision_maker, demand.breach)
            text = f"It breaks {step_name(found, demand.place)} under every spacing, by {what}."
        yield Told(text, (each,), is_detail=True)
    if not same:
        yield Told("No one spacing satisfies the conditions of all its steps.", (row,), is_detail=True)


def _stretch_names(row: RankRow) -> list[str]:
    """Return the stretches that conditions speak of, each once."""
    names = [f"how much better {upper} is than {lower}" for lower, upper in stretches_of(row)]
    return names if len(names) <= MOST_DEMANDS else [*names[:MOST_DEMANDS], "more"]


def _demand_words(study: Study, found: RoadmapAnswer, row: RankRow, demand: Demand) -> str:
    gains, losses = _sum(demand.gains), _sum(demand.losses)
    where = step_name(found, demand.place)
    what = breach_words(study, found, demand.place, row.decision_maker, demand.breach)
    return f"At {where}, against {what}: {gains} must outweigh {losses}."


def _sum(weights: Sequence[Weight]) -> str:
    return listed(
        f"{abs(each.weight):.3g} of the gap from {each.lower} up to {each.upper}" for each in weights
    )


def _stretch_sentences(side: str, row: RankRow, most: int) -> Iterator[str]:
    for each in row.stretches[:most]:
        ends = []
        if each.least > 0:
            ends.append(f"at least {percent(each.least)}")
        if each.greatest < 1:
            ends.append(f"at most {percent(each.greatest)}")
        yield (
            f"So for {side} the gap from {each.lower} up to {each.upper} must take {listed(ends)} of its "
            f"range from {row.worst} to {row.best}."
        )


def _threat(study: Study, threat: Threat, answers: Sequence[BreachAnswer]) -> Iterator[Told]:
    return (Told(text, (threat,)) for text in _threat_words(study, threat, answers))


def _threat_words(study: Study, threat: Threat, answers: Sequence[BreachAnswer]) -> Iterator[str]:
    name = listed(dict.fromkeys(clean(each.reversion) for each in answers), "or")
    if threat.stuck:
        yield (
            f"Threat not credible: from {listed(threat.stuck)} the reversion ({name}) cannot be carried out; "
            "it was taken that things stay there."
        )
    certain = [each for each in threat.temptations if each.certain]
    for each in certain:
        side = side_name(study, each.decision_maker, each.type)
        what = _tempting(study, each)
        yield f"Threat not credible: at {each.state}, where a breach leads, {side} gains by {what}."
    open_ = [each for each in threat.temptations if not each.certain]
    for each in open_:
        side = side_name(study, each.decision_maker, each.type)
        yield (
            f"Whether the threat is credible depends on the spacing of {side}'s ranks: at {each.state} it "
            f"might gain by {_tempting(study, each)}."
        )
    if threat.credible:
        yield f"The threat ({name}) is credible: no side gains by a single deviation from it."


def _tempting(study: Study, each: Temptation) -> str:
    move = Move(mover=each.decision_maker, origin=each.state, target=each.target)
    told = change(study, move)
    return f"{told} ({each.target})" if study.space.options else told


def _contradicted(study: Study, found: RoadmapAnswer) -> Iterator[Told]:
    for dm, type_, above, below in found.contradicted:
        side = side_name(study, dm, type_)
        yield Told(f"The payoffs of {side} go against its ranking: they put {above} above {below}.")


def assumptions(study: Study, found: RoadmapAnswer) -> list[str]:
    """Return what the answer assumes, one line each."""
    return [_assumed(study, each) for each in found.assumed]


_WHY = {
    "default": "nothing was said",
    "as_focal": "as for the focal decision maker",
    "assumption": "an assumption of the file",
    "asked": "as asked",
}


def _assumed(study: Study, each: Assumed) -> str:
    who = dm_name(study, each.decision_maker) if each.decision_maker else ""
    why, value = _WHY[each.basis], each.value or 0
    match each.what:
        case "step_months":
            return f"A step takes {months(value)} ({why})."
        case "detection_months":
            guard = f" with ‘{clean(each.name)}’" if each.name else ""
            return f"A breach is seen after {months(value)}{guard} ({why})."
        case "discount_per_year":
            return f"{who} discounts by {percent(value)} a year ({why})."
        case "payoffs":
            return f"{counted(int(value), 'payoff')} of {who}: {why}."
        case "stock":
            return f"For {who} the stock ‘{clean(each.name or '')}’ stays at {value:g} ({why})."
    return f"After a breach: {clean(each.name or '')} ({why})."


def title(study: Study, found: RoadmapAnswer) -> str:
    """Return the heading: the states that the deal leads through."""
    first, *rest = found.states
    return f"The deal from {state_name(study, first)} to {' to '.join(rest)}"
