"""How far two rankings are apart: pairs of relevant states whose order flips, counted in halves."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from standoff.analyses.levers.question import Rankings, Touched
from standoff.preferences import Ranks


def distance(before: Rankings, after: Rankings, relevant: tuple[Touched, ...]) -> int:
    """Return the number of half pairs that change, over all decision makers."""
    return sum(between(old, new, among) for old, new, among in zip(before, after, relevant, strict=True))


def between(before: Ranks, after: Ranks, among: Touched) -> int:
    """Return the half pairs that differ in two rankings: one for a tie made or broken, two for a flip."""
    states = np.flatnonzero(among)
    old, new = before[states], after[states]
    changed = 0
    for place, others in _rows(old, new):
        changed += int(np.abs(_signs(old, place)[others] - _signs(new, place)[others]).sum())
    return changed


def flipped(before: Ranks, after: Ranks, among: Touched) -> list[tuple[int, int]]:
    """Return the pairs of relevant states whose order differs, each once."""
    states = np.flatnonzero(among)
    old, new = before[states], after[states]
    found = []
    for place, others in _rows(old, new):
        differs = others[_signs(old, place)[others] != _signs(new, place)[others]]
        found += [(int(states[place]), int(states[other])) for other in differs]
    return found


def _signs(ranks: Ranks, place: int) -> NDArray[np.int32]:
    return np.sign(ranks - ranks[place])


def _rows(old: Ranks, new: Ranks) -> Iterator[tuple[int, NDArray[np.int64]]]:
    """Yield places and others that they are to be compared with: every pair that may differ, once.

    A place that moved far is taken out and compared with the rest, until the rest is ordered alike.
    """
    rest = np.arange(old.size)
    while not _alike(old[rest], new[rest]):
        far = int(np.abs(_standing(old[rest]) - _standing(new[rest])).argmax())
        place = int(rest[far])
        rest = np.delete(rest, far)
        yield place, rest


def _alike(old: Ranks, new: Ranks) -> bool:
    return bool(
        np.array_equal(np.unique(old, return_inverse=True)[1], np.unique(new, return_inverse=True)[1])
    )


def _standing(ranks: Ranks) -> NDArray[np.int64]:
    """Return how many more stand below than above."""
    in_order = np.sort(ranks)
    return np.searchsorted(in_order, ranks) + np.searchsorted(in_order, ranks, "right")


def cost_at_or_above(ranks: Ranks, among: Touched, upper: int, lower: int) -> int:
    """Return a lower bound, in half pairs, on changes after which `upper` stands at or above `lower`.

    For each third state between the two at least two halves change, for each level with one of them at
    least one; see the proof in `thresholds`.
    """
    high, low = ranks[lower], ranks[upper]
    if low >= high:
        return 0
    values = ranks[among]
    inside = int(((values > low) & (values < high)).sum())
    return 1 + 2 * inside + int((values == low).sum()) - 1 + int((values == high).sum()) - 1


def cost_above(ranks: Ranks, among: Touched, upper: int, lower: int) -> int:
    """Return a lower bound, in half pairs, on changes after which `upper` stands strictly above `lower`."""
    high, low = ranks[lower], ranks[upper]
    if low > high:
        return 0
    values = ranks[among]
    if low == high:
        return 1 + int((values == low).sum()) - 2
    inside = int(((values > low) & (values < high)).sum())
    return 2 + 2 * inside + int((values == low).sum()) - 1 + int((values == high).sum()) - 1
