"""Ripeness as each type of a decision maker sees it, with the belief in that type."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from time import monotonic

from standoff.analyses.ripeness import Ripeness, UnderType, ripeness
from standoff.errors import StandoffError
from standoff.model.conflict import Bearable
from standoff.progress import Progress
from standoff.stability.survey import survey
from standoff.study.study import Study
from standoff.timing.ledger import ledger
from standoff.timing.wishes import as_type


def by_type(
    study: Study,
    state: int,
    parties: Sequence[int],
    bearable: Sequence[Bearable | None],
    deadline: float | None = None,
    progress: Progress | None = None,
) -> tuple[UnderType, ...]:
    """Return the conditions of ripeness once for each type of the decision maker that has types.

    Stocks stand at their start. Empty if nobody has types, or the time was up before all were told.
    """
    types, timing = study.conflict.types, study.conflict.timing
    if types is None:
        return ()
    dm = study.number_of(types.decision_maker)
    levels = {stock.id: stock.start for stock in timing.stocks} if timing else {}
    shares, log_read = _shares(study)
    found = []
    for each in types.types:
        if deadline is not None and monotonic() > deadline:
            return ()
        graph = as_type(study.graph, study.conflict, dm, each, levels)
        stable = survey(graph, (), study.sanction_moves, progress=progress).stable
        told = ripeness(graph, stable, state, parties, bearable, (), 0, progress)
        found.append(_told(told, types.decision_maker, each.id, shares[each.id], log_read=log_read))
    return tuple(found)


def _shares(study: Study) -> tuple[Mapping[str, float], bool]:
    """Return the belief in each type today and whether the log of events was read for it; else the prior."""
    types = study.conflict.types
    prior = {each.id: float(each.prior.value) for each in types.types} if types else {}
    if study.conflict.timing is None or not study.conflict.events:
        return prior, False
    try:
        read = ledger(study.graph, study.conflict)
    except StandoffError:
        return prior, False
    return dict(zip(read.types, read.posterior, strict=True)), True


def _told(found: Ripeness, decision_maker: str, type_: str, share: float, *, log_read: bool) -> UnderType:
    return UnderType(
        decision_maker=decision_maker,
        type=type_,
        share=share,
        log_read=log_read,
        winners=tuple(row.decision_maker for row in found.rows if not row.cannot_win),
        size=found.zone.size,
        holding=found.zone.holding,
        failing=found.failing,
    )


def with_types(study: Study, found: Ripeness, types: tuple[UnderType, ...]) -> Ripeness:
    """Return the answer with what each type makes of it; its own row says that there are types."""
    maker = study.conflict.types.decision_maker if study.conflict.types else None
    rows = tuple(
        replace(row, perceived="by type") if row.decision_maker == maker else row for row in found.rows
    )
    return replace(found, rows=rows, by_type=types)
