"""Gates mean what the statements mean, under every assignment."""

from __future__ import annotations

from itertools import product
from random import Random

import pytest

from standoff.model.conflict import Prioritising, Weighting
from standoff.model.statement import holds
from standoff.stability.propositional.circuit import FALSE, TRUE, Circuit
from standoff.stability.propositional.solver import Clock, Solver
from standoff.stability.propositional.values import better, no_worse, values
from tests.oracles.conflicts import random_weighting
from tests.oracles.plain import true_in
from tests.oracles.statements import random_expression, random_rule

OPTIONS = ["p.a", "p.b", "q.a", "q.b"]
STATES = [
    frozenset(option for option, bit in zip(OPTIONS, bits, strict=True) if bit)
    for bits in product((False, True), repeat=len(OPTIONS))
]


def constants(taken):
    return {option: TRUE if option in taken else FALSE for option in OPTIONS}


@pytest.mark.parametrize("seed", range(60))
def test_truth_is_the_same_in_gates_clauses_and_words(seed):
    expression = random_expression(Random(seed), OPTIONS, 3)
    circuit = Circuit()
    variables = {option: circuit.variable() for option in OPTIONS}
    gate = circuit.truth(expression, variables)
    with Solver(circuit, Clock()) as solver:
        for taken in STATES:
            wanted = true_in(expression, taken)
            assert holds(expression, taken) == wanted
            assert circuit.truth(expression, constants(taken)) == (TRUE if wanted else FALSE)
            state = [variable if option in taken else -variable for option, variable in variables.items()]
            assert solver.solve([*state, gate]) == wanted
            assert solver.solve([*state, -gate]) != wanted


def worth(preference, taken):
    match preference:
        case Prioritising(statements=rules):
            return [true_in(rule.statement.expression, taken) for rule in rules]
        case Weighting(weights=weights):
            return sum(weight for rule, weight in weights if true_in(rule.statement.expression, taken))


@pytest.mark.parametrize("seed", range(40))
def test_states_compare_as_their_preferences(seed):
    random = Random(seed)
    preference = (
        random_weighting(random, OPTIONS)
        if seed % 2
        else Prioritising(statements=tuple(random_rule(random, OPTIONS) for _ in range(4)))
    )
    known = values(preference)
    for one, other in product(STATES, repeat=2):
        circuit = Circuit()
        changed = one ^ other
        first, second = (known.vector(circuit, constants(taken), changed) for taken in (one, other))
        assert (better(circuit, first, second) == TRUE) == (worth(preference, one) > worth(preference, other))
        assert (no_worse(circuit, first, second) == TRUE) == (
            worth(preference, one) >= worth(preference, other)
        )


def test_a_gate_is_made_once():
    circuit = Circuit()
    a, b = circuit.variable(), circuit.variable()
    assert circuit.both(a, b) == circuit.both(b, a)
    assert circuit.differ(a, -b) == -circuit.differ(b, a)
    assert circuit.both(a, -a) == circuit.differ(a, a) == FALSE
    assert circuit.either(a, -a) == circuit.differ(a, -a) == TRUE
    assert circuit.differ(a, TRUE) == -a
    assert circuit.all([]) == TRUE
