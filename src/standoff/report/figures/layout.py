"""Where states stand: a state is a tuple of choices, so its place is known and nothing is searched for.

In option form the states stand in a grid: its columns are the choices of some decision makers,
its rows those of the others. A move changes the choices of one decision maker, so every move
runs along a column or along a row. In graph form the states stand on a circle.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import cos, pi, sin

from standoff.graph import GraphModel, OptionArcs
from standoff.report.figures.curves import Point

Choices = Mapping[int, Mapping[int, int]]
"""For each decision maker the number of its choice (its own options as bits) in each state."""

_TRIED = 8
_LONGEST_SIDE = 16
_STEP = 4.0


@dataclass(frozen=True, slots=True)
class Axis:
    """The columns or the rows of a grid.

    Attributes
    ----------
    dms : tuple of int
        The decision makers whose choices tell the lines apart, outermost first.
    lines : tuple of tuples of int
        For each line the choice of each of them.
    """

    dms: tuple[int, ...]
    lines: tuple[tuple[int, ...], ...]

    def begins_group(self, line: int) -> bool:
        """Return whether another decision maker than the innermost chooses otherwise than a line before."""
        return line > 0 and self.lines[line][:-1] != self.lines[line - 1][:-1]


@dataclass(frozen=True, slots=True)
class Grid:
    """States in columns and rows; `cells` holds the column and the row of each state."""

    columns: Axis
    rows: Axis
    cells: Mapping[int, tuple[int, int]]


def choices(graph: GraphModel, states: Sequence[int]) -> dict[int, dict[int, int]]:
    """Return the choices in the states, of those decision makers that do not always choose the same."""
    found = {}
    for dm, arcs in enumerate(graph.arcs):
        if isinstance(arcs, OptionArcs):
            own = {state: (int(arcs.codes[state]) & arcs.own) >> arcs.lowest for state in states}
            if len(set(own.values())) > 1:
                found[dm] = own
    return found


def grid(graph: GraphModel, states: Sequence[int]) -> Grid | None:
    """Return the states in a grid as near to a square as the split of the decision makers allows.

    None in graph form, and if one decision maker alone would make the grid very long.
    """
    own = choices(graph, states)
    if graph.is_graph_form or not states:
        return None
    best = min(
        (_grid(own, states, columns) for columns in _splits(tuple(own))),
        key=lambda g: (len(g.columns.lines) + len(g.rows.lines), len(g.columns.lines) > len(g.rows.lines)),
    )
    return best if max(len(best.columns.lines), len(best.rows.lines)) <= _LONGEST_SIDE else None


def _splits(dms: tuple[int, ...]) -> Iterable[tuple[int, ...]]:
    """Yield the sets of decision makers that may make the columns."""
    if len(dms) > _TRIED:
        return (dms[:number] for number in range(len(dms) + 1))
    return (found for number in range(len(dms) + 1) for found in combinations(dms, number))


def _grid(own: Choices, states: Sequence[int], across: Sequence[int]) -> Grid:
    columns = _axis(own, states, across)
    rows = _axis(own, states, [dm for dm in own if dm not in across])
    column_of = {line: number for number, line in enumerate(columns.lines)}
    row_of = {line: number for number, line in enumerate(rows.lines)}
    cells = {
        state: (column_of[_line(own, columns.dms, state)], row_of[_line(own, rows.dms, state)])
        for state in states
    }
    return Grid(columns, rows, cells)


def _axis(own: Choices, states: Sequence[int], dms: Iterable[int]) -> Axis:
    """Nest the decision makers, the one with most choices innermost: its moves are then the shortest."""
    nested = tuple(sorted(dms, key=lambda dm: (len(set(own[dm].values())), dm)))
    return Axis(nested, tuple(sorted({_line(own, nested, state) for state in states})))


def _line(own: Choices, dms: Sequence[int], state: int) -> tuple[int, ...]:
    return tuple(own[dm][state] for dm in dms)


def circle(number: int, width: float, height: float) -> list[Point]:
    """Return places on the smallest circle on which boxes of a size do not meet; the first is on top."""
    radius = 0.0
    places = [(0.0, 0.0)]
    while number > 1 and (radius == 0 or _meet(places, width, height)):
        radius += _STEP
        turns = [2 * pi * place / number for place in range(number)]
        places = [(radius * sin(turn), -radius * cos(turn)) for turn in turns]
    return places


def _meet(places: Sequence[Point], width: float, height: float) -> bool:
    following = [*places[1:], places[0]]
    return any(
        abs(a[0] - b[0]) < width and abs(a[1] - b[1]) < height for a, b in zip(places, following, strict=True)
    )
