"""Simple statements over options: what an analyst would write first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from standoff.model.statement import And, Expression, Implies, Not, Or, Statement, Taken
from standoff.states.space import StateSpace


def literal(option: str, *, taken: bool) -> Statement:
    """Return `option` or `not option`."""
    return Statement(option, Taken(option)) if taken else Statement(f"not {option}", Not(Taken(option)))


def literals(options: Sequence[str]) -> Iterator[Statement]:
    """Yield every option, taken and not taken."""
    for option in options:
        for taken in (True, False):
            yield literal(option, taken=taken)


def implications(options: Sequence[str], first: Sequence[str] = ()) -> Iterator[Statement]:
    """Yield `a if b` over literals of two options, each meaning once; first those with one of `first`."""
    order = [*first, *(option for option in options if option not in first)]
    for a, b in combinations(order, 2):
        for left in (literal(a, taken=True), literal(a, taken=False)):
            for right in (literal(b, taken=True), literal(b, taken=False)):
                yield Statement(f"{left.text} if {right.text}", Implies(right.expression, left.expression))


def clauses(options: Sequence[str]) -> Iterator[Statement]:
    """Yield rules of one literal or of two, each meaning once."""
    yield from literals(options)
    for a, b in combinations(options, 2):
        first, second = Taken(a), Taken(b)
        yield Statement(f"{a} or {b}", Or((first, second)))
        yield Statement(f"not ({a} and {b})", Not(And((first, second))))
        yield Statement(f"{a} if {b}", Implies(second, first))
        yield Statement(f"{b} if {a}", Implies(first, second))


def exactly(space: StateSpace, state: int) -> Statement:
    """Return the statement that holds in one state only."""
    taken = set(space.taken(state))
    parts = [literal(option, taken=option in taken) for option in space.options]
    expressions: tuple[Expression, ...] = tuple(part.expression for part in parts)
    return Statement(" and ".join(part.text for part in parts), And(expressions))
