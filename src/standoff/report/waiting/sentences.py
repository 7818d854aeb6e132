"""How long to wait, in sentences made from the result."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction

from standoff.report.names import change, counted, dm_name, listed
from standoff.report.timed_names import kind_name, levels_text, pivot_name, signal_name, type_name
from standoff.stability.verdict import Move
from standoff.study import Study
from standoff.timing.simulation import SURE, Estimate
from standoff.timing.waiting import Best, Waiting
from standoff.timing.waiting.optimum import Optimum
from standoff.timing.waiting.policies import Valued
from standoff.timing.waiting.sensitivity import Conclusion, Sensitivity, Varied
from standoff.timing.waiting.silence import Quiet, Threshold

_NOTHING = 1e-12

COARSER = "These conclusions are drawn on a coarser grid and with fewer paths than the answer above."

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
        told["date"] = list(_date(study, found, found.best))
        told["information"] = list(_information(study, found, found.best))
    told["policies"] = list(_policies(study, found))
    told["hanging"] = [] if found.sensitivity is None else list(_hanging(study, found.sensitivity))
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
        begin = f"begin by {change(study, move)} ({best.state}), and then "
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
    asked = f"{amount(optimum.tolerance)} asked for: give more time or a larger tolerance."
    if optimum.gap > optimum.tolerance:
        return f"The bounds are {amount(optimum.gap)} apart, more than the {asked}"
    return f"The lower bound is known to ± {SURE * optimum.lower.error:.2g} only, more than the {asked}"


def _date(study: Study, found: Waiting, best: Best) -> Iterator[str]:
    if best.pivot_now is not None:
        return
    here = [each for each in best.thresholds if _levels_here(each, best)]
    for each in here:
        pivot = pivot_name(study, each.pivot)
        yield f"As things stand it pivots to {pivot} {_when_belief(study, found, each)}."
    if best.thresholds and not here:
        nearest = min(best.thresholds, key=lambda each: _levels_away(each, best))
        yield (
            "As things stand it pivots at no belief; "
            f"at {levels_text(study, nearest.levels)} to {pivot_name(study, nearest.pivot)} "
            f"{_when_belief(study, found, nearest)}."
        )
    steps = any(each.kind.stock is not None for each in best.after)
    only = "nothing but the expected growth of the stocks" if steps else "nothing"
    yield _quiet(study, found, best.growing, f"If {only} is seen")
    if best.quiet.years != best.growing.years:
        yield _quiet(study, found, best.quiet, "If nothing at all is seen")
    yield from _forward(study, best)


def _levels_away(threshold: Threshold, best: Best) -> int:
    return sum(abs(level - best.levels[stock]) for stock, level in threshold.levels.items())


def _levels_here(threshold: Threshold, best: Best) -> bool:
    return threshold.levels == best.levels


def _when_belief(study: Study, found: Waiting, threshold: Threshold) -> str:
    whose = f"that {dm_name(study, found.decision_maker)} is {type_name(study, threshold.type)}"
    if threshold.low <= 0:
        return f"once the belief {whose} is {_percent(threshold.high)} or less"
    if threshold.high >= 1:
        return f"once the belief {whose} is {_percent(threshold.low)} or more"
    return f"while the belief {whose} lies between {_percent(threshold.low)} and {_percent(threshold.high)}"


def _percent(share: float) -> str:
    return f"{100 * share:.3g} %"


def _quiet(study: Study, found: Waiting, quiet: Quiet, when: str) -> str:
    if not quiet.ever:
        return f"{when}, the day to pivot does not come within fifty years."
    beliefs = ", ".join(
        f"{type_name(study, each)} {_percent(belief)}"
        for each, belief in zip(found.types, quiet.belief, strict=True)
    )
    known = f" The belief then: {beliefs}." if len(found.types) > 1 else ""
    day = "" if quiet.day is None else f"{quiet.day}, "
    return f"{when}, the day to pivot is {day}{quiet.years:.2g} years from now.{known}"


def _forward(study: Study, best: Best) -> Iterator[str]:
    base = best.growing.years
    earlier = [each for each in best.after if not each.ends_waiting and each.quiet.years < base - 1e-6]
    later = [each for each in best.after if not each.ends_waiting and each.quiet.years > base + 1e-6]
    for rows, word in ((earlier, "forward"), (later, "back")):
        if rows:
            told = [f"{kind_name(study, each.kind, best.state)} ({_to_day(each.quiet)})" for each in rows[:4]]
            yield f"What would bring that day {word}, if it were seen now: {listed(told)}."


def _to_day(quiet: Quiet) -> str:
    if not quiet.ever:
        return "never"
    if quiet.years <= 0:
        return "at once"
    return f"to {quiet.day}" if quiet.day is not None else f"to {quiet.years:.2g} years from now"


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


def _regret(study: Study, found: Waiting, valued: Valued) -> Iterator[str]:
    if len(found.types) < 2 or found.best is None:
        return
    told = [
        f"{amount(max(0.0, regret))} if {dm_name(study, found.decision_maker)} is {type_name(study, each)}"
        for each, regret in zip(found.types, valued.regret, strict=True)
    ]
    yield f"‘{valued.policy.label}’ falls short of the best by {listed(told)}."


def _hanging(study: Study, sensitivity: Sensitivity) -> Iterator[str]:
    base = sensitivity.base
    yield COARSER
    turned = [(kappa, conclusion) for kappa, conclusion in sensitivity.kappas if conclusion.do != base.do]
    if not turned:
        tried = listed(kappa_text(kappa) for kappa, _ in sensitivity.kappas)
        yield f"{_done(study, base)} is the conclusion for every kappa tried: {tried}."
    for kappa, conclusion in turned:
        yield f"With kappa {kappa_text(kappa)} the conclusion is another: {_lower(_done(study, conclusion))}."
    yield _one_number(
        sensitivity.now_hangs_on, "What to do now", lambda each: _lower(_done(study, each.conclusion))
    )
    if base.best_policy is not None:
        yield _one_number(
            sensitivity.policy_hangs_on,
            "Which given policy is best",
            lambda each: f"‘{_policy(study, each.conclusion.best_policy)}’",
        )
    if sensitivity.rejected:
        yield f"The log of events is impossible with {listed(sensitivity.rejected)}."
    if not sensitivity.complete:
        yield "Time did not suffice to change every assumed number: give more time."


def _policy(study: Study, policy: str | None) -> str:
    timing = study.conflict.timing
    return {each.id: each.label for each in timing.policies}[policy or ""] if timing else ""


def kappa_text(kappa: Fraction | None) -> str:
    """Return a value of kappa, ‘best reply’ where it is infinite."""
    return "infinite (best reply)" if kappa is None else f"{float(kappa):g}"


def _lower(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]


def _done(study: Study, conclusion: Conclusion) -> str:
    place = "" if conclusion.state == study.status_quo else f" from {conclusion.state}"
    if conclusion.now == "wait":
        return f"Waiting{place}"
    return f"Pivoting at once to {pivot_name(study, conclusion.now)}{place}"


def _one_number(varied: Sequence[Varied], what: str, then: Callable[[Varied], str]) -> str:
    """Name the assumed numbers that a conclusion hangs on, alone."""
    if not varied:
        return f"{what} hangs on no assumed number alone: halving or doubling any of them leaves it."
    told = [
        f"{each.number.place} {'halved' if each.factor < 1 else 'doubled'} ({then(each)})" for each in varied
    ]
    return f"{what} hangs on {listed(told)}."


def _assumed(found: Waiting) -> Iterator[str]:
    if found.choice_assumed:
        yield "The model states no choice rule: a best reply is assumed."
    if found.assumed:
        number = len(found.assumed)
        yield f"{counted(number, 'number')} of the model {'is' if number == 1 else 'are'} assumed."
    yield ALWAYS_EQUAL
