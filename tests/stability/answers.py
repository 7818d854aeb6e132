"""The package's answers and the oracle's, in the same form, for comparison."""

from __future__ import annotations

from collections.abc import Iterable

from standoff.graph import GraphModel, graph_model
from standoff.model.conflict import Conflict
from standoff.preferences import rankings
from standoff.stability.engine import solve
from standoff.states.space import state_space
from tests.oracles import literal
from tests.oracles.literal import CORE, LEGAL_SEQUENCE, Model

Table = list[list[bool]]
"""Whether a state is stable: a row for every decision maker, a column for every state."""


def graph_of(conflict: Conflict) -> GraphModel:
    space = state_space(conflict)
    return graph_model(conflict, space, rankings(conflict, space))


def engine_answers(graph: GraphModel, *engine: str) -> dict[str, Table]:
    """What the engine says; bit b of its answer is the concept CORE[b]."""
    stable = solve(graph, *engine).stable
    assert stable.dtype == "uint8"
    assert stable.shape == (len(graph.decision_makers), graph.space.size)
    return {concept: (stable >> bit & 1).astype(bool).tolist() for bit, concept in enumerate(CORE)}


def literal_answers(model: Model, rule: str = LEGAL_SEQUENCE) -> dict[str, Table]:
    """What the definitions say."""
    return {
        concept: [[literal.stable(model, concept, i, s, rule) for s in model.states] for i in model.everybody]
        for concept in CORE
    }


def stable_labels(graph: GraphModel) -> dict[tuple[str, str], set[str]]:
    """The labels of the stable states for every concept and decision maker."""
    answers = engine_answers(graph)
    return {
        (concept, dm): {graph.space.label(s) for s, stable in enumerate(row) if stable}
        for concept, rows in answers.items()
        for dm, row in zip(graph.decision_makers, rows, strict=True)
    }


def blocks(seeds: Iterable[int], size: int) -> list[range]:
    """The seeds in blocks, each of them one test."""
    numbers = list(seeds)
    return [range(first, min(first + size, numbers[-1] + 1)) for first in numbers[::size]]
