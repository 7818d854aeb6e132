"""Is it ripe: the conditions of an agreement at a state, party by party."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from time import monotonic

from standoff.analyses.levers import Levers
from standoff.analyses.ripeness import Ripeness, ripeness
from standoff.errors import RefusedError
from standoff.progress import Progress
from standoff.study.by_type import by_type
from standoff.study.levers import MOST_STATES as MOST_STATES_OF_LEVERS
from standoff.study.levers import levers
from standoff.study.limits import end_of, require_time_limit
from standoff.study.parties import parties_of
from standoff.study.study import Study

MOST_STATES = 8
"""So many states of a zone are told unless more are asked for."""

LEVER_TIME = 1.5
"""Seconds for what would make a condition hold."""


def ripe(
    study: Study,
    at: str | None = None,
    parties: str | Sequence[str] = (),
    *,
    most: int = MOST_STATES,
    time_limit: float | None = None,
    lever_time: float = LEVER_TIME,
    progress: Progress | None = None,
) -> Ripeness:
    """Say which conditions of ripeness hold at a state, for each party, and which one fails.

    The conditions are those of Zartman (2000), each read off the graph model: a party cannot win
    if every improvement of its has a credible reply that ends no better for it; the zone of
    agreement are the states better for every party than the state and than what it is sure of
    alone; a way out is one of these that is stable for everybody, and something has to lead there.
    Whether going on hurts cannot come from rankings: it is read off `bearable` of each party, and
    not stated where that is not.
    If a party has types, it is told for each of them too which condition fails, with the belief in it.

    Parameters
    ----------
    study : Study
        As `analyse` returns it, with the default rule for sanctions.
    at : str, optional
        A label; the status quo if left out.
    parties : str or sequence of str
        Ids of decision makers or of a coalition; everybody if left out.
    most : int
        Most states of the zone that are told, apart from named ones; all are counted.
    time_limit : float, optional
        Seconds after which no further state of the zone is told, nor what leads there; the
        conditions themselves and all counts stand.
    lever_time : float
        Seconds at most for the least change that would make the failing condition hold, none of them
        beyond `time_limit`; 0 not to look for it.

    Raises
    ------
    UsageError
        If there is no such state or party, or the time limit or the time for levers is below 0
        or no number.
    RefusedError
        If the study was made with another rule for sanctions.
    """
    deadline = end_of(time_limit)
    require_time_limit(lever_time, "time for levers")
    if study.sanction_moves != "legal_sequence":
        raise RefusedError("Ripeness is told with the default rule for sanctions, legal_sequence.")
    everybody = tuple(range(len(study.decision_makers)))
    dms = everybody if parties == () else parties_of(study, parties)
    state = study.space.status_quo if at is None else study.space.index(at)
    bearable = [study.conflict.decision_makers[dm].bearable for dm in dms]
    found = ripeness(
        study.graph, study.stable, state, dms, bearable, study.given_states, most, progress, deadline
    )
    types = by_type(study, state, dms, bearable, deadline, progress)
    left = lever_time if deadline is None else min(lever_time, deadline - monotonic())
    least = _least(study, found, left, progress)
    return replace(found, assumed=study.assumed, least=least, by_type=types)


def _least(study: Study, found: Ripeness, seconds: float, progress: Progress | None) -> Levers | None:
    """Look for the least change that would make the failing condition hold, where levers can tell."""
    if seconds <= 0 or study.assumed is not None or study.space.size > MOST_STATES_OF_LEVERS:
        return None
    if found.failing == "cannot win":
        return levers(study, found.state, "seq", found.parties, time_limit=seconds, progress=progress)
    if found.failing == "way out" and found.zone.states:
        nearest = min(found.zone.states, key=lambda each: len(each.undone_by))
        return levers(study, nearest.state, "seq", time_limit=seconds, progress=progress)
    return None
