"""Play after a move: who answers, where it settles, and which equilibria that opens or closes."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from standoff.analyses.moves.result import Place, Reached, Settling
from standoff.graph import GraphModel, States
from standoff.stability.engine.menus import Ints
from standoff.stability.engine.reach import Choices, closure
from standoff.stability.engine.resting import Resting

Bools = NDArray[np.bool_]

MOST_PLACES = 6
"""So many places where play settles are told, and so many members of a cycle."""

MOST_EQUILIBRIA = 8
"""So many equilibria that a move opens or closes are told."""


@dataclass(frozen=True, eq=False)
class Play:
    """Play from the moves of one decision maker at one state.

    After a move the others go first: whoever of them gains by a move may make it. If none of them
    gains, it is the mover's turn again, unless it chose to stay: then nothing happens. From then on
    anybody who gains may move, until nobody does or play goes round in a cycle.
    """

    graph: GraphModel
    prepared: Sequence[Choices]
    sinks: Resting
    dm: int
    state: int

    def answers(self, target: int) -> States:
        """Return where the others' first answer can lead; empty if none of them gains by one."""
        parties = range(len(self.graph.decision_makers))
        found = [self.graph.improvements(j, target) for j in parties if j != self.dm]
        return np.unique(np.concatenate([*found, np.empty(0, np.int64)]))

    def worst_after(self, target: int, settled: Ints) -> int:
        """Return the least of `settled` (a value for each state) where play can go after a move."""
        answers = self.answers(target)
        if answers.size:
            return int(settled[answers].min())
        return int(self.graph.ranks[self.dm][target] if target == self.state else settled[target])

    def after(self, target: int) -> tuple[Settling, Bools]:
        """Return where play settles after a move, and all states that it can pass, the target included."""
        answers = self.answers(target)
        if not answers.size and target == self.state:
            here = np.zeros(self.graph.space.size, np.bool_)
            here[target] = True
            return self._settling(np.array([target]), answered=False), here
        reach = closure(self.prepared, answers if answers.size else np.array([target]), improving=True)
        ends = np.flatnonzero(reach & self.sinks.sink)
        reach[target] = True
        return self._settling(ends, answered=bool(answers.size)), reach

    def _settling(self, ends: States, *, answered: bool) -> Settling:
        rank = self.graph.ranks[self.dm]
        here = int(rank[self.state])
        component, size = np.unique(self.sinks.component[ends], return_counts=True)
        place_of = np.searchsorted(component, self.sinks.component[ends])
        lowest = np.full(component.size, np.iinfo(np.int32).max, np.int32)
        highest = np.zeros(component.size, np.int32)
        np.minimum.at(lowest, place_of, rank[ends])
        np.maximum.at(highest, place_of, rank[ends])
        worst_first = np.lexsort((component, lowest))[:MOST_PLACES]
        worst = int(ends[rank[ends].argmin()])
        return Settling(
            answered=answered,
            places=component.size,
            cycles=int((size > 1).sum()),
            better=int((lowest > here).sum()),
            equal=int((lowest == here).sum()),
            worse=int((lowest < here).sum()),
            told=tuple(
                Place(
                    states=self._labels(ends[place_of == place], MOST_PLACES),
                    size=int(size[place]),
                    lowest=int(lowest[place]) - here,
                    highest=int(highest[place]) - here,
                )
                for place in worst_first
            ),
            worst=self.graph.space.label(worst),
            worst_ranks=int(rank[worst]) - here,
        )

    def _labels(self, states: States, most: int) -> tuple[str, ...]:
        return tuple(self.graph.space.label(number) for number in states[:most].tolist())

    def verdict(self, target: int, settling: Settling, *, at_once: int, as_good: bool) -> str:
        """Return the key of the verdict on a move, in `VERDICTS`.

        Parameters
        ----------
        as_good : bool
            Whether some move that is better at once leads to no worse a worst place.
        """
        comes_back = settling.places == 1 and settling.told[0].states == (self.graph.space.label(self.state),)
        all_better, some_better = settling.better == settling.places, settling.better > 0
        if at_once > 0:
            return "secure gain" if all_better else "gain at risk" if some_better else "short gain"
        if comes_back:
            return "no change" if target == self.state else "taken back"
        if some_better:
            return "detour" if as_good else "investment" if all_better else "gamble"
        return {0: "standstill", settling.places: "loss"}.get(settling.worse, "risk")

    @cached_property
    def before(self) -> Bools:
        """The states that improvements of anybody lead to before any move is made."""
        return closure(self.prepared, np.array([self.state]), improving=True)

    @cached_property
    def _possible(self) -> Bools:
        """The states that any moves lead to before this one is made."""
        return closure(self.prepared, np.array([self.state]))

    def opened_and_closed(
        self, reach: Bools, equilibria: Bools, given: Collection[int]
    ) -> tuple[Reached, Reached]:
        """Return the equilibria that improvements reach only after a move, and those only before it.

        Staying opens and closes nothing.
        """
        opened, closed = reach & ~self.before & equilibria, self.before & ~reach & equilibria
        return self._reached(opened, given), self._reached(closed, given)

    def closed_for_good(self, target: int, equilibria: Bools, given: Collection[int]) -> Reached:
        """Return the equilibria that no moves of anybody lead to any more after a move."""
        if target == self.state or self.state in self.graph.moves(self.dm, target):
            return Reached(number=0, states=())
        left = closure(self.prepared, np.array([target]))
        return self._reached(self._possible & ~left & equilibria, given)

    def _reached(self, found: Bools, given: Collection[int]) -> Reached:
        numbers = np.flatnonzero(found)
        named = [number for number in given if found[number]]
        others = [n for n in numbers[: MOST_EQUILIBRIA + len(named)].tolist() if n not in given]
        told = np.array([*sorted(named), *others][:MOST_EQUILIBRIA], np.int64)
        return Reached(number=numbers.size, states=self._labels(told, MOST_EQUILIBRIA))
