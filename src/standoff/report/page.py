"""A study as HTML for notebooks; everything that comes from a model is escaped."""

from __future__ import annotations

from typing import Any

from jinja2 import Environment, PackageLoader

from standoff.report.figures.graph import graph_svg
from standoff.report.figures.shown import MOST_STATES
from standoff.report.names import clean, counted, dm_name
from standoff.report.selection import chosen_states, equilibrium_kind, stable_kind
from standoff.report.words import side_sentence
from standoff.study import Study


def study_html(study: Study) -> str:
    """Return a table of the status quo, named states and equilibria, and a sentence for each side.

    Up to 64 states, the state graph stands above the table.
    """
    chosen, left_out = chosen_states(study, every_state=False)
    environment = Environment(loader=PackageLoader("standoff.report"), autoescape=True)
    more = counted(left_out, "more equilibrium is", "more equilibria are")
    return environment.get_template("study.html").render(
        drawing=graph_svg(study) if study.space.size <= MOST_STATES else "",
        title=clean(study.conflict.name),
        size=counted(study.space.size, "feasible state"),
        sides=[_side(study, index) for index in range(len(study.decision_makers))],
        rows=[_row(study, index) for index in chosen],
        left_out=f"{more} not shown." if left_out else "",
        status_quo=study.status_quo,
        reasons=[side_sentence(study, study.status_quo, dm) for dm in study.decision_makers],
    )


def _side(study: Study, index: int) -> dict[str, Any]:
    dm = study.conflict.decision_makers[index]
    options = [{"short": option.name.split(".")[1], "label": clean(option.label)} for option in dm.options]
    return {"name": dm_name(study, dm.id), "options": options}


def _row(study: Study, index: int) -> dict[str, Any]:
    taken = set(study.space.taken(index))
    marked = " *" if index == study.space.status_quo else ""
    return {
        "label": study.space.label(index) + marked,
        "options": ["Y" if option in taken else "N" for option in study.space.options],
        "stable": [stable_kind(study, index, dm) for dm in range(len(study.decision_makers))],
        "equilibrium": equilibrium_kind(study, index),
    }
