"""Whether a state is stable for a decision maker, from the set of states it puts above it alone."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from standoff.analyses.levers.question import Question, Touched, replies

Mask = int
"""A set of relevant states: bit k is the k-th of them."""


def mask_of(true: NDArray[np.bool_]) -> Mask:
    """Return flags as the bits of a whole number, the first as the lowest."""
    return int.from_bytes(np.packbits(true, bitorder="little").tobytes(), "little")


def stability_test(question: Question, dm: int, among: Touched) -> Callable[[Mask], bool]:
    """Return a function: the set of relevant states ranked above the wanted one -> whether it is stable.

    For Nash, GMR and SMR, where the decision maker's own ranking decides, and of it only this set.
    """
    graph, states = question.graph, np.flatnonzero(among)

    def members(*which: int) -> Mask:
        marked = np.zeros(graph.space.size, np.bool_)
        marked[list(which)] = True
        return mask_of(marked[states])

    targets = graph.moves(dm, question.state).tolist()
    if question.concept.key == "nash":
        moves = members(*targets)
        return lambda above: not above & moves
    reached = {target: replies(graph, dm, target) for target in targets}
    if not question.concept.symmetric:
        deterring = [mask_of(reached[target][states]) | members(target) for target in targets]
        return lambda above: all(group & ~above for group in deterring)
    ends = {
        target: [
            members(end, *graph.moves(dm, end).tolist()) for end in np.flatnonzero(reached[target]).tolist()
        ]
        for target in targets
    }
    own = {target: members(target) for target in targets}
    return lambda above: all(
        not above & own[target] or any(not above & group for group in ends[target]) for target in targets
    )
