"""Patterns of options taken and not taken, the one form in which GMCR+ files say anything."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import reduce
from itertools import combinations
from math import comb

from standoff.errors import RefusedError
from standoff.model.statement import And, Count, Expression, Iff, Implies, Not, Or, Taken, Xor

Pattern = frozenset[tuple[str, bool]]
"""Options that must be taken (True) or not taken (False), all of them at once."""

Patterns = tuple[Pattern, ...]
"""Alternatives: some pattern holds."""

MOST_PATTERNS = 1_024
_MOST_CHECKS = 3_000_000


class TooManyPatternsError(Exception):
    """A statement has no short form as alternatives of patterns."""


def alternatives(expression: Expression, *, wanted: bool = True) -> Patterns:
    """Return patterns of which some holds exactly where the expression is `wanted`.

    Raises
    ------
    TooManyPatternsError
        If more than `MOST_PATTERNS` patterns would have to be looked at.
    """
    try:
        return _Finder().find(expression, wanted=wanted)
    except RecursionError:
        raise TooManyPatternsError from None


class _Finder:
    """Finds the patterns of every part of an expression at most once for each truth value."""

    def __init__(self) -> None:
        self._found: dict[tuple[int, bool], Patterns] = {}

    def find(self, part: Expression, *, wanted: bool) -> Patterns:
        key = (id(part), wanted)
        if key not in self._found:
            self._found[key] = self._patterns(part, wanted=wanted)
        return self._found[key]

    def _patterns(self, part: Expression, *, wanted: bool) -> Patterns:
        match part:
            case Taken(option):
                return (frozenset({(option, wanted)}),)
            case Not(operand):
                return self.find(operand, wanted=not wanted)
            case And(parts) | Or(parts):
                found = [self.find(each, wanted=wanted) for each in parts]
                return _all_of(found) if wanted == isinstance(part, And) else _any_of(found)
            case Implies(condition, consequence):
                found = [self.find(condition, wanted=not wanted), self.find(consequence, wanted=wanted)]
                return _any_of(found) if wanted else _all_of(found)
            case Xor(left, right) | Iff(left, right):
                differ = wanted == isinstance(part, Xor)
                return _any_of(
                    _all_of([self.find(left, wanted=value), self.find(right, wanted=value != differ)])
                    for value in (True, False)
                )
            case Count():
                return self._counted(part, wanted=wanted)

    def _counted(self, count: Count, *, wanted: bool) -> Patterns:
        def at_least(number: int) -> Patterns:
            return _at_least([self.find(each, wanted=True) for each in count.operands], number)

        def at_most(number: int) -> Patterns:
            denied = [self.find(each, wanted=False) for each in count.operands]
            return _at_least(denied, len(denied) - number)

        number = count.number
        if count.relation == ">=":
            return at_least(number) if wanted else at_most(number - 1)
        if count.relation == "<=":
            return at_most(number) if wanted else at_least(number + 1)
        if wanted:
            return _all_of([at_least(number), at_most(number)])
        return _any_of([at_least(number + 1), at_most(number - 1)])


def _at_least(parts: Sequence[Patterns], number: int) -> Patterns:
    """Return where so many of the parts hold, each given by its patterns."""
    if number > len(parts):
        return ()
    if comb(len(parts), max(number, 0)) > MOST_PATTERNS:
        raise TooManyPatternsError
    return _any_of(_all_of(chosen) for chosen in combinations(parts, max(number, 0)))


def _any_of(parts: Iterable[Patterns]) -> Patterns:
    return _shortest(pattern for patterns in parts for pattern in patterns)


def _all_of(parts: Iterable[Patterns]) -> Patterns:
    nothing: Patterns = (frozenset(),)
    return reduce(_both, parts, nothing)


def _both(left: Patterns, right: Patterns) -> Patterns:
    pairs = (one | other for one in left for other in right)
    return _shortest(pair for pair in pairs if len(pair) == len({option for option, _ in pair}))


def _shortest(patterns: Iterable[Pattern]) -> Patterns:
    """Drop repeats and patterns that say more than another one."""
    seen: dict[Pattern, None] = {}
    for pattern in patterns:
        seen[pattern] = None
        if len(seen) > MOST_PATTERNS:
            raise TooManyPatternsError
    return tuple(one for one in seen if not any(other < one for other in seen))


def feasible(options: Sequence[str], infeasible: Iterable[Pattern], most: int) -> Iterator[int]:
    """Yield the codes of the states that match no pattern, ascending, at most `most` of them.

    Bit k of a code is set where `options[k]` is taken. Options are decided from the last to the
    first and a pattern is applied as soon as its options are decided.

    Raises
    ------
    RefusedError
        If the search takes too long.
    """
    due = _due(options, infeasible)
    pending = [] if due[len(options)] else [(0, len(options))]
    checks = _MOST_CHECKS + 8 * most
    while pending and most > 0:
        code, undecided = pending.pop()
        if not undecided:
            most -= 1
            yield code
            continue
        bit = undecided - 1
        checks -= 1 + 2 * len(due[bit])
        if checks < 0:
            raise RefusedError("The feasible states are too hard to list for a GMCR+ file.")
        branches = (code | 1 << bit, code)
        pending += [
            (branch, bit)
            for branch in branches
            if not any(branch & mask == value for mask, value in due[bit])
        ]


def _due(options: Sequence[str], infeasible: Iterable[Pattern]) -> list[list[tuple[int, int]]]:
    """Return patterns as bits, mask and value, by their lowest bit; without any, by the last place."""
    place = {option: bit for bit, option in enumerate(options)}
    due: list[list[tuple[int, int]]] = [[] for _ in range(len(options) + 1)]
    for pattern in infeasible:
        mask = sum(1 << place[option] for option, _ in pattern)
        value = sum(1 << place[option] for option, taken in pattern if taken)
        due[min((place[option] for option, _ in pattern), default=len(options))].append((mask, value))
    return due
