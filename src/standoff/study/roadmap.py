"""Whether a phased deal keeps itself, step by step and side by side."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from math import isfinite

from standoff.errors import UsageError, did_you_mean
from standoff.model.conflict import Literal
from standoff.model.roadmap import Reversion as Written
from standoff.model.roadmap import Roadmap, Safeguard
from standoff.model.timing import Quantity
from standoff.study.paths import paths
from standoff.study.study import Study
from standoff.timing.roadmap import Guard, Reversion, RoadmapAnswer, Side, sides
from standoff.timing.roadmap import roadmap as answer
from standoff.timing.roadmap.verdicts import Assumed, Basis

STEP_MONTHS = 6.0
"""How long a step takes if nothing is said."""

LONGEST_MONTHS = 1200.0


def roadmap(
    study: Study,
    steps: Sequence[str] = (),
    to: str | None = None,
    at: str | None = None,
    *,
    step_months: float | None = None,
    detection_months: float | None = None,
    reversion: str | None = None,
    discounts: Mapping[str, float] | None = None,
    safeguards: Sequence[str] = (),
    levels: Mapping[str, int] | None = None,
    time_limit: float | None = None,
) -> RoadmapAnswer:
    """Say whether a phased deal keeps itself: each step, each side, one deviation at a time.

    A deal is a path of states with an end point that is kept for ever. At each step, and at the
    end, each side either keeps its part or does anything else that it could do then; a breach is
    seen after a while, and then the reversion follows for ever. Where a side's payoffs by the year
    are known (blocks `roadmap` and `timing` of the file), its margin and critical discount factor
    are given; where only its ranks are, under which spacings of them it keeps the step.

    This checks single deviations against one reversion. That is enough for the deal to keep itself
    if the reversion is credible; it does not find every deal that would.

    Parameters
    ----------
    study : Study
        As `prepare` or `analyse` return it.
    steps : sequence of str
        Labels of the states that the deal leads through, the last one its end point.
    to : str, optional
        In place of them: a state, a statement or ``equilibrium`` (of an analysed study); the way there with
        the fewest sacrifices is taken.
        Without both: the steps of the file.
    at : str, optional
        The state that the deal starts from; the status quo if left out.
    step_months, detection_months : float, optional
        How long a step takes, and how long until a breach is seen; else as in the file, else six
        months, and as long as a step.
    reversion : str, optional
        A state or a pivot of the file that a breach leads back to; else as in the file, else the
        status quo.
    discounts : mapping from decision maker to float, optional
        Rates per year in place of those of the file; the key ``*`` stands for everybody else.
    safeguards : sequence of str
        Safeguards of the file that are in force.
    levels : mapping from stock to int, optional
        Levels at which stocks stay, on which payoffs and types depend; their start if left out.
    time_limit : float, optional
        Seconds for the search for the way, with `to`.

    Raises
    ------
    UsageError
        If a name is unknown, a number cannot be, a step cannot be made, or there is no step.

    Notes
    -----
    The model of a phased deal with an agreed end point is this project's own (after Admati and
    Perry 1991, Lockwood and Thomas 2002 and Watson 1999, which were not read for it).
    """
    file = study.conflict.roadmap or Roadmap()
    months, told = _months("step_months", step_months, file.step_months, STEP_MONTHS)
    found, rates_told = _sides(study, discounts or {}, _levels(study, levels or {}))
    named = {each.id: each for each in file.safeguards}
    for each in safeguards:
        if each not in named:
            raise UsageError(f"There is no safeguard '{each}'. {did_you_mean(each, tuple(named))}")
    seen, seen_told = _months("detection_months", detection_months, file.detection_months, months)
    back, number = _back(study, reversion, file.reversion), len(study.decision_makers)
    plain = Guard(ids=(), labels=(), months=(seen,) * number, reversions=(back,) * number)
    guards_told = [one for each in safeguards for one in _guard_told(study, named[each])]
    in_force = _guarded(study, plain, [named[each] for each in safeguards])
    others = [each for each in file.safeguards if each.id not in safeguards]
    guards = [_guarded(study, in_force, [each]) for each in others]
    if len(others) > 1:
        guards.append(_guarded(study, in_force, others))
    return answer(
        _states(study, steps, to, at, time_limit),
        found,
        in_force,
        guards,
        step_months=months,
        focal=study.conflict.timing.focal if study.conflict.timing else None,
        assumed=(*told, *seen_told, *guards_told, *_reversion_told(reversion, file, back), *rates_told),
    )


def _states(
    study: Study, steps: Sequence[str], to: str | None, at: str | None, time_limit: float | None
) -> list[int]:
    """Return the numbers of the states from the first one to the end point."""
    start = study.space.status_quo if at is None else study.space.index(at)
    if to is not None and steps:
        raise UsageError("Give the steps or the goal, not both.")
    if to is not None:
        found = paths(study, to, at, time_limit=time_limit)
        way = found.ways["sacrifices"]
        if way is None and not found.reach["sacrifices"].finished:
            raise UsageError(
                f"The time limit ended the search before a path from {study.space.label(start)} to {to} was "
                "found. Give it more with --time-limit, or name the steps."
            )
        if way is None:
            raise UsageError(f"No path leads from {study.space.label(start)} to {to}. Name the steps.")
        if not way.steps:
            raise UsageError(f"{way.goal} is the goal already, so there is no step. Name another goal.")
        return [start, *(study.space.index(step.target) for step in way.steps)]
    labels = list(steps) or list(study.conflict.roadmap.steps if study.conflict.roadmap else ())
    if not labels:
        raise UsageError(
            "Say which deal: --steps STATE,STATE or --to GOAL, or list 'steps' under 'roadmap' in the file."
        )
    numbers = [study.space.index(label) for label in labels]
    return numbers if numbers[0] == start else [start, *numbers]


def _months(
    what: str, asked: float | None, written: object, default: float
) -> tuple[float, tuple[Assumed, ...]]:
    """Return a time in months: as asked for, as written in the file, or the default."""
    if asked is not None:
        least = "0 or more" if what == "detection_months" else "above 0"
        bad = asked < 0 if what == "detection_months" else asked <= 0
        if bad or not isfinite(asked) or asked > LONGEST_MONTHS:
            name = what.replace("_", " ")
            raise UsageError(f"{name}: {asked:g} months cannot be; give {least}, up to {LONGEST_MONTHS:g}.")
        return asked, (Assumed(what=what, value=asked, basis="asked"),)
    if isinstance(written, Quantity):
        value = float(written.value)
        marked = (Assumed(what=what, value=value, basis="assumption"),) if written.is_assumption else ()
        return value, marked
    return default, (Assumed(what=what, value=default, basis="default"),)


def _sides(
    study: Study, discounts: Mapping[str, float], levels: Mapping[str, int]
) -> tuple[tuple[Side, ...], tuple[Assumed, ...]]:
    found, told = sides(study.graph, study.conflict, levels)
    for id_, rate in discounts.items():
        if id_ != "*":
            study.number_of(id_)
        if not (isfinite(rate) and rate > 0):
            raise UsageError(f"A discount rate of {rate:g} a year cannot be; it must be above 0.")
    asked = {side.id: discounts.get(side.id, discounts.get("*")) for side in found}
    changed = tuple(
        side if rate is None else replace(side, discount_per_year=rate)
        for side, rate in ((side, asked[side.id]) for side in found)
    )
    kept = [
        each for each in told if each.what != "discount_per_year" or asked[each.decision_maker or ""] is None
    ]
    kept += [
        Assumed(what="discount_per_year", value=rate, basis="asked", decision_maker=id_)
        for id_, rate in asked.items()
        if rate is not None
    ]
    return changed, tuple(kept)


def _levels(study: Study, asked: Mapping[str, int]) -> dict[str, int]:
    """Return the levels at which all stocks stay."""
    stocks = {stock.id: stock for stock in study.conflict.timing.stocks} if study.conflict.timing else {}
    for name, level in asked.items():
        if name not in stocks:
            raise UsageError(f"There is no stock '{name}'. {did_you_mean(name, tuple(stocks))}")
        least, most = stocks[name].least, stocks[name].most
        if not least <= level <= most:
            raise UsageError(f"'{name}' has levels from {least} to {most}, not {level}.")
    return {name: stock.start for name, stock in stocks.items()} | dict(asked)


def _guarded(study: Study, plain: Guard, guards: Sequence[Safeguard]) -> Guard:
    """Return what several safeguards change together; of two that say the same thing the last rules."""
    months, reversions = list(plain.months), list(plain.reversions)
    for guard in guards:
        whose = [dm for dm, id_ in enumerate(study.decision_makers) if guard.against in (None, id_)]
        back = None if guard.reversion is None else _written(study, guard.reversion)
        for dm in whose:
            if guard.detection_months is not None:
                months[dm] = float(guard.detection_months.value)
            reversions[dm] = back or reversions[dm]
    return Guard(
        ids=(*plain.ids, *(guard.id for guard in guards)),
        labels=(*plain.labels, *(guard.label for guard in guards)),
        months=tuple(months),
        reversions=tuple(reversions),
    )


def _guard_told(study: Study, guard: Safeguard) -> Iterator[Assumed]:
    """Yield what a safeguard in force assumes."""
    months, back = guard.detection_months, guard.reversion
    if months is not None and months.is_assumption:
        value = float(months.value)
        yield Assumed(what="detection_months", value=value, basis="assumption", name=guard.label)
    if back is not None and back.evidence is not None and back.evidence.is_assumption:
        name = _written(study, back).name
        yield Assumed(what="reversion", value=None, basis="assumption", name=f"{guard.label}: {name}")


def _reversion_told(asked: str | None, file: Roadmap, back: Reversion) -> tuple[Assumed, ...]:
    written = file.reversion
    if asked is None and written is not None and not (written.evidence and written.evidence.is_assumption):
        return ()
    basis: Basis = "asked" if asked is not None else "default" if written is None else "assumption"
    return (Assumed(what="reversion", value=None, basis=basis, name=back.name),)


def _back(study: Study, asked: str | None, written: Written | None) -> Reversion:
    if asked is None:
        return _written(study, written or Written(to=study.status_quo))
    pivots = study.conflict.timing.pivots if study.conflict.timing else ()
    if any(pivot.id == asked for pivot in pivots):
        return _written(study, Written(pivot=asked))
    return _written(study, Written(to=study.space.label(study.space.index(asked))))


def _written(study: Study, written: Written) -> Reversion:
    """Return a reversion of the file by numbers."""
    graph, space = study.graph, study.space
    if written.to is not None:
        return Reversion(graph, f"back to {written.to}", space.index(written.to))
    if written.pivot is not None and study.conflict.timing is not None:
        pivot = next(each for each in study.conflict.timing.pivots if each.id == written.pivot)
        if pivot.to is not None:
            return Reversion(graph, f"{pivot.label} ({pivot.to})", space.index(pivot.to))
        name = f"back to {study.status_quo}, and {pivot.label}"
        return Reversion(graph, name, space.status_quo, *_masks(study, pivot.sets))
    name = " and ".join(str(literal) for literal in written.sets)
    return Reversion(graph, name, None, *_masks(study, written.sets))


def _masks(study: Study, literals: Sequence[Literal]) -> tuple[int, int]:
    masks = {True: 0, False: 0}
    for literal in literals:
        masks[literal.taken] |= 1 << study.space.options.index(literal.option)
    return masks[True], masks[False]
