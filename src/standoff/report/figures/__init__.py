"""Drawings of a study as accessible SVG, made once for files, notebooks and pages."""

from __future__ import annotations

from collections.abc import Sequence

from standoff.errors import UsageError, did_you_mean
from standoff.report.figures.graph import graph_svg
from standoff.report.figures.options import options_svg
from standoff.report.figures.ranks import ranks_svg
from standoff.report.figures.scene import bare, style
from standoff.study import Study

__all__ = ["KINDS", "bare", "figure_svg", "style"]

KINDS = ("graph", "options", "ranks")


def figure_svg(study: Study, kind: str, selected: str | None = None, path: Sequence[str] = ()) -> str:
    """Return a drawing of one of the `KINDS`; see `graph_svg`, `options_svg` and `ranks_svg`.

    Raises
    ------
    UsageError
        If there is no such kind, state or step, or states are given for another kind than a graph.
    """
    if kind not in KINDS:
        raise UsageError(f"There is no drawing '{kind}'. {did_you_mean(kind, KINDS)}")
    if kind == "graph":
        return graph_svg(study, selected, path)
    if selected is not None or path:
        raise UsageError("A state is selected, or a path given, for the drawing 'graph' only.")
    return options_svg(study) if kind == "options" else ranks_svg(study)
