"""Time limits: whether they are numbers, and when the time that is given will be over."""

from __future__ import annotations

from time import monotonic

from standoff.errors import UsageError


def require_time_limit(time_limit: float | None, name: str = "time limit") -> None:
    """Refuse a limit that is below 0 or no number.

    Raises
    ------
    UsageError
        If it is.
    """
    if time_limit is not None and not time_limit >= 0:
        raise UsageError(f"The {name} is {time_limit:g} seconds; it must be 0 or more.")


def end_of(time_limit: float | None) -> float | None:
    """Return the time, as `monotonic` tells it, after so many seconds; None if there is no limit.

    Raises
    ------
    UsageError
        If the limit is below 0 or no number.
    """
    require_time_limit(time_limit)
    return None if time_limit is None else monotonic() + time_limit
