"""The whole answer to "how long to wait"."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import inf
from time import monotonic

from standoff.errors import RefusedError
from standoff.graph import GraphModel
from standoff.model.conflict import Conflict
from standoff.model.timing import PartyType
from standoff.progress import Progress
from standoff.timing.play import Play
from standoff.timing.reaching import require_possible, timing_of
from standoff.timing.today import play_today
from standoff.timing.waiting.information import Information, best_if_known, information
from standoff.timing.waiting.numbers import Number, numbers
from standoff.timing.waiting.optimum import FIRST_PATHS, Optimum, Solved, certified
from standoff.timing.waiting.policies import Valued, starts_of, valued
from standoff.timing.waiting.sensitivity import Sensitivity, sensitivity
from standoff.timing.waiting.silence import (
    After,
    Quiet,
    Threshold,
    after_events,
    quiet_date,
    thresholds,
)

PATHS = 20_000
"""So many paths of each type value a given policy."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Best:
    """The best policy: where to begin, what to do now, until when, and what it is worth.

    Attributes
    ----------
    state : str
        Label of the state in which it begins.
    levels : dict
        Of the stocks today.
    is_status_quo : bool
    pivot_now : str or None
        The pivot to take at once; None to wait.
    best_pivot, now : str or None, float
        The pivot that would be best at once, and its worth; None and -inf if none is possible.
    never : float
        The worth of waiting for ever in that state.
    if_known : tuple of float
        By type, the best value if the type were known.
    optimum : Optimum
    begins : tuple of (str, float)
        The upper bound of the value from each state in which waiting can begin.
    thresholds, quiet, growing, after
        See `standoff.timing.waiting.silence`; `growing` with expected growth, `quiet` without.
    information : Information
    """

    state: str
    levels: dict[str, int]
    is_status_quo: bool
    pivot_now: str | None
    best_pivot: str | None
    now: float
    never: float
    if_known: tuple[float, ...]
    optimum: Optimum
    begins: tuple[tuple[str, float], ...]
    thresholds: tuple[Threshold, ...]
    quiet: Quiet
    growing: Quiet
    after: tuple[After, ...]
    information: Information


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """How long to wait.

    Attributes
    ----------
    focal, decision_maker : str
        Who waits, and for whom; the latter is "" where the model has no types.
    types : tuple of str
    prior, belief : tuple of float
        By type: of the file, and today, after the log of events.
    points : int
        States times levels of the stocks.
    best : Best or None
        None if it was not asked for or is too large.
    refused : str or None
        Why there is no best policy.
    policies : tuple of Valued
        The given policies, by falling value.
    sensitivity : Sensitivity or None
    assumed : tuple of Number
        The numbers that the model marks as assumed.
    choice_assumed : bool
        Whether the choice rule is a default that the model does not state.
    seed, paths : int
    """

    focal: str
    decision_maker: str
    types: tuple[str, ...]
    prior: tuple[float, ...]
    belief: tuple[float, ...]
    points: int
    best: Best | None
    refused: str | None
    policies: tuple[Valued, ...]
    sensitivity: Sensitivity | None
    assumed: tuple[Number, ...]
    choice_assumed: bool
    seed: int
    paths: int


