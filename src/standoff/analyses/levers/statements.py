"""The fewest preference statements to drop, move or add, by exhaustive search of one size after the other."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from standoff.analyses.levers.changed import judged, with_preferences
from standoff.analyses.levers.question import Question, Sought, Touched, touched
from standoff.analyses.levers.result import Edit, Lever
from standoff.analyses.levers.shelves import Order, Shelf, Step, shelf_of
from standoff.analyses.levers.standing import stability_test
from standoff.analyses.levers.weighing import Scale, scale_of
from standoff.model.conflict import Conflict, Preference, Prioritising, Ranking, Weighting
from standoff.preferences import Ranks, ranking

Statements = Shelf | Scale
"""One decision maker's statements: a list by importance, or weighted ones."""

Orders = tuple[Order, ...]
Way = tuple[tuple[int, Step], ...]
"""Edits in turn, each with its decision maker."""

Faults = Callable[[Orders], int]
"""How far lists are from what is wanted: for how many parties they do not do; 0 if they do."""

_MOST_KEPT = 200_000

VOCABULARY = (
    "dropping a statement, moving one to another place, adding one: an option, its negation, or "
    "'a if b' with a and b such literals of two options"
)


@dataclass(frozen=True, slots=True)
class Found:
    """Edits that do, if any; that no `excluded` edits do; whether no number of edits does."""

    steps: Way | None
    excluded: int
    exhausted: bool = False


def statement_lever(question: Question, conflict: Conflict, sought: Sought) -> Lever:
    """Return the fewest edits of preference statements that answer the question.

    Under Nash, GMR and SMR each party's own list decides, so the lists are searched one by one; under
    SEQ and SSEQ all lists together. Every list that fewer edits lead to was tried before. Of weighted
    statements only those are looked for that can be dropped; new weights are not.
    """
    started = time.monotonic()
    relevant = touched(question)
    lists = _lists(question, conflict, relevant)
    if not lists:
        return Lever(by="statements", status="not applicable", vocabulary=_reason(question, conflict))
    if question.own_ranking_only:
        found = _own_lists(question, lists, relevant, sought)
    else:
        found = _all_lists(question, conflict, lists, sought)
    words = _words(question, conflict, lists)
    bound = float(found.excluded + 1)
    if found.steps is None:
        status = "none" if found.exhausted else "unknown"
        seconds = time.monotonic() - started
        return Lever(by="statements", status=status, bound=bound, vocabulary=words, seconds=seconds)
    changed, edits = _edited(question, conflict, lists, found.steps)
    return Lever(
        by="statements",
        status="least" if bound >= len(edits) else "found",
        size=float(len(edits)),
        bound=min(bound, float(len(edits))),
        changes=edits,
        vocabulary=words,
        conflict=changed,
        verdicts=judged(question, changed),
        seconds=time.monotonic() - started,
    )


def _lists(question: Question, conflict: Conflict, relevant: tuple[Touched, ...]) -> dict[int, Statements]:
    """Return the statements of every decision maker that has some and relevant states."""
    found: dict[int, Statements] = {}
    for dm, among in enumerate(relevant):
        if among.any():
            match conflict.decision_makers[dm].preference:
                case Prioritising(statements=statements):
                    found[dm] = shelf_of(question, conflict, dm, statements, among)
                case Weighting(weights=weights):
                    found[dm] = scale_of(question, dm, weights, among)
    return found


def _words(question: Question, conflict: Conflict, lists: dict[int, Statements]) -> str:
    """Say among which edits was looked, and whose statements take no part or can only be dropped."""
    names = [party.name for party in conflict.decision_makers]
    weighing = [names[dm] for dm, own in lists.items() if isinstance(own, Scale)]
    without = [names[dm] for dm in question.parties if dm not in lists]
    words = VOCABULARY
    if len(weighing) == len(lists):
        words = "dropping a weighted statement"
    elif weighing:
        words += f"; only dropping, as they are weighted: {', '.join(weighing)}"
    return words + (f"; no list of statements: {', '.join(without)}" if without else "")


def _reason(question: Question, conflict: Conflict) -> str:
    """Say why there is nothing to look for."""
    if all(isinstance(party.preference, Ranking) for party in conflict.decision_makers):
        return "nobody has statements of preference; all states are ranked directly"
    names = ", ".join(conflict.decision_makers[dm].name for dm in question.parties)
    return f"no statements of preference, but states ranked directly: {names}"


def _edited(
    question: Question, conflict: Conflict, lists: dict[int, Statements], way: Way
) -> tuple[Conflict, tuple[Edit, ...]]:
    """Return the conflict with the edits made, and the edits by name."""
    preferences: dict[int, Preference] = {}
    edits: list[Edit] = []
    for dm in dict.fromkeys(dm for dm, _ in way):
        steps = [step for mover, step in way if mover == dm]
        preferences[dm], told = lists[dm].edited(question.graph.decision_makers[dm], steps)
        edits += told
    return with_preferences(conflict, preferences), tuple(edits)


