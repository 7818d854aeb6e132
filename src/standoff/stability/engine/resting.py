"""Where play comes to rest if everybody follows improvements: the sink components of their graph.

The improvement graph has an arrow for each improvement of anybody. A sink component is a largest
set of states that lead to each other and to nothing else: a single state that nobody would leave,
or a cycle in which play goes round for good. Every state leads to at least one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from standoff.graph import GraphModel
from standoff.stability.engine.ladder import NOTHING
from standoff.stability.engine.lists import Lists, improvements
from standoff.stability.engine.menus import Ints, menus
from standoff.stability.engine.numpy_engine import settle
from standoff.stability.engine.reach import Choices, closure


@dataclass(frozen=True, slots=True, eq=False)
class Resting:
    """The sink components of the improvement graph.

    Attributes
    ----------
    sink : bool array (states)
        Whether the state is in one.
    component : int32 array (states)
        The same number for all states of one sink component; elsewhere it means nothing.
    better : lists of everybody's improvements
    """

    sink: NDArray[np.bool_]
    component: Ints
    better: Sequence[Lists]

    def worst(self, rank: Ints) -> Ints:
        """Return the least rank among the sink components that improvements from each state lead to."""
        return _least(np.where(self.sink, rank, NOTHING).astype(np.int32), self.better)


def resting(graph: GraphModel, prepared: Sequence[Choices]) -> Resting:
    """Find the sink components: three passes over the improvements of everybody.

    In a sink component all states lead to the same least-numbered state, which is in it. A state
    is that least one if it is the least that it leads to and so for every state it leads to.
    """
    lists = [improvements(menus(arcs), rank) for arcs, rank in zip(graph.arcs, graph.ranks, strict=True)]
    better = lists if graph.is_transitive else lists * 2
    number = np.arange(graph.space.size, dtype=np.int32)
    least = _least(number, better)
    last = number[-1]
    highest = last - _least(last - least, better)
    roots = np.flatnonzero((least == number) & (highest == number))
    return Resting(closure(prepared, roots, improving=True), least, better)


def _least(start: Ints, better: Sequence[Lists]) -> Ints:
    """Return the smallest `start` among each state and those that improvements in any order lead to.

    Where moves are not transitive every decision maker stands in the list twice, as if it were
    two: then it may go on after a step of its own.
    """
    nowhere = np.zeros(start.size, np.int32)
    return settle(start[:, None], [(own,) for own in better], lambda: (nowhere, 1), transitive=True)[:, 0]
