"""A conflict laid out for the solver, and the definitions of move, improvement and sanction as gates.

`before` and `after` give a literal for every option. Where they are constants the gates fold to
a constant, so the same definitions serve the search over all states and the look at one state.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from standoff.model.conflict import ForbiddenMove, Literal
from standoff.model.statement import Expression, options_in
from standoff.stability.propositional.circuit import FALSE, TRUE, Circuit, Literals
from standoff.stability.propositional.values import Values, better, no_worse
from standoff.stability.propositional.witness import State

Change = Mapping[str, bool]
"""Some options and whether each is taken afterwards."""


@dataclass(frozen=True, slots=True)
class Constraint:
    """A feasibility rule, or a conjunct of one, with the options it mentions."""

    expression: Expression
    options: frozenset[str]
    text: str


@dataclass(frozen=True, slots=True)
class Party:
    """A decision maker: its options, what it goes by, and the moves it does not have."""

    id: str
    own: tuple[str, ...]
    values: Values
    stays: tuple[Literal, ...]
    forbidden: tuple[ForbiddenMove, ...]


@dataclass(frozen=True, slots=True)
class Meeting:
    """Why the opponents of a decision maker can go from any combination of theirs to any other.

    Rules that bind several opponents together can stand in the way of going there one by one.
    `turns` are changes, opponent by opponent in this order, that are feasible from every state
    and leave nothing undecided in those rules. So everybody meets there, and what was done can
    be undone in the opposite order. Empty where no rule binds several opponents.
    """

    turns: tuple[tuple[int, Change], ...] = ()


@dataclass(frozen=True, slots=True)
class Problem:
    """A conflict and a concept for which equilibria can be found exactly.

    Attributes
    ----------
    concept : str
    options : tuple of str
        All options in the order of the file.
    rules : tuple of Constraint
    parties : tuple of Party
    opponents : tuple of tuple of int
        For each party those who can answer its improvements; nobody under Nash.
    meetings : tuple of Meeting
    credible : bool
        Opponents sanction only by improvements of their own.
    """

    concept: str
    options: tuple[str, ...]
    rules: tuple[Constraint, ...]
    parties: tuple[Party, ...]
    opponents: tuple[tuple[int, ...], ...]
    meetings: tuple[Meeting, ...]
    credible: bool

    def state(self, taken: Iterable[str]) -> State:
        """Return options in the order of the file."""
        known = frozenset(taken)
        return tuple(option for option in self.options if option in known)

    def constants(self, taken: Iterable[str]) -> dict[str, int]:
        """Return TRUE for the options taken and FALSE for all others."""
        known = frozenset(taken)
        return {option: TRUE if option in known else FALSE for option in self.options}

    def options_of(self, parties: Iterable[int]) -> tuple[str, ...]:
        """Return the options of some parties."""
        return tuple(option for party in parties for option in self.parties[party].own)

    def tied(self, dm: int) -> frozenset[str]:
        """Return the options on which it hangs what a decision maker can do and would gain by."""
        party = self.parties[dm]
        own = frozenset(party.own)
        groups = [rule.options for rule in self.rules] + [term.options for term in party.values.terms]
        tied = own.union(*(group for group in groups if not own.isdisjoint(group)))
        ends = (end.expression for move in party.forbidden for end in (move.origin, move.target))
        return tied.union(*(options_in(end) for end in ends))


def feasible(problem: Problem, circuit: Circuit, state: Literals, changing: Iterable[str]) -> int:
    """Return the literal that a state satisfies all rules on the options in `changing`."""
    changed = frozenset(changing)
    rules = (rule for rule in problem.rules if not rule.options.isdisjoint(changed))
    return circuit.all(circuit.truth(rule.expression, state) for rule in rules)


def allowed(circuit: Circuit, party: Party, before: Literals, after: Literals) -> int:
    """Return the literal that a change of own options leaves nothing irreversible and is not forbidden."""
    result = TRUE
    for literal in party.stays:
        sign = 1 if literal.taken else -1
        result = circuit.both(
            result, circuit.either(-sign * before[literal.option], sign * after[literal.option])
        )
    for move in party.forbidden:
        origin = circuit.truth(move.origin.expression, before)
        if origin != FALSE:
            taken_out = circuit.both(origin, circuit.truth(move.target.expression, after))
            result = circuit.both(result, -taken_out)
    return result


def improvement(problem: Problem, circuit: Circuit, dm: int, before: Literals, after: Literals) -> int:
    """Return the literal that `after`, reached from `before` by own options, is in R_i+(before)."""
    party = problem.parties[dm]
    gain = better(circuit, *(party.values.vector(circuit, state, party.own) for state in (after, before)))
    move = circuit.both(feasible(problem, circuit, after, party.own), allowed(circuit, party, before, after))
    return circuit.both(move, gain)


def sanction(
    problem: Problem, circuit: Circuit, dm: int, left: Literals, improved: Literals, end: Literals
) -> int:
    """Return the literal that the opponents can answer with `end` and it is no better for `dm` than `left`.

    `end` differs from `improved` in the opponents' options only. That they can get there by a
    legal sequence if each may make its own change is what `scope` has made sure of; under a
    credible concept there is one opponent only, and its one move must be an improvement.
    """
    opponents = problem.opponents[dm]
    theirs = problem.options_of(opponents)
    changing = (*problem.parties[dm].own, *theirs)
    result = feasible(problem, circuit, end, theirs)
    for opponent in opponents:
        party = problem.parties[opponent]
        result = circuit.both(result, allowed(circuit, party, improved, end))
        if problem.credible:
            ends = (party.values.vector(circuit, state, party.own) for state in (end, improved))
            result = circuit.both(result, better(circuit, *ends))
    mine = problem.parties[dm].values
    states = (mine.vector(circuit, state, changing) for state in (left, end))
    return circuit.both(result, no_worse(circuit, *states))
