"""The order of a brief. To add a part, write a module with ``section`` and put it in its chapter here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from standoff.errors import RefusedError
from standoff.files.embedding import embedded
from standoff.progress import Progress
from standoff.report.brief.asked import Asked
from standoff.report.brief.leading_out import ways_out
from standoff.report.brief.sections import (
    belief,
    board,
    changed,
    circles,
    deals,
    evidence,
    foresight,
    giving,
    judgements,
    method,
    next_moves,
    phased,
    places,
    pulling,
    ripeness,
    spoiling,
    states,
    staying,
    stuck,
    together,
    waiting,
    watching,
    wedges,
    wishes,
    wrong,
)
from standoff.report.brief.value import Brief, Chapter, Section
from standoff.report.names import clean, counted
from standoff.study import Study

Part = Callable[[Study, Asked], Section | None]

OUTLINE: tuple[tuple[str, str, tuple[Part, ...]], ...] = (
    ("judgements", "Key judgements", (judgements.section,)),
    ("changes", "What changed", (changed.section,)),
    ("board", "The board", (board.section, states.section)),
    ("stuck", "Is it stuck, and why?", (stuck.section,)),
    (
        "ways-out",
        "What leads out",
        (
            ripeness.section,
            next_moves.section,
            foresight.section,
            together.section,
            places.section,
            deals.section,
            giving.section,
            phased.section,
            circles.section,
            pulling.section,
            spoiling.section,
            wedges.section,
            staying.section,
        ),
    ),
    ("waiting", "How long to wait, and what to watch", (belief.section, waiting.section, watching.section)),
    ("wrong", "How it could be wrong", (wrong.section,)),
    ("evidence", "On what evidence", (evidence.section, wishes.section)),
    ("method", "Method and reproducibility", (method.section,)),
)
"""Chapters in order: key, title, and the functions that make their sections."""


def brief(study: Study, asked: Asked | None = None, progress: Progress | None = None) -> Brief:
    """Make a brief from a study; a section that has nothing to tell is left out.

    Parameters
    ----------
    study : Study
        With its verdicts, from `standoff.analyse`.
    asked : Asked, optional
        Deals, command line, confidence.
    progress : callable, optional
        Called with a phase and the fraction done.

    Raises
    ------
    UsageError
        If a deal is no statement over the options of the conflict, or a rating is none.
    """
    given = asked or Asked()
    given = replace(given, ways=ways_out(study, progress), waiting=waiting.told(study, given))
    chapters = []
    for key, title, parts in OUTLINE:
        sections = tuple(found for part in parts if (found := part(study, given)) is not None)
        if sections:
            chapters.append(Chapter(key=key, title=title, sections=sections))
    return Brief(
        title=clean(study.conflict.name),
        subtitle=_subtitle(study),
        note=clean(study.conflict.note or ""),
        chapters=tuple(chapters),
        model=_carried(study),
    )


def _subtitle(study: Study) -> str:
    variant = f"variant {clean(study.variant)}, " if study.variant else ""
    as_of = f"as of {study.conflict.as_of:%Y-%m-%d}, " if study.conflict.as_of else ""
    sides = counted(len(study.decision_makers), "decision maker")
    return f"{variant}{as_of}{sides}, {counted(study.space.size, 'state')}"


def _carried(study: Study) -> str:
    """Return the model as an element of the page, so that a later brief can tell what changed."""
    file = study.file or ""
    name = file if file.startswith("case:") else Path(file).name
    try:
        return embedded(study.conflict, name or None, study.variant)
    except RefusedError:
        return ""
