"""The option table as a drawing: states as columns, Y or N for each option under its decision maker."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from standoff.errors import UsageError
from standoff.report.figures.scene import PLAIN, SMALL, Text, svg
from standoff.report.figures.states import label_of, title_of
from standoff.report.figures.text import shortened, width, wrapped
from standoff.report.names import clean, counted, dm_name, listed
from standoff.report.selection import MOST_STATES, chosen_states, equilibrium_kind
from standoff.study import Study

_ROW = 22.0
_LINE = 14.0
_LONGEST_OPTION = 260.0
_LONGEST_LINE = 60.0
"""Pieces of a label are joined to a line up to here."""

_LONGEST_PIECE = 110.0
"""A single piece may be longer, and the column as wide as it needs."""

_MOST_LINES = 3
_LEAST_COLUMN = 36.0
_APART = 10.0
_MARGIN = 12.0


@dataclass(frozen=True, slots=True, kw_only=True)
class _Column:
    """A state: its text, which is one node, and the heights at which an option is taken."""

    label: str
    title: str
    x: float
    lines: tuple[Text, ...]
    taken: tuple[float, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Rows:
    """The left edge of the table: names, the height of each option, rules, the height of the last rows."""

    names: tuple[Text, ...]
    options: tuple[float, ...]
    rules: tuple[float, ...]
    status_quo: float
    equilibrium: float


def options_svg(study: Study) -> str:
    """Draw the option table: all states if they are few, else the status quo, named states, equilibria.

    Raises
    ------
    UsageError
        If the conflict has no options.
    """
    if not study.space.options:
        raise UsageError(
            "This conflict has no options, so there is no option table. Draw its graph or ranks."
        )
    states, _ = chosen_states(study, every_state=study.space.size <= MOST_STATES)
    rows = _rows(study)
    left = max(text.extent[1] for text in rows.names) + _APART
    room = max(_LEAST_COLUMN, *(_width(study, state) + _APART for state in states))
    columns = [_column(study, state, left + room * (n + 0.5), rows) for n, state in enumerate(states)]
    top = min(line.y for column in columns for line in column.lines) - PLAIN
    right, bottom = left + room * len(states), rows.equilibrium + _ROW / 2
    return svg(
        "options.svg",
        title=f"Option table: {clean(study.conflict.name)}",
        desc=_description(study, states),
        left=-_MARGIN,
        top=top - _MARGIN,
        width=right + 2 * _MARGIN,
        height=bottom - top + 2 * _MARGIN,
        names=rows.names,
        columns=columns,
        rules=[((0.0, y), (right, y)) for y in rows.rules],
    )


def _rows(study: Study) -> _Rows:
    """Place the names of decision makers and options; y is where a line of text stands."""
    names: list[Text] = []
    options: list[float] = []
    rules: list[float] = []
    y = 0.0
    for dm in study.conflict.decision_makers:
        if not dm.options:
            continue
        rules.append(y + 8)
        names.append(_name(dm_name(study, dm.id), y + _ROW + 2))
        y += _ROW
        for option in dm.options:
            y += _ROW
            options.append(y)
            lines = _option_lines(clean(option.label))
            names += [replace(line, y=y + n * _LINE) for n, line in enumerate(lines)]
            y += (len(lines) - 1) * _LINE
    rules.append(y + 8)
    names.append(_name("Status quo", y + _ROW + 2))
    names.append(_name("Equilibrium under", y + 2 * _ROW + 2))
    return _Rows(
        names=tuple(names),
        options=tuple(options),
        rules=tuple(rules),
        status_quo=y + _ROW + 2,
        equilibrium=y + 2 * _ROW + 2,
    )


def _name(name: str, y: float) -> Text:
    text = shortened(name, SMALL, _LONGEST_OPTION, bold=True)
    return Text(x=0, y=y, text=text, style="name", anchor="start", full="" if text == name else name)


def _option_lines(label: str) -> list[Text]:
    """Return the label of an option in a few lines; what does not fit is cut."""
    lines = wrapped(label, PLAIN, _LONGEST_OPTION)
    if len(lines) > _MOST_LINES:
        lines[_MOST_LINES - 1 :] = [shortened(" ".join(lines[_MOST_LINES - 1 :]), PLAIN, _LONGEST_OPTION)]
    full = "" if " ".join(lines) == label else label
    return [Text(x=10, y=0, text=line, anchor="start", full=full) for line in lines]


def _column(study: Study, state: int, x: float, rows: _Rows) -> _Column:
    head = _label_lines(label_of(study, state))
    taken = set(study.space.taken(state))
    signs = ["Y" if option in taken else "N" for option in study.space.options]
    lines = [(line, -_LINE * (len(head) - 1 - n), "name") for n, line in enumerate(head)]
    lines += [(s, y, "yes" if s == "Y" else "plain") for s, y in zip(signs, rows.options, strict=True)]
    if state == study.space.status_quo:
        lines.append(("yes", rows.status_quo, "mark"))
    if (kind := equilibrium_kind(study, state)) != "-":
        lines.append((kind, rows.equilibrium, "mark"))
    return _Column(
        label=label_of(study, state),
        title=title_of(study, state),
        x=x,
        lines=tuple(Text(x=x, y=y, text=text, style=style) for text, y, style in lines),
        taken=tuple(y for sign, y in zip(signs, rows.options, strict=True) if sign == "Y"),
    )


def _width(study: Study, state: int) -> float:
    head = _label_lines(label_of(study, state))
    widths = [width(line, SMALL, bold=True) for line in head]
    return max(*widths, width(equilibrium_kind(study, state), SMALL))


def _label_lines(label: str) -> list[str]:
    """Return a label in a few short lines, broken at hyphens, underscores and spaces."""
    lines: list[str] = []
    for piece in re.findall(r"[^-_\s]*[-_\s]*", label):
        if lines and width(lines[-1] + piece.rstrip(), SMALL, bold=True) <= _LONGEST_LINE:
            lines[-1] += piece
        elif piece:
            lines.append(piece)
    if len(lines) > _MOST_LINES:
        lines[_MOST_LINES - 1 :] = ["".join(lines[_MOST_LINES - 1 :])]
    return [shortened(line.strip(), SMALL, _LONGEST_PIECE, bold=True) for line in lines] or [""]


def _description(study: Study, states: Sequence[int]) -> str:
    rest = study.space.size - len(states)
    owners = [dm_name(study, dm.id) for dm in study.conflict.decision_makers if dm.options]
    shown = (
        f"{counted(len(states), 'state')} as columns, {counted(len(study.space.options), 'option')} as rows"
    )
    more = f" Not shown: {counted(rest, 'other state')}." if rest else ""
    return f"{shown} under {listed(owners)}; Y where the option is taken, N where it is not.{more}"
