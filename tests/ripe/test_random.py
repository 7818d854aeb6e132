"""Ripeness of random conflicts in both forms against the definitions."""

from random import Random

import pytest

from standoff.study import analyse
from standoff.study.ripeness import ripe
from tests.oracles.conflicts import random_conflict, with_bearable
from tests.oracles.literal import stable
from tests.oracles.plain import plain
from tests.paths.literal import all_steps, cheapest, to
from tests.ripe import literal
from tests.stability.answers import blocks

EVERYTHING = 10**6


@pytest.mark.parametrize("seeds", blocks(range(100), 25), ids=str)
def test_every_row_and_the_zone_are_as_defined(seeds):
    for seed in seeds:
        compare(random_conflict(seed, sizes=(2, 3, 4)), Random(seed))


@pytest.mark.slow
@pytest.mark.parametrize("seeds", blocks(range(1000, 1250), 25), ids=str)
def test_many_more(seeds):
    for seed in seeds:
        compare(random_conflict(seed), Random(seed))


def compare(conflict, random):
    conflict = with_bearable(conflict, Random(random.random()))
    model, study = plain(conflict), analyse(conflict)
    place = random.randrange(len(model.states))
    s = model.states[place]
    group = sorted(random.sample(model.everybody, random.randint(1, model.number)))
    lever_time = 30.0 if random.random() < 0.15 else 0.0
    names = [model.names[i] for i in group]
    found = ripe(study, model.labels[place], names, most=EVERYTHING, lever_time=lever_time)
    assert found.parties == tuple(model.names[i] for i in group)
    bearable = [conflict.decision_makers[i].bearable for i in group]
    pain = [literal.hurts(each, model.labels[place], s) for each in bearable]
    assert [row.bearable for row in found.rows] == bearable
    assert [row.hurts for row in found.rows] == ["not stated" if each is None else each for each in pain]
    assert found.hurts_all == all(pain)
    assert found.failing == literal.failing(model, conflict, group, s, pain)
    for i, row in zip(group, found.rows, strict=True):
        check_row(model, i, s, row)
    check_zone(model, conflict, group, s, found.zone)
    check_but_for(model, group, s, found.zone)
    if lever_time:
        check_least(study, found)


def check_but_for(model, group, s, zone):
    state = dict(zip(model.labels, model.states, strict=True))
    expected = literal.but_for(model, group, s)
    assert set(zone.but_for) == {model.names[i] for i in expected}
    for i, states in expected.items():
        told = zone.but_for[model.names[i]]
        assert told.number == len(states)
        assert state[told.nearest] in states
        best = max(model.rank(i, q) for q in states)
        assert model.rank(i, state[told.nearest]) == best == model.rank(i, s) + told.ranks


def check_least(study, found):
    """What is changed makes the failing condition hold: the changed model is judged anew."""
    if found.failing == "cannot win":
        wanted, whom = found.state, found.parties
    elif found.failing == "way out":
        fewest = min(len(each.undone_by) for each in found.zone.states)
        (undone,) = (each.undone_by for each in found.zone.states if each.state == found.least.state)
        assert len(undone) == fewest
        wanted, whom = found.least.state, study.decision_makers
    else:
        assert found.least is None
        return
    assert (found.least.state, found.least.parties, found.least.concept) == (wanted, tuple(whom), "seq")
    (by_preference,) = (lever for lever in found.least.levers if lever.by == "preferences")
    assert by_preference.status in ("least", "none")
    for lever in found.least.levers:
        if lever.conflict is not None:
            changed = analyse(lever.conflict)
            place = changed.space.index(wanted)
            assert all(changed.stable["seq"][changed.number_of(dm), place] for dm in whom)


def check_row(model, i, s, row):
    state = dict(zip(model.labels, model.states, strict=True))
    assert row.cannot_win == stable(model, "seq", i, s) == row.verdict.stable
    assert row.cannot_win == (literal.v(model, i, s) <= model.rank(i, s))
    assert row.held_by_any_reply == stable(model, "gmr", i, s)
    sure = row.no_agreement
    course = s if sure.move is None else state[sure.move.target]
    assert model.rank(i, s) + sure.outcome.ranks == literal.v(model, i, s) == literal.w(model, i, course)
    check_outcome(model, i, s, course, sure.outcome)
    if literal.w(model, i, s) == model.rank(i, s):
        assert row.precipice is None
    else:
        assert model.rank(i, s) + row.precipice.ranks == literal.w(model, i, s)
        check_outcome(model, i, s, s, row.precipice)
    assert row.perceived == "not available"


def check_outcome(model, i, s, start, outcome):
    """The sequence is one of credible replies to the start, and ends where it says."""
    state = dict(zip(model.labels, model.states, strict=True))
    end = state[outcome.state]
    assert model.rank(i, end) - model.rank(i, s) == outcome.ranks
    assert literal.replay(model, outcome.sequence, improving=True)
    assert all(move.mover != model.names[i] for move in outcome.sequence)
    if outcome.sequence:
        assert (state[outcome.sequence[0].origin], state[outcome.sequence[-1].target]) == (start, end)
    else:
        assert end == start


def check_zone(model, conflict, group, s, zone):
    label = dict(zip(model.states, model.labels, strict=True))
    expected = literal.zone(model, group, s)
    undone = {q: literal.undone_by(model, q) for q in expected}
    ways = {q: literal.way(model, conflict, group, s, q) for q in expected}
    best = literal.undominated(model, group, expected)
    assert zone.size == len(expected)
    assert zone.holding == sum(not who for who in undone.values())
    assert zone.undominated == len(best)
    for i, name in enumerate(model.names):
        assert zone.undone_by[name] == sum(i in who for who in undone.values())
    for name, (number, holding) in zone.ways.items():
        there = [q for q in expected if ways[q] == name]
        assert (number, holding) == (len(there), sum(not undone[q] for q in there))
    told = {each.state: each for each in zone.states}
    everybody = [(i,) for i in model.everybody]
    found = cheapest(model, everybody, all_steps(conflict, model, everybody), s, "sacrifices")
    assert sorted(told) == sorted(label[q] for q in expected)
    for q in expected:
        each = told[label[q]]
        assert each.undone_by == tuple(model.names[i] for i in undone[q])
        assert each.holds == (not undone[q])
        assert each.undominated == (q in best)
        assert each.way == ways[q]
        assert each.joint == literal.joint(model, conflict, group, s, q)
        for i, name in enumerate(model.names):
            assert each.ranks[name] == model.rank(i, q) - model.rank(i, s)
            assert (name in each.losers) == model.better(i, s, q)
        check_way(model, s, q, each, to(*found, s, q)[0])


def check_way(model, s, q, each, least):
    state = dict(zip(model.labels, model.states, strict=True))
    if each.way in ("joint", "none"):
        assert not each.steps
        return
    assert literal.replay(model, each.steps, improving=each.way == "improvements")
    assert (state[each.steps[0].origin], state[each.steps[-1].target]) == (s, q)
    costly = [
        step
        for step in each.steps
        if model.better(model.names.index(step.mover), state[step.origin], state[step.target])
    ]
    assert list(each.sacrifices) == costly
    if each.way == "moves":
        lost = sum(
            model.rank(model.names.index(step.mover), state[step.origin])
            - model.rank(model.names.index(step.mover), state[step.target])
            for step in costly
        )
        assert (len(costly), lost, len(each.steps)) == least
