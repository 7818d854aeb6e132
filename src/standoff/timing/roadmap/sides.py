"""The sides of a phased deal: what each gains by the year, how it discounts, how it ranks the states."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from standoff.graph import GraphModel
from standoff.model.conflict import Conflict
from standoff.model.roadmap import SideStakes
from standoff.model.timing import PartyType, Quantity, Timing
from standoff.preferences import Ranks
from standoff.timing.arrays import Floats
from standoff.timing.roadmap.verdicts import Assumed, Basis
from standoff.timing.situation import where
from standoff.timing.wishes import ranks_of

DISCOUNT_PER_YEAR = 0.1
"""Taken where the model says nothing; shown as an assumption."""


@dataclass(frozen=True, slots=True, eq=False)
class Side:
    """A decision maker, under one of its types if it has any.

    `utility` is its payoff per year in each state; None if only its ranks are known.
    """

    dm: int
    id: str
    type: str | None
    discount_per_year: float
    utility: Floats | None
    ranks: Ranks

    @property
    def spread(self) -> float:
        """How far its best and its worst payoff are apart."""
        return 0.0 if self.utility is None else float(np.ptp(self.utility))


def sides(
    graph: GraphModel, conflict: Conflict, levels: Mapping[str, int]
) -> tuple[tuple[Side, ...], tuple[Assumed, ...]]:
    """Return every decision maker, once for each of its types, and what is assumed about them.

    Payoffs come from `roadmap.parties`; for the focal decision maker else from `timing.payoffs`. Stocks
    stay at the `levels` given throughout, also in the preferences of types. A discount rate that is not
    stated is the one of `timing`, else 10 % a year.
    """
    given = {each.decision_maker: each for each in conflict.roadmap.parties} if conflict.roadmap else {}
    assumed: list[Assumed] = []
    found: list[Side] = []
    for dm, id_ in enumerate(graph.decision_makers):
        stakes = given.get(id_)
        rate, told = _discount(stakes, id_, conflict.timing)
        assumed += told
        assumed += _assumed_payoffs(conflict, stakes, id_)
        assumed += _assumed_levels(conflict, stakes, id_, levels)
        found += [
            Side(
                dm=dm,
                id=id_,
                type=None if type_ is None else type_.id,
                discount_per_year=rate,
                utility=_utility(graph, conflict, stakes, id_, type_, levels),
                ranks=ranks_of(graph, conflict, dm, type_, levels) if type_ else graph.ranks[dm],
            )
            for type_ in _types(conflict, id_)
        ]
    return tuple(found), tuple(assumed)


def _types(conflict: Conflict, id_: str) -> tuple[PartyType | None, ...]:
    if conflict.types is None or conflict.types.decision_maker != id_:
        return (None,)
    return conflict.types.types


def _discount(
    stakes: SideStakes | None, id_: str, timing: Timing | None
) -> tuple[float, tuple[Assumed, ...]]:
    quantity = stakes.discount_per_year if stakes else None
    if quantity is None and timing is not None and timing.focal == id_:
        quantity = timing.discount_per_year
    if quantity is not None:
        return float(quantity.value), _marked("discount_per_year", quantity, id_)
    if timing is not None:
        rate = float(timing.discount_per_year.value)
        return rate, (Assumed(what="discount_per_year", value=rate, basis="as_focal", decision_maker=id_),)
    return DISCOUNT_PER_YEAR, (
        Assumed(what="discount_per_year", value=DISCOUNT_PER_YEAR, basis="default", decision_maker=id_),
    )


def _marked(what: str, quantity: Quantity, id_: str | None = None) -> tuple[Assumed, ...]:
    """Return the number as an assumption, if the file marks it so."""
    basis: Basis = "assumption"
    if not quantity.is_assumption:
        return ()
    return (Assumed(what=what, value=float(quantity.value), basis=basis, decision_maker=id_),)


def _assumed_payoffs(conflict: Conflict, stakes: SideStakes | None, id_: str) -> Iterator[Assumed]:
    """Yield how many payoffs of a side the file marks as assumed."""
    timing = conflict.timing
    amounts = [payoff.amount for payoff in stakes.payoffs] if stakes else []
    if not amounts and timing is not None and timing.focal == id_:
        amounts = [payoff.amount for payoff in timing.payoffs]
    count = sum(amount.is_assumption for amount in amounts)
    if count:
        yield Assumed(what="payoffs", value=count, basis="assumption", decision_maker=id_)


def _assumed_levels(
    conflict: Conflict, stakes: SideStakes | None, id_: str, levels: Mapping[str, int]
) -> Iterator[Assumed]:
    """Yield at which levels the stocks are taken to stay on which a side's payoffs or ranks depend."""
    timing, named = conflict.timing, []
    if timing is not None and timing.focal == id_ and not (stakes and stakes.payoffs):
        named += [payoff.stock for payoff in timing.payoffs if payoff.stock is not None]
    named += [shift.stock for type_ in _types(conflict, id_) if type_ for shift in type_.shifts]
    start = {stock.id: stock.start for stock in timing.stocks} if timing else {}
    for stock in dict.fromkeys(named):
        basis: Basis = "default" if levels[stock] == start[stock] else "asked"
        yield Assumed(what="stock", value=levels[stock], basis=basis, decision_maker=id_, name=stock)


def _utility(
    graph: GraphModel,
    conflict: Conflict,
    stakes: SideStakes | None,
    id_: str,
    type_: PartyType | None,
    levels: Mapping[str, int],
) -> Floats | None:
    timing = conflict.timing
    total = np.zeros(graph.space.size)
    if stakes and stakes.payoffs:
        for payoff in stakes.payoffs:
            if payoff.type is None or (type_ is not None and payoff.type == type_.id):
                total += float(payoff.amount.value) * where(graph, payoff.condition)
        return total
    if timing is None or timing.focal != id_ or not timing.payoffs:
        return None
    for each in timing.payoffs:
        times = 1 if each.stock is None else levels[each.stock]
        total += float(each.amount.value) * times * where(graph, each.condition)
    return total
