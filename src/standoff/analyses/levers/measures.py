"""Single inducements: a move taken away, a literal that stays once true, a rule for every state."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from standoff.analyses.levers.question import Question
from standoff.analyses.levers.result import ForbidMove, MakeIrreversible, Ruling
from standoff.analyses.levers.vocabulary import clauses, exactly
from standoff.graph import Arcs, GraphModel, ListedArcs, OptionArcs
from standoff.model.conflict import Conflict, ForbiddenMove, Literal, Ranking, Rule
from standoff.model.statement import Statement
from standoff.stability.engine.reach import Step


@dataclass(frozen=True, slots=True)
class NoMove:
    """A move is taken away."""

    step: Step

    def on(self, graph: GraphModel) -> GraphModel:
        """Return the graph without the moves that the measure takes away."""
        dm, origin, target = self.step
        return _with_arcs(graph, {dm: _without(graph.arcs[dm], graph.space.size, origin, target)})

    def within(self, conflict: Conflict, graph: GraphModel) -> Conflict:
        """Return the conflict with the measure taken."""
        dm, origin, target = self.step
        space, by = graph.space, conflict.decision_makers[dm]
        if not conflict.is_graph_form:
            new = ForbiddenMove(by=by.id, origin=exactly(space, origin), target=exactly(space, target))
            return replace(conflict, forbidden_moves=(*conflict.forbidden_moves, new))
        gone = (space.label(origin), space.label(target))
        less = replace(by, moves=tuple(move for move in by.moves if move != gone))
        parties = tuple(less if party is by else party for party in conflict.decision_makers)
        return replace(conflict, decision_makers=parties)

    def told(self, graph: GraphModel) -> ForbidMove:
        """Return the measure by name."""
        dm, origin, target = self.step
        label = graph.space.label
        return ForbidMove(
            decision_maker=graph.decision_makers[dm], origin=label(origin), target=label(target)
        )


@dataclass(frozen=True, slots=True)
class Stays:
    """A literal cannot be left once it is true."""

    literal: Literal

    def on(self, graph: GraphModel) -> GraphModel:
        """Return the graph without the moves that the measure takes away."""
        bit = 1 << graph.space.options.index(self.literal.option)
        changed: dict[int, Arcs] = {}
        for dm, arcs in enumerate(graph.arcs):
            if not isinstance(arcs, OptionArcs) or not arcs.own & bit:
                continue
            if self.literal.taken:
                changed[dm] = replace(arcs, stays_taken=arcs.stays_taken | bit)
            else:
                changed[dm] = replace(arcs, stays_untaken=arcs.stays_untaken | bit)
        return _with_arcs(graph, changed)

    def within(self, conflict: Conflict, _graph: GraphModel) -> Conflict:
        """Return the conflict with the measure taken."""
        return replace(conflict, irreversible=(*conflict.irreversible, self.literal))

    def told(self, _graph: GraphModel) -> MakeIrreversible:
        """Return the measure by name."""
        return MakeIrreversible(literal=str(self.literal))


@dataclass(frozen=True, slots=True)
class MustHold:
    """A statement that every state must satisfy."""

    statement: Statement

    def on(self, graph: GraphModel) -> GraphModel:
        """Return the graph without the moves to states that the measure excludes."""
        gone = ~graph.space.where(self.statement.expression)
        anywhere = np.ones(graph.space.size, np.bool_)
        narrowed: dict[int, Arcs] = {
            dm: replace(arcs, forbidden=(*arcs.forbidden, (anywhere, gone)))
            for dm, arcs in enumerate(graph.arcs)
            if isinstance(arcs, OptionArcs)
        }
        return _with_arcs(graph, narrowed)

    def within(self, conflict: Conflict, _graph: GraphModel) -> Conflict:
        """Return the conflict with the measure taken."""
        return replace(conflict, feasible=(*conflict.feasible, Rule(statement=self.statement)))

    def told(self, graph: GraphModel) -> Ruling:
        """Return the measure by name."""
        keeps = graph.space.where(self.statement.expression)
        return Ruling(statement=self.statement.text, excluded=int((~keeps).sum()))


Measure = NoMove | Stays | MustHold


def measures(question: Question, conflict: Conflict) -> Iterator[Measure]:
    """Yield what may be done: moves to take away, literals to make irreversible, rules, in this order.

    To break a state the moves are many, and come last.
    """
    moves = [NoMove(step) for step in _steps(question)]
    if not question.breaking:
        yield from moves
    if not conflict.is_graph_form:
        fixed = {str(each) for each in conflict.irreversible}
        literals = (Literal(option=o, taken=t) for o in question.graph.space.options for t in (True, False))
        yield from (Stays(literal) for literal in literals if str(literal) not in fixed)
        if may_exclude_states(conflict):
            yield from (MustHold(rule) for rule in _rules(question))
    if question.breaking:
        yield from moves


def described(question: Question, conflict: Conflict, number: int) -> str:
    """Say among which measures was looked."""
    many = f"{number:,} measure{'s' * (number != 1)}"
    moves = "moves of the parties from the state"
    if question.breaking:
        moves = "first moves of a reply to a move from the state"
    if conflict.is_graph_form:
        return f"taking away single {moves}: {many}"
    rules = "; no rules, since a direct ranking names every state"
    if may_exclude_states(conflict):
        rules = ", rules of one or two literals that keep the state, the status quo and the named states"
    return f"taking away single {moves}, making a literal irreversible{rules}: {many}"


def may_exclude_states(conflict: Conflict) -> bool:
    """Whether rules may be added: a direct ranking names every state, so none can go."""
    return not any(isinstance(dm.preference, Ranking) for dm in conflict.decision_makers)


def _steps(question: Question) -> list[Step]:
    """Return the parties' moves from the state; to break it, the first moves of replies to these."""
    graph = question.graph
    own = [
        (dm, question.state, target)
        for dm in question.parties
        for target in graph.moves(dm, question.state).tolist()
    ]
    if not question.breaking:
        return own
    replies = (
        (mover, target, end)
        for dm, _, target in own
        for mover in range(len(graph.arcs))
        if mover != dm
        for end in graph.moves(mover, target).tolist()
    )
    return list(dict.fromkeys(replies))


def _rules(question: Question) -> list[Statement]:
    """Return rules that keep the state, the status quo and the named states; least exclusion first."""
    space = question.graph.space
    kept = [question.state, space.status_quo, *space.names]
    found: list[tuple[int, int, Statement]] = []
    for rule in clauses(space.options):
        keeps = space.where(rule.expression)
        if keeps[kept].all() and not keeps.all():
            found.append((int((~keeps).sum()), len(found), rule))
    return [rule for _, _, rule in sorted(found, key=lambda each: each[:2])]


def _with_arcs(graph: GraphModel, changed: dict[int, Arcs]) -> GraphModel:
    return replace(graph, arcs=tuple(changed.get(dm, arcs) for dm, arcs in enumerate(graph.arcs)))


def _without(arcs: Arcs, size: int, origin: int, target: int) -> Arcs:
    if isinstance(arcs, OptionArcs):
        return replace(arcs, forbidden=(*arcs.forbidden, (_only(size, origin), _only(size, target))))
    targets, origins = list(arcs.targets), list(arcs.origins)
    targets[origin] = targets[origin][targets[origin] != target]
    origins[target] = origins[target][origins[target] != origin]
    return ListedArcs(tuple(targets), tuple(origins))


def _only(size: int, state: int) -> NDArray[np.bool_]:
    marked = np.zeros(size, np.bool_)
    marked[state] = True
    return marked
