"""Pairs of models for comparison: far apart, or one a few edits away from the other."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from standoff.errors import StandoffError
from standoff.model.changes import applied, closed, model_changes
from standoff.model.conflict import Conflict
from standoff.study import build
from tests.oracles.conflicts import draw_conflict, with_bearable


def random_pair(seed: int) -> tuple[Conflict, Conflict]:
    """Two conflicts of the same form that share nothing but their ids."""
    random = Random(seed)
    form = random.choice(("option", "option", "option", "graph"))
    older, newer = draw_conflict(random, form), draw_conflict(random, form)
    apart = Random(seed)
    return with_bearable(older, apart, 0.4), with_bearable(newer, apart, 0.4)


def near_pair(seed: int, most: int = 5) -> tuple[Conflict, Conflict] | None:
    """A conflict and itself after a few of the changes to another; None where that is no whole model."""
    random = Random(seed)
    older, other = random_pair(seed)
    changes = model_changes(older, other)
    kept = random.sample(range(len(changes)), min(most, len(changes)))
    rest = set(range(len(changes))).difference(closed(changes, set(range(len(changes))).difference(kept)))
    newer = applied(older, [changes[k] for k in sorted(rest)])
    try:
        build(older)
        build(newer)
    except StandoffError:
        return None
    return older, newer


def without_names(conflict: Conflict) -> Conflict:
    return conflict if conflict.is_graph_form else replace(conflict, states=())
