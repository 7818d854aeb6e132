"""How far two decision makers rank the same states the same way: exact, in O(m log m)."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from standoff.preferences import Ranks


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """All pairs of states, by how two decision makers rank them.

    Attributes
    ----------
    decision_makers : pair of str
    pairs : int
        How many pairs of different states there are.
    same, opposite : int
        Both prefer the same one of the two; each prefers another one.
    tied_for_both, tied_for_one : int
        Both are indifferent; just one of them is.
    """

    decision_makers: tuple[str, str]
    pairs: int
    same: int
    opposite: int
    tied_for_both: int
    tied_for_one: int

    @property
    def index(self) -> Fraction | None:
        """The share of pairs that are ranked the same way, ties with ties; None without pairs."""
        return Fraction(self.same + self.tied_for_both, self.pairs) if self.pairs else None


def agreement(names: tuple[str, str], first: Ranks, second: Ranks) -> Agreement:
    """Compare two rankings of the same states pair by pair, as Kendall (1938) does.

    Ordinal: only which of two states is preferred counts, not how far apart they are.
    """
    pairs = _pairs(np.array([first.size]))
    tied_first, tied_second = (
        _pairs(np.unique(first, return_counts=True)[1]),
        _pairs(np.unique(second, return_counts=True)[1]),
    )
    keys = first.astype(np.int64) << 32 | second
    both = _pairs(np.unique(keys, return_counts=True)[1])
    opposite = inversions(np.sort(keys) & 0xFFFFFFFF)
    tied_for_one = tied_first + tied_second - 2 * both
    return Agreement(
        decision_makers=names,
        pairs=pairs,
        same=pairs - opposite - tied_for_one - both,
        opposite=opposite,
        tied_for_both=both,
        tied_for_one=tied_for_one,
    )


def _pairs(sizes: NDArray[np.int64]) -> int:
    return int((sizes * (sizes - 1) // 2).sum())


def inversions(values: NDArray[np.int64]) -> int:
    """Return how many pairs stand in falling order.

    By the highest bit in which the two values of a pair differ: values that agree in the bits above
    it stand together in their old order, and every 1 before a 0 there is a pair.
    """
    found = 0
    here = values
    for bit in range(int(values.max(initial=0)).bit_length() - 1, -1, -1):
        ones = here >> bit & 1
        group = np.flatnonzero(np.diff(here >> (bit + 1), prepend=-1))
        before = np.concatenate([np.zeros(1, np.int64), np.cumsum(ones)])
        since = np.repeat(before[group], np.diff(group, append=here.size))
        found += int((before[:-1] - since)[ones == 0].sum())
        here = here[np.argsort(here >> bit, kind="stable")]
    return found
