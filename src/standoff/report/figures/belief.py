"""Belief over time: steps at events, drift in silences, and what it would be at half the weight."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from standoff.report.belief.words import (
    belief_sentences,
    factor,
    percent,
    share,
    told_types,
    type_name,
)
from standoff.report.figures.curves import Curve, Point
from standoff.report.figures.dates import days
from standoff.report.figures.scene import SMALL, Text, svg
from standoff.report.figures.text import apart, shortened, wrapped
from standoff.report.figures.track import track
from standoff.report.names import clean, counted, dm_name, listed
from standoff.study import Study
from standoff.study.belief import Belief
from standoff.timing.ledger import Entry
from standoff.timing.matrix import NOTHING

_LINE = 18.0
_FLAG = 22.0
_FLAGS_ABOVE = 34.0
_BESIDE = 30.0
_MARGIN = 12.0
_LONGEST_LABEL = 300.0
_MOST_STEPS_TOLD = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class _Size:
    """How large the plot is, and how many events have a flag."""

    wide: float
    high: float
    flags: int
    dates: int


LARGE, SMALLER = _Size(wide=600, high=260, flags=12, dates=7), _Size(wide=330, high=150, flags=5, dates=4)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Curve:
    """The belief in a type: its line, where it would end at half the weight, and its labels."""

    number: int
    type: str
    title: str
    points: tuple[Point, ...]
    half: Point
    leaders: tuple[Curve, ...]
    texts: tuple[Text, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Flag:
    """An event: its number above the plot, led to the step it makes."""

    entry: Entry
    title: str
    leader: tuple[Point, ...]
    number: Text


def belief_svg(study: Study, found: Belief, *, small: bool = False) -> str:
    """Draw the belief in each type, of two in the first, from the beginning of the log to today."""
    size = SMALLER if small else LARGE
    span = _span(study)
    curves = _curves(study, found, span, size)
    flags = _flags(found, span, size)
    frame = [*_levels(size), *_dates(span, size)]
    beside = [text for curve in curves for text in curve.texts]
    left = min(text.extent[0] for text in frame)
    right = max(text.extent[1] for text in (*frame, *beside))
    notes = _notes(study, found, flags, left, right, size)
    top = -_FLAGS_ABOVE - _FLAG / 2
    bottom = max(text.y for text in (*frame, *beside, *notes)) + 4
    return svg(
        "belief.svg",
        title=f"Belief about {dm_name(study, found.ledger.decision_maker)}: {clean(study.conflict.name)}",
        desc=_description(study, found),
        left=left - _MARGIN,
        top=top - _MARGIN,
        width=right - left + 2 * _MARGIN,
        height=bottom - top + 2 * _MARGIN,
        wide=size.wide,
        high=size.high,
        ticks_y=[_y(level / 4, size) for level in range(5)],
        ticks_x=[text.x for text in frame[5:]],
        frame=frame,
        curves=curves,
        flags=flags,
        notes=notes,
    )


def _span(study: Study) -> tuple[date, date]:
    timing, end = study.conflict.timing, study.conflict.as_of
    if timing is None or timing.log is None or end is None:
        raise ValueError("a belief has a log")
    return timing.log.begin, end


def _x(day: date, span: tuple[date, date], size: _Size) -> float:
    return size.wide * (day - span[0]).days / max((span[1] - span[0]).days, 1)


def _y(probability: float, size: _Size) -> float:
    return size.high * (1 - probability)


def _levels(size: _Size) -> list[Text]:
    return [
        Text(x=-8, y=_y(level / 4, size) + 4, text=f"{25 * level} %", style="mark", anchor="end")
        for level in range(5)
    ]


def _dates(span: tuple[date, date], size: _Size) -> list[Text]:
    return [
        Text(x=size.wide * at, y=size.high + 20, text=text, style="mark")
        for at, text in days(*span, size.dates)
    ]


def _curves(study: Study, found: Belief, span: tuple[date, date], size: _Size) -> list[_Curve]:
    ledger, numbers = found.ledger, told_types(found)
    (half,) = (t.posterior for t in ledger.totals if t.tempering < 1 and not t.grouped)
    course = list(track(found, *span))
    wished = [_y(value, size) for number in numbers for value in (ledger.posterior[number], half[number])]
    labels = apart(wished, size.high, _LINE)
    x = size.wide + _BESIDE
    curves = []
    for place, number in enumerate(numbers):
        name, short = _names(study, ledger.types[number])
        last, tempered = ledger.posterior[number], half[number]
        (end, other), (first, second) = (each[2 * place : 2 * place + 2] for each in (wished, labels))
        whose = f", {short}" if len(numbers) > 1 else ""
        curves.append(
            _Curve(
                number=place,
                type=ledger.types[number],
                title=f"{name}: {percent(ledger.prior[number])} at first, {percent(last)} at last, "
                f"{percent(tempered)} at half the weight",
                points=tuple((size.wide * at, _y(beliefs[number], size)) for at, beliefs in course),
                half=(size.wide + 10, other),
                leaders=(((size.wide + 2, end), (x - 5, first)), ((size.wide + 16, other), (x - 5, second))),
                texts=(
                    _beside(x, first, f"{share(last)} {short}", "name", "" if short == name else name),
                    _beside(x, second, f"{share(tempered)} at half the weight{whose}", "mark"),
                ),
            )
        )
    return curves


def _names(study: Study, type_: str) -> tuple[str, str]:
    name = type_name(study, type_)
    return name, shortened(name, SMALL, _LONGEST_LABEL, bold=True)


def _beside(x: float, y: float, text: str, style: str, full: str = "") -> Text:
    return Text(x=x, y=y + 4, text=text, style=style, anchor="start", full=full)


def _flags(found: Belief, span: tuple[date, date], size: _Size) -> list[_Flag]:
    """Return flags, in order of time, for the events that move the odds most."""
    events = [entry for entry in found.ledger.entries if not entry.is_silence]
    heaviest = sorted(events, key=lambda entry: -round(entry.diagnosticity, 9))[: size.flags]
    chosen = [entry for entry in events if entry in heaviest and entry.diagnosticity >= NOTHING]
    xs = apart([_x(entry.end, span, size) for entry in chosen], size.wide, _FLAG)
    return [
        _Flag(
            entry=entry,
            title=_told(entry, found),
            leader=((x, -_FLAG), (x, -12), (at := _x(entry.end, span, size), -4), (at, size.high)),
            number=Text(x=x, y=-_FLAG - 5, text=str(number), style="mark"),
        )
        for number, (entry, x) in enumerate(zip(chosen, xs, strict=True), 1)
    ]


def _told(entry: Entry, found: Belief) -> str:
    """Say what an event is and what it does to the odds, of two types to those of the first."""
    numbers = told_types(found)
    types = found.ledger.types
    parts = [
        factor(entry.weights[n]) + ("" if len(numbers) == 1 else f" for {clean(types[n])}") for n in numbers
    ]
    return f"{entry.end} {clean(entry.what)}: {', '.join(parts)}"


def _notes(
    study: Study, found: Belief, flags: Sequence[_Flag], left: float, right: float, size: _Size
) -> list[Text]:
    """Return the list of events with a flag, and what the reader of the picture has to know."""
    room = max(right - left, 300)
    lines = [shortened(f"{flag.number.text}  {flag.title}", SMALL, room) for flag in flags]
    fulls = [flag.title if "…" in line else "" for flag, line in zip(flags, lines, strict=True)]
    rest = sum(not entry.is_silence for entry in found.ledger.entries) - len(flags)
    words = "Steps are events, slopes silences; the hollow mark is the end at half the weight of evidence."
    if len(found.ledger.types) == 2:
        words = f"The rest to 100 % is ‘{type_name(study, found.ledger.types[1])}’. {words}"
    if rest:
        words += (
            f" Without a number: {counted(rest, 'event')} that {'moves' if rest == 1 else 'move'} no more."
        )
    told = wrapped(words, SMALL, room)
    return [
        Text(x=left, y=size.high + 48 + place * _LINE, text=line, style="mark", anchor="start", full=full)
        for place, (line, full) in enumerate(zip([*lines, *told], [*fulls, *[""] * len(told)], strict=True))
    ]


def _description(study: Study, found: Belief) -> str:
    ledger = found.ledger
    shown = listed(f"‘{type_name(study, ledger.types[n])}’" for n in told_types(found))
    parts = [f"Belief that it is {shown}, in per cent over time.", *belief_sentences(study, found)]
    steps = [entry for entry in ledger.entries if not entry.is_silence and entry.diagnosticity >= NOTHING]
    told = [_told(entry, found) for entry in steps[:_MOST_STEPS_TOLD]]
    if told:
        more = len(steps) - len(told)
        parts.append(f"Steps: {'; '.join(told)}{f'; and {more:,} more' if more else ''}.")
    return " ".join(parts)
