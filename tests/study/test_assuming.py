"""What if a statement were true from here on: the same as leaving out the states in which it is false."""

from dataclasses import replace
from random import Random

import pytest

from standoff.errors import UsageError
from standoff.files.reading import read_text
from standoff.study import analyse, analysed, assuming, prepare
from standoff.study.ripeness import ripe
from tests.example import TEXT
from tests.oracles import literal
from tests.oracles.conflicts import random_conflict
from tests.oracles.plain import plain, true_in
from tests.oracles.statements import random_rule


@pytest.mark.parametrize("seed", range(60))
def test_stability_is_that_of_the_states_left(seed):
    conflict, random = random_conflict(seed, "option", sizes=(3, 4)), Random(seed)
    options = [option.name for option in conflict.options]
    statement = random_rule(random, options).statement
    whole = plain(conflict)
    left = [k for k, s in enumerate(whole.states) if true_in(statement.expression, s)]
    if not left:
        return
    model = replace(
        whole,
        states=tuple(whole.states[k] for k in left),
        labels=tuple(whole.labels[k] for k in left),
        answers={},
    )
    at = random.choice(model.labels)
    study = analysed(conflict, statement.text, at)
    assert study.states == model.labels
    assert study.assumed == statement.text
    for concept in literal.CORE:
        for i, dm in enumerate(model.names):
            stable = [literal.stable(model, concept, i, s) for s in model.states]
            expected = tuple(label for label, holds in zip(model.labels, stable, strict=True) if holds)
            assert study.stable_states(concept, dm) == expected
    assert ripe(study, at).assumed == statement.text


def test_an_assumption_that_the_state_contradicts_is_refused_with_the_nearest_state_that_does_not():
    study = prepare(read_text(TEXT))
    with pytest.raises(UsageError, match=r"not true in s1.*nearest one is s5 \(--at s5\)"):
        assuming(study, "dprk.freeze")
    with pytest.raises(UsageError, match="No feasible state satisfies"):
        assuming(study, "dprk.freeze and dprk.test")
    with pytest.raises(UsageError, match=r"us\.relief"):
        assuming(study, "us.releif")


def test_where_the_status_quo_contradicts_it_the_state_looked_at_takes_its_place():
    study = analysed(read_text(TEXT), "dprk.freeze", "deal")
    assert study.status_quo == "deal"
    assert len(study.states) == 4
    again = assuming(analyse(read_text(TEXT)), "dprk.freeze", "deal")
    assert again.equilibria == study.equilibria


def test_in_graph_form_nothing_can_be_assumed():
    with pytest.raises(UsageError, match="no options"):
        analysed(random_conflict(1, "graph"), "a")


def test_without_an_assumption_it_is_the_analysis():
    model = read_text(TEXT)
    assert analysed(model).equilibria == analyse(model).equilibria
