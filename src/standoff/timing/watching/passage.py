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


def first_within(play: Play, years: float, events: Bools, points: Bools) -> Floats:
    """Return the chance that a marked event happens or a marked point is reached in time: (types, states).

    By the state in which it is then for the first time, after the event; a row adds up to the
    chance under a type.

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
        found = np.zeros((len(play.types), play.states.size))
        found[:, play.start // play.levels.shape[0]] = 1.0
        return found
    return np.array([_of_type(play, type_, years, events, points) for type_ in range(len(play.types))])


def _of_type(play: Play, type_: int, years: float, events: Bools, points: Bools) -> Floats:
    origins = np.repeat(np.arange(play.size), np.diff(play.first))
    totals = play.total_rates[type_]
    fastest = float(totals.max())
    seen, found = np.zeros(play.states.size), np.zeros(play.states.size)
    if not fastest * years:
        return found
    marked = events | points[play.target]
    ends = np.flatnonzero(marked)
    states = play.target[ends] // play.levels.shape[0]
    shares = play.rates[type_] / fastest
    stay = 1 - totals / fastest
    here = np.zeros(play.size)
    here[play.start] = 1.0
    for weight in _poisson(fastest * years):
        found += weight * seen
        flow = here[origins] * shares
        seen += np.bincount(states, flow[ends], found.size)
        here = here * stay + np.bincount(play.target, np.where(marked, 0.0, flow), play.size)
    return found


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
