"""Where improvements go round in circles: who goes round in what, and who can get out."""

from __future__ import annotations

from collections.abc import Iterator

from standoff.analyses.paths.result import Cycles
from standoff.report.brief import origins
from standoff.report.brief.asked import Asked
from standoff.report.brief.value import Block, Folded, Path, Points, Section, Sentence
from standoff.report.cycles import cycles_sentences
from standoff.report.steps import step_words
from standoff.study import Study


def section(study: Study, asked: Asked) -> Section | None:
    """Return a sentence on each kind of round, and folded a shortest one; None if there are no rounds."""
    found = asked.ways.cycles
    if found is None or not (found.rounds or found.stopped):
        return None
    origin = (origins.rounds(found),)
    points = Points(tuple(Sentence(line, origin) for line in cycles_sentences(study, found)))
    blocks: tuple[Block, ...] = (points,)
    if found.told:
        title = "A shortest round of each kind, step by step"
        blocks += (Folded(title=title, blocks=tuple(_paths(study, found))),)
    return Section(key="circles", title="Where it goes round in circles", blocks=blocks)


def _paths(study: Study, found: Cycles) -> Iterator[Path]:
    for number, each in enumerate(found.told, 1):
        yield Path(
            title=f"Round {number}, from {each.cycle[0].origin} back to it",
            states=(each.cycle[0].origin, *(step.target for step in each.cycle)),
            sentences=tuple(
                Sentence(step_words(study, step), (origins.rounds(found),)) for step in each.cycle
            ),
        )
