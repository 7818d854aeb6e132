"""Until when to wait: thresholds, the day if nothing is seen, and what would move it."""

from __future__ import annotations

from collections.abc import Iterator

from standoff.report.names import counted, dm_name, listed
from standoff.report.timed_names import kind_name, levels_text, pivot_name, stock_name, type_name
from standoff.study import Study
from standoff.timing.reaching import timing_of
from standoff.timing.waiting import Best, Waiting
from standoff.timing.waiting.silence import After, Quiet, Threshold

_TOLD = 4
_SOON = 1e-6
_LEAST_REST = 1e-6


def date_sentences(study: Study, found: Waiting, best: Best) -> Iterator[str]:
    """Say where in belief it pivots, on which day if nothing is seen, to what, and what would move that."""
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
    if len(found.types) > 2 and best.growing.pivot is not None:
        yield (
            "With more than two types the threshold is a surface; the day is the first on which silence "
            f"meets it, on a grid of beliefs with {best.optimum.steps} steps."
        )
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
    """Return a share in per cent with three digits, with more where it would look like all."""
    text, rest = f"{100 * share:.3g}", 100 * (1 - share)
    if text == "100" and rest > 0:
        text = f"{100 - float(f'{rest:.2g}'):.10g}" if rest > _LEAST_REST else f">{100 - _LEAST_REST:.10g}"
    return f"{text} %"


def _quiet(study: Study, found: Waiting, quiet: Quiet, when: str) -> str:
    if quiet.pivot is None:
        return f"{when}, the day to pivot does not come within fifty years."
    day = "" if quiet.day is None else f"{quiet.day}, "
    pivot = pivot_name(study, quiet.pivot)
    told = [f"{when}, the day to pivot to {pivot} is {day}{quiet.years:.2g} years from now."]
    if len(found.types) > 1:
        beliefs = (
            f"{type_name(study, each)} {_percent(belief)}"
            for each, belief in zip(found.types, quiet.belief, strict=True)
        )
        told.append(f"The belief then: {', '.join(beliefs)}.")
    if quiet.threshold is not None and quiet.levels:
        levels = listed(f"{stock_name(study, stock)} at {level}" for stock, level in quiet.levels.items())
        told.append(f"With {levels} it pivots {_when_belief(study, found, quiet.threshold)}.")
    return " ".join([*told, *_bounds(study, quiet)])


def _bounds(study: Study, quiet: Quiet) -> Iterator[str]:
    """Say which stocks would have gone on but for the bounds that the model sets."""
    met = []
    for stock in timing_of(study.conflict).stocks:
        steps = {change.by for change in stock.changes}
        level = quiet.levels[stock.id]
        if (level == stock.most and 1 in steps) or (level == stock.least and -1 in steps):
            met.append(stock_name(study, stock.id))
    if met:
        stand = "stands at a bound" if len(met) == 1 else "stand at bounds"
        yield f"{listed(met)} {stand} that the model sets: with others the day may be another."


def _forward(study: Study, best: Best) -> Iterator[str]:
    base = best.growing
    open_ = [each for each in best.after if not each.ends_waiting]
    same = [each for each in open_ if each.quiet.pivot in (base.pivot, None) or base.pivot is None]
    earlier = [each for each in same if each.quiet.years < base.years - _SOON]
    later = [each for each in same if each.quiet.years > base.years + _SOON][::-1]
    other = [each for each in open_ if each not in same]
    for rows, word in ((earlier, "forward"), (later, "back")):
        if rows:
            yield f"What would bring that day {word}, if it were seen now: {_moved(study, best, rows)}."
    if other:
        yield f"What would make it a day for another pivot: {_moved(study, best, other)}."


def _moved(study: Study, best: Best, rows: list[After]) -> str:
    """Name the first few, the greatest change first, and say how many more there are."""
    told = [f"{kind_name(study, each.kind, best.state)} ({_to_day(study, best, each)})" for each in rows]
    more = len(told) - _TOLD
    return listed(told if more < 2 else [*told[:_TOLD], f"{counted(more, 'other')} in the table"])


def _to_day(study: Study, best: Best, after: After) -> str:
    quiet = after.quiet
    if quiet.pivot is None:
        return "never"
    to = "" if quiet.pivot == best.growing.pivot else f"{pivot_name(study, quiet.pivot)} "
    if quiet.years <= 0:
        return f"{to}at once"
    return f"{to}on {quiet.day}" if quiet.day is not None else f"{to}{quiet.years:.2g} years from now"
