"""Which back end does the work."""

from __future__ import annotations

import sys
from importlib.util import find_spec
from typing import Protocol, cast

import numpy as np
from numpy.typing import NDArray

from standoff.errors import MissingExtraError, UsageError, did_you_mean
from standoff.progress import Progress
from standoff.stability.engine import numpy_engine
from standoff.stability.engine.lists import Lists
from standoff.stability.engine.menus import Ints, Menus
from standoff.stability.engine.problem import Problem, Tell

LARGE = 1 << 21
"""From so many states times decision makers on, loading numba (and compiling, once) pays."""

LARGE_ONCE_LOADED = 1 << 15
"""The same where numba is loaded already."""

_NUMBA = "standoff.stability.engine.numba_engine"


class BackEnd(Protocol):
    """What `numpy_engine` and `numba_engine` both are."""

    NAME: str
    SIDE_BY_SIDE: bool

    def get_ready(self, tell: Progress | None = None) -> float:
        """Load what is needed, naming the phase if that means compiling; return the seconds it takes."""

    def improvements(self, menus: Menus, rank: Ints) -> Lists:
        """Arrange menus by rank."""

    def stable(self, problem: Problem, dm: int, tell: Tell) -> NDArray[np.uint8]:
        """Return a decision maker's bits for all states."""

    def worst_replies(self, problem: Problem, dm: int, tell: Tell) -> Ints:
        """Return the least rank that the others' moves, and their improvements, lead to: (2, states)."""


def back_end(engine: str, work: int) -> BackEnd:
    """Return the back end that was asked for or, for "auto", the one that fits the work.

    Parameters
    ----------
    engine : str
        "numpy", "numba" or "auto".
    work : int
        States times decision makers.

    Raises
    ------
    UsageError
        If there is no such back end.
    MissingExtraError
        If numba is asked for and not installed.
    """
    if chosen(engine, work) == "numba":
        from standoff.stability.engine import numba_engine

        return cast("BackEnd", numba_engine)
    return cast("BackEnd", numpy_engine)


def chosen(engine: str, work: int) -> str:
    """Return the name of the back end that fits, without loading it; else as `back_end`."""
    if engine not in ("auto", "numpy", "numba"):
        raise UsageError(f"There is no engine '{engine}'. {did_you_mean(engine, ('auto', 'numpy', 'numba'))}")
    installed = find_spec("numba") is not None
    if engine == "numba" and not installed:
        raise MissingExtraError("The engine 'numba' is not installed: pip install 'standoff[scale]'.")
    large = work >= (LARGE_ONCE_LOADED if _NUMBA in sys.modules else LARGE)
    return "numba" if engine == "numba" or (engine == "auto" and installed and large) else "numpy"
