"""The size check before work: how many states may be listed, and what a refusal says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from standoff.errors import RefusedError, UsageError
from standoff.model.statement import Expression, options_in
from standoff.states.cost import Cost, memory
from standoff.states.enumeration import MOST_STATES, feasible_codes
from standoff.states.memory import available_memory

WIDTH = 16
"""So many options are looked at together where feasible states are counted beforehand."""

_SAMPLE = 1 << 20


@dataclass(frozen=True, slots=True)
class Bound:
    """How many states are feasible: just so many, or at most so many."""

    states: int
    exact: bool


def bound(options: Sequence[str], rules: Sequence[Expression]) -> Bound:
    """Count the feasible states without listing them.

    Options that rules bind together form groups. The count is the product over all groups of how
    many choices of their options satisfy the rules within them. A rule that would make a group
    wider than `WIDTH` is left out; then the product is an upper bound.
    """
    group: dict[str, tuple[str, ...]] = {option: (option,) for option in options}
    within: list[Expression] = []
    for rule in rules:
        joined = tuple(dict.fromkeys(other for option in options_in(rule) for other in group[option]))
        if len(joined) <= WIDTH:
            within.append(rule)
            group.update(dict.fromkeys(joined, joined))
    states = 1
    for members in {*group.values(), ()}:
        some = [rule for rule in within if group.get(next(iter(options_in(rule)), ""), ()) == members]
        states *= feasible_codes(members, some, 1 << WIDTH).size if some else 1 << len(members)
    return Bound(states, len(within) == len(rules))


@dataclass(frozen=True, slots=True)
class Limit:
    """How many states may be listed, what they cost, and why no more.

    Attributes
    ----------
    states : int
        The most states.
    asked : int
        The limit that the caller set.
    free : int or None
        Bytes of memory that can be had.
    """

    states: int
    asked: int
    free: int | None
    cost: Cost

    def refusal(self, options: int, count: int | None) -> RefusedError:
        """Return the refusal of a conflict with `count` feasible states, if that is known."""
        known = f"{count:,}" if count is not None else f"more than {self.states:,}"
        cost = self.cost(count or self.states)
        takes = f"{'They' if count else f'{self.states:,}'} would take about {cost.cost}"
        free = "" if self.free is None else f"; {memory(self.free)} are free"
        cure = "Add feasibility rules or leave options out"
        if (count or self.states + 1) > MOST_STATES:
            why = f"; at most {MOST_STATES:,} can be listed"
        elif self.states < self.asked:
            why = ", and the memory that is free does not suffice"
            cure += ", or use a machine with more memory"
        else:
            why = f"; the limit is {self.asked:,}"
            if self.free is None or cost.bytes <= self.free:
                cure += ", or raise the limit with --max-states"
        return RefusedError(
            f"The conflict has {options} options and {known} feasible states{why}. {takes}{free}. {cure}; "
            "'standoff equilibria' needs no list of states."
        )


def limit(max_states: int, cost: Cost) -> Limit:
    """Return how many states may be listed: `max_states`, or as many as fit into the memory that is free.

    Raises
    ------
    UsageError
        If `max_states` is above what can be listed at all.
    """
    if max_states > MOST_STATES:
        raise UsageError(
            f"The limit --max-states may be at most {MOST_STATES:,}; it is {max_states:,}. Where "
            "there are more feasible states add feasibility rules, or use 'standoff equilibria', which "
            "needs no list of states."
        )
    free = available_memory()
    room = max_states if free is None else int(free / max(1.0, cost(_SAMPLE).bytes / _SAMPLE))
    return Limit(min(max_states, room), max_states, free, cost)
