"""A shortest class improvement that answers a coalition, with who makes each joint gain."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

from standoff.analyses.coalitions.classes import subcoalitions
from standoff.analyses.coalitions.clock import require_time
from standoff.analyses.coalitions.ways import Bools, Coalitional, Ints
from standoff.graph import States

ClassStep = tuple[tuple[int, ...], int, int]
"""A joint gain by numbers: who, origin, target."""

_CELLS = 1 << 20
"""Gains from several states are looked for at once, up to so many entries."""

_FEW = 8
"""So many states are looked at first; where moves are followed step by step, never more."""

_NONE = np.iinfo(np.int64).max


def class_reply(
    whole: Coalitional, movers: tuple[int, ...], start: int, goals: Bools, until: float | None = None
) -> tuple[ClassStep, ...] | None:
    """Return a class improvement with the fewest steps that ends in a goal, or None.

    Only the states are looked at that the movers cannot leave. Of several the one found first, by
    who moves, small subcoalitions first, and then by the number of the target.

    Raises
    ------
    OutOfTimeError
        If it is later than `until` (`time.monotonic`) before that is settled.
    """
    part, states = whole.around(start, movers)
    search = _Search(part, subcoalitions(movers), goals[states])
    found = search.run(int(np.searchsorted(states, start)), until)
    if found is None:
        return None
    return tuple((kind, int(states[origin]), int(states[target])) for kind, origin, target in found)


@dataclass(slots=True, eq=False)
class _Search:
    """Breadth first over pairs of state and last subcoalition.

    Where moves are transitive, over states, for then two gains of one subcoalition in a row are one
    gain of it.

    Attributes
    ----------
    kinds : who can move
    known : by kind, the states found with that kind as the last one
    state, last, before : of each pair found, in order: its state, who moved last, the pair before
    """

    part: Coalitional
    kinds: tuple[tuple[int, ...], ...]
    goals: Bools
    known: Bools = field(init=False)
    state: list[int] = field(default_factory=list)
    last: list[int] = field(default_factory=list)
    before: list[int] = field(default_factory=list)

    def run(self, start: int, until: float | None) -> tuple[ClassStep, ...] | None:
        """Search from a state."""
        self.known = np.zeros((len(self.kinds), self.goals.size), np.bool_)
        if self.part.graph.is_transitive:
            self.known[:, start] = True
        self.state, self.last, self.before = [start], [-1], [-1]
        for some in self._in_order():
            require_time(until)
            first = self._first(np.array(self.state[some]), np.array(self.last[some]))
            hits = np.where(self.goals, first, _NONE)
            if hits.size and hits.min() < _NONE:
                return self._trace(some.start, int(hits.min()), hits)
            self._keep(some.start, first)
        return None

    def _in_order(self) -> Iterator[slice]:
        """Yield the pairs found, few first, so that a near goal is found at once."""
        most = max(1, _CELLS // self.goals.size) if self.part.graph.is_transitive else _FEW
        done, size = 0, _FEW
        while done < len(self.state):
            some = slice(done, min(done + min(size, most), len(self.state)))
            yield some
            done, size = some.stop, 2 * size

    def _first(self, states: States, last: Ints) -> Ints:
        """Return, by kind and state, the earliest of the pairs from which it is gained, in one number.

        Ascending in the pair, then in the kind; `_NONE` where it is not gained.
        """
        first = np.full((len(self.kinds), self.goals.size), _NONE)
        open_to = np.flatnonzero(self.goals | ~self.known.all(axis=0))
        ranks = {kind[0]: self.part.graph.ranks[kind[0]] for kind in self.kinds if len(kind) == 1}
        gainers = {dm: rank[None, open_to] > rank[states, None] for dm, rank in ranks.items()}
        for number, kind in enumerate(self.kinds):
            gains = self.part.in_turn(kind).between(states, open_to)
            gains &= (last != number)[:, None]
            for dm in kind:
                gains &= gainers[dm]
            places = np.flatnonzero(gains.any(axis=0))
            first[number, open_to[places]] = gains[:, places].argmax(axis=0) * len(self.kinds) + number
        return first

    def _keep(self, done: int, first: Ints) -> None:
        """Note the pairs that are new, in the order in which they were found."""
        first[self.known] = _NONE
        if self.part.graph.is_transitive:
            first[first > first.min(axis=0)] = _NONE
        kinds, states = np.nonzero(first < _NONE)
        found = first[kinds, states]
        order = np.lexsort((states, found))
        if self.part.graph.is_transitive:
            self.known[:, states] = True
        else:
            self.known[kinds, states] = True
        self.state += states[order].tolist()
        self.last += kinds[order].tolist()
        self.before += (done + found[order] // len(self.kinds)).tolist()

    def _trace(self, done: int, hit: int, hits: Ints) -> tuple[ClassStep, ...]:
        node, kind = divmod(hit, len(self.kinds))
        node += done
        steps = [(self.kinds[kind], self.state[node], int(np.flatnonzero(hits[kind] == hit)[0]))]
        while self.before[node] >= 0:
            earlier = self.before[node]
            steps.append((self.kinds[self.last[node]], self.state[earlier], self.state[node]))
            node = earlier
        return tuple(reversed(steps))
