"""Key judgements: three to five sentences, each with what it rests on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from standoff.report.brief.asked import Asked, Route
from standoff.report.brief.grounds import rating
from standoff.report.brief.origins import (
    better_for_all,
    equilibria,
    equilibrium,
    gains,
    moves,
    pareto,
    side,
    standing,
    verdict,
)
from standoff.report.brief.sections import giving, pulling, ripeness, spoiling, waiting
from standoff.report.brief.sections.deals import deal_origin
from standoff.report.brief.sections.evidence import tally
from standoff.report.brief.sections.places import compared, holding
from standoff.report.brief.sections.wrong import hanging, unstated
from standoff.report.brief.targets import TOLD, targets
from standoff.report.brief.value import Block, Judgement, Judgements, Origin, Section, Sentence
from standoff.report.names import change_to, clean, counted, dm_name, listed
from standoff.stability.concepts import CONCEPTS
from standoff.study import Study

_SHORT = CONCEPTS[TOLD].short


def section(study: Study, asked: Asked) -> Section:
    """Return the judgements and, where one was given, the analyst's confidence in them."""
    blocks: list[Block] = [Judgements(tuple(_judgements(study, asked)))]
    if asked.rating is not None:
        blocks.append(rating(study, *asked.rating))
    return Section(key="judgements", blocks=tuple(blocks))


def _judgements(study: Study, asked: Asked) -> Iterator[Judgement]:
    """Yield at most five: what would hold, which a section tells, gives way to how long to wait."""
    yield _today(study, asked)
    yield _gains(study, asked)
    until = waiting.judgement(asked)
    if until is None and asked.deals:
        yield _deals(study, asked)
    elif until is None and targets(study)[0]:
        yield _places(study, asked)
    yield _first_step(study, asked.ways.routes)
    if until is not None:
        yield until
    yield _hanging(study)


def _today(study: Study, asked: Asked) -> Judgement:
    """Judge whether the status quo holds: by lack of gains, by deterrence, or not at all."""
    today, sides = study.status_quo, study.decision_makers
    found = {dm: standing(study, today, dm) for dm in sides}
    leaving = [dm for dm in sides if not found[dm].stable]
    held = [dm for dm in sides if found[dm].stable and found[dm].concept != "nash"]
    if leaving:
        verb = "gains" if len(leaving) == 1 else "gain"
        text = (
            f"The status quo, {today}, does not hold: {_names(study, leaving)} {verb} by moving alone, and "
            f"no reply ends as bad for {'it' if len(leaving) == 1 else 'them'} as staying."
        )
    elif held:
        credible = all(found[dm].concept == "seq" for dm in held)
        idle = "only by threats that it would not pay to carry out"
        by = "in place by deterrence" if credible else idle
        if any(found[dm].concept == "seq" for dm in held) and not credible:
            by = f"in place by deterrence, in part {idle}"
        replies = "would pay those who make them" if credible else "can be made, but not all at a gain"
        text = (
            f"The status quo, {today}, is held {by}: {_names(study, held)} would gain by "
            f"moving alone, but each gain meets replies that {replies}."
        )
    else:
        text = f"It is stuck: from the status quo, {today}, nobody can gain by moving alone."
    told = leaving or held or sides
    return Judgement(
        key="today",
        sentence=Sentence(text, tuple(found.values())),
        rests_on=tuple(side(study, today, dm) for dm in told),
        overturned_by=_breaking(study, asked, at_status_quo=True),
    )


def _first_step(study: Study, routes: tuple[Route, ...]) -> Judgement:
    """Judge how a way out can begin: with a step that pays, or only with one that does not, and whose."""
    today = study.status_quo
    willing = [dm for dm in study.decision_makers if not verdict(study, today, dm, "nash").stable]
    origin = [moves(study, today, dm) for dm in study.decision_makers]
    rests = [_moves_told(study, dm) for dm in study.decision_makers]
    if willing:
        text, targets_told = _most_paying(study, willing)
        origin += [each.origin[0] for each in targets_told]
        origin += [standing(study, today, dm) for dm in willing]
        rests += targets_told
    else:
        text = (
            f"No way out begins with a step that pays the one who takes it: a way out of {today} needs a "
            "first step at no gain, a step taken together, or a change of what somebody wants."
        )
    if routes:
        told = giving.sentence(study, routes)
        text = f"{text if willing else f'No step from {today} pays the one who takes it.'} {told.text}"
        origin += told.origin
        rests = [*(rests if willing else ()), *_told_once(giving.first(study, route) for route in routes)]
    return Judgement(
        key="first-step",
        sentence=Sentence(text, tuple(origin)),
        rests_on=tuple(rests),
        overturned_by=tuple(found for route in routes if (found := giving.together(study, route))),
    )


