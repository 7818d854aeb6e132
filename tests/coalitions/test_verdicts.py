"""What is told about one state and one coalition: counts, the way together, and what deters them."""

import pytest

from standoff.analyses.coalitions import judge as judging
from standoff.analyses.coalitions.judge import judge
from standoff.analyses.coalitions.survey import CONCEPTS
from standoff.analyses.coalitions.ways import RULES, Coalitional
from standoff.errors import RefusedError
from standoff.study import build
from tests.coalitions import literal
from tests.oracles.conflicts import random_conflict
from tests.oracles.literal import improvements, moves
from tests.oracles.plain import plain

FAST = range(12)
SLOW = range(12, 96)


class Check:
    """One conflict and one rule, in plain data and as the program sees it."""

    def __init__(self, conflict, rule):
        self.model, self.rule = plain(conflict), rule
        self.field = Coalitional(build(conflict), rule)
        self.conflict = conflict

    def state(self, label):
        return self.model.states[self.model.labels.index(label)]

    def together(self, H):
        if self.rule == "legal_sequence" or len(H) == 1:
            return lambda s: literal.by_turns(self.model, H, s)
        return literal.joint_jumps(self.conflict, H, self.model.states)

    def verdict(self, H, state, concept):
        found = judge(self.field, H, state, concept, most=2)
        s, model = self.model.states[state], self.model
        gains = literal.joint_improvements(model, H, s, self.together(H))
        left = {
            t for t in gains if not literal.answered(model, H, s, t, concept, self.rule, self.together(H))
        }
        assert (found.improvements, found.unanswered) == (len(gains), len(left))
        assert found.stable == (not left)
        if left:
            assert self.improvement(found.improvement, H, s) in left
        assert len(found.sanctions) == (0 if left else min(2, len(gains)))
        for sanction in found.sanctions:
            start = self.improvement(sanction.improvement, H, s)
            assert start in gains
            self.sanction(sanction, H, s, start, concept)

    def improvement(self, step, H, s):
        assert step.members == tuple(self.model.names[i] for i in H)
        assert self.state(step.origin) == s
        if step.moves:
            self.sequence(step.moves, s, self.state(step.target), H)
        else:
            assert self.rule == "one_jump"
        return self.state(step.target)

    def sequence(self, told, start, end, by):
        here, last = start, None
        for move in told:
            mover = self.model.names.index(move.mover)
            assert mover in by
            assert mover != last
            assert self.state(move.origin) == here
            here, last = self.state(move.target), mover
            assert here in moves(self.model, mover, self.state(move.origin))
        assert here == end

    def sanction(self, found, H, s, start, concept):
        model, here, last = self.model, start, None
        for step in found.sequence:
            movers = tuple(model.names.index(name) for name in step.members)
            assert not set(movers) & set(H)
            assert movers != last
            assert self.state(step.origin) == here
            target = self.state(step.target)
            self.sequence(step.moves, here, target, movers)
            if concept == "seq":
                assert literal.all_better(model, movers, target, here)
                if self.rule == "one_jump":
                    assert target in improvements(model, movers[0], here)
            here, last = target, movers
        assert here == self.state(found.result)
        assert not literal.all_better(model, H, here, s)
        worse = [model.names[i] for i in H if model.better(i, s, here)]
        equal = [model.names[i] for i in H if model.rank(i, s) == model.rank(i, here)]
        assert (list(found.worse_for), list(found.equal_for)) == (worse, equal)
        if concept == "smr":
            assert not any(literal.all_better(model, H, q, s) for q in self.together(H)(here))


def check(seed):
    conflict = random_conflict(seed)
    for rule in RULES[: 1 if conflict.is_graph_form else 2]:
        each = Check(conflict, rule)
        for H in literal.all_coalitions(each.model.everybody):
            for state in range(seed % 5, len(each.model.states), 1 + len(each.model.states) // 4):
                for concept in CONCEPTS:
                    each.verdict(H, state, concept)


@pytest.mark.parametrize("seed", FAST)
def test_verdicts_and_what_they_rest_on(seed):
    check(seed)


@pytest.mark.slow
@pytest.mark.parametrize("seed", SLOW)
def test_verdicts_and_what_they_rest_on_many_more(seed):
    check(seed)


@pytest.mark.parametrize("seed", range(20))
def test_one_state_of_many_is_answered_without_looking_at_all(seed, monkeypatch):
    """Large conflicts are answered by another search; on small ones it must say the same."""
    graph = build(random_conflict(seed))
    field = Coalitional(graph)
    for H in literal.all_coalitions(field.everybody):
        for state in range(0, graph.space.size, 1 + graph.space.size // 5):
            expected = judge(field, H, state, "seq")
            with monkeypatch.context() as patch:
                patch.setattr(judging, "MOST_STATES", 0)
                found = judge(field, H, state, "seq")
            assert found.stable == expected.stable
            assert found.sanctions == expected.sanctions
            assert found.improvement == expected.improvement


def test_time_may_run_out_on_large_conflicts(monkeypatch):
    monkeypatch.setattr(judging, "MOST_STATES", 0)
    field = Coalitional(build(random_conflict(3)))
    questions = [
        (H, s) for H in literal.all_coalitions(field.everybody) for s in range(field.graph.space.size)
    ]
    with pytest.raises(RefusedError, match="Time ran out"):
        [judge(field, H, s, "seq", until=0.0) for H, s in questions]
