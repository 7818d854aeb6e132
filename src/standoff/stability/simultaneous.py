"""Simultaneous sanctioning (SIM), as the peer GMCR+ 0.4.1 reads it; option form only."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, product
from math import prod

from standoff.errors import RefusedError
from standoff.graph import GraphModel

MOST_COMBINATIONS = 1_000_000

Chosen = tuple[tuple[int, int], ...]
"""Opponents that move and where each alone would go: (decision maker, target) pairs."""


def joint_reply(graph: GraphModel, dm: int, state: int, target: int) -> tuple[Chosen, int] | None:
    """Return moves of opponents that spoil an improvement when made at the same time.

    Each opponent stays or takes one of its improvements from `state` while `dm` moves to
    `target`; the joint result must be feasible and no better than `state` for `dm` (Fraser and
    Hipel 1979, 1984, in the reading of GMCR+ 0.4.1, which however looks only at the first
    improvement). Fewest movers first; None if nothing spoils it.

    Raises
    ------
    RefusedError
        In graph form, where moves made at the same time have no result, or if there are more
        than a million combinations.
    """
    if graph.is_graph_form:
        raise RefusedError("Simultaneous sanctioning (sim) is defined for conflicts in option form only.")
    opponents = [j for j in range(len(graph.decision_makers)) if j != dm]
    choices = {j: graph.improvements(j, state).tolist() for j in opponents}
    if prod(1 + len(targets) for targets in choices.values()) > MOST_COMBINATIONS:
        label = graph.space.label(state)
        raise RefusedError(
            f"Simultaneous sanctioning (sim): too many combinations of improvements from {label}."
        )
    ranks = graph.ranks[dm]
    for chosen in _fewest_first(choices):
        result = graph.combined(target, chosen)
        if result is not None and ranks[result] <= ranks[state]:
            return chosen, result
    return None


def _fewest_first(choices: dict[int, list[int]]) -> Iterator[Chosen]:
    for size in range(1, len(choices) + 1):
        for movers in combinations(choices, size):
            for ends in product(*(choices[mover] for mover in movers)):
                yield tuple(zip(movers, ends, strict=True))
