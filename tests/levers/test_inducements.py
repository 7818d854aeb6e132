"""Fewest inducements against trying every set of them, on plain data."""

from dataclasses import replace
from itertools import combinations, product
from random import Random

import pytest

from standoff.model.conflict import Ranking
from standoff.study import prepare
from standoff.study.levers import levers
from tests.levers import brute
from tests.levers.small import asked
from tests.oracles.conflicts import random_conflict
from tests.oracles.literal import Model, moves, stable
from tests.oracles.plain import plain
from tests.stability.answers import blocks

CONCEPTS = ("nash", "gmr", "smr", "seq", "sseq")


def without_moves(model: Model, gone) -> Model:
    """The same conflict with `gone(i, a, b)` taken out of the moves."""
    return replace(model, can=lambda i, a, b: model.can(i, a, b) and not gone(i, a, b), answers={})


def without_states(model: Model, keeps) -> Model:
    return replace(model, states=tuple(q for q in model.states if keeps(q)), answers={})


def single_moves(model: Model, parties, s, breaking):
    own = [(i, s, t) for i in parties for t in moves(model, i, s)]
    if breaking:
        own = {(j, t, q) for i, _, t in own for j in model.opponents(i) for q in moves(model, j, t)}
    return [lambda m, step=step: without_moves(m, lambda i, a, b: (i, a, b) == step) for step in own]


def irreversible(options):
    for option, taken in product(options, (True, False)):

        def stays(model, option=option, taken=taken):
            return without_moves(model, lambda i, a, b: (option in a) == taken and (option in b) != taken)

        yield stays


def rules(options, kept):
    """A literal or a disjunction of two that holds in the states to be kept."""
    sides = list(product(options, (True, False)))
    for a, b in product(sides, sides):

        def keeps(q, a=a, b=b):
            return (a[0] in q) == a[1] or (b[0] in q) == b[1]

        if all(keeps(q) for q in kept):
            yield lambda model, keeps=keeps: without_states(model, keeps)


def measures(conflict, model, parties, s, breaking):
    found = single_moves(model, parties, s, breaking)
    if conflict.is_graph_form:
        return found
    options = [option.name for dm in conflict.decision_makers for option in dm.options]
    found += irreversible(options)
    if not any(isinstance(dm.preference, Ranking) for dm in conflict.decision_makers):
        found += rules(options, [s, conflict.status_quo, *(state.taken for state in conflict.states)])
    return found


def fewest(conflict, model, concept, parties, s, breaking, most) -> int | None:
    known = measures(conflict, model, parties, s, breaking)
    for number in range(most + 1):
        for chosen in combinations(known, number):
            changed = model
            for measure in chosen:
                changed = measure(changed)
            if brute.met(changed, concept, parties, s, breaking):
                return number
    return None


def compare(conflict, random, most):
    model, study = plain(conflict), prepare(conflict)
    parties, place = asked(random, model)
    s, names = model.states[place], [model.names[i] for i in parties]
    concept, breaking = random.choice(CONCEPTS), random.random() < 0.4
    found = levers(
        study, model.labels[place], concept, names, by=["inducements"], breaking=breaking, time_limit=60
    )
    expected = fewest(conflict, model, concept, parties, s, breaking, most)
    if found.met:
        assert expected == 0
        return
    (lever,) = found.levers
    assert lever.proved
    if expected is None:
        assert lever.size is None or lever.size > most
    else:
        assert (lever.status, lever.size, lever.bound) == ("least", expected, expected)
    if lever.conflict is None:
        assert lever.status == "none"
        assert breaking
        return
    changed = plain(lever.conflict)
    assert s in changed.states
    assert brute.met(changed, concept, parties, s, breaking)
    assert lever.verdicts == {model.names[i]: stable(changed, concept, i, s) for i in parties}
    assert len(lever.changes) == lever.size


@pytest.mark.parametrize("seeds", blocks(range(60), 15), ids=str)
def test_one_inducement_or_more(seeds):
    for seed in seeds:
        compare(random_conflict(seed, sizes=(2, 3), most_states=6), Random(seed), 1)


@pytest.mark.slow
@pytest.mark.parametrize("seeds", blocks(range(1000, 1100), 25), ids=str)
def test_up_to_two_inducements(seeds):
    for seed in seeds:
        compare(random_conflict(seed, sizes=(2, 3, 4), most_states=7), Random(seed), 2)
