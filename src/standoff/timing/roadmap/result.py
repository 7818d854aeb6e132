"""What is known about a phased deal, by name."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Basis = Literal["default", "as_focal", "assumption", "asked"]
"""Taken because nothing was said; as for the focal side; marked so in the file; asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Assumed:
    """A number or a rule that the answer hangs on and that rests on no evidence.

    Attributes
    ----------
    what : "step_months", "detection_months", "discount_per_year", "payoffs", "stock" or "reversion"
    value : float or None
        In the unit that `what` names; of payoffs how many are assumed, of a stock its level.
    basis : Basis
    decision_maker, name : str or None
    """

    what: str
    value: float | None
    basis: Basis
    decision_maker: str | None = None
    name: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BreachAnswer:
    """After how many months a breach by a side is seen, and what follows."""

    decision_maker: str
    detection_months: float
    reversion: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DealStep:
    """A step of the deal; keeping the end is the last one, from the end to itself, with no movers."""

    place: int
    origin: str
    target: str
    movers: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """A side, under one of its types if it has any.

    Attributes
    ----------
    known_by : "payoffs" or "ranks"
    discount_factor : float
        For one step.
    """

    decision_maker: str
    type: str | None
    known_by: Literal["payoffs", "ranks"]
    discount_per_year: float
    discount_factor: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One side at one step, where its payoffs are known.

    Attributes
    ----------
    place : int
        The step, counted from 1; one more than there are steps for keeping the end.
    margin : float
        Present value, at this step, of keeping it and all later ones, less that of the best breach.
    share : float
        The margin for ever, as a part of the spread of the side's payoffs: comparable between sides.
    holds : bool
    breach, after : str
        The state that the best breach brings about, and the one that it ends in.
    kept_at : tuple of pairs of float
        The ranges of discount factors at which the step is kept.
    critical_factor : float or None
        From this discount factor for a step on it is kept at every greater one; None if it is not.
    bears_rate_per_year : float or None
        The discount rate that belongs to it: up to which it is kept; None for none, or for any.
    """

    place: int
    decision_maker: str
    type: str | None
    margin: float
    share: float
    holds: bool
    breach: str
    after: str
    kept_at: tuple[tuple[float, float], ...]
    critical_factor: float | None
    bears_rate_per_year: float | None


def weakest_of(rows: Iterable[Row]) -> Row | None:
    """Return the row that fails first: of those that fail, or of all, the one that asks for most patience."""

    def strength(row: Row) -> tuple[bool, float, float]:
        patience = 2.0 if row.critical_factor is None else round(row.critical_factor, 9)
        return row.holds, -patience, row.share

    return min(rows, key=strength, default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Weight:
    """A stretch of ranks, from a state up to a better one, and its weight in a condition."""

    lower: str
    upper: str
    weight: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Demand:
    """One breach must not pay: the weighted gaps `gains` must outweigh the weighted gaps `losses`."""

    place: int
    breach: str
    gains: tuple[Weight, ...]
    losses: tuple[Weight, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """What part of the range between worst and best the stretch from one state up to another may take."""

    lower: str
    upper: str
    least: float
    greatest: float


@dataclass(frozen=True, slots=True, kw_only=True)
class RankRow:
    """One side at one step, or at all of them, where only its ranks are known.

    Attributes
    ----------
    place : int or None
        None: all steps together.
    holds : "all", "some" or "none"
        Under which of the spacings of its ranks it keeps the step.
    worst, best : str
        The worst and the best of the states that a condition depends on: the range that spacings divide.
    demands : tuple of Demand
        What a spacing must satisfy.
    stretches : tuple of Stretch
        What parts of the range follow from that; those that may take any part are left out.
    """

    place: int | None
    decision_maker: str
    type: str | None
    holds: Literal["all", "some", "none"]
    worst: str
    best: str
    demands: tuple[Demand, ...]
    stretches: tuple[Stretch, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Temptation:
    """Somebody would rather leave the state to which a breach leads back, or not go back to it.

    Attributes
    ----------
    state : str
        Where the reversion leads.
    target : str
        The state that it would rather bring about.
    certain : bool
        False if it depends on the spacing of its ranks.
    """

    state: str
    decision_maker: str
    type: str | None
    target: str
    certain: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Threat:
    """What stands behind the deal.

    Attributes
    ----------
    ends : tuple of str
        The states to which the best breaches lead back.
    stuck : tuple of str
        States from which it cannot be carried out; what follows was taken to stay there.
    temptations : tuple of Temptation
        None at all: the reversion keeps itself, no single deviation from it pays.
    """

    ends: tuple[str, ...]
    stuck: tuple[str, ...]
    temptations: tuple[Temptation, ...]

    @property
    def credible(self) -> bool | None:
        """Whether the reversion keeps itself; None if that depends on the spacing of ranks."""
        if self.stuck or any(each.certain for each in self.temptations):
            return False
        return None if self.temptations else True


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """The same way in fewer joint steps.

    Attributes
    ----------
    states : tuple of str
        The states that are stops on it, the first and the end included.
    holds : bool or None
        Whether all steps are kept by all sides with payoffs; None if there are none.
    critical_factor : float or None
        The discount factor for a step from which on all sides with payoffs keep all steps.
    by_type : tuple of (type or None, float or None)
        The same under each type of the side that has some: only its rows, and those of the others.
    least_share : float or None
        Of all margins the least one, as in a row.
    weakest : Row or None
    by_ranks : "all", "some", "none" or None
        Under which spacings the sides known by ranks keep it, each for itself: the least of them.
    """

    states: tuple[str, ...]
    holds: bool | None
    critical_factor: float | None
    by_type: tuple[tuple[str | None, float | None], ...]
    least_share: float | None
    weakest: Row | None
    by_ranks: Literal["all", "some", "none"] | None

    @property
    def steps(self) -> int:
        """The number of steps."""
        return len(self.states) - 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Defection:
    """What a side does if it plans from the start.

    Attributes
    ----------
    place : int or None
        The step at which it pays most to breach; None: it keeps all.
    gain : float
        Present value at the start, over keeping all.
    focal_worth : float or None
        What the deal is then worth to the focal decision maker, at the start.
    """

    decision_maker: str
    type: str | None
    place: int | None
    gain: float
    focal_worth: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Test:
    """A first step as a test of the type: below which belief the phased deal beats the single step.

    Attributes
    ----------
    type : str
        The type that the belief is in.
    belief_below : float or None
        None if one of the two is better whatever the belief.
    phased, at_once : mapping-like tuples (type, worth)
    """

    type: str
    belief_below: float | None
    phased: tuple[tuple[str, float], ...]
    at_once: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Guarded:
    """The deal under a safeguard, or under several.

    Attributes
    ----------
    ids, labels : tuple of str
        None at all: the deal as it stands.
    answers : tuple of BreachAnswer
    threat : Threat
    holds, critical_factor, weakest, by_ranks
        As in a schedule.
    """

    ids: tuple[str, ...]
    labels: tuple[str, ...]
    answers: tuple[BreachAnswer, ...]
    threat: Threat
    holds: bool | None
    critical_factor: float | None
    weakest: Row | None
    by_ranks: Literal["all", "some", "none"] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RoadmapAnswer:
    """Whether a phased deal keeps itself, step by step and side by side.

    Attributes
    ----------
    states : tuple of str
        From the first one to the end point.
    answers : tuple of BreachAnswer
        To a breach by each side.
    weakest : Row or None
        Of the rows that fail, or of all if none does, the one that asks for the most patience; of
        equals the one with the least share.
    schedules : tuple of Schedule
        All ways to take the same path in fewer joint steps, or some if there are too many; the
        path as it was asked for stands first, the single step, if it can be made, last.
    tried_all : bool
        Whether all were tried.
    contradicted : tuple of (side, type, state, state)
        Payoffs that put the first state above the second, which the side's ranking does not.
    """

    states: tuple[str, ...]
    steps: tuple[DealStep, ...]
    step_months: float
    answers: tuple[BreachAnswer, ...]
    assumed: tuple[Assumed, ...]
    parties: tuple[Party, ...]
    rows: tuple[Row, ...]
    rank_rows: tuple[RankRow, ...]
    weakest: Row | None
    threat: Threat
    schedules: tuple[Schedule, ...]
    tried_all: bool
    defections: tuple[Defection, ...]
    test: Test | None
    safeguards: tuple[Guarded, ...]
    contradicted: tuple[tuple[str, str | None, str, str], ...]

    @property
    def at_once(self) -> Schedule | None:
        """The single joint step to the same end point, or None if it cannot be made."""
        last = self.schedules[-1]
        return last if last.steps == 1 else None

    @property
    def best(self) -> tuple[tuple[str | None, Schedule], ...]:
        """Under each type the schedule that asks for the least patience; of equals the shortest.

        A type under which none is kept at all is left out; without types the type is None.
        """
        found = []
        for place, (type_, _) in enumerate(self.schedules[0].by_type):
            able = [each for each in self.schedules if each.by_type[place][1] is not None]
            if able:
                found.append((type_, min(able, key=lambda each: _patience(each, place))))
        return tuple(found)


def _patience(schedule: Schedule, place: int) -> tuple[float, int]:
    """Return how much patience a schedule asks for under a type, then its steps."""
    return round(schedule.by_type[place][1] or 0, 9), schedule.steps
