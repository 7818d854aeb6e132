"""From a model with the blocks about time to its play: which points there are, and every rate."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import product

import numpy as np

from standoff.errors import RefusedError
from standoff.evidence import ASSUMPTION
from standoff.graph import GraphModel
from standoff.model.conflict import Conflict
from standoff.model.timing import Choice, PartyType, Timing
from standoff.preferences import ranking
from standoff.timing.arrays import Floats, Ints
from standoff.timing.choosing import Menu, choice_probabilities, menus_of, standing
from standoff.timing.play import Kind, Play
from standoff.timing.reaching import reachable, timing_of
from standoff.timing.situation import where

MOST_POINTS = 100_000
CERTAIN = "certain"


def play(
    graph: GraphModel, conflict: Conflict, *, seeds: Iterable[int] = (), choice: Choice | None = None
) -> Play:
    """Return the play of a conflict: what can happen when, under each type.

    States are those that moves of the others, the postures of policies and the pivots can reach
    from the status quo and from `seeds`, inside of `within`. Each decision maker with
    opportunities moves by its type's ranking; see `standoff.timing.choosing`.

    Parameters
    ----------
    seeds : numbers of states
        From which play may go on as well, such as those of a log of events.
    choice : Choice, optional
        In place of the model's own choice rule.

    Raises
    ------
    UsageError
        If the conflict has no block `timing`, or the status quo lies outside of `within`.
    RefusedError
        If there are more than 100,000 points.
    """
    timing = timing_of(conflict)
    states = reachable(graph, timing, seeds)
    combinations = list(product(*(range(s.least, s.most + 1) for s in timing.stocks)))
    levels = np.array(combinations, np.int64).reshape(len(combinations), len(timing.stocks))
    if states.size * levels.shape[0] > MOST_POINTS:
        raise RefusedError(
            f"Play would have {states.size:,} states at {levels.shape[0]:,} combinations of levels, "
            f"{states.size * levels.shape[0]:,} points; up to {MOST_POINTS:,} are taken. "
            "Narrow 'within', or count the stocks in larger units."
        )
    events = _Events(levels.shape[0])
    types = conflict.types.types if conflict.types else ()
    builder = _Builder(graph, conflict, timing, types, states, levels, choice or timing.choice or BY_DEFAULT)
    for place in range(states.size):
        builder.add_steps(events, place)
        builder.add_signals(events, place)
    builder.add_moves(events)
    first, target, kind, rates = events.arrays(states.size * levels.shape[0], len(builder.type_ids))
    begin = tuple(stock.start for stock in timing.stocks)
    found = Play(
        conflict=conflict,
        graph=graph,
        types=builder.type_ids,
        prior=np.array([float(each.prior.value) for each in types] or [1.0]),
        states=states,
        levels=levels,
        start=0,
        first=first,
        target=target,
        kind=kind,
        kinds=tuple(events.kinds),
        rates=rates,
        flow=builder.flow(),
    )
    return replace(found, start=found.point(graph.space.status_quo, begin) or 0)


BY_DEFAULT = Choice(kappa=None, moves_ahead=1, evidence=ASSUMPTION)
"""The choice rule of a model that states none: a best reply, shown as an assumption."""


@dataclass(slots=True)
class _Events:
    """Events gathered for all combinations of levels at a time."""

    combinations: int
    kinds: dict[Kind, int] = field(default_factory=dict)
    origins: list[Ints] = field(default_factory=list)
    targets: list[Ints] = field(default_factory=list)
    kind: list[Ints] = field(default_factory=list)
    rates: list[Floats] = field(default_factory=list)

    def add(self, kind: Kind, origins: Ints, targets: Ints, rates: Floats) -> None:
        """Add an event at some points, with its rates (types, points)."""
        kept = (rates > 0).any(axis=0)
        number = self.kinds.setdefault(kind, len(self.kinds))
        self.origins.append(origins[kept])
        self.targets.append(targets[kept])
        self.kind.append(np.full(int(kept.sum()), number, np.int64))
        self.rates.append(rates[:, kept])

    def arrays(self, points: int, types: int) -> tuple[Ints, Ints, Ints, Floats]:
        """Return where each point's events begin, their targets, kinds and rates."""
        if not self.origins:
            return (
                np.zeros(points + 1, np.int64),
                np.empty(0, np.int64),
                np.empty(0, np.int64),
                np.empty((types, 0)),
            )
        origins = np.concatenate(self.origins)
        order = np.argsort(origins, kind="stable")
        first = np.searchsorted(origins[order], np.arange(points + 1))
        rates = np.concatenate(self.rates, axis=1)[:, order]
        return first, np.concatenate(self.targets)[order], np.concatenate(self.kind)[order], rates


