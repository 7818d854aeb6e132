"""A grid of beliefs about the type, and beliefs off the grid as mixtures of its nodes."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

_WIDEST_LOG_ODDS = 12.0


@dataclass(frozen=True, slots=True, eq=False)
class BeliefGrid:
    """Nodes in the simplex of beliefs: one type, two or three.

    Attributes
    ----------
    nodes : float array (nodes, types)
        Each row adds up to 1. With two types by falling belief in the second; with three on a
        regular triangular grid with `steps` steps a side.
    steps : int
    """

    nodes: Floats
    steps: int

    @property
    def types(self) -> int:
        """The number of types."""
        return self.nodes.shape[1]

    def mixture(self, beliefs: Floats) -> tuple[Ints, Floats]:
        """Return nodes (m, types) and weights (m, types) whose mixture each belief (m, types) is.

        Linear interpolation between the corners of the cell it lies in: of a convex function it
        lies nowhere below the function.
        """
        if self.types == 1:
            return np.zeros((beliefs.shape[0], 1), np.int64), np.ones((beliefs.shape[0], 1))
        if self.types == 2:
            return self._between(beliefs[:, 0])
        return self._in_triangle(beliefs)

    def _between(self, belief: Floats) -> tuple[Ints, Floats]:
        known = self.nodes[:, 0]
        right = np.clip(np.searchsorted(known, belief, side="right"), 1, known.size - 1)
        left = right - 1
        share = np.clip((belief - known[left]) / (known[right] - known[left]), 0.0, 1.0)
        return np.stack([left, right], axis=1), np.stack([1 - share, share], axis=1)

    def _in_triangle(self, beliefs: Floats) -> tuple[Ints, Floats]:
        """Split the unit cell of (b1 + b2, b2) along its diagonal (Kuhn's triangulation)."""
        scaled = np.stack([beliefs[:, 0] + beliefs[:, 1], beliefs[:, 1]], axis=1) * self.steps
        scaled = np.clip(scaled, 0, self.steps)
        scaled[:, 1] = np.minimum(scaled[:, 1], scaled[:, 0])
        low = np.minimum(np.floor(scaled).astype(np.int64), self.steps - 1)
        rest = scaled - low
        first = rest[:, 0] >= rest[:, 1]
        middle = low + np.where(first[:, None], [1, 0], [0, 1])
        high, low_share = low + 1, rest.max(axis=1)
        weights = np.stack([1 - low_share, low_share - rest.min(axis=1), rest.min(axis=1)], axis=1)
        corners = np.stack([self._number(corner) for corner in (low, middle, high)], axis=1)
        return np.where(weights > 0, corners, corners[:, [0]] * 0), weights

    def _number(self, corner: Ints) -> Ints:
        """Return the node at (b1 + b2, b2), in steps: rows of rising b1 + b2."""
        row, column = corner[:, 0], corner[:, 1]
        return row * (row + 1) // 2 + np.minimum(column, row)


def belief_grid(prior: Floats, steps: int) -> BeliefGrid:
    """Return a grid for as many types as the prior has, with about `steps` steps a side.

    With two types the nodes are equally spaced in log odds, in which silence moves the belief at
    constant speed, and the prior is one of them.
    """
    if prior.size == 1:
        return BeliefGrid(np.ones((1, 1)), 0)
    if prior.size == 2:
        here = float(np.log(prior[0] / prior[1]))
        spaced = np.linspace(here - _WIDEST_LOG_ODDS, here + _WIDEST_LOG_ODDS, 2 * (steps // 2) + 1)
        inner = 1 / (1 + np.exp(-spaced))
        kept = [0.0, *inner.tolist(), 1.0]
        distinct = [low for low, high in pairwise(kept) if high - low > 0] + [1.0]
        first = np.array(distinct)
        return BeliefGrid(np.stack([first, 1 - first], axis=1), steps)
    rows = [(row, column) for row in range(steps + 1) for column in range(row + 1)]
    sums, second = np.array(rows, np.float64).T / steps
    return BeliefGrid(np.stack([sums - second, second, 1 - sums], axis=1), steps)
