"""Moves from sets of states, distances and shortest paths against a search state by state."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest

from standoff.stability.engine.reach import FAR, choices, distances, shortest_path
from tests.engine.graphs import listed_graph, option_graph

GRAPHS = {
    "option form": option_graph(1, [2, 3, 2], share=0.6),
    "ties, irreversible": option_graph(2, [3, 2, 2], locked=0.3, levels=5),
    "forbidden": option_graph(3, [3, 2], forbidden=2),
    "one party": option_graph(4, [4]),
    "graph form": listed_graph(5, 30, 3, out=1),
}


def step(graph, improving):
    return graph.improvements if improving else graph.moves


@pytest.mark.parametrize("kind", GRAPHS)
@pytest.mark.parametrize("improving", [False, True])
def test_moves_from_a_set_are_the_moves_from_its_members(kind, improving):
    graph = GRAPHS[kind]
    random = np.random.default_rng(0)
    for dm, own in enumerate(choices(graph)):
        for size in (0, 1, 2, 5, 20):
            chosen = np.unique(random.integers(0, graph.space.size, size))
            expected = {int(t) for s in chosen for t in step(graph, improving)(dm, int(s))}
            assert own.from_any(chosen, improving=improving).tolist() == sorted(expected)


def search(graph, start, improving):
    """Length of a shortest legal sequence to each state, by last mover; one state after the other."""
    found = {}
    todo = [(start, None, 0)]
    for state, last, length in todo:
        for dm in range(len(graph.arcs)):
            for target in step(graph, improving)(dm, state).tolist() if dm != last else ():
                if (dm, target) not in found:
                    found[dm, target] = length + 1
                    todo.append((target, dm, length + 1))
    return found


@pytest.mark.parametrize("kind", GRAPHS)
@pytest.mark.parametrize("improving", [False, True])
def test_distances_and_shortest_paths(kind, improving):
    graph = GRAPHS[kind]
    for start in range(0, graph.space.size, 7):
        expected = search(graph, start, improving)
        far = distances(graph, start, improving=improving)
        for (dm, state), length in np.ndenumerate(far):
            assert length == expected.get((dm, state), FAR)
        for goal in range(graph.space.size):
            path = shortest_path(graph, start, [goal], improving=improving)
            nearest = 0 if goal == start else far[:, goal].min()
            assert (nearest == FAR) if path is None else (len(path) == nearest)
            check(graph, path or (), start, goal if path else start, improving)


def check(graph, path, here, goal, improving):
    last = None
    for dm, origin, target in path:
        assert (origin, dm == last) == (here, False)
        assert target in step(graph, improving)(dm, origin)
        here, last = target, dm
    assert here == goal


def test_only_the_movers_named_take_part():
    graph = GRAPHS["option form"]
    far = distances(graph, 0, movers=[1])
    assert (far[[0, 2]] == FAR).all()
    assert set(np.flatnonzero(far[1] == 1)) == set(graph.moves(1, 0).tolist())
    assert (far[1] > 1).sum() == (far[1] == FAR).sum()


@pytest.mark.parametrize("owned", [[9, 2], [2, 9], [3, 5, 3], [12]])
def test_groups_are_found_by_looking_up_and_by_looking_through(owned):
    for share in (1.0, 0.3, 0.02):
        graph = option_graph(6, owned, share=share)
        codes = graph.space.codes
        for dm, arcs in enumerate(graph.arcs):
            for state in range(0, codes.size, 31):
                same = np.flatnonzero((codes ^ codes[state]) & ~arcs.own == 0)
                assert graph.moves(dm, state).tolist() == same[same != state].tolist()


@pytest.mark.parametrize("kind", GRAPHS)
@pytest.mark.parametrize("improving", [False, True])
def test_what_some_movers_reach_is_the_same_among_the_states_they_cannot_leave(kind, improving):
    """With `prepared` all states are looked at, without it only these; a goal ends the search."""
    graph = GRAPHS[kind]
    prepared = choices(graph)
    parties = range(len(graph.arcs))
    random = np.random.default_rng(2)
    for movers in (m for size in parties for m in combinations(parties, size)):
        for start in range(0, graph.space.size, 5):
            far = distances(graph, start, movers, improving=improving, prepared=prepared)
            assert (distances(graph, start, movers, improving=improving) == far).all()
            goals = random.random(graph.space.size) < 0.1
            nearest = far[:, goals].min(initial=FAR)
            expected = np.where(far > nearest, FAR, far)
            assert (distances(graph, start, movers, improving=improving, goals=goals) == expected).all()
