"""Counts of test days that play foretells, and what the days seen say about where play is.

Exact but for sums cut off at 1e-12: play under a policy that never acts is a Markov chain under
each type, test days are counted or seen on the way, and nothing else is seen.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from standoff.timing.play import Play
from standoff.timing.replay import DAYS_A_YEAR

Floats = NDArray[np.float64]

MOST = 30
"""Counts of a quarter go up to this; more than that many days stand under the last one."""
_LEFT_OUT = 1e-12


@dataclass(frozen=True, eq=False)
class Chain:
    """Moves and steps of play under each type, and the rates of test days at its points.

    Attributes
    ----------
    points : array
        Their numbers in the play.
    begin : array (types, points)
        The belief at the start of play.
    origin, target, rates : arrays (edges), (edges), (types, edges)
        What changes the point, per year.
    tests : dict
        For ``"short"`` and ``"long"`` the rate of such a test day: (types, points).
    """

    points: NDArray[np.int64]
    begin: Floats
    origin: NDArray[np.int64]
    target: NDArray[np.int64]
    rates: Floats
    tests: dict[str, Floats]

    @property
    def both(self) -> Floats:
        return self.tests["short"] + self.tests["long"]

    def moved(self, mass: Floats) -> Floats:
        """Return what flows into each point per year from mass (types, ..., points)."""
        flat = mass.reshape(mass.shape[0], -1, mass.shape[-1])
        found = np.zeros_like(flat)
        for type_, rates in enumerate(self.rates):
            for row, mass_of in enumerate(flat[type_]):
                found[type_, row] = np.bincount(self.target, rates * mass_of[self.origin], mass_of.size)
        return found.reshape(mass.shape)

    @property
    def leaving(self) -> Floats:
        """The rate at which each point is left: (types, points)."""
        points = self.both.shape[1]
        return np.array([np.bincount(self.origin, rates, points) for rates in self.rates])


def chain_of(play: Play) -> Chain:
    """Return the chain on the points that play can reach from its start without a pivot."""
    origins = np.repeat(np.arange(play.size), np.diff(play.first))
    points = np.flatnonzero(reached(play, origins))
    tests = {}
    for reach in ("short", "long"):
        kind = next(k for k, each in enumerate(play.kinds) if each.signal == f"{reach}_test")
        mine = play.kind == kind
        seen_at = [np.bincount(origins[mine], rates[mine], play.size) for rates in play.rates]
        tests[reach] = np.array(seen_at, np.float64)[:, points]
    place = np.full(play.size, -1)
    place[points] = np.arange(points.size)
    moves = (play.target != origins) & (place[origins] >= 0)
    begin = np.zeros((len(play.types), points.size))
    begin[:, place[play.start]] = play.prior
    return Chain(points, begin, place[origins[moves]], place[play.target[moves]], play.rates[:, moves], tests)


def reached(play: Play, origins: NDArray[np.int64]) -> NDArray[np.bool_]:
    found = np.zeros(play.size, np.bool_)
    found[play.start] = True
    before = 0
    while found.sum() > before:
        before = int(found.sum())
        found[play.target[found[origins]]] = True
    return found


def quiet(chain: Chain, mass: Floats, years: float) -> Floats:
    """Return the mass after a time without a test day; what is lost is the chance of one."""
    return _later(chain, mass, years, np.zeros_like)


def unseen(chain: Chain, mass: Floats, years: float) -> Floats:
    """Return the mass after a time, whatever was tested."""
    return _later(chain, mass, years, lambda now: now * chain.both)


def counts(chain: Chain, mass: Floats, years: float, reach: str | None = None) -> Floats:
    """Return the chances of 0, 1, ... `MOST` test days within a time, of any reach or one."""
    begin = np.zeros((mass.shape[0], MOST + 1, mass.shape[1]))
    begin[:, 0] = mass
    counted = chain.both if reach is None else chain.tests[reach]

    def tested(now: Floats) -> Floats:
        found = now * (chain.both - counted)[:, None]
        found[:, 1:] += now[:, :-1] * counted[:, None]
        found[:, -1] += now[:, -1] * counted
        return found

    return _later(chain, begin, years, tested).sum(axis=(0, 2))


def _later(chain: Chain, mass: Floats, years: float, tested: Callable[[Floats], Floats]) -> Floats:
    """Uniformise: a Poisson number of ticks, at each of which play moves, is tested, or stays."""
    out = chain.leaving + chain.both
    out = out if mass.ndim == 2 else out[:, None]
    speed = float(out.max())
    weight, total, tick = np.exp(-speed * years), 0.0, 0
    found = np.zeros_like(mass)
    while total < 1 - _LEFT_OUT:
        found += weight * mass
        total += weight
        tick += 1
        weight *= speed * years / tick
        mass = mass + (chain.moved(mass) + tested(mass) - out * mass) / speed
    return found


@dataclass(frozen=True, eq=False)
class Seen:
    """What is known after some days: the chance of what was seen, and where play is."""

    log_likelihood: float
    mass: Floats


def seen(chain: Chain, mass: Floats, begin: date, end: date, days: Iterable[tuple[date, str]]) -> Seen:
    """Follow what test days, and quiet between them, say about where play is; `mass` adds up to 1."""
    today, logs = begin, 0.0
    for day, reach in [*days, (end, "")]:
        mass = quiet(chain, mass, (day - today).days / DAYS_A_YEAR)
        mass = mass * chain.tests[reach] if reach else mass
        logs += float(np.log(mass.sum()))
        mass = mass / mass.sum()
        today = day
    return Seen(logs, mass)
