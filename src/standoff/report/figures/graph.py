"""The state graph as a drawing: states in their places, the moves of each decision maker, a legend."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from standoff.report.figures.arrows import Arrow
from standoff.report.figures.curves import Curve, Point, at, shaft
from standoff.report.figures.plan import Plan, plan
from standoff.report.figures.scene import PLAIN, SMALL, ArrowMark, StateMark, Text, svg
from standoff.report.figures.shown import Shown, shown
from standoff.report.figures.states import label_of, state_mark
from standoff.report.figures.text import shortened, wrapped
from standoff.report.figures.wording import description, notes
from standoff.report.names import clean, dm_name
from standoff.study import Study

_HEAD, _SMALL_HEAD = 11.0, 8.8
_MARGIN = 12.0
_LEAST_WIDTH = 340.0
_SAMPLE = 58.0
_LINE = 20.0


@dataclass(frozen=True, slots=True)
class _Entry:
    """A line of the legend: an arrow of a decision maker and its name."""

    number: int
    x: float
    y: float
    text: Text


def graph_svg(study: Study, selected: str | None = None, path: Sequence[str] = ()) -> str:
    """Draw the state graph.

    Up to 64 states all are drawn with all improvements; of a larger model one state, the status
    quo unless another is selected, with where each decision maker can go from there.

    Parameters
    ----------
    selected : str, optional
        Draw only the moves from this state.
    path : sequence of labels
        Draw only the steps from each of these states to the next.

    Raises
    ------
    UsageError
        If there is no such state, or nobody can make a step of the path.
    """
    seen = shown(study, selected, path)
    placed = plan(study, seen)
    states = [_state(study, placed, state) for state in seen.states]
    (left, top), (right, bottom) = _extent(placed, states)
    right = max(right, left + _LEAST_WIDTH)
    legend = _legend(study, seen, left, bottom + 2 * _LINE, right - left)
    words = _notes(study, seen, left, bottom + (2.2 + len(legend)) * _LINE, right - left)
    bottom += (1.6 + len(legend)) * _LINE + len(words) * _LINE * 0.8
    return svg(
        "graph.svg",
        title=f"{_subject(path)}: {clean(study.conflict.name)}",
        desc=description(study, seen),
        left=left - _MARGIN,
        top=top - _MARGIN,
        width=right - left + 2 * _MARGIN,
        height=bottom - top + 2 * _MARGIN,
        headings=placed.headings,
        rules=placed.rules,
        states=states,
        arrows=[_arrow(study, *pair) for pair in zip(seen.arrows, placed.curves, strict=True)],
        legend=legend,
        notes=words,
    )


def _subject(path: Sequence[str]) -> str:
    return f"Path from {clean(path[0])} to {clean(path[-1])}" if path else "State graph"


def _state(study: Study, placed: Plan, state: int) -> StateMark:
    return state_mark(study, state, placed.boxes[state], placed.beside.get(state))


def _arrow(study: Study, arrow: Arrow, curve: Curve) -> ArrowMark:
    drawn = shaft(curve, _HEAD if arrow.improvement else _SMALL_HEAD)
    name = shortened(dm_name(study, study.decision_makers[arrow.mover]), PLAIN, 300)
    origin, target = label_of(study, arrow.origin), label_of(study, arrow.target)
    x, y = at(drawn.curve, 0.5)
    return ArrowMark(
        number=arrow.mover,
        mover=study.decision_makers[arrow.mover],
        origin=origin,
        target=target,
        title=f"{name}: {origin} to {target}{'' if arrow.improvement else ', no improvement'}",
        curve=drawn.curve,
        tip=drawn.tip,
        degrees=drawn.degrees,
        improvement=arrow.improvement,
        step=Text(x=x, y=y + 4.5, text=str(arrow.step), style="on-line") if arrow.step else None,
    )


def _extent(placed: Plan, states: Iterable[StateMark]) -> tuple[Point, Point]:
    (left, top), (right, bottom) = placed.extent
    texts = [*placed.headings, *(line for state in states for line in state.lines)]
    sides = [text.extent for text in texts]
    left, right = min(left, *(side[0] for side in sides)), max(right, *(side[1] for side in sides))
    return (left, min(top, *(text.y - SMALL for text in texts))), (right, bottom)


def _legend(study: Study, seen: Shown, x: float, y: float, room: float) -> list[_Entry]:
    movers = [dm for dm in range(len(study.decision_makers)) if any(a.mover == dm for a in seen.arrows)]
    entries = []
    for line, dm in enumerate(movers):
        name = dm_name(study, study.decision_makers[dm])
        text = shortened(name, PLAIN, room - _SAMPLE)
        full = "" if text == name else name
        where = Text(x=x + _SAMPLE, y=y + line * _LINE + 4.5, text=text, anchor="start", full=full)
        entries.append(_Entry(dm, x, y + line * _LINE, where))
    return entries


def _notes(study: Study, seen: Shown, x: float, y: float, room: float) -> list[Text]:
    lines = [line for note in notes(study, seen) for line in wrapped(note, SMALL, room)]
    return [
        Text(x=x, y=y + number * _LINE * 0.8, text=line, style="mark", anchor="start")
        for number, line in enumerate(lines)
    ]
