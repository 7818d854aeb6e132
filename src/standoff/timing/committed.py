"""What play is worth to the focal decision maker if it never acts again, under each type."""

from __future__ import annotations

import numpy as np

from standoff.timing.arrays import Floats, Ints
from standoff.timing.linear import solve
from standoff.timing.play import Play
from standoff.timing.reaching import pivot_targets, timing_of


def discount_of(play: Play) -> float:
    """Return the discount rate per year."""
    return float(timing_of(play.conflict).discount_per_year.value)


def never_acting(play: Play) -> Floats:
    """Return the expected discounted payoff from each point on, under each type: (types, points).

    The solution of (r + Q) V = u + A V, with the rates A of moving between points and their sums
    Q: what happens is certain to be seen but changes no decision.
    """
    return stopping_with(play, np.full((len(play.types), play.size), np.nan))


def stopping_with(play: Play, taken: Floats) -> Floats:
    """Return the same of acting once, on reaching certain points: (types, points).

    Parameters
    ----------
    taken : float array (types, points)
        What acting is worth at those points; nan where play goes on.
    """
    points = np.arange(play.size)
    origins = np.repeat(points, np.diff(play.first))
    rows = np.concatenate([points, origins])
    columns = np.concatenate([points, play.target])
    totals = play.total_rates
    found = []
    for rates, total, given in zip(play.rates, totals, taken, strict=True):
        ends = np.isfinite(given)
        diagonal = np.where(ends, 1.0, discount_of(play) + total)
        values = np.concatenate([diagonal, np.where(ends[origins], 0.0, -rates)])
        found.append(solve(rows, columns, values, np.where(ends, given, play.flow)))
    return np.array(found)


def pivot_points(play: Play) -> Ints:
    """Return the point that each pivot leads to from each point, -1 where it is not possible.

    Shape (pivots, points). A pivot that changes nothing is not possible.
    """
    timing, count = timing_of(play.conflict), play.levels.shape[0]
    found = np.full((len(timing.pivots), play.size), -1, np.int64)
    offsets = np.arange(count)
    for place, state in enumerate(play.states.tolist()):
        for number, target in enumerate(pivot_targets(play.graph, timing, state)):
            if target is None or target == state:
                continue
            at = int(np.searchsorted(play.states, target))
            if at < play.states.size and play.states[at] == target:
                found[number, place * count + offsets] = at * count + offsets
    return found


def pivot_values(play: Play, never: Floats) -> Floats:
    """Return what each pivot is worth at each point under each type, -inf where it is not possible.

    Shape (pivots, types, points): play from the point it leads to on, less its cost.
    """
    timing = timing_of(play.conflict)
    targets = pivot_points(play)
    values = np.full((len(timing.pivots), len(play.types), play.size), -np.inf)
    for number, pivot in enumerate(timing.pivots):
        possible = targets[number] >= 0
        values[number][:, possible] = never[:, targets[number, possible]] - float(pivot.cost_once.value)
    return values
