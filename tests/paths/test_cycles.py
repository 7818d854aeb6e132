"""Rounds and cycles of improvements against reachability between pairs, one after the other."""

from __future__ import annotations

import numpy as np
import pytest

from standoff.analyses.paths import movers
from standoff.analyses.paths.cycles import leaving, rounds, shortest_cycle
from standoff.analyses.paths.strong import components
from standoff.study import build
from tests.oracles.conflicts import random_conflict
from tests.oracles.literal import improvements
from tests.oracles.plain import plain

FAST = 80
ALL = 1500


def onward(model, pair):
    """The pairs (state, last mover) after one more improvement; nobody moves twice in a row."""
    s, last = pair
    return [(t, i) for i in model.everybody if i != last for t in improvements(model, i, s)]


def after(model, pair):
    """The pairs after one or more improvements."""
    found, todo = set(), [pair]
    while todo:
        for other in onward(model, todo.pop()):
            if other not in found:
                found.add(other)
                todo.append(other)
    return found


def literal_rounds(model):
    pairs = [(s, i) for s in model.states for i in model.everybody]
    later = {pair: after(model, pair) for pair in pairs}
    return {
        frozenset(other for other in later[pair] if pair in later[other])
        for pair in pairs
        if pair in later[pair]
    }


def length_of_a_cycle(model, s):
    """The length of a shortest legal sequence of improvements back to s that could begin anew."""
    for length in range(1, len(model.states) * model.number + 2):
        for first in model.everybody:
            if s in walk(model, s, first, length):
                return length
    return None


def walk(model, s, first, length):
    """Where sequences of this length that `first` begins at s end, not by a move of `first`."""
    pairs = {(t, first) for t in improvements(model, first, s)}
    for _ in range(length - 1):
        pairs = {other for pair in pairs for other in onward(model, pair)}
    return {t for t, last in pairs if last != first}


def compare(seed, form=None):
    shape = {"most_states": 7} if form == "graph" else {"sizes": (2, 3, 3, 4, 4)}
    conflict = random_conflict(seed, form, **shape)
    model, graph = plain(conflict), build(conflict)
    expected = literal_rounds(model)
    found = rounds(graph)
    parties = movers(graph)
    told = set()
    sizes = []
    for number in range(found.count):
        states = found.members(number).tolist()
        part = slice(found.starts[number], found.starts[number + 1])
        last = found.last_movers[:, part]
        pairs = frozenset(
            (model.states[s], int(i))
            for s, row in zip(states, last.T, strict=True)
            for i in np.flatnonzero(row)
        )
        told.add(pairs)
        sizes.append(len(states))
        assert set(np.flatnonzero(found.movers(number))) == {i for _, i in pairs}
        out = {i for pair in pairs for t, i in onward(model, pair) if (t, i) not in pairs}
        assert set(leaving(parties, found, number)) == out
    assert told == expected
    assert sizes == sorted(sizes, reverse=True)
    inside = {s for pairs in expected for s, _ in pairs}
    for place, s in enumerate(model.states):
        cycle = shortest_cycle(parties, place)
        assert (cycle is not None) == (s in inside)
        if cycle is not None:
            assert len(cycle) == length_of_a_cycle(model, s)
            check(model, cycle, s)


def check(model, cycle, here):
    last = cycle[-1].mover
    for mover, origin, target in cycle:
        assert model.states[origin] == here
        assert mover != last
        assert model.states[target] in improvements(model, mover, here)
        here, last = model.states[target], mover
    assert here == model.states[cycle[0].origin]


@pytest.mark.parametrize("form", ["option", "graph"])
def test_rounds_and_cycles_are_those_of_the_definition(form):
    for seed in range(FAST):
        compare(seed, form)


@pytest.mark.slow
def test_rounds_and_cycles_are_those_of_the_definition_many():
    for seed in range(FAST, ALL):
        compare(seed)


@pytest.mark.parametrize("seed", range(30))
def test_components_are_classes_of_nodes_that_lead_to_each_other(seed):
    random = np.random.default_rng(seed)
    nodes = int(random.integers(1, 40))
    arcs = np.unique(random.integers(0, nodes, (int(random.integers(0, 3 * nodes)), 2)), axis=0)
    starts = np.concatenate([[0], np.cumsum(np.bincount(arcs[:, 0], minlength=nodes))])
    found = components(starts, arcs[:, 1].astype(np.int32))
    reach = np.eye(nodes, dtype=bool)
    for origin, target in arcs:
        reach[origin, target] = True
    for middle in range(nodes):
        reach |= reach[:, [middle]] & reach[[middle], :]
    assert ((found[:, None] == found[None, :]) == (reach & reach.T)).all()
    assert (found[arcs[:, 0]] >= found[arcs[:, 1]]).all()
