"""A phased deal in sentences: who keeps which step, on what that hangs, and what stands behind it."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence

from standoff.report.names import change, clean, counted, dm_name, listed, state_name
from standoff.report.ways import parties
from standoff.stability.verdict import Move
from standoff.study import Study
from standoff.timing.roadmap.result import (
    Assumed,
    BreachAnswer,
    DealStep,
    Demand,
    Guarded,
    RankRow,
    RoadmapAnswer,
    Row,
    Schedule,
    Temptation,
    Threat,
    Weight,
)

MOST_DEMANDS = 4
"""So many conditions of a side are told unless every one is asked for."""

CAUTION = (
    "Only single deviations against this reversion were looked at: that suffices for the deal to keep itself "
    "if the reversion is credible, but other reversions might keep a deal that fails here."
)


def roadmap_sentences(study: Study, found: RoadmapAnswer, *, every: bool = False) -> list[str]:
    """Say whether the deal keeps itself, which step is weakest, who defects, and what stands behind it.

    Of the conditions on spacings the first few are told, unless every one is asked for.
    """
    return [
        *_payoffs(study, found),
        *_ranks(study, found, sys.maxsize if every else MOST_DEMANDS),
        *_threat(study, found.threat, found.answers),
        *_schedules(study, found),
        *_defections(study, found),
        *_test(study, found),
        *(_guarded(study, found, guarded) for guarded in found.safeguards),
        *_contradicted(study, found),
        CAUTION,
    ]


def side_name(study: Study, dm: str, type_: str | None) -> str:
    """Return a decision maker by name, with its type if it has several."""
    if type_ is None or study.conflict.types is None:
        return dm_name(study, dm)
    name = next(each.name for each in study.conflict.types.types if each.id == type_)
    return f"{dm_name(study, dm)} ({clean(name)})"


def step_name(found: RoadmapAnswer, place: int) -> str:
    """Return a step by number and states; keeping the end is no step of its own."""
    step = found.steps[place - 1]
    if step.origin == step.target:
        return f"the end point {step.target}"
    return f"step {place} ({step.origin} to {step.target})"


def step_words(study: Study, step: DealStep) -> str:
    """Return who does what in a step."""
    if not step.movers:
        return f"{step.target} is kept for ever"
    who = parties(study, step.movers)
    together = " together" if len(step.movers) > 1 else ""
    move = Move(mover=step.movers[0], origin=step.origin, target=step.target)
    return f"{who}{together} {change(study, move)} ({step.target})"


def months(number: float) -> str:
    """Return a time in months."""
    return f"{number:g} month{'' if number == 1 else 's'}"


def percent(share: float) -> str:
    """Return a share as a percentage with three digits at most."""
    return f"{100 * share:.3g} %"


def rate_words(row: Row) -> str:
    """Return up to which discount rate a side keeps a step."""
    if row.critical_factor is None:
        return "no discount rate near 0"
    if row.critical_factor == 0:
        return "any discount rate"
    return f"discount rates up to {percent(row.bears_rate_per_year or 0)} a year"


def _payoffs(study: Study, found: RoadmapAnswer) -> Iterator[str]:
    failing = [row for row in found.rows if not row.holds]
    known = {(party.decision_maker, party.type) for party in found.parties if party.known_by == "payoffs"}
    if not known:
        return
    who = listed(side_name(study, dm, type_) for dm, type_ in sorted(known, key=str))
    if failing:
        yield f"By the payoffs stated ({who}), the deal does not keep itself."
        for row in failing:
            yield _failure(study, found, row)
    else:
        yield f"By the payoffs stated ({who}), every step is kept."
    weakest = found.weakest
    if weakest is not None:
        side = side_name(study, weakest.decision_maker, weakest.type)
        able = f", and keeps it at {rate_words(weakest)}" if weakest.holds else ""
        gains = f"{'gains' if weakest.margin >= 0 else 'loses'} {abs(weakest.margin):.4g}"
        yield (
            f"The weakest point is {step_name(found, weakest.place)}: {side} {gains} by keeping it, "
            f"{percent(abs(weakest.share))} of the spread of its payoffs for ever{able}."
        )


def _failure(study: Study, found: RoadmapAnswer, row: Row) -> str:
    side = side_name(study, row.decision_maker, row.type)
    able = rate_words(row)
    kept = "it would keep it at no discount rate" if not row.kept_at else f"it would keep it at {able}"
    if row.kept_at and row.critical_factor is None:
        ranges = listed(f"{low:.4g} to {high:.4g}" for low, high in row.kept_at)
        kept = f"it would keep it only at discount factors for a step of {ranges}"
    return (
        f"{side} breaks {step_name(found, row.place)}: it gains {-row.margin:.4g} by "
        f"{breach_words(study, found, row.place, row.decision_maker, row.breach)}; {kept}."
    )


def breach_words(study: Study, found: RoadmapAnswer, place: int, dm: str, breach: str) -> str:
    """Return what a side does in place of its part of a step, against keeping it."""
    step = found.steps[place - 1]
    if not study.space.options:
        stays = breach == step.origin and dm in step.movers
        return f"staying at {breach}" if stays else f"moving to {breach}"
    told = change(study, Move(mover=dm, origin=step.target, target=breach))
    return f"{_own(study, dm, step.target, breach, told)} ({breach})"


def _own(study: Study, dm: str, target: str, breach: str, told: str) -> str:
    """Return the change in words if only the side's own options differ; else nothing of the step happens."""
    space = study.space
    differing = set(space.taken(space.index(target))) ^ set(space.taken(space.index(breach)))
    own = {option.name for option in study.conflict.decision_makers[study.number_of(dm)].options}
    return told if differing <= own else "not taking part, so that the step does not come about"


