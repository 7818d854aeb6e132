"""What a side does if it plans from the start, and what a deal is then worth to the focal side."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from standoff.timing.arrays import Floats
from standoff.timing.roadmap.margins import TOLERANCE, weights
from standoff.timing.roadmap.result import Defection, Test
from standoff.timing.roadmap.rows import factor_of, margins_of
from standoff.timing.roadmap.sides import Side
from standoff.timing.roadmap.stakes import Deal, Stakes

_TWO = 2


def defections(
    deal: Deal, sides: Sequence[Side], focal: str | None, step_months: float
) -> tuple[Defection, ...]:
    """Return for each side with payoffs at which step it pays it most to breach, if at any."""
    stakes = list(deal.stakes())
    payer = next((side for side in sides if side.id == focal and side.utility is not None), None)
    return tuple(
        _defection(deal, [at for at in stakes if at.dm == side.dm], side, payer, step_months)
        for side in sides
        if side.utility is not None
    )


def _defection(
    deal: Deal, stakes: Sequence[Stakes], side: Side, focal: Side | None, step_months: float
) -> Defection:
    factor = factor_of(side, step_months)
    keeping = _worth(side, deal.states[1:], np.array([*range(deal.length), np.inf]), factor)
    best, chosen = keeping + TOLERANCE * side.spread, None
    for at in stakes:
        before = at.place - 1
        worth = _worth(side, deal.states[1 : at.place], np.arange(before + 1.0), factor)
        worth += factor**before * float(margins_of(side, at).breach(np.array([factor]))[0])
        if worth > best:
            best, chosen = worth, at
    return Defection(
        decision_maker=side.id,
        type=side.type,
        place=None if chosen is None else chosen.place,
        gain=0.0 if chosen is None else (best - keeping) / side.discount_per_year,
        focal_worth=None if focal is None else _to_focal(deal, chosen, side, focal, step_months),
    )


def _to_focal(deal: Deal, at: Stakes | None, side: Side, focal: Side, step_months: float) -> float:
    """Return the present value of the deal to the focal side if one side breaches at a step, or nobody."""
    factor = factor_of(focal, step_months)
    if at is None:
        worth = _worth(focal, deal.states[1:], np.array([*range(deal.length), np.inf]), factor)
        return worth / focal.discount_per_year
    before = at.place - 1
    worth = _worth(focal, deal.states[1 : at.place], np.arange(before + 1.0), factor)
    course = at.courses[margins_of(side, at).best_breach(factor_of(side, step_months))]
    worth += factor**before * _worth(focal, course.tolist(), at.times, factor)
    return worth / focal.discount_per_year


def _worth(side: Side, states: Sequence[int], times: Floats, factor: float) -> float:
    """Return what a course of states is worth, per year on average for ever."""
    utility: Floats = np.zeros(0) if side.utility is None else side.utility
    if not len(states):
        return 0.0
    return float(utility[np.array(states)] @ weights(times, np.array([factor]))[:, 0])


def screening(phased: Sequence[Defection], at_once: Sequence[Defection]) -> Test | None:
    """Say below which belief in the better type the phased deal beats the single step.

    Both are what the deals are worth to the focal side if each type does what pays it most; None
    unless there are two types with payoffs, and a focal side with payoffs.
    """
    told = [
        (one.type, one.focal_worth, other.focal_worth)
        for one, other in zip(phased, at_once, strict=True)
        if one.type is not None and one.focal_worth is not None and other.focal_worth is not None
    ]
    if len(told) != _TWO:
        return None
    good, bad = sorted(told, key=lambda pair: -pair[2])
    lost, saved = good[2] - good[1], bad[1] - bad[2]
    belief = saved / (saved + lost) if saved > 0 and lost > 0 else None
    return Test(
        type=good[0],
        belief_below=belief,
        phased=tuple((type_, one) for type_, one, _ in (good, bad)),
        at_once=tuple((type_, other) for type_, _, other in (good, bad)),
    )
