"""What next: the moves of one decision maker, ranked, and what each of them leads to."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from standoff.analyses.moves import NextMoves, next_moves
from standoff.analyses.moves.outlook import Asked
from standoff.errors import RefusedError
from standoff.model.conflict import Prioritising
from standoff.progress import Progress
from standoff.study.limits import end_of
from standoff.study.study import Study

MOST_MOVES = 16
"""So many moves are told unless more are asked for."""


def moves(
    study: Study,
    decision_maker: str,
    at: str | None = None,
    *,
    concept: str = "seq",
    most: int = MOST_MOVES,
    time_limit: float | None = None,
    progress: Progress | None = None,
) -> NextMoves:
    """Rank the moves of a decision maker from a state, and say what each of them leads to.

    A move may change several options of its own; all such moves are ranked. A move ranks by the
    worst place where play can settle after it if everybody follows improvements, then by the
    worst credible reply, then by its effect at once: an order, not a score.

    Parameters
    ----------
    study : Study
        As `analyse` returns it; of `assuming` analysed for a what-if.
    decision_maker : str
    at : str, optional
        A label; the status quo if left out.
    concept : str
        Of the equilibria that a move opens or closes.
    most : int
        Most moves that are told; all are ranked.
    time_limit : float, optional
        Seconds after which no further move is told.

    Raises
    ------
    UsageError
        If there is no such decision maker, state or concept, or the time limit is below 0 or no number.
    RefusedError
        If the study was made with another rule for sanctions.
    """
    deadline = end_of(time_limit)
    if study.sanction_moves != "legal_sequence":
        raise RefusedError("Next moves are told with the default rule for sanctions, legal_sequence.")
    dm = study.number_of(decision_maker)
    state = study.space.status_quo if at is None else study.space.index(at)
    asked = Asked(
        concept=concept,
        equilibria=np.asarray(study.stable[study.computed(concept)].all(axis=0)),
        given=study.given_states,
        most=most,
        statements=_statements(study, dm),
        deadline=deadline,
    )
    return replace(next_moves(study.graph, dm, state, asked, progress), assumed=study.assumed)


def _statements(study: Study, dm: int) -> tuple[tuple[str, NDArray[np.bool_]], ...]:
    preference = study.conflict.decision_makers[dm].preference
    if not isinstance(preference, Prioritising):
        return ()
    return tuple(
        (rule.statement.text, study.space.where(rule.statement.expression)) for rule in preference.statements
    )
