"""The graph model: who can move from where to where, and who gains by it. No arc list needed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from standoff.model.conflict import Conflict, DecisionMaker, ForbiddenMove
from standoff.preferences import Ranks, dense
from standoff.states.space import StateSpace

States = NDArray[np.int64]
"""Numbers of states, ascending."""

_LOOKED_UP = 1 << 6
_COST_OF_LOOKING_UP = 8


@dataclass(frozen=True, slots=True, eq=False)
class OptionArcs:
    """Moves of a decision maker in option form: it changes any of its own options in one step.

    Attributes
    ----------
    codes : int64 array
        Codes of all states, ascending.
    lowest, count : int
        The decision maker owns options `lowest` to `lowest + count - 1`.
    stays_taken, stays_untaken : int
        Masks of own options that cannot be left once taken, or once not taken.
    forbidden : tuple of pairs of bool arrays
        A move is taken out if for some pair its origin is in the first, its target in the second.
    """

    codes: NDArray[np.int64]
    lowest: int
    count: int
    stays_taken: int
    stays_untaken: int
    forbidden: tuple[tuple[NDArray[np.bool_], NDArray[np.bool_]], ...]

    @property
    def own(self) -> int:
        """The mask of the decision maker's own options."""
        return ((1 << self.count) - 1) << self.lowest

    def from_(self, state: int) -> States:
        """Return the states that one move leads to."""
        code, others = int(self.codes[state]), self._group(state)
        target = self.codes[others]
        allowed = (~target & (code & self.stays_taken) | target & (~code & self.stays_untaken)) == 0
        for origin, goal in self.forbidden:
            if origin[state]:
                allowed &= ~goal[others]
        return others[allowed]

    def onto(self, state: int) -> States:
        """Return the states from which one move leads here."""
        code, others = int(self.codes[state]), self._group(state)
        origin_code = self.codes[others]
        allowed = (origin_code & (self.stays_taken & ~code) | ~origin_code & (self.stays_untaken & code)) == 0
        for origin, goal in self.forbidden:
            if goal[state]:
                allowed &= ~origin[others]
        return others[allowed]

    def _group(self, state: int) -> States:
        """Return the other states in which everybody else's options are the same.

        They lie between the codes with the same higher options. What is cheaper there: to look up
        every combination of the own options, or to look at every state.
        """
        rest, top = int(self.codes[state]) & ~self.own, self.lowest + self.count
        ends = (rest >> top << top, ((rest >> top) + 1) << top)
        first, last = (int(end) for end in np.searchsorted(self.codes, ends))
        near = self.codes[first:last]
        if 1 << self.count <= max(_LOOKED_UP, near.size // _COST_OF_LOOKING_UP):
            wanted = rest | (np.arange(1 << self.count, dtype=np.int64) << self.lowest)
            places = np.minimum(np.searchsorted(near, wanted), near.size - 1)
            group = places[near[places] == wanted]
        else:
            group = np.flatnonzero(near & ~self.own == rest)
        group = group + first
        return group[group != state]


@dataclass(frozen=True, slots=True, eq=False)
class ListedArcs:
    """Moves of a decision maker in graph form, listed; they need not be transitive."""

    targets: tuple[States, ...]
    origins: tuple[States, ...]

    def from_(self, state: int) -> States:
        """Return the states that one move leads to."""
        return self.targets[state]

    def onto(self, state: int) -> States:
        """Return the states from which one move leads here."""
        return self.origins[state]


Arcs = OptionArcs | ListedArcs


@dataclass(frozen=True, slots=True, eq=False)
class GraphModel:
    """A conflict ready for analysis: states, moves and rankings of every decision maker.

    Decision makers and states are numbers here; `decision_makers` and `space` hold the names.
    """

    space: StateSpace
    decision_makers: tuple[str, ...]
    arcs: tuple[Arcs, ...]
    ranks: tuple[Ranks, ...]

    @property
    def is_graph_form(self) -> bool:
        """Whether states have no options and moves are listed."""
        return any(isinstance(arcs, ListedArcs) for arcs in self.arcs)

    @property
    def is_transitive(self) -> bool:
        """Whether moves are known to be transitive: option form with no forbidden moves."""
        return all(isinstance(arcs, OptionArcs) and not arcs.forbidden for arcs in self.arcs)

    def moves(self, dm: int, state: int) -> States:
        """Return R_i(s): where the decision maker can go in one step (the state itself excluded)."""
        return self.arcs[dm].from_(state)

    def moves_onto(self, dm: int, state: int) -> States:
        """Return the states from which the decision maker can come here in one step."""
        return self.arcs[dm].onto(state)

    def improvements(self, dm: int, state: int) -> States:
        """Return R_i+(s): the moves to states that the decision maker strictly prefers."""
        targets, ranks = self.moves(dm, state), self.ranks[dm]
        return targets[ranks[targets] > ranks[state]]

    def improvements_onto(self, dm: int, state: int) -> States:
        """Return the states from which coming here is an improvement for the decision maker."""
        origins, ranks = self.moves_onto(dm, state), self.ranks[dm]
        return origins[ranks[origins] < ranks[state]]

    def combined(self, state: int, changes: Iterable[tuple[int, int]]) -> int | None:
        """Return the state like `state` but with each decision maker's options as in the state given for it.

        None if that state is not feasible. Option form only.
        """
        codes = self.space.codes
        code = int(codes[state])
        for dm, model in changes:
            arcs = self.arcs[dm]
            if isinstance(arcs, OptionArcs):
                code = code & ~arcs.own | int(codes[model]) & arcs.own
        return self.space.find(code)


def graph_model(conflict: Conflict, space: StateSpace, ranks: tuple[Ranks, ...]) -> GraphModel:
    """Build the graph model of a conflict from its states and rankings."""
    make = _listed_arcs if conflict.is_graph_form else _option_arcs
    arcs = tuple(make(conflict, dm, space) for dm in conflict.decision_makers)
    return GraphModel(space, tuple(dm.id for dm in conflict.decision_makers), arcs, ranks)


def restricted(graph: GraphModel, kept: NDArray[np.bool_], start: int, assumed: str) -> GraphModel:
    """Return the graph model of some of the states only, which keep their labels. Option form only.

    As if a feasibility rule excluded the others, in which the statement `assumed` is not true: moves
    to and from them are gone. If the status quo is among them, `start` (a number before the
    restriction) takes its place.
    """
    space = graph.space
    numbers = np.flatnonzero(kept)
    status_quo = space.status_quo if kept[space.status_quo] else start
    names = {new: space.label(old) for new, old in enumerate(numbers.tolist())}
    first = int(np.searchsorted(numbers, status_quo))
    narrower = StateSpace(space.options, space.codes[kept], names, first, space, assumed)
    ranks = tuple(dense(rank[kept].astype(np.int64)) for rank in graph.ranks)
    return GraphModel(narrower, graph.decision_makers, _narrowed(graph, numbers), ranks)


def around(graph: GraphModel, state: int, movers: Iterable[int]) -> tuple[GraphModel, States]:
    """Return the part of a graph model that these decision makers cannot leave from a state.

    The states in which the options of all others are the same, without their labels, and their
    numbers in the whole. The graph itself in graph form, or if that is all states.
    """
    space = graph.space
    if graph.is_graph_form:
        return graph, np.arange(space.size)
    arcs = [graph.arcs[dm] for dm in movers]
    others = ~sum(own.own for own in arcs if isinstance(own, OptionArcs))
    numbers = np.flatnonzero(space.codes & others == space.codes[state] & others)
    if numbers.size == space.size:
        return graph, numbers
    part = StateSpace(space.options, space.codes[numbers], {}, int(np.searchsorted(numbers, state)))
    ranks = tuple(rank[numbers] for rank in graph.ranks)
    return GraphModel(part, graph.decision_makers, _narrowed(graph, numbers), ranks), numbers


def _narrowed(graph: GraphModel, kept: States) -> tuple[OptionArcs, ...]:
    """Return the moves among some of the states. Option form only."""
    return tuple(
        replace(own, codes=own.codes[kept], forbidden=tuple((a[kept], b[kept]) for a, b in own.forbidden))
        for own in graph.arcs
        if isinstance(own, OptionArcs)
    )


def _option_arcs(conflict: Conflict, dm: DecisionMaker, space: StateSpace) -> OptionArcs:
    own = [option.name for option in dm.options]
    stays = {True: 0, False: 0}
    for literal in conflict.irreversible:
        if literal.option in own:
            stays[literal.taken] |= 1 << space.options.index(literal.option)
    return OptionArcs(
        codes=space.codes,
        lowest=space.options.index(own[0]) if own else 0,
        count=len(own),
        stays_taken=stays[True],
        stays_untaken=stays[False],
        forbidden=tuple(_pair(move, space) for move in conflict.forbidden_moves if move.by == dm.id),
    )


def _pair(move: ForbiddenMove, space: StateSpace) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    return space.where(move.origin.expression), space.where(move.target.expression)


def _listed_arcs(_: Conflict, dm: DecisionMaker, space: StateSpace) -> ListedArcs:
    targets: list[list[int]] = [[] for _ in range(space.size)]
    origins: list[list[int]] = [[] for _ in range(space.size)]
    for origin, target in sorted(set(dm.moves)):
        start, end = space.index(origin), space.index(target)
        if start != end:
            targets[start].append(end)
            origins[end].append(start)
    return ListedArcs(*(tuple(np.array(sorted(s), np.int64) for s in side) for side in (targets, origins)))
