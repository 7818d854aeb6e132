"""A phased deal beside others: in fewer steps, under safeguards, if a side plans from the start."""

from __future__ import annotations

from collections.abc import Iterator

from standoff.report.names import clean, counted, dm_name, listed
from standoff.report.roadmap.names import months, percent, side_name, step_name
from standoff.report.roadmap.told import Told
from standoff.study import Study
from standoff.timing.roadmap.result import Guarded, RoadmapAnswer, Schedule, UnderType


def compared(study: Study, found: RoadmapAnswer) -> list[Told]:
    """Say how the single step and other schedules stand, who would defect when, what safeguards change."""
    return [
        *_schedules(study, found),
        *_defections(study, found),
        *_test(study, found),
        *(Told(_guarded(study, found, guarded), (guarded,)) for guarded in found.safeguards),
    ]


def _schedules(study: Study, found: RoadmapAnswer) -> Iterator[Told]:
    single, whole = found.at_once, found.schedules[0]
    if single is None:
        yield Told(f"The same end point cannot be reached from {found.states[0]} in one step.")
    elif whole.steps > 1:
        yield Told(f"In one joint step to {found.states[-1]}: {_standing(study, single)}.", (single,))
    if len(found.schedules) > 1:
        told = {_least_patience(found, type_, best): (type_, best) for type_, best in found.best}
        same = len(told) == 1 and len(found.best) == len(found.schedules[0].by_type)
        beside = [whole] if single is None else [whole, single]
        for sentence, (type_, best) in told.items():
            start = "The" if same else _if_it_is(study, type_)
            yield Told(f"{start} {sentence}", (best, *beside))
    if not found.tried_all:
        yield Told("The way is long, so of its shorter forms only the single step was tried.")


def _least_patience(found: RoadmapAnswer, type_: str | None, best: Schedule) -> str:
    """Say which number of steps asks for the least patience, under one type if there are several."""
    single, whole = found.at_once, found.schedules[0]
    others = [f"{_critical(whole, type_)} for the deal as asked"]
    if single is not None:
        others.append(f"{_critical(single, type_)} for the single step")
    return (
        f"least patience is asked by {counted(best.steps, 'step')} ({' to '.join(best.states)}): a discount "
        f"factor of {_critical(best, type_)} for a step, against {listed(others)}."
    )


def _if_it_is(study: Study, type_: str | None) -> str:
    """Return the beginning of a sentence about one type."""
    if type_ is None or study.conflict.types is None:
        return "The"
    return f"If it is {side_name(study, study.conflict.types.decision_maker, type_)}, the"


def _critical(schedule: Schedule, type_: str | None) -> str:
    factor = next(under.critical_factor for under in schedule.by_type if under.type == type_)
    return "none" if factor is None else f"{factor:.4g}"


_BY_RANKS = {
    "all": "kept under every spacing by those known by ranks",
    "some": "kept by those known by ranks under some spacings only",
    "none": "under no spacing kept by all of those known by ranks",
}


def _standing(study: Study, schedule: Schedule | Guarded) -> str:
    """Return how all sides stand on a schedule or under a safeguard, under each type if that matters."""
    told = []
    for words in (_by_payoffs, _by_ranks):
        said = {under.type: words(study, under) for under in schedule.by_type}
        if len(set(said.values())) == 1:
            told += [text for text in list(said.values())[:1] if text]
        else:
            told += [f"{text}{_given(study, type_, text)}" for type_, text in said.items() if text]
    return listed(told) or "nobody has another choice"


def _given(study: Study, type_: str | None, text: str) -> str:
    """Return under which type something was said, unless it names the type itself."""
    if type_ is None or study.conflict.types is None:
        return ""
    name = side_name(study, study.conflict.types.decision_maker, type_)
    return "" if name in text else f" if it is {name}"


def _by_payoffs(study: Study, under: UnderType) -> str:
    row = under.weakest
    if row is None:
        return ""
    side = side_name(study, row.decision_maker, row.type)
    if under.holds:
        return f"kept by the payoffs stated, weakest for {side} ({percent(row.share)})"
    return f"broken by {side} at step {row.place} ({percent(row.share)})"


def _by_ranks(_study: Study, under: UnderType) -> str:
    return "" if under.by_ranks is None else _BY_RANKS[under.by_ranks]


def _defections(study: Study, found: RoadmapAnswer) -> Iterator[Told]:
    for each in found.defections:
        if each.place is None:
            continue
        side = side_name(study, each.decision_maker, each.type)
        worth = ""
        focal = study.conflict.timing.focal if study.conflict.timing else None
        if each.focal_worth is not None and focal is not None and focal != each.decision_maker:
            worth = f"; the deal is then worth {each.focal_worth:.4g} to {dm_name(study, focal)}"
        text = (
            f"Planning from the start, {side} would break the deal at {step_name(found, each.place)}, "
            f"and gain {each.gain:.4g} by that{worth}."
        )
        yield Told(text, (each,))


def _test(study: Study, found: RoadmapAnswer) -> Iterator[Told]:
    test = found.test
    if test is None or study.conflict.types is None or len(found.schedules[0].states) < 3:
        return
    name = next(each.name for each in study.conflict.types.types if each.id == test.type)
    if test.belief_below is not None:
        text = (
            f"The phased deal is better than the single step if the belief in ‘{clean(name)}’ is below "
            f"{test.belief_below:.4g}: its first steps test the type."
        )
        yield Told(text, (test,))
        return
    pairs = list(zip(test.phased, test.at_once, strict=True))
    better = all(one[1] >= other[1] for one, other in pairs)
    worse = all(one[1] <= other[1] for one, other in pairs)
    if better != worse:
        text = f"The {'phased deal' if better else 'single step'} is the better one whatever the type."
        yield Told(text, (test,))


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
