"""Whole numbers renumbered densely, ties kept: by a table where the span is small, else by a sort."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

_TABLE = 4
"""A table may have so many entries a value."""


def renumbered(values: NDArray[np.int64], bound: int) -> tuple[NDArray[np.int32], int]:
    """Return the values, 0 to `bound` - 1, renumbered 0, 1, 2, ... in the same order, and how many."""
    place_bits = max(1, int(values.size - 1).bit_length())
    if bound <= _TABLE * max(values.size, 1024):
        return _by_table(values, bound)
    if bound.bit_length() + place_bits <= 63:
        return _by_sort(values, place_bits)
    found, places = np.unique(values, return_inverse=True)
    return places.astype(np.int32), int(found.size)


def starts(sizes: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return where each of consecutive parts of these sizes begins, and where the last ends."""
    return np.concatenate([np.zeros(1, np.int64), np.cumsum(sizes)])


def _by_table(values: NDArray[np.int64], bound: int) -> tuple[NDArray[np.int32], int]:
    table = np.zeros(bound, np.int32)
    table[values] = 1
    np.cumsum(table, out=table)
    numbers = table[values]
    numbers -= 1
    return numbers, int(table[-1])


def _by_sort(values: NDArray[np.int64], place_bits: int) -> tuple[NDArray[np.int32], int]:
    """Sort each value together with its place: faster than sorting the places by value."""
    keys = values << place_bits
    keys |= np.arange(values.size)
    keys.sort()
    places = keys & ((1 << place_bits) - 1)
    keys >>= place_bits
    rises = np.zeros(values.size, np.int32)
    np.not_equal(keys[1:], keys[:-1], out=rises[1:], casting="unsafe")
    np.cumsum(rises, out=rises)
    numbers = np.empty_like(rises)
    numbers[places] = rises
    return numbers, int(rises[-1]) + 1
