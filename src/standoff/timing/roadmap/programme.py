"""Small linear programmes over shares that add up to 1."""

from __future__ import annotations

from typing import Any

import numpy as np

from standoff.analyses.highs import silent_highs
from standoff.timing.arrays import Floats

EXACTNESS = 1e-9
"""What is smaller counts as nothing; the solver itself is asked for 1e-10."""

_TOLERANCES = {"primal_feasibility_tolerance": 1e-10, "dual_feasibility_tolerance": 1e-10}


class Shares:
    """Shares g >= 0 that add up to 1 and satisfy C g >= 0, by HiGHS on one thread.

    Parameters
    ----------
    conditions : float array (conditions, shares)
    """

    def __init__(self, conditions: Floats) -> None:
        self._width = conditions.shape[1]
        self._solver = _solver(conditions)

    def least_share(self) -> Floats | None:
        """Return shares of which the smallest is as large as it can be; None if there are no shares.

        With all of them above 0, what they divide is strictly ordered.
        """
        found = self._best(self._width, least=False)
        return None if found is None else found[:-1]

    def reach(self, column: int) -> tuple[float, float]:
        """Return the least and the greatest that one share can be; there must be shares."""
        ends = [self._best(column, least=least) for least in (True, False)]
        low, high = (0.0 if end is None else float(end[column]) for end in ends)
        return low, high

    def _best(self, column: int, *, least: bool) -> Floats | None:
        import highspy

        solver, sense = self._solver, highspy.ObjSense
        solver.changeObjectiveSense(sense.kMinimize if least else sense.kMaximize)
        solver.changeColCost(column, 1.0)
        solver.run()
        solved = solver.getModelStatus() == highspy.HighsModelStatus.kOptimal
        found = np.array(solver.getSolution().col_value)
        solver.changeColCost(column, 0.0)
        return found if solved else None


def _solver(conditions: Floats) -> Any:
    """Return HiGHS with the shares, and a last column that none of them falls below."""
    import highspy

    solver = silent_highs(_TOLERANCES)
    rows, width = conditions.shape
    above_least = np.hstack([np.eye(width), -np.ones((width, 1))])
    together = np.append(np.ones(width), 0.0)[None, :]
    matrix = np.vstack([np.hstack([conditions, np.zeros((rows, 1))]), above_least, together])
    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = width + 1, matrix.shape[0]
    lp.col_cost_ = np.zeros(width + 1)
    lp.col_lower_, lp.col_upper_ = np.zeros(width + 1), np.ones(width + 1)
    lp.row_lower_ = np.append(np.zeros(rows + width), 1.0)
    lp.row_upper_ = np.append(np.full(rows + width, highspy.kHighsInf), 1.0)
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    lp.a_matrix_.start_ = np.arange(matrix.shape[0] + 1, dtype=np.int32) * (width + 1)
    lp.a_matrix_.index_ = np.tile(np.arange(width + 1, dtype=np.int32), matrix.shape[0])
    lp.a_matrix_.value_ = matrix.ravel()
    solver.passModel(lp)
    return solver
