"""The block `roadmap`: a phased deal, what each side gains, what follows a breach."""

from __future__ import annotations

from fractions import Fraction

from standoff.files.clauses import Parts, read_decision_maker, read_literal, read_reasons, read_state
from standoff.files.element import Element
from standoff.files.timed.naming import (
    TimedNames,
    just_one,
    positive_quantity,
    read_condition,
    read_each,
    read_named,
    read_quantity,
)
from standoff.files.wording import quoted, suggestion
from standoff.model.conflict import Literal
from standoff.model.roadmap import Reversion, Roadmap, Safeguard, SidePayoff, SideStakes
from standoff.model.timing import Quantity

_LONGEST = Fraction(1200)
"""No step and no detection takes more months."""


def read_roadmap(element: Element, names: TimedNames) -> Roadmap | None:
    """Read the block `roadmap`."""
    parts = element.record("roadmap")
    if parts is None:
        return None
    steps = parts["steps"].items("states") if "steps" in parts else iter(())
    states = [read_state(item, names.model) for item in steps]
    parties = parts["parties"].entries("decision makers") if "parties" in parts else iter(())
    safeguards = parts["safeguards"].entries("safeguards") if "safeguards" in parts else iter(())
    sides = [_side(name, part, names) for name, part in parties]
    guards = read_each(safeguards, _safeguard, names)
    return Roadmap(
        step_months=_months(parts, "step", names, positive=True),
        detection_months=_months(parts, "detection", names),
        steps=tuple(state for state in states if state is not None),
        reversion=_reversion(parts["reversion"], names) if "reversion" in parts else None,
        parties=tuple(side for side in sides if side is not None),
        safeguards=guards,
    )


def _months(parts: Parts, key: str, names: TimedNames, *, positive: bool = False) -> Quantity | None:
    inner = parts[key].record("months") if key in parts else None
    if inner is None:
        return None
    found = read_quantity(inner, "months", names, Fraction(0), _LONGEST)
    return positive_quantity(inner, "months", names) if positive and found is not None else found


def _reversion(element: Element, names: TimedNames) -> Reversion | None:
    parts = element.record("reversion")
    if parts is None:
        return None
    note, evidence = read_reasons(parts, names.model)
    key = just_one(element, parts, ("to", "sets", "pivot"))
    if key is None:
        return None
    to = read_state(parts["to"], names.model) if key == "to" else None
    sets = _sets(parts["sets"], names) if key == "sets" else ()
    pivot = read_named(parts["pivot"], names.pivots, "pivot") if key == "pivot" else None
    if to is None and not sets and pivot is None:
        return None
    return Reversion(to=to, sets=sets, pivot=pivot, note=note, evidence=evidence)


def _sets(element: Element, names: TimedNames) -> tuple[Literal, ...]:
    if names.model.is_graph_form:
        cure = "Write 'to' and a state."
        element.key_fault("mixed-forms", "A conflict in graph form has no options to set.", cure)
        return ()
    found: list[Literal] = []
    items = list(element.items("options"))
    for item in items:
        literal = read_literal(item, names.model)
        if literal is None:
            continue
        if any(known.option == literal.option for known in found):
            message = f"Option '{literal.option}' stands here twice."
            item.fault("option-twice", message, "Keep one of the two.")
        else:
            found.append(literal)
    if element.is_list and not items:
        element.fault(
            "nothing-set", "The reversion sets nothing.", "List options, or write 'to' and a state."
        )
    return tuple(found)


def _side(name: str, element: Element, names: TimedNames) -> SideStakes | None:
    if name not in names.model.decision_makers:
        message = f"Unknown decision maker {quoted(name)}."
        element.key_fault("unknown-decision-maker", message, suggestion(name, names.model.decision_makers))
    parts = element.record("side")
    if parts is None:
        return None
    inner = parts["discount"].record("discount") if "discount" in parts else None
    items = parts["payoffs"].items("payoffs") if "payoffs" in parts else iter(())
    payoffs = [_payoff(item, names, name) for item in items]
    return SideStakes(
        decision_maker=name,
        discount_per_year=None if inner is None else positive_quantity(inner, "per_year", names),
        payoffs=tuple(payoff for payoff in payoffs if payoff is not None),
    )


def _payoff(element: Element, names: TimedNames, owner: str) -> SidePayoff | None:
    parts = element.record("side_payoff")
    if parts is None:
        return None
    type_ = None
    if "type" in parts:
        type_ = read_named(parts["type"], names.types if names.typed == owner else {}, "type")
    amount = read_quantity(parts, "per_year", names)
    condition = read_condition(parts, "while", names)
    return None if amount is None else SidePayoff(amount=amount, condition=condition, type=type_)


def _safeguard(name: str, element: Element, names: TimedNames) -> Safeguard | None:
    parts = element.record("safeguard")
    if parts is None:
        return None
    note, evidence = read_reasons(parts, names.model)
    label = parts["label"].line("A label") if "label" in parts else None
    if "detection" not in parts and "reversion" not in parts:
        message = "The safeguard changes neither 'detection' nor 'reversion'."
        element.fault("idle-safeguard", message, "Write one of them, or both.")
        return None
    against = read_decision_maker(parts["against"], names.model) if "against" in parts else None
    detection = _months(parts, "detection", names)
    reversion = _reversion(parts["reversion"], names) if "reversion" in parts else None
    if label is None:
        return None
    return Safeguard(
        id=name,
        label=label,
        against=against,
        detection_months=detection,
        reversion=reversion,
        note=note,
        evidence=evidence,
    )
