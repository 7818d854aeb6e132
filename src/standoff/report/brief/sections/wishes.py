"""Who wants what, and what every state must satisfy: the model as it was written down."""

from __future__ import annotations

from standoff.model.conflict import DecisionMaker, Prioritising, Ranking, Weighting
from standoff.report.brief.asked import Asked
from standoff.report.brief.value import Section, Table
from standoff.report.names import clean, counted, dm_name
from standoff.study import Study

_MOST_TIERS = 12


def section(study: Study, asked: Asked) -> Section:
    """Return the preferences of each decision maker, and the rules."""
    del asked
    tables = tuple(table for table in (_wants(study), _rules(study)) if table.rows)
    return Section(key="wishes", title="What was written down", blocks=tables)


def _rules(study: Study) -> Table:
    return Table(
        caption="What every state must satisfy",
        head=("rule", "statement", "note"),
        rows=tuple(
            (clean(rule.id or str(number)), clean(rule.statement.text), clean(rule.note or ""))
            for number, rule in enumerate(study.conflict.feasible, 1)
        ),
    )


def _wants(study: Study) -> Table:
    return Table(
        caption="Who wants what, most important first",
        head=("decision maker", "wish", "why"),
        rows=tuple(
            (dm_name(study, dm.id), wish, note)
            for dm in study.conflict.decision_makers
            for wish, note in _wishes(dm)
        ),
    )


def _wishes(dm: DecisionMaker) -> list[tuple[str, str]]:
    """Return each wish with its note."""
    match dm.preference:
        case Prioritising(statements=rules):
            told = [(clean(rule.statement.text), clean(rule.note or "")) for rule in rules]
            return told or [("indifferent among all states", "")]
        case Weighting(weights=weights):
            return [
                (f"{clean(rule.statement.text)} (weight {weight})", clean(rule.note or ""))
                for rule, weight in weights
            ]
        case Ranking(tiers=tiers):
            told = [(" = ".join(clean(name) for name in tier), "") for tier in tiers[:_MOST_TIERS]]
            more = len(tiers) - len(told)
            return [*told, (f"and {counted(more, 'more place')}", "")] if more else told
