"""On what evidence the model stands: sources, passages, paraphrases, assumptions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from standoff.evidence import Source
from standoff.report.brief.asked import Asked
from standoff.report.brief.value import Block, Origin, Paragraph, Section, Sentence, Table
from standoff.report.elements import Element, elements
from standoff.report.names import clean, counted
from standoff.study import Study
from standoff.timing.waiting.numbers import numbers


def section(study: Study, asked: Asked) -> Section:
    """Return what each element rests on."""
    del asked
    found = list(elements(study.conflict))
    blocks: list[Block] = [Paragraph((tally(study), *_of_sources(study)))]
    if study.conflict.sources:
        blocks.append(_sources(study.conflict.sources))
    cited = [element for element in found if element.evidence is not None and element.evidence.citations]
    if cited:
        blocks.append(_passages(cited))
    bare = [element for element in found if element.standing in {"assumed", "no evidence"}]
    if bare:
        blocks.append(_without(bare))
    return Section(key="evidence", blocks=tuple(blocks))


def tally(study: Study) -> Sentence:
    """Say how many elements are sourced, assumed, contested and without evidence."""
    found = Counter(element.standing for element in elements(study.conflict))
    total = found.total()
    origin = Origin(kind="evidence", number=total)
    text = (
        f"The model has {counted(total, 'element')}: {found['sourced']:,} sourced, {found['assumed']:,} "
        f"assumed, {found['contested']:,} contested by a source, {found['no evidence']:,} without evidence."
    )
    if study.conflict.timing is not None:
        known = numbers(study.conflict)
        assumed = sum(each.is_assumption for each in known)
        text += f" Of its {counted(len(known), 'number')} about time, {assumed:,} are assumed."
    return Sentence(text, (origin,))


def _of_sources(study: Study) -> list[Sentence]:
    if not study.conflict.sources:
        return [Sentence("The model file names no source.")]
    told = (
        f"{counted(len(study.conflict.sources), 'source')}. Positions count characters (code points) from "
        "the start of a source, the end not included. What a passage says is paraphrased, never quoted."
    )
    return [Sentence(told)]


def _sources(sources: Sequence[Source]) -> Table:
    rows = tuple(
        (
            clean(source.id),
            clean(source.title),
            clean(", ".join(part for part in (source.author, source.outlet) if part)),
            clean(source.published or ""),
            clean(source.published_basis or ""),
        )
        for source in sources
    )
    head = ("source", "title", "author, outlet", "published", "date rests on")
    return Table(caption="Sources", head=head, rows=rows)


def _passages(cited: Sequence[Element]) -> Table:
    rows = tuple(
        (
            _called(element),
            clean(citation.says),
            citation.stance,
            citation.directness,
            f"{clean(citation.source)} {citation.start}-{citation.end}",
        )
        for element in cited
        for citation in (element.evidence.citations if element.evidence else ())
    )
    head = ("element", "what the passage says, in our words", "stance", "directness", "where")
    return Table(caption="Passages", head=head, rows=rows)


def _without(bare: Sequence[Element]) -> Table:
    rows = tuple((_called(e), clean(e.text), e.standing, clean(e.note)) for e in bare)
    head = ("element", "what it says", "rests on", "note")
    return Table(caption="Assumed, or without evidence", head=head, rows=rows)


def _called(element: Element) -> str:
    owner = f"{element.owner}, " if element.owner else ""
    return clean(f"{owner}{element.kind}: {element.name}")
