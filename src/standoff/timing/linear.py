"""Large sparse systems of linear equations, by SciPy where it is installed, else block by block."""

from __future__ import annotations

from collections.abc import Callable
from importlib.util import find_spec

import numpy as np

from standoff.errors import MissingExtraError
from standoff.timing.arrays import Floats, Ints

MOST_DENSE = 6_000
"""A system of more unknowns is not solved without SciPy."""


def solve(rows: Ints, columns: Ints, values: Floats, right: Floats) -> Floats:
    """Return x with A x = `right`; parameters and errors as for `factored`."""
    return factored(rows, columns, values, right.shape[0])(right)


def factored(rows: Ints, columns: Ints, values: Floats, size: int) -> Callable[[Floats], Floats]:
    """Return a function that solves A x = b for any right side b.

    Entries of A at the same place add up.

    Parameters
    ----------
    rows, columns, values : arrays (entries)
    size : int
        The number of unknowns.

    Raises
    ------
    MissingExtraError
        If there are more than 6,000 unknowns and SciPy is not installed.
    """
    if find_spec("scipy") is not None and size > 1:
        from scipy.sparse import csc_array
        from scipy.sparse.linalg import splu

        factors = splu(csc_array((values, (rows, columns)), shape=(size, size)))
        return lambda right: np.asarray(factors.solve(right), np.float64)
    if size > MOST_DENSE:
        raise MissingExtraError(
            f"This takes {size:,} equations at once; without SciPy up to {MOST_DENSE:,} are solved. "
            "Install it: pip install 'standoff[scale]'."
        )
    matrix = np.zeros((size, size))
    np.add.at(matrix, (rows, columns), values)
    return lambda right: np.asarray(np.linalg.solve(matrix, right), np.float64)
