"""State spaces of random conflicts against a listing by brute force."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations, pairwise
from random import Random

import pytest
from hypothesis import given, settings

from standoff.errors import ModelError, RefusedError
from standoff.model.conflict import Conflict, NamedState
from standoff.model.statement import And, Not, Or, Taken, holds
from standoff.states.contradiction import smallest_contradiction
from standoff.states.enumeration import feasible_codes
from standoff.states.space import state_space
from tests.oracles.conflicts import conflicts, random_conflict
from tests.oracles.plain import feasible_states, plain, true_in
from tests.oracles.statements import random_expression, rule, text_of

OPTIONS = [f"d0.o{k}" for k in range(5)]


def assert_same_states(conflict: Conflict) -> None:
    """The same states in the same order, with the same options, labels and status quo."""
    space, model = state_space(conflict), plain(conflict)
    found = [space.label(index) for index in range(space.size)]
    assert found == list(model.labels)
    assert [space.index(label) for label in model.labels] == list(range(space.size))
    if conflict.is_graph_form:
        assert space.label(space.status_quo) == conflict.status_quo
        return
    assert [frozenset(space.taken(index)) for index in range(space.size)] == list(model.states)
    assert frozenset(space.taken(space.status_quo)) == conflict.status_quo
    for index, taken in enumerate(model.states):
        assert space.find(space.code_of(taken)) == index


@pytest.mark.parametrize("block", range(8))
def test_states_are_those_of_a_listing_by_brute_force(block):
    for seed in range(50 * block, 50 * block + 50):
        assert_same_states(random_conflict(seed))


@settings(max_examples=100, deadline=None, derandomize=True, database=None)
@given(conflicts())
def test_states_of_conflicts_that_shrink(conflict):
    assert_same_states(conflict)


def test_statements_are_true_where_they_are_true_by_definition():
    for seed in range(150):
        random = Random(seed)
        space = state_space(random_conflict(seed, "option", owned=(3, 2)))
        expression = random_expression(random, space.options, depth=3)
        states = [frozenset(space.taken(index)) for index in range(space.size)]
        wanted = [true_in(expression, s) for s in states]
        assert space.where(expression).tolist() == wanted, text_of(expression)
        assert [holds(expression, s) for s in states] == wanted, text_of(expression)


def test_infeasible_combinations_have_no_number():
    for seed in range(60):
        conflict = random_conflict(seed, "option")
        space, feasible = state_space(conflict), set(plain(conflict).states)
        for taken in feasible_states(list(space.options), []):
            assert (space.find(space.code_of(taken)) is not None) == (taken in feasible)


def test_an_infeasible_status_quo_or_named_state_is_refused():
    refused = 0
    for seed in range(60):
        conflict = random_conflict(seed, "option")
        feasible = set(plain(conflict).states)
        options = [option.name for option in conflict.options]
        infeasible = [s for s in feasible_states(options, []) if s not in feasible]
        if not infeasible:
            continue
        refused += 1
        for wrong in (
            replace(conflict, status_quo=infeasible[0]),
            replace(conflict, states=(NamedState(name="impossible", taken=infeasible[0]),)),
        ):
            with pytest.raises(ModelError) as error:
                state_space(wrong)
            assert [fault.code for fault in error.value.faults] == ["infeasible-state"]
    assert refused > 20


def test_too_many_states_are_refused_before_they_are_held():
    options = [f"d.o{k}" for k in range(40)]
    with pytest.raises(RefusedError, match="--max-states"):
        feasible_codes(options, [], max_states=1_000)
    only_one = [Taken(option) for option in options]
    assert feasible_codes(options, only_one, max_states=1).tolist() == [2**40 - 1]


@pytest.mark.parametrize("limit", [1, 7, 8])
def test_the_limit_is_the_number_of_feasible_states(limit):
    options = ["d.a", "d.b", "d.c"]
    if limit < 8:
        with pytest.raises(RefusedError):
            feasible_codes(options, [], max_states=limit)
    else:
        assert feasible_codes(options, [], max_states=limit).size == 8


def test_sixty_two_options_are_listed_exactly():
    """The highest bit is used: all options taken, or none, or all but the first."""
    options = [f"d.o{k}" for k in range(62)]
    alike = [
        Or((And((Taken(one), Taken(other))), And((Not(Taken(one)), Not(Taken(other))))))
        for one, other in pairwise(options[1:])
    ]
    first_needs_second = Or((Not(Taken(options[0])), Taken(options[1])))
    codes = feasible_codes(options, [*alike, first_needs_second])
    assert codes.tolist() == [0, 2**62 - 2, 2**62 - 1]
    with pytest.raises(RefusedError):
        feasible_codes([*options, "d.o62"], [])


# Rules that exclude each other


def satisfiable(rules, chosen) -> bool:
    return bool(feasible_states(OPTIONS, [rules[index] for index in chosen]))


def size_of_the_smallest_contradiction(rules) -> int:
    """By brute force: the least number of rules that no state satisfies together."""
    for size in range(1, len(rules) + 1):
        if any(not satisfiable(rules, chosen) for chosen in combinations(range(len(rules)), size)):
            return size
    raise AssertionError("the rules do not exclude each other")


def contradicting_rules(seed: int) -> list:
    """Random statements, as many as it takes to exclude each other, up to nine."""
    random = Random(seed)
    rules: list = []
    while satisfiable(rules, range(len(rules))):
        rules = rules if len(rules) < 9 else []
        rules.append(random_expression(random, OPTIONS, depth=2))
    random.shuffle(rules)
    return rules


@pytest.mark.parametrize("block", range(4))
def test_the_smallest_contradiction_is_the_smallest(block):
    for seed in range(15 * block, 15 * block + 15):
        rules = contradicting_rules(seed)
        chosen, smallest = smallest_contradiction(rules)
        assert smallest
        assert not satisfiable(rules, chosen)
        assert len(chosen) == size_of_the_smallest_contradiction(rules), f"seed {seed}"


def test_a_smaller_contradiction_is_found_though_dropping_rules_one_by_one_misses_it():
    """Without the first rule the last three still exclude each other; the first two are fewer."""
    a, b, c = map(Taken, OPTIONS[:3])
    rules = [a, Not(a), b, Or((Not(b), c)), Not(c)]
    assert smallest_contradiction(rules) == ((0, 1), True)


def test_a_contradiction_too_long_to_prove_smallest_still_needs_each_of_its_rules():
    """A chain: o1 and not o16, and each option implies the next; nothing can be left out."""
    options = [f"d.o{k}" for k in range(16)]
    chain = [Or((Not(Taken(one)), Taken(other))) for one, other in pairwise(options)]
    rules = [Taken(options[0]), *chain, Not(Taken(options[-1]))]
    chosen, smallest = smallest_contradiction(rules)
    assert not smallest
    assert sorted(chosen) == list(range(len(rules)))


def test_the_fault_names_the_rules_that_exclude_each_other():
    conflict = random_conflict(1, "option")
    first, second = conflict.options[0].name, conflict.options[-1].name
    rules = (rule(Or((Taken(second), Not(Taken(second))))), rule(Taken(first)), rule(Not(Taken(first))))
    with pytest.raises(ModelError) as error:
        state_space(replace(conflict, feasible=rules))
    (fault,) = error.value.faults
    assert fault.code == "no-feasible-state"
    assert "a smallest set" in fault.message
    assert f"'{first}'; 'not {first}'" in fault.message
