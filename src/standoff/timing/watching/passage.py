"""The chance that something happens within a time, under each type."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from standoff.errors import RefusedError
from standoff.timing.arrays import Floats
from standoff.timing.play import Play

Bools = NDArray[np.bool_]

_TAIL = 1e-14
_MOST_TERMS = 1_000_000


def chance_within(play: Play, years: float, events: Bools, points: Bools) -> Floats:
    """Return, by type, the chance that a marked event happens or a marked point is reached in time.

    Play goes on from its start and the focal decision maker does not act. Uniformisation: the
    chances after n steps of a chain with one rate for all points, weighted by the Poisson chance
    of n steps (Jensen 1953), these cut off where less than 1e-14 is left.

    Parameters
    ----------
    events : bool array (events)
    points : bool array (points)
        A marked start counts as reached.

    Raises
    ------
    RefusedError
        If the rates times the years are so large that more than a million steps would be needed.
    """
    if points[play.start]:
        return np.ones(len(play.types))
    return np.array([_of_type(play, type_, years, events, points) for type_ in range(len(play.types))])


def _of_type(play: Play, type_: int, years: float, events: Bools, points: Bools) -> float:
    origins = np.repeat(np.arange(play.size), np.diff(play.first))
    totals = play.total_rates[type_]
    fastest = float(totals.max())
    if not fastest * years:
        return 0.0
    marked = events | points[play.target]
    shares = play.rates[type_] / fastest
    stay = 1 - totals / fastest
    here = np.zeros(play.size)
    here[play.start] = 1.0
    seen = found = 0.0
    for weight in _poisson(fastest * years):
        found += weight * seen
        flow = here[origins] * shares
        seen += float(flow[marked].sum())
        here = here * stay + np.bincount(play.target, np.where(marked, 0.0, flow), play.size)
    return min(1.0, found)


def _poisson(mean: float) -> Floats:
    """Return the chances of 0, 1, 2, ... steps, up to where less than 1e-14 is left."""
    most = int(mean + 10 * np.sqrt(mean) + 40)
    if most > _MOST_TERMS:
        raise RefusedError(
            f"Within this time about {mean:,.0f} events would happen; up to {_MOST_TERMS:,} are taken. "
            "Ask for fewer months."
        )
    steps = np.arange(most)
    logs = steps * np.log(mean) - mean - np.concatenate([[0.0], np.cumsum(np.log(steps[1:]))])
    weights = np.exp(logs)
    weights /= weights.sum()
    last = int(np.searchsorted(np.cumsum(weights), 1 - _TAIL)) + 1
    return weights[:last]
