"""What changed since an earlier brief or model, and which verdicts changed because of it."""

from __future__ import annotations

from standoff.analyses.changes import Turn
from standoff.report.brief.asked import Asked
from standoff.report.brief.value import Block, Origin, Paragraph, Points, Section, Sentence, told_by
from standoff.report.changes import Told, told
from standoff.report.names import clean
from standoff.study import Study


def section(study: Study, asked: Asked) -> Section | None:
    """Return the changes since the earlier model asked for; None if none was."""
    del study
    if asked.since is None:
        return None
    text = told(asked.since.found)
    opening = f"Compared with {clean(asked.since.called)}. {text.headline}"
    blocks: list[Block] = [Paragraph(told_by("compare", [opening]))]
    if text.verdicts:
        blocks.append(Points(tuple(_verdicts(text))))
    if text.changes:
        blocks += [
            Paragraph(told_by("compare", ["The changes of the model, in the order of their numbers:"])),
            Points(told_by("compare", [f"{k}. {line}" for k, line in enumerate(text.changes, start=1)])),
        ]
    if text.apart:
        blocks += [
            Paragraph(told_by("compare", ["What changed beside, and leaves every verdict as it is:"])),
            Points(told_by("compare", text.apart)),
        ]
    if text.method:
        blocks.append(Paragraph(told_by("compare", [text.method])))
    return Section(key="since", blocks=tuple(blocks))


def _verdicts(text: Told) -> list[Sentence]:
    found = [
        Sentence(verdict.text, tuple(_origin(turn) for turn in verdict.turns)) for verdict in text.verdicts
    ]
    return [*found, *told_by("compare", [text.left_out] if text.left_out else [])]


def _origin(turn: Turn) -> Origin:
    """Return the verdict as it is now."""
    if turn.place is None:
        return Origin(kind="equilibria", concept=turn.concept, number=int(turn.after))
    if turn.place.label is None or turn.concept == "feasible":
        return Origin(kind="analysis", name="compare")
    kind = "equilibrium" if turn.decision_maker is None else "verdict"
    return Origin(
        kind=kind,
        state=turn.place.label,
        decision_maker=turn.decision_maker,
        concept=turn.concept,
        stable=bool(turn.after),
    )
