"""The kinds of differences between two models, as values: what was added, dropped, moved or altered."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any
from typing import Literal as OneOf

from standoff.evidence import Evidence, Source
from standoff.model.conflict import (
    Bearable,
    Coalition,
    Conflict,
    DecisionMaker,
    ForbiddenMove,
    Literal,
    NamedState,
    Option,
    Preference,
    Rule,
)
from standoff.model.statement import Statement

BlockName = OneOf[
    "decision_makers",
    "options",
    "moves",
    "prefers",
    "weights",
    "bearable",
    "feasible",
    "irreversible",
    "forbidden_moves",
    "status_quo",
    "status_quo_reasons",
    "states",
    "coalitions",
    "sources",
]
"""Where in a model an element stands, called as in the file; `status_quo` holds the options taken."""

Part = OneOf["meaning", "label", "reasons"]
"""What of an element differs: what it says, what it is called, or its note and evidence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighted:
    """A statement with its weight: an element of a preference by weights."""

    statement: Statement
    weight: Fraction
    id: str | None = None
    note: str | None = None
    evidence: Evidence | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A move of a conflict in graph form, from one state to another."""

    origin: str
    target: str


Element = (
    DecisionMaker
    | Option
    | Step
    | Rule
    | Weighted
    | Bearable
    | Literal
    | ForbiddenMove
    | NamedState
    | Coalition
    | Source
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Added:
    """An element that only the newer model has.

    Attributes
    ----------
    block, owner
        Where it stands; `owner` is the decision maker it belongs to.
    element : Element
    place : int
        Its place in the newer block, from 0.
    after : int or None
        The place in the older block of the unmoved element it now follows; None at the top.
    matters : bool
        Whether the fingerprint depends on it.
    """

    block: BlockName
    owner: str | None
    element: Element
    place: int
    after: int | None
    matters: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Dropped:
    """An element that only the older model has, at `place` (from 0) of its block."""

    block: BlockName
    owner: str | None
    element: Element
    place: int
    matters: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """An element that changed places with others: from `place` in the older block to `to` in the newer."""

    block: BlockName
    owner: str | None
    element: Element
    place: int
    to: int
    after: int | None
    matters: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Altered:
    """An element of both models, of which one `part` differs."""

    block: BlockName
    owner: str | None
    before: Element
    after: Element
    place: int
    part: Part
    matters: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class PreferenceChanged:
    """A decision maker's preference replaced as a whole: another ranking, or another kind."""

    owner: str
    before: Preference
    after: Preference
    matters: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldChanged:
    """A single value of the model, or a block that is compared as a whole.

    `status_quo` is the state of a graph form; `types`, `timing`, `events`, `contingency` and `roadmap`
    are the blocks about time, on which no verdict depends.
    """

    field: OneOf["name", "note", "as_of", "status_quo", "types", "timing", "events", "contingency", "roadmap"]
    before: Any
    after: Any
    matters: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Rewritten:
    """A conflict in option form became one in graph form, or the other way round."""

    before: Conflict
    after: Conflict
    matters: bool = True


Change = Added | Dropped | Moved | Altered | PreferenceChanged | FieldChanged | Rewritten