def waiting(
    graph: GraphModel,
    conflict: Conflict,
    *,
    tolerance: float | None = None,
    seed: int = 1,
    paths: int = PATHS,
    floor_per_year: float | None = None,
    policies_only: bool = False,
    vary: bool = True,
    rough: bool = False,
    time_limit: float | None = None,
    progress: Progress | None = None,
) -> Waiting:
    """Return how long to wait, on what evidence and hanging on which numbers.

    Parameters
    ----------
    rough : bool
        One coarse grid and few paths, whatever gap that leaves; channels of signals are not valued.

    Raises
    ------
    UsageError
        If the model has no block `timing`, or a pivot or a posture that is no move of the focal party.
    RefusedError
        If play has too many points, or the best policy is too large and there are no policies
        to simulate.
    """
    end = None if time_limit is None else monotonic() + time_limit

    def in_time() -> bool:
        return end is None or monotonic() < end

    timing = timing_of(conflict)
    begun = play_today(graph, conflict, floor_per_year)
    require_possible(graph, timing, begun.states)
    best, refused = None, None
    if not policies_only:
        best, refused = _best_or_why_not(begun, _Asked(tolerance, seed, paths, rough), in_time, progress)
    known = None if best is None else best.if_known
    given = _given(begun, known, paths=paths, seed=seed, progress=progress)
    varied = None
    if vary and best is not None:
        varied = sensitivity(
            graph, conflict, seed=seed, floor_per_year=floor_per_year, in_time=in_time, progress=progress
        )
    return Waiting(
        focal=timing.focal,
        decision_maker=conflict.types.decision_maker if conflict.types else "",
        types=begun.types,
        prior=tuple(float(each.prior.value) for each in _types(conflict)) or (1.0,),
        belief=tuple(begun.prior.tolist()),
        points=begun.size,
        best=best,
        refused=refused,
        policies=given,
        sensitivity=varied,
        assumed=tuple(each for each in numbers(conflict) if each.is_assumption),
        choice_assumed=timing.choice is None,
        seed=seed,
        paths=paths,
    )


def _types(conflict: Conflict) -> tuple[PartyType, ...]:
    return conflict.types.types if conflict.types else ()


@dataclass(frozen=True, slots=True)
class _Asked:
    tolerance: float | None
    seed: int
    paths: int
    rough: bool


def _best_or_why_not(
    begun: Play, asked: _Asked, in_time: Callable[[], bool], progress: Progress | None
) -> tuple[Best | None, str | None]:
    """Return the best policy, or why there is none if given policies can be valued in its place."""
    try:
        return _best(begun, asked, in_time, progress), None
    except RefusedError as error:
        if not timing_of(begun.conflict).policies:
            raise
        return None, str(error)


def _given(
    begun: Play, known: tuple[float, ...] | None, *, paths: int, seed: int, progress: Progress | None
) -> tuple[Valued, ...]:
    """Return the given policies by falling value."""
    policies = timing_of(begun.conflict).policies
    values = []
    for place, policy in enumerate(policies):
        if progress:
            progress("given policies", place / len(policies))
        values.append(valued(begun, policy, paths=paths, seed=seed, best=known))
    return tuple(sorted(values, key=lambda each: -each.value.mean))


def _best(begun: Play, asked: _Asked, in_time: Callable[[], bool], progress: Progress | None) -> Best:
    found, optimum = certified(
        begun,
        tolerance=inf if asked.rough else asked.tolerance,
        rough=asked.rough,
        paths=asked.paths if asked.rough else FIRST_PATHS,
        seed=asked.seed,
        in_time=in_time,
        progress=progress,
    )
    pivots = [pivot.id for pivot in timing_of(begun.conflict).pivots]
    pivot = None if found.best_pivot is None else pivots[found.best_pivot]
    begins = [found.begun(start) for start in starts_of(begun)]
    return Best(
        state=_state(found),
        levels=found.play.levels_of(found.play.start),
        is_status_quo=found.play.start == begun.start,
        pivot_now=pivot if found.at_once else None,
        best_pivot=pivot,
        now=found.now,
        never=found.never,
        if_known=tuple(best_if_known(found, starts_of(begun)).tolist()),
        optimum=optimum,
        begins=tuple((_state(each), each.upper) for each in begins),
        thresholds=thresholds(found),
        quiet=quiet_date(found),
        growing=quiet_date(found, growing=True),
        after=after_events(found),
        information=information(
            found,
            optimum,
            paths=asked.paths,
            seed=asked.seed,
            channels=not asked.rough and in_time(),
            progress=progress,
        ),
    )


def _state(found: Solved) -> str:
    return found.play.graph.space.label(found.play.state_of(found.play.start))
