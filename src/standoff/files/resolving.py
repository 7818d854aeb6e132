"""The nodes of a model file -> a conflict, with everything that is wrong reported at once."""

from __future__ import annotations

import re

from standoff.errors import Fault
from standoff.files.citing import read_sources
from standoff.files.clauses import (
    Names,
    Parts,
    read_decision_maker,
    read_literal,
    read_option,
    read_reasons,
    read_rules,
    read_state,
    read_statement,
)
from standoff.files.element import Element
from standoff.files.grammar import KEYWORDS, OptionNames
from standoff.files.parties import read_party
from standoff.files.timed import read_timed
from standoff.files.wording import quoted
from standoff.files.yaml_nodes import MappingNode, Node, ScalarNode, SequenceNode, child
from standoff.model.conflict import (
    Coalition,
    Conflict,
    DecisionMaker,
    ForbiddenMove,
    Literal,
    NamedState,
)

_LABEL = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]*")
_NUMBERED = re.compile(r"s[0-9]+")


def resolve(root: Node, faults: list[Fault]) -> Conflict | None:
    """Return the conflict that the nodes of a file describe.

    What is wrong is added to `faults`; the conflict is None only if something is.
    """
    before = len(faults)
    element = Element(root, (), faults)
    parts = element.record("model")
    if parts is None:
        return None
    names = _names(parts, root)
    conflict = _conflict(parts, names)
    return conflict if len(faults) == before else None


def _names(parts: Parts, root: Node) -> Names:
    makers = child(root, "decision_makers")
    states = child(root, "states")
    options: list[str] = []
    has_options, is_broken = False, not isinstance(makers, MappingNode)
    if isinstance(makers, MappingNode):
        for maker, node in makers.values.items():
            block = child(node, "options")
            has_options |= block is not None
            is_broken |= not isinstance(node, MappingNode) or isinstance(block, ScalarNode | SequenceNode)
            if isinstance(block, MappingNode):
                options += [f"{maker}.{name}" for name in block.values if not name.startswith("x-")]
    is_graph_form = isinstance(states, SequenceNode) and not has_options
    labels = _labels(parts["states"]) if "states" in parts else {}
    return Names(
        decision_makers=_makers(makers),
        options=None if is_broken else OptionNames(options, _makers(makers)),
        states=labels,
        sources=read_sources(parts["sources"]) if "sources" in parts else {},
        is_graph_form=is_graph_form,
    )


def _makers(node: Node | None) -> dict[str, None]:
    if not isinstance(node, MappingNode):
        return {}
    return {name: None for name in node.values if not name.startswith("x-")}


def _labels(element: Element) -> dict[str, None]:
    """Return the labels of the states, and report those that cannot be labels."""
    labels: dict[str, None] = {}
    if element.is_mapping:
        for name, part in element.entries("states"):
            if _NUMBERED.fullmatch(name):
                message = f"A state cannot be named '{name}': s1, s2, ... count the feasible states."
                part.key_fault("numbered-name", message, "Choose a name that says what the state is.")
            elif not _LABEL.fullmatch(name):
                part.key_fault("bad-label", f"{quoted(name)} cannot name a state.", _LABEL_CURE)
            labels[name] = None
        return labels
    for item in element.items("states"):
        label = item.line("A state")
        if label is None:
            continue
        if not _LABEL.fullmatch(label):
            item.fault("bad-label", f"{quoted(label)} cannot name a state.", _LABEL_CURE)
        elif label in labels:
            item.fault("duplicate-state", f"State '{label}' stands in the list twice.", "Take one out.")
        labels[label] = None
    return labels


_LABEL_CURE = "Use letters, digits, '_', '.' and '-'."


def _conflict(parts: Parts, names: Names) -> Conflict:
    makers = _decision_makers(parts["decision_makers"], names) if "decision_makers" in parts else ()
    status_quo, reasons = _status_quo(parts, names)
    note, _ = read_reasons(parts, names)
    for key in ("feasible", "irreversible", "forbidden_moves"):
        if names.is_graph_form and key in parts:
            message = f"'{key}' speaks of options; a conflict in graph form has none."
            parts.pop(key).key_fault("mixed-forms", message, "Take it out; list states and moves instead.")
    return Conflict(
        name=(parts["name"].line() if "name" in parts else None) or "",
        decision_makers=makers,
        status_quo=status_quo,
        states=_states(parts, names),
        feasible=read_rules(parts["feasible"], names) if "feasible" in parts else (),
        irreversible=_irreversible(parts["irreversible"], names) if "irreversible" in parts else (),
        forbidden_moves=_forbidden(parts["forbidden_moves"], names) if "forbidden_moves" in parts else (),
        status_quo_reasons=reasons,
        coalitions=_coalitions(parts["coalitions"], names) if "coalitions" in parts else (),
        sources=tuple(source for source in names.sources.values() if source is not None),
        as_of=parts["as_of"].day() if "as_of" in parts else None,
        note=note,
        **read_timed(parts, names),
    )


