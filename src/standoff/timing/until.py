"""When a policy pivots if nothing happens: at a date, belief, level or state, any of these, or best."""

from __future__ import annotations

from math import inf

import numpy as np
from numpy.typing import NDArray

from standoff.model.timing import Policy, Until
from standoff.timing.arrays import Floats, Ints
from standoff.timing.play import Play
from standoff.timing.reaching import day_of, timing_of
from standoff.timing.replay import DAYS_A_YEAR
from standoff.timing.simulation import Chosen, TimeLeft
from standoff.timing.situation import where
from standoff.timing.stopping import Solution, Stakes

LOOKS_AGAIN_NATS = 0.1
"""With more than two types a policy looks again when silence has moved some log odds by this."""


def _again(play: Play) -> Floats:
    """Return for each point after how many years to look again; infinite where silence says nothing."""
    speed = np.ptp(play.total_rates, axis=0)
    return np.divide(LOOKS_AGAIN_NATS, speed, out=np.full(play.size, inf), where=speed > 0)


_SLIGHT = 1e-9
"""Weights, and distances in nats, up to this are none: what rounding leaves would take no time at all."""


def rule_until(play: Play, stakes: Stakes, policy: Policy) -> tuple[TimeLeft, Chosen]:
    """Return the rule of a policy: how long until it pivots if nothing happens, and to what.

    It pivots as soon as any of its reasons holds and the pivot of that reason is possible; of
    several at that moment it takes the one that looks best.

    Parameters
    ----------
    stakes : Stakes
        With the pivots of the policy only, in their order.
    """
    named = [until.pivot or policy.pivot or "" for until in policy.until]
    numbers = np.array([policy.pivots.index(each) for each in named], np.int64)
    possible = [np.isfinite(stakes.pivots[number]).all(axis=0) for number in numbers]
    reasons = [_reason(play, until) for until in policy.until]

    def of_each(points: Ints, logs: Floats, times: Floats) -> Floats:
        found = np.full((len(reasons), points.size), inf)
        for row, reason, can in zip(found, reasons, possible, strict=True):
            row[:] = np.where(can[points], reason(points, logs, times), inf)
        return found

    def left(points: Ints, logs: Floats, times: Floats) -> Floats:
        return of_each(points, logs, times).min(axis=0, initial=inf)

    def chosen(points: Ints, logs: Floats, times: Floats) -> Ints:
        worth = stakes.by_pivot(points, np.exp(logs))
        said = np.zeros(worth.shape, np.bool_)
        for number, row in zip(numbers, of_each(points, logs, times), strict=True):
            said[number] |= row <= 0
        return np.where(said, worth, -inf).argmax(axis=0)

    return left, chosen


def pivot_by_point(play: Play, stakes: Stakes, policy: Policy) -> Ints | None:
    """Return the place in the stakes of the pivot that a policy takes at each point, -1 for none.

    None if that hangs on more than the point: on a date, on a belief, or on which of two pivots
    looks better.
    """
    said = np.zeros((len(policy.pivots), play.size), np.bool_)
    for until in policy.until:
        if until.on is not None or until.belief_at_most is not None:
            return None
        number = policy.pivots.index(until.pivot or policy.pivot or "")
        possible = np.isfinite(stakes.pivots[number]).all(axis=0)
        said[number] |= possible if until.at_once else possible & _points_where(play, until)
    if (said.sum(axis=0) > 1).any():
        return None
    return np.where(said.any(axis=0), np.argmax(said, axis=0) if said.size else 0, -1)


def _reason(play: Play, until: Until) -> TimeLeft:
    if until.at_once:
        return lambda points, _logs, _times: np.zeros(points.size)
    if until.on is not None:
        years = (until.on - day_of(play.conflict)).days / DAYS_A_YEAR
        return lambda _points, _logs, times: np.maximum(0.0, years - times)
    if until.belief_at_most is not None:
        return belief_at_most(play, play.types.index(until.type or ""), float(until.belief_at_most))
    reached = _points_where(play, until)
    return lambda points, _logs, _times: np.where(reached[points], 0.0, inf)


