"""The least change of rankings: by a threshold where one ranking decides, else by a 0-1 programme."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from standoff.analyses.levers.changed import ranking_lever
from standoff.analyses.levers.distance import cost_above, cost_at_or_above, distance
from standoff.analyses.levers.programme import Programme
from standoff.analyses.levers.question import Question, Rankings, Sought, Touched, touched
from standoff.analyses.levers.replies import by_replies
from standoff.analyses.levers.result import Lever
from standoff.analyses.levers.solver import InfeasibleError, Term
from standoff.analyses.levers.thresholds import settled
from standoff.graph import GraphModel
from standoff.model.conflict import Conflict

Node = tuple[int, int]
"""A state and who moved there last; -1 where that does not matter."""

Hop = tuple[Node, tuple[int, int, int]]
"""Where a move leads to, and the move: mover, origin, target."""

_ANY = 1 << 60
_FIRST_LIMIT = 4

_MOST_ROWS = 3_000
"""So many broken orders are mended at a time."""


@dataclass(slots=True)
class Least:
    """Rankings that answer the question, their cost in half pairs, and a bound below it."""

    rankings: Rankings | None
    cost: int
    bound: int


def preference_lever(question: Question, conflict: Conflict, sought: Sought) -> Lever:
    """Return the least change of preferences: relevant pairs of states whose order flips.

    Under Nash, GMR and SMR each party's own ranking decides and a threshold is proved least (see
    `thresholds`). Under SEQ and SSEQ the opponents' rankings decide as well: a 0-1 programme in which
    every condition is a consequence of the definition, added when a solution breaks it; so its optimum
    is a lower bound at all times, and is the answer once it answers the question.
    """
    started = time.monotonic()
    relevant = touched(question)
    least = least_change(question, sought, relevant)
    return ranking_lever(question, conflict, relevant, least, time.monotonic() - started)


def least_change(question: Question, sought: Sought, relevant: tuple[Touched, ...]) -> Least:
    """Return the least change of rankings, or the best found in the time with a bound."""
    rankings = settled(question)
    before = question.graph.ranks
    if rankings is None:
        return Least(None, 0, 0)
    cost = distance(before, rankings, relevant)
    if question.own_ranking_only or cost == 0:
        return Least(rankings, cost, cost)
    other = by_replies(question, relevant, sought)
    if (
        other is not None
        and distance(before, other, relevant) < cost
        and question.met(question.ranked(other))
    ):
        rankings = other
    return by_programme(question, sought, relevant, rankings)


def by_programme(
    question: Question, sought: Sought, relevant: tuple[Touched, ...], known: Rankings | None
) -> Least:
    """Return the least change by the programme; `known` rankings answer the question."""
    return _Search(question, sought, relevant, known).run()


class _Search:
    """A search for rankings that cost less than a limit: twice as much each time, until it is proved.

    Under a limit a term that costs as much by itself need not be looked at, so small limits are quick.
    """

    def __init__(
        self, question: Question, sought: Sought, relevant: tuple[Touched, ...], known: Rankings | None
    ) -> None:
        self._question, self._sought, self._relevant = question, sought, relevant
        self._before = question.graph.ranks
        self._best = known
        self._cost = distance(self._before, known, relevant) if known else _ANY

    def run(self) -> Least:
        """Return the least change, or the best found in the time and a bound."""
        limit, bound = _FIRST_LIMIT, 1
        while bound < self._cost and not self._sought.over:
            limit = min(limit, self._cost)
            bound = max(bound, self._below(limit))
            limit *= 2
        return Least(self._best, self._cost, min(bound, self._cost))

    def _below(self, limit: int) -> int:
        """Look for rankings that cost less than a limit; return a bound on what any cost."""
        self._limit = limit
        self._programme = Programme(self._before)
        self._ends: dict[tuple[int, int], int] = {}
        self._leaving: dict[tuple[int, int], int] = {}
        self._nodes: dict[tuple[int, Node], int] = {}
        self._known: set[tuple[int, int, int]] = set()
        try:
            if self._question.breaking:
                self._require_leaving()
            while self._programme.bound < min(limit, self._cost) and not self._sought.over:
                if not self._programme.solve(self._sought.left):
                    break
                self._mend()
        except InfeasibleError:
            return limit
        return min(self._programme.bound, limit)

    def _mend(self) -> None:
        """Add conditions that the solution breaks; keep the solution if it answers the question."""
        broken = self._programme.broken_orders(self._relevant)
        rankings = self._programme.completed(self._relevant)
        graph = self._question.ranked(rankings)
        if self._question.met(graph):
            cost = distance(self._before, rankings, self._relevant)
            if cost < self._cost:
                self._best, self._cost = rankings, cost
        elif not broken:
            (self._require_unpunished if self._question.breaking else self._require_sanctions)(graph)
        for dm, a, b, c in broken[:_MOST_ROWS]:
            self._programme.require_order(dm, a, b, c)

    # The wanted state shall be stable

    def _require_sanctions(self, graph: GraphModel) -> None:
        """For each unpunished improvement: it is none, or a reached end deters, or a reply goes on."""
        question, state = self._question, self._question.state
        for dm in question.parties:
            for target in graph.improvements(dm, state).tolist():
                reached, left_out = _spread(graph, dm, target)
                ends = {end for end, _ in reached}
                if any(_deters(question, graph, dm, end) for end in ends):
                    continue
                terms = [self._at_or_above(dm, state, target)]
                terms += [self._deterring(dm, end) for end in sorted(ends)]
                terms += [self._above(mover, to, origin) for mover, origin, to in left_out]
                self._programme.require([term for term in terms if term is not None])

    def _deterring(self, dm: int, end: int) -> Term | None:
        """Return a term that can be 1 only if the end of a reply deters."""
        question, state = self._question, self._question.state
        if not question.concept.symmetric:
            return None if end == state else self._at_or_above(dm, state, end)
        if (dm, end) not in self._ends:
            column = self._ends[dm, end] = self._programme.extra()
            for other in {end, *question.graph.moves(dm, end).tolist()} - {state}:
                term = (1, self._programme.at_or_above(dm, state, other))
                self._programme.require([term, (-1, column)], 0)
        return 1, self._ends[dm, end]

    # The stable state shall not be stable any more

    def _require_leaving(self) -> None:
        """Require that some party have an improvement that is singled out."""
        question = self._question
        for dm in question.parties:
            for target in question.graph.moves(dm, question.state).tolist():
                column = self._leaving[dm, target] = self._programme.extra()
                ge = self._programme.at_or_above(dm, question.state, target)
                self._programme.require([(-1, column), (-1, ge)], -1)
        self._programme.require([(1, column) for column in self._leaving.values()])

    def _require_unpunished(self, graph: GraphModel) -> None:
        """Require of an improvement singled out that each sanction lack a step or deter no more.

        The columns say which states the replies reach: the target; and where a step from a reached state
        is an improvement, its end. No reached state may deter.
        """
        state = self._question.state
        for (dm, target), column in self._leaving.items():
            if not self._programme.values[column] or graph.ranks[dm][target] <= graph.ranks[dm][state]:
                continue
            for path in _sanctions(self._question, graph, dm, target):
                reached = column
                for node, (mover, origin, to) in path:
                    after = self._reached(dm, node)
                    if (dm, reached, after) not in self._known:
                        self._known.add((dm, reached, after))
                        term = self._at_or_above(mover, origin, to)
                        self._programme.require([(1, after), (-1, reached), *([term] if term else [])], 0)
                    reached = after
                self._require_no_deterrence(dm, path[-1][1][2], reached)

    def _reached(self, dm: int, node: Node) -> int:
        if (dm, node) not in self._nodes:
            self._nodes[dm, node] = self._programme.extra()
        return self._nodes[dm, node]

    def _require_no_deterrence(self, dm: int, end: int, reached: int) -> None:
        question, state = self._question, self._question.state
        if (dm, reached, -1) in self._known:
            return
        self._known.add((dm, reached, -1))
        escapes = question.graph.moves(dm, end).tolist() if question.concept.symmetric else []
        terms = [self._above(dm, to, state) for to in sorted({end, *escapes} - {state})]
        self._programme.require([(-1, reached), *(term for term in terms if term is not None)], 0)

    # Terms that are 1 where a condition holds; None where that costs as much as the limit by itself

    def _at_or_above(self, dm: int, upper: int, lower: int) -> Term | None:
        cost = cost_at_or_above(self._before[dm], self._relevant[dm], upper, lower)
        if cost >= self._limit:
            return None
        column = self._programme.at_or_above(dm, upper, lower)
        self._programme.price(dm, column, cost)
        return 1, column

    def _above(self, dm: int, upper: int, lower: int) -> Term | None:
        cost = cost_above(self._before[dm], self._relevant[dm], upper, lower)
        if cost >= self._limit:
            return None
        column = self._programme.strictly_above(dm, upper, lower)
        self._programme.price(dm, column, cost)
        return 1, column


def _deters(question: Question, graph: GraphModel, dm: int, end: int) -> bool:
    ranks = graph.ranks[dm]
    if ranks[end] > ranks[question.state]:
        return False
    escapes = graph.moves(dm, end) if question.concept.symmetric else np.zeros(0, np.int64)
    return not escapes.size or bool(ranks[escapes].max() <= ranks[question.state])


def _steps(graph: GraphModel, dm: int, node: Node) -> Iterator[tuple[int, int, bool]]:
    """Yield mover, target and whether it is an improvement, for the moves of those who may move next."""
    state, last = node
    for mover in range(len(graph.arcs)):
        if mover not in (dm, last):
            ranks = graph.ranks[mover]
            for target in graph.moves(mover, state).tolist():
                yield mover, target, bool(ranks[target] > ranks[state])


def _spread(graph: GraphModel, dm: int, target: int) -> tuple[set[Node], set[tuple[int, int, int]]]:
    """Return what replies of improvements reach, and the moves out of it that are no improvements."""
    reached: set[Node] = set()
    blocked: list[tuple[Node, tuple[int, int, int]]] = []
    queue: deque[Node] = deque([(target, -1)])
    while queue:
        here = queue.popleft()
        for mover, to, improving in _steps(graph, dm, here):
            node = (to, -1 if graph.is_transitive else mover)
            if not improving:
                blocked.append((node, (mover, here[0], to)))
            elif node not in reached:
                reached.add(node)
                queue.append(node)
    started = {(target, -1)} if graph.is_transitive else set()
    return reached, {move for node, move in blocked if node not in reached | started}


def _sanctions(question: Question, graph: GraphModel, dm: int, target: int) -> Iterator[list[Hop]]:
    """Yield shortest sequences of improvements to every end that deters, nearest first."""
    before: dict[Node, tuple[Node, Hop]] = {}
    queue: deque[Node] = deque([(target, -1)])
    while queue:
        here = queue.popleft()
        for mover, to, improving in _steps(graph, dm, here):
            node = (to, -1 if graph.is_transitive else mover)
            if not improving or node in before or node == (target, -1):
                continue
            before[node] = (here, (node, (mover, here[0], to)))
            queue.append(node)
            if _deters(question, graph, dm, to):
                path = []
                while node in before:
                    node, hop = before[node]
                    path.append(hop)
                yield path[::-1]
