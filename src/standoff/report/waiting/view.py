"""How long to wait as tables for the terminal and as one document."""

from __future__ import annotations

from collections.abc import Iterator
from math import isfinite
from typing import Any

from rich.box import SIMPLE_HEAD
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from standoff.report.documents import header
from standoff.report.names import dm_name
from standoff.report.plain import plain
from standoff.report.timed_names import kind_name, pivot_name, type_name
from standoff.report.waiting.hanging import factor_text, kappa_text, number_name
from standoff.report.waiting.sentences import amount, waiting_sentences, within
from standoff.study import Study
from standoff.timing.waiting import Best, Waiting
from standoff.timing.waiting.sensitivity import Conclusion, Sensitivity
from standoff.timing.waiting.silence import Quiet

TITLES = {
    "best": "What to do",
    "date": "Until when",
    "information": "What it would be worth to know more",
    "policies": "The given policies",
    "hanging": "What the answer hangs on",
    "assumed": "What is assumed",
}


def waiting_view(study: Study, found: Waiting) -> Group:
    """Return the answer for the terminal: a heading, its sentences and a table for each part."""
    told = waiting_sentences(study, found)
    tables = dict(_tables(study, found))
    parts: list[RenderableType] = [Text(f"How long to wait: {dm_name(study, found.focal)}", style="bold")]
    for part, title in TITLES.items():
        if part not in told:
            continue
        parts += [Text(""), Text(title, style="bold"), *(Text(sentence) for sentence in told[part])]
        if part in tables:
            parts.append(tables[part])
    return Group(*parts)


def _tables(study: Study, found: Waiting) -> Iterator[tuple[str, Table]]:
    if found.best is not None:
        if len(found.best.begins) > 1:
            yield "best", _begins(study, found.best)
        yield "date", _after(study, found, found.best)
    if found.policies:
        yield "policies", _policies(study, found)
    if found.sensitivity is not None:
        yield "hanging", _varied(study, found.sensitivity)
    if found.assumed:
        yield "assumed", _assumed(study, found)


def _table(*columns: str) -> Table:
    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    for place, column in enumerate(columns):
        table.add_column(column, justify="left" if not place else "right")
    return table


def _begins(study: Study, best: Best) -> Table:
    table = _table("beginning in", "worth at most")
    for state, value in best.begins:
        table.add_row(f"{state} (as it is)" if state == study.status_quo else state, amount(value))
    return table


def _after(study: Study, found: Waiting, best: Best) -> Table:
    beliefs = found.types if len(found.types) > 1 else ()
    table = _table("if this were seen now", *(type_name(study, each) for each in beliefs), "pivot", "to")
    for each in best.after:
        day = "nothing left to decide" if each.ends_waiting else _day(each.quiet)
        shown = [f"{100 * belief:.3g} %" for belief in each.belief] if beliefs else []
        to = "" if each.quiet.pivot is None else pivot_name(study, each.quiet.pivot)
        table.add_row(kind_name(study, each.kind, best.state), *shown, day, to)
    return table


def _day(quiet: Quiet) -> str:
    if not quiet.ever:
        return "never"
    return str(quiet.day) if quiet.day is not None else f"{quiet.years:.2g} years"


def _policies(study: Study, found: Waiting) -> Table:
    types = found.types if len(found.types) > 1 else ()
    table = _table(
        "policy", "in state", "worth", *(f"if {type_name(study, each)}" for each in types), "pivots", "years"
    )
    for each in found.policies:
        shown = [within(value) for value in each.by_type] if types else []
        years = [f"{value:.3g}" for value in each.years if isfinite(value)]
        table.add_row(
            each.policy.label,
            each.state,
            within(each.value),
            *shown,
            " / ".join(f"{100 * share:.3g} %" for share in each.pivots),
            " / ".join(years) or "never",
        )
    return table


def _varied(study: Study, sensitivity: Sensitivity) -> Table:
    table = _table("with", "do", "in state", "worth at most", "pivot if quiet", "to", "best given policy")
    rows: list[tuple[str, Conclusion]] = [("the model as it is", sensitivity.base)]
    rows += [(f"kappa {kappa_text(kappa)}", conclusion) for kappa, conclusion in sensitivity.kappas]
    turned = {*sensitivity.now_hangs_on, *sensitivity.date_hangs_on, *sensitivity.policy_hangs_on}
    rows += [
        (f"{each.number.place} {factor_text(each.factor)}", each.conclusion)
        for each in sensitivity.varied
        if each in turned
    ]
    for name, conclusion in rows:
        quiet = f"{conclusion.quiet_years:.3g} years" if isfinite(conclusion.quiet_years) else "never"
        do = "wait" if conclusion.now == "wait" else pivot_name(study, conclusion.now)
        best = conclusion.best_policy or "-"
        to = "-" if conclusion.quiet_pivot is None else pivot_name(study, conclusion.quiet_pivot)
        table.add_row(name, do, conclusion.state, amount(conclusion.value), quiet, to, best)
    return table


def _assumed(study: Study, found: Waiting) -> Table:
    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    table.add_column("assumed")
    table.add_column("where in the file")
    for number in found.assumed:
        table.add_row(number_name(study, number), number.place)
    return table


def waiting_document(study: Study, found: Waiting) -> dict[str, Any]:
    """Return the document ``standoff.wait/1``. What is infinite or unknown is null."""
    told = plain(found)
    for policy, valued in zip(told["policies"], found.policies, strict=True):
        policy["policy"] = valued.policy.id
    return {
        **header("standoff.wait/1", study),
        **told,
        "sentences": waiting_sentences(study, found),
    }
