"""How soon a breach must be seen for a step to be kept: what verification has to deliver."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from standoff.timing.roadmap.rows import factor_of, margins_of
from standoff.timing.roadmap.sides import Side
from standoff.timing.roadmap.stakes import Answer, Deal
from standoff.timing.roadmap.verdicts import Detection

LONGEST = 120
"""So many months are tried."""


def detections(deal: Deal, sides: Sequence[Side], step_months: float) -> Iterator[Detection]:
    """Yield for each step and side with payoffs how many whole months a breach by it may stay unseen.

    Months are tried one after the other, up to ten years, until the step is not kept.
    """
    for place in range(1, len(deal.steps) + 1):
        for side in sides:
            if side.utility is not None and deal.stakes_at(place, side.dm) is not None:
                yield Detection(
                    place=place,
                    decision_maker=side.id,
                    type=side.type,
                    months=_months(deal, side, place, step_months),
                )


def _months(deal: Deal, side: Side, place: int, step_months: float) -> int | None:
    found = None
    for months in range(LONGEST + 1):
        answers = list(deal.answers)
        answers[side.dm] = Answer(months / step_months, answers[side.dm].reversion)
        stakes = replace(deal, answers=tuple(answers)).stakes_at(place, side.dm)
        factors = np.array([factor_of(side, step_months)])
        if stakes is None or not margins_of(side, stakes).holds(factors)[0]:
            break
        found = months
    return found
