"""What coalitions can do together that none of their parts could, found once for the brief."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from time import monotonic

import numpy as np

from standoff.analyses.coalitions.classes import subcoalitions
from standoff.analyses.coalitions.clock import OutOfTimeError
from standoff.analyses.coalitions.judge import judge
from standoff.analyses.coalitions.results import Verdict
from standoff.analyses.coalitions.survey import CONCEPTS, leaving, stable_against
from standoff.analyses.coalitions.ways import Coalitional
from standoff.report.brief.asked import Joint
from standoff.report.brief.origins import equilibrium
from standoff.report.brief.targets import TOLD, targets
from standoff.study import Study
from standoff.study.coalitions import AllCoalitions
from standoff.study.parties import parties_of

_MOST = 2

Members = tuple[int, ...]


def joint(study: Study, seconds: float) -> Joint | None:
    """Return which coalitions leave the status quo, and which of the file leave states that hold.

    None if nobody can do more together than alone.

    Raises
    ------
    OutOfTimeError
        After so many seconds.
    """
    field, until, today = Coalitional(study.graph), monotonic() + seconds, study.space.status_quo
    everybody = subcoalitions(field.everybody)
    against, asked = leaving(field, today, TOLD, everybody, until)
    if asked < len(everybody):
        raise OutOfTimeError("Time ran out before all coalitions were looked at.")
    least = [
        each for each in against if len(each) > 1 and not any(set(other) < set(each) for other in against)
    ]
    in_file = [parties_of(study, each.members) for each in study.conflict.coalitions]
    least.sort(key=lambda each: each not in in_file)
    found = [_failing(field, each, today, until) for each in least[:_MOST]]
    elsewhere = list(_elsewhere(study, field, dict.fromkeys(in_file), until))
    if not found and not elsewhere:
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
    )


def _failing(field: Coalitional, members: Members, state: int, until: float) -> tuple[Verdict, ...]:
    verdicts = (judge(field, members, state, concept, 1, until) for concept in CONCEPTS)
    return tuple(verdict for verdict in verdicts if not verdict.stable)


def _elsewhere(
    study: Study, field: Coalitional, coalitions: Iterable[Members], until: float
) -> Iterator[tuple[Verdict, ...]]:
    """Yield for each coalition why it leaves the first of the states told that hold if each moves alone."""
    holding = [
        state for state in targets(study)[0] if equilibrium(study, study.space.label(state), TOLD).stable
    ]
    for members in coalitions:
        if len(members) < 2 or not holding:
            continue
        stable = stable_against(field, members, TOLD, np.array(holding), until)
        some = [state for state, held in zip(holding, stable.tolist(), strict=True) if not held]
        for state in some[:1]:
            yield _failing(field, members, state, until)
