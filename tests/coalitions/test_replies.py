"""The search for a shortest class improvement, against one that takes the states one by one."""

from collections import deque

import numpy as np
import pytest

from standoff.analyses.coalitions import replies
from standoff.analyses.coalitions.clock import OutOfTimeError
from standoff.analyses.coalitions.replies import class_reply
from standoff.analyses.coalitions.ways import Coalitional
from standoff.study import build
from tests.coalitions import literal
from tests.oracles.conflicts import random_conflict
from tests.oracles.plain import plain


def one_by_one(model, movers, start, goals):
    """Breadth first over pairs of state and last subcoalition, in plain data."""
    kinds = sorted((tuple(K) for K in literal.all_coalitions(movers)), key=lambda K: (len(K), K))
    before, queue = {}, deque([(start, ())])
    number = {s: i for i, s in enumerate(model.states)}
    while queue:
        node = queue.popleft()
        for K in kinds:
            if node[1] == K:
                continue
            here = model.states[node[0]]
            reach = lambda s, K=K: literal.by_turns(model, K, s)  # noqa: E731
            gains = sorted(number[t] for t in literal.joint_improvements(model, K, here, reach))
            for t in gains:
                if t in goals:
                    steps, at = [(K, node[0], t)], node
                    while at in before:
                        steps.append((at[1], before[at][0], at[0]))
                        at = before[at]
                    return tuple(reversed(steps))
            for t in gains:
                if (t, K) not in before:
                    before[t, K] = node
                    queue.append((t, K))
    return None


def check(seed):
    conflict = random_conflict(seed)
    model, field = plain(conflict), Coalitional(build(conflict))
    rng, lengths = np.random.default_rng(seed), []
    for movers in literal.all_coalitions(field.everybody):
        for start in range(0, field.graph.space.size, 1 + field.graph.space.size // 6):
            goals = rng.random(field.graph.space.size) < 0.1
            goals[start] = False
            found = class_reply(field, tuple(movers), start, goals)
            assert found == one_by_one(model, tuple(movers), start, set(np.flatnonzero(goals).tolist()))
            lengths.append(len(found or ()))
    return lengths


@pytest.mark.parametrize("seed", range(25))
def test_the_same_reply_is_found(seed):
    check(seed)


@pytest.mark.parametrize("seed", range(25, 35))
def test_the_same_reply_is_found_a_few_states_at_a_time(seed, monkeypatch):
    monkeypatch.setattr(replies, "_FEW", 1)
    monkeypatch.setattr(replies, "_CELLS", 1)
    check(seed)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(35, 500))
def test_the_same_reply_is_found_on_many_more(seed):
    check(seed)


def test_replies_of_several_steps_occur():
    assert max(length for seed in range(5) for length in check(seed)) > 1


def test_the_search_stops_when_time_is_up():
    field = Coalitional(build(random_conflict(3)))
    with pytest.raises(OutOfTimeError, match="Time ran out"):
        class_reply(field, field.everybody, 0, np.zeros(field.graph.space.size, bool), until=0.0)
