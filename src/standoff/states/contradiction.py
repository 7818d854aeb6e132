"""Why no state is feasible: a smallest set of rules that exclude each other."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

from standoff.model.statement import Expression, evaluate, options_in

MOST_STEPS = 5_000
"""So many partly decided states are looked at in all; then the question stays open."""


class _Budget:
    """Steps left; raises `TimeoutError` when they are used up."""

    def __init__(self, steps: int) -> None:
        self.steps = steps

    def spend(self) -> None:
        self.steps -= 1
        if self.steps < 0:
            raise TimeoutError


def satisfiable(rules: Sequence[Expression], steps: int = MOST_STEPS) -> bool | None:
    """Return whether some state satisfies all rules; None if that takes more steps than given."""
    try:
        return _satisfiable(rules, _Budget(steps))
    except TimeoutError:
        return None


def smallest_contradiction(
    rules: Sequence[Expression], steps: int = MOST_STEPS
) -> tuple[tuple[int, ...], bool]:
    """Return the places of rules that no state satisfies together, and whether no smaller set does.

    Rules are dropped one by one while the rest still exclude each other; then smaller sets are
    tried. When the steps run out, the set found so far is returned and not called smallest.
    """
    kept, budget = tuple(range(len(rules))), _Budget(steps)
    try:
        for index in range(len(rules)):
            rest = tuple(other for other in kept if other != index)
            if not _satisfiable([rules[other] for other in rest], budget):
                kept = rest
        for size in range(1, len(kept)):
            for chosen in combinations(range(len(rules)), size):
                if not _satisfiable([rules[index] for index in chosen], budget):
                    return chosen, True
    except TimeoutError:
        return kept, False
    return kept, True


def _satisfiable(rules: Sequence[Expression], budget: _Budget) -> bool:
    """Search by deciding options one by one, leaving off where a rule is false already."""
    mentioned = list(dict.fromkeys(option for rule in rules for option in options_in(rule)))

    def search(decided: dict[str, _Between], open_rules: Sequence[Expression]) -> bool:
        budget.spend()
        results = [(rule, evaluate(rule, decided, _TRUE)) for rule in open_rules]
        if any(result == _FALSE for _, result in results):
            return False
        left = [rule for rule, result in results if result != _TRUE]
        if not left:
            return True
        option = next(name for name in options_in(left[0]) if decided[name] == _EITHER)
        return any(search({**decided, option: value}, left) for value in (_TRUE, _FALSE))

    return search(dict.fromkeys(mentioned, _EITHER), rules)


class _Between(tuple[int, int]):
    """A truth value known to lie between two bounds, with the operations of a column."""

    __slots__ = ()

    def __and__(self, other: _Between) -> _Between:
        return _Between((self[0] & other[0], self[1] & other[1]))

    def __or__(self, other: _Between) -> _Between:
        return _Between((self[0] | other[0], self[1] | other[1]))

    def __xor__(self, other: _Between) -> _Between:
        if self[0] == self[1] and other[0] == other[1]:
            return _Between((self[0] ^ other[0],) * 2)
        return _EITHER


_TRUE, _FALSE, _EITHER = _Between((1, 1)), _Between((0, 0)), _Between((0, 1))
