"""Every verdict says what the definition says, and its witness proves it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from standoff.errors import RefusedError
from standoff.model.conflict import Conflict
from standoff.stability import judge
from standoff.stability.verdict import Deterred, Move, NoImprovement, NoMove, Unpunished, Verdict
from tests.oracles import examples, literal
from tests.oracles.conflicts import conflicts, random_conflict
from tests.oracles.literal import CORE, LEGAL_SEQUENCE, ONCE_PER_DM
from tests.oracles.plain import plain
from tests.oracles.replay import check
from tests.stability.answers import blocks, graph_of

BOTH_RULES = (LEGAL_SEQUENCE, ONCE_PER_DM)


def every_question(conflict: Conflict, most_states: int = 10):
    """Yield each verdict on at most so many states, with the plain data and what it is about."""
    graph, model = graph_of(conflict), plain(conflict)
    concepts = CORE if conflict.is_graph_form else (*CORE, "sim")
    for place in range(0, len(model.states), 1 + len(model.states) // most_states):
        for i in model.everybody:
            for concept in concepts:
                for rule in BOTH_RULES:
                    yield (
                        judge(graph, i, place, concept, rule),
                        model,
                        (concept, i, model.states[place], rule),
                    )


def assert_every_verdict_is_proven(conflict: Conflict, most_states: int = 10) -> None:
    for verdict, model, (concept, i, s, rule) in every_question(conflict, most_states):
        label = model.labels[model.states.index(s)]
        assert (verdict.concept, verdict.decision_maker, verdict.state) == (concept, model.names[i], label)
        assert verdict.stable is literal.stable(model, concept, i, s, rule), f"{verdict}, {rule}"
        check(verdict, model, rule)


@pytest.mark.parametrize("seeds", blocks(range(100), 10), ids=str)
def test_every_verdict_is_proven(seeds):
    for seed in seeds:
        assert_every_verdict_is_proven(random_conflict(seed))


@pytest.mark.slow
@pytest.mark.parametrize("seeds", blocks(range(100, 500), 50), ids=str)
def test_every_verdict_on_many_conflicts_is_proven(seeds):
    for seed in seeds:
        assert_every_verdict_is_proven(random_conflict(seed), most_states=128)


@pytest.mark.parametrize("seeds", blocks(range(60), 10), ids=str)
def test_every_verdict_is_proven_when_reachable_sets_are_searched_as_a_whole(seeds, monkeypatch):
    monkeypatch.setattr("standoff.stability.sanctions.NEAR", 0)
    for seed in seeds:
        assert_every_verdict_is_proven(random_conflict(seed))


@settings(max_examples=60, deadline=None, derandomize=True, database=None)
@given(conflicts())
def test_every_verdict_on_conflicts_that_shrink_is_proven(conflict):
    assert_every_verdict_is_proven(conflict)


@pytest.mark.parametrize("owned", [(1, 1, 1), (2, 1, 1), (1, 1, 1, 1)], ids=str)
def test_every_verdict_on_moves_at_the_same_time_is_proven(owned):
    for seed in range(150):
        conflict = random_conflict(seed, "option", owned=owned)
        graph, model = graph_of(conflict), plain(conflict)
        for i in model.everybody:
            for place, s in enumerate(model.states):
                verdict = judge(graph, i, place, "sim")
                assert verdict.stable is literal.stable(model, "sim", i, s), f"seed {seed}, {verdict}"
                check(verdict, model)


def test_every_kind_of_witness_occurs():
    """Else the tests above would say little."""
    seen = {
        tuple(features(verdict))
        for seed in range(100)
        for verdict, *_ in every_question(random_conflict(seed), 4)
    }
    kinds = {feature for features_ in seen for feature in features_}
    assert kinds == {
        *("NoMove", "NoImprovement", "Deterred", "Unpunished", "escape", "three moves", "sim"),
        *("tie", "worse", "anyway True", "anyway False", "anyway None"),
    }


def features(verdict: Verdict):
    """What there is in a verdict that a test should have met."""
    witness = verdict.witness
    yield type(witness).__name__
    if isinstance(witness, Unpunished) and witness.escape:
        yield "escape"
    for sanction in witness.sanctions if isinstance(witness, Deterred) else ():
        yield "worse" if sanction.worse else "tie"
        if verdict.concept == "sim":
            yield "sim"
            continue
        yield f"anyway {sanction.anyway}"
        if len(sanction.sequence) >= 3:
            yield "three moves"


def test_a_sanction_is_as_short_as_any():
    for seed in range(60):
        conflict = random_conflict(seed, sizes=(2, 3, 4), most_states=5)
        graph, model = graph_of(conflict), plain(conflict)
        for i in model.everybody:
            for place, s in enumerate(model.states):
                for concept in ("gmr", "smr", "seq", "sseq"):
                    assert_shortest(judge(graph, i, place, concept), model, i, s)


def assert_shortest(verdict: Verdict, model, i: int, s) -> None:
    for sanction in verdict.witness.sanctions if isinstance(verdict.witness, Deterred) else ():
        s1 = model.states[model.labels.index(sanction.improvement.target)]
        credible, shorter = verdict.concept in literal.CREDIBLE, len(sanction.sequence) - 1
        ends = literal.ends_of_sequences(model, model.opponents(i), s1, credible, shorter)
        assert not any(literal.deters(model, verdict.concept, i, s, s2) for s2 in ends)


# By hand


def move(mover: str, origin: str, target: str) -> Move:
    return Move(mover=mover, origin=origin, target=target)


def test_the_whole_sequence_is_told():
    verdict = judge(graph_of(examples.TWO_RULES), 0, 0, "sseq")
    (sanction,) = verdict.witness.sanctions
    assert sanction.improvement == move("a", "calm", "push")
    assert sanction.sequence == (
        move("b", "push", "answer"),
        move("c", "answer", "join"),
        move("b", "join", "punished"),
    )
    assert (sanction.result, sanction.worse, sanction.anyway) == ("punished", True, None)


def test_the_escape_is_told():
    witness = judge(graph_of(examples.SEQ_NOT_SMR), 0, 0, "smr").witness
    assert witness == Unpunished(
        improvement=move("i", "calm", "push"),
        reply=(move("j", "push", "reply"),),
        escape=move("i", "reply", "escape"),
    )


def test_nothing_to_do_and_nothing_to_gain_are_told_apart():
    graph = graph_of(examples.ANYWAY)
    calm = graph_of(examples.TWO_RULES)
    assert judge(calm, 0, 1, "nash").witness == NoMove()
    assert judge(graph, 1, 2, "nash").witness == NoImprovement(targets=("s1",))


@pytest.mark.parametrize(("conflict", "anyway"), [(examples.ANYWAY, True), (examples.ONLY_AFTER, False)])
def test_whether_the_harm_comes_anyway_is_told(conflict, anyway):
    (sanction,) = judge(graph_of(conflict), 0, 0, "seq").witness.sanctions
    assert sanction.anyway is anyway


def test_moves_at_the_same_time_need_only_be_feasible_together():
    (sanction,) = judge(graph_of(examples.ONLY_TOGETHER), 0, 0, "sim").witness.sanctions
    assert sanction.improvement == move("i", "s1", "s2")
    assert sorted(sanction.sequence, key=lambda each: each.mover) == [
        move("j", "s1", "s3"),
        move("k", "s1", "s4"),
    ]
    assert (sanction.result, sanction.worse) == ("s5", True)


def test_moves_at_the_same_time_need_options():
    with pytest.raises(RefusedError):
        judge(graph_of(examples.SMR_NOT_SEQ), 0, 0, "sim")
