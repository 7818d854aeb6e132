"""Rankings that answer a question under SEQ or SSEQ by what the opponents want: starts, not least ones."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from standoff.analyses.levers.distance import cost_above, cost_at_or_above, distance
from standoff.analyses.levers.question import Question, Rankings, Sought, Touched, unpunished
from standoff.analyses.levers.thresholds import GAP, with_levels
from standoff.graph import GraphModel
from standoff.stability.engine.reach import Step

_MOST_PASSES = 8


@dataclass(frozen=True, slots=True)
class _Cure:
    """What deters an improvement: the state raised to a level, and a move at its target made to pay."""

    cost: int
    level: int
    reply: Step | None = None


def by_replies(question: Question, relevant: tuple[Touched, ...], sought: Sought) -> Rankings | None:
    """Return rankings that answer the question, found by changing single replies; None if that fails."""
    return _unanswered(question, relevant) if question.breaking else _answered(question, relevant, sought)


def _answered(question: Question, relevant: tuple[Touched, ...], sought: Sought) -> Rankings | None:
    """Cure every unpunished improvement as cheaply as seems possible, again until none is left."""
    graph = question.graph
    for _ in range(_MOST_PASSES):
        steps = unpunished(question, graph)
        if not steps:
            return graph.ranks
        for dm, _, target in steps:
            if sought.over:
                return None
            cure = min(_cures(question, graph, relevant, dm, target), key=lambda each: each.cost)
            graph = _cured(question, graph, dm, cure)
    return None


def _cures(
    question: Question, graph: GraphModel, relevant: tuple[Touched, ...], dm: int, target: int
) -> Iterator[_Cure]:
    """Yield: not to gain by the improvement, or for each move of an opponent from there that it pays."""
    state, ranks = question.state, graph.ranks[dm]
    yield _Cure(cost_at_or_above(ranks, relevant[dm], state, target), int(ranks[target]))
    for mover in range(len(graph.arcs)):
        for end in graph.moves(mover, target).tolist() if mover != dm else ():
            escapes = graph.moves(dm, end).tolist() if question.concept.symmetric else []
            best = max([end, *escapes], key=lambda each: int(ranks[each]))
            cost = cost_above(graph.ranks[mover], relevant[mover], end, target)
            cost += cost_at_or_above(ranks, relevant[dm], state, best)
            yield _Cure(cost, int(ranks[best]), (mover, target, end))


def _cured(question: Question, graph: GraphModel, dm: int, cure: _Cure) -> GraphModel:
    ranks = list(graph.ranks)
    if cure.reply is not None:
        mover, origin, end = cure.reply
        if ranks[mover][end] <= ranks[mover][origin]:
            ranks[mover] = with_levels(ranks[mover], {end: GAP * int(ranks[mover][origin]) + 1})
    if ranks[dm][question.state] < cure.level:
        ranks[dm] = with_levels(ranks[dm], {question.state: GAP * cure.level})
    return replace(graph, ranks=tuple(ranks))


def _unanswered(question: Question, relevant: tuple[Touched, ...]) -> Rankings | None:
    """Make one improvement to which nobody has a reply that pays: the cheapest by the look of it."""
    graph = question.graph
    found: list[tuple[int, int, Rankings]] = []
    for dm in question.parties:
        for target in graph.moves(dm, question.state).tolist():
            rankings = _without_reply(question, dm, target)
            found.append((distance(graph.ranks, rankings, relevant), len(found), rankings))
    return min(found)[2] if found else None


def _without_reply(question: Question, dm: int, target: int) -> Rankings:
    graph, state = question.graph, question.state
    ranks = list(graph.ranks)
    for mover in range(len(graph.arcs)):
        better = graph.improvements(mover, target)
        if mover != dm and better.size:
            ranks[mover] = with_levels(ranks[mover], {target: GAP * int(ranks[mover][better].max())})
    if ranks[dm][target] <= ranks[dm][state]:
        ranks[dm] = with_levels(ranks[dm], {state: GAP * int(ranks[dm][target]) - 1})
    return tuple(ranks)
