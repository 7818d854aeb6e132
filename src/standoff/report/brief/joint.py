"""What coalitions can do together that none of their parts could, found once for the brief."""

from __future__ import annotations

from collections.abc import Sequence
from time import monotonic

from standoff.analyses.coalitions.classes import subcoalitions
from standoff.analyses.coalitions.clock import OutOfTimeError
from standoff.analyses.coalitions.judge import judge
from standoff.analyses.coalitions.results import Verdict
from standoff.analyses.coalitions.survey import CONCEPTS, leaving
from standoff.analyses.coalitions.ways import Coalitional
from standoff.report.brief.asked import Joint, Undone
from standoff.report.brief.origins import equilibrium
from standoff.report.brief.targets import TOLD, targets
from standoff.study import Study
from standoff.study.coalitions import AllCoalitions
from standoff.study.parties import parties_of

_MOST = 2

Members = tuple[int, ...]


def joint(study: Study, seconds: float) -> Joint | None:
    """Return which coalitions leave the status quo, and which leave states that hold if each moves alone.

    None if nobody can do more together than alone.

    Raises
    ------
    OutOfTimeError
        If so many seconds are not enough for the status quo.
    """
    field, until, today = Coalitional(study.graph), monotonic() + seconds, study.space.status_quo
    everybody = subcoalitions(field.everybody)
    against, asked = leaving(field, today, TOLD, everybody, until)
    if asked < len(everybody):
        raise OutOfTimeError("Time ran out before all coalitions were looked at.")
    alone = [dm for dm in field.everybody if not study.stable[TOLD][dm, today]]
    least = [each for each in _least(study, against) if len(each) > 1 and not set(alone) & set(each)]
    found = [_failing(field, each, today) for each in least[:_MOST]]
    elsewhere, complete = _elsewhere(study, field, [each for each in everybody if len(each) > 1], until)
    if not found and not elsewhere and complete:
        return None
    return Joint(
        everybody=AllCoalitions(
            coalitions=len(everybody),
            looked_at=0,
            stable_states={},
            asked=asked,
            against=tuple(map(field.ids, against)),
        ),
        leaving=tuple(found),
        untold=len(least) - len(found),
        elsewhere=tuple(elsewhere),
        complete=complete,
    )


def _least(study: Study, against: Sequence[Members]) -> list[Members]:
    """Return the coalitions that have no smaller one among them, those of the file first."""
    in_file = [parties_of(study, each.members) for each in study.conflict.coalitions]
    least = [each for each in against if not any(set(other) < set(each) for other in against)]
    return sorted(least, key=lambda each: each not in in_file)


def _failing(field: Coalitional, members: Members, state: int) -> tuple[Verdict, ...]:
    """Return why a coalition leaves a state; of one state that is quickly told."""
    verdicts = (judge(field, members, state, concept, 1) for concept in CONCEPTS)
    return tuple(verdict for verdict in verdicts if not verdict.stable)


def _elsewhere(
    study: Study, field: Coalitional, coalitions: Sequence[Members], until: float
) -> tuple[list[Undone], bool]:
    """Return states told that hold if each moves alone and coalitions leave, and whether all were seen."""
    found: list[Undone] = []
    for state in targets(study)[0]:
        if not equilibrium(study, study.space.label(state), TOLD).stable:
            continue
        against, asked = leaving(field, state, TOLD, coalitions, until)
        if asked < len(coalitions):
            return found, False
        if against:
            found.append(_undone(study, field, state, against))
    return found, True


def _undone(study: Study, field: Coalitional, state: int, against: Sequence[Members]) -> Undone:
    least = _least(study, against)
    return Undone(
        state=study.space.label(state),
        least=tuple(_failing(field, each, state) for each in least[:_MOST]),
        more=len(against) - len(least[:_MOST]),
    )
