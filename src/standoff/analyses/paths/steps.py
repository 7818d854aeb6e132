"""Steps of paths: what they are and what they cost those who take them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

import numpy as np

from standoff.analyses.paths.movers import Mover
from standoff.analyses.paths.slopes import FAR, RANK, SACRIFICE, STEP, Costs, unpacked
from standoff.graph import States

Kind = Literal["moves", "improvements", "sacrifices"]
"""By all moves; by improvements only; with the fewest sacrifices."""


class Step(NamedTuple):
    """A step by numbers: who (a place among the movers), from which state, to which."""

    mover: int
    origin: int
    target: int


class Cost(NamedTuple):
    """What a path costs, in the order in which paths are compared where sacrifices count."""

    sacrifices: int
    ranks_lost: int
    steps: int


def step_costs(mover: Mover, kind: Kind, origins: States | int, targets: States | int) -> Costs:
    """Return what steps cost their mover, `FAR` where they are no steps of this kind.

    A sacrifice is a step after which a member of the mover is worse off than before it; a joint
    step counts one for each such member, and the ranks that all of these lose.
    """
    gains = [rank[targets].astype(np.int64) - rank[origins] for rank in mover.ranks]
    if kind == "moves":
        return np.ones_like(gains[0])
    if kind == "improvements":
        return np.where(np.all([gain > 0 for gain in gains], axis=0), STEP, FAR)
    falls = (np.where(gain < 0, SACRIFICE - gain * RANK, 0) for gain in gains)
    return sum(falls, np.full_like(gains[0], STEP))


def others(movers: Sequence[Mover]) -> list[list[int]]:
    """Return for each mover those who may move before it: they share no member with it."""
    return [
        [row for row, other in enumerate(movers) if not set(other.members) & set(mover.members)]
        for mover in movers
    ]


def cost(movers: Sequence[Mover], steps: Sequence[Step]) -> Cost:
    """Return the sacrifices, the ranks lost by them and the number of steps of a path."""
    packed = sum(
        int(step_costs(movers[step.mover], "sacrifices", np.array([step.origin]), step.target)[0])
        for step in steps
    )
    return Cost(*unpacked(packed))
