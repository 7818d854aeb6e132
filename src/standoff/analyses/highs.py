"""HiGHS, the solver of linear and integer programmes: silent, and the same every time."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

_REPEATABLE = {"threads": 1, "random_seed": 0}


def silent_highs(options: Mapping[str, float]) -> Any:
    """Return a HiGHS on one thread that does not greet on stdout when it is first called."""
    import highspy

    class Silent(highspy.Highs):
        def enableCallbacks(self) -> None:  # noqa: N802
            self.setOptionValue("output_flag", False)  # noqa: FBT003
            super().enableCallbacks()  # type: ignore[no-untyped-call]

    solver = Silent()  # type: ignore[no-untyped-call]
    for option, value in {**_REPEATABLE, **options}.items():
        solver.setOptionValue(option, value)
    return solver
