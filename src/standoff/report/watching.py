"""What to watch, in sentences, as a table and as a document."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from rich.box import SIMPLE_HEAD
from rich.console import Group
from rich.table import Table
from rich.text import Text

from standoff.model.statement import Statement
from standoff.report.belief.words import called
from standoff.report.documents import header
from standoff.report.names import clean, counted, dm_name, listed, option_label
from standoff.report.plain import plain
from standoff.report.timed_names import pivot_name, signal_name, stock_name, type_name
from standoff.report.yardstick import likelihood
from standoff.study import Study
from standoff.timing.watching import Indicator, Lead, Observable, Plan, Watch

_SAYS_NOTHING = 1e-9
_LEAST_OVER = 0.05
MOST_TOLD = 3


def what_text(study: Study, what: Observable) -> str:
    """Return what is looked out for, as a noun phrase."""
    if what.signal is not None:
        return f"signal {signal_name(study, what.signal)}"
    if what.silence_months is not None:
        return f"silence for {counted(what.silence_months, 'month')}"
    if what.at_least is not None:
        return f"{stock_name(study, what.stock or '')} at {what.at_least} or more"
    if what.stock is not None:
        return f"{stock_name(study, what.stock)} {'up' if what.by > 0 else 'down'} by 1"
    if what.option is not None:
        verb = "takes" if what.taken else "drops"
        return f"{dm_name(study, what.mover or '')} {verb} ‘{option_label(study, what.option)}’"
    if what.to is not None:
        return f"{dm_name(study, what.mover or '')} moves to {what.to}"
    return f"it comes to {_condition(study, what.plan or '')}"


def _condition(study: Study, plan: str) -> str:
    trigger = next(each.trigger for each in study.conflict.contingency if each.id == plan)
    if isinstance(trigger.condition, Statement):
        return f"‘{clean(trigger.condition.text)}’"
    return listed(trigger.condition or (), "or")


def _plan_label(study: Study, plan: str) -> str:
    return clean({each.id: each.label for each in study.conflict.contingency}[plan])


def watch_sentences(study: Study, found: Watch, yardstick: str = "icd203") -> list[str]:
    """Say what tells most, what seeing it would mean, and which plans what starts."""
    telling = [each for each in found.indicators if each.information > _SAYS_NOTHING]
    told = list(_telling(study, found, telling[:MOST_TOLD], yardstick))
    silent = len(found.indicators) - len(telling)
    if not telling:
        told = ["Nothing that can be seen tells the types apart."]
    elif silent:
        told.append(
            f"{counted(silent, 'observable')} {'says' if silent == 1 else 'say'} nothing about the type."
        )
    told += [
        _plan_sentence(study, found, each, each.plan) for each in found.indicators if each.plan is not None
    ]
    told += [
        f"Plan ‘{_plan_label(study, plan)}’ can never start: no play from today on meets its trigger."
        for plan in found.never
    ]
    if found.unsolved is not None:
        told.append(f"Which of them cross the threshold is not told: {found.unsolved}")
    return told


def _telling(study: Study, found: Watch, rows: list[Indicator], yardstick: str) -> Iterator[str]:
    whose = dm_name(study, found.decision_maker)
    for each in rows:
        place = max(range(len(found.types)), key=lambda number: each.if_seen[number] - found.prior[number])
        name = type_name(study, found.types[place])
        crossing = ", and to pivot at once is then best" if each.crosses else ""
        chance = likelihood(each.overall, key=yardstick)
        yield (
            f"{_horizon(found, each)}, {what_text(study, each.what)}: {chance}. "
            f"If it comes, the belief that {whose} is {name} goes from {_percent(found.prior[place])} to "
            f"{_percent(each.if_seen[place])}{crossing}; if not, to {_percent(each.if_not[place])}."
        )


def _horizon(found: Watch, each: Indicator) -> str:
    return "From now on" if each.what.silence_months else f"Within {counted(found.months, 'month')}"


def _plan_sentence(study: Study, found: Watch, each: Indicator, plan: Plan) -> str:
    label, trigger = f"Plan ‘{_plan_label(study, plan.plan)}’", what_text(study, each.what)
    if each.over_months >= _LEAST_OVER and not plan.is_due:
        trigger += f", {each.over_months:.1f} of which are over"
    pivots = f"pivots to {pivot_name(study, plan.pivot)}"
    begin = f"{label} (its trigger: {trigger}) {pivots}"
    if plan.is_due:
        begin = f"{label} is due: its trigger ({trigger}) is met today. It {pivots}"
    leads = [_lead(study, found, lead) for lead in plan.leads[:MOST_TOLD]]
    if len(plan.leads) == 1:
        return f"{begin}: {leads[0]} (SEQ)."
    shares = [f"{lead} ({100 * each.share:.0f} %)" for lead, each in zip(leads, plan.leads, strict=False)]
    more = len(plan.leads) - len(leads)
    if more:
        shares.append(f"{counted(more, 'other state')}")
    return f"{begin}. By where it is met first: {'; '.join(shares)} (SEQ)."


def _lead(study: Study, found: Watch, lead: Lead) -> str:
    if lead.state is None:
        return "where it is met, that pivot is no move"
    held = [
        f"is left by {listed(dm_name(study, dm) for dm in who)}" if who else "holds" for who in lead.leaving
    ]
    if len(set(held)) == 1:
        return f"{lead.state} {held[0]}"
    whose = dm_name(study, found.decision_maker)
    lines = [
        f"{one} if {whose} is {type_name(study, type_)}" for type_, one in zip(found.types, held, strict=True)
    ]
    return f"{lead.state} {listed(lines)}"


def _percent(share: float) -> str:
    return "-" if share != share else f"{100 * share:.3g} %"


def watch_view(study: Study, found: Watch) -> Group:
    """Return what to watch for the terminal."""
    title = f"What to watch: is {dm_name(study, found.decision_maker)} "
    title += f"{listed((called(study, each) for each in found.types), 'or')}?"
    sentences = [Text(sentence) for sentence in watch_sentences(study, found)]
    return Group(Text(title, style="bold"), *sentences, _table(study, found))


def _table(study: Study, found: Watch) -> Table:
    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    table.add_column("observable")
    for type_ in found.types:
        table.add_column(f"chance if {clean(type_)}", justify="right")
    first = clean(found.types[0])
    for column in ("nats if seen", "nats if not", f"{first} if seen", "if not", "if now"):
        table.add_column(column, justify="right")
    table.add_column("pivot")
    table.add_column("plan")
    for each in found.indicators:
        table.add_row(
            what_text(study, each.what),
            *(_percent(chance) for chance in each.chance),
            _nats(each.weight_seen[0]),
            _nats(each.weight_not[0]),
            _percent(each.if_seen[0]),
            _percent(each.if_not[0]),
            "-" if each.now is None else _percent(each.now[0]),
            {True: "at once", False: "no", None: "-"}[each.crosses],
            "" if each.plan is None else _plan_label(study, each.plan.plan),
        )
    return table


def _nats(weight: float) -> str:
    if weight != weight:
        return "-"
    return f"{weight:+.2f}"


def watch_document(study: Study, found: Watch) -> dict[str, Any]:
    """Return the document ``standoff.watch/1``. What cannot happen or is not known is null."""
    return {
        **header("standoff.watch/1", study),
        **plain(found),
        "sentences": watch_sentences(study, found),
    }
