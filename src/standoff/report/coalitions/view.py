"""Coalitions on the terminal: sentences and tables."""

from __future__ import annotations

from collections.abc import Iterator

from rich.box import SIMPLE_HEAD
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from standoff.analyses.spoilers import Deal
from standoff.report.coalitions.deals import spoiler_sentence
from standoff.report.coalitions.words import (
    agreement_sentences,
    all_sentences,
    coalition_name,
    together,
    view_sentences,
)
from standoff.report.names import state_name
from standoff.stability.concepts import CONCEPTS
from standoff.study import Study
from standoff.study.coalitions import Coalitions

_RULES = {
    "legal_sequence": "members move one after the other, nobody twice in a row",
    "one_jump": "members change their options all at once",
}


def coalitions_view(study: Study, found: Coalitions, *, every: bool = False) -> Group:
    """Return the whole answer of ``standoff coalitions``."""
    parts: list[RenderableType] = [
        Text(f"Coalitions at {state_name(study, found.state)}", style="bold").append(
            f"\nRule {found.rule}: {_RULES[found.rule]}.", style="not bold dim"
        ),
        *([Text(f"Assumed: {found.assumed}")] if found.assumed else []),
    ]
    for view in found.coalitions:
        name = coalition_name(study, view.members)
        parts.append(_title(f"{name}: {together(study, view.members)}"))
        parts += [Text(f"- {line}") for line in view_sentences(study, view, found.reachable, every=every)]
    parts.append(_title("All coalitions"))
    parts += [Text(f"- {line}") for line in all_sentences(study, found, every=every)]
    if found.agreement:
        parts.append(_title("How far two rank the states within reach the same way"))
        parts.append(_agreement(found))
    parts += map(Text, agreement_sentences(study, found))
    for deal in found.deals:
        parts += list(_deal(study, deal))
        if deal.state in found.unreached:
            parts.append(Text(f"- No sequence of moves leads to it from {state_name(study, found.state)}."))
    return Group(*parts)


def _title(text: str) -> Text:
    return Text(f"\n{text}", style="bold")


def _table(*headings: str) -> Table:
    table = Table(box=SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for heading in headings:
        table.add_column(heading, no_wrap=True)
    return table


def _agreement(found: Coalitions) -> Table:
    table = _table("between")
    for heading in ("agreement", "same order", "opposite", "tied for both", "tied for one"):
        table.add_column(heading, justify="right", no_wrap=True)
    for each in found.agreement:
        counts = (each.same, each.opposite, each.tied_for_both, each.tied_for_one)
        share = "-" if each.index is None else f"{float(each.index):.1%}"
        table.add_row(" and ".join(each.decision_makers), share, *(f"{count:,}" for count in counts))
    return table


def _deal(study: Study, deal: Deal) -> Iterator[RenderableType]:
    yield _title(
        f"The deal {deal.state}, against {state_name(study, deal.compared_with)} "
        f"(sanctions as under {CONCEPTS[deal.concept].short})"
    )
    table = _table("party", "for it", "place", "grade")
    for each in deal.parties:
        place = {True: "inside", False: "outside", None: "-"}[each.acts]
        by = f" by {', '.join(each.deterred_by)}" if each.grade == "deterred" else ""
        table.add_row(each.party, each.against_now, place, each.grade + by)
    yield table
    for each in deal.parties:
        yield Text(f"- {spoiler_sentence(study, deal, each)}")
