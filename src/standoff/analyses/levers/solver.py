"""HiGHS, called so that it is silent, repeatable, keeps to its time and can be interrupted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from threading import Thread
from typing import Any

import numpy as np
from numpy.typing import NDArray

from standoff.analyses.highs import silent_highs

Term = tuple[int, int]
"""Coefficient and column."""

Row = tuple[int, list[Term]]
"""A sum of terms is at least a number."""

_WAIT = 0.05
_GAPS = {"mip_rel_gap": 0.0, "mip_abs_gap": 0.9}


class InfeasibleError(Exception):
    """Nothing satisfies what was required."""


@dataclass(frozen=True, slots=True)
class Minimum:
    """No solution costs less than `bound`; `values` are those of an optimum, None if it was not reached."""

    bound: int
    values: NDArray[np.double] | None


def minimise(number: int, counted: Sequence[int], rows: Sequence[Row], seconds: float) -> Minimum:
    """Minimise the sum of the columns counted.

    Parameters
    ----------
    number : int
        Of columns: 0 or 1, those counted any whole number from 0.
    rows : sequence of (least, terms)

    Raises
    ------
    InfeasibleError
    RuntimeError
        If the solver gives up before the time is over.
    KeyboardInterrupt
        On Ctrl-C, after the solver was told to stop.
    """
    import highspy

    solver = silent_highs({**_GAPS, "time_limit": float(seconds)})
    solver.HandleUserInterrupt = True
    if solver.passModel(_model(number, counted, rows)) == highspy.HighsStatus.kError:
        raise RuntimeError("the solver does not take the programme")
    _run(solver)
    lower = solver.getInfo().mip_dual_bound
    bound = int(np.ceil(lower - 1e-6)) if np.isfinite(lower) else 0
    status, known = solver.getModelStatus(), highspy.HighsModelStatus
    if status == known.kInfeasible:
        raise InfeasibleError
    if status == known.kOptimal:
        return Minimum(bound, np.array(solver.getSolution().col_value))
    if status in (known.kTimeLimit, known.kInterrupt):
        return Minimum(bound, None)
    raise RuntimeError(f"the solver ends with {solver.modelStatusToString(status)}")


def _run(solver: Any) -> None:
    worker = Thread(target=solver.run, daemon=True)
    worker.start()
    try:
        while worker.is_alive():
            worker.join(_WAIT)
    except KeyboardInterrupt:
        solver.cancelSolve()
        raise


def _model(number: int, counted: Sequence[int], rows: Sequence[Row]) -> Any:
    import highspy

    lp = highspy.HighsLp()
    costs, most = np.zeros(number), np.ones(number)
    costs[list(counted)], most[list(counted)] = 1, highspy.kHighsInf
    lp.num_col_, lp.num_row_ = number, len(rows)
    lp.col_cost_, lp.col_lower_, lp.col_upper_ = costs, np.zeros(number), most
    lp.integrality_ = [highspy.HighsVarType.kInteger] * number
    lp.row_lower_ = np.array([least for least, _ in rows], np.double)
    lp.row_upper_ = np.full(len(rows), highspy.kHighsInf)
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    lp.a_matrix_.start_ = np.cumsum([0, *(len(terms) for _, terms in rows)])
    lp.a_matrix_.index_ = np.array([column for _, terms in rows for _, column in terms], np.int32)
    lp.a_matrix_.value_ = np.array([factor for _, terms in rows for factor, _ in terms], np.double)
    return lp
