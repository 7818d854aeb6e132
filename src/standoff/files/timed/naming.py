"""What the blocks about time refer to in each other, and the readers of such references."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import TypeVar

from standoff.evidence import ASSUMPTION
from standoff.files.clauses import Names, Parts, read_literal, read_reasons, read_state, read_statement
from standoff.files.element import Element
from standoff.files.wording import quoted, suggestion
from standoff.files.yaml_nodes import MappingNode, Node, child
from standoff.model.conflict import Literal
from standoff.model.timing import Condition, Quantity

Part = TypeVar("Part")


@dataclass(frozen=True, slots=True)
class TimedNames:
    """The names of a model, and those that its blocks about time define.

    `levels` holds the least and the greatest level of each stock whose levels can be read, `as_of`
    the day that the model describes; what is wrong with either is reported where it is read.
    """

    model: Names
    types: Mapping[str, None]
    stocks: Mapping[str, None]
    signals: Mapping[str, None]
    pivots: Mapping[str, None]
    typed: str | None
    focal: str | None
    levels: Mapping[str, tuple[int, int]]
    as_of: date | None


def timed_names(parts: Parts, names: Names) -> TimedNames:
    """Gather the names that the blocks define, before anything in them is read."""
    timing = parts["timing"].node if "timing" in parts else None
    typed = _below(parts["types"].node if "types" in parts else None)
    stocks = _below(child(timing, "stocks") if timing else None)
    return TimedNames(
        model=names,
        types={name: None for node in typed.values() for name in _below(node)},
        stocks=dict.fromkeys(stocks),
        signals=dict.fromkeys(_below(child(timing, "signals") if timing else None)),
        pivots=dict.fromkeys(_below(child(timing, "pivots") if timing else None)),
        typed=next(iter(typed), None),
        focal=parts["timing"].part_text("focal") if "timing" in parts else None,
        levels={name: levels for name, node in stocks.items() if (levels := _levels(node))},
        as_of=Element(parts["as_of"].node, (), []).day() if "as_of" in parts else None,
    )


def _below(node: Node | None) -> dict[str, Node]:
    if not isinstance(node, MappingNode):
        return {}
    return {name: part for name, part in node.values.items() if not name.startswith("x-")}


def _levels(stock: Node) -> tuple[int, int] | None:
    """Return the least and the greatest level of a stock, None if they are no levels."""
    least, most = child(stock, "least"), child(stock, "most")
    low = 0 if least is None else Element(least, (), []).count()
    high = None if most is None else Element(most, (), []).count()
    return None if low is None or high is None or low >= high else (low, high)


def read_each(
    entries: Iterable[tuple[str, Element]],
    reader: Callable[[str, Element, TimedNames], Part | None],
    names: TimedNames,
) -> tuple[Part, ...]:
    """Read each entry of a mapping from ids to parts; those at fault are left out."""
    found = []
    for id_, element in entries:
        element.check_id(id_)
        part = reader(id_, element, names)
        if part is not None:
            found.append(part)
    return tuple(found)


def read_named(element: Element, known: Mapping[str, None], what: str) -> str | None:
    """Read the name of a type, stock, signal or pivot."""
    text = element.line(f"A {what}")
    if text is not None and text not in known:
        code = {
            "type": "unknown-type",
            "stock": "unknown-stock",
            "signal": "unknown-signal",
            "pivot": "unknown-pivot",
        }[what]
        element.fault(code, f"Unknown {what} {quoted(text)}.", suggestion(text, known))
        return None
    return text


def optional_name(parts: Parts, key: str, known: Mapping[str, None]) -> str | None:
    """Read a name that may be missing."""
    return read_named(parts[key], known, key) if key in parts else None


def read_condition(parts: Parts, key: str, names: TimedNames) -> Condition:
    """Read where something holds: a statement, in graph form a list of states; None for everywhere."""
    if key not in parts:
        return None
    element = parts[key]
    if not names.model.is_graph_form:
        return read_statement(element, names.model)
    states = [read_state(item, names.model) for item in element.items("states")]
    return tuple(state for state in states if state is not None)


def read_quantity(
    parts: Parts, key: str, names: TimedNames, least: Fraction | None = None, most: Fraction | None = None
) -> Quantity | None:
    """Read a number with what it rests on; a number outside its bounds is a fault."""
    note, evidence = read_reasons(parts, names.model)
    value = parts[key].decimal() if key in parts else None
    if value is None:
        return None
    if (least is not None and value < least) or (most is not None and value > most):
        bounds = f"at least {least}" if most is None else f"between {least} and {most}"
        parts[key].fault("out-of-bounds", f"{key} is {float(value):g}; it must be {bounds}.", "Change it.")
        return None
    return Quantity(value=value, evidence=evidence or ASSUMPTION, note=note)


def positive_quantity(parts: Parts, key: str, names: TimedNames) -> Quantity | None:
    """Read a number above 0 with what it rests on."""
    found = read_quantity(parts, key, names)
    if found is not None and found.value <= 0:
        parts[key].fault(
            "out-of-bounds", f"{key} is {float(found.value):g}; it must be above 0.", "Change it."
        )
        return None
    return found


def read_rate(parts: Parts, names: TimedNames) -> Quantity | None:
    """Read a rate per year, which must be above 0: what never happens is left out."""
    found = read_quantity(parts, "per_year", names, Fraction(0))
    if found is not None and not found.value:
        message = "per_year is 0: it would never happen."
        parts["per_year"].fault("out-of-bounds", message, "Leave it out, or give a rate above 0.")
        return None
    return found


def read_threshold(element: Element, parts: Parts, names: TimedNames) -> tuple[str, int] | None:
    """Read `stock` and `at_least`; a level that the stock cannot reach is a fault."""
    stock = read_named(parts["stock"], names.stocks, "stock") if "stock" in parts else None
    level = parts["at_least"].count() if "at_least" in parts else None
    if "at_least" not in parts:
        element.fault("missing-key", "The key 'at_least' must be here.", "Add it.")
    if stock is None or level is None:
        return None
    _, most = names.levels.get(stock, (0, level))
    if level > most:
        message = f"'{stock}' never reaches {level}: its highest level is {most}."
        parts["at_least"].fault("bad-levels", message, f"Write a level up to {most}, or raise its 'most'.")
        return None
    return stock, level


def read_own_literals(
    element: Element, owner: str | None, names: TimedNames, whose: str
) -> tuple[Literal, ...]:
    """Read options that a decision maker sets; those of others are faults."""
    if names.model.is_graph_form:
        cure = "Write 'to' and a state."
        element.key_fault("mixed-forms", "A conflict in graph form has no options to set.", cure)
        return ()
    found: list[Literal] = []
    for item in element.items("options"):
        literal = read_literal(item, names.model)
        if literal is None:
            continue
        if owner is not None and not literal.option.startswith(f"{owner}."):
            message = f"'{literal.option}' is no option of {whose}, '{owner}'."
            item.fault("option-of-another", message, "Only its own options can be set here.")
        elif any(known.option == literal.option for known in found):
            item.fault(
                "option-twice", f"Option '{literal.option}' stands here twice.", "Keep one of the two."
            )
        else:
            found.append(literal)
    return tuple(found)


def just_one(element: Element, parts: Parts, keys: tuple[str, ...]) -> str | None:
    """Return the one key of several that is given; none or more than one is a fault."""
    given = [key for key in keys if key in parts]
    if len(given) == 1:
        return given[0]
    listed = ", ".join(f"'{key}'" for key in keys)
    found = "none of them is here" if not given else f"here are {len(given)} of them"
    element.fault("not-just-one", f"Just one of {listed} is wanted; {found}.", "Keep or write one.")
    return None
