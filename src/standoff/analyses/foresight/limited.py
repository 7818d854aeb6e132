"""Limited-move and non-myopic stability, for two decision makers with strict rankings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from standoff.analyses.foresight.menu_best import NOTHING, Longs, Table
from standoff.graph import GraphModel
from standoff.stability.engine.reach import Step

Ints = NDArray[np.int32]

_MOST_KEPT = 1 << 28
_MOST_HORIZONS = 1 << 12
"""So many bytes, and horizons, of expectations are kept while looking for a repetition."""


def why_not(graph: GraphModel) -> str | None:
    """Return why expectations are not defined: not two decision makers, or ties; None if they are."""
    number = len(graph.decision_makers)
    if number != 2:
        more = "; definitions for more exist, but disagree" if number > 2 else ""
        return (
            f"only defined for two decision makers, and here {'is' if number == 1 else 'are'} {number}{more}"
        )
    for name, rank in zip(graph.decision_makers, graph.ranks, strict=True):
        order = np.argsort(rank, kind="stable")
        tied = np.flatnonzero(np.diff(rank[order]) == 0)
        if tied.size:
            one, other = (graph.space.label(int(order[tied[0] + place])) for place in (0, 1))
            return (
                f"only defined with strict rankings, and {name} finds {one} and {other} equal; with ties "
                "what is expected is not one state, so break them in variants and look at each"
            )
    return None


@dataclass(frozen=True, slots=True, eq=False)
class Expected:
    """What both decision makers expect with a horizon.

    Attributes
    ----------
    ends : int32 array (2, states)
        Where the one whose turn it is expects play to end.
    moves : int32 array (2, states)
        What it does: the state it moves to, or `NOTHING` if it stays.
    """

    ends: Ints
    moves: Ints


def expectations(graph: GraphModel, tables: Sequence[Table]) -> Iterator[Expected]:
    """Yield what is expected with horizon 0, 1, 2, ...: O(m) each.

    With no move ahead everybody expects to stay. Looking h moves ahead, a decision maker takes the
    best of what the other one, looking h - 1 moves ahead, makes of its moves; or stays, if that is
    not better than where it is.
    """
    states = np.arange(graph.space.size, dtype=np.int32)
    now = Expected(np.array([states, states]), np.full((2, states.size), NOTHING, np.int32))
    while True:
        yield now
        chosen = [_choice(graph, tables[dm], dm, now.ends[1 - dm]) for dm in (0, 1)]
        ends = [
            np.where(moves == NOTHING, states, now.ends[1 - dm][moves]) for dm, moves in enumerate(chosen)
        ]
        now = Expected(np.array(ends, np.int32), np.array(chosen, np.int32))


def _choice(graph: GraphModel, own: Table, dm: int, ends: Ints) -> Longs:
    rank = graph.ranks[dm].astype(np.int64)
    moves, value = own.best(rank[ends])
    return np.where(value > rank, moves, NOTHING)


def line(seen: Sequence[Expected], dm: int, state: int) -> tuple[Step, ...]:
    """Return the moves that a decision maker expects, from what is expected with horizons 0 to h."""
    moves = []
    for expected in reversed(seen):
        target = int(expected.moves[dm, state])
        if target == NOTHING:
            break
        moves.append((dm, state, target))
        dm, state = 1 - dm, target
    return tuple(moves)


@dataclass(frozen=True, slots=True, eq=False)
class LongRun:
    """What becomes of expectations as the horizon grows without end.

    Attributes
    ----------
    seen : list of int32 arrays (2, states)
        The ends expected with horizons 0, 1, 2, ...
    since : int32 array (2, states)
        The horizon from which on the expectation repeats.
    period : int32 array (2, states)
        After how many horizons: 1 where it settles; 0 where it is not known.
    """

    seen: list[Ints]
    since: Ints
    period: Ints

    @property
    def known(self) -> bool:
        """Whether all expectations repeated within the horizons looked at."""
        return bool(self.period.all())

    @property
    def nonmyopic(self) -> NDArray[np.bool_]:
        """Return where a decision maker stays with every horizon from some one on."""
        last = self.seen[-1]
        return np.asarray((self.period == 1) & (last == np.arange(last.shape[1])))

    def ends(self, dm: int, state: int) -> list[int]:
        """Return the states that are expected again and again, one after the other."""
        first = int(self.since[dm, state])
        return [int(each[dm, state]) for each in self.seen[first : first + int(self.period[dm, state])]]


def long_run(horizons: Iterator[Expected]) -> LongRun:
    """Find out what expectations settle to.

    All expectations with one horizon follow from those with the one before, so as soon as all of
    them come back together they repeat for ever.
    """
    seen: list[Ints] = []
    at: dict[bytes, int] = {}
    for horizon, expected in enumerate(horizons):
        digest = blake2b(expected.ends.tobytes(), digest_size=16).digest()
        if digest in at:
            return _repeating(seen, at[digest])
        if horizon >= _MOST_HORIZONS or horizon * expected.ends.nbytes >= _MOST_KEPT:
            break
        at[digest] = horizon
        seen.append(expected.ends)
    unknown = np.zeros_like(seen[0])
    return LongRun(seen, unknown, unknown)


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
        still &= seen[horizon] == seen[first + (horizon - first) % length]
        since[still] = horizon
    return LongRun(seen, since, period)
