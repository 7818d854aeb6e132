"""All states at once as variables, and what is required of those still in question."""

from __future__ import annotations

from standoff.errors import Fault, ModelError
from standoff.stability.propositional.circuit import FALSE, TRUE, Circuit
from standoff.stability.propositional.problem import Change, Problem, improvement, sanction
from standoff.stability.propositional.solver import Clock, Solver
from standoff.stability.propositional.witness import State


class Open:
    """The feasible states that may still be equilibria, as far as is known."""

    def __init__(self, problem: Problem, clock: Clock) -> None:
        self._problem, self._clock = problem, clock
        self._circuit = Circuit()
        self._state = {option: self._circuit.variable() for option in problem.options}
        self.solver = Solver(self._circuit, clock)
        for rule in problem.rules:
            self.solver.require(self._circuit.truth(rule.expression, self._state))

    def propose(self) -> State | None:
        """Return a state that is still in question; None if there is none."""
        if not self.solver.solve():
            return None
        return tuple(option for option, variable in self._state.items() if self.solver.holds(variable))

    def exclude(self, state: State) -> None:
        """Take out one state."""
        taken = frozenset(state)
        self.solver.require(
            *(-variable if option in taken else variable for option, variable in self._state.items())
        )

    def require_answer(self, dm: int, change: Change) -> None:
        """Require that this change of own options be no improvement, or have a sanction.

        It is required of all states, those included in which parts of the change are no change.
        The sanction may be a different one for every state: it has variables of its own.
        """
        problem, circuit = self._problem, self._circuit
        improved = {**self._state, **{o: TRUE if taken else FALSE for o, taken in change.items()}}
        gain = improvement(problem, circuit, dm, self._state, improved)
        theirs = problem.options_of(problem.opponents[dm])
        if gain == FALSE or not theirs:
            self.solver.require(-gain)
            return
        end = {**improved, **{option: circuit.variable() for option in theirs}}
        self.solver.require(-gain, sanction(problem, circuit, dm, self._state, improved, end))

    def require_single_changes(self) -> None:
        """Require at once that no change of a single option be an improvement (Nash)."""
        for dm, party in enumerate(self._problem.parties):
            for option in party.own:
                for taken in (False, True):
                    self.require_answer(dm, {option: taken})


def refuse_infeasible(problem: Problem, clock: Clock) -> None:
    """Raise an error that names rules which exclude each other, if no state is feasible.

    Raises
    ------
    ModelError
    """
    circuit = Circuit()
    state = {option: circuit.variable() for option in problem.options}
    truths = {circuit.truth(rule.expression, state): rule.text for rule in problem.rules}
    with Solver(circuit, clock) as states:
        if states.solve(truths):
            return
        kept = list(truths)
        for literal in truths:
            rest = [other for other in kept if other != literal]
            if not states.solve(rest):
                kept = rest
    listed = "; ".join(f"'{text}'" for text in dict.fromkeys(truths[literal] for literal in kept))
    raise ModelError(
        [
            Fault(
                code="no-feasible-state",
                message=f"No state is feasible; rules that exclude each other: {listed}.",
                cure="Drop or weaken one of them.",
                path=("feasible",),
            )
        ]
    )
