"""Stability of all states for all decision makers, by whichever way fits the question."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from standoff.errors import UsageError, did_you_mean
from standoff.graph import GraphModel
from standoff.stability.concepts import CORE, RULES, concept
from standoff.stability.engine import solve
from standoff.stability.once import solve_once
from standoff.stability.one_by_one import one_by_one

Stable = NDArray[np.bool_]
"""Whether a state is stable for a decision maker: shape (decision makers, states)."""

ENGINES: tuple[str, ...] = ("auto", "numpy", "numba", "simple")


@dataclass(frozen=True, slots=True, eq=False)
class Survey:
    """Stability under each concept, and how it was computed."""

    stable: dict[str, Stable]
    engine: str
    seconds_compiling: float = 0.0
    seconds_stability: float = 0.0


def survey(
    graph: GraphModel,
    extra: Sequence[str] = (),
    rule: str = "legal_sequence",
    engine: str = "auto",
    progress: Callable[[str, float], None] | None = None,
) -> Survey:
    """Say which states are stable for whom, under the core concepts and the `extra` ones.

    Parameters
    ----------
    extra : sequence of str
        Concepts beyond the core five, such as ``sim``.
    rule : str
        ``legal_sequence`` or ``once_per_dm``; see `judge`.
    engine : str
        ``auto``, ``numpy``, ``numba``, or ``simple``: the definition, state by state.

    Raises
    ------
    UsageError
        If a concept, rule or engine does not exist.
    RefusedError
        If the conflict is too large for what was asked.
    """
    require_known(rule, engine)
    further = [concept(key).key for key in dict.fromkeys(extra) if concept(key).key not in CORE]
    if engine == "simple":
        found = Survey(one_by_one(graph, CORE, rule, progress), "simple")
    elif rule == "once_per_dm":
        found = Survey(solve_once(graph), "numpy")
    else:
        core = solve(graph, engine, progress)
        stable = {key: (core.stable >> bit & 1).astype(bool) for bit, key in enumerate(CORE)}
        found = Survey(stable, core.engine, core.seconds_compiling, core.seconds_stability)
    if further:
        found.stable.update(one_by_one(graph, further, rule, progress))
    return found


def require_known(rule: str, engine: str) -> None:
    """Refuse a sanction rule or an engine that does not exist.

    Raises
    ------
    UsageError
        With the names that come close.
    """
    if rule not in RULES:
        raise UsageError(f"There is no sanction rule '{rule}'. {did_you_mean(rule, RULES)}")
    if engine not in ENGINES:
        raise UsageError(f"There is no engine '{engine}'. {did_you_mean(engine, ENGINES)}")
