"""The best policy between two bounds: dynamic programming from above, simulation from below."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from math import inf

import numpy as np

from standoff.errors import RefusedError
from standoff.progress import Progress
from standoff.timing.arrays import Floats
from standoff.timing.beliefs import belief_grid
from standoff.timing.play import Play
from standoff.timing.simulation import FAR, SURE, Estimate, Outcome, simulated
from standoff.timing.stopping import Solution, Stakes, optimal_stopping, stakes_of
from standoff.timing.until import optimally
from standoff.timing.waiting.policies import starts_of

MOST_UNKNOWNS = 3_000_000
"""Points times beliefs; more are refused."""

MOST_PATHS = 400_000
FIRST_PATHS = 4_000
_LEAST_STEPS = {1: 1, 2: 64, 3: 16}
_ROUGH_STEPS = {1: 1, 2: 24, 3: 8}
_CHEAP_UNKNOWNS = 20_000
_ROUGH_UNKNOWNS = 4_000
_MOST_STEPS = {1: 1, 2: 1_024, 3: 256}
MOST_TYPES = 3
_PARTS_OF_STAKE = 200
_SPARE = 1.2


@dataclass(frozen=True, slots=True, eq=False)
class Solved:
    """A play from one start, with its stakes and the best policy on a grid of beliefs."""

    play: Play
    stakes: Stakes
    solution: Solution

    @property
    def upper(self) -> float:
        """The value at the start: nowhere below the true one."""
        return float(self.solution.at(np.array([self.play.start]), self.play.prior[None])[0])

    @property
    def if_known(self) -> tuple[float, ...]:
        """The value at the start if the type were known, by type."""
        return tuple(self._at(row) for row in np.eye(len(self.play.types)))

    def _at(self, belief: Floats) -> float:
        return float(self.solution.at(np.array([self.play.start]), belief[None])[0])

    @property
    def never(self) -> float:
        """The worth of waiting for ever."""
        return float(self.play.prior @ self.stakes.never[:, self.play.start])

    @property
    def now(self) -> float:
        """The worth of the best pivot at once; -inf if none is possible."""
        return float(self.stakes.stop(np.array([self.play.start]), self.play.prior[None])[0])

    @property
    def best_pivot(self) -> int | None:
        """The place of the pivot that is best at once, None if none is possible."""
        worth = self.stakes.by_pivot(np.array([self.play.start]), self.play.prior[None])[:, 0]
        return int(worth.argmax()) if worth.size and np.isfinite(worth.max()) else None

    @property
    def at_once(self) -> bool:
        """Whether to pivot at once is best."""
        return self.now >= self.upper - 1e-9 * (1 + abs(self.upper))

    def begun(self, start: int) -> Solved:
        """Return the same with play beginning at another of the starts that were solved for."""
        return replace(self, play=replace(self.play, start=start))

    def best(self, starts: Iterable[int]) -> Solved:
        """Return the same from the start of the highest value, the first of those alike."""
        found = [self.begun(start) for start in starts]
        most = max(each.upper for each in found)
        return next(each for each in found if each.upper >= most - 1e-9 * (1 + abs(most)))


def solved(
    play: Play, steps: int | None = None, stakes: Stakes | None = None, near: Solved | None = None
) -> Solved:
    """Return the best policy of a play on a grid of beliefs; a solution nearby makes it faster.

    Raises
    ------
    RefusedError
        If there are more than three types, or more than 3,000,000 points times beliefs.
    """
    types = len(play.types)
    if types > MOST_TYPES:
        raise RefusedError(
            f"The best policy is found for two types or three; this model has {types}. "
            "Policies that are given can still be simulated: --policies-only."
        )
    stakes = stakes or stakes_of(play)
    grid = belief_grid(play.prior, steps or first_steps(types, stakes.waiting.size))
    unknowns = stakes.waiting.size * grid.nodes.shape[0]
    if unknowns > MOST_UNKNOWNS:
        raise RefusedError(
            f"The best policy has {stakes.waiting.size:,} points at {grid.nodes.shape[0]:,} beliefs "
            f"to decide, {unknowns:,} in all; up to {MOST_UNKNOWNS:,} are taken. Narrow 'timing.within', "
            "count the stocks in larger units, or have given policies simulated: --policies-only."
        )
    return Solved(play, stakes, optimal_stopping(play, grid, stakes, None if near is None else near.solution))


@dataclass(frozen=True, slots=True, kw_only=True)
class Optimum:
    """What waiting in the best way is worth, as an interval.

    Attributes
    ----------
    upper : float
        By dynamic programming; the true value lies nowhere above it.
    lower : Estimate
        Of the policy found, simulated without a grid; the true value lies nowhere below its
        expectation.
    by_type : tuple of Estimate
        What the policy is worth if the other side is of each type.
    pivots, years : tuple of float
        Share of the paths that pivot, by type, and after how long on average.
    tolerance : float
        The gap that was asked for.
    reached : bool
        Whether the gap is below it, or below three standard errors, and the standard error below it;
        None if no tolerance was asked for.
    is_finest : bool
        Whether no finer grid is made: it would be too large.
    steps, paths, seed : int
        Of the last refinement.
    """

    upper: float
    lower: Estimate
    by_type: tuple[Estimate, ...]
    pivots: tuple[float, ...]
    years: tuple[float, ...]
    tolerance: float
    reached: bool | None
    is_finest: bool
    steps: int
    paths: int
    seed: int

    @property
    def gap(self) -> float:
        """How far the two bounds lie apart."""
        return self.upper - self.lower.mean


def stake_of(found: Solved) -> float:
    """Return the most that the choice between pivoting now and never can matter under one type."""
    values = found.stakes.pivots[:, :, found.play.start]
    never = found.stakes.never[:, found.play.start]
    spread = np.abs(np.where(np.isfinite(values), values - never, 0.0)).max(initial=0.0)
    return float(max(spread, 1e-9 * (1 + np.abs(never).max())))


def certified(
    play: Play,
    *,
    tolerance: float | None = None,
    rough: bool = False,
    paths: int = FIRST_PATHS,
    seed: int = 1,
    in_time: Callable[[], bool] = lambda: True,
    progress: Progress | None = None,
) -> tuple[Solved, Optimum]:
    """Return the best policy from the best posture, refined until its bounds are close enough.

    Parameters
    ----------
    tolerance : float, optional
        In units of payoff; half a hundredth of the most that pivoting now can matter if left out.
    rough : bool
        Begin with a grid that is quick and coarse.
    paths : int
        The first number of paths.
    in_time : callable
        Asked before each refinement.

    Raises
    ------
    RefusedError
        See `solved`; a refinement that would be too large is not made.
    """
    starts = starts_of(play)
    stakes = stakes_of(play, starts)
    steps = first_steps(len(play.types), stakes.waiting.size, rough=rough)
    found = solved(play, steps, stakes).best(starts)
    wanted = stake_of(found) / _PARTS_OF_STAKE if tolerance is None else tolerance
    while True:
        outcome = simulated(found.play, stakes, optimally(play, found.solution), paths=paths, seed=seed)
        optimum = _bounded(found.upper, outcome, tolerance=wanted, steps=steps, paths=paths, seed=seed)
        error = outcome.value.error
        narrow = optimum.gap <= max(wanted, SURE * error)
        if narrow and error <= wanted:
            return found, replace(optimum, reached=None if wanted == inf else True)
        if progress:
            progress("bounds of waiting", min(0.95, wanted / max(abs(optimum.gap), error, wanted)))
        more_paths = min(MOST_PATHS, int(paths * max(2.0, _SPARE * (error / wanted) ** 2)))
        finer = min(_MOST_STEPS[len(play.types)], 2 * steps)
        if error > wanted and paths < MOST_PATHS and in_time():
            paths = more_paths
        elif not narrow and _affordable(play, stakes, finer, steps) and in_time():
            steps = finer
            found = solved(play, steps, stakes, found).best(starts)
        else:
            return found, replace(optimum, is_finest=not _affordable(play, stakes, finer, steps))


def _bounded(
    upper: float, outcome: Outcome, *, tolerance: float, steps: int, paths: int, seed: int
) -> Optimum:
    optimum = Optimum(
        upper=upper,
        lower=outcome.value,
        by_type=outcome.by_type,
        pivots=outcome.pivots,
        years=outcome.years,
        tolerance=tolerance,
        reached=False,
        is_finest=False,
        steps=steps,
        paths=paths,
        seed=seed,
    )
    if -optimum.gap > FAR * outcome.value.error + 1e-6 * (1 + abs(upper)):
        raise ArithmeticError("the simulated value lies above its upper bound")
    return optimum


def first_steps(types: int, points: int, *, rough: bool = False) -> int:
    """Return how fine the first grid is: as fine as costs little, or if it is to be rough next to nothing."""
    least, unknowns = (_ROUGH_STEPS, _ROUGH_UNKNOWNS) if rough else (_LEAST_STEPS, _CHEAP_UNKNOWNS)
    steps, most = least.get(types, 1), _MOST_STEPS.get(types, 1)
    while 2 * steps <= most and points * (2 * steps) ** (types - 1) <= unknowns:
        steps *= 2
    return steps


def _affordable(play: Play, stakes: Stakes, finer: int, steps: int) -> bool:
    nodes = belief_grid(play.prior, finer).nodes.shape[0]
    return finer > steps and stakes.waiting.size * nodes <= MOST_UNKNOWNS
