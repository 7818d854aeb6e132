"""What an analysis will cost, said before it begins."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from standoff.errors import RefusedError
from standoff.graph import GraphModel, ListedArcs

_BYTES = {"numpy": (64, 200), "numba": (10, 60)}
_SECONDS = {"numpy": (0.8e-6, 0.004), "numba": (0.4e-6, 0.8)}
"""For a state and decision maker, and besides for a state (bytes) or a run (seconds); see bench/."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """Memory beyond the graph model itself, and time, roughly."""

    states: int
    decision_makers: int
    bytes: int
    seconds: float

    def __str__(self) -> str:
        return (
            f"{self.states:,} states and {self.decision_makers} decision makers: "
            f"about {self.bytes / 2**30:.1f} GiB and {self.seconds:.1f} s"
        )


def estimate(states: int, decision_makers: int, engine: str = "numpy", arcs: int = 0) -> Estimate:
    """Return what the core concepts will cost; measured on ordinary rankings, not a bound.

    Parameters
    ----------
    engine : str
        "numpy" or "numba".
    arcs : int
        Listed moves, in graph form.
    """
    each, besides = _BYTES[engine]
    per_item, at_once = _SECONDS[engine]
    items = states * decision_makers + arcs
    return Estimate(states, decision_makers, items * each + states * besides, items * per_item + at_once)


def require_room(graph: GraphModel, engine: str) -> None:
    """Refuse work that needs more memory than there is."""
    listed = sum(
        sum(targets.size for targets in arcs.targets) for arcs in graph.arcs if isinstance(arcs, ListedArcs)
    )
    expected = estimate(graph.space.size, len(graph.arcs), engine, listed)
    there = available_memory()
    if there is not None and expected.bytes > there:
        raise RefusedError(
            f"{expected}, but only {there / 2**30:.1f} GiB of memory are free. "
            "Add feasibility rules, leave options out, or use a larger machine."
        )


def available_memory() -> int | None:
    """Return the bytes of memory that can be had, or None where the system does not say."""
    try:
        lines = Path("/proc/meminfo").read_text(encoding="ascii").splitlines()
        return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("MemAvailable:"))
    except (OSError, StopIteration, ValueError):
        pass
    try:
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (AttributeError, OSError, ValueError):
        return None
