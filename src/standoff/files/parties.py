"""Decision makers: their options, their preference and, in graph form, their moves."""

from __future__ import annotations

from fractions import Fraction

from standoff.files.clauses import (
    Names,
    Parts,
    check_distinct_ids,
    read_reasons,
    read_rules,
    read_state,
    read_statement,
    rule_of,
    statement_in,
)
from standoff.files.element import Element
from standoff.files.yaml_nodes import ScalarNode
from standoff.model.conflict import (
    Bearable,
    DecisionMaker,
    Option,
    Preference,
    Prioritising,
    Ranking,
    Rule,
    Weighting,
)

PREFERENCES = ("prefers", "weights", "ranking")


def read_party(name: str, element: Element, names: Names) -> DecisionMaker | None:
    """Read one decision maker; None after a fault."""
    parts = element.record("decision_maker")
    if parts is None:
        return None
    note, evidence = read_reasons(parts, names)
    options = _options(name, parts["options"], names) if "options" in parts else ()
    moves = _moves(parts["moves"], names) if "moves" in parts else ()
    preference = read_preference(element, parts, names)
    bearable = _bearable(parts["bearable"], names) if "bearable" in parts else None
    display = parts["name"].line() if "name" in parts else None
    if preference is None:
        return None
    return DecisionMaker(
        id=name,
        name=display or name,
        preference=preference,
        options=options,
        moves=moves,
        bearable=bearable,
        note=note,
        evidence=evidence,
    )


def _options(maker: str, element: Element, names: Names) -> tuple[Option, ...]:
    if names.is_graph_form:
        cure = "List moves between states, or leave out 'states' and 'moves' and give every side options."
        element.key_fault("mixed-forms", "A conflict in graph form has no options.", cure)
        return ()
    options = [_option(f"{maker}.{name}", part, names) for name, part in element.entries("options")]
    return tuple(option for option in options if option is not None)


def _option(name: str, element: Element, names: Names) -> Option | None:
    if element.is_scalar:
        label = element.line("A label")
        return None if label is None else Option(name=name, label=label)
    parts = element.record("option")
    if parts is None:
        return None
    note, evidence = read_reasons(parts, names)
    label = parts["label"].line("A label") if "label" in parts else None
    return None if label is None else Option(name=name, label=label, note=note, evidence=evidence)


def _moves(element: Element, names: Names) -> tuple[tuple[str, str], ...]:
    if not names.is_graph_form:
        cure = "Take them out; what options allow can be restricted by 'irreversible' and 'forbidden_moves'."
        element.key_fault(
            "mixed-forms", "Moves are listed in graph form only; this conflict has options.", cure
        )
        return ()
    moves = [_move(item, names) for item in element.items("moves")]
    return tuple(move for move in moves if move is not None)


def _move(element: Element, names: Names) -> tuple[str, str] | None:
    ends = list(element.items("two states"))
    if len(ends) != 2:
        if element.is_list:
            element.fault("bad-move", "A move leads from one state to another.", "Write [from, to].")
        return None
    origin, target = read_state(ends[0], names), read_state(ends[1], names)
    if origin is None or target is None:
        return None
    if origin == target:
        element.fault("bad-move", "A move leads to another state, not to the same.", "Take it out.")
        return None
    return origin, target


def _bearable(element: Element, names: Names) -> Bearable | None:
    """Read where a party can bear to stay: a statement or, in graph form, states; bare or with reasons."""
    kind, key = ("bearable_states", "states") if names.is_graph_form else ("bearable", "statement")
    parts = {key: element}
    if element.is_mapping:
        parts = element.record(kind) or {}
    note, evidence = read_reasons(parts, names)
    if key not in parts:
        return None
    if not names.is_graph_form:
        statement = read_statement(parts[key], names)
        return None if statement is None else Bearable(statement=statement, note=note, evidence=evidence)
    states: dict[str, None] = {}
    for item in parts[key].items("states"):
        state = read_state(item, names)
        if state in states:
            item.fault("duplicate-state", f"State '{state}' stands in the list twice.", "Take one out.")
        if state is not None:
            states[state] = None
    return Bearable(states=tuple(states), note=note, evidence=evidence)


def read_preference(element: Element, parts: Parts, names: Names) -> Preference | None:
    """Read the preference of a decision maker or of one of its types; None after a fault."""
    given = [key for key in PREFERENCES if key in parts]
    if not given:
        cure = "Add 'prefers', 'weights' or 'ranking'; 'prefers: []' says indifferent between all states."
        if names.is_graph_form:
            cure = "Add 'ranking': the states from best to worst."
        element.fault("no-preference", "There is no preference here.", cure)
        return None
    for key in given[1:]:
        message = f"Here are both '{given[0]}' and '{key}'."
        parts[key].key_fault("several-preferences", message, "Keep one of them.")
    key, part = given[0], parts[given[0]]
    if names.is_graph_form and key != "ranking":
        message = f"States in graph form have no options, so '{key}' says nothing about them."
        part.key_fault("mixed-forms", message, "Write 'ranking': the states from best to worst.")
        return None
    if key == "prefers":
        return Prioritising(statements=read_rules(part, names))
    if key == "weights":
        return Weighting(weights=_weights(part, names))
    return Ranking(tiers=_tiers(part, names))


def _weights(element: Element, names: Names) -> tuple[tuple[Rule, Fraction], ...]:
    if element.is_list:
        items = list(element.items("weights"))
        found = [_weight_record(item, names) for item in items]
        check_distinct_ids(items)
    else:
        found = [_weight(text, part, names) for text, part in element.entries("statements with weights")]
    return tuple(pair for pair in found if pair is not None)


def _weight(text: str, element: Element, names: Names) -> tuple[Rule, Fraction] | None:
    weight = element.decimal()
    key = Element(element.key or ScalarNode(1, 1, text), element.path, element.faults)
    statement = statement_in(key, text, names)
    return None if statement is None or weight is None else (Rule(statement=statement), weight)


def _weight_record(element: Element, names: Names) -> tuple[Rule, Fraction] | None:
    parts = element.record("weight")
    if parts is None:
        return None
    rule = rule_of(parts, names)
    weight = parts["weight"].decimal() if "weight" in parts else None
    return None if rule is None or weight is None else (rule, weight)


def _tiers(element: Element, names: Names) -> tuple[tuple[str, ...], ...]:
    tiers = []
    for item in element.items("states"):
        members = item.items("tied states") if item.is_list else iter((item,))
        states = [read_state(member, names) for member in members]
        tiers.append(tuple(state for state in states if state is not None))
    return tuple(tier for tier in tiers if tier)
