"""Many rankings of one graph in one call: separate copies of the graph, solved as one."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from standoff.graph import GraphModel
from standoff.progress import Progress
from standoff.stability.engine.choice import BackEnd, back_end
from standoff.stability.engine.menus import Ints, Menus, menus
from standoff.stability.engine.problem import Regions, problem
from standoff.stability.engine.solve import ignore, regions, stability
from standoff.stability.engine.threads import together

AT_ONCE = 1 << 15
"""About so many states are solved together: enough for the overhead, few enough for the cache."""


def solve_batch(
    graph: GraphModel, rankings: Ints, engine: str = "auto", progress: Progress | None = None
) -> NDArray[np.uint8]:
    """Return the core stability of every state under each of many rankings.

    Parameters
    ----------
    rankings : int32 array (samples, decision makers, states)
        As `GraphModel.ranks`: larger is better, equal is a tie, none negative.

    Returns
    -------
    uint8 array (samples, decision makers, states)
        Bits as in `CoreStability.stable`.
    """
    samples, _, states = rankings.shape
    back = back_end(engine, rankings.size)
    back.get_ready()
    own = [menus(arcs) for arcs in graph.arcs]
    areas = [regions(graph, dm) for dm in range(len(own))]
    stable = np.empty(rankings.shape, np.uint8)
    size = max(1, min(AT_ONCE // states, samples))
    copies = [each.copies(size, states) for each in own]

    def work(first: int) -> int:
        chunk = rankings[first : first + size]
        number = chunk.shape[0]
        here = copies if number == size else [each.copies(number, states) for each in own]
        stable[first : first + number] = _chunk(chunk, here, areas, back)
        return first + number

    firsts = range(0, samples, size)
    for done in together(work, firsts, rankings.size if states <= AT_ONCE else 0):
        if progress:
            progress("stability", done / samples)
    return stable


def _chunk(
    rankings: Ints, copies: Sequence[Menus], areas: Sequence[Regions], back: BackEnd
) -> NDArray[np.uint8]:
    number, parties, states = rankings.shape
    ranks = [np.require(rankings[:, dm].ravel(), np.int32, ["C", "W"]) for dm in range(parties)]
    transitive = all(each.transitive for each in copies)
    arranged = problem(
        copies.__getitem__, ranks, _copied(areas, number), back.improvements, transitive=transitive
    )
    found = stability(arranged, back, ignore)
    return found.reshape(parties, number, states).swapaxes(0, 1)


def _copied(areas: Sequence[Regions], number: int) -> Callable[[int], Regions]:
    def of(dm: int) -> Regions:
        region, count = areas[dm]
        shifts = np.arange(number, dtype=np.int32)[:, None] * np.int32(count)
        return (region[None, :] + shifts).ravel(), count * number

    return of
