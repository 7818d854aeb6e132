"""A deal as a pattern of states: how many of them hold, for whom, and how they compare with today.

A deal fixes some options and leaves the others open, so it is not one state but all those that
satisfy a statement.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from standoff.graph import GraphModel
from standoff.model.statement import Expression


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """How many states a decision maker finds better than, equal to and worse than the status quo."""

    better: int
    equal: int
    worse: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Shortfall:
    """States that are stable for everybody but certain decision makers.

    Attributes
    ----------
    decision_makers : tuple of str
        For whom they are not stable.
    states : int
        How many there are.
    nearest : str
        The one in which the fewest options differ from the status quo; the first of several.
    distance : int
        In how many they differ.
    """

    decision_makers: tuple[str, ...]
    states: int
    nearest: str
    distance: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Pattern:
    """What the states that satisfy a statement are like.

    Attributes
    ----------
    states : int
        How many feasible states satisfy it.
    equilibria : mapping from concept to int
        How many of these are equilibria.
    stable : mapping from concept to decision maker to int
        How many are stable for each.
    shortfalls : mapping from concept to tuple of Shortfall
        The others, by for whom they are not stable: fewest decision makers first, then most states.
    than_status_quo : mapping from decision maker to Comparison
    """

    states: int
    equilibria: Mapping[str, int]
    stable: Mapping[str, Mapping[str, int]]
    shortfalls: Mapping[str, tuple[Shortfall, ...]]
    than_status_quo: Mapping[str, Comparison]


def pattern(graph: GraphModel, stable: Mapping[str, NDArray[np.bool_]], expression: Expression) -> Pattern:
    """Describe the states that satisfy an expression.

    Parameters
    ----------
    graph : GraphModel
        In option form.
    stable : mapping from concept to bool array (decision makers, states)
    expression : Expression
        Over the options of the conflict.
    """
    members = np.flatnonzero(graph.space.where(expression))
    within = {concept: rows[:, members] for concept, rows in stable.items()}
    return Pattern(
        states=members.size,
        equilibria={concept: int(rows.all(axis=0).sum()) for concept, rows in within.items()},
        stable={
            concept: dict(zip(graph.decision_makers, rows.sum(axis=1).tolist(), strict=True))
            for concept, rows in within.items()
        },
        shortfalls={concept: _shortfalls(graph, members, rows) for concept, rows in within.items()},
        than_status_quo={
            name: _compared(rank[members], int(rank[graph.space.status_quo]))
            for name, rank in zip(graph.decision_makers, graph.ranks, strict=True)
        },
    )


def _compared(ranks: NDArray[np.int32], today: int) -> Comparison:
    return Comparison(
        better=int((ranks > today).sum()),
        equal=int((ranks == today).sum()),
        worse=int((ranks < today).sum()),
    )


def _shortfalls(
    graph: GraphModel, members: NDArray[np.int64], rows: NDArray[np.bool_]
) -> tuple[Shortfall, ...]:
    found = sorted(_each(graph, members, rows), key=lambda s: (len(s.decision_makers), -s.states))
    return tuple(found)


def _each(graph: GraphModel, members: NDArray[np.int64], rows: NDArray[np.bool_]) -> Iterator[Shortfall]:
    """Yield one record for each set of decision makers for whom, and only whom, states are unstable."""
    codes = graph.space.codes
    distance = np.bitwise_count(codes[members] ^ codes[graph.space.status_quo])
    for holds in np.unique(rows, axis=1).T:
        if holds.all():
            continue
        alike = np.flatnonzero((holds == rows.T).all(axis=1))
        nearest = int(alike[distance[alike].argmin()])
        yield Shortfall(
            decision_makers=tuple(
                name for name, stays in zip(graph.decision_makers, holds, strict=True) if not stays
            ),
            states=alike.size,
            nearest=graph.space.label(int(members[nearest])),
            distance=int(distance[nearest]),
        )
