"""What there is to see: signals, steps of stocks, options taken and dropped, levels, silences, conditions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from standoff.model.timing import Contingency, Trigger
from standoff.timing.play import Play
from standoff.timing.reaching import timing_of
from standoff.timing.situation import where

Bools = NDArray[np.bool_]

SILENCES_MONTHS = (3, 6, 12)


@dataclass(frozen=True, slots=True, kw_only=True)
class Observable:
    """One thing to look out for; just one of the groups of fields is set.

    Attributes
    ----------
    signal : str or None
    stock, by, at_least : str or None, int, int or None
        A step of a stock, or a level that it reaches.
    mover, option, taken, to : str or None, bool
        Somebody takes or drops an option; in graph form somebody moves to a state.
    silence_months : int or None
        Nothing at all happens for so long.
    plan : str or None
        The plan whose trigger it is; a condition is only named by its plan.
    is_condition : bool
    """

    signal: str | None = None
    stock: str | None = None
    by: int = 0
    at_least: int | None = None
    mover: str | None = None
    option: str | None = None
    taken: bool = True
    to: str | None = None
    silence_months: int | None = None
    is_condition: bool = False
    plan: str | None = None


def observables(play: Play) -> tuple[Observable, ...]:
    """Return what to look out for: the triggers of the plans first, then all else that can be seen."""
    plans = [_of_trigger(plan) for plan in play.conflict.contingency]
    known = {_without_plan(each) for each in plans}
    others = [*_signals(play), *_steps(play), *_moves(play), *_silences()]
    return (*plans, *(each for each in others if each not in known))


def _without_plan(each: Observable) -> Observable:
    return Observable(
        signal=each.signal, stock=each.stock, at_least=each.at_least, silence_months=each.silence_months
    )


def _of_trigger(plan: Contingency) -> Observable:
    trigger = plan.trigger
    if trigger.signal is not None:
        return Observable(signal=trigger.signal, plan=plan.id)
    if trigger.silence_months is not None:
        return Observable(silence_months=trigger.silence_months, plan=plan.id)
    if trigger.stock is not None:
        return Observable(stock=trigger.stock, at_least=trigger.at_least, plan=plan.id)
    return Observable(is_condition=True, plan=plan.id)


def _signals(play: Play) -> Iterator[Observable]:
    for signal in timing_of(play.conflict).signals:
        yield Observable(signal=signal.id)


def _steps(play: Play) -> Iterator[Observable]:
    seen = {(kind.stock, kind.by) for kind in play.kinds if kind.stock is not None}
    for stock in timing_of(play.conflict).stocks:
        for by in (1, -1):
            if (stock.id, by) in seen:
                yield Observable(stock=stock.id, by=by)


def _silences() -> Iterator[Observable]:
    for months in SILENCES_MONTHS:
        yield Observable(silence_months=months)


def _moves(play: Play) -> Iterator[Observable]:
    movers = {kind.mover for kind in play.kinds if kind.mover is not None}
    for party in play.conflict.decision_makers:
        if party.id not in movers:
            continue
        if not play.graph.space.options:
            targets = dict.fromkeys(kind.to for kind in play.kinds if kind.mover == party.id)
            yield from (Observable(mover=party.id, to=to) for to in targets)
            continue
        for option in party.options:
            for taken in (True, False):
                each = Observable(mover=party.id, option=option.name, taken=taken)
                if events_of(play, each).any():
                    yield each


def events_of(play: Play, what: Observable) -> Bools:
    """Return which events of the play are what is looked out for; none for levels and conditions."""
    if what.mover is not None and what.option is not None:
        return _changing(play, what)
    wanted = [
        place
        for place, kind in enumerate(play.kinds)
        if (what.signal is not None and kind.signal == what.signal)
        or (
            what.stock is not None
            and what.at_least is None
            and (kind.stock, kind.by) == (what.stock, what.by)
        )
        or (what.to is not None and (kind.mover, kind.to) == (what.mover, what.to))
    ]
    return np.isin(play.kind, wanted)


def _changing(play: Play, what: Observable) -> Bools:
    space, count = play.graph.space, play.levels.shape[0]
    bit = 1 << space.options.index(what.option or "")
    movers = [place for place, kind in enumerate(play.kinds) if kind.mover == what.mover]
    origins = np.repeat(np.arange(play.size), np.diff(play.first))
    before = space.codes[play.states[origins // count]] & bit != 0
    after = space.codes[play.states[play.target // count]] & bit != 0
    return np.isin(play.kind, movers) & (after == what.taken) & (before != what.taken)


def events_next(play: Play, what: Observable) -> list[int]:
    """Return the events that can happen at once and are what is looked out for, or bring it about."""
    points, events = points_of(play, what), events_of(play, what)
    here = [] if points[play.start] else play.events_of(play.start)
    return [event for event in here if events[event] or points[play.target[event]]]


def points_of(play: Play, what: Observable) -> Bools:
    """Return the points at which what is looked out for holds; none for events and silences."""
    found = np.zeros(play.size, np.bool_)
    count = play.levels.shape[0]
    if what.at_least is not None:
        stocks = [stock.id for stock in timing_of(play.conflict).stocks]
        high = play.levels[:, stocks.index(what.stock or "")] >= what.at_least
        found |= np.tile(high, play.states.size)
    if what.is_condition:
        holds = where(play.graph, _trigger(play, what).condition)[play.states]
        found |= np.repeat(holds, count)
    return found


def _trigger(play: Play, what: Observable) -> Trigger:
    return next(plan.trigger for plan in play.conflict.contingency if plan.id == what.plan)
