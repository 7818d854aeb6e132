"""A grid of beliefs about the type, and beliefs off the grid as mixtures of its nodes."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from standoff.timing.arrays import Floats, Ints

_WIDEST_LOG_ODDS = 12.0
_NEAREST = 1e-12


@dataclass(frozen=True, slots=True, eq=False)
class BeliefGrid:
    """Nodes in the simplex of beliefs: one type, two or three.

    Attributes
    ----------
    nodes : float array (nodes, types)
        Each row adds up to 1. With two types by falling belief in the second; with three first
        the belief in the third alone, then by rising belief in the first two together and, within
        that, by rising share of the second.
    gaps : float array (nodes)
        How far it is, in the coordinate that changes fastest, to the next node.
    axes : tuple of float array
        The knots of each coordinate: with two types the belief in the first; with three the belief
        in the first two together, and the share of the second in it.
    """

    nodes: Floats
    gaps: Floats
    axes: tuple[Floats, ...]

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
        known = self.axes[0]
        right = _right(known, belief)
        left = right - 1
        share = np.clip((belief - known[left]) / (known[right] - known[left]), 0.0, 1.0)
        return np.stack([left, right], axis=1), np.stack([1 - share, share], axis=1)

    def _in_triangle(self, beliefs: Floats) -> tuple[Ints, Floats]:
        """Split the cell between two sums and two shares along its diagonal: two triangles."""
        sums = np.clip(beliefs[:, 0] + beliefs[:, 1], 0.0, 1.0)
        shares = np.divide(beliefs[:, 1], sums, out=np.zeros(sums.size), where=sums > 0)
        outer, right = _right(self.axes[0], sums), _right(self.axes[1], np.clip(shares, 0.0, 1.0))
        near, far = self._number(outer - 1, right - 1), self._number(outer, right)
        low, high = self._number(outer, right - 1), self._number(outer - 1, right)
        upper = _turn(self._flat(near), self._flat(far), beliefs[:, :2]) > 0
        corners = np.stack([near, far, np.where(upper & (outer > 1), high, low)], axis=1)
        return corners, self._weights(corners, beliefs[:, :2])

    def _weights(self, corners: Ints, flat: Floats) -> Floats:
        """Return the barycentric weights of points in triangles of nodes."""
        first, second, third = (self._flat(corners[:, place]) for place in range(3))
        parts = [
            _turn(second, third, flat),
            _turn(third, first, flat),
            _turn(first, second, flat),
        ]
        whole = _turn(first, second, third)
        weights = np.clip(np.stack(parts, axis=1) / whole[:, None], 0.0, None)
        return weights / weights.sum(axis=1, keepdims=True)

    def _flat(self, nodes: Ints) -> Floats:
        return self.nodes[nodes, :2]

    def _number(self, outer: Ints, share: Ints) -> Ints:
        """Return the node at places on the two axes; at sum 0 there is just one."""
        return np.where(outer > 0, 1 + (outer - 1) * self.axes[1].size + share, 0)


def _right(knots: Floats, values: Floats) -> Ints:
    """Return the place of the knot right of each value, of a value beyond the ends the last cell's."""
    return np.clip(np.searchsorted(knots, values, side="right"), 1, knots.size - 1)


def _turn(begin: Floats, end: Floats, point: Floats) -> Floats:
    """Return twice the area of triangles (m, 2) each, above 0 if they turn to the left."""
    along, across = end - begin, point - begin
    return along[:, 0] * across[:, 1] - along[:, 1] * across[:, 0]


def logarithms(beliefs: Floats) -> Floats:
    """Return the natural logarithms of beliefs, minus infinity of 0."""
    with np.errstate(divide="ignore"):
        return np.log(beliefs)


def belief_grid(prior: Floats, steps: int) -> BeliefGrid:
    """Return a grid for as many types as the prior has, with about `steps` steps a side.

    Nodes are equally spaced in log odds, in which silence moves the belief at constant speed, and
    the prior is one of them: with two types the odds of the first, with three those of the first
    two against the third, and of the second against the first.
    """
    if prior.size == 1:
        return BeliefGrid(np.ones((1, 1)), np.ones(1), ())
    if prior.size == 2:
        first = _knots(float(prior[0]), steps)
        return BeliefGrid(np.stack([first, 1 - first], axis=1), _gaps(first), (first,))
    both = float(prior[0] + prior[1])
    sums, shares = _knots(both, steps), _knots(float(prior[1]) / both if both else 0.5, steps)
    outer, share = np.repeat(sums[1:], shares.size), np.tile(shares, sums.size - 1)
    inner = np.stack([outer * (1 - share), outer * share, 1 - outer], axis=1)
    along, across = np.repeat(_gaps(sums)[1:], shares.size), np.tile(_gaps(shares), sums.size - 1) * outer
    nodes = np.concatenate([[[0.0, 0.0, 1.0]], inner])
    return BeliefGrid(nodes, np.concatenate([[sums[1]], np.minimum(along, across)]), (sums, shares))


def _knots(here: float, steps: int) -> Floats:
    """Return probabilities equally spaced in log odds, with 0, 1 and `here` or the nearest to it."""
    here = min(max(here, _NEAREST), 1 - _NEAREST)
    odds = float(np.log(here / (1 - here)))
    spaced = np.linspace(odds - _WIDEST_LOG_ODDS, odds + _WIDEST_LOG_ODDS, 2 * (steps // 2) + 1)
    kept = [0.0, *(1 / (1 + np.exp(-spaced))).tolist(), 1.0]
    return np.array([low for low, high in pairwise(kept) if high - low > 0] + [1.0])


def _gaps(knots: Floats) -> Floats:
    """Return for each knot the distance to the nearer neighbour."""
    steps = np.diff(knots)
    return np.minimum(np.append(steps, steps[-1]), np.append(steps[0], steps))