class _Builder:
    """The rates of one model, asked for state by state."""

    def __init__(
        self,
        graph: GraphModel,
        conflict: Conflict,
        timing: Timing,
        types: Sequence[PartyType],
        states: Ints,
        levels: Ints,
        choice: Choice,
    ) -> None:
        self.type_ids = tuple(each.id for each in types) or (CERTAIN,)
        self._graph, self._conflict, self._timing, self._types = graph, conflict, timing, types
        self._states, self._levels, self._choice = states, levels, choice

    def _points(self, place: int) -> Ints:
        count = self._levels.shape[0]
        return np.arange(place * count, (place + 1) * count)

    def add_steps(self, events: _Events, place: int) -> None:
        """Add the steps of stocks at a state."""
        state, points = int(self._states[place]), self._points(place)
        for column, stock in enumerate(self._timing.stocks):
            stride = int(np.prod([s.most - s.least + 1 for s in self._timing.stocks[column + 1 :]]))
            for by in (1, -1):
                rates = np.zeros((len(self.type_ids), points.size))
                for change in stock.changes:
                    if change.by == by and where(self._graph, change.condition)[state]:
                        rates[self._of_type(change.type)] += float(change.per_year.value)
                end = stock.most if by == 1 else stock.least
                rates[:, self._levels[:, column] == end] = 0
                events.add(Kind(stock=stock.id, by=by), points, points + by * stride, rates)

    def add_signals(self, events: _Events, place: int) -> None:
        """Add the signals that can be seen at a state."""
        state, points = int(self._states[place]), self._points(place)
        for signal in self._timing.signals:
            rates = np.zeros((len(self.type_ids), points.size))
            for rate in signal.rates:
                if where(self._graph, rate.condition)[state]:
                    rates[self._of_type(rate.type)] += float(rate.per_year.value)
            events.add(Kind(signal=signal.id), points, points, rates)

    def _of_type(self, type_: str | None) -> slice:
        if type_ is None:
            return slice(None)
        number = self.type_ids.index(type_)
        return slice(number, number + 1)

    def add_moves(self, events: _Events) -> None:
        """Add the moves of everybody who has opportunities."""
        count = self._levels.shape[0]
        for dm, rate in self._timing.opportunities:
            number = self._graph.decision_makers.index(dm)
            menu = menus_of(self._graph, number, self._states)
            chances = list(self._chances(dm, number, menu))
            for place, entries in enumerate(menu.places):
                for entry, target in enumerate(entries.tolist()):
                    if target != place:
                        rates = np.array([chance[place][entry] for chance in chances]) * float(rate.value)
                        label = self._graph.space.label(int(self._states[target]))
                        kind = Kind(mover=dm, to=label)
                        events.add(kind, self._points(place), self._points(target), rates.reshape(-1, count))

    def _chances(self, dm: str, number: int, menu: Menu) -> Iterator[list[Floats]]:
        """Yield for each type, by state, the probability of each entry at each combination of levels."""
        count = self._levels.shape[0]
        if self._conflict.types is None or self._conflict.types.decision_maker != dm:
            score = standing(self._graph.ranks[number], self._states)
            alike = [
                np.repeat(chance[:, None], count, axis=1)
                for chance in choice_probabilities(menu, score, self._choice)
            ]
            yield from (alike for _ in self.type_ids)
            return
        for type_ in self._types:
            yield self._chances_of(type_, number, menu)

    def _chances_of(self, type_: PartyType, number: int, menu: Menu) -> list[Floats]:
        party = self._conflict.decision_makers[number]
        stocks = [stock.id for stock in self._timing.stocks]
        regime = np.full(self._levels.shape[0], -1)
        for place, shift in enumerate(type_.shifts):
            regime[self._levels[:, stocks.index(shift.stock)] >= shift.at_least] = place
        found = [np.empty((entries.size, regime.size)) for entries in menu.places]
        for place in np.unique(regime).tolist():
            preference = type_.preference if place < 0 else type_.shifts[place].preference
            ranks = ranking(replace(party, preference=preference), self._graph.space)
            chances = choice_probabilities(menu, standing(ranks, self._states), self._choice)
            for row, chance in zip(found, chances, strict=True):
                row[:, regime == place] = chance[:, None]
        return found

    def flow(self) -> Floats:
        """Return the focal decision maker's payoff per year at each point."""
        stocks = [stock.id for stock in self._timing.stocks]
        total = np.zeros((self._states.size, self._levels.shape[0]))
        for payoff in self._timing.payoffs:
            holds = where(self._graph, payoff.condition)[self._states].astype(np.float64)
            amount = float(payoff.amount.value)
            if payoff.stock is None:
                total += amount * holds[:, None]
            else:
                total += amount * holds[:, None] * self._levels[:, stocks.index(payoff.stock)]
        return total.ravel()
