"""Indicators: the chance of each observable by type, what it would prove, and what it would start."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from standoff.errors import RefusedError, UsageError
from standoff.graph import GraphModel
from standoff.model.conflict import Conflict
from standoff.progress import Progress
from standoff.timing.arrays import Floats
from standoff.timing.play import Play
from standoff.timing.stopping import stakes_of
from standoff.timing.today import play_today
from standoff.timing.waiting.optimum import Solved, first_steps, solved
from standoff.timing.watching.observables import (
    Observable,
    events_next,
    events_of,
    observables,
    points_of,
)
from standoff.timing.watching.passage import first_within
from standoff.timing.watching.plans import MONTHS_A_YEAR, Plan, can_start, plan_of, silent_months

MOST_MONTHS = 600


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    """An observable, and what it would say and start.

    Attributes
    ----------
    what : Observable
    chance : tuple of float
        Of seeing it within the horizon, by type; of a silence, that it is kept.
    overall : float
        The same under today's belief.
    if_seen, if_not : tuple of float
        Belief, by type, if it is seen by the end of the horizon and if it is not; nan where
        that cannot happen.
    weight_seen, weight_not : tuple of float
        Weight of evidence of either, in nats, for each type against the others.
    information : float
        What seeing whether it comes is expected to say about the type, in nats.
    now : tuple of float or None
        Belief if it happened this moment, of a silence if it were over already; None if it cannot
        happen in the present state.
    crosses : bool or None
        Whether the best policy would then pivot at once; None if that is not known, or it cannot
        happen now.
    plan : Plan or None
        The plan that it starts.
    over_months : float
        Of a silence that starts a plan: how much of it is over today, by the log.
    """

    what: Observable
    chance: tuple[float, ...]
    overall: float
    if_seen: tuple[float, ...]
    if_not: tuple[float, ...]
    weight_seen: tuple[float, ...]
    weight_not: tuple[float, ...]
    information: float
    now: tuple[float, ...] | None
    crosses: bool | None
    plan: Plan | None
    over_months: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """What to watch within a horizon, the most informative first.

    Attributes
    ----------
    decision_maker : str
        Whose type is in doubt.
    types : tuple of str
    prior : tuple of float
        Belief today, before anything more is seen.
    months : int
    state : str
        Today's.
    indicators : tuple of Indicator
        What starts a plan that is due stands first.
    never : tuple of str
        Ids of the plans whose trigger no play meets.
    unsolved : str or None
        Why it is not known which indicator crosses the threshold.
    """

    decision_maker: str
    types: tuple[str, ...]
    prior: tuple[float, ...]
    months: int
    state: str
    indicators: tuple[Indicator, ...]
    never: tuple[str, ...]
    unsolved: str | None


def watch(
    graph: GraphModel,
    conflict: Conflict,
    *,
    months: int = 12,
    floor_per_year: float | None = None,
    rough: bool = False,
    progress: Progress | None = None,
) -> Watch:
    """Return what to watch for in the next months.

    Play goes on as it is, without a pivot. The belief expected over "seen" and "not seen" is the
    prior.

    Raises
    ------
    UsageError
        If the model has no types or no block `timing`, or the months are out of range.
    """
    if conflict.types is None:
        raise UsageError("This model has no block 'types', so nothing could tell them apart. Add one.")
    if not 1 <= months <= MOST_MONTHS:
        raise UsageError(f"The horizon is {months} months; it must be 1 to {MOST_MONTHS}.")
    begun = play_today(graph, conflict, floor_per_year)
    best, unsolved = None, None
    try:
        stakes = stakes_of(begun)
        steps = first_steps(len(begun.types), stakes.waiting.size, rough=rough)
        best = solved(begun, steps, stakes)
    except RefusedError as error:
        unsolved = str(error)
    rows = []
    known = [each for each in observables(begun) if each.plan or (each.silence_months or 0) <= months]
    for place, what in enumerate(known):
        if progress:
            progress("indicators", place / len(known))
        rows.append(_indicator(begun, best, what, months))
    never = [row.what.plan for row in rows if row.what.plan and not can_start(begun, row.what)]
    rows = [row for row in rows if max(row.chance) > 0]
    return Watch(
        decision_maker=conflict.types.decision_maker,
        types=begun.types,
        prior=tuple(begun.prior.tolist()),
        months=months,
        state=graph.space.label(begun.state_of(begun.start)),
        indicators=tuple(sorted(rows, key=_order)),
        never=tuple(never),
        unsolved=unsolved,
    )


def _order(row: Indicator) -> tuple[bool, float]:
    return row.plan is None or not row.plan.is_due, -row.information


def _indicator(begun: Play, best: Solved | None, what: Observable, months: int) -> Indicator:
    over = silent_months(begun) if what.plan and what.silence_months is not None else 0.0
    by_state = _by_state(begun, what, months, over)
    chance = np.minimum(1.0, by_state.sum(axis=1))
    prior = begun.prior
    seen, missed = _posterior(prior, chance), _posterior(prior, 1 - chance)
    now = _now(begun, what, max(0.0, (what.silence_months or 0) - over) / MONTHS_A_YEAR)
    return Indicator(
        what=what,
        chance=tuple(chance.tolist()),
        overall=float(prior @ chance),
        if_seen=tuple(seen.tolist()),
        if_not=tuple(missed.tolist()),
        weight_seen=tuple((_log_odds(seen) - _log_odds(prior)).tolist()),
        weight_not=tuple((_log_odds(missed) - _log_odds(prior)).tolist()),
        information=_information(prior, chance),
        now=None if now is None else tuple(now.tolist()),
        crosses=_crosses(begun, best, what, now),
        plan=plan_of(begun, what, by_state, over),
        over_months=over,
    )


def _by_state(begun: Play, what: Observable, months: int, over: float) -> Floats:
    """Return the chance to see it within the horizon, by type and the state in which it is then."""
    if what.silence_months is None:
        return first_within(begun, months / MONTHS_A_YEAR, events_of(begun, what), points_of(begun, what))
    found = np.zeros((len(begun.types), begun.states.size))
    years = max(0.0, what.silence_months - over) / MONTHS_A_YEAR
    found[:, begun.start // begun.levels.shape[0]] = np.exp(-begun.total_rates[:, begun.start] * years)
    return found


def _posterior(prior: Floats, likelihood: Floats) -> Floats:
    joint = prior * likelihood
    total = joint.sum()
    return joint / total if total > 0 else np.full(prior.size, np.nan)


def _log_odds(belief: Floats) -> Floats:
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.log(belief) - np.log1p(-belief)


def _information(prior: Floats, chance: Floats) -> float:
    """Return the mutual information of the type and whether it is seen, in nats."""
    total = 0.0
    for likelihood in (chance, 1 - chance):
        mean = float(prior @ likelihood)
        some = likelihood > 0
        total += (
            float((prior[some] * likelihood[some] * np.log(likelihood[some] / mean)).sum())
            if mean > 0
            else 0.0
        )
    return max(0.0, total)


def _now(begun: Play, what: Observable, left: float) -> Floats | None:
    """Return the belief if it happened this moment; of a silence, if the years that are left were over."""
    if what.silence_months is not None:
        return _posterior(begun.prior, np.exp(-begun.total_rates[:, begun.start] * left))
    found = events_next(begun, what)
    return _posterior(begun.prior, begun.rates[:, found].sum(axis=1)) if found else None


def _crosses(begun: Play, best: Solved | None, what: Observable, now: Floats | None) -> bool | None:
    """Say whether the best policy pivots at once after it; after any of several moves that it may be."""
    if best is None or now is None:
        return None
    targets = [int(begun.target[event]) for event in events_next(begun, what)] or [begun.start]
    for point in targets:
        belief = replace(begun, start=point, prior=now)
        after = Solved(belief, best.stakes, best.solution)
        if np.isin(point, best.stakes.waiting) and np.isfinite(after.now) and after.at_once:
            return True
    return False
