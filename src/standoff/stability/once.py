"""Stability under the sanction rule `once_per_dm`: every opponent moves at most once in a reply."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from standoff.errors import RefusedError
from standoff.graph import GraphModel
from standoff.stability.concepts import CORE, concept
from standoff.stability.engine.choice import chosen
from standoff.stability.engine.estimate import estimate

MOST_STATES = 4_096
MOST_OPPONENTS = 8

Values = NDArray[np.int64]
_NONE = np.int64(2**62)


def solve_once(graph: GraphModel) -> dict[str, NDArray[np.bool_]]:
    """Return, for every core concept, which states are stable for whom (decision makers, states).

    The rule of GMCR+ 0.4.1, kept to reproduce its answers. For every set H of opponents that may
    still move, the worst state for the focal decision maker that they can bring about is the
    least, over the moves of each member j, of the target itself and what H without j can do from
    there. Cost: 2^(opponents) passes over the list of moves.

    Raises
    ------
    RefusedError
        Above 4,096 states or 9 decision makers.
    """
    if graph.space.size > MOST_STATES or len(graph.decision_makers) > MOST_OPPONENTS + 1:
        size = (graph.space.size, len(graph.decision_makers))
        instead = estimate(*size, chosen("auto", size[0] * size[1]))
        raise RefusedError(
            f"Sanctions once_per_dm are computed for up to {MOST_STATES:,} states and "
            f"{MOST_OPPONENTS + 1} decision makers; this conflict has {graph.space.size:,} states and "
            f"{len(graph.decision_makers)}. Use the default, legal_sequence: it takes about {instead.cost}."
        )
    lists = {
        credible: [_listed(graph, dm, credible=credible) for dm in range(len(graph.decision_makers))]
        for credible in (False, True)
    }
    rows = {key: np.empty((len(graph.decision_makers), graph.space.size), bool) for key in CORE}
    for dm in range(len(graph.decision_makers)):
        ranks = graph.ranks[dm].astype(np.int64)
        held = -_least(-ranks, -ranks, lists[False][dm])
        for key in CORE:
            record = concept(key)
            worst = np.full(graph.space.size, _NONE)
            if key != "nash":
                worst = _worst(held if record.symmetric else ranks, dm, lists[record.credible])
            rows[key][dm] = -_least(np.full_like(ranks, _NONE), -worst, lists[True][dm]) <= ranks
    return rows


@dataclass(frozen=True, slots=True, eq=False)
class _Listed:
    """Moves of one decision maker by origin: the targets of origins[k] begin at starts[k]."""

    origins: NDArray[np.int64]
    starts: NDArray[np.int64]
    targets: NDArray[np.int64]


def _listed(graph: GraphModel, dm: int, *, credible: bool) -> _Listed:
    step = graph.improvements if credible else graph.moves
    targets = [step(dm, state) for state in range(graph.space.size)]
    sizes = np.array([group.size for group in targets])
    origins = np.flatnonzero(sizes)
    return _Listed(origins, np.cumsum(sizes[origins]) - sizes[origins], np.concatenate(targets))


def _least(values: Values, at_targets: Values, arcs: _Listed) -> Values:
    """Return the lesser of each state's value and `at_targets` over the states it moves to."""
    least = values.copy()
    if arcs.origins.size:
        reached = np.minimum.reduceat(at_targets[arcs.targets], arcs.starts)
        least[arcs.origins] = np.minimum(least[arcs.origins], reached)
    return least


def _worst(values: Values, dm: int, lists: list[_Listed]) -> Values:
    """Return the least value that the opponents can bring about, each moving at most once."""
    opponents = [j for j in range(len(lists)) if j != dm]
    nothing = np.full(values.size, _NONE)
    least: dict[frozenset[int], Values] = {frozenset(): nothing}
    for size in range(1, len(opponents) + 1):
        for members in map(frozenset, combinations(opponents, size)):
            found = nothing
            for j in members:
                found = _least(found, np.minimum(values, least[members - {j}]), lists[j])
            least[members] = found
    return least[frozenset(opponents)]
