"""The words around a state graph: its description for those who do not see it, and its notes."""

from __future__ import annotations

from collections.abc import Iterator

from standoff.report.figures.arrows import Arrow
from standoff.report.figures.scene import SMALL
from standoff.report.figures.shown import Shown
from standoff.report.figures.states import label_of, marks_of, shown_label
from standoff.report.figures.text import shortened
from standoff.report.names import counted, dm_name, listed
from standoff.study import Study

_MOST_LISTED = 24


def description(study: Study, seen: Shown) -> str:
    """Say what a state graph shows: which states, whose moves, and what is left out."""
    parts = [f"{counted(len(seen.states), 'state')} and {_what(study, seen)}."]
    parts += _moves(study, seen)
    told = [
        f"{label_of(study, state)} ({', '.join(marks_of(study, state))})"
        for state in seen.states
        if marks_of(study, state)
    ]
    if told:
        parts.append(f"Status quo and equilibria, with the strongest concepts: {_some(told)}.")
    return " ".join([*parts, *notes(study, seen)])


def notes(study: Study, seen: Shown) -> list[str]:
    """Say what the reader of the picture has to know: what a border or thin line is, what is left out."""
    found = []
    if any(mark != "status quo" for state in seen.states for mark in marks_of(study, state)):
        found.append("A thick border marks an equilibrium, under the concept named.")
    if not all(arrow.improvement for arrow in seen.arrows):
        found.append("A thin arrow is a move that is no improvement for the mover.")
    if seen.focus is not None:
        found += _of_focus(study, seen)
    elif not seen.is_path:
        still = set(range(len(study.decision_makers))) - {arrow.mover for arrow in seen.arrows}
        names = [dm_name(study, study.decision_makers[dm]) for dm in sorted(still)]
        found += (
            [f"No improvement anywhere: {listed(shortened(n, SMALL, 260) for n in names)}."] if names else []
        )
    if seen.left_out:
        which = "" if seen.focus is not None else " without improvement"
        found.append(f"Not drawn: {counted(seen.left_out, 'move')}{which}.")
    unseen = study.space.size - len(seen.states)
    if unseen:
        found.append(f"Not drawn: {counted(unseen, 'other state')}.")
    return found


def _of_focus(study: Study, seen: Shown) -> Iterator[str]:
    label = shown_label(study, seen.states[0] if seen.focus is None else seen.focus)
    if not any(arrow.improvement for arrow in seen.arrows):
        yield f"Nobody has an improvement from {label}."
    if len(seen.states) < study.space.size:
        yield "The moves of each mover stand in the order of its own ranking of where they lead at once."
    else:
        yield f"Only moves from {label} are drawn."


def _what(study: Study, seen: Shown) -> str:
    if seen.is_path:
        return "the moves of a path"
    if seen.focus is not None:
        return f"the moves from {label_of(study, seen.focus)}"
    return "the improvements" if all(arrow.improvement for arrow in seen.arrows) else "all moves"


def _moves(study: Study, seen: Shown) -> Iterator[str]:
    for dm, name in enumerate(study.decision_makers):
        own = [arrow for arrow in seen.arrows if arrow.mover == dm]
        for kind, improvement in (("improvement", True), ("other move", False)):
            of_kind = [_told(study, arrow) for arrow in own if arrow.improvement == improvement]
            if of_kind:
                yield f"{dm_name(study, name)}: {counted(len(of_kind), kind)}, {_some(of_kind)}."


def _told(study: Study, arrow: Arrow) -> str:
    return f"{label_of(study, arrow.origin)} to {label_of(study, arrow.target)}"


def _some(items: list[str]) -> str:
    rest = len(items) - _MOST_LISTED
    return listed([*items[:_MOST_LISTED], f"{rest} more"] if rest > 0 else items)
