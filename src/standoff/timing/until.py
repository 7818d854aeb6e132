"""When a policy pivots if nothing happens: at a date, a belief, a level of a stock, any of these, or best."""

from __future__ import annotations

from math import inf

import numpy as np
from numpy.typing import NDArray

from standoff.model.timing import Pivot, Policy, Until
from standoff.timing.arrays import Floats, Ints
from standoff.timing.play import Play
from standoff.timing.reaching import day_of
from standoff.timing.replay import DAYS_A_YEAR
from standoff.timing.simulation import TimeLeft
from standoff.timing.stopping import Solution, Stakes

LOOKS_AGAIN_NATS = 0.1
"""With more than two types a policy looks again when silence has moved some log odds by this."""


def _again(play: Play) -> Floats:
    """Return for each point after how many years to look again; infinite where silence says nothing."""
    speed = np.ptp(play.total_rates, axis=0)
    return np.divide(LOOKS_AGAIN_NATS, speed, out=np.full(play.size, inf), where=speed > 0)


_SLIGHT = 1e-9
"""Weights, and distances in nats, up to this are none: what rounding leaves would take no time at all."""


def time_until(play: Play, stakes: Stakes, policy: Policy) -> TimeLeft:
    """Return the rule of a policy: how long until it pivots if nothing happens.

    It pivots as soon as any of its reasons holds and a pivot is possible.
    """
    number = [pivot.id for pivot in _pivots(play)].index(policy.pivot) if policy.pivot else -1
    possible = (
        np.isfinite(stakes.pivots[number]).all(axis=0) if policy.pivot else np.zeros(play.size, np.bool_)
    )
    reasons = [_reason(play, until) for until in policy.until]

    def left(points: Ints, logs: Floats, times: Floats) -> Floats:
        found = np.full(points.size, inf)
        for reason in reasons:
            found = np.minimum(found, reason(points, logs, times))
        return np.where(possible[points], found, inf)

    return left


def _pivots(play: Play) -> tuple[Pivot, ...]:
    return play.conflict.timing.pivots if play.conflict.timing else ()


def _reason(play: Play, until: Until) -> TimeLeft:
    if until.at_once:
        return lambda points, _logs, _times: np.zeros(points.size)
    if until.on is not None:
        years = (until.on - day_of(play.conflict)).days / DAYS_A_YEAR
        return lambda _points, _logs, times: np.maximum(0.0, years - times)
    if until.belief_at_most is not None:
        return belief_at_most(play, play.types.index(until.type or ""), float(until.belief_at_most))
    stocks = [stock.id for stock in play.conflict.timing.stocks] if play.conflict.timing else []
    high = play.levels[:, stocks.index(until.stock or "")] >= until.at_least
    reached = np.tile(high, play.states.size)
    return lambda points, _logs, _times: np.where(reached[points], 0.0, inf)


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
