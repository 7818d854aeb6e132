"""Show that opponents can go from any combination of their options to any other, one at a time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from standoff.stability.propositional.circuit import FALSE, TRUE, Circuit, Literals
from standoff.stability.propositional.problem import Change, Constraint, Meeting, Problem
from standoff.stability.propositional.solver import Clock, Solver

_MOST_TRIES = 500


def find_meeting(problem: Problem, dm: int, binding: Sequence[Constraint], clock: Clock) -> Meeting | None:
    """Look for changes, opponent by opponent, that everybody can make from every state.

    For each opponent in some order: settings of its options in the binding rules that keep every
    feasible state feasible, once the opponents before it have made theirs. After the last turn
    the binding rules depend on the opponents no more, so the rest of their options can be changed
    one opponent after the other; then the turns are undone in the opposite order.

    Returns
    -------
    Meeting or None
        None if none was found, which proves nothing.
    """
    mentioned = frozenset(option for rule in binding for option in rule.options)
    waiting = {
        opponent: tuple(option for option in problem.parties[opponent].own if option in mentioned)
        for opponent in problem.opponents[dm]
    }
    waiting = {opponent: options for opponent, options in waiting.items() if options}
    turns: list[tuple[int, Change]] = []
    settled: dict[str, bool] = {}
    while waiting:
        turn = _next_turn(problem, settled, waiting, clock)
        if turn is None:
            return None
        turns.append(turn)
        settled.update(turn[1])
        del waiting[turn[0]]
    return Meeting(tuple(turns))


def _next_turn(
    problem: Problem, settled: Change, waiting: Mapping[int, tuple[str, ...]], clock: Clock
) -> tuple[int, Change] | None:
    for opponent, options in waiting.items():
        change = _always_possible(problem, settled, options, clock)
        if change is not None:
            return opponent, change
    return None


def _always_possible(
    problem: Problem, settled: Change, options: tuple[str, ...], clock: Clock
) -> Change | None:
    """Return settings of `options` under which every feasible state, others settled, stays feasible.

    Settings are tried against states in which earlier ones failed, until one never fails.
    """
    setting = Circuit()
    chosen = {option: setting.variable() for option in options}
    with Solver(setting, clock) as settings:
        for _ in range(_MOST_TRIES):
            if not settings.solve():
                return None
            change = {option: settings.holds(variable) for option, variable in chosen.items()}
            state = _state_spoilt(problem, {**settled, **change}, clock)
            if state is None:
                return change
            after: Literals = {**problem.constants(state), **_constant(settled), **chosen}
            for rule in problem.rules:
                settings.require(setting.truth(rule.expression, after))
    return None


def _state_spoilt(problem: Problem, change: Change, clock: Clock) -> list[str] | None:
    """Return a feasible state that the change makes infeasible, if there is one."""
    circuit = Circuit()
    before = {option: circuit.variable() for option in problem.options}
    after = {**before, **_constant(change)}
    with Solver(circuit, clock) as states:
        for rule in problem.rules:
            states.require(circuit.truth(rule.expression, before))
        states.require(-circuit.all(circuit.truth(rule.expression, after) for rule in problem.rules))
        if not states.solve():
            return None
        return [option for option, variable in before.items() if states.holds(variable)]


def _constant(change: Change) -> dict[str, int]:
    return {option: TRUE if taken else FALSE for option, taken in change.items()}
