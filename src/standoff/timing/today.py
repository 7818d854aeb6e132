"""Play as it begins today: with what the log of events and silences makes one believe."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from standoff.graph import GraphModel
from standoff.model.conflict import Conflict
from standoff.timing.building import play
from standoff.timing.ledger import ledger, require_floor
from standoff.timing.play import Play
from standoff.timing.reaching import timing_of
from standoff.timing.replay import log_states, replay


def play_today(graph: GraphModel, conflict: Conflict, floor_per_year: float | None = None) -> Play:
    """Return the play of a conflict with today's belief as its prior.

    Where the model has types and a log, that is the posterior of the ledger, every event counted,
    without tempering; else the prior of the file.

    Raises
    ------
    UsageError, ModelError, RefusedError
        As `play` and `ledger`.
    """
    require_floor(floor_per_year)
    if conflict.types is None or timing_of(conflict).log is None:
        return play(graph, conflict)
    begun = play(graph, conflict, seeds=log_states(replay(graph, conflict)))
    found = ledger(graph, conflict, floor_per_year=floor_per_year)
    return replace(begun, prior=np.array(found.posterior))
