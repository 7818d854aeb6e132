"""How long to wait: the best policy, until when, and the given policies."""

from __future__ import annotations

from standoff.errors import MissingExtraError, ModelError, RefusedError
from standoff.report.brief.asked import Asked
from standoff.report.brief.value import Paragraph, Section, told_by
from standoff.report.names import clean
from standoff.report.waiting import waiting_sentences
from standoff.study import Study
from standoff.study.waiting import ROUGH_PATHS, wait

ROUGHLY = (
    "These figures come from one coarse grid and few simulated paths. On which assumed numbers the "
    "conclusions hang is not told here, since to find out can take minutes: the command standoff wait "
    "tells it, and refines the figures."
)


def asked_for(study: Study) -> bool:
    """Return whether the model says what waiting is worth, and what else could be done."""
    timing = study.conflict.timing
    return timing is not None and bool(timing.payoffs and (timing.pivots or timing.policies))


def section(study: Study, asked: Asked) -> Section | None:
    """Return how long to wait, roughly; none if the model does not say what waiting is worth."""
    if not asked_for(study):
        return None
    title = "How long to wait"
    try:
        found = wait(study, vary=False, rough=True, paths=ROUGH_PATHS, seed=asked.seed)
    except (MissingExtraError, ModelError, RefusedError) as error:
        lines = [f"How long to wait cannot be told. {clean(str(error))}"]
        return Section(key="how-long", title=title, blocks=(Paragraph(told_by("wait", lines)),))
    told = waiting_sentences(study, found)
    blocks = [Paragraph(told_by("wait", told[part])) for part in ("best", "date", "policies") if part in told]
    last = [*told["assumed"], ROUGHLY]
    return Section(key="how-long", title=title, blocks=(*blocks, Paragraph(told_by("wait", last))))
