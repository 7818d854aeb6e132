"""What to watch, asked by name."""

from __future__ import annotations

from standoff.progress import Progress
from standoff.study.study import Study
from standoff.timing.watching import Watch
from standoff.timing.watching import watch as find


def watch(
    study: Study,
    *,
    months: int = 12,
    floor_per_year: float | None = None,
    rough: bool = False,
    progress: Progress | None = None,
) -> Watch:
    """Say what to watch for: how likely each observable is under each type, and what it would start.

    Observables are signals, steps and levels of stocks, options that others take or drop (in
    graph form moves), silences, and the triggers of plans. Chances are exact, for play as it is
    without a pivot. Sorted by the information that each is expected to give about the type.

    Parameters
    ----------
    study : Study
        Of a model with the blocks `types` and `timing`; nothing needs to be surveyed.
    months : int
        The horizon, 1 to 600.
    floor_per_year : float, optional
        The rate of an observed event under a type that makes it impossible, as for `belief`.
    rough : bool
        Whether an observable crosses the threshold is read from one coarse grid.

    Raises
    ------
    UsageError
        If the model has no types or no block `timing`, or the months are out of range.
    ModelError
        If the log of events is at fault.
    RefusedError
        If play has too many points.

    Notes
    -----
    Chances by uniformisation (Jensen 1953, not read at its source). Expected information is the
    mutual information of the type and the outcome, in nats.
    """
    return find(
        study.graph,
        study.conflict,
        months=months,
        floor_per_year=floor_per_year,
        rough=rough,
        progress=progress,
    )
