"""Drawings as they stand on the page: the same SVG, with the style sheet told once."""

from __future__ import annotations

import re
from collections.abc import Sequence

from standoff.report.brief.value import Drawing
from standoff.report.figures import bare, figure_svg
from standoff.study import Study

_WIDE = 560.0


def drawing(
    study: Study, kind: str, caption: str, selected: str | None = None, path: Sequence[str] = ()
) -> Drawing:
    """Return one of the drawings of `standoff.report.figures`."""
    return drawn(figure_svg(study, kind, selected, path), caption)


def drawn(figure: str, caption: str) -> Drawing:
    """Return a drawing that was made already."""
    svg = bare(figure)
    width = re.search(r' width="([\d.]+)"', svg)
    return Drawing(svg=svg, caption=caption, wide=width is not None and float(width[1]) > _WIDE)
