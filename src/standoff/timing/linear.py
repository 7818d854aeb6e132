"""Large sparse systems of linear equations, by SciPy where it is installed, else block by block."""

from __future__ import annotations

from importlib.util import find_spec

import numpy as np
from numpy.typing import NDArray

from standoff.errors import MissingExtraError

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

MOST_DENSE = 6_000
"""A system of more unknowns is not solved without SciPy."""


def solve(rows: Ints, columns: Ints, values: Floats, right: Floats) -> Floats:
    """Return x with A x = `right`; entries of A at the same place add up.

    Parameters
    ----------
    rows, columns, values : arrays (entries)
    right : float array (unknowns) or (unknowns, sides)

    Raises
    ------
    MissingExtraError
        If there are more than 6,000 unknowns and SciPy is not installed.
    """
    size = right.shape[0]
    if find_spec("scipy") is not None and size > 1:
        from scipy.sparse import csc_array
        from scipy.sparse.linalg import splu

        return np.asarray(
            splu(csc_array((values, (rows, columns)), shape=(size, size))).solve(right), np.float64
        )
    if size > MOST_DENSE:
        raise MissingExtraError(
            f"This takes {size:,} equations at once; without SciPy up to {MOST_DENSE:,} are solved. "
            "Install it: pip install 'standoff[scale]'."
        )
    matrix = np.zeros((size, size))
    np.add.at(matrix, (rows, columns), values)
    return np.asarray(np.linalg.solve(matrix, right), np.float64)
