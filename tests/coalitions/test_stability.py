"""Stability against coalitions: equality with the literal definitions on random small conflicts."""

import numpy as np
import pytest

from standoff.analyses.coalitions import clock
from standoff.analyses.coalitions import survey as all_coalitions
from standoff.analyses.coalitions.clock import OutOfTimeError
from standoff.analyses.coalitions.survey import (
    CONCEPTS,
    leaving,
    require_size,
    stable_against,
    universally_stable,
    work,
)
from standoff.analyses.coalitions.ways import RULES, Coalitional
from standoff.errors import RefusedError
from standoff.files.reading import read_text
from standoff.stability.survey import survey
from standoff.study import build
from tests.coalitions import literal
from tests.oracles.conflicts import random_conflict
from tests.oracles.plain import plain

FAST = range(30)
SLOW = range(30, 130)


def disagreements(seed):
    return disagreements_of(random_conflict(seed))


def disagreements_of(conflict):
    model, graph = plain(conflict), build(conflict)
    jumps = lambda H: literal.joint_jumps(conflict, H, model.states)  # noqa: E731
    wrong = []
    for rule in RULES[: 1 if conflict.is_graph_form else 2]:
        field = Coalitional(graph, rule)
        universal = {concept: np.ones(len(model.states), bool) for concept in CONCEPTS}
        for H in literal.all_coalitions(model.everybody):
            for concept in CONCEPTS:
                found = stable_against(field, H, concept)
                expected = [literal.holds_against(model, H, s, concept, rule, jumps) for s in model.states]
                universal[concept] &= expected
                if found.tolist() != expected:
                    wrong.append((rule, H, concept))
        everywhere = universally_stable(field)
        assert everywhere.looked_at == everywhere.coalitions
        for concept, states in everywhere.stable.items():
            if states.tolist() != np.flatnonzero(universal[concept]).tolist():
                wrong.append((rule, "universal", concept))
    return wrong


@pytest.mark.parametrize("seed", FAST)
def test_stability_is_as_defined(seed):
    assert disagreements(seed) == []


@pytest.mark.slow
@pytest.mark.parametrize("seed", SLOW)
def test_stability_is_as_defined_on_many_more(seed):
    assert disagreements(seed) == []


INTRANSITIVE = """
standoff: 1
name: Two steps of one party in a row, each in a coalition of its own
states: [q0, q1, q2, q3]
status_quo: q0
decision_makers:
  d0:
    moves: [[q1, q0], [q1, q2], [q1, q3], [q2, q1], [q3, q0], [q3, q1], [q3, q2]]
    ranking: [q0, [q1, q3], q2]
  d1:
    moves: [[q0, q1], [q1, q3], [q2, q0], [q3, q0], [q3, q2]]
    ranking: [[q1, q2, q3], q0]
  d2:
    moves: [[q0, q2], [q1, q0], [q2, q1], [q2, q3], [q3, q0]]
    ranking: [q2, [q0, q3], q1]
"""


def test_seq_need_not_imply_gmr_where_moves_are_not_transitive():
    conflict = read_text(INTRANSITIVE).conflict
    assert disagreements_of(conflict) == []
    stable = universally_stable(Coalitional(build(conflict))).stable
    assert (stable["gmr"].tolist(), stable["seq"].tolist()) == ([0, 1, 3], [0, 1, 2, 3])


@pytest.mark.parametrize("seed", range(60))
def test_single_members_are_as_decision_makers_alone(seed):
    """Nash, GMR and SMR are the same; SEQ holds at least where it does alone, and just there for two parties."""
    graph = build(random_conflict(seed))
    alone = survey(graph).stable
    field = Coalitional(graph)
    for dm in field.everybody:
        for concept in ("nash", "gmr", "smr"):
            assert (stable_against(field, (dm,), concept) == alone[concept][dm]).all()
        found = stable_against(field, (dm,), "seq")
        assert (found >= alone["seq"][dm]).all()
        if len(field.everybody) < 3:
            assert (found == alone["seq"][dm]).all()


@pytest.mark.parametrize("seed", range(40))
def test_concepts_imply_each_other(seed):
    field = Coalitional(build(random_conflict(seed)))
    for H in literal.all_coalitions(field.everybody):
        stable = {concept: stable_against(field, H, concept) for concept in CONCEPTS}
        for stronger, weaker in (("nash", "smr"), ("smr", "gmr"), ("nash", "seq"), ("seq", "gmr")):
            assert (stable[stronger] <= stable[weaker]).all()
        if len(H) == len(field.everybody):
            assert (stable["gmr"] == stable["nash"]).all()


class Ticks:
    """A clock that goes on by one at each look."""

    def __init__(self):
        self.now = 0

    def __call__(self):
        self.now += 1
        return self.now


@pytest.mark.parametrize("until", [0, 3, 10, 25])
def test_what_time_runs_out_for_is_left_out(until, monkeypatch):
    graph = build(random_conflict(3))
    field = Coalitional(graph)
    coalitions = literal.all_coalitions(field.everybody)
    complete, asked = leaving(field, 0, "seq", coalitions)
    assert asked == len(coalitions)
    monkeypatch.setattr(clock, "monotonic", Ticks())
    found, asked = leaving(Coalitional(graph), 0, "seq", coalitions, until)
    assert found == tuple(each for each in complete if each in coalitions[:asked])
    assert asked < len(coalitions)
    monkeypatch.setattr(clock, "monotonic", Ticks())
    everywhere = universally_stable(Coalitional(graph), until=until)
    assert everywhere.looked_at < everywhere.coalitions
    looked_at = coalitions[::-1][: everywhere.looked_at]
    for concept, states in everywhere.stable.items():
        held = [stable_against(field, H, concept) for H in looked_at]
        expected = np.logical_and.reduce([np.ones(field.graph.space.size, bool), *held])
        assert states.tolist() == np.flatnonzero(expected).tolist()


def test_counting_states_stops_when_time_is_up():
    field = Coalitional(build(random_conflict(3)))
    for concept in CONCEPTS:
        with pytest.raises(OutOfTimeError):
            stable_against(field, (0,), concept, until=0.0)


@pytest.mark.parametrize("seed", range(10))
def test_work_counts_where_all_who_may_reply_can_go(seed):
    conflict = random_conflict(seed)
    field = Coalitional(build(conflict))
    size, expected = field.graph.space.size, 0
    coalitions = literal.all_coalitions(field.everybody)
    for K in coalitions:
        for H in [(), *coalitions]:
            if not set(K) & set(H):
                options = sum(len(conflict.decision_makers[dm].options) for dm in K)
                expected += size * (size if conflict.is_graph_form else min(size, 2**options))
    assert work(field) == expected * (1 if field.graph.is_transitive else 3)


def test_too_much_work_is_refused_in_words_unless_there_is_a_time_limit(monkeypatch):
    field = Coalitional(build(random_conflict(3)))
    monkeypatch.setattr(all_coalitions, "MOST_WORK", work(field))
    require_size(field)
    monkeypatch.setattr(all_coalitions, "MOST_WORK", work(field) - 1)
    require_size(field, timed=True)
    with pytest.raises(RefusedError, match=rf"{work(field):,} looks .*--time-limit"):
        universally_stable(field)
