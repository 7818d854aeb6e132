"""Play on the graph as a process in continuous time: moves, steps of stocks and signals, by type.

A point of the play is a state with a level of each stock. Under each type every event that can
happen there has a rate. The focal decision maker does not move by itself: it waits or pivots.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from standoff.graph import GraphModel
from standoff.model.conflict import Conflict
from standoff.timing.arrays import Floats, Ints


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """What kind of event it is: a move to a state, a step of a stock, or a signal.

    Just one of `mover` (with the label of the state it leads `to`), `stock` (with `by`) and
    `signal` is set.
    """

    mover: str | None = None
    to: str | None = None
    stock: str | None = None
    by: int = 0
    signal: str | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Play:
    """A conflict as a process in time.

    Attributes
    ----------
    conflict, graph : the model
    types : tuple of str
        Ids of the types; ``("certain",)`` where the model has none.
    prior : float array (types)
        Adds up to 1.
    states : int64 array
        Numbers of the states of the graph that play can reach, ascending.
    levels : int64 array (combinations, stocks)
        Levels of the stocks; point p is state ``p // combinations`` at levels ``p % combinations``.
    start : int
        The point of the status quo.
    first : int64 array (points + 1)
        The events of point p are ``first[p]`` to ``first[p + 1] - 1``.
    target : int64 array (events)
        The point each leads to; a signal leads to where it is seen.
    kind : int64 array (events)
        Its place in `kinds`.
    rates : float array (types, events)
        Per year.
    flow : float array (points)
        Payoff of the focal decision maker per year.
    """

    conflict: Conflict
    graph: GraphModel
    types: tuple[str, ...]
    prior: Floats
    states: Ints
    levels: Ints
    start: int
    first: Ints
    target: Ints
    kind: Ints
    kinds: tuple[Kind, ...]
    rates: Floats
    flow: Floats

    @property
    def size(self) -> int:
        """The number of points."""
        return self.first.size - 1

    @property
    def total_rates(self) -> Floats:
        """The rate at which anything happens at each point, under each type: (types, points)."""
        padded = np.concatenate([np.zeros((len(self.types), 1)), np.cumsum(self.rates, axis=1)], axis=1)
        return np.diff(padded[:, self.first], axis=1)

    def point(self, state: int, levels: tuple[int, ...]) -> int | None:
        """Return the point of a state of the graph at some levels, or None if play cannot reach it."""
        place = int(np.searchsorted(self.states, state))
        if place == self.states.size or self.states[place] != state:
            return None
        at = np.flatnonzero((self.levels == levels).all(axis=1))
        return place * self.levels.shape[0] + int(at[0]) if at.size else None

    def state_of(self, point: int) -> int:
        """Return the number in the graph of the state of a point."""
        return int(self.states[point // self.levels.shape[0]])

    def levels_of(self, point: int) -> dict[str, int]:
        """Return the levels of the stocks at a point, by id."""
        stocks = self.conflict.timing.stocks if self.conflict.timing else ()
        row = self.levels[point % self.levels.shape[0]].tolist()
        return {stock.id: level for stock, level in zip(stocks, row, strict=True)}

    def events_of(self, point: int) -> range:
        """Return the places of the events that can happen at a point."""
        return range(int(self.first[point]), int(self.first[point + 1]))
