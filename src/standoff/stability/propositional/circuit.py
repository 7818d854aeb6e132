"""Truth values as gates over variables, each gate made once and constants folded away.

A literal is an integer as solvers write it: a variable, or its negation below zero. Statements
are evaluated by the same function as everywhere, on columns whose `&`, `|`, `^` make gates.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from standoff.model.statement import Expression, evaluate

TRUE = 1
FALSE = -1

Clause = list[int]
Literals = Mapping[str, int]
"""For every option the literal that stands for it: a variable, or TRUE or FALSE."""


@dataclass(slots=True)
class Circuit:
    """Gates of two inputs; the same gate of the same inputs is the same variable."""

    variables: int = TRUE
    _made: dict[tuple[str, int, int], int] = field(default_factory=dict)
    _gates: dict[int, tuple[str, int, int]] = field(default_factory=dict)

    def variable(self) -> int:
        """Return a new variable."""
        self.variables += 1
        return self.variables

    def both(self, one: int, other: int) -> int:
        """Return the literal that is true where both are."""
        if one == other or other == TRUE:
            return one
        if one == TRUE:
            return other
        if FALSE in (one, other) or one == -other:
            return FALSE
        return self._gate("and", min(one, other), max(one, other))

    def either(self, one: int, other: int) -> int:
        """Return the literal that is true where one of the two is, or both."""
        return -self.both(-one, -other)

    def differ(self, one: int, other: int) -> int:
        """Return the literal that is true where just one of the two is."""
        sign = 1 if (one > 0) == (other > 0) else -1
        low, high = sorted((abs(one), abs(other)))
        if low == high:
            return FALSE * sign
        return -sign * high if low == TRUE else sign * self._gate("xor", low, high)

    def all(self, literals: Iterable[int]) -> int:
        """Return the literal that is true where all are."""
        result = TRUE
        for literal in literals:
            result = self.both(result, literal)
        return result

    def truth(self, expression: Expression, literals: Literals) -> int:
        """Return the literal that is true where the statement is, its options replaced by `literals`."""
        columns = _Columns(self, literals)
        literal: int = evaluate(expression, columns, _Column(self, TRUE)).literal
        return literal

    def definitions(self, literal: int, known: set[int]) -> Iterator[Clause]:
        """Yield the clauses that define a literal's gate and those below it, and add them to `known`."""
        waiting = [abs(literal)]
        while waiting:
            gate = waiting.pop()
            if gate in known or gate not in self._gates:
                continue
            known.add(gate)
            kind, one, other = self._gates[gate]
            yield from _clauses(kind, gate, one, other)
            waiting += (abs(one), abs(other))

    def _gate(self, kind: str, one: int, other: int) -> int:
        key = (kind, one, other)
        if key not in self._made:
            self._made[key] = self.variable()
            self._gates[self.variables] = key
        return self._made[key]


def _clauses(kind: str, gate: int, one: int, other: int) -> tuple[Clause, ...]:
    if kind == "and":
        return [-gate, one], [-gate, other], [gate, -one, -other]
    return [-gate, one, other], [-gate, -one, -other], [gate, -one, other], [gate, one, -other]


@dataclass(frozen=True, slots=True)
class _Column:
    circuit: Circuit
    literal: int

    def __and__(self, other: _Column) -> _Column:
        return _Column(self.circuit, self.circuit.both(self.literal, other.literal))

    def __or__(self, other: _Column) -> _Column:
        return _Column(self.circuit, self.circuit.either(self.literal, other.literal))

    def __xor__(self, other: _Column) -> _Column:
        return _Column(self.circuit, self.circuit.differ(self.literal, other.literal))


@dataclass(frozen=True, slots=True)
class _Columns(Mapping[str, _Column]):
    circuit: Circuit
    literals: Literals

    def __getitem__(self, option: str) -> _Column:
        return _Column(self.circuit, self.literals[option])

    def __iter__(self) -> Iterator[str]:
        return iter(self.literals)

    def __len__(self) -> int:
        return len(self.literals)
