"""What class improvements lead to: joint gains of any subcoalitions of a set, one after the other.

A class improvement of a set M is a sequence of coalition improvements by nonempty subcoalitions
K of M, each a strict gain for every member of the K that makes it, compared with the state it
leaves; no K makes two in a row (Inohara and Hipel 2008, as later texts have it).
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from itertools import combinations

import numpy as np

from standoff.analyses.coalitions.clock import require_time
from standoff.analyses.coalitions.ways import NOTHING, Bools, Coalitional, Values
from standoff.graph import OptionArcs, States

_TOGETHER = 64
"""Regions are looked at together until they have so many states."""


def subcoalitions(members: Sequence[int]) -> tuple[tuple[int, ...], ...]:
    """Return all nonempty subsets, small ones first."""
    return tuple(k for size in range(1, len(members) + 1) for k in combinations(members, size))


def least_by_class_gains(
    field: Coalitional,
    movers: tuple[int, ...],
    watched: Sequence[int],
    wanted: Bools,
    until: float | None = None,
) -> Values:
    """Return, for each of the watched and each state, the lowest rank that class improvements lead to.

    Shape (watched, states), filled in at least where a state is wanted; `NOTHING` where there is no
    class improvement. Costs a matrix over the states that the movers can tell apart, one such region
    at a time. A region that was looked at is kept for the next question.

    Raises
    ------
    OutOfTimeError
        If it is later than `until` (`time.monotonic`) before that is done.
    """
    least, known = field.least_known(movers, tuple(watched))
    if not movers:
        return least
    worth = np.array([field.graph.ranks[dm] for dm in watched])
    for region in regions(field, movers, _TOGETHER):
        if not (wanted & ~known)[region].any():
            continue
        gains = list(gains_within(field, subcoalitions(movers), region, until))
        if gains and field.graph.is_transitive:
            gains = [np.logical_or.reduce(gains)]
        listed = [(*np.nonzero(each),) for each in gains]
        for row, values in enumerate(worth[:, region]):
            if listed:
                least[row, region] = least_after(listed, values, until, again=field.graph.is_transitive)
        known[region] = True
    return least


def regions(field: Coalitional, movers: tuple[int, ...], together: int) -> Iterator[States]:
    """Yield sets of states that the movers cannot leave: the options of all others are the same.

    Small ones are joined until they have so many states.
    """
    space = field.graph.space
    owned = [arcs.own for dm in movers if isinstance(arcs := field.graph.arcs[dm], OptionArcs)]
    if len(owned) < len(movers):
        yield np.arange(space.size)
        return
    rest = space.codes & ~np.bitwise_or.reduce(np.array(owned, np.int64))
    order = np.argsort(rest, kind="stable")
    bounds = np.flatnonzero(np.diff(rest[order])) + 1
    yield from np.split(order, bounds[np.diff(bounds // together, prepend=0) > 0])


def gains_within(
    field: Coalitional, sets: Sequence[tuple[int, ...]], region: States, until: float | None
) -> Iterator[Bools]:
    """Yield the coalition improvements of sets within a region, a matrix for each that has some."""
    ranks = {dm: field.graph.ranks[dm][region] for k in sets for dm in k}
    better = {dm: rank[None, :] > rank[:, None] for dm, rank in ranks.items()}
    for k in sets:
        require_time(until)
        gains = field.in_turn(k).between(region, region)
        for dm in k:
            gains &= better[dm]
        if gains.any():
            yield gains


def least_after(
    gains: Sequence[tuple[States, ...]], worth: Values, until: float | None, *, again: bool
) -> Values:
    """Return the least worth that is reached from each state, nobody moving twice in a row.

    Gains are lists of origins, ascending, and targets. With `again` it does no harm that somebody does.
    """
    bounds = [np.flatnonzero(np.diff(origins, prepend=-1)) for origins, _ in gains]
    found = [np.full(worth.size, NOTHING) for _ in gains]
    left = deque(range(len(gains)))
    while left:
        require_time(until)
        j = left.popleft()
        after = found if again else [each for k, each in enumerate(found) if k != j]
        origins, targets = gains[j]
        from_here = origins[bounds[j]]
        new = np.minimum.reduceat(np.minimum.reduce([worth, *after])[targets], bounds[j])
        if (new < found[j][from_here]).any():
            found[j][from_here] = np.minimum(found[j][from_here], new)
            left.extend(k for k in range(len(gains)) if k not in left and (again or k != j))
    return np.minimum.reduce(found)
