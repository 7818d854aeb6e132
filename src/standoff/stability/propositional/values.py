"""Preferences as vectors of literals, compared lexicographically, most important first."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from math import lcm

from standoff.model.conflict import Preference, Prioritising, Ranking, Rule, Weighting
from standoff.model.statement import Expression, options_in
from standoff.stability.propositional.circuit import FALSE, Circuit, Literals

Vector = list[int]


@dataclass(frozen=True, slots=True)
class Term:
    """A preference statement, the options it mentions, and its weight as a whole number.

    In option prioritising the weight is 0: order decides, not sums.
    """

    expression: Expression
    options: frozenset[str]
    weight: int = 0


@dataclass(frozen=True, slots=True)
class Values:
    """What a decision maker goes by: statements in order (prioritising) or with weights."""

    terms: tuple[Term, ...]
    weighted: bool

    def vector(self, circuit: Circuit, literals: Literals, changing: Collection[str]) -> Vector:
        """Return the literals by which a state is compared with states that differ in `changing`.

        Statements on other options are left out: they have the same truth in both. Under option
        weighting these are the binary digits of the sum, highest first.
        """
        terms = [term for term in self.terms if not term.options.isdisjoint(changing)]
        truths = [circuit.truth(term.expression, literals) for term in terms]
        return _digits(circuit, truths, [term.weight for term in terms]) if self.weighted else truths


def values(preference: Preference) -> Values:
    """Return the statements of a preference, weights scaled to whole numbers.

    A direct ranking has none: see `scope`, which refuses it before.
    """
    match preference:
        case Prioritising(statements=statements):
            return Values(tuple(_term(rule, 0) for rule in statements), weighted=False)
        case Weighting(weights=weights):
            scale = lcm(*(weight.denominator for _, weight in weights))
            pairs = [(rule, int(weight * scale)) for rule, weight in weights]
            return Values(tuple(_term(rule, weight) for rule, weight in pairs if weight), weighted=True)
        case Ranking():
            raise TypeError("a direct ranking has no statements")


def no_worse(circuit: Circuit, one: Sequence[int], other: Sequence[int]) -> int:
    """Return the literal that is true where vector `one` is at least `other`; equal is enough."""
    result = 1
    for high, low in zip(reversed(one), reversed(other), strict=True):
        if high != low:
            above, not_below = circuit.both(high, -low), circuit.either(high, -low)
            result = circuit.either(above, circuit.both(not_below, result))
    return result


def better(circuit: Circuit, one: Sequence[int], other: Sequence[int]) -> int:
    """Return the literal that is true where vector `one` is above `other`."""
    return -no_worse(circuit, other, one)


def _term(rule: Rule, weight: int) -> Term:
    expression = rule.statement.expression
    return Term(expression, frozenset(options_in(expression)), weight)


def _digits(circuit: Circuit, truths: list[int], weights: list[int]) -> Vector:
    """Add up the weights of what is true; a weight below zero counts for what is false instead."""
    digits = [FALSE] * sum(map(abs, weights)).bit_length()
    for truth, weight in zip(truths, weights, strict=True):
        counts = truth if weight > 0 else -truth
        carry = FALSE
        for place, digit in enumerate(digits):
            summand = counts if abs(weight) >> place & 1 else FALSE
            half = circuit.differ(digit, summand)
            digits[place] = circuit.differ(half, carry)
            carry = circuit.either(circuit.both(digit, summand), circuit.both(half, carry))
    return digits[::-1]
