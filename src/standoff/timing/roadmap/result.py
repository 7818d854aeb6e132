"""What is known about a phased deal, by name."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Literal

from standoff.timing.roadmap.verdicts import Assumed, BreachAnswer, DealStep, Detection, Party, RankRow, Row


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
class UnderType:
    """How all sides stand on a schedule if one of them is of a type.

    Attributes
    ----------
    type : str or None
        None if no side has types.
    holds : bool or None
        Whether all steps are kept; None if no payoffs are known.
    critical_factor : float or None
        The discount factor for a step from which on they are.
    weakest : Row or None
    by_ranks : "all", "some", "none" or None
        Under which spacings the sides known by ranks keep it, each for itself: the least of them.
    """

    type: str | None
    holds: bool | None
    critical_factor: float | None
    weakest: Row | None
    by_ranks: Literal["all", "some", "none"] | None


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
    by_type : tuple of UnderType
        The same under each type of the side that has some: only its rows, and those of the others.
    least_share : float or None
        Of all margins the least one, as in a row.
    weakest : Row or None
    by_ranks : "all", "some", "none" or None
        The same under all types: the least of them.
    """

    states: tuple[str, ...]
    holds: bool | None
    critical_factor: float | None
    by_type: tuple[UnderType, ...]
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
    holds, critical_factor, weakest, by_type, by_ranks
        As in a schedule.
    """

    ids: tuple[str, ...]
    labels: tuple[str, ...]
    answers: tuple[BreachAnswer, ...]
    threat: Threat
    holds: bool | None
    critical_factor: float | None
    by_type: tuple[UnderType, ...]
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
    detection : tuple of Detection
        For each of the rows how long a breach may stay unseen.
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
    detection: tuple[Detection, ...]
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
        for place, under in enumerate(self.schedules[0].by_type):
            able = [each for each in self.schedules if each.by_type[place].critical_factor is not None]
            if able:
                found.append((under.type, min(able, key=partial(_patience, place=place))))
        return tuple(found)


def _patience(schedule: Schedule, place: int) -> tuple[float, int]:
    """Return how much patience a schedule asks for under a type, then its steps."""
    return round(schedule.by_type[place].critical_factor or 0, 9), schedule.steps
