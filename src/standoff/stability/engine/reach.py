"""Where moves lead from a set of states, how far every state is, and a shortest way there.

No arcs are listed: a step looks only at the menus that the states in the set use.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from standoff.graph import GraphModel, States, around
from standoff.stability.engine.menus import Ints, Menus, menus
from standoff.states.numbering import starts

Step = tuple[int, int, int]
"""A move by numbers: decision maker, origin, target."""

FAR = np.int32(2**31 - 1)
"""The distance of a state that cannot be reached."""


@dataclass(frozen=True, slots=True, eq=False)
class Choices:
    """One decision maker's moves, found menu by menu.

    Attributes
    ----------
    menu_of : int32 array
        The menu that each state uses, -1 for none.
    targets, target_starts : the targets of menu after menu
    rank : the decision maker's ranking
    """

    menu_of: Ints
    targets: Ints
    target_starts: NDArray[np.int64]
    rank: Ints

    def from_any(self, states: States, *, improving: bool = False) -> States:
        """Return, ascending, where one move (or one improvement) leads from any of the states."""
        users = states[self.menu_of[states] >= 0]
        keys = self.menu_of[users].astype(np.int64) << 32 | (self.rank[users] if improving else users)
        keys.sort()
        first = np.flatnonzero(np.diff(keys >> 32, prepend=-1))
        used, lowest = keys[first] >> 32, keys[first] & 0xFFFFFFFF
        alone = np.diff(first, append=keys.size) == 1
        sizes = np.diff(self.target_starts)[used]
        skipped = self.target_starts[used] - starts(sizes)[:-1]
        targets = self.targets[np.arange(sizes.sum()) + np.repeat(skipped, sizes)]
        if improving:
            found = targets[self.rank[targets] > np.repeat(lowest, sizes)]
        else:
            found = targets[targets != np.repeat(np.where(alone, lowest, -1), sizes)]
        return _ascending(found, self.menu_of.size)


def _ascending(found: NDArray[Any], states: int) -> States:
    """Return the states found, each once: by marks if they are many, else by a sort."""
    if 16 * found.size < states:
        in_order = np.sort(found).astype(np.int64)
        return in_order[np.diff(in_order, prepend=-1) > 0]
    marked = np.zeros(states, np.bool_)
    marked[found] = True
    return np.flatnonzero(marked)


def choices(graph: GraphModel) -> tuple[Choices, ...]:
    """Prepare every decision maker's moves for `Choices.from_any`: O(m) each."""
    return tuple(chosen(menus(arcs), rank) for arcs, rank in zip(graph.arcs, graph.ranks, strict=True))


def chosen(own: Menus, rank: Ints) -> Choices:
    """Prepare the moves of these menus for `Choices.from_any`: O(m)."""
    menu_of = np.full(rank.size, -1, np.int32)
    menu_of[own.users] = own.user_menu
    by_menu = np.argsort(own.target_menu, kind="stable")
    bounds = starts(np.bincount(own.target_menu, minlength=own.count))
    return Choices(menu_of, own.targets[by_menu], bounds, rank)


def best_after_move(graph: GraphModel, dm: int) -> Ints:
    """Return, for each state, the best rank that a move of the decision maker leads to, or -1.

    The state itself may count as one of the targets.
    """
    own = chosen(menus(graph.arcs[dm]), graph.ranks[dm])
    sizes = np.diff(own.target_starts)
    best = np.full(sizes.size + 1, -1, np.int32)
    some = np.flatnonzero(sizes)
    if some.size:
        best[some] = np.maximum.reduceat(own.rank[own.targets], own.target_starts[some])
    return best[own.menu_of]


def closure(prepared: Sequence[Choices], start: States, *, improving: bool = False) -> NDArray[np.bool_]:
    """Return which states moves (or improvements) of anybody, in any order, lead to; the start included."""
    found = np.zeros(prepared[0].menu_of.size, np.bool_)
    found[start] = True
    fresh = np.flatnonzero(found)
    while fresh.size:
        reached = np.zeros_like(found)
        for own in prepared:
            reached[own.from_any(fresh, improving=improving)] = True
        fresh = np.flatnonzero(reached & ~found)
        found[fresh] = True
    return found


