"""Least changes of rankings against trying every ranking; strict orders are among the weak ones tried."""

from random import Random

import pytest

from standoff.study import prepare
from standoff.study.levers import levers
from tests.levers import brute
from tests.levers.small import asked, small_conflict
from tests.oracles.conflicts import random_conflict
from tests.oracles.literal import stable
from tests.oracles.plain import plain
from tests.stability.answers import blocks

CONCEPTS = ("nash", "gmr", "smr", "seq", "sseq")
LONG = 60.0


def compare(conflict, random, concepts=CONCEPTS):
    model, study = plain(conflict), prepare(conflict)
    parties, place = asked(random, model)
    s, names = model.states[place], [model.names[i] for i in parties]
    for concept in concepts:
        for breaking in (False, True):
            found = levers(
                study,
                model.labels[place],
                concept,
                names,
                by=["preferences"],
                breaking=breaking,
                time_limit=LONG,
            )
            assert found.stable == {model.names[i]: stable(model, concept, i, s) for i in parties}
            expected = brute.least(model, concept, parties, s, breaking)
            check(model, concept, parties, s, found, expected)


def check(model, concept, parties, s, found, expected):
    if found.met:
        assert expected == 0
        assert not found.levers
        return
    (lever,) = found.levers
    assert lever.proved
    if expected is None:
        assert (lever.status, lever.size, lever.conflict) == ("none", None, None)
        return
    assert (lever.status, lever.size, lever.bound) == ("least", expected / 2, expected / 2)
    changed = plain(lever.conflict)
    assert changed.states == model.states
    assert brute.met(changed, concept, parties, s, found.breaking)
    assert lever.verdicts == {model.names[i]: stable(changed, concept, i, s) for i in parties}
    touched, before, after = (
        brute.relevant(model, concept, parties, s),
        brute.ranks_in(model),
        brute.ranks_in(changed),
    )
    costs = {i: brute.half_pairs(before[i], after[i], touched[i]) for i in model.everybody}
    assert sum(costs.values()) == expected
    told = {change.decision_maker: change for change in lever.changes}
    assert set(told) == {model.names[i] for i, cost in costs.items() if cost}
    for change in told.values():
        i = model.names.index(change.decision_maker)
        assert change.pairs == costs[i] / 2
        assert change.relevant == len(touched[i])
        check_flips(model, before[i], after[i], touched[i], change)


def check_flips(model, before, after, touched, change):
    """Every pair of relevant states whose order differs is told once, and once with a state that moves."""
    state = dict(zip(model.labels, model.states, strict=True))
    signs = {1: ">", 0: "=", -1: "<"}
    told = {}
    for flip in change.flips:
        a, b = state[flip.state], state[flip.other]
        assert {a, b} <= touched
        assert frozenset((a, b)) not in told
        told[frozenset((a, b))] = flip
        assert (flip.before, flip.after) == (signs[brute.sign(before, a, b)], signs[brute.sign(after, a, b)])
    differ = {
        frozenset((a, b))
        for a in touched
        for b in touched
        if a != b and brute.sign(before, a, b) != brute.sign(after, a, b)
    }
    assert set(told) == differ
    passed = [
        (m.state, q, sign)
        for m in change.moved
        for qs, sign in ((m.above, ">"), (m.level, "="), (m.below, "<"))
        for q in qs
    ]
    assert sorted(passed) == sorted((flip.state, flip.other, flip.after) for flip in change.flips)


@pytest.mark.parametrize("seeds", blocks(range(48), 12), ids=str)
def test_two_sides_with_up_to_four_states(seeds):
    for seed in seeds:
        compare(small_conflict(seed, 2, 4), Random(seed))


@pytest.mark.parametrize("seeds", blocks(range(100, 130), 10), ids=str)
def test_three_sides_with_up_to_three_states(seeds):
    for seed in seeds:
        compare(small_conflict(seed, 3, 3), Random(seed))


@pytest.mark.parametrize("seeds", blocks(range(30), 15), ids=str)
def test_the_best_in_no_time_does_what_it_says_and_has_a_bound_below_the_least(seeds):
    for seed in seeds:
        model, study = plain(conflict := random_conflict(seed, sizes=(2, 3, 4))), prepare(conflict)
        parties, place = asked(random := Random(seed), model)
        s, names = model.states[place], [model.names[i] for i in parties]
        concept, breaking = random.choice(("seq", "sseq")), random.random() < 0.5
        limits = [
            levers(
                study,
                model.labels[place],
                concept,
                names,
                by=["preferences"],
                breaking=breaking,
                time_limit=limit,
            )
            for limit in (1e-9, LONG)
        ]
        if limits[0].met or limits[0].levers[0].status == "none":
            continue
        (hasty,), (least,) = (found.levers for found in limits)
        assert hasty.status == ("least" if hasty.bound == hasty.size else "found")
        assert 0.5 <= hasty.bound <= least.size <= hasty.size
        assert brute.met(plain(hasty.conflict), concept, parties, s, breaking)


@pytest.mark.slow
@pytest.mark.parametrize("seeds", blocks(range(1000, 1080), 20), ids=str)
def test_strict_rankings_of_two_sides_with_up_to_five_states(seeds):
    for seed in seeds:
        compare(small_conflict(seed, 2, 5, strict=True), Random(seed))


@pytest.mark.slow
@pytest.mark.parametrize("seeds", blocks(range(2000, 2060), 20), ids=str)
def test_rankings_with_ties_of_two_sides_with_up_to_five_states(seeds):
    for seed in seeds:
        compare(small_conflict(seed, 2, 5), Random(seed))


@pytest.mark.slow
@pytest.mark.parametrize("seeds", blocks(range(3000, 3016), 4), ids=str)
@pytest.mark.parametrize("strict", [True, False])
def test_three_sides_with_up_to_four_states(seeds, strict):
    for seed in seeds:
        compare(small_conflict(seed, 3, 4, strict=strict), Random(seed))
