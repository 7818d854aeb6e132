"""The block `timing`: who waits, rates, stocks, payoffs and signals."""

from __future__ import annotations

from fractions import Fraction

from standoff.evidence import ASSUMPTION
from standoff.files.clauses import Parts, read_decision_maker, read_reasons
from standoff.files.element import Element
from standoff.files.timed.log import read_log
from standoff.files.timed.naming import (
    TimedNames,
    optional_name,
    positive_quantity,
    read_condition,
    read_each,
    read_named,
    read_quantity,
    read_rate,
)
from standoff.files.timed.plans import read_pivots, read_policies
from standoff.files.wording import quoted, suggestion
from standoff.files.yaml_nodes import ScalarNode
from standoff.model.timing import Change, Choice, Payoff, Quantity, Signal, SignalRate, Stock, Timing

ZERO = Fraction(0)
MOST_AHEAD = 3


def read_timing(element: Element, names: TimedNames) -> Timing | None:
    """Read the block `timing`; None after a fault in what it cannot do without."""
    parts = element.record("timing")
    if parts is None:
        return None
    focal = read_decision_maker(parts["focal"], names.model) if "focal" in parts else None
    discount = _discount(parts, names)
    opportunities = _opportunities(parts["opportunities"], names) if "opportunities" in parts else ()
    stocks = read_each(parts["stocks"].entries("stocks"), _stock, names) if "stocks" in parts else ()
    payoffs = parts["payoffs"].items("payoffs") if "payoffs" in parts else iter(())
    found = tuple(each for each in (_payoff(item, names) for item in payoffs) if each is not None)
    pivots = read_pivots(parts["pivots"], names) if "pivots" in parts else ()
    signals = read_each(parts["signals"].entries("signals"), _signal, names) if "signals" in parts else ()
    policies = read_policies(parts["policies"], names) if "policies" in parts else ()
    choice = _choice(parts["choice"], names) if "choice" in parts else None
    log = read_log(parts["log"], names) if "log" in parts else None
    if focal is None or discount is None:
        return None
    return Timing(
        focal=focal,
        discount_per_year=discount,
        opportunities=opportunities,
        choice=choice,
        within=read_condition(parts, "within", names),
        stocks=stocks,
        payoffs=found,
        pivots=pivots,
        signals=signals,
        policies=policies,
        log=log,
    )


def _discount(parts: Parts, names: TimedNames) -> Quantity | None:
    inner = parts["discount"].record("discount") if "discount" in parts else None
    return None if inner is None else positive_quantity(inner, "per_year", names)


def _opportunities(element: Element, names: TimedNames) -> tuple[tuple[str, Quantity], ...]:
    found = []
    for maker, part in element.entries("decision makers with rates"):
        if maker not in names.model.decision_makers:
            message = f"Unknown decision maker {quoted(maker)}."
            part.key_fault("unknown-decision-maker", message, suggestion(maker, names.model.decision_makers))
        elif maker == names.focal:
            message = f"'{maker}' is the focal decision maker: when it acts is what is asked."
            part.key_fault("focal-moves", message, "Take it out.")
        inner = part.record("opportunity")
        rate = None if inner is None else read_rate(inner, names)
        if rate is not None:
            found.append((maker, rate))
    return tuple(found)


def _choice(element: Element, names: TimedNames) -> Choice | None:
    parts = element.record("choice")
    if parts is None or "kappa" not in parts:
        return None
    _, evidence = read_reasons(parts, names.model)
    ahead = parts["moves_ahead"].count() if "moves_ahead" in parts else 1
    node = parts["kappa"].node
    kappa: Fraction | None = None
    if not (isinstance(node, ScalarNode) and node.text == "best"):
        quantity = read_quantity(parts, "kappa", names, ZERO)
        if quantity is None:
            return None
        kappa = quantity.value
    if ahead is not None and not 1 <= ahead <= MOST_AHEAD:
        message = f"moves_ahead is {ahead}."
        parts["moves_ahead"].fault("out-of-bounds", message, f"Write a number from 1 to {MOST_AHEAD}.")
    return Choice(kappa=kappa, moves_ahead=ahead or 1, evidence=evidence or ASSUMPTION)


