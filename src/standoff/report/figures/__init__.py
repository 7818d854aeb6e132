"""Drawings of a study as accessible SVG, made once for files, notebooks and pages."""

from __future__ import annotations

from collections.abc import Sequence

from standoff.errors import UsageError, did_you_mean
from standoff.report.figures.belief import belief_svg
from standoff.report.figures.graph import graph_svg
from standoff.report.figures.options import options_svg
from standoff.report.figures.play import play_svg
from standoff.report.figures.ranks import ranks_svg
from standoff.report.figures.scene import bare, style
from standoff.study import Study
from standoff.study.belief import belief
from standoff.study.simulate import simulate

__all__ = ["KINDS", "bare", "figure_svg", "style"]

_YEARS = 5.0
KINDS = ("graph", "options", "ranks", "belief", "play")


def figure_svg(
    study: Study,
    kind: str,
    selected: str | None = None,
    path: Sequence[str] = (),
    floor_per_year: float | None = None,
    policy: str | None = None,
    years: float | None = None,
) -> str:
    """Return a drawing of one of the `KINDS`; see the function of each, such as `graph_svg`.

    Raises
    ------
    UsageError
        If there is no such kind, state, step or policy, or something is given that is for another
        kind; for `belief` and `play`, if the model lacks the blocks about time.
    ModelError
        For `belief` and `play`, if the log cannot be followed; see `standoff.belief`.
    RefusedError
        For `belief` and `play`, if play has too many points.
    """
    if kind not in KINDS:
        raise UsageError(f"There is no drawing '{kind}'. {did_you_mean(kind, KINDS)}")
    if floor_per_year is not None and kind not in {"belief", "play"}:
        raise UsageError("A floor rate is for the drawings 'belief' and 'play' only.")
    if (policy is not None or years is not None) and kind != "play":
        raise UsageError("A policy and years are for the drawing 'play' only.")
    if kind == "graph":
        return graph_svg(study, selected, path)
    if selected is not None or path:
        raise UsageError("A state is selected, or a path given, for the drawing 'graph' only.")
    if kind == "belief":
        return belief_svg(study, belief(study, floor_per_year))
    if kind == "play":
        span = _YEARS if years is None else years
        return play_svg(study, simulate(study, policy, years=span, floor_per_year=floor_per_year))
    return options_svg(study) if kind == "options" else ranks_svg(study)
