"""One side at one step, told by name: by its payoffs, or by its ranks alone."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from math import exp, log

import numpy as np

from standoff.graph import GraphModel
from standoff.timing.arrays import Floats
from standoff.timing.replay import MONTHS_A_YEAR
from standoff.timing.roadmap.margins import Margins, critical, holding
from standoff.timing.roadmap.sides import Side
from standoff.timing.roadmap.spacings import Spacings, bounds, spacings
from standoff.timing.roadmap.stakes import Stakes
from standoff.timing.roadmap.verdicts import Demand, RankRow, Row, Stretch, Weight

_WORTH_TELLING = 1e-9


def factor_of(side: Side, step_months: float) -> float:
    """Return the discount factor of a side for one step."""
    return exp(-side.discount_per_year * step_months / MONTHS_A_YEAR)


def margins_of(side: Side, stakes: Stakes) -> Margins:
    """Return the margins of a side whose payoffs are known."""
    utility: Floats = np.zeros(0) if side.utility is None else side.utility
    return Margins(stakes, utility, side.spread)


def row(graph: GraphModel, side: Side, stakes: Stakes, step_months: float) -> Row:
    """Return how a side with payoffs stands at a step."""
    margins, factor = margins_of(side, stakes), factor_of(side, step_months)
    at_factor = np.array([factor])
    lasting = float(margins(at_factor)[0])
    breach = margins.best_breach(factor)
    ranges = holding(margins)
    least = critical(ranges)
    return Row(
        place=stakes.place,
        decision_maker=side.id,
        type=side.type,
        margin=lasting / side.discount_per_year,
        share=lasting / side.spread if side.spread else 0.0,
        holds=bool(margins.holds(at_factor)[0]),
        breach=graph.space.label(int(stakes.breaches[breach])),
        after=graph.space.label(int(stakes.courses[breach, -1])),
        kept_at=ranges,
        critical_factor=least,
        bears_rate_per_year=-log(least) * MONTHS_A_YEAR / step_months if least else None,
    )


def rank_row(graph: GraphModel, side: Side, stakes: Sequence[Stakes], step_months: float) -> RankRow:
    """Return under which spacings of its ranks a side keeps a step, or all of several."""
    found = spacings(stakes, side.ranks, factor_of(side, step_months))
    labels = [graph.space.label(state) for state in found.ladder.tolist()]
    holds = found.holds
    return RankRow(
        place=stakes[0].place if len(stakes) == 1 else None,
        decision_maker=side.id,
        type=side.type,
        holds=holds,
        worst=labels[0],
        best=labels[-1],
        demands=tuple(_demand(graph, found, number, labels) for number in range(len(found.conditions))),
        stretches=tuple(
            Stretch(
                lower=labels[each.lower], upper=labels[each.upper], least=each.least, greatest=each.greatest
            )
            for each in (bounds(found) if holds == "some" else ())
        ),
    )


def _demand(graph: GraphModel, found: Spacings, number: int, labels: Sequence[str]) -> Demand:
    """Return a condition with gaps of the same weight, one after the other, taken together."""
    weights = found.conditions[number]
    starts = [0, *(np.flatnonzero(np.abs(np.diff(weights)) > _WORTH_TELLING) + 1).tolist(), weights.size]
    told = [
        Weight(lower=labels[low], upper=labels[high], weight=float(weights[low]))
        for low, high in pairwise(starts)
    ]
    return Demand(
        place=int(found.places[number]),
        breach=graph.space.label(int(found.breaches[number])),
        gains=tuple(each for each in told if each.weight > _WORTH_TELLING),
        losses=tuple(each for each in told if each.weight < -_WORTH_TELLING),
    )
