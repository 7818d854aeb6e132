"""Truth values of many states as packed bits: 64 states a word, the first state in the lowest bit.

A statement is evaluated on such columns by a few word operations, and eight columns become a byte
a state, or the other way round, by transposing 8 x 8 bits at a time.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Words = NDArray[np.uint64]
"""A column: one bit a state. Bits beyond the last state mean nothing."""

WORD = np.dtype("<u8")
_WITHIN_A_WORD = [sum(1 << code for code in range(64) if code >> bit & 1) for bit in range(6)]
_SWAPS = ((7, 0x00AA00AA00AA00AA), (14, 0x0000CCCC0000CCCC), (28, 0x00000000F0F0F0F0))


def ones(states: int) -> Words:
    """Return the column that is true in every state."""
    return np.full(-(-states // 64), ~np.uint64(0), WORD)


def columns(codes: NDArray[np.int64], count: int) -> list[Words]:
    """Return a column for each of the lowest `count` bits of the codes."""
    octets = codes.astype("<i8", copy=False).view(np.uint8).reshape(-1, 8)
    found: list[Words] = []
    for place in range(-(-count // 8)):
        rows = np.zeros(64 * -(-codes.size // 64), np.uint8)
        rows[: codes.size] = octets[:, place]
        found.extend(np.ascontiguousarray(_transposed(rows).reshape(-1, 8).T).view(WORD))
    return found[:count]


def octets(column_list: Sequence[Words], states: int) -> NDArray[np.uint8]:
    """Return a byte for each state: bit k is the state's bit in column k, of at most eight."""
    rows = np.zeros((8, 8 * -(-states // 64)), np.uint8)
    for row, column in zip(rows, column_list, strict=False):
        row[:] = column.view(np.uint8)
    return _transposed(np.ascontiguousarray(rows.T).ravel())[:states]


def unpacked(column: Words, states: int) -> NDArray[np.bool_]:
    """Return a column as one truth value a state."""
    return np.unpackbits(column.view(np.uint8), count=states, bitorder="little").view(np.bool_)


def counting(bit: int, words: int) -> Words:
    """Return the column of one bit of the codes 0, 1, 2, ... to 64 times `words` - 1."""
    if bit < 6:
        return np.full(words, _WITHIN_A_WORD[bit], WORD)
    run = 1 << (bit - 6)
    halves = np.array([[0], [~np.uint64(0)]], WORD)
    return np.broadcast_to(halves, (words // (2 * run), 2, run)).reshape(-1)


def _transposed(rows: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Transpose each run of eight bytes as an 8 x 8 matrix of bits."""
    x = rows.view(WORD)
    for shift, mask in _SWAPS:
        t = x >> np.uint64(shift)
        t ^= x
        t &= np.uint64(mask)
        x = x ^ t
        t <<= np.uint64(shift)
        x ^= t
    return x.view(np.uint8)
