"""The engine against the definitions, and the theorems that hold between concepts."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, settings

from standoff.model.conflict import Conflict, DecisionMaker, Prioritising, Weighting
from standoff.stability import judge
from standoff.stability.survey import survey
from tests.oracles import examples, literal
from tests.oracles.conflicts import conflicts, random_conflict
from tests.oracles.literal import CORE, ONCE_PER_DM
from tests.oracles.plain import plain
from tests.oracles.relabel import ranked_directly, relabelled
from tests.stability.answers import blocks, engine_answers, graph_of, literal_answers, stable_labels

FAST = blocks(range(300), 25)
SLOW = blocks(range(300, 1_500), 100)
LARGE = blocks(range(200), 10)
BIG_GROUPS = ((9,), (9, 0), (0, 9), (8, 1), (1, 8), (7, 1, 1), (1, 6, 2), (2, 2, 2, 2), (3, 3, 3))
IMPLIED = (("nash", "sseq"), ("sseq", "seq"), ("seq", "gmr"), ("sseq", "smr"), ("smr", "gmr"))


def assert_agreement(conflict: Conflict, what: str = "") -> None:
    assert engine_answers(graph_of(conflict)) == literal_answers(plain(conflict)), what


# The engine and the definitions


@pytest.mark.parametrize("seeds", FAST, ids=str)
def test_engine_agrees_with_the_definitions(seeds):
    for seed in seeds:
        assert_agreement(random_conflict(seed), f"seed {seed}")


@pytest.mark.slow
@pytest.mark.parametrize("seeds", SLOW, ids=str)
def test_engine_agrees_with_the_definitions_on_many_conflicts(seeds):
    for seed in seeds:
        assert_agreement(random_conflict(seed), f"seed {seed}")


@pytest.mark.slow
@pytest.mark.parametrize("seeds", LARGE, ids=str)
def test_engine_agrees_with_the_definitions_on_up_to_128_states(seeds):
    for seed in seeds:
        assert_agreement(random_conflict(seed, "option", sizes=(6, 7)), f"option form, seed {seed}")
        assert_agreement(random_conflict(seed, "graph", most_states=30), f"graph form, seed {seed}")


@settings(max_examples=100, deadline=None, derandomize=True, database=None)
@given(conflicts())
def test_engine_agrees_with_the_definitions_on_conflicts_that_shrink(conflict):
    assert_agreement(conflict)


@pytest.mark.parametrize("plain_moves", [True, False])
@pytest.mark.parametrize("owned", BIG_GROUPS, ids=str)
def test_engine_agrees_with_the_definitions_on_big_groups(owned, plain_moves):
    """Up to 512 states; the definitions are asked about a few of them."""
    first = 10 * BIG_GROUPS.index(owned)
    for seed in range(first, first + 4):
        conflict = random_conflict(seed, "option", owned=owned, plain_moves=plain_moves)
        model, answers = plain(conflict), engine_answers(graph_of(conflict))
        for place in range(seed % 4, len(model.states), 1 + len(model.states) // 10):
            for concept, rows in answers.items():
                wanted = [literal.stable(model, concept, i, model.states[place]) for i in model.everybody]
                assert [row[place] for row in rows] == wanted, (
                    f"seed {seed}, {model.labels[place]}, {concept}"
                )


@pytest.mark.parametrize("engine", ["numpy", "numba"])
def test_every_engine_says_the_same(engine):
    pytest.importorskip(engine)
    for seed in range(40):
        graph = graph_of(random_conflict(seed))
        assert engine_answers(graph, engine) == engine_answers(graph), f"seed {seed}"


def test_judge_and_engine_say_the_same():
    for seed in range(60):
        graph = graph_of(random_conflict(seed))
        for concept, rows in engine_answers(graph).items():
            judged = [
                [judge(graph, dm, state, concept).stable for state in range(graph.space.size)]
                for dm in range(len(graph.decision_makers))
            ]
            assert judged == rows, f"seed {seed}, {concept}"


# The other sanction rule


@pytest.mark.parametrize("seeds", blocks(range(100), 25), ids=str)
def test_once_per_dm_agrees_with_the_definition(seeds):
    for seed in seeds:
        conflict = random_conflict(seed)
        wanted = literal_answers(plain(conflict), ONCE_PER_DM)
        found = survey(graph_of(conflict), rule=ONCE_PER_DM).stable
        assert {concept: found[concept].tolist() for concept in CORE} == wanted, f"seed {seed}"


@pytest.mark.parametrize("conflict", [examples.TWO_RULES, examples.TWO_RULES_OPTIONS])
def test_the_sanction_rules_differ_on_the_example(conflict):
    graph = graph_of(conflict)
    legal, once = survey(graph).stable, survey(graph, rule=ONCE_PER_DM).stable
    for concept in ("gmr", "smr", "seq", "sseq"):
        assert legal[concept][0][0]
        assert not once[concept][0][0]
        assert judge(graph, 0, 0, concept).stable
        assert not judge(graph, 0, 0, concept, ONCE_PER_DM).stable


# Theorems


@pytest.mark.parametrize("seeds", FAST[:8], ids=str)
def test_the_concepts_imply_each_other_as_proven(seeds):
    """Nash => SSEQ => SEQ => GMR and SSEQ => SMR => GMR."""
    for seed in seeds:
        answers = stable_labels(graph_of(random_conflict(seed)))
        for stronger, weaker in IMPLIED:
            for (concept, dm), states in answers.items():
                if concept == stronger:
                    assert states <= answers[weaker, dm], f"seed {seed}: {stronger} without {weaker}"


@pytest.mark.parametrize(
    ("conflict", "concepts"),
    [(examples.SEQ_NOT_SMR, {"seq", "gmr"}), (examples.SMR_NOT_SEQ, {"smr", "gmr"})],
)
def test_smr_and_seq_are_not_nested(conflict, concepts):
    answers = stable_labels(graph_of(conflict))
    assert {concept for concept in CORE if "calm" in answers[concept, "i"]} == concepts


def test_without_opponents_only_nash_is_left():
    """Nobody can sanction, so all concepts are the same."""
    for seed in range(20):
        answers = engine_answers(graph_of(random_conflict(seed, "option", owned=(3,))))
        assert all(rows == answers["nash"] for rows in answers.values())


# What must not matter


@pytest.mark.parametrize("seeds", FAST[:8], ids=str)
def test_names_and_order_do_not_matter(seeds):
    for seed in seeds:
        conflict = random_conflict(seed)
        other = relabelled(conflict, seed)
        renamed = {
            (concept, other.decision_makers[dm]): {other.states[label] for label in labels}
            for (concept, dm), labels in stable_labels(graph_of(conflict)).items()
        }
        assert stable_labels(graph_of(other.conflict)) == renamed, f"seed {seed}"


@pytest.mark.parametrize("seeds", FAST[:4], ids=str)
def test_only_the_order_of_preference_matters(seeds):
    """Direct rankings, multiplied weights and repeated statements that order the states alike."""
    for seed in seeds:
        conflict = random_conflict(seed)
        wanted = stable_labels(graph_of(conflict))
        for same_order in (ranked_directly(conflict), said_differently(conflict)):
            assert stable_labels(graph_of(same_order)) == wanted, f"seed {seed}"


def said_differently(conflict: Conflict) -> Conflict:
    """Weights times 7/3, and every preference statement twice."""

    def changed(dm: DecisionMaker) -> DecisionMaker:
        match dm.preference:
            case Weighting(weights=weights):
                more = tuple((rule, weight * Fraction(7, 3)) for rule, weight in weights)
                return replace(dm, preference=Weighting(weights=more))
            case Prioritising(statements=rules):
                twice = tuple(rule for rule in rules for _ in range(2))
                return replace(dm, preference=Prioritising(statements=twice))
        return dm

    return replace(conflict, decision_makers=tuple(map(changed, conflict.decision_makers)))
