"""Counts of profiles against going through all of them."""

from fractions import Fraction
from math import factorial
from random import Random

import pytest

from standoff.errors import RefusedError
from standoff.study import load, prepare
from standoff.study.levers import count_profiles
from tests.levers import brute
from tests.levers.small import asked, small_conflict
from tests.oracles.plain import plain
from tests.stability.answers import blocks

CONCEPTS = ("nash", "gmr", "smr", "seq", "sseq")


def compare(conflict, random):
    model, study = plain(conflict), prepare(conflict)
    parties, place = asked(random, model)
    for concept in CONCEPTS:
        found = count_profiles(study, model.labels[place], concept, [model.names[i] for i in parties])
        expected = brute.count(model, concept, parties, model.states[place])
        assert (found.profiles, found.of) == expected
        assert found.parties == tuple(model.names[i] for i in parties)


@pytest.mark.parametrize("seeds", blocks(range(18), 9), ids=str)
def test_two_sides_with_up_to_four_states(seeds):
    for seed in seeds:
        compare(small_conflict(seed, 2, 4), Random(seed))


@pytest.mark.parametrize("seeds", blocks(range(100, 112), 6), ids=str)
def test_three_sides_with_up_to_three_states(seeds):
    for seed in seeds:
        compare(small_conflict(seed, 3, 3), Random(seed))


@pytest.mark.slow
@pytest.mark.parametrize("seeds", blocks(range(1000, 1020), 5), ids=str)
def test_two_sides_with_up_to_five_states(seeds):
    for seed in seeds:
        compare(small_conflict(seed, 2, 5), Random(seed))


@pytest.mark.slow
@pytest.mark.parametrize("seeds", blocks(range(2000, 2020), 5), ids=str)
def test_three_sides_with_up_to_four_states(seeds):
    for seed in seeds:
        compare(small_conflict(seed, 3, 4), Random(seed))


def test_under_nash_a_large_conflict_is_counted_by_the_number_of_moves():
    study = prepare(load("case:north-korea-2019"))
    found = count_profiles(study, "phased", "nash")
    assert found.of == factorial(1680) ** 5
    share = Fraction(1)
    for dm in range(5):
        share /= 1 + len(study.graph.moves(dm, study.space.index("phased")))
    assert Fraction(found.profiles, found.of) == share


@pytest.mark.parametrize("concept", ["gmr", "seq"])
def test_too_much_to_count_is_refused_with_the_reason(concept):
    study = prepare(load("case:north-korea-2019"))
    with pytest.raises(RefusedError, match="Under nash there is no such bound"):
        count_profiles(study, "phased", concept)
