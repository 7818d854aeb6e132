"""Patterns of states, counted one state after the other from the definitions."""

from collections import Counter
from random import Random

import pytest

from standoff.analyses.patterns import Comparison, pattern
from standoff.errors import UsageError
from standoff.files.reading import read_text
from standoff.report.patterns import shortfall_sentences
from standoff.study import analyse
from tests.example import TEXT
from tests.oracles import literal
from tests.oracles.conflicts import random_conflict
from tests.oracles.plain import plain, true_in
from tests.oracles.statements import random_rule


def by_hand(conflict, expression):
    """The counts of `pattern` and, by concept and decision makers, the nearest states, one by one."""
    model = plain(conflict)
    members = [s for s in model.states if true_in(expression, s)]
    against = {concept: {s: unstable_for(model, concept, s) for s in members} for concept in literal.CORE}
    return {
        "states": len(members),
        "equilibria": {concept: sum(not who for who in each.values()) for concept, each in against.items()},
        "stable": {
            concept: {name: sum(name not in who for who in each.values()) for name in model.names}
            for concept, each in against.items()
        },
        "shortfalls": {
            concept: Counter(who for who in each.values() if who) for concept, each in against.items()
        },
        "nearest": {
            concept: {who: nearest(model, conflict, each, who) for who in set(each.values()) if who}
            for concept, each in against.items()
        },
        "than_status_quo": {
            name: compared(model, i, members, conflict.status_quo) for i, name in enumerate(model.names)
        },
    }


def unstable_for(model, concept, s):
    return tuple(model.names[i] for i in model.everybody if not literal.stable(model, concept, i, s))


def nearest(model, conflict, against, who):
    """Label and distance of the first of the states nearest to the status quo."""
    group = [s for s in model.states if against.get(s) == who]
    closest = min(group, key=lambda s: len(s ^ conflict.status_quo))
    return model.labels[model.states.index(closest)], len(closest ^ conflict.status_quo)


def compared(model, i, members, today):
    return Comparison(
        better=sum(model.better(i, s, today) for s in members),
        equal=sum(model.rank(i, s) == model.rank(i, today) for s in members),
        worse=sum(model.better(i, today, s) for s in members),
    )


@pytest.mark.parametrize("seed", range(60))
def test_random_conflicts_are_counted_as_by_hand(seed):
    conflict = random_conflict(seed, "option", sizes=(3, 4, 5))
    study = analyse(conflict)
    expression = random_rule(Random(seed), list(study.space.options)).statement.expression
    found, expected = pattern(study.graph, study.stable, expression), by_hand(conflict, expression)
    assert found.states == expected["states"]
    assert found.equilibria == expected["equilibria"]
    assert found.stable == expected["stable"]
    assert found.than_status_quo == expected["than_status_quo"]
    for concept, shortfalls in found.shortfalls.items():
        assert {each.decision_makers: each.states for each in shortfalls} == expected["shortfalls"][concept]
        places = {each.decision_makers: (each.nearest, each.distance) for each in shortfalls}
        assert places == expected["nearest"][concept]
        order = [(len(each.decision_makers), -each.states) for each in shortfalls]
        assert order == sorted(order)


def test_every_reason_is_about_somebody_for_whom_the_state_is_not_stable():
    told = 0
    for seed in range(40):
        study = analyse(random_conflict(seed, "option", sizes=(4, 5)))
        found = study.pattern(f"{study.space.options[0]} or not {study.space.options[0]}")
        against = {dm for each in found.shortfalls["seq"] for dm in each.decision_makers}
        head, *reasons = shortfall_sentences(study, found)
        assert len(reasons) == len(against)
        assert head.startswith("Stable under SEQ for everybody in" if against else ("Both", "All", "It is"))
        told += len(reasons)
    assert told > 20


def test_a_statement_is_read_as_in_the_model_file():
    study = analyse(read_text(TEXT))
    assert study.pattern("relief").states == study.pattern("us.relief").states == 6
    assert study.pattern("all_of(us.relief, not us.relief)").states == 0
    deal = study.pattern("us.relief and dprk.freeze and not us.exercises")
    assert deal.states == 1
    assert deal.equilibria == {"nash": 0, "gmr": 1, "smr": 1, "seq": 1, "sseq": 1}
    assert deal.shortfalls["nash"][0].decision_makers == ("us", "dprk")
    assert deal.shortfalls["nash"][0].nearest == "deal"
    assert deal.shortfalls["nash"][0].distance == 2
    assert deal.than_status_quo["us"] == Comparison(better=1, equal=0, worse=0)


@pytest.mark.parametrize(
    ("statement", "told"), [("us.releif", "us.relief"), ("", "empty"), ("us.relief and", "breaks off")]
)
def test_what_is_no_statement_is_refused_with_its_cure(statement, told):
    with pytest.raises(UsageError, match=told):
        analyse(read_text(TEXT)).pattern(statement)


def test_a_conflict_without_options_has_no_patterns():
    with pytest.raises(UsageError, match="no options"):
        analyse(random_conflict(1, "graph")).pattern("a")
