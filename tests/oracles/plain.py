"""A `Conflict` as the plain data of `literal`, by a route of its own.

Only the types of `standoff.model` are used, to read what the analyst wrote.
"""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from typing import Any

from standoff.model.conflict import Conflict, DecisionMaker, Prioritising, Ranking, Weighting
from standoff.model.statement import And, Count, Expression, Iff, Implies, Not, Or, Taken, Xor
from tests.oracles.literal import Model


def plain(conflict: Conflict) -> Model:
    """The conflict in plain data; states in the order of the labels s1, s2, ..."""
    states = all_states(conflict)
    labels = tuple(label(conflict, place, s) for place, s in enumerate(states))
    ranks = [ranks_of(dm, states, labels) for dm in conflict.decision_makers]
    can = can_in_graph_form(conflict) if conflict.is_graph_form else can_in_option_form(conflict)
    return Model(
        number=len(conflict.decision_makers),
        states=states,
        can=can,
        rank=lambda i, s: ranks[i][s],
        own=None if conflict.is_graph_form else own_options(conflict),
        names=tuple(dm.id for dm in conflict.decision_makers),
        labels=labels,
    )


# Statements


def true_in(expression: Expression, taken: frozenset[str]) -> bool:
    """Whether the expression is true where just these options are taken."""
    match expression:
        case Taken(option):
            return option in taken
        case Not(operand):
            return not true_in(operand, taken)
        case And(parts):
            return all(true_in(part, taken) for part in parts)
        case Or(parts):
            return any(true_in(part, taken) for part in parts)
        case Xor(left, right):
            return true_in(left, taken) != true_in(right, taken)
        case Implies(condition, consequence):
            return true_in(consequence, taken) if true_in(condition, taken) else True
        case Iff(left, right):
            return true_in(left, taken) == true_in(right, taken)
        case Count(parts, relation, number):
            true = len([part for part in parts if true_in(part, taken)])
            return {">=": true >= number, "<=": true <= number, "==": true == number}[relation]
    raise TypeError(expression)


# States


def all_states(conflict: Conflict) -> tuple[Any, ...]:
    """The feasible states: sets of options taken, or the labels in graph form."""
    if conflict.is_graph_form:
        return tuple(state.name for state in conflict.states)
    options = [option.name for dm in conflict.decision_makers for option in dm.options]
    rules = [rule.statement.expression for rule in conflict.feasible]
    return feasible_states(options, rules)


def feasible_states(options: list[str], rules: list[Expression]) -> tuple[frozenset[str], ...]:
    """The states that satisfy all rules, by binary number: the first option is the lowest bit."""
    states = []
    for bits in product((False, True), repeat=len(options)):
        highest_first = zip(reversed(options), bits, strict=True)
        taken = frozenset(option for option, bit in highest_first if bit)
        if all(true_in(rule, taken) for rule in rules):
            states.append(taken)
    return tuple(states)


def label(conflict: Conflict, place: int, s: Any) -> str:
    """What a state is called: the name given to it, else s1, s2, ... by its place."""
    if conflict.is_graph_form:
        return s
    for named in conflict.states:
        if named.taken == s:
            return named.name
    return f"s{place + 1}"


# Moves


def own_options(conflict: Conflict) -> tuple[frozenset[str], ...]:
    return tuple(frozenset(option.name for option in dm.options) for dm in conflict.decision_makers)


def can_in_graph_form(conflict: Conflict):
    """The moves are those listed."""
    listed = [set(dm.moves) for dm in conflict.decision_makers]
    return lambda i, s, t: (s, t) in listed[i]


def can_in_option_form(conflict: Conflict):
    """A move changes only the mover's options, leaves no irreversible literal, and is not forbidden."""
    own = own_options(conflict)

    def can(i: int, s: frozenset[str], t: frozenset[str]) -> bool:
        if not (s ^ t) <= own[i]:
            return False
        for literal in conflict.irreversible:
            true_before = (literal.option in s) == literal.taken
            true_after = (literal.option in t) == literal.taken
            if true_before and not true_after:
                return False
        for move in conflict.forbidden_moves:
            by_mover = move.by == conflict.decision_makers[i].id
            if by_mover and true_in(move.origin.expression, s) and true_in(move.target.expression, t):
                return False
        return True

    return can


# Preferences


def ranks_of(dm: DecisionMaker, states: tuple[Any, ...], labels: tuple[str, ...]) -> dict[Any, int]:
    """The rank of every state: 0 for the worst, equal for ties, no number left out."""
    worth = {s: worth_of(dm, s, name) for s, name in zip(states, labels, strict=True)}
    distinct = sorted(set(worth.values()))
    return {s: distinct.index(worth[s]) for s in states}


def worth_of(dm: DecisionMaker, s: Any, name: str) -> Any:
    """Something that is larger for better states, and equal just for ties."""
    match dm.preference:
        case Prioritising(statements=rules):
            return tuple(true_in(rule.statement.expression, s) for rule in rules)
        case Weighting(weights=weights):
            true = [weight for rule, weight in weights if true_in(rule.statement.expression, s)]
            return sum(true, Fraction(0))
        case Ranking(tiers=tiers):
            (place,) = [place for place, tier in enumerate(tiers) if name in tier]
            return -place
    raise TypeError(dm.preference)
