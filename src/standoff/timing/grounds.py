"""The numbers that a belief rests on, each with its unit and what it rests on in turn."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from standoff.evidence import Evidence
from standoff.model.conflict import Conflict
from standoff.model.statement import Statement
from standoff.model.timing import Condition, Quantity, Timing
from standoff.timing.building import BY_DEFAULT


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """A number of the model.

    Attributes
    ----------
    kind : str
        ``prior``, ``opportunities``, ``choice``, ``step`` (of a stock) or ``signal``.
    of : str
        Id of the type, decision maker, stock or signal; empty for the choice rule.
    value : float or None
        None for a choice that is always the best reply.
    unit : str
    where : str
        The condition and the type it is limited to; empty if there is no limit. For the choice
        rule, how far they look ahead.
    evidence : Evidence
    note : str
    """

    kind: str
    of: str
    value: float | None
    unit: str
    where: str
    evidence: Evidence
    note: str

    @property
    def is_assumption(self) -> bool:
        """Whether it rests on no source."""
        return self.evidence.is_assumption


def grounds(conflict: Conflict) -> tuple[Ground, ...]:
    """Return the numbers that move a belief about types: priors, opportunities, choice, rates.

    Discount and payoffs are not among them: they say what waiting is worth, not what to believe.
    A model without a choice rule has the default, a best reply, which is an assumption.
    """
    return tuple(_grounds(conflict))


def _grounds(conflict: Conflict) -> Iterator[Ground]:
    for each in conflict.types.types if conflict.types else ():
        yield _ground("prior", each.id, each.prior, "probability")
    timing = conflict.timing
    if timing is None:
        return
    for dm, quantity in timing.opportunities:
        yield _ground("opportunities", dm, quantity, "per year")
    choice = timing.choice or BY_DEFAULT
    yield Ground(
        kind="choice",
        of="",
        value=None if choice.kappa is None else float(choice.kappa),
        unit="kappa",
        where=f"{choice.moves_ahead} {'move' if choice.moves_ahead == 1 else 'moves'} ahead",
        evidence=choice.evidence,
        note="",
    )
    yield from _rates(timing)


def _rates(timing: Timing) -> Iterator[Ground]:
    for stock in timing.stocks:
        for step in stock.changes:
            where = limits(step.condition, step.type)
            yield _ground("step", stock.id, step.per_year, f"per year, by {step.by:+}", where)
    for signal in timing.signals:
        for rate in signal.rates:
            yield _ground("signal", signal.id, rate.per_year, "per year", limits(rate.condition, rate.type))


def _ground(kind: str, of: str, quantity: Quantity, unit: str, where: str = "") -> Ground:
    return Ground(
        kind=kind,
        of=of,
        value=float(quantity.value),
        unit=unit,
        where=where,
        evidence=quantity.evidence,
        note=quantity.note or "",
    )


def limits(condition: Condition, type_: str | None) -> str:
    """Return where a number applies, in words: under which type and while what holds; "" for everywhere."""
    parts = [f"under {type_}"] if type_ is not None else []
    if isinstance(condition, Statement):
        parts.append(f"while {condition.text}")
    elif condition is not None:
        parts.append(f"while at {', '.join(condition)}")
    return " ".join(parts)
