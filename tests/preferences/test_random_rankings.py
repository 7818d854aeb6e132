"""Rankings of random conflicts against tuples of truth values and exact fractions."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from random import Random

import pytest
from hypothesis import given, settings

from standoff.errors import ModelError
from standoff.model.conflict import Conflict, Prioritising, Ranking
from standoff.model.statement import And, Or, Taken
from standoff.preferences import rankings
from standoff.states.space import state_space
from tests.oracles.conflicts import conflicts, random_conflict
from tests.oracles.examples import one_party, weighting
from tests.oracles.plain import plain
from tests.oracles.relabel import ranked_directly
from tests.oracles.statements import random_literal, random_rule, rule

OPTIONS = [f"a.o{k}" for k in range(6)]


def ranks(conflict: Conflict) -> list[list[int]]:
    return [each.tolist() for each in rankings(conflict, state_space(conflict))]


def plain_ranks(conflict: Conflict) -> list[list[int]]:
    model = plain(conflict)
    return [[model.rank(i, s) for s in model.states] for i in model.everybody]


@pytest.mark.parametrize("block", range(8))
def test_rankings_are_those_of_the_definition(block):
    for seed in range(50 * block, 50 * block + 50):
        conflict = random_conflict(seed)
        assert ranks(conflict) == plain_ranks(conflict), f"seed {seed}"


@settings(max_examples=100, deadline=None, derandomize=True, database=None)
@given(conflicts())
def test_rankings_of_conflicts_that_shrink(conflict):
    assert ranks(conflict) == plain_ranks(conflict)


def test_the_equivalent_direct_ranking_is_the_same_ranking():
    for seed in range(60):
        conflict = random_conflict(seed)
        assert ranks(conflict) == ranks(ranked_directly(conflict))


# More than a machine word holds


@pytest.mark.parametrize("number", [61, 62, 63, 64, 93, 94, 125, 150])
def test_many_statements(number):
    """The deciding statements stand first, last, or around the places where a word is full."""
    for seed in range(5):
        random = Random(seed)
        statements = tuple(random_rule(random, OPTIONS) for _ in range(number))
        conflict = one_party(Prioritising(statements=statements), OPTIONS)
        assert ranks(conflict) == plain_ranks(conflict)


@pytest.mark.parametrize("number", [62, 63, 64, 94, 130])
def test_the_last_of_many_statements_decides(number):
    """All others are true everywhere, or nowhere, so only the last one tells the states apart."""
    for everywhere in (And(()), Or(())):
        statements = (rule(everywhere),) * (number - 1) + (rule(Taken(OPTIONS[0])),)
        conflict = one_party(Prioritising(statements=statements), OPTIONS[:2])
        assert ranks(conflict) == [[0, 1, 0, 1]]


@pytest.mark.parametrize("number", [62, 63, 64, 94, 130])
def test_the_first_of_many_statements_outweighs_all_others(number):
    statements = (rule(Taken(OPTIONS[0])),) + (rule(Taken(OPTIONS[1])),) * (number - 1)
    conflict = one_party(Prioritising(statements=statements), OPTIONS[:2])
    assert ranks(conflict) == [[0, 2, 1, 3]]


@pytest.mark.parametrize("bits", [52, 53, 61, 62, 63, 64, 100, 300])
def test_weights_are_exact_however_large(bits):
    """2**bits and 2**bits - 1 differ by one, which floats and 64-bit integers lose."""
    first, second, third = map(Taken, OPTIONS[:3])
    conflict = one_party(weighting((first, 2**bits), (second, 2**bits - 1), (third, 1)), OPTIONS[:3])
    assert ranks(conflict) == plain_ranks(conflict)
    assert ranks(conflict) == [[0, 3, 2, 5, 1, 4, 3, 6]]


def test_weights_with_long_fractions_are_exact():
    for seed in range(40):
        random = Random(seed)
        pairs = []
        for _ in range(6):
            numerator, denominator = random.randint(-(10**20), 10**20), random.randint(1, 10**12)
            pairs.append((random_literal(random, OPTIONS), Fraction(numerator, denominator)))
        conflict = one_party(weighting(*pairs), OPTIONS)
        assert ranks(conflict) == plain_ranks(conflict)


def test_decimal_weights_tie_where_they_should():
    """0.1 + 0.2 equals 0.3."""
    first, second, third = map(Taken, OPTIONS[:3])
    tenths = [(first, Fraction(1, 10)), (second, Fraction(2, 10)), (third, Fraction(3, 10))]
    assert ranks(one_party(weighting(*tenths), OPTIONS[:3])) == [[0, 1, 2, 3, 3, 4, 5, 6]]


@pytest.mark.parametrize("preference", [Prioritising(statements=()), weighting()])
def test_no_statement_at_all_is_indifference(preference):
    assert ranks(one_party(preference, OPTIONS[:2])) == [[0, 0, 0, 0]]


# Faulty direct rankings


@pytest.mark.parametrize(
    ("tiers", "codes"),
    [
        ([("s1", "s2"), ("s3",)], ["state-not-ranked"]),
        ([("s1", "s2"), ("s3", "s4"), ("s1",)], ["state-ranked-twice"]),
        ([("s1", "s1"), ("s2", "s3", "s4")], ["state-ranked-twice"]),
        ([("s1", "s2"), ("s3", "s4"), ("s5",)], ["unknown-state"]),
        ([("s1",), ("s1",), ("s9", "s8")], ["state-ranked-twice", "unknown-state", "unknown-state"]),
    ],
)
def test_every_feasible_state_is_ranked_once(tiers, codes):
    conflict = one_party(Ranking(tiers=tuple(tiers)), OPTIONS[:2])
    with pytest.raises(ModelError) as error:
        ranks(conflict)
    assert [fault.code for fault in error.value.faults] == codes


def test_the_faults_of_all_decision_makers_are_reported_together():
    conflict = random_conflict(0, "graph")
    dms = tuple(replace(dm, preference=Ranking(tiers=())) for dm in conflict.decision_makers)
    with pytest.raises(ModelError) as error:
        ranks(replace(conflict, decision_makers=dms))
    assert len(error.value.faults) == len(dms)