def _decision_makers(element: Element, names: Names) -> tuple[DecisionMaker, ...]:
    found = []
    for name, part in element.entries("decision makers"):
        part.check_name(name, KEYWORDS)
        found.append(read_party(name, part, names))
        options = child(part.node, "options")
        if isinstance(options, MappingNode):
            _check_option_names(Element(options, (*part.path, "options"), part.faults))
    if element.is_mapping and not found:
        element.fault("no-decision-makers", "There is no decision maker.", "Name at least one.")
    elif found and names.options and not names.options.full and not names.is_graph_form:
        cure = "Give them 'options', or list 'states' and 'moves' (graph form)."
        element.key_fault("no-options", "No decision maker has an option.", cure)
    return tuple(maker for maker in found if maker is not None)


def _check_option_names(element: Element) -> None:
    for name, part in element.entries("options"):
        part.check_name(name, KEYWORDS)


def _status_quo(parts: Parts, names: Names) -> tuple[frozenset[str] | str, tuple[Literal, ...]]:
    if "status_quo" not in parts:
        return frozenset(), ()
    element = parts["status_quo"]
    if names.is_graph_form:
        return read_state(element, names) or "", ()
    literals: dict[str, Literal] = {}
    for item in element.items("options taken"):
        literal = read_literal(item, names)
        if literal is None:
            continue
        if literal.option in literals:
            item.fault(
                "option-twice", f"Option '{literal.option}' stands here twice.", "Keep one of the two."
            )
        literals[literal.option] = literal
    taken = frozenset(literal.option for literal in literals.values() if literal.taken)
    reasons = tuple(literal for literal in literals.values() if literal.note or literal.evidence)
    return taken, reasons


def _states(parts: Parts, names: Names) -> tuple[NamedState, ...]:
    if "states" not in parts:
        return ()
    element = parts["states"]
    if names.is_graph_form:
        if not names.states:
            element.fault("no-states", "The list of states is empty.", "List every state.")
        return tuple(NamedState(name=label) for label in names.states)
    if element.is_list:
        cure = "Write 'name: [options taken]' lines; without options, a list of states makes a graph form."
        element.key_fault(
            "mixed-forms", "A list of states belongs to graph form; this conflict has options.", cure
        )
        return ()
    found = []
    for name, part in element.entries("states"):
        options = [read_option(item, names) for item in part.items("options taken")]
        found.append(NamedState(name=name, taken=frozenset(option for option in options if option)))
    return tuple(found)


def _irreversible(element: Element, names: Names) -> tuple[Literal, ...]:
    literals = [read_literal(item, names) for item in element.items("options")]
    return tuple(literal for literal in literals if literal is not None)


def _forbidden(element: Element, names: Names) -> tuple[ForbiddenMove, ...]:
    moves = [_forbidden_move(item, names) for item in element.items("forbidden moves")]
    return tuple(move for move in moves if move is not None)


def _forbidden_move(element: Element, names: Names) -> ForbiddenMove | None:
    parts = element.record("forbidden_move")
    if parts is None:
        return None
    note, evidence = read_reasons(parts, names)
    by = read_decision_maker(parts["by"], names) if "by" in parts else None
    origin = read_statement(parts["from"], names) if "from" in parts else None
    target = read_statement(parts["to"], names) if "to" in parts else None
    if by is None or origin is None or target is None:
        return None
    return ForbiddenMove(by=by, origin=origin, target=target, note=note, evidence=evidence)


def _coalitions(element: Element, names: Names) -> tuple[Coalition, ...]:
    found = []
    for name, part in element.entries("coalitions"):
        part.check_id(name)
        if name in names.decision_makers:
            message = f"'{name}' is a decision maker already."
            part.key_fault("name-taken", message, "Give the coalition another name.")
        members: list[str] = []
        items = list(part.items("decision makers"))
        for item in items:
            member = read_decision_maker(item, names)
            if member is not None and member in members:
                item.fault("member-twice", f"'{member}' stands in the coalition twice.", "Take one out.")
            elif member is not None:
                members.append(member)
        if part.is_list and not items:
            part.fault("empty-coalition", "The coalition has no members.", "List them.")
        found.append(Coalition(id=name, members=tuple(members)))
    return tuple(found)
