"""Simulated play: a fan of each stock by type, and the share of the paths in each state over time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from standoff.model.timing import Stock
from standoff.report.figures.curves import Curve, Point
from standoff.report.figures.dates import Mark, days, years
from standoff.report.figures.scene import SMALL, Text, svg
from standoff.report.figures.text import apart, shortened, width, wrapped
from standoff.report.names import clean
from standoff.report.simulation import (
    difference,
    if_type,
    most_visited,
    percent,
    policy_name,
    simulation_sentences,
)
from standoff.report.timed_names import stock_name, type_name
from standoff.study import Study
from standoff.study.simulate import Simulation
from standoff.timing.arrays import Floats

MOST_LINES = 6
"""So many states have a line of their own; the rest have one together."""

_WIDE, _FAN_HIGH, _SHARE_HIGH = 620.0, 130.0, 210.0
_NARROWEST = 160.0
_LONGEST_LABEL = 150.0
_LINE = 16.0
_BESIDE = 24.0
_MARGIN = 12.0
_FEW, _MANY = 4, 7


@dataclass(frozen=True, slots=True, kw_only=True)
class _Panel:
    """A plot with an axis of time and one of values; both run from 0 to 1 inside."""

    x: float
    y: float
    wide: float
    high: float
    marks_x: tuple[Mark, ...]
    marks_y: tuple[Mark, ...]

    def at(self, time: float, value: float) -> Point:
        return self.x + self.wide * time, self.y + self.high * (1 - value)

    @property
    def ticks_x(self) -> list[float]:
        return [self.at(time, 0)[0] for time, _ in self.marks_x]

    @property
    def ticks_y(self) -> list[float]:
        return [self.at(0, value)[1] for value, _ in self.marks_y]

    @property
    def texts(self) -> list[Text]:
        below = self.y + self.high + 20
        return [
            *(
                Text(x=self.x - 8, y=y + 4, text=text, style="mark", anchor="end")
                for y, (_, text) in zip(self.ticks_y, self.marks_y, strict=True)
            ),
            *(
                Text(x=x, y=below, text=text, style="mark")
                for x, (_, text) in zip(self.ticks_x, self.marks_x, strict=True)
            ),
        ]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Fan:
    """A stock under one type: two bands around a median, with labels at the end."""

    number: int
    type: str
    stock: str
    title: str
    panel: _Panel
    outer: tuple[Point, ...]
    inner: tuple[Point, ...]
    median: tuple[Point, ...]
    leaders: tuple[Curve, ...]
    labels: tuple[Text, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    """The share of the paths in a state over time; `state` is None for all that have no line of their own."""

    number: int
    state: str | None
    title: str
    points: tuple[Point, ...]
    leader: Curve
    label: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    """Where the fans of a stock stand side by side."""

    y: float
    wide: float
    between: float


def play_svg(study: Study, found: Simulation) -> str:
    """Draw a fan of each stock by type, and how many paths are where over time."""
    stocks = study.conflict.timing.stocks if study.conflict.timing else ()
    between = _between(stocks)
    wide = max(_NARROWEST, (_WIDE + between) / len(found.types) - between)
    whole = len(found.types) * (wide + between) - between
    room = whole + _LONGEST_LABEL
    headings, fans, y = [_heading(_asked(study, found), 0, room)], list[_Fan](), 2 * _LINE
    for place, stock in enumerate(stocks):
        headings.append(_heading(f"{stock_name(study, stock.id)} ({clean(stock.unit)})", y, room))
        row = list(_row(study, found, place, stock, _Row(y=y + 2 * _LINE + 8, wide=wide, between=between)))
        headings += [_condition(study, found, fan, wide + between - 40, y + _LINE + 2) for fan in row]
        fans += row
        y += _FAN_HIGH + 4 * _LINE + 38
    headings.append(_heading("Share of the paths in each state", y, room))
    panel = _panel(found, 0, y + _LINE + 8, whole, _SHARE_HIGH)
    lines = _lines(study, found, panel)
    texts = [*headings, *panel.texts, *(line.label for line in lines)]
    texts += [text for fan in fans for text in (*fan.panel.texts, *fan.labels)]
    left, right = min(text.extent[0] for text in texts), max(text.extent[1] for text in texts)
    notes = _notes(study, found, lines, left, right, panel.y + _SHARE_HIGH + 3 * _LINE)
    return svg(
        "play.svg",
        title=f"Simulated play, {policy_name(study, found)}: {clean(study.conflict.name)}",
        desc=" ".join(simulation_sentences(study, found)),
        left=left - _MARGIN,
        top=-_LINE - _MARGIN,
        width=right - left + 2 * _MARGIN,
        height=notes[-1].y + 4 + _LINE + 2 * _MARGIN,
        headings=headings,
        fans=fans,
        panel=panel,
        lines=lines,
        notes=notes,
    )


def _between(stocks: Sequence[Stock]) -> float:
    """Return how far fans side by side stand apart, so that labels and numbers of axes fit in between."""
    numbers = [width(f"{stock.most}", SMALL) for stock in stocks]
    return _BESIDE + width(": 25-95 %", SMALL, bold=True) + 2.1 * max(numbers, default=0.0) + 20


def _asked(study: Study, found: Simulation) -> str:
    name = policy_name(study, found)
    return f"{name[0].upper()}{name[1:]}, beginning in {found.begins}"


def _heading(text: str, y: float, room: float) -> Text:
    cut = shortened(text, SMALL, room, bold=True)
    return Text(x=0, y=y, text=cut, style="name", anchor="start", full="" if cut == text else text)


def _condition(study: Study, found: Simulation, fan: _Fan, room: float, y: float) -> Text:
    """Return the line above a fan: of which type it is, and how likely that type is held to be today."""
    several = found.decision_maker is not None
    likely = percent(found.prior[fan.number])
    text = f"{type_name(study, fan.type)}: {likely}" if several else "all paths"
    cut = shortened(text, SMALL, room)
    full = "" if cut == text else text
    return Text(x=fan.panel.x, y=y, text=cut, style="mark", anchor="start", full=full)


def _panel(
    found: Simulation, x: float, y: float, wide: float, high: float, marks_y: Sequence[Mark] = ()
) -> _Panel:
    most = _MANY if wide >= _WIDE else _FEW
    marks = days(found.dates[0], found.dates[-1], most) if found.dates else years(found.years[-1], most)
    levels = marks_y or [(level / 4, f"{25 * level} %") for level in range(5)]
    return _Panel(x=x, y=y, wide=wide, high=high, marks_x=tuple(marks), marks_y=tuple(levels))


def _row(study: Study, found: Simulation, place: int, stock: Stock, row: _Row) -> Iterator[_Fan]:
    """Yield a fan of a stock for each type, side by side on the same scale."""
    top = int(found.levels[:, :, place].max())
    span = max(top - stock.least, 1)
    levels = range(stock.least, stock.least + span + 1, -(-span // 5))
    marks = [((level - stock.least) / span, f"{level}") for level in levels]
    for type_ in range(len(found.types)):
        panel = _panel(found, type_ * (row.wide + row.between), row.y, row.wide, _FAN_HIGH, marks)
        yield _fan(study, found, place, type_, panel, (stock.least, span))


def _fan(
    study: Study, found: Simulation, place: int, type_: int, panel: _Panel, scale: tuple[int, int]
) -> _Fan:
    levels = found.levels[type_, :, place]
    curves = [_curve(found, panel, (each - scale[0]) / scale[1]) for each in levels.T]
    ends = [(level, list(group)) for level, group in groupby(range(levels.shape[1]), lambda n: levels[-1, n])]
    at = [curves[group[0]][-1] for _, group in ends]
    wished = apart([y - panel.y for _, y in at], _FAN_HIGH, _LINE)
    x = panel.x + panel.wide + _BESIDE
    median, low, high = levels[-1, 2], levels[-1, 0], levels[-1, -1]
    condition = if_type(study, found, type_)
    return _Fan(
        number=type_,
        type=found.types[type_],
        stock=found.stocks[place],
        title=f"{stock_name(study, found.stocks[place])}{f' {condition}' if condition else ''}: at the end "
        f"{median:g}, on nine paths in ten {low:g} to {high:g}",
        panel=panel,
        outer=(*curves[-1], *reversed(curves[0])),
        inner=(*curves[-2], *reversed(curves[1])),
        median=curves[2],
        leaders=tuple(((a + 2, b), (x - 5, panel.y + y)) for (a, b), y in zip(at, wished, strict=True)),
        labels=tuple(
            Text(
                x=x,
                y=panel.y + y + 4,
                text=f"{level:g}: {_quantiles(found, group)}",
                style="name" if 2 in group else "mark",
                anchor="start",
            )
            for (level, group), y in zip(ends, wished, strict=True)
        ),
    )


def _quantiles(found: Simulation, group: Sequence[int]) -> str:
    first, last = (f"{100 * found.quantiles[n]:g}" for n in (group[0], group[-1]))
    return f"{first} %" if first == last else f"{first}-{last} %"


def _curve(found: Simulation, panel: _Panel, values: Floats) -> tuple[Point, ...]:
    whole = found.years[-1]
    return tuple(
        panel.at(year / whole, value) for year, value in zip(found.years, values.tolist(), strict=True)
    )


def _lines(study: Study, found: Simulation, panel: _Panel) -> list[_Line]:
    """Return lines for the most visited states, and one for the others together."""
    shares, shown = found.mixed_share, most_visited(found, MOST_LINES)
    rest = [place for place in range(len(found.states)) if place not in shown]
    courses: list[tuple[str | None, Floats]] = [(found.states[place], shares[:, place]) for place in shown]
    if rest:
        courses.append((None, shares[:, rest].sum(axis=1)))
    curves = [_curve(found, panel, course) for _, course in courses]
    wished = apart([curve[-1][1] - panel.y for curve in curves], panel.high, _LINE)
    x = panel.x + panel.wide + _BESIDE
    lines = []
    for number, ((state, course), curve, y) in enumerate(zip(courses, curves, wished, strict=True)):
        name = f"other ({len(rest):,})" if state is None else state
        end = percent(float(course[-1]))
        changed = f" ({_changed(study, found, state)})" if state is not None else ""
        lines.append(
            _Line(
                number=number,
                state=state,
                title=f"{name}{changed}: {percent(float(course[0]))} of the paths at first, {end} at last",
                points=curve,
                leader=((curve[-1][0] + 2, curve[-1][1]), (x - 5, panel.y + y)),
                label=_label(x, panel.y + y + 4, f"{end} {name}"),
            )
        )
    return lines


def _label(x: float, y: float, text: str) -> Text:
    cut = shortened(text, SMALL, _LONGEST_LABEL, bold=True)
    return Text(x=x, y=y, text=cut, style="name", anchor="start", full="" if cut == text else text)


def _changed(study: Study, found: Simulation, state: str) -> str:
    if state == found.begins:
        return "where play begins"
    return difference(study, found.begins, state) or "moved to"


def _notes(
    study: Study, found: Simulation, lines: Sequence[_Line], left: float, right: float, y: float
) -> list[Text]:
    """Return what each state is, and what the reader of the picture has to know."""
    told = [f"{line.state}: {_changed(study, found, line.state)}" for line in lines if line.state is not None]
    words = "Shares are over all types, weighted by today's belief."
    if found.stocks:
        words += (
            " The line of a fan is the median, the dark band holds half of the paths and the light one nine "
            "in ten; beside it the level that so many per cent of the paths are at or below in the end."
        )
    room = right - left
    fulls = [(shortened(line, SMALL, room), line) for line in told]
    rows = [*fulls, *((line, line) for line in wrapped(words, SMALL, room))]
    return [
        Text(
            x=left,
            y=y + place * (_LINE + 2),
            text=cut,
            style="mark",
            anchor="start",
            full="" if cut == line else line,
        )
        for place, (cut, line) in enumerate(rows)
    ]
