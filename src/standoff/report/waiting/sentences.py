"""How long to wait, in sentences made from the result."""

from __future__ import annotations

from collections.abc import Iterator

from standoff.report.names import change_to, counted, dm_name, listed
from standoff.report.timed_names import pivot_name, signal_name, type_name
from standoff.report.waiting.common import common_sentences
from standoff.report.waiting.dates import date_sentences
from standoff.report.waiting.hanging import hanging_sentences
from standoff.stability.verdict import Move
from standoff.study import Study
from standoff.timing.simulation import SURE, Estimate
from standoff.timing.waiting import Best, Waiting
from standoff.timing.waiting.optimum import Optimum
from standoff.timing.waiting.policies import Valued

_NOTHING = 1e-12

ALWAYS_EQUAL = (
    "Chances of moves use ranks as if they were equally spaced, which ranks do not say; "
    "what that does is seen over kappa."
)


def waiting_sentences(study: Study, found: Waiting) -> dict[str, list[str]]:
    """Return sentences by part: best, date, information, policies, hanging, assumed."""
    told: dict[str, list[str]] = {"best": [], "date": [], "information": []}
    if found.refused is not None:
        told["best"] = [f"The best policy is not told: {found.refused}"]
    if found.best is not None:
        told["best"] = list(_best(study, found, found.best))
        told["date"] = list(date_sentences(study, found, found.best))
        told["information"] = list(_information(study, found, found.best))
    told["policies"] = list(_policies(study, found))
    told["hanging"] = [] if found.sensitivity is None else list(hanging_sentences(study, found.sensitivity))
    told["assumed"] = list(_assumed(found))
    return {part: sentences for part, sentences in told.items() if sentences}


def amount(value: float) -> str:
    """Return an amount of payoff with four significant digits."""
    return "0" if abs(value) < _NOTHING else f"{value:.4g}"


def within(estimate: Estimate) -> str:
    """Return an estimate, with three standard errors where it has any."""
    if estimate.error < _NOTHING:
        return amount(estimate.mean)
    return f"{amount(estimate.mean)} ± {SURE * estimate.error:.2g}"


def _best(study: Study, found: Waiting, best: Best) -> Iterator[str]:
    focal, optimum = dm_name(study, found.focal), best.optimum
    begin = ""
    if not best.is_status_quo:
        move = Move(mover=found.focal, origin=study.status_quo, target=best.state)
        begin = f"begin by {change_to(study, move)}, and then "
    if best.pivot_now is not None:
        pivot = pivot_name(study, best.pivot_now)
        yield f"{focal} should {begin}pivot at once to {pivot}: no waiting is worth more."
    else:
        yield f"{focal} should {begin}wait."
    low, high = optimum.lower.mean - SURE * optimum.lower.error, optimum.upper
    words = [f"The best policy is worth {amount(high)} at most and {amount(min(low, high))} at least"]
    if best.best_pivot is not None and best.pivot_now is None:
        words.append(f"to pivot now to {pivot_name(study, best.best_pivot)} is worth {amount(best.now)}")
    words.append(f"to wait for ever {amount(best.never)}")
    yield f"{'; '.join(words)} (discounted payoff)."
    if optimum.reached is False:
        yield _not_reached(optimum)


def _not_reached(optimum: Optimum) -> str:
    cure = "give a larger tolerance" if optimum.is_finest else "give more time or a larger tolerance"
    asked = f"{amount(optimum.tolerance)} asked for"
    if optimum.gap > optimum.tolerance:
        finest = " on the finest grid that there is" if optimum.is_finest else ""
        return f"The bounds are {amount(optimum.gap)} apart{finest}, more than the {asked}: {cure}."
    return (
        f"The lower bound is known to ± {SURE * optimum.lower.error:.2g} only, more than the {asked}: {cure}."
    )


def _information(study: Study, found: Waiting, best: Best) -> Iterator[str]:
    info = best.information
    if len(found.types) > 1:
        low, high = info.perfect
        span = amount(high) if high - low < 1e-9 else f"between {amount(low)} and {amount(high)}"
        yield f"To know the type at once would be worth {span}."
        told = [f"{signal_name(study, each.signal)} {amount(each.worth)}" for each in info.channels]
        if told:
            together = amount(info.all_channels)
            yield f"To see a signal rather than not is worth: {listed(told)}; all of them {together}."
    if info.month is not None:
        size = within(Estimate(mean=abs(info.month.mean), error=info.month.error))
        yield (
            f"To wait one month and then act in the best way is worth {size} "
            f"{'more' if info.month.mean >= 0 else 'less'} than the best pivot now."
        )


def _policies(study: Study, found: Waiting) -> Iterator[str]:
    values = found.policies
    if len(values) > 1:
        first, second = values[0], values[1]
        error = (first.value.error**2 + second.value.error**2) ** 0.5
        if first.value.mean - second.value.mean > SURE * error:
            yield f"Of the given policies ‘{first.policy.label}’ is worth most, {within(first.value)}."
        else:
            yield (
                f"Of the given policies ‘{first.policy.label}’ and ‘{second.policy.label}’ cannot be "
                f"told apart: {within(first.value)} and {within(second.value)}."
            )
    if values and found.best is not None:
        ahead = found.best.optimum.lower.mean - values[0].value.mean
        if ahead > found.best.optimum.tolerance + SURE * values[0].value.error:
            yield f"The best policy is worth about {ahead:.2g} more than that."
    for each in values:
        yield from _regret(study, found, each)
    yield from common_sentences(study)


def _regret(study: Study, found: Waiting, valued: Valued) -> Iterator[str]:
    if len(found.types) < 2 or found.best is None:
        return
    told = [
        f"{amount(max(0.0, regret))} if {dm_name(study, found.decision_maker)} is {type_name(study, each)}"
        for each, regret in zip(found.types, valued.regret, strict=True)
    ]
    yield f"‘{valued.policy.label}’ falls short of the best by {listed(told)}."


def _assumed(found: Waiting) -> Iterator[str]:
    if found.choice_assumed:
        yield "The model states no choice rule: a best reply is assumed."
    if found.assumed:
        number = len(found.assumed)
        yield f"{counted(number, 'number')} of the model {'is' if number == 1 else 'are'} assumed."
    yield ALWAYS_EQUAL
