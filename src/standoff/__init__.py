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
    from standoff.study import (
        Study,
        analyse,
        assuming,
        belief,
        changes,
        coalitions,
        cycles,
        foresight,
        levers,
        load,
        moves,
        paths,
        ripe,
        roadmap,
        simulate,
        wait,
        watch,
    )

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
    "belief": "standoff.study",
    "case_names": "standoff.cases",
    "changes": "standoff.study",
    "coalitions": "standoff.study",
    "cycles": "standoff.study",
    "explain": "standoff.report.words",
    "foresight": "standoff.study",
    "levers": "standoff.study",
    "load": "standoff.study",
    "moves": "standoff.study",
    "paths": "standoff.study",
    "ripe": "standoff.study",
    "simulate": "standoff.study",
    "wait": "standoff.study",
    "watch": "standoff.study",
    "roadmap": "standoff.study",
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
