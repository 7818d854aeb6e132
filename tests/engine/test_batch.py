"""Many rankings of one graph at once give what they give one by one."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from standoff.stability.engine import batch, solve, solve_batch
from tests.engine.graphs import listed_graph, option_graph, ranking

GRAPHS = {
    "option form": option_graph(1, [2, 3, 2]),
    "irreversible": option_graph(2, [3, 2, 2], locked=0.3),
    "forbidden": option_graph(3, [3, 2], forbidden=2),
    "graph form": listed_graph(4, 30, 3, out=2),
}


@pytest.mark.parametrize("kind", GRAPHS)
@pytest.mark.parametrize("engine", ["numpy", "numba"])
def test_a_batch_is_its_samples_one_by_one(kind, engine, monkeypatch):
    monkeypatch.setattr(batch, "AT_ONCE", 500)
    graph = GRAPHS[kind]
    random = np.random.default_rng(0)
    shape = (23, len(graph.arcs))
    rankings = np.array(
        [[ranking(random, graph.space.size, 9) for _ in range(shape[1])] for _ in range(shape[0])], np.int32
    )
    told = []
    found = solve_batch(graph, rankings, engine, lambda phase, fraction: told.append((phase, fraction)))
    assert found.shape == rankings.shape
    for sample, stable in zip(rankings, found, strict=True):
        assert np.array_equal(solve(replace(graph, ranks=tuple(sample)), "numpy").stable, stable)
    assert told[-1] == ("stability", 1.0)
    assert told == sorted(told)


def test_a_batch_of_a_large_graph_is_solved_sample_by_sample():
    graph = option_graph(5, [8, 9])
    rankings = np.array([graph.ranks, graph.ranks[::-1]])
    found = solve_batch(graph, rankings, "numba")
    for sample, stable in zip(rankings, found, strict=True):
        assert np.array_equal(solve(replace(graph, ranks=tuple(sample)), "numba").stable, stable)


def test_no_samples_give_no_results():
    graph = GRAPHS["option form"]
    assert solve_batch(graph, np.empty((0, 3, graph.space.size), np.int32), "numpy").shape[0] == 0
