"""Which days or years are written below an axis of time."""

from __future__ import annotations

from datetime import date

Mark = tuple[float, str]
"""A place on an axis, from 0 to 1, and what is written there."""

_MONTHS = (1, 2, 3, 6, 12, 24, 60, 120, 240, 600)
_YEARS = (0.01, 0.05, 0.25, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 25.0, 50.0)


def days(begin: date, end: date, most: int) -> list[Mark]:
    """Return first days of months, not more than about so many, or else both ends of the axis."""
    first, last = (day.year * 12 + day.month - 1 for day in (begin, end))
    step = next((step for step in _MONTHS if (last - first) // step < most), _MONTHS[-1])
    months = [date(month // 12, month % 12 + 1, 1) for month in range(first, last + 1) if month % step == 0]
    shown, form = [day for day in months if day >= begin], "%Y" if step >= 12 else "%Y-%m"
    if len(shown) < 2:
        shown, form = sorted({begin, end}), "%Y-%m-%d"
    whole = max((end - begin).days, 1)
    return [((day - begin).days / whole, f"{day:{form}}") for day in shown]


def years(whole: float, most: int) -> list[Mark]:
    """Return years from the beginning on, not more than about so many."""
    step = next((step for step in _YEARS if whole / step < most), _YEARS[-1])
    return [(place * step / whole, f"year {place * step:g}") for place in range(int(whole / step + 1e-9) + 1)]
