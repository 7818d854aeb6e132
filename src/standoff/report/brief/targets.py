"""Which states a brief compares with the status quo: those with a name, or else equilibria."""

from __future__ import annotations

import numpy as np

from standoff.report.names import counted
from standoff.stability.concepts import CONCEPTS
from standoff.study import Study

TOLD = "seq"
"""The concept under which it is told whether states would hold: replies must pay those who reply."""

_MOST = 8
_STRONGEST_FIRST = ("nash", "sseq", "seq", "smr", "gmr")


def targets(study: Study) -> tuple[list[int], str]:
    """Return the states that could take the place of today's, and what they are called together.

    If no state has a name: the equilibria under the strongest concept that has some; of many
    those that are better for most decision makers, and of these those nearest to the status quo.
    """
    today = study.space.status_quo
    named = [state for state in study.space.names if state != today] if study.space.options else []
    if named:
        return named, "the named state" if len(named) == 1 else "the named states"
    for concept in _STRONGEST_FIRST:
        found = study.equilibrium_states(concept)
        found = found[found != today]
        if not found.size:
            continue
        short = CONCEPTS[concept].short
        if found.size <= _MOST:
            return found.tolist(), f"the other {short} equilibri{'um' if found.size == 1 else 'a'}"
        better = sum(ranks[found] > ranks[today] for ranks in study.graph.ranks)
        codes = study.space.codes
        near = np.bitwise_count(codes[found] ^ codes[today]) if study.space.options else np.zeros_like(found)
        order = np.lexsort((found, near, -np.asarray(better)))[:_MOST]
        number = counted(_MOST, "equilibrium", "equilibria")
        return found[order].tolist(), f"the {number} under {short} that are better for most and nearest"
    return [], ""
