"""Play simulated event by event under each type, with the belief of one who watches and a policy to stop.

Nothing is discretised: waiting times are exponential, the belief is exact, and the moment at
which silence carries it over a threshold is computed. Any policy gives a true lower bound of
the best value, within sampling error.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from math import inf

import numpy as np

from standoff.errors import RefusedError
from standoff.timing.arrays import Floats, Ints
from standoff.timing.beliefs import logarithms
from standoff.timing.committed import discount_of
from standoff.timing.play import Play
from standoff.timing.stopping import Stakes

TimeLeft = Callable[[Ints, Floats, Floats], Floats]
"""How long until the policy pivots if nothing happens: of points, log beliefs (m, types) and times.

0 for at once, infinite for never; a finite time may also just mean that it looks again then.
"""

Chosen = Callable[[Ints, Floats, Floats], Ints]
"""Which pivot is taken, by its place in the stakes, where the policy pivots: of the same."""

SURE = 3.0
"""So many standard errors are told beside an estimate."""

FAR = 6.0
"""An estimate does not lie so many standard errors away from what it estimates."""

_NEGLIGIBLE = 1e-5

MOST_EVENTS = 20_000
"""A path on which more events are expected before discounting has made the rest negligible is refused."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """A mean with its standard error."""

    mean: float
    error: float


@dataclass(frozen=True, slots=True, eq=False)
class Outcome:
    """What came of a policy over many simulated paths.

    Attributes
    ----------
    value : Estimate
        Expected discounted payoff under the prior.
    by_type : tuple of Estimate
        The same if the other side is of each type.
    pivots : tuple of float
        Share of the paths that pivot, by type.
    years : tuple of float
        Mean time of the pivot among these, by type; nan if there is none.
    """

    value: Estimate
    by_type: tuple[Estimate, ...]
    pivots: tuple[float, ...]
    years: tuple[float, ...]


def simulated(
    play: Play, stakes: Stakes, until: TimeLeft, chosen: Chosen | None = None, *, paths: int, seed: int
) -> Outcome:
    """Return what a policy is worth, by `paths` simulated paths of each type.

    The estimate is the known worth of never acting plus the mean of what the pivot adds to it,
    discounted: unbiased, and exact for a policy that never pivots. Paths are followed until
    what is left of the discount factor is below 1e-5; later pivots are not made.

    Parameters
    ----------
    chosen : callable, optional
        Which pivot is taken; the one that looks best then if left out.

    Raises
    ------
    RefusedError
        If more than 20,000 events are expected on a path.
    """
    _require_end(play, stakes)
    draws = np.random.default_rng(seed)
    gained = partial(_added, stakes, chosen or best_looking(stakes))
    types = range(len(play.types))
    found = [_of_type(play, stakes, until, gained, type_, paths, draws) for type_ in types]
    means = np.array([gains.mean() for gains, _ in found]) + stakes.never[:, play.start]
    errors = np.array([gains.std() / paths**0.5 for gains, _ in found])
    return Outcome(
        value=Estimate(
            mean=float(play.prior @ means), error=float(np.sqrt(((play.prior * errors) ** 2).sum()))
        ),
        by_type=tuple(Estimate(mean=float(m), error=float(e)) for m, e in zip(means, errors, strict=True)),
        pivots=tuple(float(np.isfinite(times).mean()) for _, times in found),
        years=tuple(
            float(times[np.isfinite(times)].mean()) if np.isfinite(times).any() else float("nan")
            for _, times in found
        ),
    )


def _require_end(play: Play, stakes: Stakes) -> None:
    fastest = float(play.total_rates[:, stakes.waiting].max(initial=0.0))
    expected = fastest * -np.log(_NEGLIGIBLE) / discount_of(play)
    if stakes.pivots.shape[0] and expected > MOST_EVENTS:
        raise RefusedError(
            f"Before discounting makes the rest negligible about {expected:,.0f} events can happen; up to "
            f"{MOST_EVENTS:,} are simulated. Use a larger discount, or smaller rates for what happens often."
        )


@dataclass(slots=True, eq=False)
class Walkers:
    """Many paths at once: where each is, what is believed on it, and when."""

    points: Ints
    logs: Floats
    times: Floats


class Stepper:
    """Advances many paths by one event each under one type."""

    def __init__(self, play: Play, type_: int) -> None:
        self.play = play
        self.totals = play.total_rates
        most = int(np.diff(play.first).max(initial=0))
        self._most = most
        with np.errstate(divide="ignore"):
            self._log_rates = np.log(play.rates).T
        cumulated = np.cumsum(play.rates[type_])
        before = np.concatenate([[0.0], cumulated])[play.first[:-1]]
        self._ends = np.full((play.size, most), inf)
        for place in range(most):
            event = play.first[:-1] + place
            has = event < play.first[1:]
            self._ends[has, place] = cumulated[event[has]] - before[has]
        self._type = type_

    def waits(self, points: Ints, draws: np.random.Generator) -> Floats:
        """Return for each path how long until its next event."""
        rates = self.totals[self._type, points]
        standard = draws.exponential(size=points.size)
        return np.divide(standard, rates, out=np.full(points.size, inf), where=rates > 0)

    def quiet(self, walkers: Walkers, who: Ints, years: Floats) -> None:
        """Let time pass without an event on some paths."""
        walkers.logs[who] -= self.totals[:, walkers.points[who]].T * years[:, None]
        walkers.logs[who] -= np.logaddexp.reduce(walkers.logs[who], axis=1, keepdims=True)
        walkers.times[who] += years

    def happen(self, walkers: Walkers, who: Ints, draws: np.random.Generator) -> Ints:
        """Let an event happen on some paths; return which."""
        points = walkers.points[who]
        level = draws.random(who.size) * self.totals[self._type, points]
        place = (self._ends[points] <= level[:, None]).sum(axis=1)
        last = np.diff(self.play.first)[points] - 1
        event = self.play.first[points] + np.minimum(place, last)
        walkers.logs[who] += self._log_rates[event]
        walkers.logs[who] -= np.logaddexp.reduce(walkers.logs[who], axis=1, keepdims=True)
        walkers.points[who] = self.play.target[event]
        return event


def _of_type(
    play: Play,
    stakes: Stakes,
    until: TimeLeft,
    gained: Callable[[Walkers, Ints, int], Floats],
    type_: int,
    paths: int,
    draws: np.random.Generator,
) -> tuple[Floats, Floats]:
    """Return what the pivot adds on each path, discounted, and when it comes (infinite for never)."""
    rate, stepper = discount_of(play), Stepper(play, type_)
    walkers = Walkers(
        np.full(paths, play.start), np.tile(logarithms(play.prior), (paths, 1)), np.zeros(paths)
    )
    gains, when = np.zeros(paths), np.full(paths, inf)
    end = -np.log(_NEGLIGIBLE) / rate
    open_ = np.zeros(play.size, np.bool_)
    open_[stakes.waiting] = True
    alive = np.flatnonzero(open_[walkers.points]) if stakes.pivots.shape[0] else np.empty(0, np.int64)
    while alive.size:
        points = walkers.points[alive]
        left = until(points, walkers.logs[alive], walkers.times[alive])
        now = left <= 0
        who = alive[now]
        if who.size:
            gains[who] = gained(walkers, who, type_) * np.exp(-rate * walkers.times[who])
            when[who] = walkers.times[who]
            alive, left = alive[~now], left[~now]
        waits = stepper.waits(walkers.points[alive], draws)
        years = np.minimum(np.minimum(waits, left), end - walkers.times[alive])
        stepper.quiet(walkers, alive, years)
        stepper.happen(walkers, alive[waits <= years], draws)
        alive = alive[open_[walkers.points[alive]] & (walkers.times[alive] < end)]
    return gains, when


def _added(stakes: Stakes, chosen: Chosen, walkers: Walkers, who: Ints, type_: int) -> Floats:
    """Return what the pivot that is taken adds to never acting, under the true type."""
    points = walkers.points[who]
    taken = chosen(points, walkers.logs[who], walkers.times[who])
    return stakes.pivots[taken, type_, points] - stakes.never[type_, points]


def best_looking(stakes: Stakes) -> Chosen:
    """Return the choice of the pivot that looks best to one who believes so."""
    return lambda points, logs, _times: stakes.by_pivot(points, np.exp(logs)).argmax(axis=0)
