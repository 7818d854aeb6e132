"""The same equilibria as the definitions and the engine, each once, each with a reason that holds."""

from __future__ import annotations

import pytest
from bench.propositional import sparse_conflict

from standoff.errors import RefusedError
from standoff.stability.propositional import find_equilibria, iterate_equilibria, witnesses
from standoff.study import analyse
from tests.oracles import literal
from tests.oracles.plain import plain
from tests.propositional.random_conflicts import stated_conflict
from tests.propositional.replay import check

CONCEPTS = ("nash", "gmr", "seq")
FAST = [range(start, start + 20) for start in range(0, 160, 20)]
SLOW = [range(start, start + 100) for start in range(1_000, 3_000, 100)]


def assert_agreement(seed: int, **shape) -> set[str]:
    """Compare with the literal evaluator; return the concepts that were not refused."""
    conflict = stated_conflict(seed, **shape)
    model = plain(conflict)
    done = set()
    for concept in CONCEPTS:
        try:
            found = find_equilibria(conflict, concept)
        except RefusedError:
            continue
        done.add(concept)
        states = [frozenset(each.taken) for each in found.equilibria]
        assert len(states) == len(set(states)), f"seed {seed}: {concept} repeats a state"
        assert set(states) == set(literal.equilibria(model, concept)), f"seed {seed}: {concept}"
        assert found.complete
        assert found.stopped is found.reason is None
        for each in found.equilibria:
            check(each, model, concept)
    return done


@pytest.mark.parametrize("seeds", FAST, ids=str)
def test_all_equilibria_of_random_conflicts_are_found(seeds):
    done = [concept for seed in seeds for concept in assert_agreement(seed)]
    assert done.count("nash") == len(seeds)
    assert done.count("gmr") > len(seeds) / 4
    assert done.count("seq") > len(seeds) / 8


@pytest.mark.parametrize("seeds", FAST[:4], ids=str)
def test_two_decision_makers_are_never_refused(seeds):
    for seed in seeds:
        assert assert_agreement(seed, owned=((3, 3), (2, 4), (3, 2))[seed % 3]) == set(CONCEPTS)


@pytest.mark.parametrize("seeds", FAST[:4], ids=str)
def test_three_free_decision_makers(seeds):
    for seed in seeds:
        assert_agreement(seed, owned=(2, 2, 2), plain_moves=True)


@pytest.mark.slow
@pytest.mark.parametrize("seeds", SLOW, ids=str)
def test_all_equilibria_of_many_random_conflicts_are_found(seeds):
    for seed in seeds:
        assert_agreement(seed)


@pytest.mark.parametrize("parties", [2, 3, 4])
@pytest.mark.parametrize("seed", range(4))
def test_engine_finds_the_same(seed, parties):
    conflict = sparse_conflict(seed, options=10, parties=parties, statements=8)
    study = analyse(conflict)
    for concept in CONCEPTS if parties == 2 else ("nash",):
        listed = {study.space.taken(int(state)) for state in study.equilibrium_states(concept)}
        assert {each.taken for each in find_equilibria(conflict, concept).equilibria} == listed


@pytest.mark.parametrize("seed", range(20))
def test_witnesses_of_any_state(seed):
    conflict = stated_conflict(seed, owned=(2, 2))
    model = plain(conflict)
    for s in model.states:
        for concept in CONCEPTS:
            for i, witness in enumerate(witnesses(conflict, s, concept).values()):
                improvement = getattr(witness, "improvement", None)
                assert (improvement is None) == literal.stable(model, concept, i, s)
                if improvement is not None:
                    s1 = frozenset(improvement)
                    assert s1 in literal.improvements(model, i, s)
                    assert not literal.sanctioned(model, concept, i, s, s1, literal.LEGAL_SEQUENCE)


def test_the_iterator_yields_the_same():
    conflict = stated_conflict(3)
    assert {each.taken for each in iterate_equilibria(conflict)} == {
        each.taken for each in find_equilibria(conflict).equilibria
    }
