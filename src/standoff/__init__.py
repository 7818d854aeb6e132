"""standoff: why a conflict is stuck, what leads out, and with what reason.

>>> import standoff
>>> study = standoff.analyse("case:prisoners-dilemma")
>>> study.equilibria["seq"]
('defect', 'cooperate')
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from standoff.cases import case_names
    from standoff.errors import Fault, ModelError, RefusedError, StandoffError, UsageError
    from standoff.files.reading import ModelFile
    from standoff.model.conflict import Conflict
    from standoff.report.words import explain
    from standoff.stability.concepts import CONCEPTS
    from standoff.stability.verdict import Verdict
    from standoff.study import Study, analyse, assuming, load
    from standoff.study.belief import belief
    from standoff.study.changes import changes
    from standoff.study.coalitions import coalitions
    from standoff.study.foresight import foresight
    from standoff.study.levers import levers
    from standoff.study.moves import moves
    from standoff.study.paths import cycles, paths
    from standoff.study.ripeness import ripe
    from standoff.study.roadmap import roadmap
    from standoff.study.simulate import simulate
    from standoff.study.waiting import wait
    from standoff.study.watch import watch

__version__ = "0.1.0"

_HOMES = {
    "CONCEPTS": "standoff.stability.concepts",
    "Conflict": "standoff.model.conflict",
    "Fault": "standoff.errors",
    "ModelError": "standoff.errors",
    "ModelFile": "standoff.files.reading",
    "RefusedError": "standoff.errors",
    "StandoffError": "standoff.errors",
    "Study": "standoff.study",
    "UsageError": "standoff.errors",
    "Verdict": "standoff.stability.verdict",
    "analyse": "standoff.study",
    "assuming": "standoff.study",
    "belief": "standoff.study.belief",
    "case_names": "standoff.cases",
    "changes": "standoff.study.changes",
    "coalitions": "standoff.study.coalitions",
    "cycles": "standoff.study.paths",
    "explain": "standoff.report.words",
    "foresight": "standoff.study.foresight",
    "levers": "standoff.study.levers",
    "load": "standoff.study",
    "moves": "standoff.study.moves",
    "paths": "standoff.study.paths",
    "ripe": "standoff.study.ripeness",
    "simulate": "standoff.study.simulate",
    "wait": "standoff.study.waiting",
    "watch": "standoff.study.watch",
    "roadmap": "standoff.study.roadmap",
}

__all__ = [
    "CONCEPTS",
    "Conflict",
    "Fault",
    "ModelError",
    "ModelFile",
    "RefusedError",
    "StandoffError",
    "Study",
    "UsageError",
    "Verdict",
    "__version__",
    "analyse",
    "assuming",
    "belief",
    "case_names",
    "changes",
    "coalitions",
    "cycles",
    "explain",
    "foresight",
    "levers",
    "load",
    "moves",
    "paths",
    "ripe",
    "roadmap",
    "simulate",
    "wait",
    "watch",
]


def __getattr__(name: str) -> Any:
    """Import a public name when it is first used, so that `import standoff` stays light."""
    if name not in _HOMES:
        raise AttributeError(f"module 'standoff' has no attribute '{name}'")
    from importlib import import_module

    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return list(__all__)
