"""Packed bits, numbering, enumeration and rankings against plain loops."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from standoff.errors import RefusedError
from standoff.model.statement import And, Not, Or, Taken, Xor
from standoff.states import bits
from standoff.states.enumeration import feasible_codes
from standoff.states.numbering import renumbered

SIZES = (1, 2, 63, 64, 65, 1000)


@pytest.mark.parametrize("states", SIZES)
def test_columns_and_octets_undo_each_other(states):
    random = np.random.default_rng(states)
    codes = random.integers(0, 1 << 62, states)
    columns = bits.columns(codes, 62)
    for bit, column in enumerate(columns):
        assert np.array_equal(bits.unpacked(column, states), codes >> bit & 1 == 1)
    for place in range(0, 56, 8):
        assert np.array_equal(bits.octets(columns[place : place + 8], states), codes >> place & 0xFF)
    assert np.array_equal(bits.octets(columns[:3], states), codes & 7)


@pytest.mark.parametrize("options", range(12))
def test_counting_columns_are_those_of_all_codes(options):
    codes = np.arange(1 << options)
    for bit, expected in enumerate(bits.columns(codes, options)):
        column = bits.counting(bit, expected.size)
        assert np.array_equal(bits.unpacked(column, codes.size), bits.unpacked(expected, codes.size))


@pytest.mark.parametrize("bound", [1, 5, 4_000, 1 << 20, 1 << 40, 1 << 62])
def test_numbers_are_dense_and_keep_order_and_ties(bound):
    values = np.random.default_rng(1).integers(0, bound, 3_000)
    numbers, count = renumbered(values, bound)
    expected = np.unique(values, return_inverse=True)
    assert (numbers.dtype, count) == (np.int32, expected[0].size)
    assert np.array_equal(numbers, expected[1])


def rule(random, options):
    a, b, c = (Taken(option) for option in random.choice(options, 3))
    return (And((a, Not(b))), Or((a, b, Not(c))), Xor(a, b), Not(And((a, b, c))))[random.integers(4)]


@pytest.mark.parametrize("number", [0, 1, 4, 6, 7, 9, 12])
@pytest.mark.parametrize("rules", [0, 1, 4, 12])
def test_feasible_codes_are_those_that_every_rule_allows(number, rules):
    random = np.random.default_rng(number * 100 + rules)
    options = [f"o{bit}" for bit in range(number)]
    chosen = [rule(random, options) for _ in range(rules)] if options else []

    def true(expression, code):
        match expression:
            case Taken(option):
                return bool(code >> options.index(option) & 1)
            case Not(operand):
                return not true(operand, code)
            case And(parts):
                return all(true(part, code) for part in parts)
            case Or(parts):
                return any(true(part, code) for part in parts)
            case Xor(left, right):
                return true(left, code) != true(right, code)

    expected = [code for code in range(1 << number) if all(true(each, code) for each in chosen)]
    assert feasible_codes(options, chosen).tolist() == expected


def test_many_options_cost_what_their_feasible_states_cost():
    options = [f"o{bit}" for bit in range(60)]
    rules = [Or((Not(Taken(one)), Taken(other))) for one, other in pairwise(options)]
    codes = feasible_codes(options, rules)
    assert codes.size == 61
    assert (np.diff(codes) > 0).all()


def test_too_many_states_are_refused_before_they_are_listed():
    options = [f"o{bit}" for bit in range(40)]
    with pytest.raises(RefusedError, match="--max-states"):
        feasible_codes(options, [], max_states=1 << 12)
    assert feasible_codes(options[:12], [], max_states=1 << 12).size == 1 << 12
    with pytest.raises(RefusedError):
        feasible_codes(options[:13], [], max_states=1 << 12)
