"""Ways by name: goals, costs, who gives first, where it stalls, against the definitions."""

from __future__ import annotations

from random import Random

import pytest

import standoff
from standoff.study import analyse
from tests.oracles.conflicts import random_conflict
from tests.oracles.literal import CORE, improvements, stable
from tests.oracles.plain import plain
from tests.paths.literal import all_steps, cheapest, cost_of_step, to

FAST = 40
ALL = 400


def compare(seed):
    random = Random(seed)
    conflict = random_conflict(seed, sizes=(2, 3, 3, 4))
    model = plain(conflict)
    study = analyse(conflict)
    state = dict(zip(model.labels, model.states, strict=True))
    start = random.choice(model.labels)
    together = "" if conflict.is_graph_form or model.number < 2 else ",".join(model.names[:2])
    movers = [(i,) for i in model.everybody] + ([(0, 1)] if together else [])
    goals = [s for s in model.states if all(stable(model, "seq", i, s) for i in model.everybody)]
    found = standoff.paths(
        study, "equilibrium", start, [together] if together else [], most=len(model.states)
    )
    assert found.goals == len(goals)
    steps = all_steps(conflict, model, movers)
    costs = {
        kind: {
            goal: to(*cheapest(model, movers, steps, state[start], kind), state[start], goal)[0]
            for goal in goals
        }
        for kind in found.ways
    }
    reached = [goal for goal in goals if costs["moves"][goal] is not None]
    assert found.unreached == len(goals) - len(reached)
    for kind, way in found.ways.items():
        known = {goal: cost for goal, cost in costs[kind].items() if cost is not None}
        assert (way is None) == (not known)
        assert found.reach[kind].finished
        if way is not None:
            spent = way.cost if kind == "sacrifices" else (0, 0, way.cost.steps)
            assert spent == known[state[way.goal]] == min(known.values())
            check(model, way, state, start)
        if kind == "sacrifices" and way is not None:
            first = first_givers(model, movers, steps, state[start], state[way.goal], tuple(way.cost))
            assert set(way.may_give_first) == first
    if len(goals) > 1:
        compare_nearest(model, found, costs, state, reached)


def first_givers(model, movers, steps, start, goal, least):
    """Who is worse off by the first sacrifice, path after path of those that cost the least."""
    found = set()

    def go_on(s, last, spent, first):
        if s == goal and spent == least and first:
            found.add(first)
        for row, members in enumerate(movers):
            for t in () if last & set(members) or spent[2] >= least[2] else steps[s, row]:
                more = cost_of_step(model, "sacrifices", members, s, t)
                total = tuple(a + b for a, b in zip(spent, more, strict=True))
                if total <= least:
                    worse = tuple(model.names[i] for i in members if model.better(i, s, t))
                    go_on(t, set(members), total, first or worse)

    go_on(start, set(), (0, 0, 0), ())
    return found


def compare_nearest(model, found, costs, state, reached):
    assert {state[goal.state] for goal in found.nearest} == set(reached)
    assert [goal.cost for goal in found.nearest] == sorted(goal.cost for goal in found.nearest)
    for goal in found.nearest:
        s = state[goal.state]
        assert goal.cost == costs["sacrifices"][s]
        assert (goal.moves, goal.improvements) == tuple(
            None if costs[kind][s] is None else costs[kind][s][2] for kind in ("moves", "improvements")
        )
        assert bool(goal.first_to_give) == (goal.cost.sacrifices > 0)


def check(model, way, state, start):
    """Every claim about the steps, the halts and the end of a way, one after the other."""

    def gain(name, s, t):
        i = model.names.index(name)
        return model.rank(i, t) - model.rank(i, s)

    costly = []
    stalls = {stall.place: stall for stall in way.stalls}
    later = [state[step.target] for step in way.steps]
    for place, step in enumerate(way.steps):
        s, t = state[step.origin], state[step.target]
        gains = {name: gain(name, s, t) for name in step.movers}
        assert {effect.decision_maker: effect.ranks for effect in step.effects} == gains
        if min(gains.values()) < 0:
            costly.append(place)
        unwilling = tuple(name for name in step.movers if gains[name] <= 0)
        turning = set()
        for i, name in enumerate(model.names):
            for q in set(improvements(model, i, s)) - set(later[place:]):
                if name not in step.movers or model.better(i, q, t):
                    turning.add(name)
        holds = {key for key in CORE if all(stable(model, key, i, s) for i in model.everybody)}
        stall = stalls.get(place)
        assert (stall is not None) == bool(unwilling or turning or holds)
        if stall is not None:
            assert stall.state == step.origin
            assert stall.unwilling == unwilling
            assert {each.decision_maker for each in stall.turn_offs} == turning
            assert set(stall.equilibrium) == holds
    assert way.first_to_give == (costly[0] if costly else None)
    if way.kind == "sacrifices" and costly:
        assert way.steps[costly[0]].worse_off in way.may_give_first
    ends = {effect.decision_maker: effect.ranks for effect in way.in_the_end}
    assert ends == {name: gain(name, state[start], state[way.goal]) for name in model.names}


@pytest.mark.parametrize("batch", range(2))
def test_what_is_told_of_ways_is_so(batch):
    for seed in range(batch, FAST, 2):
        compare(seed)


@pytest.mark.slow
def test_what_is_told_of_ways_is_so_many():
    for seed in range(FAST, ALL):
        compare(seed)
