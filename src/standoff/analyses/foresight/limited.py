"""Limited-move, non-myopic and Stackelberg stability, for two decision makers with strict rankings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import blake2b
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from standoff.analyses.foresight.menu_best import NOTHING, Longs, Table, table
from standoff.errors import RefusedError
from standoff.graph import GraphModel

Ints = NDArray[np.int32]

_MOST_KEPT = 1 << 28
"""So many bytes of expectations are kept while looking for a repetition."""


def require_two_strict(graph: GraphModel, what: str) -> None:
    """Refuse where a concept is not defined: more than two decision makers, or ties.

    Raises
    ------
    RefusedError
        With the reason.
    """
    number = len(graph.decision_makers)
    if number != 2:
        raise RefusedError(
            f"{what} is defined for two decision makers; here are {number}. Definitions for more exist, "
            "but disagree; maximin_h is offered for any number."
        )
    for name, rank in zip(graph.decision_makers, graph.ranks, strict=True):
        order = np.argsort(rank, kind="stable")
        tied = next((pair for pair in pairwise(order.tolist()) if rank[pair[0]] == rank[pair[1]]), None)
        if tied is not None:
            one, other = (graph.space.label(state) for state in sorted(tied))
            raise RefusedError(
                f"{what} needs strict rankings, and {name} finds {one} and {other} equal: with ties the "
                "state that is expected is not unique. Break the tie in a variant and look at each."
            )


@dataclass(frozen=True, slots=True, eq=False)
class Expected:
    """What both decision makers expect with a horizon.

    Attributes
    ----------
    ends : int32 array (2, states)
        Where the one whose turn it is expects play to end.
    moves : int64 array (2, states)
        What it does: the state it moves to, or `NOTHING` if it stays.
    """

    ends: Ints
    moves: Longs


def expectations(graph: GraphModel) -> Iterator[Expected]:
    """Yield what is expected with horizon 0, 1, 2, ...: O(m) each.

    With no move ahead everybody expects to stay. Looking h moves ahead, a decision maker takes the
    best of what the other one, looking h - 1 moves ahead, makes of its moves; or stays, if that is
    not better than where it is.
    """
    states = np.arange(graph.space.size)
    tables = [table(arcs, states.size) for arcs in graph.arcs]
    now = Expected(np.array([states, states], np.int32), np.full((2, states.size), NOTHING, np.int64))
    while True:
        yield now
        chosen = [_choice(graph, tables[dm], dm, now.ends[1 - dm]) for dm in (0, 1)]
        ends = [
            np.where(moves == NOTHING, states, now.ends[1 - dm][moves]) for dm, moves in enumerate(chosen)
        ]
        now = Expected(np.array(ends, np.int32), np.array(chosen))


def _choice(graph: GraphModel, own: Table, dm: int, ends: Ints) -> Longs:
    rank = graph.ranks[dm].astype(np.int64)
    moves, value = own.best(rank[ends])
    return np.where(value > rank, moves, NOTHING)


def line(seen: list[Expected], dm: int, state: int) -> list[tuple[int, int, int]]:
    """Return the moves that a decision maker expects, from what is expected with each horizon."""
    moves = []
    for expected in reversed(seen):
        target = int(expected.moves[dm, state])
        if target == NOTHING:
            break
        moves.append((dm, state, target))
        dm, state = 1 - dm, target
    return moves


@dataclass(frozen=True, slots=True, eq=False)
class LongRun:
    """What becomes of expectations as the horizon grows without end.

    Attributes
    ----------
    ends : int32 array (2, states)
        Where play is expected to end, with the first horizon of the repetition.
    period : int32 array (2, states)
        1 where the expectation settles; else after how many horizons it repeats.
    since : int32 array (2, states)
        The horizon from which on it does.
    """

    ends: Ints
    period: Ints
    since: Ints

    @property
    def nonmyopic(self) -> NDArray[np.bool_]:
        """Return where a decision maker stays with every horizon from some one on."""
        states = np.arange(self.ends.shape[1])
        return np.asarray((self.period == 1) & (self.ends == states))


def long_run(graph: GraphModel) -> LongRun | None:
    """Find out what expectations settle to; None if they did not repeat within the memory allowed.

    All expectations with one horizon follow from those with the one before, so as soon as all of
    them come back together they repeat for ever.
    """
    seen: list[Ints] = []
    at: dict[bytes, int] = {}
    for horizon, expected in enumerate(expectations(graph)):
        digest = blake2b(expected.ends.tobytes(), digest_size=16).digest()
        if digest in at:
            return _repeating(seen, at[digest])
        if (horizon + 1) * expected.ends.nbytes > _MOST_KEPT:
            return None
        at[digest] = horizon
        seen.append(expected.ends)
    return None


def _repeating(seen: list[Ints], first: int) -> LongRun:
    """Return period and beginning of each expectation, of which all repeat from `first` on."""
    length = len(seen) - first
    period = np.zeros_like(seen[0])
    for divisor in (each for each in range(1, length + 1) if length % each == 0):
        same = np.ones(period.shape, np.bool_)
        for place in range(length):
            same &= seen[first + place] == seen[first + (place + divisor) % length]
        period[same & (period == 0)] = divisor
    since = np.full_like(period, first)
    still = np.ones(period.shape, np.bool_)
    for horizon in range(first - 1, -1, -1):
        still &= seen[horizon] == seen[horizon + length]
        since[still] = horizon
    return LongRun(seen[first], period, since)
