"""The numbers of a model about time, by their place in the file, and the model with one of them changed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass, replace
from fractions import Fraction
from typing import Any

from standoff.model.conflict import Conflict
from standoff.model.timing import Quantity, Types
from standoff.timing.reaching import timing_of

_KEYS = {
    "discount_per_year": "discount.per_year",
    "amount": "per_year",
    "prior": "prior.probability",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """A number of the model.

    Attributes
    ----------
    place : str
        Where it stands, such as "timing.opportunities.dprk.per_year"; entries of lists count from 1.
    value : Fraction
    is_assumption : bool
    steps : tuple
        The way to it through the blocks.
    """

    place: str
    value: Fraction
    is_assumption: bool
    steps: tuple[int | str, ...]

    @property
    def is_prior(self) -> bool:
        """Whether it is the prior of a type."""
        return self.steps[0] == "types"


def numbers(conflict: Conflict) -> tuple[Number, ...]:
    """Return all numbers of the blocks `types` and `timing`, in the order of the file."""
    found = [*_numbers(conflict.types, ("types",)), *_numbers(timing_of(conflict), ("timing",))]
    return tuple(
        Number(
            place=_place(conflict, steps),
            value=each.value,
            is_assumption=each.is_assumption,
            steps=steps,
        )
        for steps, each in found
    )


def assumed_numbers(conflict: Conflict) -> tuple[Number, ...]:
    """Return the numbers to be varied: what is assumed and not 0, and one prior of two, all of three.

    Priors are varied whatever they rest on: a record of other cases is not this case.
    """
    priors = len(conflict.types.types) if conflict.types else 0
    dropped = ("types", "types", 1, "prior") if priors == 2 else None
    return tuple(
        each
        for each in numbers(conflict)
        if each.value and (each.is_assumption or each.is_prior) and each.steps != dropped
    )


def with_number(conflict: Conflict, number: Number, factor: Fraction) -> Conflict:
    """Return the conflict with one number multiplied."""
    timing = _changed(timing_of(conflict), number.steps[1:], factor)
    return replace(conflict, timing=timing)


def with_prior_odds(conflict: Conflict, number: Number, factor: Fraction) -> Conflict:
    """Return the conflict with the prior odds of one type multiplied, those of the others kept alike."""
    types = conflict.types
    if types is None:
        return conflict
    chosen = int(number.steps[2])
    weights = [
        each.prior.value * (factor if place == chosen else 1) for place, each in enumerate(types.types)
    ]
    total = sum(weights, Fraction(0))
    changed = tuple(
        replace(each, prior=replace(each.prior, value=weight / total))
        for each, weight in zip(types.types, weights, strict=True)
    )
    return replace(conflict, types=Types(decision_maker=types.decision_maker, types=changed))


def _numbers(value: Any, steps: tuple[int | str, ...]) -> Iterator[tuple[tuple[int | str, ...], Quantity]]:
    if isinstance(value, Quantity):
        yield steps, value
    elif isinstance(value, tuple):
        for place, each in enumerate(value):
            yield from _numbers(each, (*steps, place))
    elif is_dataclass(value):
        for each in fields(value):
            yield from _numbers(getattr(value, each.name), (*steps, each.name))


def _changed(value: Any, steps: tuple[int | str, ...], factor: Fraction) -> Any:
    if not steps:
        return replace(value, value=value.value * factor)
    step, rest = steps[0], steps[1:]
    if isinstance(step, int):
        return (*value[:step], _changed(value[step], rest, factor), *value[step + 1 :])
    return replace(value, **{step: _changed(getattr(value, step), rest, factor)})


def _place(conflict: Conflict, steps: tuple[int | str, ...]) -> str:
    """Return the keys of the file that lead to a number."""
    value: Any = conflict
    keys: list[str] = []
    for step in steps:
        if isinstance(step, int):
            value = value[step]
            if isinstance(value, tuple):
                keys.append(str(value[0]))
            elif not isinstance(value, Quantity):
                keys.append(str(getattr(value, "id", step + 1)))
            continue
        owner, value = value, getattr(value, step)
        if step == "types" and isinstance(value, tuple):
            keys.append(str(owner.decision_maker))
        elif step == "amount" and owner.stock is not None:
            keys.append("per_unit_and_year")
        else:
            keys.append(_KEYS.get(step, step))
    if steps[:2] == ("timing", "opportunities"):
        keys.append("per_year")
    return ".".join(keys)
