"""Statements over options: their structure, their truth, their canonical form.

A statement is evaluated on *columns*: one value per option that supports `&`, `|` and `^`.
Python integers (one state), boolean arrays (one element a state) and words of packed bits
(64 states a word) all qualify, so there is one evaluator for all sizes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import reduce
from typing import Any


@dataclass(frozen=True, slots=True)
class Taken:
    """True where the option `decision_maker.option` is taken."""

    option: str


@dataclass(frozen=True, slots=True)
class Not:
    """True where the operand is false."""

    operand: Expression


@dataclass(frozen=True, slots=True)
class And:
    """True where all operands are true; of no operands, everywhere."""

    operands: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """True where some operand is true; of no operands, nowhere."""

    operands: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Xor:
    """True where exactly one of the two operands is true."""

    left: Expression
    right: Expression


@dataclass(frozen=True, slots=True)
class Implies:
    """`condition implies consequence`, also written `consequence if condition`."""

    condition: Expression
    consequence: Expression


@dataclass(frozen=True, slots=True)
class Iff:
    """True where both operands have the same truth value."""

    left: Expression
    right: Expression


@dataclass(frozen=True, slots=True)
class Count:
    """True where the number of true operands stands in `relation` (>=, <=, ==) to `number`."""

    operands: tuple[Expression, ...]
    relation: str
    number: int


Expression = Taken | Not | And | Or | Xor | Implies | Iff | Count


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement as the analyst wrote it (`text`) and what it means (`expression`)."""

    text: str
    expression: Expression

    def __str__(self) -> str:
        return self.text


def operands(expression: Expression) -> tuple[Expression, ...]:
    """Return the direct parts of an expression, in order."""
    match expression:
        case Taken():
            return ()
        case Not(operand):
            return (operand,)
        case And(parts) | Or(parts) | Count(parts):
            return parts
        case Xor(left, right) | Implies(left, right) | Iff(left, right):
            return (left, right)


def options_in(expression: Expression) -> Iterator[str]:
    """Yield the options an expression mentions, in order, repeats included."""
    if isinstance(expression, Taken):
        yield expression.option
    for part in operands(expression):
        yield from options_in(part)


def evaluate(expression: Expression, columns: Mapping[str, Any], ones: Any) -> Any:
    """Return the column of truth values of an expression.

    Parameters
    ----------
    expression : Expression
    columns : mapping from option to column
        Columns are left as they are.
    ones : column
        The column that is true everywhere (1, True, or words with all bits set).
    """

    def value(part: Expression) -> Any:
        return evaluate(part, columns, ones)

    match expression:
        case Taken(option):
            return columns[option]
        case Not(operand):
            return value(operand) ^ ones
        case And(parts):
            return reduce(lambda a, b: a & b, map(value, parts), ones)
        case Or(parts):
            return reduce(lambda a, b: a | b, map(value, parts), ones ^ ones)
        case Xor(left, right):
            return value(left) ^ value(right)
        case Implies(condition, consequence):
            return (value(condition) ^ ones) | value(consequence)
        case Iff(left, right):
            return value(left) ^ value(right) ^ ones
        case Count(parts, relation, number):
            return _count(map(value, parts), relation, number, ones)


def _count(columns: Iterator[Any], relation: str, number: int, ones: Any) -> Any:
    """`at_least[k]` is true where k or more of the columns seen so far are."""
    at_least = [ones]
    for column in columns:
        at_least.append(at_least[-1] & column)
        for k in range(len(at_least) - 2, 0, -1):
            at_least[k] = at_least[k] | (at_least[k - 1] & column)

    def reached(k: int) -> Any:
        if k <= 0:
            return ones
        return at_least[k] if k < len(at_least) else ones ^ ones

    if relation == ">=":
        return reached(number)
    if relation == "<=":
        return reached(number + 1) ^ ones
    return reached(number) & (reached(number + 1) ^ ones)


def holds(expression: Expression, taken: frozenset[str]) -> bool:
    """Return whether an expression is true in the state in which just `taken` are taken."""
    columns = {option: int(option in taken) for option in options_in(expression)}
    return bool(evaluate(expression, columns, 1))


def canonical(expression: Expression) -> list[Any]:
    """Return nested lists that two expressions share when they are written alike.

    Operands of `and`, `or`, `xor`, `iff` and counts are sorted, within one pair of parentheses;
    nothing is simplified.
    """
    parts = [canonical(part) for part in operands(expression)]
    match expression:
        case Taken(option):
            return ["option", option]
        case And() | Or():
            return [type(expression).__name__.lower(), *sorted(parts, key=repr)]
        case Xor() | Iff():
            return [type(expression).__name__.lower(), *sorted(parts, key=repr)]
        case Count(_, relation, number):
            return ["count", relation, number, *sorted(parts, key=repr)]
        case _:
            return [type(expression).__name__.lower(), *parts]
