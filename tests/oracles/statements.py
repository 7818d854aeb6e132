"""Random statements over options, of every kind there is, with the text an analyst would write."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from standoff.model.conflict import Rule
from standoff.model.statement import (
    And,
    Count,
    Expression,
    Iff,
    Implies,
    Not,
    Or,
    Statement,
    Taken,
    Xor,
)


def random_rule(random: Random, options: Sequence[str], depth: int = 2) -> Rule:
    """A random statement as an element of a conflict."""
    return rule(random_expression(random, options, depth))


def rule(expression: Expression) -> Rule:
    return Rule(statement=Statement(text_of(expression), expression))


def random_expression(random: Random, options: Sequence[str], depth: int) -> Expression:
    """A random expression with at most `depth` levels below it."""
    if depth == 0 or random.random() < 0.3:
        return random_literal(random, options)

    def part() -> Expression:
        return random_expression(random, options, depth - 1)

    def parts() -> tuple[Expression, ...]:
        return tuple(part() for _ in range(random.randint(1, 3)))

    match random.choice(("and", "or", "not", "implies", "iff", "xor", "count")):
        case "and":
            return And(parts())
        case "or":
            return Or(parts())
        case "not":
            return Not(part())
        case "implies":
            return Implies(part(), part())
        case "iff":
            return Iff(part(), part())
        case "xor":
            return Xor(part(), part())
        case _:
            several = parts()
            number = random.randint(0, len(several) + 1)
            return Count(several, random.choice((">=", "<=", "==")), number)


def random_literal(random: Random, options: Sequence[str]) -> Expression:
    taken = Taken(random.choice(options))
    return taken if random.random() < 0.5 else Not(taken)


def state_statement(options: Sequence[str], taken: frozenset[str]) -> Expression:
    """The statement that is true in just this state."""
    return And(tuple(Taken(option) if option in taken else Not(Taken(option)) for option in options))


def text_of(expression: Expression) -> str:
    """The statement in the language of the model file, with all parentheses."""
    match expression:
        case Taken(option):
            return option
        case Not(operand):
            return f"not {text_of(operand)}"
        case And(parts):
            return f"all_of({listed(parts)})"
        case Or(parts):
            return f"at_least_one({listed(parts)})"
        case Xor(left, right):
            return f"({text_of(left)} xor {text_of(right)})"
        case Implies(condition, consequence):
            return f"({text_of(condition)} implies {text_of(consequence)})"
        case Iff(left, right):
            return f"({text_of(left)} iff {text_of(right)})"
        case Count(parts, relation, number):
            return f"(count({listed(parts)}) {relation} {number})"
    raise TypeError(expression)


def listed(parts: Sequence[Expression]) -> str:
    return ", ".join(text_of(part) for part in parts)
