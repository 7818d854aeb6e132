"""What the analyst wrote about a phased deal: its steps, what each side gains, what follows a breach."""

from __future__ import annotations

from dataclasses import dataclass

from standoff.evidence import Evidence
from standoff.model.conflict import Literal
from standoff.model.timing import Condition, Quantity


@dataclass(frozen=True, slots=True, kw_only=True)
class Reversion:
    """Where a breach leads once it is seen; just one of the fields is set.

    Everybody goes back to its options in state `to`; or just the options in `sets` change; or
    everybody goes back to the status quo and the focal decision maker carries out `pivot`.
    """

    to: str | None = None
    sets: tuple[Literal, ...] = ()
    pivot: str | None = None
    note: str | None = None
    evidence: Evidence | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SidePayoff:
    """What a year is worth to a side where a condition holds, under one type of it or all."""

    amount: Quantity
    condition: Condition = None
    type: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SideStakes:
    """What a decision maker gains by the year, and how it discounts."""

    decision_maker: str
    discount_per_year: Quantity | None = None
    payoffs: tuple[SidePayoff, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Safeguard:
    """Something that makes a breach seen sooner, or answered otherwise.

    `against` is whose breaches it is about; None for everybody's.
    """

    id: str
    label: str
    against: str | None = None
    detection_months: Quantity | None = None
    reversion: Reversion | None = None
    note: str | None = None
    evidence: Evidence | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Roadmap:
    """A phased deal.

    `steps` are the states that it leads through, the last one its end point.
    """

    step_months: Quantity | None = None
    detection_months: Quantity | None = None
    steps: tuple[str, ...] = ()
    reversion: Reversion | None = None
    parties: tuple[SideStakes, ...] = ()
    safeguards: tuple[Safeguard, ...] = ()