def _told_once(sentences: Iterable[Sentence]) -> Iterator[Sentence]:
    """Yield sentences that say the same as one, which comes from all that they come from."""
    origins: dict[str, tuple[Origin, ...]] = {}
    for each in sentences:
        origins[each.text] = origins.get(each.text, ()) + each.origin
    return (Sentence(text, origin) for text, origin in origins.items())


def _most_paying(study: Study, willing: list[str]) -> tuple[str, list[Sentence]]:
    """Return the step that pays each side most, and whether the states that they lead to would hold."""
    told, targets_told = [], []
    either = "" if equilibrium(study, study.status_quo, TOLD).stable else " either"
    for dm in willing:
        improvement = study.verdict(study.status_quo, dm, "nash").unpunished
        if improvement is None:
            continue
        targets_told.append(holding(study, improvement.target))
        holds = "would hold" if targets_told[-1].origin[0].stable else f"would not hold{either}"
        found = standing(study, study.status_quo, dm)
        replies = "credible replies" if found.concept == "seq" else "only replies that would not pay"
        deterred = f"{replies} deter and which " if found.stable else ""
        told.append(f"{dm_name(study, dm)} by {change_to(study, improvement)}, which {deterred}{holds}")
    return f"The step that pays most: {'; '.join(told)} ({_SHORT}).", targets_told


def _moves_told(study: Study, dm: str) -> Sentence:
    origin = moves(study, study.status_quo, dm)
    row, today = study.number_of(dm), study.space.status_quo
    number, name = study.graph.moves(row, today).size, dm_name(study, dm)
    if not number:
        text = f"{name} has no move."
    else:
        gaining = f"{origin.number:,}" if origin.number else "none"
        are = "are gains" if (origin.number or 0) > 1 else "is a gain"
        text = f"{name}: of {counted(number, 'move')}, {gaining} {are}."
        if number == 1:
            text = f"{name}: its only move is {'a gain' if origin.number else 'no gain'}."
    return Sentence(text, (origin,))


def _places(study: Study, asked: Asked) -> Judgement:
    """Judge which of the states that were named, or are equilibria, would hold once reached."""
    states, what = targets(study)
    labels = [study.space.label(state) for state in states]
    found = [equilibrium(study, label, TOLD) for label in labels]
    holds = [label for label, origin in zip(labels, found, strict=True) if origin.stable]
    fails = [label for label in labels if label not in holds]
    if len(labels) == 1:
        verb = "would hold" if holds else "would not hold"
        text = f"{what[0].upper()}{what[1:]}, {labels[0]}, {verb} once reached ({_SHORT})."
    elif not fails:
        text = f"Of {what}, all would hold once reached ({_SHORT}): {listed(holds)}."
    elif not holds:
        text = f"Of {what}, none would hold once reached ({_SHORT}): not {listed(fails, 'nor')}."
    else:
        text = f"Of {what}, {listed(holds)} would hold once reached ({_SHORT}); {listed(fails)} would not."
    return Judgement(
        key="places",
        sentence=Sentence(text, tuple(found)),
        rests_on=(*(holding(study, label) for label in labels), *_spoiling(study, asked)),
        overturned_by=_breaking(study, asked, at_status_quo=False),
    )


def _breaking(study: Study, asked: Asked, *, at_status_quo: bool) -> tuple[Sentence, ...]:
    """Return what would break the status quo, or the states to which ways lead."""
    wanted = [each for each in asked.ways.levers if (each.state == study.status_quo) == at_status_quo]
    return tuple(pulling.sentence(study, each) for each in wanted if each.breaking and each.levers[0].changes)


