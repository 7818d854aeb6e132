"""The elements of a model that can carry evidence, with what they are called in text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from standoff.evidence import Evidence
from standoff.model.conflict import (
    Bearable,
    Conflict,
    DecisionMaker,
    Prioritising,
    Ranking,
    Rule,
    Weighting,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Element:
    """An element: what kind it is, whose, its name and text, and what it rests on."""

    kind: str
    owner: str
    name: str
    text: str
    note: str
    evidence: Evidence | None

    @property
    def standing(self) -> str:
        """What it rests on in a word or two."""
        if self.evidence is None:
            return "no evidence"
        if self.evidence.is_assumption:
            return "assumed"
        return "contested" if self.evidence.is_contested else "sourced"


def elements(conflict: Conflict) -> Iterator[Element]:
    """Yield all elements of a conflict, in the order of its file."""
    for dm in conflict.decision_makers:
        yield from _owned(dm)
    for number, rule in enumerate(conflict.feasible, 1):
        yield _of_rule("rule", "", rule, f"rule {number}")
    for literal in conflict.irreversible:
        yield _element("irreversible", "", str(literal), "", literal.note, literal.evidence)
    for literal in conflict.status_quo_reasons:
        yield _element("today", "", str(literal), "", literal.note, literal.evidence)
    for move in conflict.forbidden_moves:
        text = f"{move.origin.text} to {move.target.text}"
        yield _element("forbidden move", move.by, text, "", move.note, move.evidence)


def _owned(dm: DecisionMaker) -> Iterator[Element]:
    if dm.evidence is not None:
        yield _element("decision maker", "", dm.name, "", dm.note, dm.evidence)
    for option in dm.options:
        yield _element("option", dm.name, option.name, option.label, option.note, option.evidence)
    match dm.preference:
        case Prioritising(statements=rules):
            for number, rule in enumerate(rules, 1):
                yield _of_rule("preference", dm.name, rule, f"statement {number}")
        case Weighting(weights=weights):
            for number, (rule, _) in enumerate(weights, 1):
                yield _of_rule("preference", dm.name, rule, f"statement {number}")
        case Ranking():
            yield _element("preference", dm.name, "ranking", "", dm.note, None)
    if dm.bearable is not None:
        text = borne(dm.bearable)
        yield _element("bearable", dm.name, "can bear", text, dm.bearable.note, dm.bearable.evidence)


def borne(bearable: Bearable) -> str:
    """Return the statement or, in graph form, the states that can be borne, as text."""
    if bearable.statement is not None:
        return bearable.statement.text
    return ", ".join(bearable.states) or "no state"


def _of_rule(kind: str, owner: str, rule: Rule, otherwise: str) -> Element:
    return _element(kind, owner, rule.id or otherwise, rule.statement.text, rule.note, rule.evidence)


def _element(
    kind: str, owner: str, name: str, text: str, note: str | None, evidence: Evidence | None
) -> Element:
    return Element(kind=kind, owner=owner, name=name, text=text, note=note or "", evidence=evidence)
