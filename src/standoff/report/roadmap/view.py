"""A phased deal as a page for the terminal and as a document."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from rich.box import SIMPLE_HEAD
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from standoff.report.documents import header
from standoff.report.names import clean, counted
from standoff.report.roadmap.names import months, percent, side_name, unseen_words
from standoff.report.roadmap.words import (
    assumptions,
    breach_words,
    rate_words,
    roadmap_sentences,
    step_words,
    title,
)
from standoff.study import Study
from standoff.timing.roadmap.result import Guarded, RoadmapAnswer, Schedule, Threat, UnderType
from standoff.timing.roadmap.verdicts import Row

_SPACINGS = {"all": "under every spacing", "some": "under some spacings", "none": "under none"}
_MOST_SCHEDULES = 6


def roadmap_view(study: Study, found: RoadmapAnswer, *, every: bool = False) -> Group:
    """Return the answer of ``standoff roadmap``: sentences, the steps, who keeps them, other schedules."""
    steps = counted(len(found.states) - 1, "step")
    parts: list[RenderableType] = [
        Text(title(study, found), "bold"),
        Text(f"{steps} of {months(found.step_months)}; then the end point is kept for ever.", "dim"),
        *(Text(f"{step.place}. {step_words(study, step)}") for step in found.steps[:-1]),
        Text(""),
        *(Text(sentence) for sentence in roadmap_sentences(study, found, every=every)),
    ]
    if found.rows:
        parts += [Text("\nBy payoffs", "bold"), _row_table(study, found)]
    if found.rank_rows:
        parts += [Text("\nBy ranks", "bold"), _rank_table(study, found)]
    if len(found.schedules) > 1:
        parts += [Text("\nIn fewer joint steps", "bold"), *_schedule_parts(study, found, every=every)]
    parts += [Text("\nAssumed", "bold"), *(Text(line) for line in assumptions(study, found))]
    return Group(*parts)


def _table(*headings: str) -> Table:
    table = Table(box=SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for heading in headings:
        table.add_column(heading, justify="right" if heading in _NUMBERS else "left")
    return table


_NUMBERS = {"step", "steps", "margin", "share", "critical factor"}


def _row_table(study: Study, found: RoadmapAnswer) -> Table:
    table = _table(
        "step", "side", "kept", "margin", "share", "critical factor", "kept at", "unseen for", "best breach"
    )
    for row, seen in zip(found.rows, found.detection, strict=True):
        table.add_row(
            _place(found, row.place),
            Text(side_name(study, row.decision_maker, row.type)),
            "yes" if row.holds else "no",
            f"{row.margin:.4g}",
            percent(row.share),
            _factor(row.critical_factor),
            rate_words(row),
            unseen_words(seen.months),
            Text(breach_words(study, found, row.place, row.decision_maker, row.breach)),
        )
    return table


def _place(found: RoadmapAnswer, place: int | None) -> str:
    if place is None:
        return "all"
    return "end" if place == len(found.steps) else str(place)


def _factor(value: float | None) -> str:
    return "none" if value is None else f"{value:.4f}"


def _rank_table(study: Study, found: RoadmapAnswer) -> Table:
    table = _table("step", "side", "kept")
    for row in found.rank_rows:
        side = Text(side_name(study, row.decision_maker, row.type))
        table.add_row(_place(found, row.place), side, _SPACINGS[row.holds])
    return table


def _schedule_parts(study: Study, found: RoadmapAnswer, *, every: bool) -> list[RenderableType]:
    kept = "kept by payoffs" if found.rank_rows else "kept"
    table = _table("steps", "stops", kept, "critical factor", "weakest", "by ranks")
    told = found.schedules if every else _some(found)
    for each in told:
        table.add_row(
            str(each.steps),
            Text(", ".join(each.states[1:])),
            {True: "yes", False: "no", None: "-"}[each.holds],
            Text(_by_types(study, each, _factor_cell)),
            Text(_weakest(study, each.weakest, each)),
            Text(_by_types(study, each, _rank_cell)),
        )
    rest = len(found.schedules) - len(told)
    return [table, *([Text(f"{counted(rest, 'more schedule')}; --all tells them.")] if rest else [])]


def _by_types(study: Study, schedule: Schedule, cell: Callable[[UnderType], str]) -> str:
    """Return a cell, under each type where it is not the same under all."""
    cells = {under.type: cell(under) for under in schedule.by_type}
    if len(set(cells.values())) == 1 or study.conflict.types is None:
        return next(iter(cells.values()))
    names = {each.id: clean(each.name) for each in study.conflict.types.types}
    return ", ".join(f"{names[type_ or '']}: {text}" for type_, text in cells.items())


def _factor_cell(under: UnderType) -> str:
    return "-" if under.holds is None else _factor(under.critical_factor)


def _rank_cell(under: UnderType) -> str:
    return "-" if under.by_ranks is None else _SPACINGS[under.by_ranks]


def _some(found: RoadmapAnswer) -> list[Schedule]:
    """Return the schedules worth telling first: as asked, the best, the single step; then the rest."""
    first = [found.schedules[0], *(best for _, best in found.best), found.at_once]
    chosen = [each for each in first if each is not None]
    for each in found.schedules:
        if len(chosen) >= _MOST_SCHEDULES:
            break
        chosen.append(each)
    return [each for each in found.schedules if any(each is one for one in chosen)]


def _weakest(study: Study, row: Row | None, schedule: Schedule) -> str:
    if row is None:
        return "-"
    place = "the end" if row.place > schedule.steps else f"step {row.place}"
    return f"{side_name(study, row.decision_maker, row.type)} at {place}, {percent(row.share)}"


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
