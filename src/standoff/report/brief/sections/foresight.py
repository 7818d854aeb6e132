"""What those who look several moves ahead make of the status quo."""

from __future__ import annotations

from standoff.report.brief import origins
from standoff.report.brief.asked import Asked
from standoff.report.brief.value import Block, Folded, Points, Section, Sentence
from standoff.report.foresight import TITLES, foresight_told
from standoff.study import Study

_FIRST = "nonmyopic"


def section(study: Study, asked: Asked) -> Section | None:
    """Return what looking ever further settles to; folded the other kinds of foresight."""
    found = asked.ways.foresight
    if found is None:
        return None
    told = {
        kind: tuple(
            Sentence(each.text, tuple(origins.foresight(found, kind, each.who, one) for one in each.about))
            for each in sentences
        )
        for kind, sentences in foresight_told(study, found).items()
    }
    blocks: list[Block] = [Points(told[_FIRST])] if _FIRST in told else []
    blocks += [
        Folded(title=TITLES[kind], blocks=(Points(sentences),))
        for kind, sentences in told.items()
        if kind != _FIRST
    ]
    return Section(key="foresight", title="What looking ahead makes of it", blocks=tuple(blocks))
