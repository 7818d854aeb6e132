"""Who can do what, and who wants what."""

from __future__ import annotations

from standoff.model.conflict import DecisionMaker, Prioritising, Ranking, Weighting
from standoff.report.brief.drawings import drawing
from standoff.report.brief.value import Asked, Block, Paragraph, Section, Sentence, Table
from standoff.report.names import clean, counted, listed
from standoff.study import Study

_MOST_TIERS = 12


def section(study: Study, asked: Asked) -> Section:
    """Return the decision makers with their options and wishes, the rules, and the option form."""
    del asked
    tables = (_can(study), _wants(study), _rules(study))
    blocks: list[Block] = [
        Paragraph((Sentence(_size(study)),)),
        *(table for table in tables if table.rows),
    ]
    if study.space.options:
        caption = "Option form: Y where an option is taken, N where it is not"
        blocks.append(drawing(study, "options", caption))
    return Section(key="board", blocks=tuple(blocks))


def _can(study: Study) -> Table:
    sides = study.conflict.decision_makers
    if not study.space.options:
        rows = tuple((clean(dm.name), counted(len(dm.moves), "move")) for dm in sides)
        return Table(caption="Who can move", head=("decision maker", "moves listed"), rows=rows)
    today = set(study.space.taken(study.space.status_quo))
    return Table(
        caption="Who can do what",
        head=("decision maker", "option", "today"),
        rows=tuple(
            (clean(dm.name), clean(option.label), "yes" if option.name in today else "no")
            for dm in sides
            for option in dm.options
        ),
    )


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
            (clean(dm.name), wish, note)
            for dm in study.conflict.decision_makers
            for wish, note in _wishes(dm)
        ),
    )


def _size(study: Study) -> str:
    sides = [clean(dm.name) for dm in study.conflict.decision_makers]
    options = f", {counted(len(study.space.options), 'option')}" if study.space.options else ""
    states = counted(study.space.size, "state")
    return (
        f"{counted(len(sides), 'decision maker')} ({listed(sides)}){options}, "
        f"and {states} that can come about."
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
