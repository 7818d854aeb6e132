"""How long to wait: the best policy, until when, and the given policies."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from standoff.errors import MissingExtraError, ModelError, RefusedError
from standoff.report.brief.asked import Asked
from standoff.report.brief.value import Judgement, Paragraph, Section, told_by
from standoff.report.names import clean
from standoff.report.waiting import waiting_sentences
from standoff.study import Study
from standoff.study.waiting import ROUGH_PATHS, wait

ROUGHLY = (
    "These figures come from one coarse grid and few simulated paths. On which assumed numbers the "
    "conclusions hang is not told here, since to find out can take minutes: the command standoff wait "
    "tells it, and refines the figures."
)

_PARTS = ("best", "date", "policies", "assumed")


def asked_for(study: Study) -> bool:
    """Return whether the model says what waiting is worth, and what else could be done."""
    timing = study.conflict.timing
    return timing is not None and bool(timing.payoffs and (timing.pivots or timing.policies))


def told(study: Study, asked: Asked) -> Mapping[str, Sequence[str]] | None:
    """Return sentences on how long to wait by part, roughly; None if the model does not ask."""
    if not asked_for(study):
        return None
    try:
        found = wait(study, vary=False, rough=True, paths=ROUGH_PATHS, seed=asked.seed)
    except (MissingExtraError, ModelError, RefusedError) as error:
        return {"assumed": (f"How long to wait cannot be told. {clean(str(error))}",)}
    known = waiting_sentences(study, found)
    return {**known, "assumed": (*known["assumed"], ROUGHLY)}


def section(study: Study, asked: Asked) -> Section | None:
    """Return how long to wait; none if the model does not say what waiting is worth."""
    parts = asked.waiting or told(study, asked)
    if parts is None:
        return None
    blocks = tuple(Paragraph(told_by("wait", tuple(parts[part]))) for part in _PARTS if part in parts)
    return Section(key="how-long", title="How long to wait", blocks=blocks)


def judgement(asked: Asked) -> Judgement | None:
    """Judge what to do now, and until when; None where that is not told."""
    parts = asked.waiting or {}
    if "best" not in parts:
        return None
    (do, *worth), (until, *more) = parts["best"], parts.get("date", ("",))
    return Judgement(
        key="waiting",
        sentence=told_by("wait", [f"{do} {until}".rstrip()])[0],
        rests_on=told_by("wait", [*worth, *more, *parts.get("policies", ())[:1]]),
        overturned_by=told_by("wait", tuple(parts["assumed"][-1:])),
    )
