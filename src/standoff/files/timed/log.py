"""The log of dated events and where it begins."""

from __future__ import annotations

from datetime import date

from standoff.files.clauses import Parts, read_decision_maker, read_literal, read_reasons, read_state
from standoff.files.element import Element
from standoff.files.timed.naming import TimedNames, just_one, optional_name, read_named, read_own_literals
from standoff.files.wording import suggestion
from standoff.model.conflict import Literal
from standoff.model.timing import Event, LogStart


def read_log(element: Element, names: TimedNames) -> LogStart | None:
    """Read where the log begins."""
    parts = element.record("log")
    if parts is None:
        return None
    begin = parts["begins"].day() if "begins" in parts else None
    state = _state(parts["state"], names) if "state" in parts else None
    levels: list[tuple[str, int]] = []
    for name, part in parts["stocks"].entries("levels") if "stocks" in parts else ():
        if name not in names.stocks:
            part.key_fault("unknown-stock", f"Unknown stock '{name}'.", suggestion(name, names.stocks))
        level = _level(name, part, names)
        if level is not None:
            levels.append((name, level))
    if begin is None or state is None:
        return None
    return LogStart(begin=begin, state=state, stocks=tuple(levels))


def _level(stock: str, element: Element, names: TimedNames) -> int | None:
    level = element.count()
    if level is None:
        return None
    least, most = names.levels.get(stock, (level, level))
    if not least <= level <= most:
        message = f"'{stock}' is {level} when the log begins; its levels are {least} to {most}."
        element.fault("bad-levels", message, "Change this level, or 'least' and 'most' of the stock.")
        return None
    return level


def _state(element: Element, names: TimedNames) -> frozenset[str] | str | None:
    if names.model.is_graph_form or element.is_scalar:
        return read_state(element, names.model)
    literals = [read_literal(item, names.model) for item in element.items("options taken")]
    return frozenset(literal.option for literal in literals if literal is not None and literal.taken)


def read_events(element: Element, names: TimedNames) -> tuple[Event, ...]:
    """Read the block `events`; the days must not go back."""
    found: list[Event] = []
    latest: date | None = None
    for item in element.items("events"):
        parts = item.record("event")
        if parts is None:
            continue
        event = _event(item, parts, names)
        day = None if event is None else event.day
        if day is not None and latest is not None and day < latest:
            message = f"{day} stands after {latest}."
            item.fault("events-out-of-order", message, "Put the events in the order of their days.")
        latest = day if latest is None or (day is not None and day > latest) else latest
        if event is not None:
            found.append(event)
    return tuple(found)


def _event(element: Element, parts: Parts, names: TimedNames) -> Event | None:
    note, evidence = read_reasons(parts, names.model)
    day = parts["day"].day() if "day" in parts else None
    label = parts["label"].line("What happened") if "label" in parts else None
    group = parts["group"].line("An id") if "group" in parts else None
    if group is not None:
        parts["group"].check_id(group)
    key = just_one(element, parts, ("mover", "stock", "signal"))
    mover = read_decision_maker(parts["mover"], names.model) if key == "mover" else None
    sets, to = _move(element, parts, mover, names) if key == "mover" else ((), None)
    by = _step(element, parts) if key == "stock" else 0
    stock = read_named(parts["stock"], names.stocks, "stock") if key == "stock" else None
    signal = optional_name(parts, "signal", names.signals)
    if day is None or label is None or key is None:
        return None
    return Event(
        day=day,
        label=label,
        mover=mover,
        sets=sets,
        to=to,
        stock=stock,
        by=by,
        signal=signal,
        group=group,
        note=note,
        evidence=evidence,
    )


def _step(element: Element, parts: Parts) -> int:
    value = parts["by"].decimal() if "by" in parts else None
    if value not in (1, -1):
        element.fault("bad-step", "A stock changes by one unit at a time.", "Write 'by: 1' or 'by: -1'.")
        return 0
    return int(value)


def _move(
    element: Element, parts: Parts, mover: str | None, names: TimedNames
) -> tuple[tuple[Literal, ...], str | None]:
    key = just_one(element, parts, ("sets", "to"))
    if key == "sets":
        return read_own_literals(parts["sets"], mover, names, "the one who moves"), None
    return (), read_state(parts["to"], names.model) if key == "to" else None
