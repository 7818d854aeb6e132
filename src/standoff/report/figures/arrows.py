"""How arrows run between places: straight to a neighbour, in a bow over the states they skip."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from math import dist

from standoff.report.figures.curves import Box, Curve, Point, from_rim_to_rim, is_clear
from standoff.report.figures.layout import Axis, Grid

APART = 42.0
"""Between the rims of neighbours: room for a dash pattern and a head."""

_LOW, _HIGHER = 24.0, 8.0
_SPARE = 14.0
_GROUPS_APART = 20.0
_BESIDE = 5.0
_CLEAR = 7.0
_FAR, _NEAR = 0.72, 0.3
_MOST_BOWS = 80


@dataclass(frozen=True, slots=True)
class Arrow:
    """A move to be drawn, by numbers; `step` counts the moves of a path from 1."""

    mover: int
    origin: int
    target: int
    improvement: bool
    step: int | None = None


@dataclass(frozen=True, slots=True)
class _Run:
    """An arrow along a line of the grid: line and places by number, and how many states it skips."""

    arrow: Arrow
    is_row: bool
    line: int
    start: int
    end: int
    skipped: int

    @property
    def forward(self) -> int:
        return 1 if self.end > self.start else -1

    @property
    def side(self) -> int:
        """The side to which it bows, to the left as it runs: above (-1) or below a row, and so on."""
        return -self.forward if self.is_row else self.forward

    @property
    def lift(self) -> float:
        return _LOW + _HIGHER * (self.skipped - 1) if self.skipped else 0.0


def in_grid(
    grid: Grid, arrows: Sequence[Arrow], half_width: float, half_height: float
) -> tuple[dict[int, Point], list[Curve]]:
    """Return the place of each state of a grid, and the centre line of each arrow from rim to rim.

    Columns and rows are as far apart as the bows between them need.
    """
    runs = _runs(grid, arrows)
    xs = _spread(grid.columns, half_width, [run for run in runs if not run.is_row])
    ys = _spread(grid.rows, half_height, [run for run in runs if run.is_row])
    ports = _ports(runs)
    beside = {(arrow.origin, arrow.target) for arrow in arrows}
    curves = []
    for run in runs:
        places, halves = (xs, (half_width, half_height)) if run.is_row else (ys, (half_height, half_width))
        across = (ys if run.is_row else xs)[run.line]
        pair = (run.arrow.target, run.arrow.origin)
        if run.skipped:
            ends = (ports[run, True] * halves[0], ports[run, False] * halves[0])
            curve = _bow(run, places, across, halves[1], ends)
        else:
            shift = run.side * _BESIDE if pair in beside else 0.0
            curve = _straight(run, places, across + shift, halves[0])
        curves.append(curve if run.is_row else tuple((x, y) for y, x in curve))
    return {state: (xs[column], ys[row]) for state, (column, row) in grid.cells.items()}, curves


def _runs(grid: Grid, arrows: Iterable[Arrow]) -> list[_Run]:
    rows: dict[int, list[int]] = defaultdict(list)
    columns: dict[int, list[int]] = defaultdict(list)
    for column, row in grid.cells.values():
        rows[row].append(column)
        columns[column].append(row)
    runs = []
    for arrow in arrows:
        (column, row), (to_column, to_row) = grid.cells[arrow.origin], grid.cells[arrow.target]
        is_row = row == to_row
        line, start, end = (row, column, to_column) if is_row else (column, row, to_row)
        low, high = sorted((start, end))
        skipped = sum(low < place < high for place in (rows if is_row else columns)[line])
        runs.append(_Run(arrow, is_row, line, start, end, skipped))
    return runs


def _spread(axis: Axis, half: float, bowed: Sequence[_Run]) -> list[float]:
    """Return the centres of columns or rows, with room between them for the bows on either side."""
    room = {(run.line, run.side): 0.0 for run in bowed}
    for run in bowed:
        room[run.line, run.side] = max(room[run.line, run.side], run.lift)
    centres = [room.get((0, -1), 0.0) + half]
    for line in range(1, len(axis.lines)):
        bows = room.get((line - 1, 1), 0.0) + room.get((line, -1), 0.0)
        apart = max(APART, bows + 2 * _SPARE if bows else 0.0)
        centres.append(centres[-1] + 2 * half + apart + _GROUPS_APART * axis.begins_group(line))
    return centres


def _ports(runs: Sequence[_Run]) -> dict[tuple[_Run, bool], float]:
    """Return where each bow leaves (True) and lands, as parts of the half side from its middle.

    Bows that go to the same side keep to that side; the shortest keeps nearest to the corner.
    """
    ends: dict[tuple[int, bool, int, int], list[tuple[int, _Run, bool]]] = defaultdict(list)
    for run in runs:
        if run.skipped:
            span = abs(run.end - run.start)
            ends[run.arrow.origin, run.is_row, run.side, run.forward].append((span, run, True))
            ends[run.arrow.target, run.is_row, run.side, -run.forward].append((span, run, False))
    found = {}
    for (_, _, _, towards), using in ends.items():
        using.sort(key=lambda end: end[0])
        step = (_FAR - _NEAR) / max(len(using) - 1, 1)
        for place, (_, run, leaves) in enumerate(using):
            found[run, leaves] = towards * (_FAR - place * step)
    return found


def _straight(run: _Run, places: Sequence[float], across: float, half: float) -> Curve:
    start, end = places[run.start] + run.forward * half, places[run.end] - run.forward * half
    return (start, across), (end, across)


def _bow(run: _Run, places: Sequence[float], across: float, half: float, ends: tuple[float, float]) -> Curve:
    rim, top = across + run.side * half, across + run.side * (half + run.lift * 4 / 3)
    start, end = places[run.start] + ends[0], places[run.end] + ends[1]
    return (start, rim), (start, top), (end, top), (end, rim)


def on_circle(boxes: Mapping[int, Box], arrows: Sequence[Arrow]) -> list[Curve]:
    """Return the line of each arrow between boxes on a circle around (0, 0), from rim to rim.

    Each takes the least bow at which it is clear of all other states and of other arrows between
    the same two.
    """
    taken: dict[tuple[int, int], list[float]] = defaultdict(list)
    curves = []
    for arrow in arrows:
        low, high = sorted((arrow.origin, arrow.target))
        others = [box for state, box in boxes.items() if state not in {low, high}]
        ends = boxes[low], boxes[high]
        for bow in _bows():
            curve = _bent(*ends, bow)
            apart = all(abs(bow - other) >= _SPARE for other in taken[low, high])
            if apart and is_clear(curve, others, _CLEAR):
                break
        taken[low, high].append(bow)
        line = from_rim_to_rim(curve, *ends)
        curves.append(line if arrow.origin == low else tuple(reversed(line)))
    return curves


def _bows() -> Iterable[float]:
    """Yield bows to try, the least first: inwards and outwards in turn."""
    return chain([0.0], *((step * _SPARE / 2, -step * _SPARE / 2) for step in range(1, _MOST_BOWS)))


def _bent(origin: Box, target: Box, bow: float) -> Curve:
    """Return a curve from centre to centre whose middle lies off the straight line, towards (0, 0)."""
    start, end = (origin.x, origin.y), (target.x, target.y)
    middle = ((start[0] + end[0]) / 2, (start[1] + end[1]) / 2)
    away = dist(middle, (0, 0))
    length = dist(start, end)
    inward = (
        (-middle[0] / away, -middle[1] / away)
        if away > 1
        else ((start[1] - end[1]) / length, (end[0] - start[0]) / length)
    )
    return start, (middle[0] + 2 * bow * inward[0], middle[1] + 2 * bow * inward[1]), end
