"""Whether the phased deal of the file keeps itself: who keeps which step, and what stands behind it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from standoff.errors import ModelError, RefusedError, UsageError
from standoff.report.brief.asked import Asked
from standoff.report.brief.origins import phased
from standoff.report.brief.value import (
    Block,
    Folded,
    Origin,
    Paragraph,
    Path,
    Points,
    Section,
    Sentence,
    Table,
    told_by,
)
from standoff.report.names import clean
from standoff.report.roadmap.cells import (
    BY_PAYOFFS,
    BY_RANKS,
    in_fewer,
    payoff_cells,
    rank_cells,
    schedule_cells,
    schedules_left,
)
from standoff.report.roadmap.told import Told
from standoff.report.roadmap.words import assumptions, roadmap_told, step_words, terms, title
from standoff.study import Study
from standoff.study.roadmap import roadmap
from standoff.timing.roadmap.result import RoadmapAnswer

_TITLE = "Would the phased deal keep itself?"
_WHOLE = (Origin(kind="analysis", name="roadmap"),)


def section(study: Study, asked: Asked) -> Section | None:
    """Return the verdicts, folded who keeps which step; none if the model lists no steps."""
    del asked
    if study.conflict.roadmap is None or not study.conflict.roadmap.steps:
        return None
    try:
        found = roadmap(study)
    except (ModelError, RefusedError, UsageError) as error:
        lines = [f"Whether the phased deal keeps itself cannot be told. {clean(str(error))}"]
        return Section(key="phased", title=_TITLE, blocks=(Paragraph(told_by("roadmap", lines)),))
    told = roadmap_told(study, found)
    blocks: list[Block] = [
        Paragraph(told_by("roadmap", [f"{title(study, found)}: {terms(found)}"])),
        _points(each for each in told if not each.is_detail),
        _by_step(study, found, told),
    ]
    if len(found.schedules) > 1:
        blocks.append(_in_fewer(study, found))
    assumed = Points(told_by("roadmap", assumptions(study, found)))
    blocks.append(Folded(title="What is assumed about the deal", blocks=(assumed,)))
    return Section(key="phased", title=_TITLE, blocks=tuple(blocks))


def _points(told: Iterable[Told]) -> Points:
    """Return sentences with what each was made from; without that they come from the whole answer."""
    return Points(
        tuple(
            Sentence(each.text, tuple(one for about in each.about for one in phased(about)) or _WHOLE)
            for each in told
        )
    )


def _by_step(study: Study, found: RoadmapAnswer, told: list[Told]) -> Folded:
    return Folded(
        title="Step by step: who keeps it, and what that hangs on",
        blocks=(_steps(study, found), *_tables(study, found), *_details(told)),
    )


def _details(told: list[Told]) -> Iterator[Points]:
    """Return the details, each lot under the verdict that it belongs to: a detail may say just ‘it’."""
    starts = [place for place, each in enumerate(told) if not each.is_detail]
    for start, end in zip(starts, [*starts[1:], len(told)], strict=True):
        if end - start > 1:
            yield _points(told[start:end])


def _steps(study: Study, found: RoadmapAnswer) -> Path:
    return Path(
        title="The steps of the deal",
        states=found.states,
        sentences=told_by("roadmap", [step_words(study, step) for step in found.steps[:-1]]),
    )


def _tables(study: Study, found: RoadmapAnswer) -> Iterator[Table]:
    if found.rows:
        caption = "By payoffs: what keeping a step is worth over the best breach"
        yield Table(caption=caption, head=BY_PAYOFFS, rows=tuple(payoff_cells(study, found)))
    if found.rank_rows:
        caption = "By ranks: under which spacings of its ranks a side keeps a step"
        yield Table(caption=caption, head=BY_RANKS, rows=tuple(rank_cells(study, found)))


def _in_fewer(study: Study, found: RoadmapAnswer) -> Folded:
    rows = tuple(schedule_cells(study, found))
    left = schedules_left(found, len(rows))
    more = (Paragraph(told_by("roadmap", [left])),) if left else ()
    table = Table(caption="The same way in fewer joint steps", head=in_fewer(found), rows=rows)
    return Folded(title="The same deal in fewer steps", blocks=(table, *more))
