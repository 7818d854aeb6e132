"""Patterns of states, such as deals: for whom they hold, for whom not and why, and better than what."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any

from rich.box import SIMPLE_HEAD
from rich.console import Group
from rich.table import Table
from rich.text import Text

from standoff.analyses.patterns import Pattern, Shortfall
from standoff.report.names import counted, dm_name, listed
from standoff.report.words import reason
from standoff.stability.concepts import CONCEPTS, IMPLIED, weakest
from standoff.study import Study

TOLD = "seq"
"""The concept under which it is told for whom states do not hold: replies must pay those who reply."""

_MOST_TOLD = 6


def patterns_view(study: Study, statements: Sequence[str]) -> Group:
    """Return a table and a few sentences for each statement."""
    parts: list[Text | Table] = []
    for statement in statements:
        found = study.pattern(statement)
        parts += [Text(f"\nStates with {' '.join(statement.split())}", style="bold"), _size(study, found)]
        if found.states:
            parts += [_table(study, found), *map(Text, shortfall_sentences(study, found))]
    return Group(*parts)


def pattern_document(study: Study, statement: str) -> dict[str, Any]:
    """Return one entry of the list under ``patterns`` of the document ``standoff.study/1``."""
    return {"statement": " ".join(statement.split()), **asdict(study.pattern(statement))}


def shortfall_sentences(study: Study, found: Pattern, concept: str = TOLD) -> Iterator[str]:
    """Say for whom which of the states do not hold, and give a reason for each of these decision makers.

    The reason is that of the state with the fewest decision makers against it that is nearest to
    the status quo, under the weakest concept implied by this one under which it is not stable.
    """
    short = CONCEPTS[concept].short
    shortfalls = found.shortfalls[concept]
    if not shortfalls:
        these = {1: "It is", 2: "Both are"}.get(found.states, f"All {found.states:,} are")
        yield f"{these} stable for everybody under {short}."
        return
    holding = found.equilibria[concept]
    counts = [f"for everybody in {holding:,}" if holding else "for everybody in none"]
    told_apart = [s for s in shortfalls if len(shortfalls) <= _MOST_TOLD or len(s.decision_makers) == 1]
    counts += [f"for all but {_names(study, each)} in {each.states:,}" for each in told_apart]
    if told_apart != list(shortfalls):
        rest = sum(each.states for each in shortfalls if each not in told_apart)
        counts.append(f"for all but two or more of them in {rest:,}")
    yield f"Stable under {short} {listed(counts)}."
    told: set[str] = set()
    for each in shortfalls:
        for dm in each.decision_makers:
            if dm not in told:
                told.add(dm)
                yield f"- {dm_name(study, dm)} {_why_not(study, each, dm, concept)}"


def _names(study: Study, shortfall: Shortfall) -> str:
    return listed(dm_name(study, dm) for dm in shortfall.decision_makers)


def _why_not(study: Study, shortfall: Shortfall, dm: str, concept: str) -> str:
    state, row = study.space.index(shortfall.nearest), study.number_of(dm)
    weaker = {concept} | IMPLIED[concept]
    concept = weakest(key for key, rows in study.stable.items() if key in weaker and not rows[row, state])[0]
    taken = ", ".join(study.space.taken(state)) or "no option taken"
    away = f"{taken}; {counted(shortfall.distance, 'option')} from the status quo"
    verdict = study.verdict(shortfall.nearest, dm, concept)
    short = CONCEPTS[concept].short
    return f"does not hold at {shortfall.nearest} ({away}) under {short}: {reason(study, verdict)}"


def _size(study: Study, found: Pattern) -> Text:
    share = f"{found.states / study.space.size:.1%}"
    return Text(f"{counted(found.states, 'feasible state')} of {study.space.size:,} ({share})", style="dim")


def _table(study: Study, found: Pattern) -> Table:
    """Return how many states are stable for whom, and how many are better or worse than the status quo."""
    table = Table(box=SIMPLE_HEAD, pad_edge=False, show_edge=False)
    table.add_column("stable for", no_wrap=True)
    for concept in study.concepts:
        table.add_column(CONCEPTS[concept].short, justify="right")
    for heading in ("better than status quo", "equal", "worse"):
        table.add_column(heading, justify="right")
    for dm in study.decision_makers:
        stable = [found.stable[concept][dm] for concept in study.concepts]
        compared = found.than_status_quo[dm]
        cells = [*stable, compared.better, compared.equal, compared.worse]
        table.add_row(dm, *(f"{number:,}" for number in cells))
    together = (f"{found.equilibria[concept]:,}" for concept in study.concepts)
    table.add_row("everybody", *together, style="bold")
    return table
