"""The fewest moves taken away, options made irreversible or rules imposed, by exhaustive search by size."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from standoff.analyses.levers.changed import judged
from standoff.analyses.levers.measures import Measure, NoMove, described, measures
from standoff.analyses.levers.question import Question, Sought, unpunished
from standoff.analyses.levers.result import Lever
from standoff.graph import GraphModel
from standoff.model.conflict import Conflict
from standoff.stability.engine.reach import Step

Covering = tuple[Measure, int]
"""A measure and which of the moves that must go it takes away, as bits."""


@dataclass(frozen=True, slots=True)
class Found:
    """Measures that do, if any; that no `excluded` of them do; whether no number of them does."""

    taken: tuple[Measure, ...] | None
    excluded: int
    exhausted: bool = False


def inducement_lever(question: Question, conflict: Conflict, sought: Sought) -> Lever:
    """Return the fewest measures that answer the question.

    Taking moves away never adds a reply. So under Nash, GMR and SEQ a state becomes stable only if every
    improvement that is unpunished now is taken away, and under Nash it never becomes unstable. Under SMR
    and SSEQ an escape may be taken away instead.
    """
    started = time.monotonic()
    everything = tuple(measures(question, conflict))
    words = described(question, conflict, len(everything))
    hopeless = question.breaking and question.concept.key == "nash"
    found = _search(question, () if hopeless else everything, sought)
    if found.taken is None and not found.exhausted and not question.breaking:
        found = Found(_all_taken_away(question), found.excluded)
    bound = float(found.excluded + 1)
    if found.taken is None:
        status = "none" if found.exhausted else "unknown"
        seconds = time.monotonic() - started
        return Lever(by="inducements", status=status, bound=bound, vocabulary=words, seconds=seconds)
    changed = conflict
    for measure in found.taken:
        changed = measure.within(changed, question.graph)
    size = float(len(found.taken))
    return Lever(
        by="inducements",
        status="least" if bound >= size else "found",
        size=size,
        bound=min(bound, size),
        changes=tuple(measure.told(question.graph) for measure in found.taken),
        vocabulary=words,
        conflict=changed,
        verdicts=judged(question, changed),
        seconds=time.monotonic() - started,
    )


def _search(question: Question, everything: Sequence[Measure], sought: Sought) -> Found:
    """Try every single measure, then every two, and so on."""
    must_go = unpunished(question, question.graph) if _must_go(question) else []
    useful = _useful(question, everything, must_go)
    for size in range(1, len(useful) + 1):
        sought.phase = f"{size} inducements"
        for chosen in _covering(useful, size, len(must_go)):
            if sought.over:
                return Found(None, size - 1)
            if chosen is not None and question.met(_under(question.graph, chosen)):
                return Found(chosen, size - 1)
    return Found(None, len(useful), exhausted=True)


def _under(graph: GraphModel, taken: Sequence[Measure]) -> GraphModel:
    for measure in taken:
        graph = measure.on(graph)
    return graph


def _must_go(question: Question) -> bool:
    """Whether improvements that are unpunished now have to be taken away."""
    return not question.breaking and not question.concept.symmetric


def _useful(question: Question, everything: Sequence[Measure], must_go: Sequence[Step]) -> list[Covering]:
    """Return the measures that take away one of the moves that must go; all, if none must."""
    if not must_go:
        return [(measure, 0) for measure in everything]
    covering = ((measure, _cover(question, measure, must_go)) for measure in everything)
    useful = [each for each in covering if each[1]]
    return _not_outdone(useful) if question.concept.key == "nash" else useful


def _cover(question: Question, measure: Measure, steps: Sequence[Step]) -> int:
    """Return which of the moves a measure takes away, as bits."""
    graph = measure.on(question.graph)
    return sum(
        1 << place
        for place, (dm, origin, target) in enumerate(steps)
        if target not in graph.moves(dm, origin)
    )


def _not_outdone(useful: Sequence[Covering]) -> list[Covering]:
    """Keep one measure for each set of moves taken away, and no set that is part of another."""
    first: dict[int, Measure] = {}
    for measure, cover in useful:
        first.setdefault(cover, measure)
    return [
        (measure, cover)
        for cover, measure in first.items()
        if not any(cover & other == cover and cover != other for other in first)
    ]


def _covering(useful: Sequence[Covering], size: int, steps: int) -> Iterator[tuple[Measure, ...] | None]:
    """Yield so many measures that together take away what must go; None for others, as a sign of life."""
    everything = (1 << steps) - 1
    largest = sorted((cover.bit_count() for _, cover in useful), reverse=True)[:size]
    if sum(largest) < steps:
        return
    for chosen in combinations(useful, size):
        together = 0
        for _, cover in chosen:
            together |= cover
        yield tuple(measure for measure, _ in chosen) if together == everything else None


def _all_taken_away(question: Question) -> tuple[Measure, ...]:
    """Take away every unpunished improvement until none is left: it does, but may be more than needed."""
    taken: list[Measure] = []
    graph = question.graph
    while steps := unpunished(question, graph):
        taken += map(NoMove, steps)
        graph = _under(question.graph, taken)
    return tuple(taken)
