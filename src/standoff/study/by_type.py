"""Ripeness under the wishes of each type of a decision maker, with the belief in that type."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from time import monotonic

from standoff.analyses.ripeness import Ripeness, UnderType, ripeness
from standoff.errors import ModelError, RefusedError
from standoff.model.conflict import Bearable
from standoff.progress import Progress
from standoff.stability.survey import survey
from standoff.study.study import Study
from standoff.timing.ledger import ledger
from standoff.timing.wishes import as_type

MOST_STATES = 1 << 16
"""In larger conflicts the types are not told: each takes an analysis of its own."""


def by_type(
    study: Study,
    state: int,
    parties: Sequence[int],
    bearable: Sequence[Bearable | None],
    deadline: float | None = None,
    progress: Progress | None = None,
) -> tuple[UnderType, ...]:
    """Return which condition of ripeness fails under each type of the decision maker that has types.

    Stocks stand at their start. Empty if nobody has types, the conflict is too large, or the time was
    up before all types were told.

    Parameters
    ----------
    state : int
    parties : sequence of int
    bearable : sequence of Bearable or None
        Where each of these parties can bear to stay, if that is stated.
    deadline : float, optional
        The moment (`time.monotonic`) after which no further type is looked at.
    """
    types, timing = study.conflict.types, study.conflict.timing
    if types is None or study.space.size > MOST_STATES:
        return ()
    dm = study.number_of(types.decision_maker)
    levels = {stock.id: stock.start for stock in timing.stocks} if timing else {}
    shares, log_read, why = _shares(study)
    found = []
    for each in types.types:
        if deadline is not None and monotonic() > deadline:
            return ()
        graph = as_type(study.graph, study.conflict, dm, each, levels)
        stable = survey(graph, (), study.sanction_moves, progress=progress).stable
        told = ripeness(graph, stable, state, parties, bearable, (), 0, progress)
        found.append(
            UnderType(
                decision_maker=types.decision_maker,
                type=each.id,
                share=shares[each.id],
                log_read=log_read,
                log_refused=why,
                winners=tuple(row.decision_maker for row in told.rows if not row.cannot_win),
                sparing=_sparing(told),
                size=told.zone.size,
                holding=told.zone.holding,
                failing=told.failing,
            )
        )
    return tuple(found)


def _sparing(found: Ripeness) -> tuple[str, ...]:
    return tuple(row.decision_maker for row in found.rows if row.hurts is False)


def _shares(study: Study) -> tuple[Mapping[str, float], bool, str | None]:
    """Return the belief in each type by the log, or the prior; whether the log was read, and if not why."""
    types = study.conflict.types
    prior = {each.id: float(each.prior.value) for each in types.types} if types else {}
    if study.conflict.timing is None or not study.conflict.events:
        return prior, False, None
    if study.assumed is not None:
        return prior, False, "the log happened without the assumption"
    try:
        read = ledger(study.graph, study.conflict)
    except (ModelError, RefusedError):
        return prior, False, "the log cannot be read; standoff belief FILE says why"
    return dict(zip(read.types, read.posterior, strict=True)), True, None