def _points_where(play: Play, until: Until) -> NDArray[np.bool_]:
    """Return at which points the level of a stock is reached, or a condition holds."""
    if until.stock is None:
        holds = where(play.graph, until.condition)[play.states]
        return np.repeat(holds, play.levels.shape[0])
    stocks = [stock.id for stock in timing_of(play.conflict).stocks]
    high = play.levels[:, stocks.index(until.stock)] >= until.at_least
    return np.tile(high, play.states.size)


def belief_at_most(play: Play, type_: int, bound: float) -> TimeLeft:
    """Return how long until silence brings the belief in a type down to a bound."""
    totals, again = play.total_rates, _again(play)
    with np.errstate(divide="ignore"):
        goal = float(np.log(bound) - np.log1p(-bound))

    def left(points: Ints, logs: Floats, _times: Floats) -> Floats:
        others = np.delete(logs, type_, axis=1)
        odds = logs[:, type_] - np.logaddexp.reduce(others, axis=1)
        if len(play.types) != 2:
            return np.where(odds <= goal + _SLIGHT, 0.0, again[points])
        falls = totals[type_, points] - totals[1 - type_, points]
        ahead = np.divide(odds - goal, falls, out=np.full(points.size, inf), where=falls > 0)
        return np.where(odds <= goal + _SLIGHT, 0.0, ahead)

    return left


def optimally(play: Play, solution: Solution) -> TimeLeft:
    """Return the rule of the best policy found: pivot where the solution on the grid does."""
    if len(play.types) == 2:
        return _optimally_of_two(play, solution)
    waiting = solution.stakes.waiting
    hopeful: NDArray[np.bool_] = np.logical_or.reduce(solution.stops, axis=1)
    again = np.where(hopeful, _again(play)[waiting], inf)

    def left(points: Ints, logs: Floats, _times: Floats) -> Floats:
        place = np.searchsorted(waiting, points)
        found: Floats = again[place]
        some: Ints = np.flatnonzero(hopeful[place])
        nodes, weights = solution.grid.mixture(np.exp(logs[some]))
        stops = solution.stops[place[some, None], nodes]
        inside = np.logical_or(stops, weights <= _SLIGHT).all(axis=1)
        found[some[inside]] = 0.0
        return found

    return left


def _optimally_of_two(play: Play, solution: Solution) -> TimeLeft:
    """Between two nodes that stop it stops; else silence carries the belief to the next one that does."""
    waiting, nodes = solution.stakes.waiting, solution.grid.nodes[:, 0]
    with np.errstate(divide="ignore"):
        odds_of = np.log(nodes) - np.log1p(-nodes)
    below, above = _next_stops(solution.stops)
    totals = play.total_rates

    def left(points: Ints, logs: Floats, _times: Floats) -> Floats:
        place = np.searchsorted(waiting, points)
        belief = np.exp(logs[:, 0])
        right = np.clip(np.searchsorted(nodes, belief, side="right"), 1, nodes.size - 1)
        stops = solution.stops[place, right - 1] & (
            solution.stops[place, right] | (belief <= nodes[right - 1])
        )
        sure = np.isinf(logs).any(axis=1)
        first, second = (np.where(sure, 0.0, logs[:, type_]) for type_ in range(2))
        odds = first - second
        falls = totals[0, points] - totals[1, points]
        goal = np.where(falls > 0, below[place, right - 1], above[place, right])
        known = (goal >= 0) & (falls != 0) & ~sure
        wanted = np.where(known, odds_of[goal], odds)
        away = np.where(falls > 0, odds - wanted, wanted - odds)
        ahead = np.divide(away, np.abs(falls), out=np.full(points.size, inf), where=known)
        return np.where(stops | (known & (away <= _SLIGHT)), 0.0, ahead)

    return left


def _next_stops(stops: NDArray[np.bool_]) -> tuple[Ints, Ints]:
    """Return for each node the nearest node at or below, and at or above, that stops; -1 for none."""
    count = stops.shape[1]
    places = np.arange(count)
    below = np.maximum.accumulate(np.where(stops, places, -1), axis=1)
    above = np.minimum.accumulate(np.where(stops, places, count)[:, ::-1], axis=1)[:, ::-1]
    return below, np.where(above == count, -1, above)
