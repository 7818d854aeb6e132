"""How one side stands at one step of a phased deal, by name, and what that rests on."""

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Detection:
    """How many whole months a breach by a side at a step may stay unseen.

    Attributes
    ----------
    months : int or None
        The step is kept for so many months and all fewer; 120 stands for ten years or more, None
        for a step that is not kept even if a breach is seen at once.
    """

    place: int
    decision_maker: str
    type: str | None
    months: int | None


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
