"""Who could do together what nobody can alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from standoff.analyses.coalitions.results import Verdict
from standoff.report.brief import origins
from standoff.report.brief.asked import Asked, Undone
from standoff.report.brief.targets import TOLD
from standoff.report.brief.value import Block, Folded, Points, Section, Sentence
from standoff.report.coalitions.words import against_sentence, coalition_name, verdict_sentences
from standoff.report.names import counted, listed
from standoff.stability.concepts import CONCEPTS
from standoff.study import Study


def section(study: Study, asked: Asked) -> Section | None:
    """Return which coalitions leave the status quo or states that hold; folded how."""
    found = asked.ways.joint
    if found is None:
        return None
    today = study.status_quo
    count = origins.coalitions(today, TOLD, len(found.everybody.against))
    told = (
        [Sentence(against_sentence(study, today, TOLD, found.everybody), (count,))] if found.leaving else []
    )
    told += [_undone(study, each) for each in found.elsewhere]
    if not found.complete:
        told.append(Sentence("Time ran out before all states told were looked at; coalitions tells of them."))
    verdicts = [*found.leaving, *(each.least[0] for each in found.elsewhere)]
    reasons = [sentence for each in verdicts for sentence in _reasons(study, each)]
    if found.untold:
        more = counted(found.untold, "more coalition has", "more coalitions have")
        rest = f"{more} reason to leave {today} with no smaller one in it that has; coalitions tells why."
        reasons.append(Sentence(rest, (count,)))
    blocks: tuple[Block, ...] = (Points(tuple(told)),)
    if reasons:
        blocks = (*blocks, Folded(title="What they would do together", blocks=(Points(tuple(reasons)),)))
    return Section(key="together", title="Who could act together", blocks=blocks)


def _undone(study: Study, found: Undone) -> Sentence:
    """Say that a state holds if each moves alone, and not if a coalition acts as one."""
    names = [coalition_name(study, verdicts[0].coalition) for verdicts in found.least]
    names += [f"one of {found.more} more"] if found.more > 1 else ["one more"] * found.more
    told = [verdict for verdicts in found.least for verdict in verdicts if verdict.concept == TOLD]
    return Sentence(
        f"{found.state} holds if each moves alone, but not if {listed(names, 'or')} acts as one "
        f"({CONCEPTS[TOLD].short}).",
        (
            origins.equilibrium(study, found.state, TOLD),
            *map(origins.together, told),
            origins.coalitions(found.state, TOLD, len(found.least) + found.more),
        ),
    )


def _reasons(study: Study, verdicts: Sequence[Verdict]) -> Iterator[Sentence]:
    for told in verdict_sentences(study, verdicts):
        yield Sentence(told, tuple(map(origins.together, verdicts)))
