"""What a calculator may be given, and the error that says what is wrong and the cure."""

from __future__ import annotations

from math import isfinite

from standoff.errors import UsageError


def positive(**given: float) -> None:
    """Refuse what is not a finite number above 0.

    Raises
    ------
    UsageError
        Naming the input and its value.
    """
    for name, value in given.items():
        if not (isfinite(value) and value > 0):
            raise UsageError(f"{name} is {value:g}; it must be a finite number above 0.")


def finite(**given: float) -> None:
    """Refuse infinity and what is not a number.

    Raises
    ------
    UsageError
        Naming the input and its value.
    """
    for name, value in given.items():
        if not isfinite(value):
            raise UsageError(f"{name} is {value:g}; it must be a finite number.")


def not_negative(**given: float) -> None:
    """Refuse what is below 0 or not finite.

    Raises
    ------
    UsageError
        Naming the input and its value.
    """
    for name, value in given.items():
        if not (isfinite(value) and value >= 0):
            raise UsageError(f"{name} is {value:g}; it must be a finite number, 0 or more.")


def between(**given: float) -> None:
    """Refuse what does not lie strictly between 0 and 1.

    Raises
    ------
    UsageError
        Naming the input and its value.
    """
    for name, value in given.items():
        if not 0 < value < 1:
            raise UsageError(f"{name} is {value:g}; it must lie between 0 and 1, both excluded.")
