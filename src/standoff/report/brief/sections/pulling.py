"""What would make the states that are better hold without threats, and what would break them."""

from __future__ import annotations

from standoff.analyses.levers import Levers
from standoff.report.brief import origins
from standoff.report.brief.asked import Asked
from standoff.report.brief.value import Folded, Points, Section, Sentence
from standoff.report.levers import lever_sentences, lever_summary, now_sentence, question_sentence
from standoff.study import Study


def section(study: Study, asked: Asked) -> Section | None:
    """Return the least changes, each as a sentence; folded how far each was looked for."""
    found = asked.ways.levers
    if not found:
        return None
    return Section(
        key="levers",
        title="What would make it hold, and what would break it",
        blocks=(
            Points(tuple(sentence(study, each) for each in found)),
            Folded(
                title="Where it was looked for, and how each was checked",
                blocks=(Points(tuple(_looked_for(study, each) for each in found)),),
            ),
        ),
    )


def sentence(study: Study, found: Levers) -> Sentence:
    """Say what the least change is and what follows from it."""
    (lever,) = found.levers
    return Sentence(lever_summary(study, found, lever), (origins.lever(found),))


def _looked_for(study: Study, found: Levers) -> Sentence:
    (lever,) = found.levers
    how_much, *changes = lever_sentences(study, found, lever)
    told = (question_sentence(study, found), now_sentence(study, found), how_much, *changes[-1:])
    return Sentence(" ".join(told), (origins.lever(found),))
