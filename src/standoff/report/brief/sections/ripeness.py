"""Is it ripe: who can win, what each is sure of, whether something is better for all and holds."""

from __future__ import annotations

from standoff.analyses.ripeness import Ripeness
from standoff.report.brief import origins
from standoff.report.brief.asked import Asked
from standoff.report.brief.value import Block, Folded, Points, Section, Sentence, Table
from standoff.report.by_type import types_lines
from standoff.report.names import dm_name
from standoff.report.ripeness import ripeness_cells, ripeness_lines, ripeness_sentence
from standoff.study import Study

_TOLD = ("Zone of agreement", "Way out")


def section(study: Study, asked: Asked) -> Section | None:
    """Return a sentence on the condition that fails, a line for each party, and the way out."""
    if not asked.ways.ripeness:
        return None
    everybody, *_ = asked.ways.ripeness
    lines = [line for title, told in ripeness_lines(study, everybody) if title in _TOLD for line in told]
    blocks: tuple[Block, ...] = (
        Points(tuple(sentence(study, found) for found in asked.ways.ripeness)),
        _table(study, everybody),
        Folded(
            title="The zone of agreement and the way out",
            blocks=(Points(tuple(Sentence(line, (origins.ripeness(everybody),)) for line in lines)),),
        ),
    )
    if everybody.by_type:
        told = tuple(Sentence(line, (origins.ripeness(everybody),)) for line in types_lines(study, everybody))
        blocks = (*blocks, Folded(title="If it is of one type or another", blocks=(Points(told),)))
    return Section(key="ripe", title="Is it ripe?", blocks=blocks)


def sentence(study: Study, found: Ripeness) -> Sentence:
    """Say which condition of ripeness fails, or that none does."""
    return Sentence(f"State {ripeness_sentence(study, found)}", (origins.ripeness(found),))


def _table(study: Study, found: Ripeness) -> Table:
    return Table(
        caption=f"Each party at {found.state}: ranks above or below it in brackets",
        head=("party", "can win", "sure of, without an agreement", "precipice if it stays"),
        rows=tuple(
            (dm_name(study, dm), *cells)
            for dm, cells in zip(found.parties, ripeness_cells(found), strict=True)
        ),
    )
