"""Deals as patterns of states: how many of them would hold, for whom not, and why."""

from __future__ import annotations

from standoff.report.brief.asked import Asked, Deal
from standoff.report.brief.targets import TOLD
from standoff.report.brief.value import Folded, Origin, Points, Section, Sentence, Table
from standoff.report.names import clean, dm_name
from standoff.report.patterns import shortfall_sentences
from standoff.stability.concepts import CONCEPTS
from standoff.study import Study


def section(study: Study, asked: Asked) -> Section | None:
    """Return a table and sentences on each deal that was given; none if there are no deals."""
    if not asked.deals:
        return None
    more = Folded(
        title="Who would leave them, and why", blocks=tuple(_points(study, deal) for deal in asked.deals)
    )
    blocks = (_table(study, asked.deals), more)
    return Section(key="deals", title="Deals, as all states in which they hold", blocks=blocks)


def deal_origin(study: Study, deal: Deal) -> Origin:
    """Return how many states of a deal are equilibria under the concept told."""
    number = study.pattern(deal.statement).equilibria[TOLD]
    return Origin(kind="pattern", statement=deal.statement, concept=TOLD, number=number)


def _points(study: Study, deal: Deal) -> Points:
    found = study.pattern(deal.statement)
    origin = (deal_origin(study, deal),)
    if not found.states:
        return Points((Sentence(f"{clean(deal.label)}: no state satisfies it.", origin),))
    first, *reasons = shortfall_sentences(study, found)
    opening = Sentence(f"{clean(deal.label)}: {first[0].lower()}{first[1:]}", origin)
    return Points((opening, *(Sentence(line.removeprefix("- "), origin) for line in reasons)))


def _table(study: Study, deals: tuple[Deal, ...]) -> Table:
    rows = []
    for deal in deals:
        found = study.pattern(deal.statement)
        counts = (found.states, found.equilibria["nash"], found.equilibria[TOLD])
        better = [found.than_status_quo[dm].better for dm in study.decision_makers]
        rows.append((clean(deal.label), clean(deal.statement), *(f"{n:,}" for n in (*counts, *better))))
    names = [f"better for {dm_name(study, dm.id)}" for dm in study.conflict.decision_makers]
    better_than = f"how many are better than {study.status_quo}"
    return Table(
        caption=f"How many states each deal has, how many would hold, and {better_than}",
        head=("deal", "what it fixes", "states", "Nash", CONCEPTS[TOLD].short, *names),
        rows=tuple(rows),
    )
