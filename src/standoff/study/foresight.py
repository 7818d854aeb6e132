"""Foresight: whether a state holds if decision makers look several moves ahead."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import cast

from standoff.analyses.foresight import KINDS, Foresight, Kind
from standoff.analyses.foresight import foresight as find
from standoff.analyses.foresight.answer import Asked
from standoff.errors import UsageError, did_you_mean
from standoff.progress import Progress
from standoff.study.study import Study

HORIZON = 4
"""So many moves are looked ahead unless more or fewer are asked for."""

MOST_HORIZON = 50

MOST_EQUILIBRIA = 10
"""So many Stackelberg equilibria are told unless more are asked for."""


def foresight(
    study: Study,
    at: str | None = None,
    horizon: int = HORIZON,
    kinds: Sequence[str] = (),
    *,
    most: int = MOST_EQUILIBRIA,
    progress: Progress | None = None,
) -> Foresight:
    """Say what decision makers that look several moves ahead expect at a state, and whether they stay.

    Four kinds. ``limited``: L_h, each takes the best of what the other, looking one move less
    ahead, makes of its moves. ``nonmyopic``: what L_h settles to as h grows. ``stackelberg``: a
    leader looks two moves ahead, its follower one. These three are for two decision makers with
    strict rankings. ``maximin``: MM_h, what an improvement is sure to lead to if the others hurt
    as much as they can; for more than two decision makers an extension of this project.

    Parameters
    ----------
    study : Study
        As `analyse` or `prepare` returns it; nothing needs to be surveyed.
    at : str, optional
        A label; the status quo if left out.
    horizon : int
        How many moves are looked ahead, 1 to 50. Non-myopic stability has no end.
    kinds : sequence of str
        All that are defined if left out; what is not is told with the reason.
    most : int
        Most Stackelberg equilibria told; all are counted.

    Raises
    ------
    UsageError
        If there is no such state or kind, or the horizon is out of range.
    RefusedError
        If a kind asked for is not defined for the conflict.

    Notes
    -----
    Kilgour (1985), Brams and Wittman (1981), Fang, Hipel and Kilgour (1993), Rego and Vieira
    (2020); not read at their source.
    """
    if not 1 <= horizon <= MOST_HORIZON:
        raise UsageError(f"The horizon is a number of moves, 1 to {MOST_HORIZON}, not {horizon}.")
    asked = (kinds,) if isinstance(kinds, str) else tuple(kinds)
    for kind in asked:
        if kind not in KINDS:
            raise UsageError(f"There is no kind of foresight '{kind}'. {did_you_mean(kind, KINDS)}")
    state = study.space.status_quo if at is None else study.space.index(at)
    found = find(
        study.graph,
        Asked(
            state=state,
            horizon=horizon,
            kinds=[cast("Kind", kind) for kind in asked],
            given=study.given_states,
            most=most,
        ),
        progress,
    )
    return replace(found, assumed=study.assumed)
