"""Statements, literals and rules with their reasons, as they occur all over a model file."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from standoff.errors import ModelError
from standoff.evidence import Evidence
from standoff.files.citing import Sources, read_evidence
from standoff.files.element import Element
from standoff.files.grammar import OptionNames, parse_statement, resolve_option
from standoff.files.wording import quoted, suggestion
from standoff.model.conflict import Literal, Rule
from standoff.model.statement import Not, Statement, Taken

Parts = dict[str, Element]


@dataclass(frozen=True, slots=True)
class Names:
    """What the parts of a model can refer to. `options` is None if they could not be read."""

    decision_makers: Mapping[str, None]
    options: OptionNames | None
    states: Mapping[str, None]
    sources: Sources
    is_graph_form: bool


def read_reasons(parts: Parts, names: Names) -> tuple[str | None, Evidence | None]:
    """Read note and evidence of a record."""
    note = parts["note"].text() if "note" in parts else None
    evidence = read_evidence(parts["evidence"], names.sources) if "evidence" in parts else None
    return note, evidence


def read_statement(element: Element, names: Names) -> Statement | None:
    """Read a statement; None after a fault."""
    text = element.text("A statement")
    return None if text is None else statement_in(element, text, names)


def statement_in(element: Element, text: str, names: Names) -> Statement | None:
    """Read a statement from the text of an element or of its key."""
    if names.options is None:
        return None
    try:
        return parse_statement(text, names.options)
    except ModelError as error:
        element.adopt(error)
        return None


def read_rule(element: Element, names: Names) -> Rule | None:
    """Read a statement, or a record with a statement, an id and reasons."""
    if element.is_scalar:
        statement = read_statement(element, names)
        return None if statement is None else Rule(statement=statement)
    parts = element.record("rule")
    return None if parts is None else rule_of(parts, names)


def rule_of(parts: Parts, names: Names) -> Rule | None:
    """Read a rule from the parts of its record."""
    identifier = parts["id"].line() if "id" in parts else None
    if identifier is not None:
        parts["id"].check_id(identifier)
    note, evidence = read_reasons(parts, names)
    statement = read_statement(parts["statement"], names) if "statement" in parts else None
    if statement is None:
        return None
    return Rule(statement=statement, id=identifier, note=note, evidence=evidence)


def read_rules(element: Element, names: Names) -> tuple[Rule, ...]:
    """Read a list of rules whose ids differ."""
    items = list(element.items("statements"))
    rules = [read_rule(item, names) for item in items]
    check_distinct_ids(items)
    return tuple(rule for rule in rules if rule is not None)


def check_distinct_ids(items: Collection[Element]) -> None:
    """Report ids that stand in a list twice."""
    seen = set()
    for item in items:
        name = item.part_text("id")
        if name is None:
            continue
        if name in seen:
            item.fault(
                "duplicate-id", f"The id {quoted(name)} stands in this list twice.", "Give each its own id."
            )
        seen.add(name)


def read_literal(element: Element, names: Names) -> Literal | None:
    """Read an option or 'not' and an option, bare or in a record with reasons."""
    if element.is_scalar:
        return _literal(element, names)
    parts = element.record("reasoned_literal")
    if parts is None:
        return None
    note, evidence = read_reasons(parts, names)
    literal = _literal(parts["literal"], names) if "literal" in parts else None
    if literal is None:
        return None
    return Literal(option=literal.option, taken=literal.taken, note=note, evidence=evidence)


def _literal(element: Element, names: Names) -> Literal | None:
    statement = read_statement(element, names)
    if statement is None:
        return None
    match statement.expression:
        case Taken(option):
            return Literal(option=option)
        case Not(Taken(option)):
            return Literal(option=option, taken=False)
    cure = "Write an option, or 'not' and an option."
    element.fault("not-a-literal", f"{quoted(statement.text)} is more than one option.", cure)
    return None


def read_option(element: Element, names: Names) -> str | None:
    """Read the name of an option; return its full name."""
    text = element.line("An option")
    if text is None or names.options is None:
        return None
    try:
        return resolve_option(text, names.options)
    except ModelError as error:
        element.adopt(error)
        return None


def read_decision_maker(element: Element, names: Names) -> str | None:
    """Read the id of a decision maker."""
    text = element.line("A decision maker")
    if text is not None and text not in names.decision_makers:
        message = f"Unknown decision maker {quoted(text)}."
        element.fault("unknown-decision-maker", message, suggestion(text, names.decision_makers))
        return None
    return text


def read_state(element: Element, names: Names) -> str | None:
    """Read the label of a state; in option form s1, s2, ... are checked when states are counted."""
    text = element.line("A state")
    if text is None or text in names.states:
        return text
    if names.is_graph_form and not names.states:
        return None
    if not names.is_graph_form and text[:1] == "s" and text[1:].isdecimal():
        return text
    cure = suggestion(text, names.states)
    if not names.is_graph_form:
        cure = (cure if names.states else "") + " States without a name are called s1, s2, ..."
    element.fault("unknown-state", f"Unknown state {quoted(text)}.", cure.strip())
    return None
