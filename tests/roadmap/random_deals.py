"""Random phased deals on random conflicts: a walk of legal steps, payoffs that fit the ranks or not."""

from __future__ import annotations

from random import Random
from typing import Any, NamedTuple

from standoff.model.conflict import Conflict
from tests.oracles.conflicts import random_conflict
from tests.oracles.literal import Model
from tests.oracles.plain import plain
from tests.roadmap.literal import QUARTERS, Terms, legal


class Deal(NamedTuple):
    conflict: Conflict
    model: Model
    path: list[Any]
    terms: Terms
    factor: float
    utilities: list[dict[Any, float]]

    @property
    def step_months(self) -> float:
        return 4.0

    @property
    def seen_after(self) -> float:
        return self.terms.seen / QUARTERS


def random_deal(seed: int) -> Deal | None:
    """The deal that belongs to a seed; None where there is no step to make."""
    random = Random(seed)
    conflict = random_conflict(seed)
    model = plain(conflict)
    start = conflict.status_quo
    path = [start]
    for _ in range(random.randint(1, 4)):
        choices = [s for s in model.states if legal(model, conflict, path[-1], s)]
        if not choices:
            break
        path.append(random.choice(choices))
    if len(path) < 2:
        return None
    return Deal(
        conflict,
        model,
        path,
        Terms(
            seen=random.choice((0, 1, 3, 4, 4, 4, 6, 9, 16)), back=random.choice((start, path[0], path[-1]))
        ),
        random.choice((0.3, 0.6, 0.8, 0.93)),
        [utility(random, model, dm, fitting=seed % 2 == 0) for dm in range(model.number)],
    )


def utility(random: Random, model: Model, dm: int, *, fitting: bool) -> dict[Any, float]:
    """Random payoffs; if they fit the ranks, better states are paid more and equal ones the same."""
    if not fitting:
        return {s: random.choice((0.0, 1.0, random.uniform(-3, 3))) for s in model.states}
    ranks = {s: model.rank(dm, s) for s in model.states}
    height, heights = 0.0, {}
    for rank in range(max(ranks.values()) + 1):
        heights[rank] = height
        height += random.choice((0.05, 1.0, random.expovariate(1)))
    return {s: heights[rank] for s, rank in ranks.items()}
