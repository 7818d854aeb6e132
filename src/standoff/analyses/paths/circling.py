"""Rounds of improvements by name: who goes round in what, how one gets in and who can get out."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from time import monotonic

import numpy as np

from standoff.analyses.paths.cycles import Rounds, leaving, rounds, shortest_cycle
from standoff.analyses.paths.movers import Mover, movers
from standoff.analyses.paths.result import Cycles, Round
from standoff.analyses.paths.search import Search, search
from standoff.analyses.paths.ways import Told, way, way_step
from standoff.graph import GraphModel, States
from standoff.progress import Progress


def cycles(
    told: Told,
    start: int,
    *,
    most: int = 5,
    time_limit: float | None = None,
    progress: Progress | None = None,
) -> Cycles:
    """Find where improvements go round in circles.

    Parameters
    ----------
    told : Told
    start : int
        The state from which the ways into the rounds are told.
    most : int
        Most kinds of rounds told.
    time_limit : float, optional
        Seconds, checked between parts of the work; what is missing then is marked in the result.
    """
    until = None if time_limit is None else monotonic() + time_limit

    def over() -> bool:
        return until is not None and monotonic() > until

    graph = told.graph
    if progress is not None:
        progress("looking for cycles", 0.0)
    found, parties = rounds(graph, over), movers(graph)
    if found is None:
        return Cycles(start=graph.space.label(start), stopped=True)
    states = np.unique(found.states)
    left = None if until is None else max(0.0, until - monotonic())
    ways_in = search(parties, start, "sacrifices", states, left, progress)
    kinds = sorted(_alike(graph, found), key=lambda numbers: _distance(found, ways_in, numbers))
    rows: list[Round] = []
    for numbers in kinds[:most]:
        if over():
            break
        rows.append(_round(told, parties, found, ways_in, numbers))
    return Cycles(
        start=graph.space.label(start),
        rounds=found.count,
        states=states.size,
        inside=bool(np.isin(start, states)),
        told=tuple(rows),
        untold=sum(len(numbers) for numbers in kinds[len(rows) :]),
        stopped=not ways_in.finished or len(rows) < min(most, len(kinds)),
    )


def _alike(graph: GraphModel, found: Rounds) -> list[list[int]]:
    """Return the rounds by kind: the same size, the same movers, the same options that change."""
    kinds: dict[Hashable, list[int]] = {}
    changing = _changing(graph, found)
    for number in range(found.count):
        size = int(found.starts[number + 1] - found.starts[number])
        key = (size, found.movers(number).tobytes(), changing[number]) if graph.space.options else number
        kinds.setdefault(key, []).append(number)
    return list(kinds.values())


def _changing(graph: GraphModel, found: Rounds) -> list[int]:
    """Return for each round the mask of the options that are not the same in all its states."""
    if not found.count:
        return []
    codes = graph.space.codes[found.states]
    first = found.starts[:-1]
    mask = np.bitwise_or.reduceat(codes, first) & ~np.bitwise_and.reduceat(codes, first)
    return [int(each) for each in mask]


def _members(found: Rounds, numbers: Sequence[int]) -> States:
    return np.unique(np.concatenate([found.members(number) for number in numbers]))


def _distance(found: Rounds, ways_in: Search, numbers: Sequence[int]) -> tuple[int, int]:
    return int(ways_in.packed()[_members(found, numbers)].min()), numbers[0]


def _round(
    told: Told, parties: Sequence[Mover], found: Rounds, ways_in: Search, numbers: Sequence[int]
) -> Round:
    graph = told.graph
    nearest = ways_in.nearest(_members(found, numbers))
    entered = int(found.members(numbers[0])[0]) if nearest is None else nearest
    number = next(each for each in numbers if entered in found.members(each))
    cycle = shortest_cycle(parties, entered) or ()
    mask = _changing(graph, found)[number]
    return Round(
        states=found.members(number).size,
        movers=tuple(graph.decision_makers[dm] for dm in np.flatnonzero(found.movers(number))),
        changing=tuple(option for bit, option in enumerate(graph.space.options) if mask >> bit & 1),
        leaving=tuple(graph.decision_makers[dm] for dm in leaving(parties, found, number)),
        alike=len(numbers),
        cycle=tuple(way_step(told, parties[step.mover], step) for step in cycle),
        entry=way(told, ways_in, np.array([entered])),
    )
