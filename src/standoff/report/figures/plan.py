"""The three ways to place states: in a grid, on a circle, and, of a large model, in a list."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from standoff.report.figures.arrows import APART, Arrow, in_grid, on_circle
from standoff.report.figures.curves import Box, Curve, Point, from_rim_to_rim, points_on
from standoff.report.figures.headings import headings
from standoff.report.figures.layout import Axis, Grid, circle, grid
from standoff.report.figures.scene import SMALL, Text
from standoff.report.figures.shown import Shown
from standoff.report.figures.states import RING, half_sizes, marks_of, rims
from standoff.report.figures.text import shortened
from standoff.report.names import dm_name, listed
from standoff.study import Study

_FAN_WIDTH = 150.0
_FAN_HALF_HEIGHT = 14.0
_ROW = 12.0
_BESIDE = 420.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Where everything stands: states, the lines of the arrows (in their order), headings and rules.

    `beside` holds the words that stand beside a state; the marks of the others stand inside.
    """

    boxes: dict[int, Box]
    curves: list[Curve]
    headings: list[Text] = field(default_factory=list)
    rules: list[Curve] = field(default_factory=list)
    beside: dict[int, list[str]] = field(default_factory=dict)

    @property
    def extent(self) -> tuple[Point, Point]:
        """The least and the largest coordinates of states and arrows."""
        points = [point for curve in self.curves for point in points_on(curve)]
        for box in self.boxes.values():
            outer = box.grown(RING + 1)
            points.append((outer.x - outer.half_width, outer.y - outer.half_height))
            points.append((outer.x + outer.half_width, outer.y + outer.half_height))
        xs, ys = zip(*points, strict=True)
        return (min(xs), min(ys)), (max(xs), max(ys))


def plan(study: Study, seen: Shown) -> Plan:
    """Place what is shown."""
    if len(seen.states) == study.space.size:
        cells = grid(study.graph, seen.states)
        return _circle(study, seen) if cells is None else _grid(study, seen, cells)
    return _chain(study, seen) if seen.is_path else _fan(study, seen)


def _grid(study: Study, seen: Shown, cells: Grid) -> Plan:
    sizes = half_sizes(study, seen.states, with_marks=True)
    places, curves = in_grid(cells, seen.arrows, *sizes)
    boxes = {state: Box(*place, *sizes) for state, place in places.items()}
    curves = _trimmed(study, seen, boxes, curves)
    bare = Plan(boxes=boxes, curves=curves)
    texts, rules = headings(study, cells, boxes, bare.extent[0])
    return replace(bare, headings=texts, rules=rules)


def _circle(study: Study, seen: Shown) -> Plan:
    sizes = half_sizes(study, seen.states, with_marks=True)
    around = circle(len(seen.states), 2 * sizes[0] + APART, 2 * sizes[1] + APART)
    boxes = {state: Box(*place, *sizes) for state, place in zip(seen.states, around, strict=True)}
    return Plan(boxes=boxes, curves=on_circle(rims(study, boxes), seen.arrows))


def _chain(study: Study, seen: Shown) -> Plan:
    """Put the states of a path below each other, each with what changed on the way to it."""
    sizes = half_sizes(study, seen.states, with_marks=False)
    column = Grid(
        columns=Axis((), ((),)),
        rows=Axis((), ((),) * len(seen.states)),
        cells={state: (0, place) for place, state in enumerate(seen.states)},
    )
    places, curves = in_grid(column, seen.arrows, *sizes)
    beside = {seen.states[0]: marks_of(study, seen.states[0])}
    for arrow in seen.arrows:
        beside.setdefault(arrow.target, [*_changes(study, arrow), *marks_of(study, arrow.target)])
    boxes = {state: Box(*place, *sizes) for state, place in places.items()}
    curves = _trimmed(study, seen, boxes, curves)
    return Plan(boxes=boxes, curves=curves, beside=beside)


def _fan(study: Study, seen: Shown) -> Plan:
    """Put one state beside a list of where each decision maker can go from there."""
    focus, *reached = seen.states
    half_width, half_height = half_sizes(study, reached, with_marks=False)[0], _FAN_HALF_HEIGHT
    left = Box(0, 0, *half_sizes(study, [focus], with_marks=True))
    x, y = left.half_width + _FAN_WIDTH + half_width, 0.0
    beside: dict[int, list[str]] = {}
    boxes: dict[int, Box] = {}
    names: dict[int, Text] = {}
    for arrow in seen.arrows:
        if arrow.target in boxes:
            continue
        if arrow.mover not in names:
            y += _ROW
            names[arrow.mover] = _group_name(study, arrow.mover, x - half_width, y)
            y += _ROW
        boxes[arrow.target] = Box(x, y + half_height, half_width, half_height)
        beside[arrow.target] = [*_changes(study, arrow), *marks_of(study, arrow.target)]
        y += 2 * half_height + _ROW / 2
    boxes[focus] = replace(left, y=y / 2)
    curves = _trimmed(study, seen, boxes, _fanned(seen, boxes))
    return Plan(boxes=boxes, curves=curves, headings=list(names.values()), beside=beside)


def _group_name(study: Study, dm: int, x: float, y: float) -> Text:
    name = dm_name(study, study.decision_makers[dm])
    text = shortened(name, SMALL, _BESIDE, bold=True)
    return Text(x=x, y=y, text=text, style="name", anchor="start", full="" if text == name else name)


def _fanned(seen: Shown, boxes: Mapping[int, Box]) -> list[Curve]:
    """Return curves from the middle of the focus that reach each box from its side, one below the other."""
    coming = Counter(arrow.target for arrow in seen.arrows)
    drawn: Counter[int] = Counter()
    curves: list[Curve] = []
    for place, arrow in enumerate(seen.arrows, 1):
        origin, target = boxes[arrow.origin], boxes[arrow.target]
        drawn[arrow.target] += 1
        leaves = place / (len(seen.arrows) + 1) - 0.5
        lands = drawn[arrow.target] / (coming[arrow.target] + 1) - 0.5
        start = origin.x + origin.half_width, origin.y + 1.6 * leaves * origin.half_height
        end = target.x - target.half_width, target.y + 1.6 * lands * target.half_height
        reach = (end[0] - start[0]) * 0.6
        curves.append((start, (start[0] + reach, start[1]), (end[0] - reach, end[1]), end))
    return curves


def _changes(study: Study, arrow: Arrow) -> list[str]:
    """Return what a move takes and drops, by the short names of the mover's options."""
    before, after = (set(study.space.taken(state)) for state in (arrow.origin, arrow.target))
    found = []
    for verb, changed in (("takes", after - before), ("drops", before - after)):
        names = [name.partition(".")[2] for name in study.space.options if name in changed]
        if names:
            found.append(f"{verb} {listed(names)}")
    return [shortened("; ".join(found), SMALL, _BESIDE)] if found else []


def _trimmed(study: Study, seen: Shown, boxes: Mapping[int, Box], curves: Iterable[Curve]) -> list[Curve]:
    """Return the curves cut at the outer rims of the states, which differ by the ring of the status quo."""
    outer = rims(study, boxes)
    return [
        from_rim_to_rim(curve, outer[arrow.origin], outer[arrow.target])
        for arrow, curve in zip(seen.arrows, curves, strict=True)
    ]
