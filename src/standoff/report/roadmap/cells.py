"""The tables of a phased deal as cells of text, for the terminal and for pages."""

from __future__ import annotations

from collections.abc import Callable

from standoff.report.names import clean, counted
from standoff.report.roadmap.names import percent, side_name, unseen_words
from standoff.report.roadmap.words import breach_words, rate_words
from standoff.study import Study
from standoff.timing.roadmap.result import RoadmapAnswer, Schedule, UnderType
from standoff.timing.roadmap.verdicts import Row

Cells = tuple[str, ...]

BY_PAYOFFS: Cells = (
    "step",
    "side",
    "kept",
    "margin",
    "share",
    "critical factor",
    "kept at",
    "unseen for",
    "best breach",
)
BY_RANKS: Cells = ("step", "side", "kept")

_SPACINGS = {"all": "under every spacing", "some": "under some spacings", "none": "under none"}
_MOST_SCHEDULES = 6


def payoff_cells(study: Study, found: RoadmapAnswer) -> list[Cells]:
    """Return a row for each step and each side whose payoffs are known."""
    return [
        (
            _place(found, row.place),
            side_name(study, row.decision_maker, row.type),
            "yes" if row.holds else "no",
            f"{row.margin:.4g}",
            percent(row.share),
            _factor(row.critical_factor),
            rate_words(row),
            unseen_words(seen.months),
            breach_words(study, found, row.place, row.decision_maker, row.breach),
        )
        for row, seen in zip(found.rows, found.detection, strict=True)
    ]


def rank_cells(study: Study, found: RoadmapAnswer) -> list[Cells]:
    """Return a row for each step, and for all of them, and each side of which only ranks are known."""
    return [
        (_place(found, row.place), side_name(study, row.decision_maker, row.type), _SPACINGS[row.holds])
        for row in found.rank_rows
    ]


def in_fewer(found: RoadmapAnswer) -> Cells:
    """Return the headings of the table of schedules."""
    kept = "kept by payoffs" if found.rank_rows else "kept"
    return ("steps", "stops", kept, "critical factor", "weakest", "by ranks")


def schedule_cells(study: Study, found: RoadmapAnswer, *, every: bool = False) -> list[Cells]:
    """Return a row for each schedule, or for those worth telling first."""
    return [
        (
            str(each.steps),
            ", ".join(each.states[1:]),
            {True: "yes", False: "no", None: "-"}[each.holds],
            _by_types(study, each, _factor_cell),
            _weakest(study, each.weakest, each),
            _by_types(study, each, _rank_cell),
        )
        for each in (found.schedules if every else _some(found))
    ]


def schedules_left(found: RoadmapAnswer, told: int) -> str:
    """Say how many schedules are not in a table of so many; empty if none."""
    rest = len(found.schedules) - told
    return f"{counted(rest, 'more schedule')}; roadmap --all tells them." if rest else ""


def _place(found: RoadmapAnswer, place: int | None) -> str:
    if place is None:
        return "all"
    return "end" if place == len(found.steps) else str(place)


def _factor(value: float | None) -> str:
    return "none" if value is None else f"{value:.4f}"


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
