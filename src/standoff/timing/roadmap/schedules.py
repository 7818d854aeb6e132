"""The same way in fewer joint steps: which schedule keeps itself with the least patience."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations, pairwise
from typing import Literal

from standoff.errors import UsageError
from standoff.timing.roadmap.result import Schedule, UnderType
from standoff.timing.roadmap.rows import factor_of, row
from standoff.timing.roadmap.sides import Side
from standoff.timing.roadmap.spacings import spacings
from standoff.timing.roadmap.stakes import Deal, Stakes, deal
from standoff.timing.roadmap.verdicts import Row, weakest_of

MOST_STEPS = 8
"""Of a way of more steps only the single step and the way itself are tried."""

ByRanks = Literal["all", "some", "none"]


def schedules(whole: Deal, sides: Sequence[Side], step_months: float) -> tuple[Schedule, ...]:
    """Return the schedules of a way: itself, all ways to join its steps, last the single step.

    A joint step of all whose options change is one step. In graph form steps are joined only
    where one decision maker has the move.
    """
    known: dict[tuple[object, ...], Row] = {}
    found = []
    for states in _stops(whole.states):
        try:
            joined = deal(whole.graph, states, whole.answers)
        except UsageError:
            continue
        found.append(schedule(joined, sides, step_months, known))
    return tuple(found)


def _stops(states: Sequence[int]) -> Iterator[tuple[int, ...]]:
    """Yield the ways that leave out some of the states between, fewest first."""
    first, *between, last = states
    sizes = range(len(between), -1, -1)
    if len(between) >= MOST_STEPS:
        sizes = range(len(between), -1, -len(between))
    for size in sizes:
        for kept in combinations(range(len(between)), size):
            stops = (first, *(between[place] for place in kept), last)
            if all(one != other for one, other in pairwise(stops)):
                yield stops


def schedule(
    each: Deal, sides: Sequence[Side], step_months: float, known: dict[tuple[object, ...], Row] | None = None
) -> Schedule:
    """Return how all sides stand on one schedule; `known` keeps the rows that schedules share."""
    memory = {} if known is None else known
    stakes = list(each.stakes())
    rows = [
        _row(each, side, at, step_months, memory)
        for at in stakes
        for side in sides
        if side.dm == at.dm and side.utility is not None
    ]
    types: list[str | None] = list(dict.fromkeys(side.type for side in sides if side.type is not None))
    types = types or [None]
    by_ranks = _by_ranks(stakes, sides, step_months)
    return Schedule(
        states=tuple(each.graph.space.label(state) for state in each.states),
        holds=all(found.holds for found in rows) if rows else None,
        critical_factor=_critical(rows),
        by_type=tuple(_under(type_, rows, by_ranks) for type_ in types),
        least_share=min((found.share for found in rows), default=None),
        weakest=weakest_of(rows),
        by_ranks=_least(by_ranks.values()),
    )


def _under(type_: str | None, rows: Sequence[Row], by_ranks: Mapping[Side, ByRanks]) -> UnderType:
    own = [found for found in rows if found.type in (None, type_)]
    return UnderType(
        type=type_,
        holds=all(found.holds for found in own) if own else None,
        critical_factor=_critical(own),
        weakest=weakest_of(own),
        by_ranks=_least(holds for side, holds in by_ranks.items() if side.type in (None, type_)),
    )


def _critical(rows: Sequence[Row]) -> float | None:
    """Return the factor from which on all rows are kept."""
    told = [found.critical_factor for found in rows if found.critical_factor is not None]
    return max(told) if rows and len(told) == len(rows) else None


def _row(each: Deal, side: Side, at: Stakes, step_months: float, known: dict[tuple[object, ...], Row]) -> Row:
    left = each.states[at.place - 1 :] if at.place <= each.length else each.states[-1:]
    key = (side.id, side.type, left, at.place)
    if key not in known:
        known[key] = row(each.graph, side, at, step_months)
    return known[key]


def _by_ranks(stakes: Sequence[Stakes], sides: Sequence[Side], step_months: float) -> dict[Side, ByRanks]:
    """Return for each side known by ranks under which spacings it keeps all steps."""
    found = {}
    for side in sides:
        own = [at for at in stakes if at.dm == side.dm]
        if side.utility is None and own:
            found[side] = spacings(own, side.ranks, factor_of(side, step_months)).holds
    return found


def _least(held: Iterable[ByRanks]) -> ByRanks | None:
    return min(held, key=("none", "some", "all").index, default=None)
