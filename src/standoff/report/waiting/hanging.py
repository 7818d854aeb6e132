"""What the conclusions hang on, and what is assumed, in sentences and by the numbers' names."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from typing import Any

from standoff.model.timing import Change, Payoff, Pivot, SignalRate
from standoff.report.names import clean, counted, dm_name, listed
from standoff.report.timed_names import pivot_name, signal_name, stock_name, type_name
from standoff.study import Study
from standoff.timing.grounds import limits
from standoff.timing.waiting.numbers import Number
from standoff.timing.waiting.sensitivity import Conclusion, Sensitivity, Varied

COARSER = "These conclusions are drawn on a coarser grid and with fewer paths than the answer above."


def hanging_sentences(study: Study, sensitivity: Sensitivity) -> Iterator[str]:
    """Say what holds for every kappa, and what hangs on one assumed number."""
    base = sensitivity.base
    yield COARSER
    yield from _over_kappa(study, sensitivity)
    yield _one_number(
        study,
        sensitivity.now_hangs_on,
        "What to do now",
        lambda each: _lower(done(study, each.conclusion)),
    )
    if base.now == "wait":
        yield _one_number(
            study,
            sensitivity.date_hangs_on,
            "The day to pivot",
            lambda each: day_text(study, each.conclusion),
        )
    if base.best_policy is not None:
        if base.is_tie:
            pair = listed(_policy(study, each) for each, _ in base.policies[:2])
            yield f"As the model stands {pair} cannot be told apart."
        yield _one_number(
            study,
            sensitivity.policy_hangs_on,
            "Which given policy is best",
            lambda each: _policy(study, each.conclusion.best_policy),
        )
    if sensitivity.rejected:
        yield f"The log of events is impossible with {listed(sensitivity.rejected)}."
    if not sensitivity.complete:
        yield "Time did not suffice to change every assumed number: give more time."


def _over_kappa(study: Study, sensitivity: Sensitivity) -> Iterator[str]:
    base = sensitivity.base
    turned = [(kappa, each) for kappa, each in sensitivity.kappas if each.do != base.do]
    tried = listed(kappa_text(kappa) for kappa, _ in sensitivity.kappas)
    if not turned:
        yield f"{done(study, base)} is the conclusion for every kappa tried: {tried}."
    for kappa, conclusion in turned:
        yield f"With kappa {kappa_text(kappa)} the conclusion is another: {_lower(done(study, conclusion))}."
    for kappa, conclusion in sensitivity.kappas:
        told = []
        if sensitivity.turns_date(conclusion):
            told.append(f"the day to pivot comes {day_text(study, conclusion)}")
        if sensitivity.turns_policy(conclusion):
            told.append(f"{_policy(study, conclusion.best_policy)} is the best of the given policies")
        if told:
            yield f"With kappa {kappa_text(kappa)} {listed(told)}."


def day_text(study: Study, conclusion: Conclusion) -> str:
    """Return when and to what the best policy pivots if nothing but expected growth is seen."""
    if conclusion.quiet_pivot is None:
        return "never"
    years = f"{conclusion.quiet_years:.1f}"
    return f"after {years} years, to {pivot_name(study, conclusion.quiet_pivot)}"


def kappa_text(kappa: Fraction | None) -> str:
    """Return a value of kappa, ‘best reply’ where it is infinite."""
    return "infinite (best reply)" if kappa is None else f"{float(kappa):g}"


def done(study: Study, conclusion: Conclusion) -> str:
    """Return what to do now and where."""
    place = "" if conclusion.state == study.status_quo else f" from {conclusion.state}"
    if conclusion.now == "wait":
        return f"Waiting{place}"
    return f"Pivoting at once to {pivot_name(study, conclusion.now)}{place}"


def _lower(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]


def _policy(study: Study, policy: str | None) -> str:
    timing = study.conflict.timing
    labels = {each.id: each.label for each in timing.policies} if timing else {}
    return f"‘{clean(labels[policy or ''])}’"


def _one_number(study: Study, varied: Sequence[Varied], what: str, then: Callable[[Varied], str]) -> str:
    """Name the assumed numbers that a conclusion hangs on, alone, by what they turn it to."""
    if not varied:
        return f"{what} hangs on no assumed number alone: halving or doubling any of them leaves it."
    turned: dict[str, list[str]] = {}
    for each in varied:
        name = f"{number_name(study, each.number)} {factor_text(each.factor)}"
        turned.setdefault(then(each), []).append(name)
    told = "; ".join(f"{result} with {listed(names, 'or')}" for result, names in turned.items())
    many = counted(len(varied), "change")
    return f"{what} hangs on {many} of an assumed number, each alone: {told}."


def factor_text(factor: Fraction) -> str:
    """Return what was done to a number."""
    return "halved" if factor < 1 else "doubled"


def number_name(study: Study, number: Number) -> str:
    """Return what a number is, with its value and where it applies."""
    value, owner, parent = f"{float(number.value):g}", _at(study, number.steps[:-1]), number.steps[:-3]
    match owner:
        case Payoff(stock=stock):
            unit = "a year" if stock is None else f"a year for each unit of {stock_name(study, stock)}"
            return _limited(f"the payoff of {value} {unit}", owner.condition)
        case Change():
            stock = _at(study, parent)
            way = "up" if owner.by > 0 else "down"
            rate = f"the {value} a year of {stock_name(study, stock.id)} going {way}"
            return _limited(rate, owner.condition, owner.type)
        case SignalRate():
            signal = _at(study, parent)
            rate = f"the {value} a year of {signal_name(study, signal.id)}"
            return _limited(rate, owner.condition, owner.type)
        case Pivot():
            return f"the cost of {value} of {pivot_name(study, owner.id)}"
    if number.is_prior:
        return f"the prior of {value} of {type_name(study, owner.id)}"
    if number.steps[1] == "opportunities":
        return f"the {value} opportunities a year of {dm_name(study, str(owner[0]))}"
    return f"the discount rate of {value} a year" if number.steps[1] == "discount_per_year" else number.place


def _limited(text: str, condition: Any, type_: str | None = None) -> str:
    where = clean(limits(condition, type_))
    return f"{text} ({where})" if where else text


def _at(study: Study, steps: tuple[int | str, ...]) -> Any:
    """Return the part of the model that the steps lead to."""
    value: Any = study.conflict
    for step in steps:
        value = value[step] if isinstance(step, int) else getattr(value, step)
    return value
