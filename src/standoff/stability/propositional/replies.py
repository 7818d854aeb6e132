"""What the opponents can do about one improvement, and the moves by which they do it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from standoff.stability.propositional.circuit import FALSE, TRUE, Circuit, Literals
from standoff.stability.propositional.problem import Change, Problem, feasible, sanction
from standoff.stability.propositional.solver import Clock, Solver
from standoff.stability.propositional.values import Vector
from standoff.stability.propositional.witness import State, Step


@dataclass(frozen=True, slots=True)
class Reply:
    """Where the opponents' options end: TRUE or FALSE for each of them."""

    ends: Mapping[str, int]


def find_reply(problem: Problem, dm: int, state: State, target: State, clock: Clock) -> Reply | None:
    """Return a sanction of the improvement of `dm` from `state` to `target`, or None if there is none.

    Among the sanctions one is taken that is decided early in the ranking of `dm`, and under a
    credible concept in that of the mover: it will deter other improvements as well. With that
    fixed, no opponent moves without need.
    """
    opponents = problem.opponents[dm]
    if not opponents:
        return None
    circuit = Circuit()
    left, improved = problem.constants(state), problem.constants(target)
    theirs = {option: circuit.variable() for option in problem.options_of(opponents)}
    end = {**improved, **theirs}
    with Solver(circuit, clock) as ends:
        ends.require(sanction(problem, circuit, dm, left, improved, end))
        if not ends.solve():
            return None
        fixed: list[int] = []
        was, will_be = _vectors(problem, circuit, dm, left, end)
        _fix_first(ends, fixed, [-now for before, now in zip(was, will_be, strict=True) if before == TRUE])
        for opponent in opponents if problem.credible else ():
            was, will_be = _vectors(problem, circuit, opponent, improved, end)
            _fix_first(
                ends, fixed, [now for before, now in zip(was, will_be, strict=True) if before == FALSE]
            )
        for opponent in opponents:
            own = problem.parties[opponent].own
            rests = [theirs[option] if improved[option] == TRUE else -theirs[option] for option in own]
            if ends.solve([*fixed, *rests]):
                fixed += rests
        ends.solve(fixed)
        return Reply({o: TRUE if ends.holds(variable) else FALSE for o, variable in theirs.items()})


def _vectors(
    problem: Problem, circuit: Circuit, dm: int, one: Literals, other: Literals
) -> tuple[Vector, Vector]:
    mine = problem.parties[dm].values
    first, second = (mine.vector(circuit, state, problem.options) for state in (one, other))
    return first, second


def _fix_first(solver: Solver, fixed: list[int], wanted: Iterable[int]) -> None:
    """Add to `fixed` the first of the literals that can be true with those already there."""
    for literal in wanted:
        if solver.solve([*fixed, literal]):
            fixed.append(literal)
            return


def sequence(
    problem: Problem, dm: int, reply: Reply, target: State, *, straight: bool = False
) -> tuple[Step, ...]:
    """Return a legal sequence of the opponents from an improvement to where the reply ends.

    Parameters
    ----------
    target : State
        The state from which they start; only their own options in it matter.
    straight : bool
        Take the straight way, each mover once, if the states on it are feasible. Otherwise the
        way over the meeting is taken, which is open after every improvement.
    """
    opponents = problem.opponents[dm]
    now = {option: option in target for option in problem.options_of(opponents)}
    goal = {option: literal == TRUE for option, literal in reply.ends.items()}
    turns = problem.meetings[dm].turns
    each_once = [(other, _own(problem, other, goal)) for other in opponents]
    if not turns or (straight and _is_feasible(problem, target, each_once)):
        return _steps(problem, now, each_once)
    met = {**goal, **{option: taken for _, change in turns for option, taken in change.items()}}
    way = [*turns, *((other, _own(problem, other, met)) for other in opponents)]
    way += [(other, {option: goal[option] for option in change}) for other, change in reversed(turns)]
    return _steps(problem, now, way)


def _own(problem: Problem, party: int, values: Change) -> Change:
    return {option: values[option] for option in problem.parties[party].own}


def _is_feasible(problem: Problem, target: State, changes: Iterable[tuple[int, Change]]) -> bool:
    """Return whether the states on the way are all feasible."""
    circuit, literals = Circuit(), problem.constants(target)
    for _, change in changes:
        literals.update({option: TRUE if taken else FALSE for option, taken in change.items()})
        if feasible(problem, circuit, literals, problem.options) != TRUE:
            return False
    return True


def _steps(problem: Problem, start: Change, changes: Iterable[tuple[int, Change]]) -> tuple[Step, ...]:
    """Return the changes as moves: empty ones left out, two of one mover in a row made one."""
    movers: list[int] = []
    states: list[dict[str, bool]] = [dict(start)]
    for mover, change in changes:
        after = {**states[-1], **change}
        if movers and movers[-1] == mover:
            states.pop()
            movers.pop()
        if after != states[-1]:
            states.append(after)
            movers.append(mover)
    return tuple(
        Step(
            mover=problem.parties[mover].id,
            taken=tuple(option for option in problem.parties[mover].own if after[option]),
        )
        for mover, after in zip(movers, states[1:], strict=True)
    )
