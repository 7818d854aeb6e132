"""What the analyst wrote about time: types, rates, stocks, payoffs, signals, policies and dated events."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from standoff.evidence import Evidence
from standoff.model.conflict import Literal, Preference
from standoff.model.statement import Statement

Condition = Statement | tuple[str, ...] | None
"""Where something holds: a statement, a list of states (graph form), or everywhere."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """A number exactly as written, with what it rests on; the key it stands under names its unit."""

    value: Fraction
    evidence: Evidence
    note: str | None = None

    @property
    def is_assumption(self) -> bool:
        """Whether the analyst marked the number as assumed."""
        return self.evidence.is_assumption


@dataclass(frozen=True, slots=True, kw_only=True)
class Shift:
    """Another preference from a level of a stock on; of several that apply the last one rules."""

    stock: str
    at_least: int
    preference: Preference


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyType:
    """One of the preferences that a decision maker may turn out to have.

    `prior` is a probability; the priors of all types add up to 1.
    """

    id: str
    name: str
    prior: Quantity
    preference: Preference
    shifts: tuple[Shift, ...] = ()
    note: str | None = None
    evidence: Evidence | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Types:
    """The types of the one decision maker that is not known for certain."""

    decision_maker: str
    types: tuple[PartyType, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A step of a stock by +1 or -1 at a rate per year, where a condition holds, for one type or all."""

    by: int
    per_year: Quantity
    condition: Condition = None
    type: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Stock:
    """Something that accumulates in whole units between `least` and `most`, moved by nobody's choice."""

    id: str
    label: str
    unit: str
    least: int
    most: int
    start: int
    evidence: Evidence
    changes: tuple[Change, ...] = ()
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Payoff:
    """What a year is worth to the focal decision maker where a condition holds.

    With a stock, `amount` counts for each unit of it.
    """

    amount: Quantity
    condition: Condition = None
    stock: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Pivot:
    """A change of course of the focal decision maker that ends the waiting.

    `sets` are its own options from then on; in graph form `to` is the state.
    """

    id: str
    label: str
    cost_once: Quantity
    sets: tuple[Literal, ...] = ()
    to: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SignalRate:
    """How often a signal is seen, by type and condition; rates of one signal that apply add up."""

    per_year: Quantity
    condition: Condition = None
    type: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Signal:
    """An event that changes no state but may be more frequent under one type."""

    id: str
    label: str
    rates: tuple[SignalRate, ...]
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Until:
    """One reason to stop waiting: just one of `at_once`, `on`, `belief_at_most`, `stock` and `condition`.

    `on` is a date, `belief_at_most` a belief in `type`, `at_least` a level of `stock`, `condition`
    where play is. `pivot` is what this reason leads to, None for the pivot of the policy.
    """

    at_once: bool = False
    on: date | None = None
    belief_at_most: Fraction | None = None
    type: str | None = None
    stock: str | None = None
    at_least: int = 0
    condition: Condition = None
    pivot: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """What the focal decision maker does now and when it pivots: as soon as any of `until` holds.

    `posture` are own options that it sets at once; without `until` it waits for ever. `pivot` is
    what the reasons lead to that name no other; of several at one moment, the one that looks best.
    """

    id: str
    label: str
    posture: tuple[Literal, ...] = ()
    pivot: str | None = None
    until: tuple[Until, ...] = ()
    note: str | None = None
    evidence: Evidence | None = None

    @property
    def pivots(self) -> tuple[str, ...]:
        """The pivots that its reasons lead to, in their order."""
        named = (until.pivot or self.pivot for until in self.until)
        return tuple(dict.fromkeys(pivot for pivot in named if pivot is not None))


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """How decision makers choose when they have an opportunity.

    `kappa` is how sharply a better rank is preferred (0 not at all; None always the best reply),
    `moves_ahead` how many moves of their own they look ahead.
    """

    kappa: Fraction | None
    moves_ahead: int
    evidence: Evidence


@dataclass(frozen=True, slots=True, kw_only=True)
class LogStart:
    """From when on events were noted, and how things stood then: options taken or a state, and stocks."""

    begin: date
    state: frozenset[str] | str
    stocks: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Timing:
    """Rates, stocks and payoffs for one decision maker that must decide how long to wait.

    `within` restricts the states that play can reach; opportunities are per year and party.
    """

    focal: str
    discount_per_year: Quantity
    opportunities: tuple[tuple[str, Quantity], ...]
    choice: Choice | None = None
    within: Condition = None
    stocks: tuple[Stock, ...] = ()
    payoffs: tuple[Payoff, ...] = ()
    pivots: tuple[Pivot, ...] = ()
    signals: tuple[Signal, ...] = ()
    policies: tuple[Policy, ...] = ()
    log: LogStart | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that happened on a day: a move, a step of a stock, or a signal.

    A move has a `mover` and the own options it `sets` (in graph form the state it leads `to`);
    a step has a `stock` and `by`. Events of one `group` have a common origin and count once.
    """

    day: date
    label: str
    mover: str | None = None
    sets: tuple[Literal, ...] = ()
    to: str | None = None
    stock: str | None = None
    by: int = 0
    signal: str | None = None
    group: str | None = None
    note: str | None = None
    evidence: Evidence | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Trigger:
    """What starts a plan; just one of signal, silence, stock level and condition is set.

    `silence_months` is a time without any of the events that can be seen.
    """

    signal: str | None = None
    silence_months: int | None = None
    stock: str | None = None
    at_least: int = 0
    condition: Condition = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Contingency:
    """A plan, one of the pivots, and what starts it."""

    id: str
    label: str
    trigger: Trigger
    pivot: str
    note: str | None = None
    evidence: Evidence | None = None
