"""What the columns and rows of a grid of states mean: the choices of each decision maker."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from standoff.report.figures.arrows import APART
from standoff.report.figures.curves import Box, Curve, Point
from standoff.report.figures.layout import Axis, Grid
from standoff.report.figures.scene import SMALL, Text
from standoff.report.figures.text import shortened, width, wrapped
from standoff.report.names import clean, dm_name
from standoff.study import Study

_LINE = 18.0
_NAME_ROOMS = (88.0, 108.0, 128.0)
_LONGEST_CHOICE = 130.0
_BETWEEN = 12.0


@dataclass(frozen=True, slots=True)
class _Span:
    """A choice of a decision maker and the lines of the grid that have it, from first to last."""

    choice: int
    word: str
    first: int
    last: int


def headings(
    study: Study, grid: Grid, boxes: Mapping[int, Box], corner: Point
) -> tuple[list[Text], list[Curve]]:
    """Return the headings of the columns and rows of a grid of states, and the rules beside groups.

    The name of a decision maker stands to the left of the line, or over the column, of its choices.
    `corner` is where the states and the bows between them begin.
    """
    left, top = corner[0] - _BETWEEN, corner[1] - _BETWEEN
    texts, rules = _of_rows(study, grid, boxes, left, top)
    lowest = min((text.y for text in texts if text.style == "name"), default=top + _LINE)
    more_texts, more_rules = _of_columns(study, grid, boxes, left, lowest - _LINE)
    return texts + more_texts, rules + more_rules


def _of_rows(
    study: Study, grid: Grid, boxes: Mapping[int, Box], x: float, top: float
) -> tuple[list[Text], list[Curve]]:
    middle = {row: boxes[state].y for state, (_, row) in grid.cells.items()}
    half = max(box.half_height for box in boxes.values())
    texts: list[Text] = []
    rules: list[Curve] = []
    for level in reversed(range(len(grid.rows.dms))):
        dm, spans = grid.rows.dms[level], _spans(study, grid.rows, level, lambda *_: _LONGEST_CHOICE)
        names = _names(study, dm, x, top)
        texts += names
        for span in spans:
            low, high = middle[span.first], middle[span.last]
            texts.append(_heading(study, dm, span, x, (low + high) / 2 + 4, "end"))
            if low < high:
                rules.append(((x + 8, low - half), (x + 8, high + half)))
        words = [*(span.word for span in spans), *(name.text for name in names)]
        x -= 2 * _BETWEEN + max(width(word, SMALL, bold=True) for word in words)
    return texts, rules


def _of_columns(
    study: Study, grid: Grid, boxes: Mapping[int, Box], left: float, y: float
) -> tuple[list[Text], list[Curve]]:
    middle = {column: boxes[state].x for state, (column, _) in grid.cells.items()}
    half = max(box.half_width for box in boxes.values())
    texts: list[Text] = []
    rules: list[Curve] = []
    for level in reversed(range(len(grid.columns.dms))):
        dm = grid.columns.dms[level]
        spans = _spans(
            study,
            grid.columns,
            level,
            lambda first, last: middle[last] - middle[first] + 2 * half + APART - 8,
        )
        texts.append(_names(study, dm, left, y, most=1)[0])
        for span in spans:
            low, high = middle[span.first], middle[span.last]
            texts.append(_heading(study, dm, span, (low + high) / 2, y, "middle"))
            if low < high:
                rules.append(((low - half, y + 5), (high + half, y + 5)))
        y -= _LINE + 4
    return texts, rules


def _spans(study: Study, axis: Axis, level: int, room: Callable[[int, int], float]) -> list[_Span]:
    """Return the choices along an axis: the options taken, or all as Y and N if one is too long for that."""
    options = [
        option.name.partition(".")[2] for option in study.conflict.decision_makers[axis.dms[level]].options
    ]
    found = []
    for key, group in groupby(range(len(axis.lines)), key=lambda line: axis.lines[line][: level + 1]):
        lines = list(group)
        found.append(_Span(key[-1], " + ".join(_taken(options, key[-1])) or "none", lines[0], lines[-1]))
    if all(width(span.word, SMALL) <= room(span.first, span.last) for span in found):
        return found
    signs = {
        span.choice: "".join("NY"[span.choice >> bit & 1] for bit in range(len(options))) for span in found
    }
    return [replace(span, word=signs[span.choice]) for span in found]


def _taken(options: Sequence[str], choice: int) -> list[str]:
    return [option for bit, option in enumerate(options) if choice >> bit & 1]


def _names(study: Study, dm: int, x: float, y: float, most: int = 2) -> list[Text]:
    """Return the name of a decision maker in lines that end at a place, the last one there."""
    name = dm_name(study, study.decision_makers[dm])
    room = _NAME_ROOMS[-1] * 2 / most
    tried = (wrapped(name, SMALL, narrow / 1.1) for narrow in (*_NAME_ROOMS, room))
    lines = next((lines for lines in tried if len(lines) <= most), [shortened(name, SMALL, room, bold=True)])
    full = "" if " ".join(lines) == name else name
    return [
        Text(x=x, y=y - _LINE * 0.8 * (len(lines) - place), text=line, style="name", anchor="end", full=full)
        for place, line in enumerate(lines, 1)
    ]


def _heading(study: Study, dm: int, span: _Span, x: float, y: float, anchor: str) -> Text:
    party = study.conflict.decision_makers[dm]
    labels = _taken([clean(option.label) for option in party.options], span.choice)
    full = f"{dm_name(study, party.id)}: {'; '.join(labels) or 'no option taken'}"
    return Text(x=x, y=y, text=span.word, style="heading", anchor=anchor, full=full)
