"""Who can do what, and who wants what."""

from __future__ import annotations

from standoff.model.conflict import DecisionMaker, Prioritising, Ranking, Weighting
from standoff.report.brief.drawings import drawing
from standoff.report.brief.value import Asked, Block, Paragraph, Section, Sentence, Table
from standoff.report.names import clean, counted, listed
from standoff.study import Study

_MOST_TIERS = 12


def section(study: Study, asked: Asked) -> Section:
    """Return the decision makers with their options and wishes, and the option form."""
    del asked
    conflict = study.conflict
    blocks: list[Block] = [Paragraph((Sentence(_size(study)),))]
    if study.space.options:
        today = set(study.space.taken(study.space.status_quo))
        rows = tuple(
            (clean(dm.name), clean(option.label), "yes" if option.name in today else "no")
            for dm in conflict.decision_makers
            for option in dm.options
        )
        blocks.append(Table(caption="Who can do what", head=("decision maker", "option", "today"), rows=rows))
    else:
        rows = tuple((clean(dm.name), counted(len(dm.moves), "move")) for dm in conflict.decision_makers)
        blocks.append(Table(caption="Who can move", head=("decision maker", "moves listed"), rows=rows))
    wants = tuple((clean(dm.name), wish) for dm in conflict.decision_makers for wish in _wants(dm))
    blocks.append(
        Table(
            caption="Who wants what, most important first",
            head=("decision maker", "statement"),
            rows=wants,
        )
    )
    if conflict.feasible:
        rules = tuple(
            (clean(rule.id or str(number)), clean(rule.statement.text), clean(rule.note or ""))
            for number, rule in enumerate(conflict.feasible, 1)
        )
        caption = "What every state must satisfy"
        blocks.append(Table(caption=caption, head=("rule", "statement", "note"), rows=rules))
    if study.space.options:
        caption = "Option form: Y where an option is taken, N where it is not"
        blocks.append(drawing(study, "options", caption))
    return Section(key="board", blocks=tuple(blocks))


def _size(study: Study) -> str:
    sides = [clean(dm.name) for dm in study.conflict.decision_makers]
    options = f", {counted(len(study.space.options), 'option')}" if study.space.options else ""
    states = counted(study.space.size, "state")
    return (
        f"{counted(len(sides), 'decision maker')} ({listed(sides)}){options}, "
        f"and {states} that can come about."
    )


def _wants(dm: DecisionMaker) -> list[str]:
    match dm.preference:
        case Prioritising(statements=statements):
            return [clean(rule.statement.text) for rule in statements] or ["indifferent among all states"]
        case Weighting(weights=weights):
            return [f"{clean(rule.statement.text)} (weight {weight})" for rule, weight in weights]
        case Ranking(tiers=tiers):
            told = [" = ".join(clean(name) for name in tier) for tier in tiers[:_MOST_TIERS]]
            more = len(tiers) - len(told)
            return [*told, f"and {counted(more, 'more place')}"] if more else told
