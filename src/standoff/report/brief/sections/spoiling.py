"""Who could spoil the states that would hold: inside or outside, paid by it or not, deterred by whom."""

from __future__ import annotations

from collections.abc import Sequence

from standoff.analyses.spoilers import Deal, Spoiler
from standoff.report.brief import origins
from standoff.report.brief.asked import Asked
from standoff.report.brief.targets import TOLD
from standoff.report.brief.value import Folded, Points, Section, Sentence, Table
from standoff.report.coalitions.deals import deal_sentence, spoiler_sentence
from standoff.report.names import dm_name, listed
from standoff.stability.concepts import CONCEPTS
from standoff.study import Study

_PAID = ("would undo", "deterred")


def section(study: Study, asked: Asked) -> Section | None:
    """Return a sentence on each state to which ways are told, and a table of all parties."""
    deals = asked.ways.deals
    if not deals:
        return None
    more = tuple(
        Sentence(f"{deal.state}: {spoiler_sentence(study, deal, each)}", (origins.spoiler(deal, each),))
        for deal in deals
        for each in deal.parties
        if each.grade in _PAID
    )
    title = "What each would gain by, and what deters it"
    folded = (Folded(title=title, blocks=(Points(more),)),) if more else ()
    return Section(
        key="spoiling",
        title="Who could spoil it",
        blocks=(
            Points(tuple(sentence(study, deal) for deal in deals)),
            _table(study, deals),
            *folded,
        ),
    )


def sentence(study: Study, deal: Deal) -> Sentence:
    """Say who would undo a deal, who is deterred and who loses."""
    return Sentence(deal_sentence(study, deal), tuple(origins.spoiler(deal, each) for each in deal.parties))


def _table(study: Study, deals: Sequence[Deal]) -> Table:
    return Table(
        caption=f"What each deal is to whom, against {study.status_quo} ({CONCEPTS[TOLD].short})",
        head=("deal", *(dm_name(study, dm.id) for dm in study.conflict.decision_makers)),
        rows=tuple((deal.state, *(_cell(study, each) for each in deal.parties)) for deal in deals),
    )


def _cell(study: Study, each: Spoiler) -> str:
    by = f" by {listed(dm_name(study, dm) for dm in each.deterred_by)}" if each.deterred_by else ""
    return f"{each.against_now}; {each.grade}{by}"
