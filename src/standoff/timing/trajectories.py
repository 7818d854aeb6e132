"""Play simulated over a grid of times: shares of states, fans of stocks and of belief, by type."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from standoff.progress import Progress
from standoff.timing.arrays import Floats, Ints
from standoff.timing.beliefs import logarithms
from standoff.timing.play import Play
from standoff.timing.simulation import Chosen, Stepper, TimeLeft, Walkers, best_looking
from standoff.timing.stopping import Stakes

QUANTILES = (0.05, 0.25, 0.5, 0.75, 0.95)


@dataclass(frozen=True, slots=True, eq=False)
class Trajectories:
    """What simulated play looks like at each of some times.

    Attributes
    ----------
    years : float array (times)
    states : int64 array (states)
        Numbers of the states in the graph.
    share : float array (types, times, states)
        Share of the paths in each state.
    stocks : float array (types, times, stocks, quantiles)
        Levels at the quantiles 0.05, 0.25, 0.5, 0.75 and 0.95.
    belief : float array (types, times, quantiles)
        In the first type, of one who watches, while the other side is of each type.
    taken : float array (types, times, pivots)
        Share of the paths that have taken each pivot of the stakes.
    prior : float array (types)
    paths, seed : int
        Paths of each type.
    """

    years: Floats
    states: Ints
    share: Floats
    stocks: Floats
    belief: Floats
    taken: Floats
    prior: Floats
    paths: int
    seed: int

    @property
    def mixed_share(self) -> Floats:
        """Share of the paths in each state under the prior: (times, states)."""
        return np.tensordot(self.prior, self.share, axes=1)

    @property
    def pivoted(self) -> Floats:
        """Share of the paths that have pivoted: (types, times)."""
        shares: Floats = self.taken.sum(axis=-1)
        return shares


def trajectories(
    play: Play,
    stakes: Stakes,
    until: TimeLeft,
    chosen: Chosen | None = None,
    *,
    years: Floats,
    paths: int,
    seed: int,
    progress: Progress | None = None,
) -> Trajectories:
    """Return simulated play under a policy at given times, as many paths for each type.

    After the pivot play goes on and the focal decision maker acts no more.

    Parameters
    ----------
    chosen : callable, optional
        Which pivot is taken; the one that looks best then if left out.
    years : float array
        Ascending, from 0 on.
    paths : int
        For each type: stratified, so that a rare type is seen as well as a common one.
    """
    draws = np.random.default_rng(seed)
    found = []
    for type_ in range(len(play.types)):
        walk = _Walk(play, stakes, until, chosen or best_looking(stakes), type_, paths, draws)
        found.append(_of_type(walk, years, progress and _told(progress, type_, len(play.types))))
    share, stocks, belief, taken = (np.array(each) for each in zip(*found, strict=True))
    return Trajectories(
        years=years,
        states=play.states,
        share=share,
        stocks=stocks,
        belief=belief,
        taken=taken,
        prior=play.prior,
        paths=paths,
        seed=seed,
    )


def _told(progress: Progress, type_: int, types: int) -> Callable[[float], None]:
    return lambda fraction: progress("simulating play", (type_ + fraction) / types)


def _of_type(
    walk: _Walk, years: Floats, tell: Callable[[float], None] | None
) -> tuple[Floats, Floats, Floats, Floats]:
    rows = []
    for place, end in enumerate(years.tolist(), 1):
        walk.advance(end)
        rows.append(walk.seen())
        if tell is not None:
            tell(place / years.size)
    share, stocks, belief, taken = (np.array(each) for each in zip(*rows, strict=True))
    return share, stocks, belief, taken


class _Walk:
    """Many paths under one type, each advanced to the same moment."""

    def __init__(
        self,
        play: Play,
        stakes: Stakes,
        until: TimeLeft,
        chosen: Chosen,
        type_: int,
        paths: int,
        draws: np.random.Generator,
    ) -> None:
        self._play, self._stakes, self._until, self._draws = play, stakes, until, draws
        self._chosen = chosen
        self._stepper = Stepper(play, type_)
        self._walkers = Walkers(
            np.full(paths, play.start), np.tile(logarithms(play.prior), (paths, 1)), np.zeros(paths)
        )
        self._open = np.zeros(play.size, np.bool_)
        self._open[stakes.waiting] = True
        self._taken = np.full(paths, -1)

    def advance(self, end: float) -> None:
        """Let all paths go on to a moment."""
        walkers = self._walkers
        alive = np.flatnonzero(walkers.times < end)
        self._pivot(np.arange(walkers.times.size))
        while alive.size:
            points = walkers.points[alive]
            left = np.full(alive.size, np.inf)
            open_ = np.flatnonzero((self._taken[alive] < 0) & self._open[points])
            left[open_] = self._left(alive[open_])
            waits = self._stepper.waits(points, self._draws)
            rest = end - walkers.times[alive]
            years = np.minimum(np.minimum(waits, left), rest)
            self._stepper.quiet(walkers, alive, years)
            self._stepper.happen(walkers, alive[waits <= years], self._draws)
            walkers.times[alive[years >= rest]] = end
            self._pivot(alive)
            alive = alive[walkers.times[alive] < end]

    def _left(self, who: Ints) -> Floats:
        walkers = self._walkers
        return self._until(walkers.points[who], walkers.logs[who], walkers.times[who])

    def _pivot(self, who: Ints) -> None:
        """Pivot on the paths whose policy says so."""
        walkers = self._walkers
        who = who[(self._taken[who] < 0) & self._open[walkers.points[who]]]
        if not who.size:
            return
        who = who[self._left(who) <= 0]
        if not who.size:
            return
        taken = self._chosen(walkers.points[who], walkers.logs[who], walkers.times[who])
        walkers.points[who] = self._stakes.targets[taken, walkers.points[who]]
        self._taken[who] = taken

    def seen(self) -> tuple[Floats, NDArray[np.float64], Floats, Floats]:
        """Return shares of states, quantiles of stocks and of belief, and shares of pivots taken."""
        play, walkers = self._play, self._walkers
        count = play.levels.shape[0]
        share = np.bincount(walkers.points // count, minlength=play.states.size) / walkers.points.size
        levels = play.levels[walkers.points % count]
        stocks = np.quantile(levels, QUANTILES, axis=0, method="inverted_cdf").T.astype(np.float64)
        belief = np.quantile(np.exp(walkers.logs[:, 0]), QUANTILES)
        taken = self._taken[self._taken >= 0]
        pivots = self._stakes.pivots.shape[0]
        return share, stocks, belief, np.bincount(taken, minlength=pivots)[:pivots] / walkers.points.size
