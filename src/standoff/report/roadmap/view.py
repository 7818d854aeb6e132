"""A phased deal as a page for the terminal and as a document."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from rich.box import SIMPLE_HEAD
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from standoff.report.documents import header
from standoff.report.roadmap.cells import (
    BY_PAYOFFS,
    BY_RANKS,
    Cells,
    in_fewer,
    payoff_cells,
    rank_cells,
    schedule_cells,
    schedules_left,
)
from standoff.report.roadmap.words import assumptions, roadmap_sentences, step_words, terms, title
from standoff.study import Study
from standoff.timing.roadmap.result import Guarded, RoadmapAnswer, Threat

_NUMBERS = {"step", "steps", "margin", "share", "critical factor"}


def roadmap_view(study: Study, found: RoadmapAnswer, *, every: bool = False) -> Group:
    """Return the answer of ``standoff roadmap``: sentences, the steps, who keeps them, other schedules."""
    parts: list[RenderableType] = [
        Text(title(study, found), "bold"),
        Text(terms(found), "dim"),
        *(Text(f"{step.place}. {step_words(study, step)}") for step in found.steps[:-1]),
        Text(""),
        *(Text(sentence) for sentence in roadmap_sentences(study, found, every=every)),
    ]
    if found.rows:
        parts += [Text("\nBy payoffs", "bold"), _table(BY_PAYOFFS, payoff_cells(study, found))]
    if found.rank_rows:
        parts += [Text("\nBy ranks", "bold"), _table(BY_RANKS, rank_cells(study, found))]
    if len(found.schedules) > 1:
        parts += [Text("\nIn fewer joint steps", "bold"), *_schedule_parts(study, found, every=every)]
    parts += [Text("\nAssumed", "bold"), *(Text(line) for line in assumptions(study, found))]
    return Group(*parts)


def _table(headings: Cells, rows: Iterable[Cells]) -> Table:
    table = Table(box=SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for heading in headings:
        table.add_column(heading, justify="right" if heading in _NUMBERS else "left")
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    return table


def _schedule_parts(study: Study, found: RoadmapAnswer, *, every: bool) -> list[RenderableType]:
    rows = schedule_cells(study, found, every=every)
    left = schedules_left(found, len(rows))
    return [_table(in_fewer(found), rows), *([Text(left)] if left else [])]


def roadmap_document(study: Study, found: RoadmapAnswer) -> dict[str, Any]:
    """Return the document ``standoff.roadmap/1``."""
    record = asdict(found)
    record["threat"] = _threat(found.threat)
    for each, entry in zip(found.schedules, record["schedules"], strict=True):
        entry["steps"] = each.steps
    for guarded, entry in zip(found.safeguards, record["safeguards"], strict=True):
        entry["threat"] = _guard_threat(guarded)
    if found.test is not None:
        record["test"] |= {"phased": dict(found.test.phased), "at_once": dict(found.test.at_once)}
    record["contradicted"] = [
        {"decision_maker": dm, "type": type_, "paid_more": above, "ranked_above": below}
        for dm, type_, above, below in found.contradicted
    ]
    single = found.at_once
    return {
        **header("standoff.roadmap/1", study),
        **record,
        "best": [{"type": type_, "states": list(best.states)} for type_, best in found.best],
        "at_once": None if single is None else list(single.states),
        "sentences": roadmap_sentences(study, found, every=True),
        "assumptions": assumptions(study, found),
    }


def _threat(threat: Threat) -> dict[str, Any]:
    return {**asdict(threat), "credible": threat.credible}


def _guard_threat(guarded: Guarded) -> dict[str, Any]:
    return _threat(guarded.threat)
