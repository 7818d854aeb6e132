"""What to watch: the indicators that would say most, and the plans that they start."""

from __future__ import annotations

from standoff.errors import MissingExtraError, ModelError, RefusedError
from standoff.report.brief.asked import Asked
from standoff.report.brief.value import Paragraph, Section, told_by
from standoff.report.names import clean
from standoff.report.watching import watch_sentences
from standoff.study import Study
from standoff.study.watch import watch


def section(study: Study, asked: Asked) -> Section | None:
    """Return what to watch; none if the model has no types or no rates, or its log is at fault."""
    if study.conflict.types is None or study.conflict.timing is None:
        return None
    try:
        found = watch(study, rough=True)
        lines = watch_sentences(study, found, asked.yardstick)
    except (MissingExtraError, ModelError, RefusedError) as error:
        lines = [f"What to watch cannot be told. {clean(str(error))}"]
    return Section(
        key="watch",
        title="What to watch in the next twelve months",
        blocks=(Paragraph(told_by("watch", lines)),),
    )