def _ranks(study: Study, found: RoadmapAnswer, most: int) -> Iterator[str]:
    for row in found.rank_rows:
        if row.place is not None:
            continue
        side = side_name(study, row.decision_maker, row.type)
        if row.holds == "all":
            yield f"{side}, of which only ranks are known, keeps every step under every spacing of its ranks."
        elif row.holds == "none":
            yield f"{side}, of which only ranks are known, keeps the deal under no spacing of its ranks."
            yield from _hopeless(study, found, row)
        else:
            yield (
                f"{side}, of which only ranks are known, keeps the deal under some spacings of its ranks and "
                f"not under others: it depends on {listed(_stretch_names(row))}."
            )
            yield from (_demand_words(study, found, row, demand) for demand in row.demands[:most])
            rest = len(row.demands) - most
            if rest > 0:
                yield f"{counted(rest, 'more condition')} of this kind; --all tells them."
            yield from _stretch_sentences(side, row, most)


def _hopeless(study: Study, found: RoadmapAnswer, row: RankRow) -> Iterator[str]:
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
            yield f"It breaks {step_name(found, each.place or 0)} under every spacing."
        else:
            what = breach_words(study, found, demand.place, row.decision_maker, demand.breach)
            yield f"It breaks {step_name(found, demand.place)} under every spacing, by {what}."
    if not same:
        yield "No one spacing satisfies the conditions of all its steps."


def _stretch_names(row: RankRow) -> list[str]:
    """Return the stretches that conditions speak of, each once."""
    told = [each for demand in row.demands for each in (*demand.gains, *demand.losses)]
    names = list(dict.fromkeys(f"how much better {each.upper} is than {each.lower}" for each in told))
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


def _threat(study: Study, threat: Threat, answers: Sequence[BreachAnswer]) -> Iterator[str]:
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


def _schedules(study: Study, found: RoadmapAnswer) -> Iterator[str]:
    single, whole = found.at_once, found.schedules[0]
    if single is None:
        yield f"The same end point cannot be reached from {found.states[0]} in one step."
    elif whole.steps > 1:
        yield f"In one joint step to {found.states[-1]}: {_standing(study, single)}."
    if len(found.schedules) > 1:
        for type_, best in found.best:
            yield _least_patience(study, found, type_, best)
    if not found.tried_all:
        yield "The way is long, so of its shorter forms only the single step was tried."


def _least_patience(study: Study, found: RoadmapAnswer, type_: str | None, best: Schedule) -> str:
    """Say which number of steps asks for the least patience, under one type if there are several."""
    single, whole = found.at_once, found.schedules[0]
    others = [f"{_critical(whole, type_)} for the deal as asked"]
    if single is not None:
        others.append(f"{_critical(single, type_)} for the single step")
    opening = "The least patience is asked by"
    if type_ is not None and study.conflict.types is not None:
        opening = (
            f"If it is {side_name(study, study.conflict.types.decision_maker, type_)}, the least is asked by"
        )
    return (
        f"{opening} {counted(best.steps, 'step')} ({' to '.join(best.states)}): a discount factor of "
        f"{_critical(best, type_)} for a step, against {listed(others)}."
    )


