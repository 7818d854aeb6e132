"""One state and one decision maker: an improvement that nobody can answer, or why it stays."""

from __future__ import annotations

from dataclasses import dataclass

from standoff.stability.propositional.circuit import TRUE, Circuit
from standoff.stability.propositional.counting import count_moves
from standoff.stability.propositional.problem import Change, Problem, improvement, sanction
from standoff.stability.propositional.replies import Reply, find_reply, sequence
from standoff.stability.propositional.solver import Clock, Solver
from standoff.stability.propositional.values import better
from standoff.stability.propositional.witness import (
    Deterred,
    NoImprovement,
    NoMove,
    Reason,
    Sanction,
    State,
)

MOST_LISTED = 64
"""Most improvements that a witness lists one by one."""


@dataclass(frozen=True, slots=True)
class Leaves:
    """The decision maker leaves the state: the own options it changes, as few as will do."""

    change: Change


def stance(problem: Problem, dm: int, state: State, clock: Clock) -> Leaves | Reason:
    """Say whether a decision maker has an improvement from a state that nobody can answer.

    Improvements are looked for one after the other. The reply found to one is then held against
    all others, so that only those it does not deter are looked at further.
    """
    look = _Look(problem, dm, state, clock)
    with look.solver:
        target = look.unanswered([])
        if target is not None:
            return Leaves(look.fewest_changes(target))
    if look.replies:
        return _deterred(problem, dm, state, look.replies, clock)
    moves = count_moves(problem, dm, state)
    return NoMove() if moves == 0 else NoImprovement(moves=moves)


class _Look:
    """The improvements of a decision maker from a state, less those that the replies deter."""

    def __init__(self, problem: Problem, dm: int, state: State, clock: Clock) -> None:
        self.problem, self.dm, self.state, self.clock = problem, dm, state, clock
        self.circuit = Circuit()
        self.own = {option: self.circuit.variable() for option in problem.parties[dm].own}
        self.before = problem.constants(state)
        self.after = {**self.before, **self.own}
        self.replies: list[Reply] = []
        self.solver = Solver(self.circuit, clock)
        self.solver.require(improvement(problem, self.circuit, dm, self.before, self.after))

    def unanswered(self, assumptions: list[int]) -> State | None:
        """Return an improvement within the assumptions that has no sanction, if there is one."""
        while self.solver.solve(assumptions):
            target = self.found()
            reply = find_reply(self.problem, self.dm, self.state, target, self.clock)
            if reply is None:
                return target
            self.replies.append(reply)
            self.solver.require(-self._deters(reply))
        return None

    def found(self) -> State:
        """Return the improvement that the solver found."""
        mine = {option for option, variable in self.own.items() if self.solver.holds(variable)}
        return self.problem.state(mine.union(self.state).difference(self.own.keys() - mine))

    def exclude(self, target: State) -> None:
        """Take out one improvement."""
        self.solver.require(
            *(-variable if option in target else variable for option, variable in self.own.items())
        )

    def held_against(self, reply: Reply) -> tuple[int, int]:
        """Return two literals: that the reply deters the improvement, and that it ends strictly worse."""
        mine = self.problem.parties[self.dm].values
        states = (self.before, {**self.after, **reply.ends})
        vectors = (mine.vector(self.circuit, state, self.problem.options) for state in states)
        literals = self._deters(reply), better(self.circuit, *vectors)
        for literal in literals:
            self.solver.define(literal)
        return literals

    def _deters(self, reply: Reply) -> int:
        end = {**self.after, **reply.ends}
        return sanction(self.problem, self.circuit, self.dm, self.before, self.after, end)

    def fewest_changes(self, target: State) -> Change:
        """Return the change to an unanswered improvement of which no part could be left out."""
        as_it_is = {o: v if self.before[o] == TRUE else -v for o, v in self.own.items()}
        changed = [option for option in self.own if (option in target) != (option in self.state)]
        kept = [as_it_is[option] for option in self.own if option not in changed]
        for option in tuple(changed):
            less = self.unanswered([*kept, as_it_is[option]]) if option in changed else None
            if less is not None:
                target = less
                changed = [o for o in changed if (o in target) != (o in self.state)]
                kept = [as_it_is[o] for o in self.own if o not in changed]
        return {option: option in target for option in changed}


def _deterred(problem: Problem, dm: int, state: State, replies: list[Reply], clock: Clock) -> Deterred:
    """List the improvements, least changes first, each with the first of the replies that deters it."""
    look = _Look(problem, dm, state, clock)
    listed: list[Sanction] = []
    with look.solver:
        held = [look.held_against(reply) for reply in replies]
        while len(listed) <= MOST_LISTED and look.solver.solve():
            target = look.found()
            number = next(place for place, (deters, _) in enumerate(held) if look.solver.holds(deters))
            worse = look.solver.holds(held[number][1])
            listed.append(_sanction(problem, dm, target, replies[number], worse=worse))
            look.exclude(target)
    every = len(listed) <= MOST_LISTED
    listed = listed[:MOST_LISTED]
    listed.sort(key=lambda each: len(frozenset(each.improvement).symmetric_difference(state)))
    return Deterred(
        replies=tuple(sequence(problem, dm, reply, state) for reply in replies),
        sanctions=tuple(listed),
        every=every,
    )


def _sanction(problem: Problem, dm: int, target: State, reply: Reply, *, worse: bool) -> Sanction:
    theirs = problem.options_of(problem.opponents[dm])
    kept = frozenset(target).difference(theirs)
    return Sanction(
        improvement=target,
        sequence=sequence(problem, dm, reply, target, straight=True),
        result=problem.state(kept.union(o for o in theirs if reply.ends[o] == TRUE)),
        worse=worse,
    )
