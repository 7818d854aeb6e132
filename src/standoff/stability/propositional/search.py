"""Find equilibria one by one, or prove that there are none, without listing states."""

from __future__ import annotations

import time
from collections.abc import Collection, Iterator, Mapping

from standoff.errors import UsageError, did_you_mean
from standoff.model.conflict import Conflict
from standoff.model.statement import holds
from standoff.progress import Progress
from standoff.stability.propositional.candidates import Open, refuse_infeasible
from standoff.stability.propositional.nearby import Stances
from standoff.stability.propositional.problem import Problem
from standoff.stability.propositional.scope import problem_of
from standoff.stability.propositional.solver import Clock, OutOfTimeError, noticing_interrupts
from standoff.stability.propositional.stance import Leaves, stance
from standoff.stability.propositional.witness import (
    Equilibrium,
    Found,
    Reason,
    State,
    Unpunished,
    Witness,
)


def find_equilibria(
    conflict: Conflict,
    concept: str = "nash",
    most: int | None = None,
    time_limit: float | None = None,
    progress: Progress | None = None,
) -> Found:
    """Find the equilibria of a conflict without listing its states, or prove that there are none.

    A solver proposes feasible states. Each is examined from the definition, decision maker by
    decision maker: either it is an equilibrium, and is not proposed again, or somebody has an
    improvement that nobody can answer. That improvement, as a change of few own options, is then
    required of all states to be no improvement or to have an answer. Under Nash, equilibria beside
    one that was found are told by the stances taken so far, without the solver. Exact: what is found is an
    equilibrium, and when nothing more is proposed there is no other.

    Parameters
    ----------
    concept : str
        ``nash``; ``gmr`` where the opponents can be shown to be free to move; ``seq`` for two
        decision makers with options.
    most : int, optional
        Stop when as many are found.
    time_limit : float, optional
        Stop after as many seconds.
    progress : function of (phase, fraction), optional

    Returns
    -------
    Found
        What was found until the end, the limit, or Ctrl-C, and which of these it was.

    Raises
    ------
    MissingExtraError
        If python-sat is not installed.
    ModelError
        If no state is feasible.
    RefusedError
        If this cannot be done exactly in this way; the text says why.
    UsageError
        If there is no such concept, or a limit is not above zero.
    """
    for told, limit in (("The most that are wanted", most), ("The time limit", time_limit)):
        if limit is not None and not limit > 0:
            raise UsageError(f"{told} must be above zero; it is {limit:g}.")
    clock = Clock(time_limit, progress)
    equilibria: list[Equilibrium] = []
    stopped: str | None = None
    try:
        with noticing_interrupts(clock):
            for equilibrium in _search(problem_of(conflict, concept, clock), clock):
                equilibria.append(equilibrium)
                clock.share = len(equilibria) / most if most else 0.0
                if len(equilibria) == most:
                    stopped = "most"
                    break
    except OutOfTimeError:
        stopped = "time"
    except KeyboardInterrupt:
        stopped = "interrupt"
    return Found(
        concept=concept,
        equilibria=tuple(sorted(equilibria, key=lambda each: _number(conflict, each.taken))),
        complete=stopped is None,
        stopped=stopped,
        candidates=clock.candidates,
        seconds=time.monotonic() - clock.started,
    )


def _number(conflict: Conflict, taken: State) -> int:
    """Return the binary number whose lowest bit is the first option, by which states are ordered."""
    known = frozenset(taken)
    return sum(1 << bit for bit, option in enumerate(conflict.options) if option.name in known)


def iterate_equilibria(
    conflict: Conflict, concept: str = "nash", progress: Progress | None = None
) -> Iterator[Equilibrium]:
    """Yield the equilibria one by one as they are found; when it ends there are no others.

    Raises
    ------
    MissingExtraError, ModelError, RefusedError, UsageError
        As `find_equilibria`.
    """
    clock = Clock(None, progress)
    yield from _search(problem_of(conflict, concept, clock), clock)


def witnesses(conflict: Conflict, taken: Collection[str], concept: str = "nash") -> Mapping[str, Witness]:
    """Say for each decision maker why it stays in a state, or which improvement it has.

    Parameters
    ----------
    taken : collection of str
        The options taken in the state.

    Raises
    ------
    MissingExtraError, RefusedError
        As `find_equilibria`.
    UsageError
        If there is no such concept or option, or the state is not feasible.
    """
    clock = Clock()
    problem = problem_of(conflict, concept, clock)
    for option in taken:
        if option not in problem.options:
            raise UsageError(f"There is no option '{option}'. {did_you_mean(option, problem.options)}")
    for rule in problem.rules:
        if not holds(rule.expression, frozenset(taken)):
            listed = ", ".join(problem.state(taken)) or "none"
            raise UsageError(
                f"The state with options taken: {listed} is not feasible: it breaks '{rule.text}'."
            )
    state = problem.state(taken)
    return {party.id: _witness(problem, dm, state, clock) for dm, party in enumerate(problem.parties)}


def _witness(problem: Problem, dm: int, state: State, clock: Clock) -> Witness:
    found = stance(problem, dm, state, clock)
    if not isinstance(found, Leaves):
        return found
    changed = {option for option, taken in found.change.items() if taken}
    return Unpunished(
        improvement=problem.state(changed.union(state).difference(found.change.keys() - changed))
    )


def _search(problem: Problem, clock: Clock) -> Iterator[Equilibrium]:
    refuse_infeasible(problem, clock)
    still = Open(problem, clock)
    stances = Stances(problem, clock)
    with still.solver:
        if problem.concept == "nash":
            still.require_single_changes()
        while (state := still.propose()) is not None:
            reasons = _reasons(problem, still, stances, state)
            clock.looked_at(equilibrium=reasons is not None)
            if reasons is None:
                continue
            still.exclude(state)
            yield Equilibrium(taken=state, witnesses=reasons)
            for other, why in stances.beside(state) if problem.concept == "nash" else ():
                clock.looked_at(equilibrium=True)
                still.exclude(other)
                yield Equilibrium(taken=other, witnesses=why)


def _reasons(problem: Problem, still: Open, stances: Stances, state: State) -> dict[str, Reason] | None:
    """Say why everybody stays; if somebody leaves, require an answer to that of all states, and say None."""
    reasons: dict[str, Reason] = {}
    for dm, party in enumerate(problem.parties):
        position = stances.stance(dm, state)
        if isinstance(position, Leaves):
            still.require_answer(dm, position.change)
        else:
            reasons[party.id] = position
    return reasons if len(reasons) == len(problem.parties) else None
