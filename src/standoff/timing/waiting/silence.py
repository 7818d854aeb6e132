"""What the best policy comes to: thresholds, the date if nothing happens, what would move that date."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from math import inf

import numpy as np
from numpy.typing import NDArray

from standoff.timing.arrays import Floats, Ints
from standoff.timing.beliefs import logarithms
from standoff.timing.play import Kind, Play
from standoff.timing.reaching import timing_of
from standoff.timing.replay import DAYS_A_YEAR
from standoff.timing.simulation import TimeLeft
from standoff.timing.until import optimally
from standoff.timing.waiting.optimum import Solved

HORIZON_YEARS = 50.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Threshold:
    """Where the best policy pivots at some levels: beliefs from `low` to `high` in a type."""

    state: str
    levels: dict[str, int]
    type: str
    low: float
    high: float
    pivot: str


def thresholds(found: Solved) -> tuple[Threshold, ...]:
    """Return, for two types, the beliefs in the first at which to pivot, at each level in the present state.

    Only levels that play can reach from where it may begin are told, one stock varied at a time.
    """
    play = found.play
    if len(play.types) != 2:
        return ()
    here, found_ = play.levels_of(play.start), list[Threshold]()
    for place, point in enumerate(found.stakes.waiting.tolist()):
        levels = play.levels_of(point)
        apart = sum(levels[stock] != here[stock] for stock in here)
        if play.state_of(point) != play.state_of(play.start) or apart > 1:
            continue
        found_ += _at(found, place)
    return tuple(found_)


def _at(found: Solved, place: int) -> list[Threshold]:
    """Return where the best policy pivots at one of the points that wait."""
    play, nodes = found.play, found.solution.grid.nodes[:, 0]
    point = int(found.stakes.waiting[place])
    pivots = [pivot.id for pivot in timing_of(play.conflict).pivots]
    return [
        Threshold(
            state=play.graph.space.label(play.state_of(point)),
            levels=play.levels_of(point),
            type=play.types[0],
            low=float(nodes[low]),
            high=float(nodes[high]),
            pivot=pivots[pivot],
        )
        for low, high, pivot in _runs(found.solution.stops[place], _best_pivots(found, point))
    ]


def _best_pivots(found: Solved, point: int) -> Ints:
    """Return the place of the best pivot at a point, at each node."""
    nodes = found.solution.grid.nodes
    return found.stakes.by_pivot(np.full(nodes.shape[0], point), nodes).argmax(axis=0)


def _runs(stops: NDArray[np.bool_], best: Ints) -> Iterator[tuple[int, int, int]]:
    """Yield the first and the last node of each run that stops with one pivot, and the pivot."""
    taken = np.where(stops, best, -1)
    edges = [0, *(np.flatnonzero(np.diff(taken)) + 1).tolist(), taken.size]
    for low, after in pairwise(edges):
        if taken[low] >= 0:
            yield low, after - 1, int(taken[low])


@dataclass(frozen=True, slots=True, kw_only=True)
class Quiet:
    """When the policy pivots if nothing is seen.

    Attributes
    ----------
    years : float
        From the day of the model on; infinite if it never does within fifty years.
    day : date or None
    belief : tuple of float
        By type, on that day.
    levels : dict
        Of the stocks on that day.
    pivot : str or None
        The one taken then; None for never.
    threshold : Threshold or None
        For two types, where in belief it pivots at these levels; None for never.
    """

    years: float
    day: date | None
    belief: tuple[float, ...]
    levels: dict[str, int]
    pivot: str | None
    threshold: Threshold | None

    @property
    def ever(self) -> bool:
        """Whether it pivots at all."""
        return self.years < inf


def quiet_date(found: Solved, *, growing: bool = False) -> Quiet:
    """Return when the best policy pivots if nothing happens.

    Parameters
    ----------
    growing : bool
        Stocks take those steps that say nothing about the type, when they are expected (one step
        each time their rate adds up to 1); all else stays quiet.
    """
    play = found.play
    return _followed(
        found, optimally(play, found.solution), play.start, logarithms(play.prior), growing=growing
    )


def _followed(found: Solved, rule: TimeLeft, point: int, logs: Floats, *, growing: bool) -> Quiet:
    play, years, clocks = found.play, 0.0, dict[Kind, float]()
    open_ = set(found.stakes.waiting.tolist())
    totals = play.total_rates
    while years < HORIZON_YEARS and point in open_:
        left = float(rule(np.array([point]), logs[None], np.array([years]))[0])
        if left <= 0:
            return _quiet(found, years, logs, point)
        steps = _steps(play, point) if growing else {}
        ahead = {kind: (1 - clocks.get(kind, 0.0)) / rate for kind, (rate, _) in steps.items()}
        pause = min([left, *ahead.values()])
        if pause == inf:
            break
        logs = logs - totals[:, point] * pause
        logs = logs - np.logaddexp.reduce(logs)
        years += pause
        for kind, (rate, _) in steps.items():
            clocks[kind] = clocks.get(kind, 0.0) + rate * pause
        due = [kind for kind, wait in ahead.items() if wait <= pause]
        for kind in due[:1]:
            clocks[kind] = 0.0
            point = steps[kind][1]
    return _quiet(found, inf, logs, point)


def _steps(play: Play, point: int) -> dict[Kind, tuple[float, int]]:
    """Return the steps of stocks that are as frequent under every type: rate and target."""
    found = {}
    for event in play.events_of(point):
        kind, rates = play.kinds[play.kind[event]], play.rates[:, event]
        if kind.stock is not None and rates[0] > 0 and np.allclose(rates, rates[0], rtol=1e-9, atol=0):
            found[kind] = float(rates[0]), int(play.target[event])
    return found


def _quiet(found: Solved, years: float, logs: Floats, point: int) -> Quiet:
    play, day, pivot, threshold = found.play, None, None, None
    if years < inf:
        best = found.stakes.by_pivot(np.array([point]), np.exp(logs)[None]).argmax(axis=0)[0]
        pivot = timing_of(play.conflict).pivots[int(best)].id
        threshold = _met(found, point, float(np.exp(logs[0])))
        if play.conflict.as_of is not None:
            day = play.conflict.as_of + timedelta(days=round(years * DAYS_A_YEAR))
    return Quiet(
        years=years,
        day=day,
        belief=tuple(np.exp(logs).tolist()),
        levels=play.levels_of(point),
        pivot=pivot,
        threshold=threshold,
    )


def _met(found: Solved, point: int, belief: float) -> Threshold | None:
    """Return the threshold nearest to a belief at a point."""
    if len(found.play.types) != 2:
        return None
    told = _at(found, int(np.searchsorted(found.stakes.waiting, point)))
    return min(told, key=lambda each: max(each.low - belief, belief - each.high, 0.0), default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class After:
    """What one event, seen today, would do: the belief after it, and when the policy pivots then."""

    kind: Kind
    belief: tuple[float, ...]
    ends_waiting: bool
    quiet: Quiet


def after_events(found: Solved) -> tuple[After, ...]:
    """Return for each event that can happen now what it would do to the belief and to the date.

    Sorted by the date that it implies if nothing but expected growth follows, earliest first.
    """
    play, rule = found.play, optimally(found.play, found.solution)
    open_ = set(found.stakes.waiting.tolist())
    rows = []
    for event in play.events_of(play.start):
        with np.errstate(divide="ignore"):
            logs = logarithms(play.prior) + np.log(play.rates[:, event])
        logs = logs - np.logaddexp.reduce(logs)
        target = int(play.target[event])
        rows.append(
            After(
                kind=play.kinds[play.kind[event]],
                belief=tuple(np.exp(logs).tolist()),
                ends_waiting=target not in open_,
                quiet=_followed(found, rule, target, logs, growing=True),
            )
        )
    return tuple(sorted(rows, key=lambda row: (row.ends_waiting, row.quiet.years, row.belief)))
