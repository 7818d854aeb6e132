"""Which states to show, and the shortest true statement of how stable each is."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from standoff.stability.concepts import CONCEPTS, strongest
from standoff.study import Study

MOST_STATES = 24

_STRONGEST_FIRST = ("nash", "sseq", "seq", "smr", "gmr")


def chosen_states(study: Study, *, every_state: bool) -> tuple[list[int], int]:
    """Return the states to show, the status quo first, and how many equilibria are left out.

    Named states are always shown; the equilibria under a concept are shown if all of them fit,
    those under the strongest concepts first.
    """
    if every_state:
        return list(range(study.space.size)), 0
    chosen = [study.space.status_quo]
    if study.space.options:
        chosen += study.space.names
    shown = dict.fromkeys(chosen)
    for concept in _STRONGEST_FIRST:
        found = study.equilibrium_states(concept)
        if found.size <= MOST_STATES and len(shown.keys() | set(found.tolist())) <= MOST_STATES:
            shown |= dict.fromkeys(found.tolist())
    equilibria = np.any([rows.all(axis=0) for rows in study.stable.values()], axis=0)
    return list(shown), int(equilibria.sum() - equilibria[list(shown)].sum())


def stable_kind(study: Study, state: int, dm: int) -> str:
    """Return the strongest concepts under which a state is stable for a decision maker."""
    return _shown(concept for concept, rows in study.stable.items() if rows[dm, state])


def equilibrium_kind(study: Study, state: int) -> str:
    """Return the strongest concepts under which a state is an equilibrium."""
    return _shown(concept for concept, rows in study.stable.items() if rows[:, state].all())


def _shown(concepts: Iterable[str]) -> str:
    return " ".join(CONCEPTS[key].short for key in strongest(concepts)) or "-"
