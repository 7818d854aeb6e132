"""Why the status quo holds or not: a sentence for each side, from the witness."""

from __future__ import annotations

from standoff.report.brief.asked import Asked
from standoff.report.brief.deterrence import deterred, path
from standoff.report.brief.drawings import drawing
from standoff.report.brief.origins import equilibria, side
from standoff.report.brief.value import Block, Points, Section, Sentence
from standoff.report.figures.shown import MOST_STATES
from standoff.report.names import listed
from standoff.stability.concepts import CONCEPTS
from standoff.study import Study

_MOST_PATHS = 3


def section(study: Study, asked: Asked) -> Section:
    """Return a sentence for each side, and what would follow a move that is deterred, step by step."""
    del asked
    today = study.status_quo
    sentences = [side(study, today, dm) for dm in study.decision_makers]
    many = [key for key in study.concepts if 2 * study.equilibrium_states(key).size > study.space.size]
    if many:
        under = listed(CONCEPTS[key].short for key in many)
        told = f"Under {under} most states are equilibria, so being one says little there."
        sentences.append(Sentence(told, tuple(equilibria(study, key) for key in many)))
    blocks: list[Block] = [Points(tuple(sentences))]
    for found in deterred(study, today)[:_MOST_PATHS]:
        steps = path(study, *found)
        blocks.append(steps)
        blocks.append(drawing(study, "graph", f"{steps.title}, step by step", path=steps.states))
    if study.space.size > MOST_STATES:
        blocks.append(drawing(study, "graph", f"Where each decision maker can go from {today}"))
    return Section(key="stuck", blocks=tuple(blocks))
