"""What given policies are worth, and what they cost if the other side is of one type or the other."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np

from standoff.errors import UsageError
from standoff.model.timing import Policy
from standoff.timing.committed import stopping_with
from standoff.timing.play import Play
from standoff.timing.reaching import posture_taken, timing_of
from standoff.timing.simulation import Chosen, Estimate, TimeLeft, simulated
from standoff.timing.stopping import Stakes, stakes_of
from standoff.timing.until import pivot_by_point, rule_until


@dataclass(frozen=True, slots=True, kw_only=True)
class Valued:
    """What a policy is worth.

    Attributes
    ----------
    policy : Policy
    state : str
        Label of the state in which it waits, after its posture is taken.
    value : Estimate
        Expected discounted payoff under the prior; its error is 0 where it is exact.
    by_type : tuple of Estimate
        The same if the other side is of each type.
    regret : tuple of float
        By type, how much less that is than the best if the type were known; nan if that is not known.
    pivots, years : tuple of float
        Share of the paths that pivot, by type, and after how long on average (nan for never).
    """

    policy: Policy
    state: str
    value: Estimate
    by_type: tuple[Estimate, ...]
    regret: tuple[float, ...]
    pivots: tuple[float, ...]
    years: tuple[float, ...]


def after_posture(play: Play, policy: Policy) -> Play:
    """Return the play as it begins once the posture of a policy is taken.

    Raises
    ------
    UsageError
        If the focal party has no such move, or it leads out of `timing.within`.
    """
    state = posture_taken(play.graph, timing_of(play.conflict), play.state_of(play.start), policy)
    start = play.point(state, tuple(play.levels_of(play.start).values()))
    if start is None:
        raise UsageError(
            f"The posture of policy '{policy.id}' leads to {play.graph.space.label(state)}, outside of "
            "'timing.within'. Change the posture or widen the condition."
        )
    return replace(play, start=start)


def starts_of(play: Play) -> tuple[int, ...]:
    """Return the points at which waiting can begin: as things stand, and after each posture of a policy."""
    policies = timing_of(play.conflict).policies
    return tuple(dict.fromkeys([play.start, *(after_posture(play, each).start for each in policies)]))


class Ruled(NamedTuple):
    """What is at stake under a policy, how long until it pivots, and to what."""

    stakes: Stakes
    left: TimeLeft
    chosen: Chosen | None = None


def rule_of(play: Play, policy: Policy) -> Ruled:
    """Return the stakes of a play if its only pivots are those of a policy, and the policy's rule."""
    stakes = stakes_of(play)
    ids = [pivot.id for pivot in timing_of(play.conflict).pivots]
    own = [ids.index(pivot) for pivot in policy.pivots]
    stakes = replace(stakes, pivots=stakes.pivots[own], targets=stakes.targets[own])
    return Ruled(stakes, *rule_until(play, stakes, policy))


def for_ever(play: Play) -> Ruled:
    """Return stakes and a rule that never pivot; what anything is worth is not looked at."""
    nothing = np.empty((0, len(play.types), play.size))
    stakes = Stakes(
        never=np.zeros((len(play.types), play.size)),
        pivots=nothing,
        targets=np.empty((0, play.size), np.int64),
        waiting=np.empty(0, np.int64),
    )
    return Ruled(stakes, lambda points, _logs, _times: np.full(points.size, np.inf))


def valued(
    play: Play, policy: Policy, *, paths: int, seed: int, best: tuple[float, ...] | None = None
) -> Valued:
    """Return what a policy is worth, by simulation, exactly where no belief and no date ends its waiting.

    Parameters
    ----------
    best : tuple of float, optional
        By type, the best value if the type were known, against which regret is measured.
    """
    begun = after_posture(play, policy)
    stakes, left, chosen = rule_of(begun, policy)
    outcome = simulated(begun, stakes, left, chosen, paths=paths, seed=seed)
    value, by_type = solved_worth(begun, stakes, policy) or (outcome.value, outcome.by_type)
    regret = tuple(
        float("nan") if best is None else best[place] - each.mean for place, each in enumerate(by_type)
    )
    return Valued(
        policy=policy,
        state=play.graph.space.label(begun.state_of(begun.start)),
        value=value,
        by_type=by_type,
        regret=regret,
        pivots=outcome.pivots,
        years=outcome.years,
    )


def worth(play: Play, policy: Policy, *, paths: int, seed: int) -> Estimate:
    """Return what a policy is worth under the prior, and no more: simulated only where it must be."""
    begun = after_posture(play, policy)
    stakes, left, chosen = rule_of(begun, policy)
    exact = solved_worth(begun, stakes, policy)
    return exact[0] if exact else simulated(begun, stakes, left, chosen, paths=paths, seed=seed).value


def solved_worth(begun: Play, stakes: Stakes, policy: Policy) -> tuple[Estimate, tuple[Estimate, ...]] | None:
    """Return what a policy is worth, under the prior and by type, by linear equations.

    None if it looks at dates or beliefs: see `pivot_by_point`.
    """
    taken = pivot_by_point(begun, stakes, policy)
    if taken is None:
        return None
    values = stakes.never
    if (taken >= 0).any():
        ends = np.full(values.shape, np.nan)
        points = np.flatnonzero(taken >= 0)
        ends[:, points] = stakes.pivots[taken[points], :, points].T
        values = stopping_with(begun, ends)
    by_type = values[:, begun.start]
    return (
        Estimate(mean=float(begun.prior @ by_type), error=0.0),
        tuple(Estimate(mean=each, error=0.0) for each in by_type.tolist()),
    )
