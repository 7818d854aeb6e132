"""The exact chances of play: the exponential of the literal generator, without simulation."""

from __future__ import annotations

from itertools import product

import numpy as np

from tests.timing.literal_play import LiteralPlay


class Exact:
    """Chances of every point (a state and levels of stocks) under one type, waiting for ever."""

    def __init__(self, conflict, type_: int) -> None:
        self.play = LiteralPlay(conflict)
        self.points = list(product(self.play.states, self.play.level_combinations))
        self.number = {point: n for n, point in enumerate(self.points)}
        self.generator = np.zeros((len(self.points), len(self.points)))
        for (s, levels), n in self.number.items():
            for (_, target), rate in self.play.events(s, levels, self.play.types[type_]).items():
                self.generator[n, self.number[target]] += rate
                self.generator[n, n] -= rate
        start = (conflict.status_quo, tuple(stock.start for stock in conflict.timing.stocks))
        self.begin = np.eye(len(self.points))[self.number[start]]

    def later(self, chances: np.ndarray, years: float) -> np.ndarray:
        """Chances some years after these, by a Taylor series over a small step, squared."""
        halvings = max(0, int(np.ceil(np.log2(max(np.abs(self.generator).max() * years, 1e-9)))) + 4)
        step, term, total = self.generator * years / 2**halvings, np.eye(len(self.points)), 0.0
        for power in range(1, 12):
            total = total + term
            term = term @ step / power
        return chances @ np.linalg.matrix_power(total, 2**halvings)

    def by_state(self, chances: np.ndarray) -> dict[str, float]:
        found = {self.play.labels[s]: 0.0 for s in self.play.states}
        for (s, _), chance in zip(self.points, chances, strict=True):
            found[self.play.labels[s]] += chance
        return found

    def at_most(self, chances: np.ndarray, stock: int, level: float) -> float:
        return sum(
            chance for (_, levels), chance in zip(self.points, chances, strict=True) if levels[stock] <= level
        )