def _stock(name: str, element: Element, names: TimedNames) -> Stock | None:
    parts = element.record("stock")
    if parts is None:
        return None
    note, evidence = read_reasons(parts, names.model)
    label = parts["label"].line("A label") if "label" in parts else None
    unit = parts["unit"].line("A unit") if "unit" in parts else None
    least = parts["least"].count() if "least" in parts else 0
    most = parts["most"].count() if "most" in parts else None
    start = parts["start"].count() if "start" in parts else None
    items = parts["changes"].items("changes") if "changes" in parts else iter(())
    changes = tuple(each for each in (_change(item, names) for item in items) if each is not None)
    if label is None or unit is None or least is None or most is None or start is None:
        return None
    if not least <= start <= most or least == most:
        message = f"The stock starts at {start} and lies between {least} and {most}."
        element.fault("bad-levels", message, "Write least <= start <= most, and least below most.")
        return None
    return Stock(
        id=name,
        label=label,
        unit=unit,
        least=least,
        most=most,
        start=start,
        evidence=evidence or ASSUMPTION,
        changes=changes,
        note=note,
    )


def _change(element: Element, names: TimedNames) -> Change | None:
    parts = element.record("change")
    if parts is None:
        return None
    by = read_step(parts["by"]) if "by" in parts else None
    rate = read_rate(parts, names)
    type_ = optional_name(parts, "type", names.types)
    condition = read_condition(parts, "while", names)
    if by is None or rate is None:
        return None
    return Change(by=by, per_year=rate, condition=condition, type=type_)


def read_step(element: Element) -> int | None:
    """Read a step of +1 or -1."""
    value = element.decimal()
    if value is not None and value not in (1, -1):
        element.fault("bad-step", "A stock changes by one unit at a time.", "Write 1 or -1.")
        return None
    return None if value is None else int(value)


def _payoff(element: Element, names: TimedNames) -> Payoff | None:
    parts = element.record("payoff")
    if parts is None:
        return None
    stock = optional_name(parts, "stock", names.stocks)
    condition = read_condition(parts, "while", names)
    key, other = ("per_unit_and_year", "per_year") if "stock" in parts else ("per_year", "per_unit_and_year")
    if key not in parts or other in parts:
        cure = "Write 'per_year', or 'stock' with 'per_unit_and_year'."
        element.fault("payoff-unit", "The unit of the payoff does not fit.", cure)
        return None
    amount = read_quantity(parts, key, names)
    return None if amount is None else Payoff(amount=amount, condition=condition, stock=stock)


def _signal(name: str, element: Element, names: TimedNames) -> Signal | None:
    parts = element.record("signal")
    if parts is None:
        return None
    note, _ = read_reasons(parts, names.model)
    label = parts["label"].line("A label") if "label" in parts else None
    items = parts["rates"].items("rates") if "rates" in parts else iter(())
    rates = tuple(each for each in (_signal_rate(item, names) for item in items) if each is not None)
    if rates and not any(rate.per_year.value for rate in rates):
        message = "Every rate of the signal is 0: it would never be seen."
        parts["rates"].fault("out-of-bounds", message, "Leave the signal out, or give a rate above 0.")
    return None if label is None else Signal(id=name, label=label, rates=rates, note=note)


def _signal_rate(element: Element, names: TimedNames) -> SignalRate | None:
    parts = element.record("signal_rate")
    if parts is None:
        return None
    rate = read_quantity(parts, "per_year", names, ZERO)
    type_ = read_named(parts["type"], names.types, "type") if "type" in parts else None
    condition = read_condition(parts, "while", names)
    return None if rate is None else SignalRate(per_year=rate, condition=condition, type=type_)
