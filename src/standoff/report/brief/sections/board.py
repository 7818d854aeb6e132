"""Who can do what."""

from __future__ import annotations

from standoff.report.brief.asked import Asked
from standoff.report.brief.drawings import drawing
from standoff.report.brief.value import Block, Paragraph, Section, Sentence, Table
from standoff.report.names import clean, counted, dm_name, listed
from standoff.study import Study


def section(study: Study, asked: Asked) -> Section:
    """Return the decision makers with their options, and the option form."""
    del asked
    blocks: list[Block] = [Paragraph((Sentence(_size(study)),)), _can(study)]
    if study.space.options:
        caption = "Option form: Y where an option is taken, N where it is not"
        blocks.append(drawing(study, "options", caption))
    return Section(key="board", blocks=tuple(blocks))


def _can(study: Study) -> Table:
    sides = study.conflict.decision_makers
    if not study.space.options:
        rows = tuple((dm_name(study, dm.id), counted(len(dm.moves), "move")) for dm in sides)
        return Table(caption="Who can move", head=("decision maker", "moves listed"), rows=rows)
    today = set(study.space.taken(study.space.status_quo))
    return Table(
        caption="Who can do what",
        head=("decision maker", "option", "today"),
        rows=tuple(
            (dm_name(study, dm.id), clean(option.label), "yes" if option.name in today else "no")
            for dm in sides
            for option in dm.options
        ),
    )


def _size(study: Study) -> str:
    sides = [dm_name(study, dm.id) for dm in study.conflict.decision_makers]
    options = f", {counted(len(study.space.options), 'option')}" if study.space.options else ""
    states = counted(study.space.size, "state")
    return (
        f"{counted(len(sides), 'decision maker')} ({listed(sides)}){options}, "
        f"and {states} that can come about."
    )