def distances(
    graph: GraphModel,
    start: int,
    movers: Sequence[int] | None = None,
    *,
    improving: bool = False,
    prepared: Sequence[Choices] | None = None,
    goals: NDArray[np.bool_] | None = None,
) -> Ints:
    """Return the length of a shortest legal sequence from `start` to each state, by its last mover.

    Breadth first over pairs of state and last mover, since nobody moves twice in a row. Row j
    holds the sequences in which decision maker j moved last; `FAR` where there is none.

    Parameters
    ----------
    movers : sequence of int, optional
        The decision makers that take part; all of them if left out.
    improving : bool
        Whether each move must be an improvement for the one who makes it.
    prepared : sequence of Choices, optional
        What `choices` returns for the graph, to be used again. Without it only the states that the
        movers can reach at all are looked at.
    goals : bool array, optional
        Go no farther than to the nearest of these states; what is farther off stays `FAR`.
    """
    if prepared is not None:
        return _spread(prepared, start, movers, goals, improving=improving)
    part, states = around(graph, start, range(len(graph.arcs)) if movers is None else movers)
    if part is graph:
        return _spread(choices(graph), start, movers, goals, improving=improving)
    far = np.full((len(graph.arcs), graph.space.size), FAR)
    here = int(np.searchsorted(states, start))
    near = None if goals is None else goals[states]
    far[:, states] = _spread(choices(part), here, movers, near, improving=improving)
    return far


def _spread(
    prepared: Sequence[Choices],
    start: int,
    movers: Sequence[int] | None,
    goals: NDArray[np.bool_] | None,
    *,
    improving: bool,
) -> Ints:
    states = prepared[0].menu_of.size
    parties = range(len(prepared))
    taking_part = parties if movers is None else movers
    far = np.full((len(prepared), states), FAR)
    origin = np.array([start], np.int64)
    fresh = dict.fromkeys(parties, origin)
    step = 0
    while any(some.size for some in fresh.values()):
        step += 1
        arrived = dict.fromkeys(parties, origin[:0])
        for dm in taking_part:
            others = [origin[:0], *(s for last, s in fresh.items() if last != dm or step == 1)]
            sources = _ascending(np.concatenate(others), states)
            reached = prepared[dm].from_any(sources, improving=improving)
            arrived[dm] = reached[far[dm, reached] == FAR]
            far[dm, arrived[dm]] = step
        if goals is not None and any(goals[some].any() for some in arrived.values()):
            return far
        fresh = arrived
    return far


def shortest_path(
    graph: GraphModel,
    start: int,
    goals: Sequence[int] | States,
    movers: Sequence[int] | None = None,
    *,
    improving: bool = False,
) -> tuple[Step, ...] | None:
    """Return a shortest legal sequence of moves from `start` to one of the goals, or None.

    Empty if the start is a goal. Of several the one whose moves have the lowest numbers, read
    from its end, so the answer does not depend on chance.
    """
    wanted = np.zeros(graph.space.size, np.bool_)
    wanted[np.asarray(goals, np.int64)] = True
    far = distances(graph, start, movers, improving=improving, goals=wanted)
    return way_back(graph, far, start, goals, improving=improving)


def way_back(
    graph: GraphModel, far: Ints, start: int, goals: Sequence[int] | States, *, improving: bool = False
) -> tuple[Step, ...] | None:
    """Return what `shortest_path` does, from the `distances` to all states (of the same kind of moves)."""
    if start in goals:
        return ()
    ends = far[:, np.asarray(goals, np.int64)]
    if not ends.size or ends.min() == FAR:
        return None
    goal, dm = np.unravel_index(int(ends.T.argmin()), ends.T.shape)
    here, last, length = int(goals[int(goal)]), int(dm), int(ends.min())
    steps: list[Step] = []
    for left in range(length - 1, 0, -1):
        before = graph.improvements_onto(last, here) if improving else graph.moves_onto(last, here)
        others = [dm for dm in range(far.shape[0]) if dm != last]
        row, column = np.argwhere(far[np.array(others)[:, None], before] == left)[0]
        steps.append((last, int(before[column]), here))
        here, last = int(before[column]), others[int(row)]
    steps.append((last, start, here))
    return tuple(reversed(steps))
