"""Types: what one decision maker may turn out to want, with a prior for each."""

from __future__ import annotations

from fractions import Fraction

from standoff.files.clauses import Parts, read_reasons
from standoff.files.element import Element
from standoff.files.parties import PREFERENCES, read_preference
from standoff.files.timed.naming import TimedNames, read_each, read_quantity, read_threshold
from standoff.files.wording import quoted, suggestion
from standoff.model.timing import PartyType, Quantity, Shift, Types

MOST_TYPES = 8


def read_types(element: Element, names: TimedNames) -> Types | None:
    """Read the block `types`."""
    whose = list(element.entries("a decision maker with its types"))
    for maker, part in whose[1:]:
        message = f"'{maker}' is a second decision maker with types."
        part.key_fault("too-many-types", message, "One decision maker may have types; keep the one in doubt.")
    if not whose:
        return None
    maker, block = whose[0]
    if maker not in names.model.decision_makers:
        message = f"Unknown decision maker {quoted(maker)}."
        block.key_fault("unknown-decision-maker", message, suggestion(maker, names.model.decision_makers))
    if maker == names.focal:
        message = f"'{maker}' is the focal decision maker, who knows its own type."
        block.key_fault("typed-focal", message, "Give types to another one.")
    parts = list(block.entries("types"))
    types = read_each(parts, _type, names)
    if not 2 <= len(parts) <= MOST_TYPES:
        message = f"There {'is' if len(parts) == 1 else 'are'} {len(parts)} of them."
        block.key_fault("too-many-types", message, f"Write two to {MOST_TYPES} types.")
    if len(types) == len(parts):
        _check_priors(block, types)
    return Types(decision_maker=maker, types=types)


def _check_priors(block: Element, types: tuple[PartyType, ...]) -> None:
    total = sum((each.prior.value for each in types), Fraction(0))
    if types and total != 1:
        message = f"The priors add up to {float(total):g}."
        block.key_fault("priors-do-not-add-up", message, "They are probabilities: make them add up to 1.")


def _type(name: str, element: Element, names: TimedNames) -> PartyType | None:
    parts = element.record("type")
    if parts is None:
        return None
    note, evidence = read_reasons(parts, names.model)
    display = parts["name"].line() if "name" in parts else None
    prior = _prior(parts, names)
    preference = read_preference(element, parts, names.model)
    items = parts["from_level"].items("levels") if "from_level" in parts else iter(())
    shifts = tuple(shift for shift in (_shift(item, names) for item in items) if shift is not None)
    if prior is None or preference is None:
        return None
    return PartyType(
        id=name,
        name=display or name,
        prior=prior,
        preference=preference,
        shifts=shifts,
        note=note,
        evidence=evidence,
    )


def _prior(parts: Parts, names: TimedNames) -> Quantity | None:
    inner = parts["prior"].record("prior") if "prior" in parts else None
    if inner is None:
        return None
    found = read_quantity(inner, "probability", names)
    if found is not None and not 0 < found.value < 1:
        message = f"The prior is {float(found.value):g}: nothing that happens could change it."
        inner["probability"].fault("out-of-bounds", message, "Write a number between 0 and 1, both excluded.")
        return None
    return found


def _shift(element: Element, names: TimedNames) -> Shift | None:
    parts = element.record("shift")
    if parts is None:
        return None
    found = read_threshold(element, parts, names) if {"stock", "at_least"} <= parts.keys() else None
    given = {key: part for key, part in parts.items() if key in PREFERENCES}
    preference = read_preference(element, given, names.model)
    if found is None or preference is None:
        return None
    return Shift(stock=found[0], at_least=found[1], preference=preference)
