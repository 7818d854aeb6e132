"""Foresight against the definitions, by recursion, on random conflicts of both forms."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import numpy as np
import pytest

from standoff.analyses.foresight import foresight, limited, maximin
from standoff.analyses.foresight.answer import Asked
from standoff.analyses.foresight.menu_best import table
from standoff.errors import RefusedError
from standoff.model.conflict import Ranking
from standoff.study import analyse, build
from tests.foresight import literal
from tests.oracles.conflicts import random_conflict
from tests.oracles.literal import stable
from tests.oracles.plain import plain

FAST = 120
ALL = 800
HORIZON = 6
CLASSICS = {1: "nash", 2: "gmr", 3: "smr"}


def strict_conflict(seed):
    """A random conflict of two decision makers with strict rankings, in either form."""
    random = Random(seed)
    form = random.choice(("option", "option", "graph"))
    owned = random.choice(((1, 1), (1, 2), (2, 1), (2, 2), (1, 3)))
    shape = {"most_states": 7} if form == "graph" else {"owned": owned}
    conflict = random_conflict(seed, form, **shape)
    while len(conflict.decision_makers) != 2:
        seed += 10_000
        conflict = random_conflict(seed, form, **shape)
    labels = list(plain(conflict).labels)

    def ranked(dm):
        random.shuffle(labels)
        return replace(dm, preference=Ranking(tiers=tuple((label,) for label in labels)))

    return replace(conflict, decision_makers=tuple(ranked(dm) for dm in conflict.decision_makers))


def compare_limited(seed):
    conflict = strict_conflict(seed)
    model, graph = plain(conflict), build(conflict)
    tables = [table(arcs, graph.space.size) for arcs in graph.arcs]
    horizons = limited.expectations(graph, tables)
    for h in range(HORIZON + 1):
        ends = next(horizons).ends
        for i in (0, 1):
            expected = [literal.anticipated(model, h, i, s) for s in model.states]
            assert [model.states[end] for end in ends[i]] == expected
    compare_answer(model, graph)
    compare_long_run(model, limited.long_run(limited.expectations(graph, tables)))


def compare_answer(model, graph):
    place = graph.space.status_quo
    s, state = model.states[place], dict(zip(model.labels, model.states, strict=True))
    found = foresight(graph, Asked(state=place, horizon=HORIZON, most=3))
    assert found.undefined == {}
    assert not found.extended
    for i, each in enumerate(found.limited):
        for one in each.horizons:
            holds = [
                [literal.limited_move_stable(model, one.horizon, j, q) for q in model.states] for j in (0, 1)
            ]
            end = literal.anticipated(model, one.horizon, i, s)
            assert state[one.end] == end
            assert one.stable == holds[i][place] == (not one.moves)
            assert one.ranks == model.rank(i, end) - model.rank(i, s)
            assert (one.states, one.equilibria) == (
                sum(holds[i]),
                sum(map(all, zip(*holds, strict=True))),
            )
            followed = literal.replay(model, one.moves, s)
            assert [mover for mover, _ in followed] == [(i + k) % 2 for k in range(len(followed))]
            assert len(followed) <= one.horizon
            assert ([s] + [target for _, target in followed])[-1] == end
    for (leader, follower), each in zip(((0, 1), (1, 0)), found.stackelberg, strict=True):
        assert each.leader_stays == literal.limited_move_stable(model, 2, leader, s)
        assert each.follower_stays == literal.limited_move_stable(model, 1, follower, s)
        equilibria = [
            label
            for label, q in state.items()
            if literal.limited_move_stable(model, 2, leader, q)
            and literal.limited_move_stable(model, 1, follower, q)
        ]
        assert each.states == len(equilibria)
        assert list(each.equilibria) == equilibria[:3]


def compare_long_run(model, found):
    assert found.known
    far = len(found.seen) + 3 * int(found.period.max())
    for i in (0, 1):
        for place, s in enumerate(model.states):
            first, period = literal.repeats(model, i, s, int(found.period.max()), far)
            assert (found.since[i, place], found.period[i, place]) == (first, period)
            ends = [literal.anticipated(model, h, i, s) for h in range(first, first + period)]
            assert [model.states[end] for end in found.ends(i, place)] == ends
            assert found.nonmyopic[i, place] == (ends == [s])


def compare_maximin(seed):
    conflict = random_conflict(seed, sizes=(2, 3, 3, 4, 4))
    model, graph = plain(conflict), build(conflict)
    tables = [table(arcs, graph.space.size) for arcs in graph.arcs]
    for i in model.everybody:
        found = maximin.guard(graph, tables, i, HORIZON)
        for h in range(1, HORIZON + 1):
            expected = [literal.maximin_stable(model, h, i, s) for s in model.states]
            assert found.stable[h - 1].tolist() == expected
    compare_guarantees(model, graph)


def compare_guarantees(model, graph):
    place = graph.space.status_quo
    s = model.states[place]
    found = foresight(graph, Asked(state=place, horizon=4, kinds=["maximin"]))
    assert found.extended == (model.number > 2)
    for i, each in enumerate(found.maximin):
        for one in each.horizons:
            assert one.stable == literal.maximin_stable(model, one.horizon, i, s)
            followed = literal.replay(model, one.moves, s)
            if not followed:
                assert one.ranks is None
                continue
            sure = max(
                literal.guaranteed(model, one.horizon - 1, i, t, False)
                for t in literal.improvements(model, i, s)
            )
            assert model.rank(i, followed[-1][1]) == sure == model.rank(i, s) + one.ranks
            assert one.stable == (one.ranks <= 0)


@pytest.mark.parametrize("batch", range(4))
def test_limited_moves_are_those_of_the_definition(batch):
    for seed in range(batch, FAST, 4):
        compare_limited(seed)


@pytest.mark.parametrize("batch", range(4))
def test_maximin_is_that_of_the_definition(batch):
    for seed in range(batch, FAST, 4):
        compare_maximin(seed)


@pytest.mark.slow
def test_limited_moves_are_those_of_the_definition_many():
    for seed in range(FAST, ALL):
        compare_limited(seed)


@pytest.mark.slow
def test_maximin_is_that_of_the_definition_many():
    for seed in range(FAST, ALL):
        compare_maximin(seed)


def test_the_first_three_are_nash_gmr_and_smr():
    for seed in range(FAST):
        study = analyse(random_conflict(seed, sizes=(2, 3, 4)))
        tables = [table(arcs, study.space.size) for arcs in study.graph.arcs]
        for dm in range(len(study.decision_makers)):
            found = maximin.guard(study.graph, tables, dm, 3)
            for h, concept in CLASSICS.items():
                assert (found.stable[h - 1] == study.stable[concept][dm]).all(), (seed, dm, concept)


def test_so_says_the_definition():
    for seed in range(FAST):
        model = plain(random_conflict(seed, sizes=(2, 3, 4)))
        for i in model.everybody:
            for s in model.states:
                for h, concept in CLASSICS.items():
                    assert literal.maximin_stable(model, h, i, s) == stable(model, concept, i, s)


def test_one_move_ahead_is_nash():
    for seed in range(FAST):
        conflict = strict_conflict(seed)
        study = analyse(conflict)
        tables = [table(arcs, study.space.size) for arcs in study.graph.arcs]
        _, first, *_ = (
            each for each, _ in zip(limited.expectations(study.graph, tables), "012", strict=False)
        )
        assert ((first.ends == np.arange(study.space.size)) == study.stable["nash"]).all()


def test_where_expectations_are_not_defined_the_reason_is_told():
    refused = 0
    for seed in range(FAST):
        graph = build(random_conflict(seed, sizes=(2, 3)))
        why = limited.why_not(graph)
        ties = any(len(set(rank.tolist())) < rank.size for rank in graph.ranks)
        assert (why is not None) == (len(graph.arcs) != 2 or ties)
        if why is not None:
            refused += 1
            with pytest.raises(RefusedError, match="only defined"):
                foresight(graph, Asked(state=0, horizon=2, kinds=["nonmyopic"]))
            found = foresight(graph, Asked(state=0, horizon=2))
            assert set(found.undefined) == {"limited", "nonmyopic", "stackelberg"}
            assert found.limited == found.nonmyopic == found.stackelberg == ()
    assert refused
