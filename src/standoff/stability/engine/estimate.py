"""What an analysis will cost, said before it begins."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from standoff.errors import RefusedError
from standoff.graph import Arcs, GraphModel
from standoff.stability.engine.menus import is_bound, most_choices, number_of_choices

_BYTES = {"numpy": (45, 175), "numba": (11, 58)}
"""For each state and decision maker, and besides for each state."""

_BYTES_OF_A_CHOICE = {"numpy": (16, 65), "numba": (14, 40)}
"""If moves are transitive, and if they are not."""

_SECONDS = {"numpy": (0.6e-6, 0.004), "numba": (0.4e-6, 0.8)}
"""For each state and decision maker, or choice, and at once; see bench/."""


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


def estimate(
    states: int, decision_makers: int, engine: str = "numpy", choices: int = 0, *, transitive: bool = True
) -> Estimate:
    """Return what the core concepts will cost; measured on ordinary rankings, not a bound.

    Parameters
    ----------
    engine : str
        "numpy" or "numba".
    choices : int
        Targets in the menus of those whose moves are listed or bound by irreversible options; of
        everybody if moves are not transitive.
    transitive : bool
        Whether everybody's moves are. Listed and forbidden moves are not.
    """
    each, besides = _BYTES[engine]
    per_item, at_once = _SECONDS[engine]
    items = states * decision_makers
    size = items * each + states * besides + choices * _BYTES_OF_A_CHOICE[engine][not transitive]
    return Estimate(states, decision_makers, size, (items + choices) * per_item + at_once)


def require_room(graph: GraphModel, engine: str) -> None:
    """Refuse work that needs more memory than there is.

    Raises
    ------
    RefusedError
        If more memory is expected to be needed than is free.
    """
    there = available_memory()
    if there is None or expected(graph, engine, most_choices).bytes <= there:
        return
    cost = expected(graph, engine)
    if cost.bytes > there:
        raise RefusedError(
            f"{cost}, but only {there / 2**30:.1f} GiB of memory are free. "
            "Add feasibility rules, leave options out, or use a larger machine."
        )


def expected(graph: GraphModel, engine: str, count: Callable[[Arcs], int] = number_of_choices) -> Estimate:
    """Return what a graph model will cost, by a count of a decision maker's choices."""
    transitive = graph.is_transitive
    choices = sum(count(arcs) for arcs in graph.arcs if not transitive or is_bound(arcs))
    return estimate(graph.space.size, len(graph.arcs), engine, choices, transitive=transitive)


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
