"""Plane geometry of arrows: Bézier curves, the rim of a state, and cutting one at the other."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import atan2, degrees, dist, hypot

import numpy as np

Point = tuple[float, float]
Curve = tuple[Point, ...]
"""Control points of a Bézier curve: two for a line, three or four for a curve."""

CORNER = 10.0
_SAMPLES = 48
_HALVINGS = 24


@dataclass(frozen=True, slots=True)
class Box:
    """The outline of a state: a rectangle with round corners.

    Attributes
    ----------
    x, y : float
        Its centre.
    half_width, half_height : float
        From the centre to the rim.
    """

    x: float
    y: float
    half_width: float
    half_height: float

    def distance(self, point: Point) -> float:
        """Return how far a point is outside of the rim; negative inside."""
        corner = min(CORNER, self.half_width, self.half_height)
        beyond_x = abs(point[0] - self.x) - self.half_width + corner
        beyond_y = abs(point[1] - self.y) - self.half_height + corner
        inside = min(max(beyond_x, beyond_y), 0.0)
        return hypot(max(beyond_x, 0.0), max(beyond_y, 0.0)) + inside - corner

    def grown(self, by: float) -> Box:
        """Return the box with its rim moved outwards."""
        return Box(self.x, self.y, self.half_width + by, self.half_height + by)


@dataclass(frozen=True, slots=True)
class Shaft:
    """An arrow without its head: the curve to the base of the head, the tip and its direction."""

    curve: Curve
    tip: Point
    degrees: float


def at(curve: Curve, t: float) -> Point:
    """Return the point of a curve at a parameter between 0 and 1."""
    points = list(curve)
    while len(points) > 1:
        points = [_between(*pair, t) for pair in pairwise(points)]
    return points[0]


def points_on(curve: Curve) -> Iterator[Point]:
    """Yield points along a curve, both ends among them."""
    return (at(curve, step / _SAMPLES) for step in range(_SAMPLES + 1))


def is_clear(curve: Curve, boxes: Sequence[Box], margin: float) -> bool:
    """Return whether a curve keeps a distance from all boxes, their corners taken as sharp."""
    centres = np.array([(box.x, box.y) for box in boxes]).reshape(-1, 2)
    halves = np.array([(box.half_width, box.half_height) for box in boxes]).reshape(-1, 2)
    points = np.array(list(points_on(curve)))
    beyond = np.abs(points[:, np.newaxis] - centres) - halves
    return bool((beyond.max(axis=2) >= margin).all())


def from_rim_to_rim(curve: Curve, origin: Box, target: Box) -> Curve:
    """Return the part of a curve, drawn from centre to centre, that lies between two boxes."""
    start = _first(curve, lambda point: origin.distance(point) >= 0)
    curve = tuple(reversed(_head(tuple(reversed(curve)), 1 - start)))
    end = _first(tuple(reversed(curve)), lambda point: target.distance(point) >= 0)
    return _head(curve, 1 - end)


def shaft(curve: Curve, head: float) -> Shaft:
    """Return a curve cut short by the length of an arrow head at its end."""
    tip = curve[-1]
    base = 1 - _first(tuple(reversed(curve)), lambda point: dist(point, tip) >= head)
    end = at(curve, base)
    return Shaft(_head(curve, base), tip, degrees(atan2(tip[1] - end[1], tip[0] - end[0])))


def _first(curve: Curve, holds: Callable[[Point], bool]) -> float:
    """Return the smallest parameter found at which something begins to hold along a curve."""
    after = next((n for n in range(_SAMPLES + 1) if holds(at(curve, n / _SAMPLES))), _SAMPLES) / _SAMPLES
    before = max(after - 1 / _SAMPLES, 0.0)
    for _ in range(_HALVINGS):
        middle = (before + after) / 2
        before, after = (before, middle) if holds(at(curve, middle)) else (middle, after)
    return after


def _head(curve: Curve, t: float) -> Curve:
    """Return the part of a curve from its start to a parameter (de Casteljau)."""
    points, kept = list(curve), [curve[0]]
    while len(points) > 1:
        points = [_between(*pair, t) for pair in pairwise(points)]
        kept.append(points[0])
    return tuple(kept)


def _between(a: Point, b: Point, t: float) -> Point:
    return a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t
