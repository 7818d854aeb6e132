"""Display names of what the blocks about time name: types, pivots, signals, stocks, and kinds of events."""

from __future__ import annotations

from standoff.report.names import change, clean, dm_name
from standoff.stability.verdict import Move
from standoff.study import Study
from standoff.timing.play import Kind


def type_name(study: Study, type_: str) -> str:
    """Return the display name of a type, in quotation marks."""
    known = {each.id: each.name for each in study.conflict.types.types} if study.conflict.types else {}
    return f"‘{clean(known.get(type_, type_))}’"


def pivot_name(study: Study, pivot: str) -> str:
    """Return the label of a pivot, in quotation marks."""
    timing = study.conflict.timing
    return _label({each.id: each.label for each in timing.pivots} if timing else {}, pivot)


def signal_name(study: Study, signal: str) -> str:
    """Return the label of a signal, in quotation marks."""
    timing = study.conflict.timing
    return _label({each.id: each.label for each in timing.signals} if timing else {}, signal)


def stock_name(study: Study, stock: str) -> str:
    """Return the label of a stock, in quotation marks."""
    timing = study.conflict.timing
    return _label({each.id: each.label for each in timing.stocks} if timing else {}, stock)


def levels_text(study: Study, levels: dict[str, int]) -> str:
    """Return levels of stocks with their units."""
    timing = study.conflict.timing
    units = {each.id: each.unit for each in timing.stocks} if timing else {}
    return ", ".join(
        f"{stock_name(study, stock)} {level} {clean(units[stock])}" for stock, level in levels.items()
    )


def kind_name(study: Study, kind: Kind, origin: str) -> str:
    """Return what happened: a move from a state, a step of a stock, or a signal."""
    if kind.signal is not None:
        return f"a signal, {signal_name(study, kind.signal)}"
    if kind.stock is not None:
        return f"{stock_name(study, kind.stock)} {'up' if kind.by > 0 else 'down'} by {abs(kind.by)}"
    mover, target = kind.mover or "", kind.to or ""
    move = Move(mover=mover, origin=origin, target=target)
    return f"{dm_name(study, mover)} {change(study, move)}"


def _label(labels: dict[str, str], name: str) -> str:
    return f"‘{clean(labels.get(name, name))}’"
