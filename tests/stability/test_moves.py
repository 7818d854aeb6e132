"""The moves of the graph model against the moves of the definition."""

from __future__ import annotations

import pytest

from standoff.model.conflict import Conflict, DecisionMaker, Literal, Option, Prioritising
from standoff.model.statement import Count, Not, Taken
from tests.oracles import literal
from tests.oracles.conflicts import random_conflict
from tests.oracles.plain import plain
from tests.oracles.statements import rule
from tests.stability.answers import graph_of


def assert_same_moves(conflict: Conflict, states: range | None = None) -> None:
    graph, model = graph_of(conflict), plain(conflict)
    place = {s: index for index, s in enumerate(model.states)}
    for i in model.everybody:
        for index in states or range(len(model.states)):
            s = model.states[index]
            here = graph.moves(i, index).tolist(), graph.improvements(i, index).tolist()
            wanted = literal.moves(model, i, s), literal.improvements(model, i, s)
            assert here == tuple([place[q] for q in each] for each in wanted)
            onto = graph.moves_onto(i, index).tolist(), graph.improvements_onto(i, index).tolist()
            origins = [q for q in model.states if s in literal.moves(model, i, q)]
            gaining = [q for q in model.states if s in literal.improvements(model, i, q)]
            assert onto == ([place[q] for q in origins], [place[q] for q in gaining])


@pytest.mark.parametrize("block", range(6))
def test_moves_are_those_of_the_definition(block):
    for seed in range(50 * block, 50 * block + 50):
        assert_same_moves(random_conflict(seed))


def test_moves_are_transitive_where_the_graph_says_so():
    said, not_said = 0, 0
    for seed in range(150):
        conflict = random_conflict(seed)
        graph, model = graph_of(conflict), plain(conflict)
        if not graph.is_transitive:
            not_said += 1
            continue
        said += 1
        for i in model.everybody:
            for s in model.states:
                two_steps = {r for q in literal.moves(model, i, s) for r in literal.moves(model, i, q)}
                assert two_steps - {s} <= set(literal.moves(model, i, s)), f"seed {seed}"
    assert said > 40
    assert not_said > 40


def test_groups_of_512_states():
    for seed, owned in enumerate([(9, 0), (8, 1), (1, 8), (7, 1, 1)]):
        assert_same_moves(random_conflict(seed, "option", owned=owned), range(1))


@pytest.mark.parametrize("number", [11, 12, 13, 14])
def test_many_options_of_which_few_can_be_taken(number):
    """With more patterns of own options than there are states, groups are found in another way."""
    own = [f"a.o{k}" for k in range(number)]
    conflict = Conflict(
        name="Example",
        decision_makers=(
            DecisionMaker(id="b", name="B", options=options(["b.x"]), preference=prefers("b.x", "a.o0")),
            DecisionMaker(id="a", name="A", options=options(own), preference=prefers("a.o3", "b.x", "a.o1")),
        ),
        status_quo=frozenset(),
        feasible=(rule(Count(tuple(map(Taken, own)), "<=", 1)),),
        irreversible=(Literal(option="a.o1"), Literal(option="a.o2", taken=False)),
    )
    assert_same_moves(conflict)


def options(names: list[str]) -> tuple[Option, ...]:
    return tuple(Option(name=name, label=name) for name in names)


def prefers(*names: str) -> Prioritising:
    statements = [Taken(names[0]), *(Not(Taken(name)) for name in names[1:])]
    return Prioritising(statements=tuple(map(rule, statements)))
