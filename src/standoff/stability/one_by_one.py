"""All states one verdict at a time, from the definition: slow, and it says how slow before long."""

from __future__ import annotations

from collections.abc import Sequence
from time import perf_counter

import numpy as np
from numpy.typing import NDArray

from standoff.errors import RefusedError
from standoff.graph import GraphModel
from standoff.progress import WORTH_TELLING, Progress, announce
from standoff.stability.concepts import CORE
from standoff.stability.engine.choice import chosen
from standoff.stability.engine.estimate import estimate
from standoff.stability.judge import judge
from standoff.states.cost import duration

MOST_STATES = 4_096

ENOUGH = 1.0
"""After so many seconds of work the time of the rest is told from it."""

_SECONDS_A_STATE = 3e-6
"""For each verdict under a core concept and state: the replies to an improvement may lead anywhere."""

_SECONDS = 4e-4
"""For each verdict under another concept."""


def one_by_one(
    graph: GraphModel, concepts: Sequence[str], rule: str, progress: Progress | None = None
) -> dict[str, NDArray[np.bool_]]:
    """Return for each concept which states are stable for whom: (decision makers, states).

    States come in an order drawn with a fixed seed, so that those done stand for those to come:
    after a second the time of the whole is told, and the bar tells what remains.

    Raises
    ------
    RefusedError
        Above 4,096 states.
    """
    states, sides = graph.space.size, len(graph.decision_makers)
    if states > MOST_STATES:
        raise _too_many(graph, concepts)
    stable = {key: np.empty((sides, states), bool) for key in concepts}
    begun, told = perf_counter(), False
    for done, state in enumerate(np.random.default_rng(0).permutation(states).tolist()):
        spent = perf_counter() - begun
        if progress and done:
            progress("states one by one", done / states)
        if done and spent > ENOUGH and not told:
            told = True
            _tell(progress, states, spent * states / done)
        for key, rows in stable.items():
            for dm in range(sides):
                rows[dm, state] = judge(graph, dm, state, key, rule).stable
    return stable


def _tell(progress: Progress | None, states: int, seconds: float) -> None:
    if seconds >= WORTH_TELLING:
        announce(
            progress,
            f"{states:,} states one by one, from the definition: about {duration(seconds)} expected. "
            "The other engines give the same verdicts sooner.",
        )


def _too_many(graph: GraphModel, concepts: Sequence[str]) -> RefusedError:
    states, sides = graph.space.size, len(graph.decision_makers)
    seconds = sum(_SECONDS_A_STATE * states if key in CORE else _SECONDS for key in concepts) * states * sides
    cure = "Leave it out, or add feasibility rules."
    if set(concepts) <= set(CORE):
        instead = estimate(states, sides, chosen("auto", states * sides))
        cure = f"Use another engine: the same verdicts take about {instead.cost}."
    return RefusedError(
        f"State by state, from the definition, {', '.join(concepts)} is computed for up to {MOST_STATES:,} "
        f"states; this conflict has {states:,}, which would take about {duration(seconds)}, since for every "
        f"verdict the replies to every improvement are sought anew. {cure}"
    )
