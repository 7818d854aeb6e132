"""Where improvements come to rest, and the worst replies: both engines against plain searches."""

import numpy as np
import pytest

from standoff.stability.engine.reach import FAR, choices, distances
from standoff.stability.engine.resting import resting
from standoff.stability.engine.solve import worst_replies
from tests.engine.graphs import listed_graph, option_graph, staircase


def graphs():
    for seed in range(8):
        yield option_graph(seed, [2, 1, 2], levels=None if seed % 2 else 4)
        yield option_graph(seed, [2, 2, 1], locked=0.3, forbidden=seed % 2)
        yield listed_graph(seed, 12, 3, 1.5, levels=None if seed % 2 else 4)
        yield listed_graph(seed, 30, 2, 1.0)
    yield staircase(6)
    yield staircase(5, falling=False)


def onward(graph):
    """For every state the states that improvements of anybody, one after the other, lead to."""
    n = graph.space.size
    lead = np.eye(n, dtype=bool)
    for s in range(n):
        for dm in range(len(graph.decision_makers)):
            lead[s, graph.improvements(dm, s)] = True
    for k in range(n):
        lead |= lead[:, k][:, None] & lead[k]
    return lead


@pytest.mark.parametrize("graph", list(graphs()), ids=lambda graph: f"{graph.space.size}")
def test_sinks_are_the_states_that_everything_after_them_leads_back_to(graph):
    lead = onward(graph)
    sink = (lead <= lead.T).all(axis=1)
    found = resting(graph, choices(graph))
    assert (found.sink == sink).all()
    together = found.component[sink][:, None] == found.component[sink]
    assert (together == (lead & lead.T)[np.ix_(sink, sink)]).all()
    for rank in graph.ranks:
        lowest = [rank[lead[s] & sink].min() for s in range(rank.size)]
        assert (found.worst(rank) == lowest).all()


@pytest.mark.parametrize("engine", ["numpy", "numba"])
@pytest.mark.parametrize("graph", list(graphs()), ids=lambda graph: f"{graph.space.size}")
def test_worst_replies_are_the_worst_of_what_the_others_reach(graph, engine):
    if engine == "numba":
        pytest.importorskip("numba")
    dms = range(len(graph.decision_makers))
    found = worst_replies(graph, dms, engine)
    for dm in dms:
        others = [j for j in dms if j != dm]
        for s in range(0, graph.space.size, 1 + graph.space.size // 8):
            for row, improving in enumerate((False, True)):
                reached = distances(graph, s, others, improving=improving).min(axis=0) < FAR
                reached[s] = True
                assert found[dm, row, s] == graph.ranks[dm][reached].min()
