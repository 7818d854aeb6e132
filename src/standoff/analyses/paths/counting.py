"""All cheapest paths to a state: how many there are, and what the first sacrifice on one can be."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

from standoff.analyses.paths.slopes import FAR, SACRIFICE
from standoff.analyses.paths.steps import Step, others, step_costs

if TYPE_CHECKING:
    from standoff.analyses.paths.search import Search

_MOST_COUNTED = 20_000
"""Equal paths are counted over at most so many pairs of state and last mover."""


def counted(found: Search, goal: int, rows: Sequence[int]) -> int | None:
    """Count the cheapest paths back from the goal, each pair of state and last mover once."""
    before_whom = others(found.movers)
    visited = 0

    @cache
    def ways(last: int, here: int) -> int:
        nonlocal visited
        visited += 1
        if visited > _MOST_COUNTED:
            raise _TooManyError
        origins = found.movers[last].arcs.onto(here)
        step = step_costs(found.movers[last], found.kind, origins, here)
        left = found.costs[last, here] - step
        number = int(((origins == found.start) & (left == 0)).sum())
        for row in before_whom[last]:
            fitting = (found.costs[row, origins] == left) & (step < FAR)
            number += sum(ways(row, int(origin)) for origin in origins[fitting])
        return number

    try:
        return sum(ways(row, goal) for row in rows)
    except (_TooManyError, RecursionError):
        return None


def first_sacrifices(found: Search, todo: list[tuple[int, int]]) -> tuple[Step, ...] | None:
    """Go back from the pairs of last mover and state given, along all cheapest paths."""
    before_whom = others(found.movers)
    seen, first = set(todo), set()
    while todo:
        last, here = todo.pop()
        if found.costs[last, here] < SACRIFICE:
            continue
        if len(seen) > _MOST_COUNTED:
            return None
        origins = found.movers[last].arcs.onto(here)
        step = step_costs(found.movers[last], found.kind, origins, here)
        left = found.costs[last, here] - step
        before = {
            (row, int(s)) for row in before_whom[last] for s in origins[found.costs[row, origins] == left]
        }
        gone = {s for _, s in before} | set(origins[(origins == found.start) & (left == 0)].tolist())
        given = set(origins[(step >= SACRIFICE) & (left < SACRIFICE)].tolist())
        first |= {Step(last, origin, here) for origin in gone & given}
        todo += before - seen
        seen |= before
    return tuple(sorted(first))


class _TooManyError(Exception):
    """There are too many paths to be counted cheaply."""
