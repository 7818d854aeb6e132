"""What the log of events makes one believe about the type of a party, with a small picture."""

from __future__ import annotations

from standoff.errors import ModelError, RefusedError
from standoff.report.belief.words import (
    assumption_sentences,
    belief_sentences,
    diagnostic_sentences,
    prior_sentences,
)
from standoff.report.brief.asked import Asked
from standoff.report.brief.drawings import drawn
from standoff.report.brief.value import Paragraph, Section, told_by
from standoff.report.figures.belief import belief_svg
from standoff.report.names import clean, dm_name
from standoff.study import Study
from standoff.study.belief import belief


def section(study: Study, asked: Asked) -> Section | None:
    """Return the belief and its course; none if the model has no types or no log."""
    conflict = study.conflict
    if conflict.types is None or conflict.timing is None or conflict.timing.log is None:
        return None
    who = dm_name(study, conflict.types.decision_maker)
    title = f"What to believe about {who}"
    try:
        found = belief(study)
    except (ModelError, RefusedError) as error:
        faults = error.faults if isinstance(error, ModelError) else ()
        why = " ".join(fault.message for fault in faults) or str(error)
        lines = [f"What to believe about {who} cannot be told. {clean(why)}"]
        return Section(key="belief", title=title, blocks=(Paragraph(told_by("belief", lines)),))
    lines = [
        *belief_sentences(study, found, asked.yardstick),
        *diagnostic_sentences(found),
        *assumption_sentences(study, found),
    ]
    basis = tuple(prior_sentences(study, found))
    more = (Paragraph(told_by("belief", basis)),) if basis else ()
    picture = drawn(belief_svg(study, found, small=True), "Belief over time, event by event")
    return Section(key="belief", title=title, blocks=(Paragraph(told_by("belief", lines)), picture, *more))
