"""A 0-1 programme over the orders of pairs of states, in which pairs and conditions come in as needed.

For decision maker j and states a, b the variable ge(j, a, b) says that j ranks a at or above b. One of
ge(j, a, b) and ge(j, b, a) holds. The objective is the number of half pairs that change. A pair without
variables is ordered as it was. Conditions that are left out can only make the optimum too small, so it
is a lower bound at all times; and an optimum that breaks none of them is the least change.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from standoff.analyses.levers.question import Rankings, Touched
from standoff.analyses.levers.solver import InfeasibleError, Row, Term, minimise
from standoff.preferences import Ranks, dense

Pair = tuple[int, int, int]
"""Decision maker, upper state, lower state: it ranks the upper at or above the lower."""


@dataclass(slots=True)
class Programme:
    """The programme so far. Costs are half pairs."""

    rankings: Rankings
    columns: dict[Pair, int] = field(default_factory=dict)
    values: NDArray[np.bool_] = field(default_factory=lambda: np.zeros(0, np.bool_))
    bound: int = 0
    _strict: dict[Pair, int] = field(default_factory=dict)
    _priced: set[int] = field(default_factory=set)
    _spent: dict[int, int] = field(default_factory=dict)
    _constant: dict[int, int] = field(default_factory=dict)
    _costs: dict[int, list[Term]] = field(default_factory=dict)
    _number: int = 0
    _rows: list[Row] = field(default_factory=list)

    def extra(self) -> int:
        """Add a 0-1 variable that costs nothing."""
        self._number += 1
        return self._number - 1

    def price(self, dm: int, column: int, cost: int) -> None:
        """Require that a decision maker's half pairs be at least `cost` if a variable is 1."""
        if column not in self._priced:
            self._priced.add(column)
            self.require([(1, self._spent_by(dm)), (-cost, column)], 0)

    def _spent_by(self, dm: int) -> int:
        """Return the column of a decision maker's half pairs, which are what is minimised."""
        if dm not in self._spent:
            self._spent[dm] = self.extra()
            self._constant[dm], self._costs[dm] = 0, []
        return self._spent[dm]

    def at_or_above(self, dm: int, upper: int, lower: int) -> int:
        """Return the column of ge(dm, upper, lower), for two different states."""
        pair = (dm, upper, lower)
        if pair not in self.columns:
            first, second = self._new(dm, upper, lower), self._new(dm, lower, upper)
            self.require([(1, first), (1, second)])
        return self.columns[pair]

    def strictly_above(self, dm: int, upper: int, lower: int) -> int:
        """Return a column that is 1 just where `upper` stands strictly above `lower`."""
        if (dm, upper, lower) not in self._strict:
            weak = self.at_or_above(dm, lower, upper)
            column = self._strict[dm, upper, lower] = self.extra()
            self.require([(1, column), (1, weak)])
            self.require([(-1, column), (-1, weak)], -1)
        return self._strict[dm, upper, lower]

    def _new(self, dm: int, upper: int, lower: int) -> int:
        column = self.extra()
        self.columns[dm, upper, lower] = column
        holds = bool(self.rankings[dm][upper] >= self.rankings[dm][lower])
        self._spent_by(dm)
        self._costs[dm].append((1 if holds else -1, column))
        self._constant[dm] += holds
        return column

    def require(self, terms: Iterable[Term], least: int = 1) -> None:
        """Require that a sum be at least a number; a term given twice counts once, as in a clause.

        Raises
        ------
        InfeasibleError
            If it cannot be, whatever the variables are.
        """
        row = list(dict.fromkeys(terms))
        if sum(factor for factor, _ in row if factor > 0) < least:
            raise InfeasibleError
        self._rows.append((least, row))

    def require_order(self, dm: int, a: int, b: int, c: int) -> None:
        """Require that a at or above b, and b at or above c, imply a at or above c."""
        get = self.at_or_above
        self.require([(-1, get(dm, a, b)), (-1, get(dm, b, c)), (1, get(dm, a, c))], -1)

    def solve(self, seconds: float) -> bool:
        """Find the optimum; return whether it was reached in the time. The bound is raised in any case.

        Raises
        ------
        KeyboardInterrupt
            On Ctrl-C, after the solver was told to stop.
        """
        if not self._number:
            return True
        pairs = [(self._constant[dm], [(1, column), *self._costs[dm]]) for dm, column in self._spent.items()]
        found = minimise(self._number, list(self._spent.values()), [*self._rows, *pairs], seconds)
        self.bound = max(self.bound, found.bound)
        if found.values is None:
            return False
        self.values = found.values > 0.5
        return True

    def broken_orders(self, relevant: Sequence[Touched]) -> list[tuple[int, int, int, int]]:
        """Return (dm, a, b, c) with a at or above b, b at or above c, but not a at or above c."""
        found: dict[tuple[int, int, int, int], None] = {}
        for dm, relation in self._relations().items():
            states = np.flatnonzero(relevant[dm])
            for a, b in relation.changed():
                over, under = relation.row(a), relation.column(a)
                over_b, under_b = relation.row(b), relation.column(b)
                if relation.holds(a, b):
                    for c in states[(over_b & ~over)[states]].tolist():
                        found[dm, a, b, c] = None
                    for c in states[(under & ~under_b)[states]].tolist():
                        found[dm, c, a, b] = None
                else:
                    for c in states[(over & under_b)[states]].tolist():
                        found[dm, a, c, b] = None
        return [key for key in found if len({*key[1:]}) == 3]

    def completed(self, relevant: Sequence[Touched]) -> Rankings:
        """Return rankings that agree with the solution where it is an order, and are near it where not."""
        relations = self._relations()
        return tuple(
            relations[dm].as_ranking(relevant[dm]) if dm in relations else ranks
            for dm, ranks in enumerate(self.rankings)
        )

    def _relations(self) -> dict[int, _Relation]:
        found: dict[int, _Relation] = {}
        for (dm, upper, lower), column in self.columns.items():
            holds = bool(self.values[column]) if column < self.values.size else None
            ranks = self.rankings[dm]
            if holds is not None and holds != bool(ranks[upper] >= ranks[lower]):
                found.setdefault(dm, _Relation(ranks)).put(upper, lower, holds=holds)
        return found