def _critical(schedule: Schedule, type_: str | None) -> str:
    factor = dict(schedule.by_type)[type_]
    return "none" if factor is None else f"{factor:.4g}"


def _standing(study: Study, schedule: Schedule | Guarded) -> str:
    """Return how all sides stand on a schedule or under a safeguard."""
    told = []
    weakest = schedule.weakest
    if schedule.holds is not None and weakest is not None:
        side = side_name(study, weakest.decision_maker, weakest.type)
        if schedule.holds:
            told.append(f"kept by the payoffs stated, weakest for {side} ({percent(weakest.share)})")
        else:
            told.append(f"broken by {side} at step {weakest.place} ({percent(weakest.share)})")
    by_ranks = {
        "all": "kept under every spacing by those known by ranks",
        "some": "kept by those known by ranks under some spacings only",
        "none": "under no spacing kept by all of those known by ranks",
    }
    if schedule.by_ranks is not None:
        told.append(by_ranks[schedule.by_ranks])
    return listed(told) or "nobody has another choice"


def _defections(study: Study, found: RoadmapAnswer) -> Iterator[str]:
    for each in found.defections:
        if each.place is None:
            continue
        side = side_name(study, each.decision_maker, each.type)
        worth = ""
        focal = study.conflict.timing.focal if study.conflict.timing else None
        if each.focal_worth is not None and focal is not None and focal != each.decision_maker:
            worth = f"; the deal is then worth {each.focal_worth:.4g} to {dm_name(study, focal)}"
        yield (
            f"Planning from the start, {side} would break the deal at {step_name(found, each.place)}, "
            f"and gain {each.gain:.4g} by that{worth}."
        )


def _test(study: Study, found: RoadmapAnswer) -> Iterator[str]:
    test = found.test
    if test is None or study.conflict.types is None or len(found.schedules[0].states) < 3:
        return
    name = next(each.name for each in study.conflict.types.types if each.id == test.type)
    if test.belief_below is not None:
        yield (
            f"The phased deal is better than the single step if the belief in ‘{clean(name)}’ is below "
            f"{test.belief_below:.4g}: its first steps test the type."
        )
        return
    pairs = list(zip(test.phased, test.at_once, strict=True))
    better = all(one[1] >= other[1] for one, other in pairs)
    worse = all(one[1] <= other[1] for one, other in pairs)
    if better != worse:
        yield f"The {'phased deal' if better else 'single step'} is the better one whatever the type."


def _guarded(study: Study, found: RoadmapAnswer, guarded: Guarded) -> str:
    plain = {each.decision_maker: each for each in found.answers}
    changed = [each for each in guarded.answers if each != plain[each.decision_maker]]
    told = []
    for each in changed:
        before = plain[each.decision_maker]
        parts = []
        if each.detection_months != before.detection_months:
            parts.append(f"seen after {months(each.detection_months)}")
        if each.reversion != before.reversion:
            parts.append(f"answered by {clean(each.reversion)}")
        told.append(f"a breach by {dm_name(study, each.decision_maker)} is {listed(parts)}")
    name = listed(f"‘{clean(label)}’" for label in guarded.labels)
    threat = {
        True: "the threat is credible",
        False: "the threat is not credible",
        None: "whether the threat is credible depends on spacings",
    }[guarded.threat.credible]
    return f"With {name} ({listed(told) or 'nothing changes'}): {_standing(study, guarded)}; {threat}."


def _contradicted(study: Study, found: RoadmapAnswer) -> Iterator[str]:
    for dm, type_, above, below in found.contradicted:
        side = side_name(study, dm, type_)
        yield f"The payoffs of {side} go against its ranking: they put {above} above {below}."


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
            return f"A breach is seen after {months(value)} ({why})."
        case "discount_per_year":
            return f"{who} discounts by {percent(value)} a year ({why})."
        case "payoffs":
            return f"{counted(int(value), 'payoff')} of {who}: {why}."
        case "stock":
            return f"The stock ‘{clean(each.name or '')}’ in the payoffs of {who} stays at {value:g}."
    return f"After a breach: {clean(each.name or '')} ({why})."


def title(study: Study, found: RoadmapAnswer) -> str:
    """Return the heading: the states that the deal leads through."""
    first, *rest = found.states
    return f"The deal from {state_name(study, first)} to {' to '.join(rest)}"
