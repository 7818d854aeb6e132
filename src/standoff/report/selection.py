"""Which states to show, and the shortest true statement of how stable each is."""

from __future__ import annotations

from collections.abc import Iterable

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
    shown, equilibria = dict.fromkeys(chosen), set()
    for concept in _STRONGEST_FIRST:
        found = study.equilibrium_states(concept).tolist()
        equilibria.update(found)
        if len(shown.keys() | set(found)) <= MOST_STATES:
            shown |= dict.fromkeys(found)
    return list(shown), len(equilibria - shown.keys())


def stable_kind(study: Study, state: int, dm: int) -> str:
    """Return the strongest concepts under which a state is stable for a decision maker."""
    return _shown(concept for concept, rows in study.stable.items() if rows[dm, state])


def equilibrium_kind(study: Study, state: int) -> str:
    """Return the strongest concepts under which a state is an equilibrium."""
    return _shown(concept for concept, rows in study.stable.items() if rows[:, state].all())


def _shown(concepts: Iterable[str]) -> str:
    return " ".join(CONCEPTS[key].short for key in strongest(concepts)) or "-"
