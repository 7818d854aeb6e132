"""Ways from one state to others, and improvements that go round in circles."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from standoff.analyses.paths.circling import cycles as find_cycles
from standoff.analyses.paths.result import Cycles, Ways
from standoff.analyses.paths.ways import Told, ways
from standoff.errors import UsageError
from standoff.graph import States
from standoff.model.conflict import Prioritising
from standoff.model.statement import holds
from standoff.progress import Progress
from standoff.stability.concepts import CONCEPTS
from standoff.study.limits import require_time_limit
from standoff.study.parties import parties_of
from standoff.study.study import Study, pattern_statement

EQUILIBRIUM = "equilibrium"
"""Asks for the ways to every equilibrium."""

MOST_GOALS = 10
"""So many goals are told one by one unless more are asked for."""

MOST_ROUNDS = 3
"""So many kinds of rounds are told unless more are asked for."""


def paths(
    study: Study,
    to: str,
    at: str | None = None,
    coalitions: Sequence[str] = (),
    *,
    concept: str = "seq",
    most: int = MOST_GOALS,
    time_limit: float | None = None,
    progress: Progress | None = None,
) -> Ways:
    """Say which steps lead from a state to others, who must give first, and where it can stall.

    Three paths are found: the shortest by all moves, the shortest by improvements, and the one with
    the fewest sacrifices, then the fewest ranks lost, then the fewest steps. A sacrifice is a step
    that makes its mover worse off at that moment; a joint step counts one for each member that it
    makes worse off, and is an improvement only if it is one for every member. Nobody takes part in
    two steps in a row.

    Parameters
    ----------
    study : Study
        As `analyse` returns it.
    to : str
        The label of a state, a statement that the goals satisfy, or ``equilibrium``.
    at : str, optional
        A label; the status quo if left out.
    coalitions : sequence of str
        Coalitions whose joint moves are single steps: names of the file, or ids with commas.
    concept : str
        With ``equilibrium``: which equilibria.
    most : int
        Most goals told one by one, the nearest first; all are counted.
    time_limit : float, optional
        Seconds; what is not certain by then is marked in the result.

    Raises
    ------
    UsageError
        If there is no such state, option, coalition or concept, no state satisfies the statement,
        or the time limit is below 0 or no number.
    RefusedError
        If joint moves are asked for and the conflict has no options.

    Notes
    -----
    Status quo analysis follows Li, Kilgour and Hipel (2005); sacrifices are this project's addition.
    """
    require_time_limit(time_limit)
    found = ways(
        _told(study),
        study.space.status_quo if at is None else study.space.index(at),
        _goals(study, to, concept),
        [parties_of(study, coalition) for coalition in coalitions],
        to=" ".join(to.split()) if to != EQUILIBRIUM else f"equilibrium under {CONCEPTS[concept].short}",
        most=most,
        time_limit=time_limit,
        progress=progress,
    )
    return replace(found, assumed=study.assumed)


def cycles(
    study: Study,
    at: str | None = None,
    *,
    most: int = MOST_ROUNDS,
    time_limit: float | None = None,
    progress: Progress | None = None,
) -> Cycles:
    """Say where improvements go round in circles, who goes round, how one gets in, who can get out.

    Parameters
    ----------
    study : Study
        As `analyse` returns it.
    at : str, optional
        The state from which the ways in are told; the status quo if left out.
    most : int
        Most kinds of rounds told, the nearest first; all are counted.
    time_limit : float, optional
        Seconds, checked between parts of the work; what is missing then is marked in the result.

    Raises
    ------
    UsageError
        If there is no such state, or the time limit is below 0 or no number.
    """
    require_time_limit(time_limit)
    start = study.space.status_quo if at is None else study.space.index(at)
    found = find_cycles(_told(study), start, most=most, time_limit=time_limit, progress=progress)
    return replace(found, assumed=study.assumed)


def _goals(study: Study, to: str, concept: str) -> States:
    """Return the numbers of the states asked for."""
    try:
        return np.array([study.space.index(to)])
    except UsageError as no_state:
        if to == EQUILIBRIUM:
            return study.equilibrium_states(concept)
        try:
            statement = pattern_statement(study.conflict, to)
        except UsageError as no_statement:
            one_word = study.conflict.is_graph_form or to.replace("-", "_").isidentifier()
            raise (no_state if one_word else no_statement) from None
    goals = np.flatnonzero(study.space.where(statement.expression))
    if not goals.size:
        where = "" if study.assumed is None else f" if '{study.assumed}' is assumed"
        raise UsageError(f"No feasible state satisfies '{to}'{where}. See the rules with: standoff show")
    return goals


def _told(study: Study) -> Told:
    return Told(study.graph, study.stable, lambda dm, origin, target: _deciding(study, dm, origin, target))


def _deciding(study: Study, dm: int, origin: int, target: int) -> str | None:
    """Return the most important statement of a decision maker that differs between two states."""
    preference = study.conflict.decision_makers[dm].preference
    if not isinstance(preference, Prioritising):
        return None
    before, after = (frozenset(study.space.taken(state)) for state in (origin, target))
    for rule in preference.statements:
        if holds(rule.statement.expression, before) != holds(rule.statement.expression, after):
            return rule.statement.text
    return None
