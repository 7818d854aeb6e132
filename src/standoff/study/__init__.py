"""The questions that can be asked of a model: one plain function each, on names.

Command line, notebook and pages call these and nothing below them. Here stand those that every
answer begins with; the others stand in modules of their own, so that each loads only what it needs.
"""

from __future__ import annotations

from standoff.study.assuming import analysed, assuming
from standoff.study.files import Checked, check, converted
from standoff.study.pipeline import analyse, build, load, prepare
from standoff.study.study import Study, pattern_statement

__all__ = [
    "Checked",
    "Study",
    "analyse",
    "analysed",
    "assuming",
    "build",
    "check",
    "converted",
    "load",
    "pattern_statement",
    "prepare",
]
