"""When to give up."""

from __future__ import annotations

from time import monotonic

from standoff.errors import RefusedError


class OutOfTimeError(RefusedError):
    """The time given ran out."""


def require_time(until: float | None) -> None:
    """Give up after this time (`time.monotonic`).

    Raises
    ------
    OutOfTimeError
    """
    if is_over(until):
        raise OutOfTimeError("Time ran out before it was settled whether the others can answer.")


def is_over(until: float | None) -> bool:
    """Say whether it is later than this time (`time.monotonic`)."""
    return until is not None and monotonic() > until
