"""Who could do together what nobody can alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from standoff.analyses.coalitions.results import Verdict
from standoff.report.brief import origins
from standoff.report.brief.asked import Asked
from standoff.report.brief.targets import TOLD
from standoff.report.brief.value import Block, Folded, Points, Section, Sentence
from standoff.report.coalitions.words import against_sentence, coalition_name, verdict_sentences
from standoff.report.names import counted
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
    told += [_undone(study, verdicts) for verdicts in found.elsewhere]
    reasons = [each for verdicts in (*found.leaving, *found.elsewhere) for each in _reasons(study, verdicts)]
    if found.untold:
        more = counted(found.untold, "more coalition has", "more coalitions have")
        rest = f"{more} reason to leave {today} with no smaller one in it that has; coalitions tells why."
        reasons.append(Sentence(rest, (count,)))
    blocks: tuple[Block, ...] = (
        Points(tuple(told)),
        Folded(title="What they would do together", blocks=(Points(tuple(reasons)),)),
    )
    return Section(key="together", title="Who could act together", blocks=blocks)


def _undone(study: Study, verdicts: Sequence[Verdict]) -> Sentence:
    """Say that a state holds if each moves alone, and not if a coalition acts as one."""
    first = verdicts[0]
    name = coalition_name(study, first.coalition)
    short = CONCEPTS[TOLD].short
    return Sentence(
        f"{first.state} holds if each moves alone, but not if {name} acts as one ({short}).",
        (
            origins.equilibrium(study, first.state, TOLD),
            *(origins.together(each) for each in verdicts if each.concept == TOLD),
        ),
    )


def _reasons(study: Study, verdicts: Sequence[Verdict]) -> Iterator[Sentence]:
    for told in verdict_sentences(study, verdicts):
        yield Sentence(told, tuple(map(origins.together, verdicts)))
