"""Ways by number turned into ways by name, and the worst that others make of a state."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from standoff.graph import GraphModel
from standoff.stability.engine.reach import FAR, Choices, Step, distances, way_back
from standoff.stability.verdict import Move


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """A state that others bring about, and how.

    Attributes
    ----------
    state : str
        Where it ends; the state itself if the others do nothing that is worse.
    ranks : int
        How many ranks it is above (or, negative, below) the state compared with.
    sequence : tuple of Move
        The others' moves; empty if they do nothing that is worse.
    """

    state: str
    ranks: int
    sequence: tuple[Move, ...]


def named(graph: GraphModel, steps: Sequence[Step]) -> tuple[Move, ...]:
    """Return moves by name."""
    label = graph.space.label
    return tuple(
        Move(mover=graph.decision_makers[dm], origin=label(origin), target=label(target))
        for dm, origin, target in steps
    )


def worst_outcome(
    graph: GraphModel, prepared: Sequence[Choices], dm: int, state: int, than: int, *, credible: bool
) -> Outcome:
    """Return the worst for `dm` among a state and what the others' legal sequences make of it.

    Of several equally bad ones the nearest, then the one with the lowest number; the state itself
    if nothing is worse than it.

    Parameters
    ----------
    than : int
        The state with which the outcome is compared.
    credible : bool
        Whether the others reply only by improvements.
    """
    rank, label = graph.ranks[dm], graph.space.label
    opponents = [j for j in range(len(graph.decision_makers)) if j != dm]
    far = distances(graph, state, opponents, improving=credible, prepared=prepared)
    end = _worst(rank, far.min(axis=0), state)
    steps = way_back(graph, far, state, [end], improving=credible) or ()
    ranks = int(rank[end]) - int(rank[than])
    return Outcome(state=label(end), ranks=ranks, sequence=named(graph, steps))


def _worst(rank: NDArray[np.int32], far: NDArray[np.int32], state: int) -> int:
    reached = np.flatnonzero(far < FAR)
    if not reached.size or rank[reached].min() >= rank[state]:
        return state
    worst = reached[rank[reached] == rank[reached].min()]
    return int(worst[far[worst].argmin()])
