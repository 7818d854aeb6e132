"""Random graph models of every kind, built directly, without a file or a statement."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from standoff.graph import GraphModel, ListedArcs, OptionArcs
from standoff.states.space import StateSpace


def option_graph(
    seed: int,
    owned: Sequence[int],
    *,
    share: float = 0.8,
    levels: int | None = None,
    locked: float = 0.0,
    forbidden: int = 0,
) -> GraphModel:
    """A graph model in option form.

    Parameters
    ----------
    owned : numbers of options of the decision makers
    share : share of the combinations that is feasible
    levels : at most so many different ranks; None for strict rankings
    locked : share of the literals that are irreversible
    forbidden : pairs of sets of states between which a decision maker may not move, for each
    """
    random = np.random.default_rng(seed)
    total = sum(owned)
    codes = np.flatnonzero(random.random(1 << total) < share)
    codes = codes if codes.size else np.array([0])
    lowest = np.cumsum([0, *owned]).tolist()

    def half() -> np.ndarray:
        return random.random(codes.size) < random.choice([0.02, 0.3, 0.6])

    def mask(low: int, count: int) -> int:
        return sum(1 << bit for bit in range(low, low + count) if random.random() < locked)

    arcs = tuple(
        OptionArcs(
            codes,
            low,
            count,
            mask(low, count),
            mask(low, count),
            tuple((half(), half()) for _ in range(forbidden)),
        )
        for low, count in zip(lowest, owned, strict=False)
    )
    ranks = tuple(ranking(random, codes.size, levels) for _ in owned)
    return GraphModel(named(total, codes), tuple(f"d{i}" for i in range(len(owned))), arcs, ranks)


def listed_graph(seed: int, states: int, parties: int, out: float, levels: int | None = None) -> GraphModel:
    """A graph model in graph form with about `out` moves from each state and decision maker."""
    random = np.random.default_rng(seed)
    arcs = tuple(listed(random, states, out) for _ in range(parties))
    ranks = tuple(ranking(random, states, levels) for _ in range(parties))
    space = StateSpace((), np.arange(states), {k: f"g{k}" for k in range(states)}, 0)
    return GraphModel(space, tuple(f"d{i}" for i in range(parties)), arcs, ranks)


def listed(random: np.random.Generator, states: int, out: float) -> ListedArcs:
    pairs = random.integers(0, states, (int(states * out), 2))
    pairs = np.unique(pairs[pairs[:, 0] != pairs[:, 1]], axis=0)
    sides = [[pairs[pairs[:, a] == s, 1 - a] for s in range(states)] for a in (0, 1)]
    return ListedArcs(tuple(sides[0]), tuple(sides[1]))


def staircase(options: int, *, falling: bool = True) -> GraphModel:
    """A walk of 2^(options + 1) - 1 states that two opponents make step by step, in turn.

    Every step is an improvement for the one who makes it; nobody has any other move but back. To
    the focal decision maker, who owns one option, each step is worse than the one before.
    """
    stairs = np.arange((2 << options) - 1)
    walk = (stairs + 1) // 2 | (stairs // 2) << options
    codes = np.sort(np.concatenate([2 * walk, 2 * walk + 1]))
    height = np.empty(codes.size, np.int64)
    for own in (0, 1):
        height[np.searchsorted(codes, 2 * walk + own)] = stairs
    worse = (height.max() - height) * 2 if falling else height * 2
    focal = worse + (codes & 1)
    arcs = (
        OptionArcs(codes, 0, 1, 0, 0, ()),
        OptionArcs(codes, 1, options, 0, 0, ()),
        OptionArcs(codes, 1 + options, options, 0, 0, ()),
    )
    ranks = tuple(rank.astype(np.int32) for rank in (focal, height, height))
    return GraphModel(named(2 * options + 1, codes), ("focal", "left", "right"), arcs, ranks)


def ranking(random: np.random.Generator, states: int, levels: int | None) -> np.ndarray:
    values = random.permutation(states) if levels is None else random.integers(0, levels, states)
    return np.unique(values, return_inverse=True)[1].astype(np.int32)


def named(options: int, codes: np.ndarray) -> StateSpace:
    return StateSpace(tuple(f"o{bit}" for bit in range(options)), codes, {}, 0)
