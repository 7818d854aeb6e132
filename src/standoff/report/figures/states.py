"""States as marks: an outline large enough for the label, and the words that say what a state is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from standoff.report.figures.curves import Box
from standoff.report.figures.scene import LABEL, SMALL, StateMark, Text
from standoff.report.figures.text import shortened, width
from standoff.report.names import clean, listed
from standoff.report.selection import equilibrium_kind
from standoff.study import Study

RING = 5.0
"""How far the second border of the status quo lies outside of the first."""

_LONGEST_LABEL = 175.0
_LEAST_HALF = 22.0
_INSIDE = 9.0
_HALF_HEIGHTS = (18.0, 26.0, 34.0)
_LEADING = 16.0


def label_of(study: Study, state: int) -> str:
    """Return the label of a state as it is written in a drawing, whole."""
    return clean(study.space.label(state))


def shown_label(study: Study, state: int) -> str:
    """Return the label of a state, cut if it is long."""
    return shortened(label_of(study, state), LABEL, _LONGEST_LABEL, bold=True)


def marks_of(study: Study, state: int) -> list[str]:
    """Return what is to be said of a state: that it is the status quo, under what it is an equilibrium."""
    found = ["status quo"] if state == study.space.status_quo else []
    kind = clean(equilibrium_kind(study, state))
    return found if kind == "-" else [*found, kind]


def title_of(study: Study, state: int) -> str:
    """Return the label of a state with its options and its marks."""
    taken = f": {listed(study.space.taken(state)) or 'no option taken'}" if study.space.options else ""
    return f"{label_of(study, state)}{taken}{''.join(f'; {mark}' for mark in marks_of(study, state))}"


def half_sizes(study: Study, states: Sequence[int], *, with_marks: bool) -> tuple[float, float]:
    """Return half the width and height that every one of the states has room in."""
    half, most = _LEAST_HALF, 0
    for state in states:
        marks = marks_of(study, state) if with_marks else []
        widths = [width(shown_label(study, state), LABEL, bold=True), *(width(m, SMALL) for m in marks)]
        half, most = max(half, max(widths) / 2 + _INSIDE), max(most, len(marks))
    return half, _HALF_HEIGHTS[most]


def state_mark(study: Study, state: int, box: Box, beside: Sequence[str] | None = None) -> StateMark:
    """Return a state as a mark; its marks stand in the box, or other words beside it."""
    marks = marks_of(study, state)
    inside = [] if beside is not None else marks
    first = box.y + 5.5 - len(inside) * _LEADING / 2
    lines = [Text(x=box.x, y=first, text=shown_label(study, state), style="label")]
    for place, mark in enumerate(inside, 1):
        lines.append(Text(x=box.x, y=first + place * _LEADING, text=mark, style="mark"))
    if beside:
        words, x = "; ".join(beside), box.x + box.half_width + RING + 5
        lines.append(Text(x=x, y=box.y + 4.5, text=words, style="mark", anchor="start"))
    return StateMark(
        label=label_of(study, state),
        title=title_of(study, state),
        box=box,
        lines=tuple(lines),
        is_status_quo=state == study.space.status_quo,
        is_equilibrium=marks[-1:] not in ([], ["status quo"]),
    )


def rims(study: Study, boxes: Mapping[int, Box]) -> dict[int, Box]:
    """Return the outer rim of each state: the ring of the status quo, else its border."""
    return {
        state: box.grown(RING if state == study.space.status_quo else 1.0) for state, box in boxes.items()
    }
