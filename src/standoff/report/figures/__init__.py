"""Drawings of a study as accessible SVG, made once for files, notebooks and pages."""

from __future__ import annotations

from collections.abc import Sequence

from standoff.errors import UsageError, did_you_mean
from standoff.report.figures.belief import belief_svg
from standoff.report.figures.graph import graph_svg
from standoff.report.figures.options import options_svg
from standoff.report.figures.ranks import ranks_svg
from standoff.report.figures.scene import bare, style
from standoff.study import Study, belief

__all__ = ["KINDS", "bare", "figure_svg", "style"]

KINDS = ("graph", "options", "ranks", "belief")


def figure_svg(
    study: Study,
    kind: str,
    selected: str | None = None,
    path: Sequence[str] = (),
    floor_per_year: float | None = None,
) -> str:
    """Return a drawing of one of the `KINDS`; see `graph_svg`, `options_svg`, `ranks_svg`, `belief_svg`.

    Raises
    ------
    UsageError
        If there is no such kind, state or step, or states are given for another kind than a graph,
        or a floor for another than `belief`; for `belief`, if the model has no types.
    ModelError
        For `belief`, if the log cannot be followed; see `standoff.belief`.
    """
    if kind not in KINDS:
        raise UsageError(f"There is no drawing '{kind}'. {did_you_mean(kind, KINDS)}")
    if floor_per_year is not None and kind != "belief":
        raise UsageError("A floor rate is for the drawing 'belief' only.")
    if kind == "graph":
        return graph_svg(study, selected, path)
    if selected is not None or path:
        raise UsageError("A state is selected, or a path given, for the drawing 'graph' only.")
    if kind == "belief":
        return belief_svg(study, belief(study, floor_per_year))
    return options_svg(study) if kind == "options" else ranks_svg(study)
