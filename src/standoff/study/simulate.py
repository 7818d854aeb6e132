"""What play would look like under a policy, asked by name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from standoff.errors import UsageError, did_you_mean
from standoff.model.timing import Policy
from standoff.progress import Progress
from standoff.study.study import Study
from standoff.timing.arrays import Floats
from standoff.timing.play import Play
from standoff.timing.reaching import timing_of
from standoff.timing.replay import DAYS_A_YEAR
from standoff.timing.today import play_today
from standoff.timing.trajectories import QUANTILES, Trajectories, trajectories
from standoff.timing.waiting.policies import after_posture, for_ever, rule_of

MOST_YEARS = 100
MOST_POINTS = 500
LEAST_PATHS, MOST_PATHS = 100, 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Simulation:
    """What simulated play looks like at each of some times, by type of the other side.

    Attributes
    ----------
    focal : str
        The decision maker that waits and pivots.
    decision_maker : str or None
        The one whose type is not known; None if the model has no types.
    policy : str or None
        Id of the policy; None for waiting for ever in the present state.
    types : tuple of str
        Ids; ``("certain",)`` where the model has no types.
    prior : tuple of float
        What is believed today of each type.
    begins : str
        Label of the state in which play begins, after the posture of the policy.
    years : tuple of float
        From today on.
    dates : tuple of date or None
        The same as days; None if the model is of no day.
    states : tuple of str
        Labels of the states that some path was in at one of the times, in the order of the graph.
    stocks : tuple of str
        Ids.
    quantiles : tuple of float
        Of stocks and of belief.
    share : float array (types, times, states)
        Share of the paths in each state; adds up to 1.
    levels : float array (types, times, stocks, quantiles)
        Levels of the stocks.
    belief : float array (types, times, quantiles)
        In the first type, of one who watches, while the other side is of each type.
    pivots : tuple of str
        Ids of the pivots of the policy.
    taken : float array (types, times, pivots)
        Share of the paths that have taken each of them.
    paths, seed : int
        Paths of each type, and what they were drawn with.
    """

    focal: str
    decision_maker: str | None
    policy: str | None
    types: tuple[str, ...]
    prior: tuple[float, ...]
    begins: str
    years: tuple[float, ...]
    dates: tuple[date, ...] | None
    states: tuple[str, ...]
    stocks: tuple[str, ...]
    quantiles: tuple[float, ...]
    share: Floats
    levels: Floats
    belief: Floats
    pivots: tuple[str, ...]
    taken: Floats
    paths: int
    seed: int

    @property
    def mixed_share(self) -> Floats:
        """Share of the paths in each state, types weighted by today's belief: (times, states)."""
        return np.tensordot(np.array(self.prior), self.share, axes=1)

    @property
    def pivoted(self) -> Floats:
        """Share of the paths that have pivoted: (types, times)."""
        shares: Floats = self.taken.sum(axis=-1)
        return shares


def simulate(
    study: Study,
    policy: str | None = None,
    *,
    years: float = 5.0,
    points: int = 61,
    paths: int = 2000,
    seed: int = 1,
    floor_per_year: float | None = None,
    progress: Progress | None = None,
) -> Simulation:
    """Say what play would look like from today on under a policy, for each type of the other side.

    Every path is simulated event by event without a grid: moves, steps of stocks and signals at
    their rates, the belief of one who watches, and the pivot when the policy says so. After it
    play goes on and the focal decision maker acts no more. Each type has as many paths, so that
    a rare one is seen as well as a common one.

    Parameters
    ----------
    study : Study
        Of a model with a block `timing`; nothing needs to be surveyed.
    policy : str, optional
        Id of a policy of the model; to wait for ever in the present state if left out.
    years : float
        How far to look ahead, above 0 and up to 100.
    points : int
        At how many times to look, today and the last day among them, 2 to 500.
    paths : int
        Of each type, 100 to 1,000,000.
    seed : int
        The same seed gives the same figures.
    floor_per_year : float, optional
        The rate of an observed event under a type that makes it impossible, as for `belief`.

    Raises
    ------
    UsageError
        If the model has no block `timing`, there is no such policy, or a number is out of range.
    ModelError
        If the log of events is at fault.
    RefusedError
        If play has more than 100,000 points.
    """
    _check(years, points, paths, seed)
    chosen = _policy(study, policy)
    begun = play_today(study.graph, study.conflict, floor_per_year)
    if chosen is not None:
        begun = after_posture(begun, chosen)
    ruled = rule_of(begun, chosen) if chosen is not None and chosen.pivots else for_ever(begun)
    times = np.linspace(0.0, years, points)
    found = trajectories(begun, *ruled, years=times, paths=paths, seed=seed, progress=progress)
    return _named(study, chosen, begun, found)


def _check(years: float, points: int, paths: int, seed: int) -> None:
    if not 0 < years <= MOST_YEARS:
        raise UsageError(f"The years are {years:g}; they must lie above 0 and not above {MOST_YEARS}.")
    if not 2 <= points <= MOST_POINTS:
        raise UsageError(f"The number of times is {points:,}; it must lie between 2 and {MOST_POINTS}.")
    if not LEAST_PATHS <= paths <= MOST_PATHS:
        raise UsageError(
            f"The number of paths is {paths:,}; it must lie between {LEAST_PATHS} and {MOST_PATHS:,}."
        )
    if seed < 0:
        raise UsageError(f"The seed is {seed}; it must be a whole number, 0 or above.")


def _policy(study: Study, policy: str | None) -> Policy | None:
    known = {each.id: each for each in timing_of(study.conflict).policies}
    if policy is None:
        return None
    if policy not in known:
        told = did_you_mean(policy, tuple(known)) if known else "The model has none under 'timing.policies'."
        raise UsageError(f"There is no policy '{policy}'. {told}")
    return known[policy]


def _named(study: Study, policy: Policy | None, begun: Play, found: Trajectories) -> Simulation:
    conflict, space = study.conflict, study.space
    timing, visited = timing_of(conflict), found.share.any(axis=(0, 1))
    days = [timedelta(days=round(each * DAYS_A_YEAR)) for each in found.years.tolist()]
    begin = conflict.as_of
    return Simulation(
        focal=timing.focal,
        decision_maker=conflict.types.decision_maker if conflict.types else None,
        policy=policy.id if policy else None,
        types=begun.types,
        prior=tuple(found.prior.tolist()),
        begins=space.label(begun.state_of(begun.start)),
        years=tuple(found.years.tolist()),
        dates=tuple(begin + each for each in days) if begin and begin <= date.max - days[-1] else None,
        states=tuple(space.label(state) for state in found.states[visited].tolist()),
        stocks=tuple(stock.id for stock in timing.stocks),
        quantiles=QUANTILES,
        share=found.share[:, :, visited],
        levels=found.stocks,
        belief=found.belief,
        pivots=policy.pivots if policy else (),
        taken=found.taken,
        paths=found.paths,
        seed=found.seed,
    )
