"""Many versions of a conflict solved together: those with the same states and moves in one call."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from standoff.errors import ModelError
from standoff.graph import GraphModel, graph_model
from standoff.model.changes import ranked_labels
from standoff.model.conflict import Conflict
from standoff.preferences import Ranks, ranking, rankings
from standoff.stability.engine import CORE, solve_batch
from standoff.states.enumeration import MAX_STATES
from standoff.states.space import state_space

_AT_ONCE = 1 << 23
"""So many ranks are held at a time."""

_LARGE = 1 << 18
"""From so many ranks of one version on, compiling may pay."""


@dataclass(frozen=True, eq=False)
class Outcome:
    """A conflict solved: its graph with the rankings that apply, and the bits of the engine."""

    graph: GraphModel
    bits: NDArray[np.uint8]

    @property
    def today(self) -> int:
        """The number of the status quo."""
        return self.graph.space.status_quo

    def stable(self, concept: str) -> NDArray[np.bool_]:
        """Return whether a state is stable: a row for each decision maker."""
        return (self.bits >> CORE.index(concept) & 1).astype(bool)

    def equilibria(self, concept: str) -> NDArray[np.bool_]:
        """Return whether a state is stable for all."""
        return np.all(self.stable(concept), axis=0)


def solved(graph: GraphModel, samples: NDArray[np.int32], engine: str = "auto") -> list[Outcome]:
    """Solve one graph under many rankings: an array (samples, decision makers, states)."""
    if engine == "auto" and samples[0].size < _LARGE:
        engine = "numpy"
    found = solve_batch(graph, samples, engine)
    return [
        Outcome(replace(graph, ranks=tuple(ranks)), bits) for ranks, bits in zip(samples, found, strict=True)
    ]


def outcomes(
    conflicts: Sequence[Conflict], engine: str = "auto", max_states: int = MAX_STATES
) -> Iterator[tuple[int, Outcome | None]]:
    """Yield the number of each conflict and its outcome, None for one that is no whole model.

    Not in the order given: those that share states and moves come together.

    Raises
    ------
    RefusedError
        If one has more than `max_states` states.
    """
    groups: dict[Hashable, list[int]] = {}
    for number, conflict in enumerate(conflicts):
        groups.setdefault(_graph_key(conflict), []).append(number)
    for numbers in groups.values():
        yield from _group(conflicts, numbers, engine, max_states)


def _group(
    conflicts: Sequence[Conflict], numbers: list[int], engine: str, max_states: int
) -> Iterator[tuple[int, Outcome | None]]:
    first = conflicts[numbers[0]]
    if not first.decision_makers:
        yield from ((number, None) for number in numbers)
        return
    try:
        space = state_space(first, max_states)
        graph = graph_model(first, space, rankings(first, space))
    except ModelError:
        yield from ((number, None) for number in numbers)
        return
    known: dict[int, Ranks] = {}

    def ranks(conflict: Conflict) -> list[Ranks]:
        for dm in conflict.decision_makers:
            if id(dm.preference) not in known:
                known[id(dm.preference)] = ranking(dm, space)
        return [known[id(dm.preference)] for dm in conflict.decision_makers]

    size = max(1, _AT_ONCE // max(1, space.size * len(graph.ranks)))
    for start in range(0, len(numbers), size):
        chunk = numbers[start : start + size]
        samples = np.array([ranks(conflicts[number]) for number in chunk])
        yield from zip(chunk, solved(graph, samples, engine), strict=True)


def _graph_key(conflict: Conflict) -> Hashable:
    """Return what states and moves depend on; with direct rankings also the rankings and names."""
    parts: list[Any] = [
        tuple(
            (dm.id, tuple(option.name for option in dm.options), dm.moves) for dm in conflict.decision_makers
        ),
        conflict.status_quo,
        tuple(rule.statement for rule in conflict.feasible),
        tuple((literal.option, literal.taken) for literal in conflict.irreversible),
        tuple((move.by, move.origin, move.target) for move in conflict.forbidden_moves),
    ]
    if conflict.is_graph_form:
        parts.append(tuple(state.name for state in conflict.states))
    if conflict.is_graph_form or any(True for _ in ranked_labels(conflict)):
        parts += [
            frozenset((state.name, state.taken) for state in conflict.states),
            tuple(dm.preference for dm in conflict.decision_makers),
        ]
    return tuple(parts)
