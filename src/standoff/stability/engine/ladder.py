"""Lists laid out for NumPy: the best targets of many menus, then the second best of them, and so on.

What a user can get at best is a running minimum down its menu. In rows of equal depth that is one
operation a row for a whole block of menus, in place of one step a target.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import isqrt

import numpy as np
from numpy.typing import NDArray

from standoff.stability.engine.menus import Ints

Longs = NDArray[np.int64]

NOTHING = np.int32(2**31 - 1)
"""What a state without a choice gets at best, where less is better."""

ABREAST = 1 << 10
"""So many menus stand side by side in a block: few enough for the cache."""

LONGEST = 1 << 10
"""A menu longer than this stands by itself; in small conflicts one longer than twice the root."""


@dataclass(frozen=True, slots=True, eq=False)
class Ladder:
    """The targets of one decision maker in rows of equal depth.

    Attributes
    ----------
    targets : int64 array
        Place 0 is kept for "nothing": the target at place k > 0 is `targets[k - 1]`.
    rungs : pairs of slices of places
        A row, and the part of the row above that stands over it; from the top down.
    poles : slices of places
        Menus that stand by themselves, best first.
    improving, anywhere : int64 arrays
        For each state the place of its worst choice among improvements, or among all moves; all
        choices stand above it. 0 for a state that has none.
    """

    targets: Longs
    rungs: list[tuple[slice, slice]]
    poles: list[slice]
    improving: Longs
    anywhere: Longs

    def least(self, worth: Ints, last: Longs) -> Ints:
        """Return the least `worth` among each state's choices, or `NOTHING`, column by column.

        Parameters
        ----------
        worth : int32 array (states, columns)
        last : `improving` or `anywhere`
        """
        least = np.empty((self.targets.size + 1, worth.shape[1]), np.int32)
        least[0] = NOTHING
        np.take(worth, self.targets, axis=0, out=least[1:], mode="clip")
        for row, above in self.rungs:
            np.minimum(least[row], least[above], out=least[row])
        for pole in self.poles:
            for column in least[pole].T:
                np.minimum.accumulate(column, out=column)
        return least.take(last, axis=0, mode="clip")


def ladder(
    targets: Ints, target_starts: Longs, users: Ints, user_starts: Longs, stops: Ints, *, states: int
) -> Ladder:
    """Lay out lists, described as in `Lists`: O(m), and one row for each depth of a block of menus."""
    sizes, begins = np.diff(target_starts), target_starts[:-1]
    long = sizes > min(2 * isqrt(targets.size), LONGEST)
    row_starts, abreast = _rows(np.where(long, 0, sizes))
    first_row = np.arange(sizes.size) // ABREAST * row_starts.shape[1]
    place = np.repeat(first_row - begins, sizes)
    place += np.arange(place.size)
    place = row_starts.ravel().take(place, mode="clip")
    place += np.repeat(abreast, sizes)
    poles = []
    end = int(row_starts.max(initial=1))
    for begin, size in zip(begins[long].tolist(), sizes[long].tolist(), strict=True):
        poles.append(slice(end, end + size))
        place[begin : begin + size] = np.arange(end, end + size)
        end += size
    by_place = np.empty(targets.size, np.int64)
    by_place[place - 1] = targets
    menu = np.repeat(np.arange(sizes.size), np.diff(user_starts))
    first, improving, anywhere = begins[menu], np.zeros(states, np.int64), np.zeros(states, np.int64)
    if place.size:
        improving[users] = _last(place, first, stops.astype(np.int64))
        anywhere[users] = _last(place, first, target_starts[1:][menu])
    return Ladder(by_place, _rungs(row_starts), poles, improving, anywhere)


def _last(place: Longs, begins: Longs, ends: Longs) -> Longs:
    """Return the place of each user's last choice, from `begins` to `ends`; 0 if there is none."""
    last = place.take(ends - 1, mode="clip")
    last *= ends > begins
    return last


def _rows(sizes: Longs) -> tuple[Longs, Longs]:
    """Return where each row of each block starts (last, where it ends), and each menu's place in a row.

    The longest menus of a block come first, so that a row of those that reach so deep has no gaps.
    """
    blocks = -(-sizes.size // ABREAST)
    by_block = np.zeros((blocks, ABREAST), np.int16)
    by_block.ravel()[: sizes.size] = sizes
    order = np.argsort(-by_block, axis=1, kind="stable")
    abreast = np.empty((blocks, ABREAST), np.int64)
    np.put_along_axis(abreast, order, np.arange(ABREAST)[None, :], axis=1)
    deepest = int(by_block.max(initial=0))
    key = by_block + np.arange(blocks)[:, None] * (deepest + 1)
    ending = np.bincount(key.ravel(), minlength=blocks * (deepest + 1)).reshape(blocks, deepest + 1)
    reaching = ABREAST - np.cumsum(ending, axis=1)
    rows = np.cumsum(reaching.ravel()).reshape(reaching.shape)
    row_starts = 1 + rows - reaching
    return row_starts, abreast.ravel()[: sizes.size]


def _rungs(row_starts: Longs) -> list[tuple[slice, slice]]:
    """Return each row but the first of every block, beside as much of the one above."""
    begin, end = row_starts[:, 1:-1].ravel(), row_starts[:, 2:].ravel()
    above = row_starts[:, :-2].ravel()
    some = end > begin
    rows = zip(begin[some].tolist(), end[some].tolist(), above[some].tolist(), strict=True)
    return [(slice(a, b), slice(c, c + b - a)) for a, b, c in rows]
