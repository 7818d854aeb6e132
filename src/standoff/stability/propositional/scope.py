"""What can be done exactly without listing states, and what is refused with the reason."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from standoff.errors import RefusedError
from standoff.model.conflict import Conflict, DecisionMaker, Ranking
from standoff.model.statement import And, Expression, options_in
from standoff.stability.concepts import concept as known_concept
from standoff.stability.propositional.meeting import find_meeting
from standoff.stability.propositional.problem import Constraint, Meeting, Party, Problem
from standoff.stability.propositional.solver import Clock
from standoff.stability.propositional.values import Values, values

SUPPORTED: tuple[str, ...] = ("nash", "gmr", "seq")

_UNDONE = (
    "{concept} is not done without listing states: {why}. Done are {done}. "
    "`standoff analyze` lists the states and does {concept}."
)
_ENDLESS = (
    "The opponents of '{who}' are {several}, and their sequences of improvements have no bounded "
    "length: without listing states, {concept} is done for two decision makers with options. "
    "Try GMR, which does not ask whether replies pay, or Nash."
)
_FORBIDDEN = (
    "The opponents of '{who}' are {several}, and '{by}' has forbidden moves: where they can go then "
    "depends on the way. Without listing states, GMR needs opponents who are free to move."
)
_IRREVERSIBLE = (
    "The rule '{rule}' binds several opponents of '{who}' together, and '{by}' has what is "
    "irreversible: where they can go then depends on the way. Without listing states, GMR needs "
    "opponents who are free to move."
)
_NOT_SHOWN = (
    "Rules bind several opponents of '{who}' together ({rules}), and it could not be shown that they "
    "can go from any combination of their options to any other, one at a time. Without listing "
    "states, GMR needs that."
)


def problem_of(conflict: Conflict, concept: str, clock: Clock) -> Problem:
    """Lay out a conflict for the solver.

    Raises
    ------
    UsageError
        If there is no such concept.
    RefusedError
        If equilibria under the concept cannot be found exactly in this way; the text says why.
    """
    record = known_concept(concept)
    _refuse_form(conflict, concept)
    parties = tuple(_party(conflict, dm) for dm in conflict.decision_makers)
    rules = tuple(
        Constraint(part, frozenset(options_in(part)), rule.statement.text)
        for rule in conflict.feasible
        for part in _conjuncts(rule.statement.expression)
    )
    active = tuple(number for number, party in enumerate(parties) if party.own)
    opponents = tuple(
        () if concept == "nash" else tuple(other for other in active if other != dm)
        for dm in range(len(parties))
    )
    options = tuple(option.name for option in conflict.options)
    problem = Problem(concept, options, rules, parties, opponents, (), record.credible)
    return replace(problem, meetings=tuple(_meeting(problem, dm, clock) for dm in range(len(parties))))


def _refuse_form(conflict: Conflict, concept: str) -> None:
    if conflict.is_graph_form:
        raise RefusedError(
            "The conflict is in graph form: its states are listed already. Use `standoff analyze`."
        )
    if concept not in SUPPORTED:
        why = (
            "what the others do at the same time is not a reply"
            if concept == "sim"
            else "whether a reply holds depends on all moves that could follow it"
        )
        done = ", ".join(key.upper() for key in SUPPORTED)
        raise RefusedError(_UNDONE.format(concept=concept.upper(), why=why, done=done))
    for dm in conflict.decision_makers:
        if dm.options and isinstance(dm.preference, Ranking):
            raise RefusedError(
                f"The preference of '{dm.id}' is a direct ranking, which lists the states. "
                "Without listing states it takes statements: prefers or weights."
            )


def _party(conflict: Conflict, dm: DecisionMaker) -> Party:
    own = tuple(option.name for option in dm.options)
    return Party(
        id=dm.id,
        own=own,
        values=values(dm.preference) if own else Values((), weighted=False),
        stays=tuple(literal for literal in conflict.irreversible if literal.option in own),
        forbidden=tuple(move for move in conflict.forbidden_moves if move.by == dm.id),
    )


def _conjuncts(expression: Expression) -> Iterator[Expression]:
    if isinstance(expression, And):
        for part in expression.operands:
            yield from _conjuncts(part)
    else:
        yield expression


def _meeting(problem: Problem, dm: int, clock: Clock) -> Meeting:
    """Return why the opponents can reach what each may change to, or refuse.

    One opponent moves just once (nobody moves twice in a row), so what it may do in one step is
    all. Several opponents whose options no rule binds together change one after the other; what
    is irreversible stays so, in whatever order. If a rule binds several of them, they must be
    free to move to and fro, and there must be a `Meeting`.
    """
    opponents = problem.opponents[dm]
    if not problem.parties[dm].own or len(opponents) < 2:
        return Meeting()
    who, several = problem.parties[dm].id, len(opponents)
    if problem.credible:
        raise RefusedError(_ENDLESS.format(who=who, several=several, concept=problem.concept.upper()))
    for opponent in opponents:
        if problem.parties[opponent].forbidden:
            raise RefusedError(_FORBIDDEN.format(who=who, several=several, by=problem.parties[opponent].id))
    binding = [rule for rule in problem.rules if binds(problem, rule, opponents)]
    if not binding:
        return Meeting()
    for opponent in opponents:
        if problem.parties[opponent].stays:
            by = problem.parties[opponent].id
            raise RefusedError(_IRREVERSIBLE.format(who=who, rule=binding[0].text, by=by))
    found = find_meeting(problem, dm, binding, clock)
    if found is None:
        raise RefusedError(_NOT_SHOWN.format(who=who, rules=_to_blame(problem, dm, binding, clock)))
    return found


def _to_blame(problem: Problem, dm: int, binding: list[Constraint], clock: Clock) -> str:
    """Return the rules that stand in the way already alone; all of them if none does."""
    alone = [rule for rule in binding if not find_meeting(replace(problem, rules=(rule,)), dm, [rule], clock)]
    texts = list(dict.fromkeys(f"'{rule.text}'" for rule in alone or binding))
    return "; ".join(texts[:3]) + ("; ..." if len(texts) > 3 else "")


def binds(problem: Problem, rule: Constraint, opponents: tuple[int, ...]) -> bool:
    """Return whether a rule mentions options of two or more of the opponents."""
    return sum(not rule.options.isdisjoint(problem.parties[other].own) for other in opponents) > 1
