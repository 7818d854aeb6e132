"""Pivots, policies and contingency plans: what the focal decision maker does, and when."""

from __future__ import annotations

from dataclasses import replace

from standoff.files.clauses import Parts, read_reasons, read_state
from standoff.files.element import Element
from standoff.files.timed.naming import (
    TimedNames,
    just_one,
    optional_name,
    read_condition,
    read_each,
    read_named,
    read_own_literals,
    read_quantity,
    read_threshold,
)
from standoff.model.timing import Contingency, Pivot, Policy, Trigger, Until

WHOSE = "the focal decision maker"
AT_ONCE = "at once"


def read_pivots(element: Element, names: TimedNames) -> tuple[Pivot, ...]:
    """Read the pivots."""
    return read_each(element.entries("pivots"), _pivot, names)


def _pivot(name: str, element: Element, names: TimedNames) -> Pivot | None:
    parts = element.record("pivot")
    if parts is None:
        return None
    label = parts["label"].line("A label") if "label" in parts else None
    cost = read_quantity(parts, "cost_once", names)
    key = just_one(element, parts, ("sets", "to"))
    sets = read_own_literals(parts["sets"], names.focal, names, WHOSE) if key == "sets" else ()
    to = read_state(parts["to"], names.model) if key == "to" else None
    if key == "to" and not names.model.is_graph_form:
        parts["to"].key_fault("mixed-forms", "A pivot in option form sets options.", "Write 'sets'.")
    if label is None or cost is None:
        return None
    return Pivot(id=name, label=label, cost_once=cost, sets=sets, to=to)


def read_policies(element: Element, names: TimedNames) -> tuple[Policy, ...]:
    """Read the policies."""
    return read_each(element.entries("policies"), _policy, names)


def _policy(name: str, element: Element, names: TimedNames) -> Policy | None:
    parts = element.record("policy")
    if parts is None:
        return None
    note, evidence = read_reasons(parts, names.model)
    label = parts["label"].line("A label") if "label" in parts else None
    posture = read_own_literals(parts["posture"], names.focal, names, WHOSE) if "posture" in parts else ()
    pivot = optional_name(parts, "pivot", names.pivots)
    items = parts["until"].items("reasons to pivot") if "until" in parts else iter(())
    until = tuple(each for each in (_until(item, names) for item in items) if each is not None)
    unsaid = pivot is None and not all(each.pivot for each in until)
    if unsaid or ("pivot" in parts and "until" not in parts):
        message = "A policy that pivots says to what and when."
        cure = "Write both 'pivot' and 'until', or neither; each reason may have a 'pivot' of its own."
        element.fault("policy-half-said", message, cure)
    if label is None:
        return None
    return Policy(
        id=name, label=label, posture=posture, pivot=pivot, until=until, note=note, evidence=evidence
    )


def _until(element: Element, names: TimedNames) -> Until | None:
    if element.is_scalar:
        if element.line("A reason to pivot") != AT_ONCE:
            cure = "Write 'at once', or a mapping with 'on', 'belief_at_most', 'stock' or 'while'."
            element.fault("unknown-choice", "This is no reason to pivot.", cure)
            return None
        return Until(at_once=True)
    parts = element.record("until")
    key = None if parts is None else just_one(element, parts, ("on", "belief_at_most", "stock", "while"))
    if parts is None or key is None:
        return None
    reason = _reason(element, parts, key, names)
    return None if reason is None else replace(reason, pivot=optional_name(parts, "pivot", names.pivots))


def _reason(element: Element, parts: Parts, key: str, names: TimedNames) -> Until | None:
    if key == "while":
        return Until(condition=read_condition(parts, "while", names))
    if key == "on":
        return _until_day(parts["on"], names)
    if key == "belief_at_most":
        return _until_belief(element, parts, names)
    found = read_threshold(element, parts, names)
    return None if found is None else Until(stock=found[0], at_least=found[1])


def _until_day(element: Element, names: TimedNames) -> Until | None:
    day = element.day()
    if day is not None and names.as_of is not None and day < names.as_of:
        message = f"{day} lies before {names.as_of}, the day the model describes."
        element.fault("day-is-past", message, "Write 'at once', or a later day.")
        return None
    return None if day is None else Until(on=day)


def _until_belief(element: Element, parts: Parts, names: TimedNames) -> Until | None:
    belief = parts["belief_at_most"].decimal()
    if belief is not None and not 0 <= belief <= 1:
        message = f"The belief is {float(belief):g}."
        parts["belief_at_most"].fault("out-of-bounds", message, "Write a number from 0 to 1.")
        return None
    if "type" not in parts:
        element.fault("missing-key", "The key 'type' must be here.", "Say in which type.")
        return None
    type_ = read_named(parts["type"], names.types, "type")
    return None if belief is None or type_ is None else Until(belief_at_most=belief, type=type_)


def read_contingency(element: Element, names: TimedNames) -> tuple[Contingency, ...]:
    """Read the block `contingency`."""
    return read_each(element.entries("plans"), _plan, names)


def _plan(name: str, element: Element, names: TimedNames) -> Contingency | None:
    parts = element.record("plan")
    if parts is None:
        return None
    note, evidence = read_reasons(parts, names.model)
    label = parts["label"].line("A label") if "label" in parts else None
    pivot = optional_name(parts, "pivot", names.pivots)
    trigger = _trigger(parts["trigger"], names) if "trigger" in parts else None
    if label is None or pivot is None or trigger is None:
        return None
    return Contingency(id=name, label=label, trigger=trigger, pivot=pivot, note=note, evidence=evidence)


def _trigger(element: Element, names: TimedNames) -> Trigger | None:
    parts = element.record("trigger")
    key = None if parts is None else just_one(element, parts, ("signal", "silence_months", "stock", "while"))
    if parts is None or key is None:
        return None
    if key == "while":
        return Trigger(condition=read_condition(parts, "while", names))
    if key == "signal":
        return Trigger(signal=read_named(parts["signal"], names.signals, "signal"))
    if key == "silence_months":
        months = parts["silence_months"].count()
        if months == 0:
            message = "Silence for 0 months is always there."
            parts["silence_months"].fault("out-of-bounds", message, "Write 1 or more.")
        return Trigger(silence_months=months)
    found = read_threshold(element, parts, names)
    return None if found is None else Trigger(stock=found[0], at_least=found[1])