def _spoiling(study: Study, asked: Asked) -> tuple[Sentence, ...]:
    return tuple(spoiling.sentence(study, deal) for deal in asked.ways.deals)


def _deals(study: Study, asked: Asked) -> Judgement:
    """Judge how many of the states of each deal would hold once reached."""
    found = [(deal, study.pattern(deal.statement), deal_origin(study, deal)) for deal in asked.deals]
    told = [
        Sentence(f"{clean(deal.label)}: {origin.number:,} of {counted(each.states, 'state')}.", (origin,))
        for deal, each, origin in found
    ]
    groups = {
        "would hold however {} settled": [d for d, each, o in found if each.states == (o.number or 0) > 0],
        "would hold or not depending on how {} settled": [
            d for d, each, o in found if 0 < (o.number or 0) < each.states
        ],
        "would hold in no form": [d for d, each, o in found if each.states and not o.number],
    }
    parts = [
        f"{listed(f'‘{clean(deal.name)}’' for deal in deals)} "
        + words.format("its open points are" if len(deals) == 1 else "their open points are")
        for words, deals in groups.items()
        if deals
    ]
    text = (
        f"Once reached ({_SHORT}), {'; '.join(parts)}." if parts else "No state satisfies any of the deals."
    )
    return Judgement(
        key="deals",
        sentence=Sentence(text, tuple(o for *_, o in found)),
        rests_on=(*told, *_spoiling(study, asked)),
        overturned_by=_breaking(study, asked, at_status_quo=False),
    )


def _gains(study: Study, asked: Asked) -> Judgement:
    """Judge whether there is a state that would hold and that everybody prefers to today's."""
    origin, total, no_worse = gains(study, TOLD), equilibria(study, TOLD), pareto(study, TOLD)
    today = study.status_quo
    holds = counted(total.number or 0, "state that would hold", "states that would hold")
    if origin.number:
        known = set(better_for_all(study, TOLD).tolist()) & set(targets(study)[0])
        names = [study.space.label(state) for state in sorted(known)]
        among = f", {listed(names)} among them" if 0 < len(names) < origin.number else ""
        among = f": {listed(names)}" if len(names) == origin.number else among
        verb = "is" if origin.number == 1 else "are"
        text = (
            f"There is something to gain together: of {holds} ({_SHORT}), {origin.number:,} {verb} better "
            f"than {today} for everybody{among}."
        )
    elif no_worse.number:
        verb = "is" if no_worse.number == 1 else "are"
        text = (
            f"No state that would hold ({_SHORT}) is better than {today} for everybody, but "
            f"{no_worse.number:,} {verb} worse for nobody and better for some."
        )
    elif total.number == 1 and today in study.equilibria[TOLD]:
        text = f"No state but {today} would hold ({_SHORT}): from any other somebody gains by moving on."
    elif total.number:
        text = (
            f"Of {holds} ({_SHORT}), none is better than {today} for some and worse for nobody: "
            "who gains by a lasting change gains at the cost of another."
        )
    else:
        text = f"No state at all would hold ({_SHORT}): wherever they are, somebody gains by moving on."
    text += _unstated(study)
    goals = [route.alone.to for route in asked.ways.routes]
    labels = goals or [study.space.label(state) for state in targets(study)[0]]
    return Judgement(
        key="gains",
        sentence=Sentence(text, (origin, no_worse, total)),
        rests_on=(
            *(ripeness.sentence(study, found) for found in asked.ways.ripeness),
            *(compared(study, label) for label in labels),
        ),
    )


def _unstated(study: Study) -> str:
    """Say of whom no preference is stated, where there are such parties: they count as indifferent."""
    silent = unstated(study)
    return f" No preference is stated of {_names(study, silent)}, taken to be indifferent." if silent else ""


def _hanging(study: Study) -> Judgement:
    """Judge how far all this hangs on what was assumed."""
    told = tally(study)
    text = (
        "All of this follows from the preferences as they were written down; it is as good as they are. "
        f"{told.text}"
    )
    rests = tuple(hanging(study, dm) for dm in study.decision_makers)
    return Judgement(key="hanging", sentence=Sentence(text, told.origin), rests_on=rests)


def _names(study: Study, dms: list[str]) -> str:
    return listed(dm_name(study, dm) for dm in dms)
