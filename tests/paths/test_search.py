"""Searches for paths against a search state after state, written from the definitions."""

from __future__ import annotations

from random import Random

import numpy as np
import pytest

from standoff.analyses.paths.movers import movers
from standoff.analyses.paths.search import search
from standoff.analyses.paths.slopes import FAR
from standoff.analyses.paths.steps import cost
from standoff.study import build
from tests.oracles.conflicts import random_conflict
from tests.oracles.plain import plain
from tests.paths.literal import KINDS, all_steps, cheapest, cost_of_step, to

FAST = 60
ALL = 1500


def everybody(random, number, together):
    """All decision makers alone and, if wanted, one random coalition or two."""
    alone = [(i,) for i in range(number)]
    if not together or number < 2:
        return alone
    drawn = {tuple(sorted(random.sample(range(number), random.randint(2, number)))) for _ in range(2)}
    return alone + sorted(drawn)


def compare(seed):
    random = Random(seed)
    conflict = random_conflict(seed, sizes=(2, 3, 3, 4, 4, 5))
    model, graph = plain(conflict), build(conflict)
    parties = everybody(random, model.number, not conflict.is_graph_form)
    found = movers(graph, [members for members in parties if len(members) > 1])
    assert [mover.members for mover in found] == parties
    start = random.randrange(len(model.states))
    steps = all_steps(conflict, model, parties)
    for kind in KINDS:
        best, ways = cheapest(model, parties, steps, model.states[start], kind)
        whole = search(found, start, kind)
        assert whole.finished
        for goal in range(len(model.states)):
            least, number = to(best, ways, model.states[start], model.states[goal])
            few = random.random() < 0.3
            for result in (whole, search(found, start, kind, np.array([goal])) if few else whole):
                path = result.path(goal)
                assert (path is None) == (least is None)
                if path is None:
                    assert result.packed()[goal] == FAR
                    continue
                check(model, parties, steps, path, model.states[start], model.states[goal], kind)
                spent = cost(found, path)
                assert (spent if kind == "sacrifices" else (0, 0, spent.steps)) == least
                assert result.count(goal) == number
                assert path == whole.path(goal)


def check(model, parties, steps, path, here, goal, kind):
    last = set()
    for row, origin, target in path:
        s, t = model.states[origin], model.states[target]
        assert s == here
        assert not last & set(parties[row])
        assert t in steps[s, row]
        assert cost_of_step(model, kind, parties[row], s, t) is not None
        here, last = t, set(parties[row])
    assert here == goal


@pytest.mark.parametrize("batch", range(4))
def test_paths_are_those_of_the_definition(batch):
    for seed in range(batch, FAST, 4):
        compare(seed)


@pytest.mark.slow
@pytest.mark.parametrize("batch", range(12))
def test_paths_are_those_of_the_definition_many(batch):
    for seed in range(FAST + batch, ALL, 12):
        compare(seed)
