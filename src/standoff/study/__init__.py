"""The questions that can be asked of a model: one plain function each, on names.

Command line, notebook and pages call these and nothing below them.
"""

from __future__ import annotations

from standoff.study.assuming import analysed, assuming
from standoff.study.belief import Belief, belief
from standoff.study.changes import changes, earlier
from standoff.study.coalitions import coalitions
from standoff.study.files import Checked, check, converted
from standoff.study.foresight import foresight
from standoff.study.levers import count_profiles, levers
from standoff.study.moves import moves
from standoff.study.paths import cycles, paths
from standoff.study.pipeline import analyse, build, load, prepare
from standoff.study.ripeness import ripe
from standoff.study.roadmap import roadmap
from standoff.study.simulate import Simulation, simulate
from standoff.study.study import Study, pattern_statement
from standoff.study.waiting import wait
from standoff.study.watch import watch

__all__ = [
    "Belief",
    "Checked",
    "Simulation",
    "Study",
    "analyse",
    "analysed",
    "assuming",
    "belief",
    "build",
    "changes",
    "check",
    "coalitions",
    "converted",
    "count_profiles",
    "cycles",
    "earlier",
    "foresight",
    "levers",
    "load",
    "moves",
    "paths",
    "pattern_statement",
    "prepare",
    "ripe",
    "roadmap",
    "simulate",
    "wait",
    "watch",
]
