"""How long to wait, asked by name."""

from __future__ import annotations

from standoff.errors import UsageError
from standoff.progress import Progress
from standoff.study.limits import require_time_limit
from standoff.study.study import Study
from standoff.timing.waiting import Waiting
from standoff.timing.waiting import waiting as find

MOST_PATHS = 1_000_000

ROUGH_PATHS = 1_000
"""So many paths where a rough answer is enough."""


def wait(
    study: Study,
    *,
    tolerance: float | None = None,
    seed: int = 1,
    paths: int = 20_000,
    floor_per_year: float | None = None,
    policies_only: bool = False,
    vary: bool = True,
    rough: bool = False,
    time_limit: float | None = None,
    progress: Progress | None = None,
) -> Waiting:
    """Say how long the focal decision maker should wait before it pivots, and what would change that.

    The best policy is found by dynamic programming over states, levels of stocks and beliefs, an
    upper bound of its value, and simulated without a grid, a lower bound. Given policies are
    simulated. The belief it begins with is that of today, after the log of events. All values are
    discounted payoffs of the focal decision maker.

    Parameters
    ----------
    study : Study
        Of a model with a block `timing`; nothing needs to be surveyed.
    tolerance : float, optional
        How far the bounds may lie apart, in units of payoff; half a hundredth of what
        pivoting now can matter if left out.
    seed : int
        The same seed gives the same figures.
    paths : int
        How many paths of each type value a given policy, 100 to 1,000,000.
    floor_per_year : float, optional
        The rate of an observed event under a type that makes it impossible, as for `belief`.
    policies_only : bool
        Only simulate the given policies.
    vary : bool
        Draw the conclusions again for kappa 2, 4, 8 and infinity and with each assumed number
        halved and doubled.
    rough : bool
        One coarse grid and `paths` paths, whatever gap that leaves; channels of signals are not valued.
    time_limit : float, optional
        In seconds; after it nothing more is refined or varied.

    Raises
    ------
    UsageError
        If the model has no block `timing`, or a number is out of range, the time limit too.
    ModelError
        If the log of events is at fault.
    RefusedError
        If play has too many points or the best policy is too large.

    Notes
    -----
    Optimal stopping of a partially observed Markov jump process; policy iteration is Howard's (1960).
    """
    if not 100 <= paths <= MOST_PATHS:
        raise UsageError(f"The number of paths is {paths:,}; it must lie between 100 and {MOST_PATHS:,}.")
    if tolerance is not None and not 0 < tolerance < float("inf"):
        raise UsageError(f"The tolerance is {tolerance:g}; it must be a number above 0.")
    require_time_limit(time_limit)
    if seed < 0:
        raise UsageError(f"The seed is {seed}; it must be a whole number, 0 or above.")
    return find(
        study.graph,
        study.conflict,
        tolerance=tolerance,
        seed=seed,
        paths=paths,
        floor_per_year=floor_per_year,
        policies_only=policies_only,
        vary=vary,
        rough=rough,
        time_limit=time_limit,
        progress=progress,
    )