@dataclass(slots=True)
class _Relation:
    """At or above: as in a ranking, but for some pairs."""

    ranks: Ranks
    _by_upper: dict[int, dict[int, bool]] = field(default_factory=dict)
    _by_lower: dict[int, dict[int, bool]] = field(default_factory=dict)

    def put(self, upper: int, lower: int, *, holds: bool) -> None:
        self._by_upper.setdefault(upper, {})[lower] = holds
        self._by_lower.setdefault(lower, {})[upper] = holds

    def holds(self, upper: int, lower: int) -> bool:
        known = self._by_upper.get(upper, {})
        return known[lower] if lower in known else bool(self.ranks[upper] >= self.ranks[lower])

    def changed(self) -> set[tuple[int, int]]:
        pairs = {(upper, lower) for upper, row in self._by_upper.items() for lower in row}
        return pairs | {(lower, upper) for upper, lower in pairs}

    def row(self, upper: int) -> NDArray[np.bool_]:
        """Return what the state is at or above."""
        found: NDArray[np.bool_] = self.ranks[upper] >= self.ranks
        for lower, holds in self._by_upper.get(upper, {}).items():
            found[lower] = holds
        return found

    def column(self, lower: int) -> NDArray[np.bool_]:
        """Return what is at or above the state."""
        found: NDArray[np.bool_] = self.ranks >= self.ranks[lower]
        for upper, holds in self._by_lower.get(lower, {}).items():
            found[upper] = holds
        return found

    def as_ranking(self, among: Touched) -> Ranks:
        """Rank by how many more stand at or below than at or above; exact where this is an order.

        States that are not among those asked for stay by those they were level with, or just above.
        """
        states = np.flatnonzero(among)
        in_order = np.sort(self.ranks[states])
        value = np.searchsorted(in_order, self.ranks[states], "right") + np.searchsorted(
            in_order, self.ranks[states]
        )
        score = dict(zip(states.tolist(), value.tolist(), strict=True))
        moved = set()
        for upper, row in self._by_upper.items():
            for lower, holds in row.items():
                score[upper] += 1 if holds else -1
                score[lower] -= 1 if holds else -1
                moved |= {upper, lower}
        return _fitted(self.ranks, score, moved)


def _fitted(ranks: Ranks, score: dict[int, int], moved: set[int]) -> Ranks:
    """Put the states without a score by the unmoved scored ones at or below them."""
    anchors = sorted((int(ranks[state]), value) for state, value in score.items() if state not in moved)
    levels = np.array([level for level, _ in anchors], np.int64)
    values = np.array([value for _, value in anchors], np.int64)
    rest = np.setdiff1d(np.arange(ranks.size), np.fromiter(score, np.int64))
    keys = np.empty((ranks.size, 2), np.int64)
    for state, value in score.items():
        keys[state] = (value, -1)
    place = np.searchsorted(levels, ranks[rest], "right") - 1
    level = np.zeros(0, np.bool_) if not rest.size else (place >= 0)
    if rest.size:
        base = np.where(level, values[place] if values.size else -1, -1)
        same = level & (levels[place] == ranks[rest]) if values.size else level & False
        keys[rest, 0] = base
        keys[rest, 1] = np.where(same, -1, ranks[rest])
    both = keys - keys.min(axis=0)
    return dense(both[:, 0] * (int(both[:, 1].max()) + 1) + both[:, 1])
