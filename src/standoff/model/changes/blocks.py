"""A model as blocks of elements: how to take one out, put one back, and tell elements apart."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import fields, replace
from typing import Any

from standoff.evidence import Source
from standoff.model.changes.kinds import BlockName, Element, Part, Step, Weighted
from standoff.model.conflict import (
    Bearable,
    Coalition,
    Conflict,
    DecisionMaker,
    ForbiddenMove,
    Literal,
    NamedState,
    Option,
    Prioritising,
    Rule,
    Weighting,
)
from standoff.model.statement import canonical

Elements = tuple[Any, ...]

OF_THE_CONFLICT: tuple[BlockName, ...] = (
    "decision_makers",
    "feasible",
    "irreversible",
    "forbidden_moves",
    "status_quo",
    "status_quo_reasons",
    "states",
    "coalitions",
    "sources",
)
OF_A_PARTY: tuple[BlockName, ...] = ("options", "moves", "prefers", "weights", "bearable")
ORDERED: frozenset[BlockName] = frozenset({"decision_makers", "options", "prefers"})
"""The blocks whose order is told; of decision makers and options it only numbers the states."""


def party(conflict: Conflict, dm: str) -> DecisionMaker:
    """Return a decision maker by id."""
    return next(each for each in conflict.decision_makers if each.id == dm)


def elements(conflict: Conflict, block: BlockName, owner: str | None = None) -> Elements:
    """Return the elements of a block, in the order of the file."""
    if owner is not None:
        return _of_party(party(conflict, owner), block)
    if block == "status_quo":
        if isinstance(conflict.status_quo, str):
            return ()
        known = [option.name for option in conflict.options if option.name in conflict.status_quo]
        return tuple(Literal(option=name) for name in known)
    return tuple(getattr(conflict, block))


def _of_party(dm: DecisionMaker, block: BlockName) -> Elements:
    match block, dm.preference:
        case "options", _:
            return dm.options
        case "moves", _:
            return tuple(Step(origin=origin, target=target) for origin, target in dict.fromkeys(dm.moves))
        case "bearable", _:
            return () if dm.bearable is None else (dm.bearable,)
        case "prefers", Prioritising(statements=statements):
            return statements
        case "weights", Weighting(weights=weights):
            return tuple(
                Weighted(
                    statement=rule.statement,
                    weight=weight,
                    id=rule.id,
                    note=rule.note,
                    evidence=rule.evidence,
                )
                for rule, weight in weights
            )
    return ()


def with_elements(conflict: Conflict, block: BlockName, owner: str | None, new: Elements) -> Conflict:
    """Return the conflict with other elements in a block."""
    if owner is None:
        if block == "status_quo":
            return replace(conflict, status_quo=frozenset(literal.option for literal in new))
        return _with(conflict, block, new)
    dms = tuple(_with_own(dm, block, new) if dm.id == owner else dm for dm in conflict.decision_makers)
    return replace(conflict, decision_makers=dms)


def _with(conflict: Conflict, field: str, value: Any) -> Conflict:
    changed: dict[str, Any] = {field: value}
    return replace(conflict, **changed)


def _with_own(dm: DecisionMaker, block: BlockName, new: Elements) -> DecisionMaker:
    match block:
        case "options":
            return replace(dm, options=new)
        case "moves":
            return replace(dm, moves=tuple((step.origin, step.target) for step in new))
        case "prefers":
            return replace(dm, preference=Prioritising(statements=new))
        case "bearable":
            return replace(dm, bearable=new[0] if new else None)
    return replace(dm, preference=Weighting(weights=tuple(_pair(each) for each in new)))


def _pair(each: Weighted) -> tuple[Rule, Any]:
    return Rule(statement=each.statement, id=each.id, note=each.note, evidence=each.evidence), each.weight


# Which elements of two blocks are the same one


def matched(
    block: BlockName, older: Elements, newer: Elements, *, is_graph: bool
) -> Iterator[tuple[int, int]]:
    """Yield the places of elements that stand for each other, by ever looser marks.

    A statement is found again by what it says, or else by its id; of several that say the same,
    the first is the first.
    """
    left, right = list(range(len(older))), list(range(len(newer)))
    for mark in _marks(block, is_graph=is_graph):
        places: dict[Hashable, list[int]] = {}
        for place in left:
            places.setdefault(mark(older[place]), []).append(place)
        for place in tuple(right):
            key = mark(newer[place])
            found = places.get(key)
            if key is not None and found:
                left.remove(found[0])
                right.remove(place)
                yield found.pop(0), place


def _marks(block: BlockName, *, is_graph: bool) -> Sequence[Callable[[Any], Hashable]]:
    match block:
        case "prefers" | "feasible":
            return (lambda e: (_says(e), e.id), _says, _id)
        case "weights":
            return (lambda e: (_says(e), e.weight, e.id), lambda e: (_says(e), e.weight), _says, _id)
        case "decision_makers" | "coalitions" | "sources":
            return (_id,)
        case "forbidden_moves":
            return (_arc,)
        case "bearable":
            return (type,)
        case "status_quo" | "status_quo_reasons":
            return (lambda e: e.option,)
        case "states" if not is_graph:
            return (lambda e: (e.name, e.taken), lambda e: e.name, lambda e: e.taken)
        case "states" | "options":
            return (lambda e: e.name,)
    return (lambda e: (e.origin, e.target),) if block == "moves" else (str,)


def _id(element: Any) -> Hashable:
    return element.id


def _says(element: Any) -> Hashable:
    return repr(canonical(element.statement.expression))


def _arc(move: ForbiddenMove) -> Hashable:
    return move.by, repr(canonical(move.origin.expression)), repr(canonical(move.target.expression))


# In which parts two elements differ

_LABELS: dict[type, frozenset[str]] = {
    DecisionMaker: frozenset({"name"}),
    Option: frozenset({"label"}),
    Rule: frozenset({"id"}),
    Weighted: frozenset({"id"}),
    NamedState: frozenset({"name"}),
}
_MEANING: dict[type, frozenset[str]] = {
    Rule: frozenset({"statement"}),
    Weighted: frozenset({"statement", "weight"}),
    NamedState: frozenset({"taken"}),
    Coalition: frozenset({"members"}),
    Bearable: frozenset({"statement", "states"}),
}
_REASONS: dict[type, frozenset[str]] = {
    Source: frozenset(field.name for field in fields(Source)) - {"id"},
    Literal: frozenset({"taken", "note", "evidence"}),
}
_NOTED = frozenset({"note", "evidence"})


def _names(kind: type, part: Part) -> frozenset[str]:
    if part == "meaning":
        return _MEANING.get(kind, frozenset())
    return _LABELS.get(kind, frozenset()) if part == "label" else _REASONS.get(kind, _NOTED)


def differing(before: Element, after: Element) -> Iterator[Part]:
    """Yield the parts in which two elements that stand for each other differ."""
    kind = type(before)
    known = {field.name for field in fields(before)}
    parts: tuple[Part, ...] = ("meaning", "label", "reasons")
    for part in parts:
        names = _names(kind, part) & known
        if any(_value(before, name) != _value(after, name) for name in names):
            yield part


def _value(element: Element, name: str) -> Any:
    value = getattr(element, name)
    if name == "statement":
        return value and canonical(value.expression)
    return sorted(set(value)) if name in ("members", "states") else value


def with_part(element: Element, after: Element, part: Part) -> Element:
    """Return the element with one part as in `after`."""
    names = _names(type(after), part) & {field.name for field in fields(after)}
    values: dict[str, Any] = {name: getattr(after, name) for name in names}
    return replace(element, **values)
