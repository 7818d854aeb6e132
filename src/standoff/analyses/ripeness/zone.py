"""The zone of agreement: which states, which of them hold, and what leads to them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from time import monotonic

import numpy as np
from numpy.typing import NDArray

from standoff.analyses.paths import Search, movers, search
from standoff.analyses.ripeness.result import WAYS, NearlyAgreed, Zone, ZoneState
from standoff.analyses.ways import named
from standoff.graph import GraphModel, OptionArcs, States
from standoff.stability.engine.menus import Ints
from standoff.stability.engine.reach import FAR, Choices, Step, distances, way_back

Stable = NDArray[np.bool_]
Kind = tuple[str, bool, bool]
"""Of a state: the way there, whether one joint step leads there, whether it is undominated."""


def zone_of(
    graph: GraphModel,
    prepared: Sequence[Choices],
    holds_for: Stable,
    state: int,
    parties: Sequence[int],
    levels: Sequence[int],
    given: Collection[int],
    most: int,
    deadline: float | None = None,
) -> Zone:
    """Return the states better for every party than `state` and than its no-agreement level.

    Parameters
    ----------
    holds_for : bool array (decision makers, states)
        SEQ stability.
    levels : sequence of int
        The no-agreement level of each party, as a rank.
    given : collection of int
        The states told whatever their number.
    most : int
        Most states told apart from these.
    deadline : float, optional
        The moment (`time.monotonic`) after which no further state is told; all are counted.
    """
    members = _better(graph, state, parties, levels)
    holding: Stable = np.all(holds_for[:, members], axis=0)
    far = {
        way: distances(graph, state, improving=way == "improvements", prepared=prepared) for way in WAYS[:2]
    }
    joint = _in_one_step(graph, parties, state, members)
    reached = [far[name][:, members].min(axis=0) < FAR for name in WAYS[:2]]
    way = np.select([*reached, joint], [0, 1, 2], 3)
    best = undominated(np.array([graph.ranks[dm][members] for dm in parties]))
    undone = (~holds_for[:, members]).sum(axis=1).tolist()
    told = _told(members, np.lexsort((np.arange(members.size), way, ~best, ~holding)), given, most)
    kinds = [(int(members[k]), (WAYS[way[k]], bool(joint[k]), bool(best[k]))) for k in told]
    states = _states(graph, holds_for, state, kinds, far["improvements"], deadline)
    return Zone(
        size=int(members.size),
        holding=int(holding.sum()),
        undominated=int(best.sum()),
        undone_by=dict(zip(graph.decision_makers, undone, strict=True)),
        ways=_by_way(way, holding),
        states=states,
        stopped=len(states) < len(told),
        but_for=dict(_but_for(graph, state, parties, levels)),
    )


def _states(
    graph: GraphModel,
    holds_for: Stable,
    state: int,
    told: Sequence[tuple[int, Kind]],
    improving: Ints,
    deadline: float | None,
) -> tuple[ZoneState, ...]:
    """Return what is told of the states until the time is up, without those to which the way is not sure."""
    costly = np.array([target for target, (way, *_) in told if way == "moves"], np.int64)
    cheapest = None
    if costly.size and not _over(deadline):
        left = None if deadline is None else max(0.0, deadline - monotonic())
        cheapest = search(movers(graph), state, "sacrifices", costly, left)
    states: list[ZoneState] = []
    for target, kind in told:
        if _over(deadline):
            break
        if kind[0] != "moves" or (cheapest is not None and cheapest.finished):
            states.append(_zone_state(graph, holds_for, (state, target), kind, improving, cheapest))
    return tuple(states)


def _over(deadline: float | None) -> bool:
    return deadline is not None and monotonic() > deadline


def _better(graph: GraphModel, state: int, parties: Sequence[int], levels: Sequence[int]) -> States:
    """Return the states that every party ranks above both `state` and its no-agreement level."""
    better = np.ones(graph.space.size, np.bool_)
    for dm, level in zip(parties, levels, strict=True):
        rank = graph.ranks[dm]
        better &= rank > max(level, int(rank[state]))
    return np.flatnonzero(better)


def _but_for(
    graph: GraphModel, state: int, parties: Sequence[int], levels: Sequence[int]
) -> Iterator[tuple[str, NearlyAgreed]]:
    """Yield for each party the states that it alone does not find better, if there are any."""
    if len(parties) < 2:
        return
    for place, dm in enumerate(parties):
        rest = [k for k in range(len(parties)) if k != place]
        agreed = _better(graph, state, [parties[k] for k in rest], [levels[k] for k in rest])
        rank = graph.ranks[dm]
        agreed = agreed[rank[agreed] <= max(levels[place], int(rank[state]))]
        if agreed.size:
            nearest = int(agreed[np.argmax(rank[agreed])])
            yield (
                graph.decision_makers[dm],
                NearlyAgreed(
                    number=int(agreed.size),
                    nearest=graph.space.label(nearest),
                    ranks=int(rank[nearest]) - int(rank[state]),
                ),
            )


def _by_way(way: Ints, holding: Stable) -> dict[str, tuple[int, int]]:
    """Return how many of the states can be reached each way, and how many of these hold."""
    return {
        name: (int((way == place).sum()), int((holding & (way == place)).sum()))
        for place, name in enumerate(WAYS)
    }


def _told(members: States, order: States, given: Collection[int], most: int) -> list[int]:
    """Return the places of the members to tell: those given, then the best up to `most` in all."""
    first = [k for k in order.tolist() if int(members[k]) in given]
    rest = [k for k in order.tolist() if int(members[k]) not in given]
    return first + rest[: max(0, most - len(first))]


def _in_one_step(graph: GraphModel, parties: Sequence[int], state: int, targets: States) -> NDArray[np.bool_]:
    """Return to which states the parties could come by changing their options together, in one step.

    Each keeps to its own irreversible options and forbidden moves. Option form only.
    """
    possible = np.full(targets.size, not graph.is_graph_form)
    code, codes = int(graph.space.codes[state]), graph.space.codes[targets]
    others = ~np.int64(0)
    for dm in parties:
        arcs = graph.arcs[dm]
        if isinstance(arcs, OptionArcs):
            others &= ~arcs.own
            barred = ~codes & (code & arcs.stays_taken) | codes & (~code & arcs.stays_untaken)
            possible &= barred & arcs.own == 0
            for origin, goal in arcs.forbidden:
                if origin[state]:
                    possible &= ~(goal[targets] & ((codes ^ code) & arcs.own != 0))
    return possible & ((codes ^ code) & others == 0)


def undominated(ranks: NDArray[np.int32]) -> NDArray[np.bool_]:
    """Return which columns no other column equals or exceeds in every row and exceeds in some.

    A column with the largest sum of those left is undominated; it takes out what it dominates.
    """
    left = np.arange(ranks.shape[1])
    best = np.zeros(left.size, np.bool_)
    total = ranks.sum(axis=0, dtype=np.int64)
    while left.size:
        alike = left[total[left] == total[left].max()]
        best[alike] = True
        for column in np.unique(ranks[:, alike], axis=1).T:
            left = left[(ranks[:, left] > column[:, None]).any(axis=0)]
    return best


def _zone_state(
    graph: GraphModel,
    holds_for: Stable,
    ends: tuple[int, int],
    kind: Kind,
    improving: Ints,
    cheapest: Search | None,
) -> ZoneState:
    (state, target), (way, joint, best) = ends, kind
    steps: tuple[Step, ...] = ()
    if way == "improvements":
        steps = way_back(graph, improving, state, [target], improving=True) or ()
    elif way == "moves" and cheapest is not None:
        steps = cheapest.path(target) or ()
    gains = {
        name: int(rank[target]) - int(rank[state])
        for name, rank in zip(graph.decision_makers, graph.ranks, strict=True)
    }
    lost = [step for step in steps if graph.ranks[step[0]][step[2]] < graph.ranks[step[0]][step[1]]]
    return ZoneState(
        state=graph.space.label(target),
        ranks=gains,
        undone_by=tuple(
            name for name, row in zip(graph.decision_makers, holds_for, strict=True) if not row[target]
        ),
        losers=tuple(name for name, gain in gains.items() if gain < 0),
        undominated=best,
        way=way,
        joint=joint,
        steps=named(graph, steps),
        sacrifices=named(graph, lost),
    )
