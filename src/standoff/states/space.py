"""The state space: feasible states, their labels and the options taken in them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property, partial

import numpy as np
from numpy.typing import NDArray

from standoff.errors import Fault, ModelError, RefusedError, UsageError, did_you_mean
from standoff.model.conflict import Conflict
from standoff.model.statement import Expression, evaluate, holds
from standoff.states import bits
from standoff.states.contradiction import satisfiable, smallest_contradiction
from standoff.states.cost import Cost, Estimate, model_cost
from standoff.states.enumeration import MAX_STATES, MOST_OPTIONS, feasible_codes
from standoff.states.limit import Bound, bound, limit

_FEW = 1 << 18
"""So many states are listed at once, without counting them first."""


@dataclass(frozen=True, eq=False)
class StateSpace:
    """The states of a conflict, numbered 0 to size-1 inside, labelled at the edge.

    Attributes
    ----------
    options : tuple of str
        Option k is bit k of a code; empty in graph form.
    codes : int64 array
        Code of each state, ascending; in graph form just 0 to size-1.
    names : mapping from index to name
        Given names; all states have one in graph form.
    status_quo : int
    whole : StateSpace, optional
        Of what this is a part, if an assumption excludes states.
    assumed : str, optional
        The statement that is assumed.
    """

    options: tuple[str, ...]
    codes: NDArray[np.int64]
    names: Mapping[int, str]
    status_quo: int
    whole: StateSpace | None = None
    assumed: str | None = None

    @property
    def size(self) -> int:
        """The number of feasible states."""
        return int(self.codes.size)

    @cached_property
    def _by_name(self) -> dict[str, int]:
        return {name: index for index, name in self.names.items()}

    def label(self, index: int) -> str:
        """Return the name of a state, or s1, s2, ... by its place among the feasible states."""
        return self.names.get(index) or f"s{index + 1}"

    def index(self, label: str) -> int:
        """Return the number of the state with this label.

        Raises
        ------
        UsageError
            If there is none, with close names, or an assumption excludes it.
        """
        if self.whole is not None:
            return self._inside(self.whole, label)
        if label in self._by_name:
            return self._by_name[label]
        digits = label[1:]
        if self.options and label[:1] == "s" and digits.isdecimal() and digits.isascii() and len(digits) < 19:
            index = int(digits) - 1
            if 0 <= index < self.size and digits == str(index + 1):
                return index
        cure = did_you_mean(label, tuple(self._by_name))
        span = f" States are labelled s1 to s{self.size}." if self.options else ""
        raise UsageError(f"There is no state '{label}'.{span} {cure if self._by_name else ''}".rstrip())

    def _inside(self, whole: StateSpace, label: str) -> int:
        """Return the number of a state of the whole."""
        index = self.find(int(whole.codes[whole.index(label)]))
        if index is None:
            why = f"the assumption '{self.assumed}' is not true in it"
            raise UsageError(f"State '{label}' is excluded: {why}.")
        return index

    def code_of(self, taken: frozenset[str]) -> int:
        """Return the code of the state in which just these options are taken."""
        return sum(1 << bit for bit, option in enumerate(self.options) if option in taken)

    def find(self, code: int) -> int | None:
        """Return the number of the state with this code, or None if it is not feasible."""
        index = int(np.searchsorted(self.codes, code))
        return index if index < self.size and int(self.codes[index]) == code else None

    def taken(self, index: int) -> tuple[str, ...]:
        """Return the options taken in a state, in the order of the file."""
        code = int(self.codes[index])
        return tuple(option for bit, option in enumerate(self.options) if code >> bit & 1)

    def where(self, expression: Expression) -> NDArray[np.bool_]:
        """Return, for every state, whether the expression is true in it."""
        return bits.unpacked(self.truth(expression), self.size)

    def truth(self, expression: Expression) -> bits.Words:
        """Return where the expression is true as packed bits, 64 states a word."""
        true: bits.Words = evaluate(expression, self._columns, bits.ones(self.size))
        return true

    @cached_property
    def _columns(self) -> dict[str, bits.Words]:
        """Where each option is taken."""
        return dict(zip(self.options, bits.columns(self.codes, len(self.options)), strict=True))


def state_space(
    conflict: Conflict,
    max_states: int = MAX_STATES,
    cost: Cost | None = None,
    foretell: Callable[[Estimate], None] | None = None,
) -> StateSpace:
    """Build the state space of a conflict.

    Parameters
    ----------
    cost : function of a number of states, optional
        What will be done with the states takes so much; if left out, to list and to rank them.
    foretell : function of an estimate, optional
        Is told the cost: before states are listed if their number is known then, else once it is.

    Raises
    ------
    ModelError
        If no state is feasible, or the status quo or a named state is not feasible.
    RefusedError
        If there are more than `max_states` states, or more than fit into memory.
    UsageError
        If `max_states` is more than can be listed.
    """
    cost = cost or partial(model_cost, conflict)
    if conflict.is_graph_form:
        return _listed(conflict)
    faults = _misplaced(conflict)
    try:
        codes = _codes(conflict, max_states, cost, foretell or _ignore)
    except RefusedError:
        if satisfiable([rule.statement.expression for rule in conflict.feasible]) is not False:
            if faults:
                raise ModelError(faults) from None
            raise
        codes = np.empty(0, np.int64)
    if not codes.size:
        raise ModelError([_nothing_feasible(conflict)])
    if faults:
        raise ModelError(faults)
    options = tuple(option.name for option in conflict.options)
    bare = StateSpace(options, codes, {}, 0)
    places = {state.name: bare.find(bare.code_of(state.taken)) for state in conflict.states}
    names = {place: name for name, place in places.items() if place is not None}
    status_quo = bare.find(bare.code_of(frozenset(conflict.status_quo)))
    return StateSpace(options, codes, names, status_quo or 0)


def _codes(
    conflict: Conflict, max_states: int, cost: Cost, foretell: Callable[[Estimate], None]
) -> NDArray[np.int64]:
    """List the feasible states, unless there are too many."""
    options = [option.name for option in conflict.options]
    rules = [rule.statement.expression for rule in conflict.feasible]
    most = limit(max_states, cost)
    if len(options) > MOST_OPTIONS:
        return feasible_codes(options, rules, most.states)
    count = Bound(1 << len(options), exact=not rules)
    if count.states > min(_FEW, most.states):
        count = bound(options, rules)
    if count.exact and count.states > most.states:
        raise most.refusal(len(options), count.states)
    if count.exact:
        foretell(cost(count.states))
    try:
        codes = feasible_codes(options, rules, most.states)
    except RefusedError:
        raise most.refusal(len(options), None) from None
    if not count.exact:
        foretell(cost(codes.size))
    return codes


def _ignore(_cost: Estimate) -> None:
    """Tell nobody."""


def _misplaced(conflict: Conflict) -> list[Fault]:
    """Return the faults of named states and of the status quo; no list of states is needed."""
    faults, seen = [], dict[frozenset[str], str]()
    for state in conflict.states:
        if _broken(conflict, state.taken):
            faults.append(_infeasible(conflict, state.taken, ("states", state.name), f"State '{state.name}'"))
        elif state.taken in seen:
            faults.append(_same_state(state.name, seen[state.taken]))
        seen.setdefault(state.taken, state.name)
    status_quo = frozenset(conflict.status_quo)
    if _broken(conflict, status_quo):
        faults.append(_infeasible(conflict, status_quo, ("status_quo",), "The status quo"))
    return faults


def _broken(conflict: Conflict, taken: frozenset[str]) -> list[str]:
    rules = [rule.statement for rule in conflict.feasible]
    return [rule.text for rule in rules if not holds(rule.expression, taken)]


def _listed(conflict: Conflict) -> StateSpace:
    names = {index: state.name for index, state in enumerate(conflict.states)}
    status_quo = {name: index for index, name in names.items()}[str(conflict.status_quo)]
    return StateSpace((), np.arange(len(names), dtype=np.int64), names, status_quo)


def _infeasible(conflict: Conflict, taken: frozenset[str], path: tuple[str, ...], what: str) -> Fault:
    listed = "; ".join(f"'{text}'" for text in _broken(conflict, taken))
    return Fault(
        code="infeasible-state",
        message=f"{what} is not feasible: it breaks {listed}.",
        cure="Change the options listed here, or the rule.",
        path=path,
    )


def _same_state(name: str, other: str) -> Fault:
    return Fault(
        code="same-state-twice",
        message=f"States '{other}' and '{name}' take the same options.",
        cure="Keep one of the two names.",
        path=("states", name),
    )


def _nothing_feasible(conflict: Conflict) -> Fault:
    rules, smallest = smallest_contradiction([rule.statement.expression for rule in conflict.feasible])
    listed = "; ".join(f"'{conflict.feasible[index].statement.text}'" for index in rules)
    extent = "a smallest set of rules that exclude" if smallest else "rules that exclude"
    return Fault(
        code="no-feasible-state",
        message=f"No state is feasible; {extent} each other: {listed}.",
        cure="Drop or weaken one of them.",
        path=("feasible", rules[0]),
    )
