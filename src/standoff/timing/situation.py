"""Where a condition holds, and which state it is after options have been set."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from standoff.graph import GraphModel
from standoff.model.conflict import Literal
from standoff.model.statement import Statement
from standoff.model.timing import Condition


def where(graph: GraphModel, condition: Condition) -> NDArray[np.bool_]:
    """Return, for every state of the graph, whether a condition holds in it.

    Raises
    ------
    UsageError
        If a list of states names one that does not exist.
    """
    if isinstance(condition, Statement):
        return graph.space.where(condition.expression)
    holds = np.zeros(graph.space.size, np.bool_)
    if condition is None:
        holds[:] = True
    else:
        holds[[graph.space.index(label) for label in condition]] = True
    return holds


def after_setting(graph: GraphModel, state: int, literals: Sequence[Literal]) -> int | None:
    """Return the state like this one but with some options set, or None if it is not feasible."""
    space = graph.space
    code = int(space.codes[state])
    for literal in literals:
        bit = 1 << space.options.index(literal.option)
        code = code | bit if literal.taken else code & ~bit
    return space.find(code)


def number_of_state(graph: GraphModel, state: frozenset[str] | str) -> int | None:
    """Return the number of a state given by its options or its label, or None if it is not feasible.

    Raises
    ------
    UsageError
        If there is no state with this label.
    """
    if isinstance(state, str):
        return graph.space.index(state)
    return graph.space.find(graph.space.code_of(state))
