"""Rank slopes: an axis for each decision maker, the best state on top, and a line for each chosen state."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from standoff.report.figures.curves import Curve, Point
from standoff.report.figures.scene import PLAIN, SMALL, Text, svg
from standoff.report.figures.states import label_of, marks_of, title_of
from standoff.report.figures.text import apart, shortened, wrapped
from standoff.report.names import clean, counted, dm_name
from standoff.report.selection import chosen_states
from standoff.study import Study

_APART = 144.0
_LEAST, _PER_PLACE, _MOST = 200.0, 28.0, 620.0
_MOST_TICKS = 64
_MOST_LINES = 12
_LONGEST_LABEL = 120.0
_LINE = 18.0
_BESIDE = 9.0
_SIDE = 22.0
_LEADER = 30.0
_MARGIN = 12.0


@dataclass(frozen=True, slots=True, kw_only=True)
class _Slope:
    """A chosen state: a point on each axis, and at either end its sign again, led to its label."""

    number: int
    label: str
    title: str
    points: tuple[Point, ...]
    keys: tuple[Point, ...]
    leaders: tuple[Curve, ...]
    texts: tuple[Text, ...]
    is_status_quo: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class _Axis:
    """A decision maker: its name in lines, the number of its places, and where they are."""

    x: float
    names: tuple[Text, ...]
    ends: tuple[Text, ...]
    ticks: tuple[float, ...]


def ranks_svg(study: Study) -> str:
    """Draw how each decision maker ranks the status quo, the named states and the strongest equilibria."""
    states = _chosen(study)
    places = [int(ranks.max()) + 1 for ranks in study.graph.ranks]
    height = max(_LEAST, min(_PER_PLACE * (max(places) - 1), _MOST), _LINE * (len(states) - 1))
    axes = [_axis(study, dm, places[dm], height) for dm in range(len(places))]
    slopes = _slopes(study, states, places, height)
    texts = [text for slope in slopes for text in slope.texts] + [t for axis in axes for t in axis.names]
    left, right = min(t.extent[0] for t in texts), max(t.extent[1] for t in texts)
    top = min(text.y for text in texts) - PLAIN
    notes = _notes(study, states, left, height + 3 * _LINE, right - left)
    bottom = max(text.y for text in (*texts, *notes)) + 4
    return svg(
        "ranks.svg",
        title=f"Rankings: {clean(study.conflict.name)}",
        desc=_description(study, states, places),
        left=left - _MARGIN,
        top=top - _MARGIN,
        width=right - left + 2 * _MARGIN,
        height=bottom - top + 2 * _MARGIN,
        axes=axes,
        axis_height=height,
        slopes=slopes,
        notes=notes,
    )


def _chosen(study: Study) -> list[int]:
    """Return the status quo, named states and, if few, the equilibria under the strongest concept."""
    chosen, _ = chosen_states(study, every_state=False)
    found = [study.equilibrium_states(key).tolist() for key in ("nash", "sseq", "seq", "smr", "gmr")]
    strongest: list[int] = next(filter(None, found), [])
    always = {study.space.status_quo, *(study.space.names if study.space.options else ())}
    wanted = always if len(always.union(strongest)) > _MOST_LINES else always.union(strongest)
    return [state for state in chosen if state in wanted]


def _axis(study: Study, dm: int, places: int, height: float) -> _Axis:
    x, name = dm * _APART, dm_name(study, study.decision_makers[dm])
    lines = wrapped(name, SMALL, (_APART - 2) / 1.1)
    if len(lines) > 2:
        lines[1:] = [shortened(" ".join(lines[1:]), SMALL, _APART - 2, bold=True)]
    full = "" if " ".join(lines) == name else name
    names = [
        Text(x=x, y=-2.2 * _LINE - _LINE * 0.9 * (len(lines) - 1 - n), text=line, style="name", full=full)
        for n, line in enumerate(lines)
    ]
    if places == 1:
        ends, ticks = [Text(x=x, y=-10, text="all equal", style="mark")], [height / 2]
    else:
        ends = [Text(x=x, y=-10, text="best", style="mark")]
        ends.append(Text(x=x, y=height + 20, text=f"worst of {places:,}", style="mark"))
        ticks = [_y(place, places, height) for place in range(places)] if places <= _MOST_TICKS else []
    return _Axis(x=x, names=tuple(names), ends=tuple(ends), ticks=tuple(ticks))


def _y(place: int, places: int, height: float) -> float:
    """Return the height of a place counted from 0, the best; a single place is in the middle."""
    return height * place / (places - 1) if places > 1 else height / 2


def _slopes(study: Study, states: Sequence[int], places: Sequence[int], height: float) -> list[_Slope]:
    points: dict[int, list[Point]] = {state: [] for state in states}
    for dm, ranks in enumerate(study.graph.ranks):
        for state, x, place in _spread(states, [places[dm] - 1 - int(ranks[state]) for state in states]):
            points[state].append((dm * _APART + x, _y(place, places[dm], height)))
    first = apart([points[state][0][1] for state in states], height, _LINE)
    last = apart([points[state][-1][1] for state in states], height, _LINE)
    far = (len(places) - 1) * _APART
    found = []
    for number, state in enumerate(states):
        start, end = points[state][0], points[state][-1]
        name = shortened(label_of(study, state), SMALL, _LONGEST_LABEL, bold=True)
        words = ", ".join([name, *marks_of(study, state)])
        keys = (-_SIDE - _LEADER, first[number]), (far + _SIDE + _LEADER, last[number])
        left = Text(x=keys[0][0] - _BESIDE, y=first[number] + 4, text=name, style="name", anchor="end")
        right = Text(x=keys[1][0] + _BESIDE, y=last[number] + 4, text=words, style="mark", anchor="start")
        leaders = (keys[0], (-_SIDE, start[1])), (keys[1], (far + _SIDE, end[1]))
        found.append(
            _Slope(
                number=number,
                label=label_of(study, state),
                title=title_of(study, state),
                points=tuple(points[state]),
                keys=keys,
                leaders=leaders,
                texts=(left, right),
                is_status_quo=state == study.space.status_quo,
            )
        )
    return found


def _spread(states: Sequence[int], places: Sequence[int]) -> Iterator[tuple[int, float, int]]:
    """Yield each state with its place and how far it stands beside the axis: tied states side by side."""
    tied: dict[int, list[int]] = defaultdict(list)
    for state, place in zip(states, places, strict=True):
        tied[place].append(state)
    for place, members in tied.items():
        step = min(_BESIDE, 2 * _SIDE / len(members))
        for number, state in enumerate(members):
            yield state, (number - (len(members) - 1) / 2) * step, place


def _notes(study: Study, states: Sequence[int], x: float, y: float, room: float) -> list[Text]:
    rest = study.space.size - len(states)
    words = "States at the same height of an axis are equal for its decision maker."
    words += f" No line: {counted(rest, 'other state')}." if rest else ""
    return [
        Text(x=x, y=y + number * _LINE, text=line, style="mark", anchor="start")
        for number, line in enumerate(wrapped(words, SMALL, max(room, 340)))
    ]


def _description(study: Study, states: Sequence[int], places: Sequence[int]) -> str:
    parts = ["An axis for each decision maker, the best state on top; equal states share a place."]
    for dm, ranks in enumerate(study.graph.ranks):
        told = [f"{label_of(study, state)} {places[dm] - int(ranks[state])}" for state in states]
        name = dm_name(study, study.decision_makers[dm])
        parts.append(f"{name}, place of {places[dm]:,}: {', '.join(told)}.")
    return " ".join(parts)
