"""What would keep each side from leaving the states that would hold, step by step."""

from __future__ import annotations

from standoff.report.brief.asked import Asked
from standoff.report.brief.deterrence import deterred, path
from standoff.report.brief.origins import equilibrium
from standoff.report.brief.targets import TOLD, targets
from standoff.report.brief.value import Folded, Section
from standoff.report.names import counted
from standoff.study import Study

_MOST = 12


def section(study: Study, asked: Asked) -> Section | None:
    """Return a path for each side that could gain by leaving a state, but is deterred.

    States of which it is told who could spoil them are left out: that tells the same.
    """
    told = {deal.state for deal in asked.ways.deals}
    holding = [study.space.label(state) for state in targets(study)[0]]
    holding = [label for label in holding if label not in told]
    holding = [label for label in holding if equilibrium(study, label, TOLD).stable]
    found = [each for label in holding for each in deterred(study, label)]
    if not found:
        return None
    steps = tuple(path(study, *each) for each in found[:_MOST])
    more = Folded(title=f"{counted(len(steps), 'move')} that would pay, and what answers each", blocks=steps)
    return Section(
        key="staying",
        title="What would keep them in the other states" if told else "What would keep them there",
        blocks=(more,),
    )
