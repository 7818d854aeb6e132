"""Whether the coalitions of the model hold their common line, and what would drive them apart."""

from __future__ import annotations

from collections.abc import Iterator

from standoff.report.brief import origins
from standoff.report.brief.asked import Asked, CommonLine
from standoff.report.brief.value import Block, Folded, Points, Section, Sentence
from standoff.report.coalitions.wedges import line_summary, wedge_sentences
from standoff.report.names import clean
from standoff.report.ways import parties
from standoff.study import Study


def section(study: Study, asked: Asked) -> Section | None:
    """Return for each coalition how its members stand; folded one wedge of each kind."""
    if not asked.ways.lines:
        return None
    blocks: list[Block] = [Points(tuple(sentence(study, each) for each in asked.ways.lines))]
    blocks += [
        Folded(title=f"What would drive {clean(each.name)} apart", blocks=(Points(told),))
        for each in asked.ways.lines
        if (told := tuple(_wedges(study, each)))
    ]
    return Section(key="wedges", title="Where the common line could break", blocks=tuple(blocks))


def sentence(study: Study, each: CommonLine) -> Sentence:
    """Say how the members of a coalition stand, and how many moves are wedges."""
    told = " ".join(line_summary(study, each.line))
    return Sentence(
        f"{clean(each.name)} ({parties(study, each.members)}): {told[0].lower()}{told[1:]}",
        (origins.common_line(study, each),),
    )


def _wedges(study: Study, each: CommonLine) -> Iterator[Sentence]:
    for told in wedge_sentences(study, each.line):
        yield Sentence(told, (origins.common_line(study, each),))