def _own_lists(
    question: Question, lists: dict[int, Statements], relevant: Sequence[Touched], sought: Sought
) -> Found:
    """Search each party's list on its own: all that are unstable, or for a break the best one."""
    stable = dict(zip(question.parties, question.stable_for(question.graph), strict=True))
    asked = [dm for dm in question.parties if stable[dm] == question.breaking]
    parts = []
    for number, dm in enumerate(asked):
        part = Sought(sought.left / (len(asked) - number), sought.progress)
        if dm in lists:
            parts.append(_search([lists[dm]], _own_faults(question, lists[dm], relevant[dm]), part))
        else:
            parts.append(Found(None, 0, exhausted=True))
    return _best_of(parts) if question.breaking else _sum_of(parts)


def _best_of(parts: Sequence[Found]) -> Found:
    """One part that does is enough."""
    excluded = min((part.excluded for part in parts if not part.exhausted), default=0)
    ways = [part.steps for part in parts if part.steps is not None]
    if not ways:
        return Found(None, excluded, all(part.exhausted for part in parts))
    best = min(ways, key=len)
    return Found(best, min(excluded, len(best) - 1))


def _sum_of(parts: Sequence[Found]) -> Found:
    """Every part has to do."""
    excluded = sum(part.excluded + 1 for part in parts) - 1
    ways = [part.steps for part in parts if part.steps is not None]
    if len(ways) < len(parts):
        return Found(None, excluded, any(part.exhausted for part in parts))
    return Found(tuple(step for way in ways for step in way), excluded)


def _own_faults(question: Question, own: Statements, among: Touched) -> Faults:
    """Return whether the list of one party does, from the relevant states it puts above the wanted one."""
    holds = stability_test(question, own.dm, among)
    here = int(np.flatnonzero(among).tolist().index(question.state))
    return lambda orders: int(holds(own.above(orders[0], here)) == question.breaking)


def _all_lists(question: Question, conflict: Conflict, lists: dict[int, Statements], sought: Sought) -> Found:
    """Search the lists of all decision makers together, judging every new set of rankings."""
    known = list(lists.values())
    ranked: dict[tuple[int, Order], Ranks] = {}
    tried: dict[tuple[bytes, ...], int] = {}

    def ranks_of(own: Statements, order: Order) -> Ranks:
        key = (own.dm, order)
        if key not in ranked:
            party = replace(conflict.decision_makers[own.dm], preference=own.preference(order))
            ranked[key] = ranking(party, question.graph.space)
        return ranked[key]

    def faults(orders: Orders) -> int:
        ranks = list(question.graph.ranks)
        for own, order in zip(known, orders, strict=True):
            ranks[own.dm] = ranks_of(own, order)
        key = tuple(ranks[own.dm].tobytes() for own in known)
        if key not in tried:
            stable = question.stable_for(question.ranked(ranks))
            tried[key] = int(all(stable)) if question.breaking else stable.count(False)
        return tried[key]

    return _search(known, faults, sought)


def _search(lists: Sequence[Statements], faults: Faults, sought: Sought) -> Found:
    """Try all lists one edit away, then two, and so on; of one size those first that are nearer."""
    start = tuple(own.base for own in lists)
    if faults(start) == 0:
        return Found((), 0)
    frontier: list[tuple[int, Orders, Way]] = [(0, start, ())]
    seen = {start}
    size = 0
    while frontier:
        size += 1
        sought.phase = f"lists with {size} changed"
        following: list[tuple[int, Orders, Way]] = []
        for orders, way in _next(lists, frontier, seen):
            if sought.over:
                return Found(None, size - 1)
            left = faults(orders)
            if left == 0:
                return Found(way, size - 1)
            if len(following) < _MOST_KEPT:
                following.append((left, orders, way))
                seen.add(orders)
        if len(following) == _MOST_KEPT:
            return Found(None, size)
        frontier = sorted(following, key=lambda each: each[0])
    return Found(None, size, exhausted=True)


def _next(
    lists: Sequence[Statements], frontier: Sequence[tuple[int, Orders, Way]], seen: set[Orders]
) -> Iterator[tuple[Orders, Way]]:
    """Yield what one more edit leads to that was not seen."""
    for _, orders, way in frontier:
        for number, own in enumerate(lists):
            for step, order in own.steps(orders[number]):
                after = (*orders[:number], order, *orders[number + 1 :])
                if after not in seen:
                    yield after, (*way, (own.dm, step))
