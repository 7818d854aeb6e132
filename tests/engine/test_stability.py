"""The engine against the definitions, against a simple engine, and its back ends against each other."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from standoff.graph import GraphModel, graph_model
from standoff.preferences import rankings
from standoff.stability.engine import CORE, numba_engine, numpy_engine, solve
from standoff.states.space import state_space
from tests.engine import matrices
from tests.engine.graphs import listed_graph, option_graph, staircase
from tests.oracles import literal
from tests.oracles.conflicts import random_conflict
from tests.oracles.plain import plain

ENGINES = ("numpy", "numba")


@pytest.fixture(params=["passes", "partial passes", "sweeps"])
def way(request, monkeypatch):
    """Settle by passes, over all states or where values fell, or break off after one round and sweep."""
    if request.param == "partial passes":
        monkeypatch.setattr(numpy_engine, "FEW", 0)
        monkeypatch.setattr(numpy_engine, "PART", 1)
    if request.param == "sweeps":
        monkeypatch.setattr(numpy_engine, "ROUNDS", 1)
        monkeypatch.setattr(numba_engine, "ROUNDS", 1)


def by_definition(seed: int) -> tuple[GraphModel, np.ndarray]:
    conflict = random_conflict(seed)
    model = plain(conflict)
    space = state_space(conflict)
    found = [
        [
            sum(literal.stable(model, concept, i, s) << bit for bit, concept in enumerate(CORE))
            for s in model.states
        ]
        for i in model.everybody
    ]
    return graph_model(conflict, space, rankings(conflict, space)), np.array(found)


@pytest.mark.parametrize("seeds", [range(a, a + 50) for a in range(10_000, 10_300, 50)])
def test_conflicts_of_every_kind_match_the_definitions(seeds, way):
    for seed in seeds:
        graph, expected = by_definition(seed)
        for engine in ENGINES:
            assert np.array_equal(solve(graph, engine).stable, expected), (seed, engine)


@pytest.mark.slow
@pytest.mark.parametrize("seeds", [range(a, a + 100) for a in range(20_000, 22_000, 100)])
def test_two_thousand_more_conflicts_match_the_definitions(seeds):
    for seed in seeds:
        graph, expected = by_definition(seed)
        for engine in ENGINES:
            assert np.array_equal(solve(graph, engine).stable, expected), (seed, engine)


SHAPES = {
    "one party": ([3], {}),
    "a party without options": ([2, 0, 3], {}),
    "sparse": ([3, 3, 3], {"share": 0.15}),
    "ties": ([2, 3, 2], {"levels": 4}),
    "irreversible": ([3, 2, 3], {"locked": 0.3}),
    "forbidden": ([3, 2, 2], {"forbidden": 2}),
    "forbidden and irreversible, ties": ([2, 3, 2], {"forbidden": 1, "locked": 0.2, "levels": 5}),
    "groups of 128": ([7, 1, 1], {"locked": 0.05}),
    "eight parties": ([1] * 8, {}),
}


@cache
def by_matrices(shape: str, seed: int) -> tuple[GraphModel, np.ndarray]:
    owned, kind = SHAPES[shape]
    graph = option_graph(seed, owned, **kind)
    return graph, matrices.stability(graph)


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("seed", range(3))
def test_shapes_match_the_simple_engine(shape, seed, way):
    graph, expected = by_matrices(shape, seed)
    for engine in ENGINES:
        assert np.array_equal(solve(graph, engine).stable, expected)


@pytest.mark.slow
@pytest.mark.parametrize(
    "kind", [{}, {"levels": 9}, {"locked": 0.2}, {"forbidden": 2}, {"share": 0.3, "locked": 0.1}]
)
@pytest.mark.parametrize("owned", [[9, 1], [1, 9], [1, 8, 1]])
def test_groups_of_512_match_the_simple_engine(owned, kind, way):
    graph = option_graph(5, owned, **kind)
    expected = matrices.stability(graph)
    for engine in ENGINES:
        assert np.array_equal(solve(graph, engine).stable, expected)


@pytest.mark.parametrize("seed", range(6))
def test_graph_form_matches_the_simple_engine(seed, way):
    graph = listed_graph(seed, 60, 2 + seed % 3, out=1 + seed % 3, levels=(None, 7)[seed % 2])
    expected = matrices.stability(graph)
    for engine in ENGINES:
        assert np.array_equal(solve(graph, engine).stable, expected)


LARGE = {
    "strict": option_graph(1, [4, 5, 4, 4]),
    "all feasible": option_graph(2, [3, 6, 7], share=1.1),
    "sparse": option_graph(3, [5, 5, 5, 4], share=0.05),
    "ties": option_graph(4, [4, 4, 4, 4], levels=12),
    "irreversible": option_graph(5, [5, 4, 5], locked=0.2),
    "forbidden": option_graph(6, [4, 5, 4], forbidden=1),
    "many parties": option_graph(7, [2] * 8, levels=100),
    "graph form": listed_graph(8, 3_000, 3, out=3),
}


@pytest.mark.parametrize("kind", LARGE)
def test_both_back_ends_agree_on_large_conflicts(kind):
    graph = LARGE[kind]
    assert np.array_equal(solve(graph, "numpy").stable, solve(graph, "numba").stable)


@pytest.mark.parametrize("falling", [True, False])
def test_a_staircase_matches_the_simple_engine(falling, way):
    graph = staircase(5, falling=falling)
    expected = matrices.stability(graph)
    for engine in ENGINES:
        assert np.array_equal(solve(graph, engine).stable, expected)


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("falling", [True, False])
def test_a_long_staircase_is_swept(falling, engine):
    """Taking its option gains the focal decision maker less than one step of the walk costs or gains.

    Steps are worse for it: whoever can still climb deters it, by credible moves. Steps are better:
    only steps back deter it, and nobody gains by them.
    """
    graph = staircase(13, falling=falling)
    focal = solve(graph, engine).stable[0]
    left = graph.space.codes & 1 == 0
    height = graph.ranks[1]
    can_deter = height < height.max() if falling else height > 0
    bits = 0b11110 if falling else 0b00110
    assert np.array_equal(focal[left], np.where(can_deter, bits, 0)[left])
    assert (focal[~left] == 0b11111).all()
