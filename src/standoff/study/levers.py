"""What would it take: the least change that makes a wanted state stable, or breaks a stable one."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from standoff.analyses.levers import (
    Count,
    Lever,
    Levers,
    Question,
    Sought,
    count_orders,
    inducement_lever,
    preference_lever,
    statement_lever,
)
from standoff.errors import RefusedError, UsageError, did_you_mean
from standoff.model.conflict import Conflict
from standoff.progress import Progress
from standoff.stability.concepts import CORE, concept
from standoff.study.parties import parties_of
from standoff.study.study import Study

WAYS: dict[str, Callable[[Question, Conflict, Sought], Lever]] = {
    "preferences": preference_lever,
    "statements": statement_lever,
    "inducements": inducement_lever,
}

MOST_STATES = 1 << 14
"""Replies are followed for every move of the parties, state by state."""

_SEARCHING = 0.9
"""The part of the time for searching; the rest is for building and judging the changed models."""


def levers(
    study: Study,
    state: str,
    concept: str = "seq",
    parties: str | Sequence[str] = (),
    *,
    by: Sequence[str] = tuple(WAYS),
    breaking: bool = False,
    time_limit: float = 10.0,
    progress: Progress | None = None,
) -> Levers:
    """Say what would make a state stable: the least change of preferences, of statements, of the moves.

    Parameters
    ----------
    study : Study
        Of `prepare` or `analyse`.
    state : str
        The label of the wanted state; with `breaking`, of the one to be broken.
    concept : str
        nash, gmr, smr, seq or sseq.
    parties : str or sequence of str
        For whom it shall be stable: ids of decision makers or of a coalition; everybody if left out,
        so that it becomes an equilibrium.
    by : sequence of str
        ``preferences`` (pairs of relevant states whose order flips, a tie made or broken counts half),
        ``statements`` (dropped, moved or added) and ``inducements`` (moves taken away, options made
        irreversible, rules).
    breaking : bool
        Look for the least change after which it is not stable for all of the parties.
    time_limit : float
        Seconds for all ways together. What is not proved by then is marked so, with its bound.

    Raises
    ------
    UsageError
        If there is no such state, decision maker, concept or way.
    RefusedError
        If the concept has no levers, or the conflict is too large.

    Notes
    -----
    The inverse problem of the graph model (Kinsara, Kilgour and Hipel) as a least change. Every change
    is made in the model, which is built anew and judged; the result carries that model.
    """
    question = _question(study, state, concept, parties, breaking=breaking)
    known_ways(by)
    if not time_limit > 0:
        raise UsageError(f"The time limit must be above zero; it is {time_limit:g}.")
    stable = question.stable_for(study.graph)
    met = all(stable) != breaking
    names = tuple(study.decision_makers[dm] for dm in question.parties)
    sought = Sought(_SEARCHING * time_limit, progress)
    return Levers(
        state=state,
        concept=concept,
        parties=names,
        breaking=breaking,
        stable=dict(zip(names, stable, strict=True)),
        met=met,
        levers=() if met else _pulled(question, study.conflict, tuple(dict.fromkeys(by)), sought),
    )


def known_ways(by: Sequence[str]) -> tuple[str, ...]:
    """Return ways of change, each once.

    Raises
    ------
    UsageError
        If there is no such way, or none is named.
    """
    for way in by:
        if way not in WAYS:
            raise UsageError(
                f"There is no way '{way}' to change a conflict. {did_you_mean(way, tuple(WAYS))}"
            )
    if not by:
        raise UsageError(f"Name at least one way to change a conflict. {did_you_mean('', tuple(WAYS))}")
    return tuple(dict.fromkeys(by))


def _pulled(question: Question, conflict: Conflict, by: Sequence[str], sought: Sought) -> tuple[Lever, ...]:
    """Give each way an equal part of the time that is left."""
    found = []
    for number, way in enumerate(by):
        part = Sought(sought.left / (len(by) - number), sought.progress, f"by {way}")
        found.append(WAYS[way](question, conflict, part))
    return tuple(found)


def count_profiles(
    study: Study, state: str, concept: str = "seq", parties: str | Sequence[str] = ()
) -> Count:
    """Count the profiles of strict orders of the states under which a state is stable for the parties.

    Exact whole numbers; the moves are those of the model, its preferences do not matter.

    Raises
    ------
    UsageError
        As `levers`.
    RefusedError
        If there are too many orders to tell apart.
    """
    return count_orders(_question(study, state, concept, parties))


def _question(
    study: Study, state: str, key: str, parties: str | Sequence[str], *, breaking: bool = False
) -> Question:
    record = concept(key)
    if key not in CORE:
        raise RefusedError(f"Levers are defined for {', '.join(CORE)}, not for {key}.")
    if study.sanction_moves != "legal_sequence":
        raise RefusedError("Levers are defined for sanctions by legal sequences only.")
    if key != "nash" and study.space.size > MOST_STATES:
        raise RefusedError(
            f"Under {record.short} levers follow the replies to every move, for up to {MOST_STATES:,} "
            f"states; this conflict has {study.space.size:,}. Under nash there is no such bound."
        )
    everybody = not isinstance(parties, str) and not len(parties)
    numbers = range(len(study.decision_makers)) if everybody else parties_of(study, parties)
    return Question(
        graph=study.graph,
        state=study.space.index(state),
        concept=record,
        parties=tuple(numbers),
        breaking=breaking,
    )
