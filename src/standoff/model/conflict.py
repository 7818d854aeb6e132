"""What the analyst wrote down: a conflict and its parts. Frozen values, no algorithms."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

from standoff.evidence import Evidence, Source
from standoff.model.statement import Statement

if TYPE_CHECKING:
    from standoff.model.roadmap import Roadmap
    from standoff.model.timing import Contingency, Event, Timing, Types


@dataclass(frozen=True, slots=True, kw_only=True)
class Literal:
    """An option taken or not taken, such as `dprk.test` or `not firm.delay`."""

    option: str
    taken: bool = True
    note: str | None = None
    evidence: Evidence | None = None

    def __str__(self) -> str:
        return self.option if self.taken else f"not {self.option}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """Something a decision maker can do or leave; `name` is `decision_maker.option`."""

    name: str
    label: str
    note: str | None = None
    evidence: Evidence | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A statement with a reason: a preference statement or a feasibility rule."""

    statement: Statement
    id: str | None = None
    note: str | None = None
    evidence: Evidence | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Prioritising:
    """Option prioritising: statements from most to least important, compared lexicographically."""

    statements: tuple[Rule, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighting:
    """Option weighting: a state scores the sum of the exact weights of its true statements."""

    weights: tuple[tuple[Rule, Fraction], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranking:
    """Direct ranking: states from best to worst by label; the members of a tier are tied."""

    tiers: tuple[tuple[str, ...], ...]


Preference = Prioritising | Weighting | Ranking


@dataclass(frozen=True, slots=True, kw_only=True)
class Bearable:
    """Where a party can bear to stay: where `statement` is true or, in graph form, in `states`."""

    statement: Statement | None = None
    states: tuple[str, ...] = ()
    note: str | None = None
    evidence: Evidence | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionMaker:
    """A party with its options and preference; `moves` (pairs of states) in graph form only.

    `bearable` is None where it is not stated. Stability does not depend on it.
    """

    id: str
    name: str
    preference: Preference
    options: tuple[Option, ...] = ()
    moves: tuple[tuple[str, str], ...] = ()
    bearable: Bearable | None = None
    note: str | None = None
    evidence: Evidence | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ForbiddenMove:
    """Moves of a decision maker taken out: from states with `origin` to states with `target`."""

    by: str
    origin: Statement
    target: Statement
    note: str | None = None
    evidence: Evidence | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedState:
    """A state with a name of its own; `taken` lists its options (empty in graph form)."""

    name: str
    taken: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Coalition:
    """A named group of decision makers."""

    id: str
    members: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """A conflict in option form or, without options, in graph form.

    In option form `status_quo` holds the options taken, `states` the named states. In graph
    form `states` holds all states and `status_quo` the label of one of them.
    `status_quo_reasons` carries the evidence given for single coordinates of the status quo.
    """

    name: str
    decision_makers: tuple[DecisionMaker, ...]
    status_quo: frozenset[str] | str
    states: tuple[NamedState, ...] = ()
    feasible: tuple[Rule, ...] = ()
    irreversible: tuple[Literal, ...] = ()
    forbidden_moves: tuple[ForbiddenMove, ...] = ()
    status_quo_reasons: tuple[Literal, ...] = ()
    coalitions: tuple[Coalition, ...] = ()
    sources: tuple[Source, ...] = ()
    as_of: date | None = None
    note: str | None = None
    types: Types | None = None
    timing: Timing | None = None
    events: tuple[Event, ...] = ()
    contingency: tuple[Contingency, ...] = ()
    roadmap: Roadmap | None = None

    @property
    def is_graph_form(self) -> bool:
        """Whether the conflict lists its states and moves instead of options."""
        return isinstance(self.status_quo, str)

    @property
    def options(self) -> tuple[Option, ...]:
        """All options, in the order of the file: the lowest bit of a state's number first."""
        return tuple(option for dm in self.decision_makers for option in dm.options)
