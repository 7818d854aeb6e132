"""Why no state is feasible: a smallest set of rules that exclude each other."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from math import comb

from standoff.model.statement import Expression, options_in
from standoff.states.enumeration import feasible_codes

_MOST_SETS = 5_000


def smallest_contradiction(rules: Sequence[Expression]) -> tuple[tuple[int, ...], bool]:
    """Return the places of rules that no state satisfies together, and whether no smaller set exists.

    First rules are dropped one by one while the rest still exclude each other; then all smaller
    sets are tried, up to a fixed number of them.
    """
    kept = list(range(len(rules)))
    for index in range(len(rules)):
        rest = [other for other in kept if other != index]
        if not _satisfiable([rules[other] for other in rest]):
            kept = rest
    budget = _MOST_SETS
    for size in range(1, len(kept)):
        budget -= comb(len(rules), size)
        if budget < 0:
            return tuple(kept), False
        for chosen in combinations(range(len(rules)), size):
            if not _satisfiable([rules[index] for index in chosen]):
                return chosen, True
    return tuple(kept), True


def _satisfiable(rules: Sequence[Expression]) -> bool:
    mentioned = list(dict.fromkeys(option for rule in rules for option in options_in(rule)))
    return bool(feasible_codes(mentioned, rules).size)
