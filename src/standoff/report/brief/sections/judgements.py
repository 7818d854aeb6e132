"""Key judgements: three to five sentences, each with what it rests on."""

from __future__ import annotations

from collections.abc import Iterator

from standoff.report.brief.grounds import rating
from standoff.report.brief.origins import equilibria, equilibrium, gains, moves, side, standing, verdict
from standoff.report.brief.sections.deals import deal_origin
from standoff.report.brief.sections.evidence import tally
from standoff.report.brief.sections.ways_out import compared, holding
from standoff.report.brief.targets import TOLD, targets
from standoff.report.brief.value import Asked, Block, Judgement, Judgements, Section, Sentence
from standoff.report.names import change, clean, counted, dm_name, listed
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
    yield _today(study)
    yield _first_step(study)
    if asked.deals:
        yield _deals(study, asked)
    elif targets(study)[0]:
        yield _places(study)
    yield _gains(study)
    yield _hanging(study)


def _today(study: Study) -> Judgement:
    """Judge whether the status quo holds: by lack of gains, by deterrence, or not at all."""
    today, sides = study.status_quo, study.decision_makers
    found = {dm: standing(study, today, dm) for dm in sides}
    leaving = [dm for dm in sides if not found[dm].stable]
    held = [dm for dm in sides if found[dm].stable and found[dm].concept != "nash"]
    if leaving:
        verb = "gains" if len(leaving) == 1 else "gain"
        text = (
            f"Today’s state, {today}, does not hold: {_names(study, leaving)} {verb} by moving alone, and no "
            f"reply ends as bad for {'it' if len(leaving) == 1 else 'them'} as staying."
        )
    elif held:
        credible = all(found[dm].concept == "seq" for dm in held)
        replies = "would pay those who make them" if credible else "are possible, though some pay nobody"
        text = (
            f"Today’s state, {today}, is held in place by deterrence: {_names(study, held)} would gain by "
            f"moving alone, but each gain meets replies that {replies}."
        )
    else:
        text = f"It is stuck: in today’s state, {today}, nobody can gain by moving alone."
    told = leaving or held or sides
    return Judgement(
        key="today",
        sentence=Sentence(text, tuple(found.values())),
        rests_on=tuple(side(study, today, dm) for dm in told),
    )


def _first_step(study: Study) -> Judgement:
    """Judge how a way out can begin: with a step that pays, or only with one that does not."""
    today = study.status_quo
    willing = [dm for dm in study.decision_makers if not verdict(study, today, dm, "nash").stable]
    steps = tuple(moves(study, today, dm) for dm in study.decision_makers)
    rests = tuple(_moves_told(study, dm) for dm in study.decision_makers)
    if not willing:
        text = (
            f"No way out begins with a step that pays the one who takes it: a way out of {today} needs a first "
            "step at no gain, a step taken together, or a change of what somebody wants."
        )
        return Judgement(key="first-step", sentence=Sentence(text, steps), rests_on=rests)
    told, origin = [], list(steps)
    for dm in willing:
        improvement = study.verdict(today, dm, "nash").unpunished
        if improvement is None:
            continue
        there = equilibrium(study, improvement.target, TOLD)
        origin.append(there)
        holds = "would hold" if there.stable else "would not hold either"
        told.append(
            f"{dm_name(study, dm)} by {change(study, improvement)}, to {improvement.target}, which {holds}"
        )
    text = f"The step that pays most: {'; '.join(told)} ({_SHORT})."
    targets_told = tuple(
        holding(study, origin_.state) for origin_ in origin if origin_.kind == "equilibrium" and origin_.state
    )
    return Judgement(
        key="first-step", sentence=Sentence(text, tuple(origin)), rests_on=(*rests, *targets_told)
    )


def _moves_told(study: Study, dm: str) -> Sentence:
    origin = moves(study, study.status_quo, dm)
    row, today = study.number_of(dm), study.space.status_quo
    number, name = study.graph.moves(row, today).size, dm_name(study, dm)
    if not number:
        text = f"{name} has no move."
    else:
        gaining = f"{origin.number:,}" if origin.number else "none"
        text = f"{name}: of {counted(number, 'move')}, {gaining} {'is a gain' if origin.number == 1 else 'are gains'}."
        if number == 1:
            text = f"{name}: its only move is {'a gain' if origin.number else 'no gain'}."
    return Sentence(text, (origin,))


def _places(study: Study) -> Judgement:
    """Judge which of the states that were named, or are equilibria, would hold once reached."""
    states, what = targets(study)
    labels = [study.space.label(state) for state in states]
    found = [equilibrium(study, label, TOLD) for label in labels]
    holds = [label for label, origin in zip(labels, found, strict=True) if origin.stable]
    fails = [label for label in labels if label not in holds]
    if not fails:
        text = f"Of {what}, all would hold once reached ({_SHORT}): {listed(holds)}."
    elif not holds:
        text = f"Of {what}, none would hold once reached ({_SHORT}): not {listed(fails, 'nor')}."
    else:
        text = f"Of {what}, {listed(holds)} would hold once reached ({_SHORT}); {listed(fails)} would not."
    return Judgement(
        key="places",
        sentence=Sentence(text, tuple(found)),
        rests_on=tuple(holding(study, label) for label in labels),
    )


def _deals(study: Study, asked: Asked) -> Judgement:
    """Judge how many of the states of each deal would hold once reached."""
    found = [(deal, study.pattern(deal.statement), deal_origin(study, deal)) for deal in asked.deals]
    told = [
        Sentence(f"{clean(deal.label)}: {origin.number:,} of {counted(each.states, 'state')}.", (origin,))
        for deal, each, origin in found
    ]
    groups = {
        "always": [clean(deal.name) for deal, each, origin in found if each.states == origin.number],
        "sometimes": [clean(d.name) for d, each, origin in found if 0 < (origin.number or 0) < each.states],
        "never": [clean(deal.name) for deal, each, origin in found if each.states and not origin.number],
    }
    words = {
        "always": "however its open points are settled",
        "sometimes": "depending on how its open points are settled",
        "never": "in no form",
    }
    parts = [f"{listed(names)} {words[key]}" for key, names in groups.items() if names]
    text = f"Once reached, a deal would hold ({_SHORT}): {'; '.join(parts)}."
    return Judgement(
        key="deals", sentence=Sentence(text, tuple(o for *_, o in found)), rests_on=tuple(told)
    )


def _gains(study: Study) -> Judgement:
    """Judge whether there is a state that would hold and that everybody prefers to today's."""
    origin, total = gains(study, TOLD), equilibria(study, TOLD)
    today = study.status_quo
    holding_ = counted(total.number or 0, "state that would hold", "states that would hold")
    if origin.number:
        verb = "is" if origin.number == 1 else "are"
        text = f"There is something to gain together: of {holding_} ({_SHORT}), {origin.number:,} {verb} better than {today} for everybody."
    else:
        text = f"No state that would hold ({_SHORT}) is better than {today} for everybody: somebody loses by every lasting change."
    labels = [study.space.label(state) for state in targets(study)[0]]
    return Judgement(
        key="gains",
        sentence=Sentence(text, (origin, total)),
        rests_on=tuple(compared(study, label) for label in labels),
    )


def _hanging(study: Study) -> Judgement:
    """Judge how far all this hangs on what was assumed."""
    told = tally(study)
    text = (
        "All of this follows from the preferences as they were written down; it is as good as they are. "
        f"{told.text}"
    )
    return Judgement(key="hanging", sentence=Sentence(text, told.origin), rests_on=())


def _names(study: Study, dms: list[str]) -> str:
    return listed(dm_name(study, dm) for dm in dms)
