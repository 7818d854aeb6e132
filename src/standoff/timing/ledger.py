"""What the events and the silences say about the type: a ledger of weights of evidence that adds up."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from standoff.errors import Fault, ModelError, UsageError
from standoff.graph import GraphModel
from standoff.model.conflict import Conflict
from standoff.model.timing import Event
from standoff.timing.arrays import Floats
from standoff.timing.building import play
from standoff.timing.play import Kind, Play
from standoff.timing.replay import Stage, log_states, replay

TEMPERED = 0.5
"""The exponent beside 1 under which the totals are always told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One line of the ledger: a silence or an event.

    Attributes
    ----------
    begin, end : date
        A silence lasts from one to the other; an event happens at `end`.
    what : str
        The label of the event, or "silence".
    state : str
        The label of the state it happened in, or lasted in.
    place : int or None
        The place of the event in the log; None for a silence.
    group : str or None
        Events of one group have a common origin.
    counted : bool
        Whether it counts in the grouped total: the first event of a group does, a later one not.
    log_likelihoods : tuple of float
        Of what was seen, by type; rates are per year.
    weights : tuple of float
        Weight of evidence in nats for each type against all the others together, before it.
    odds_factors : tuple of float
        By what the odds of each type are multiplied; infinite where that is no float.
    posterior : tuple of float
        Belief in each type after it, all counted once for each event.
    floored : tuple of str
        Types under which it was impossible and took the floor rate.
    by_focal : bool
        Whether it is a move of the focal decision maker, which says nothing about the other's type.
    """

    begin: date
    end: date
    what: str
    state: str
    place: int | None
    group: str | None
    counted: bool
    log_likelihoods: tuple[float, ...]
    weights: tuple[float, ...]
    odds_factors: tuple[float, ...]
    posterior: tuple[float, ...]
    floored: tuple[str, ...]
    by_focal: bool = False

    @property
    def is_silence(self) -> bool:
        """Whether nothing happened."""
        return self.place is None

    @property
    def diagnosticity(self) -> float:
        """How far the types lie apart on it, in nats: 0 says nothing about them."""
        return max(self.log_likelihoods) - min(self.log_likelihoods)


@dataclass(frozen=True, slots=True, kw_only=True)
class Total:
    """A posterior: with which tempering exponent, and whether events of a group count once."""

    tempering: float
    grouped: bool
    posterior: tuple[float, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger:
    """The belief about the type over time.

    Attributes
    ----------
    decision_maker : str
        Whose type it is.
    types : tuple of str
    prior : tuple of float
    entries : tuple of Entry
        In order of time; events and silences in turn, silences of no length left out.
        Moves of the focal decision maker stand in it with weight 0.
    totals : tuple of Total
        With tempering 1 and 0.5, each event counted and each group once. The first is the posterior.
    floor_per_year : float or None
        The rate of what a type makes impossible; None if there is none.
    """

    decision_maker: str
    types: tuple[str, ...]
    prior: tuple[float, ...]
    entries: tuple[Entry, ...]
    totals: tuple[Total, ...]
    floor_per_year: float | None

    @property
    def posterior(self) -> tuple[float, ...]:
        """The belief on the day the model describes, every event counted, without tempering."""
        return self.totals[0].posterior


def ledger(graph: GraphModel, conflict: Conflict, *, floor_per_year: float | None = None) -> Ledger:
    """Return what the log says about the type, event by event and silence by silence.

    At an event of rate q the belief in type t is multiplied by q_t and normalised; over a silence
    of dt years at total rate Q by exp(-Q_t dt). In log odds everything adds up. Moves of the
    focal decision maker say nothing about the other's type. Tempering raises likelihoods to a
    power below 1, since real logs are overdispersed.

    Parameters
    ----------
    floor_per_year : float, optional
        What a rate of 0 under one type is replaced by for an observed event.

    Raises
    ------
    UsageError
        If the model has no types, or the floor is not above 0.
    ModelError
        If the log cannot be followed, or events are impossible: under all types (the model is
        rejected), or under one and there is no floor; every such event is told.
    """
    if conflict.types is None:
        raise UsageError("This model has no block 'types', so there is nothing to believe or doubt. Add one.")
    require_floor(floor_per_year)
    stages = replay(graph, conflict)
    found = play(
        graph,
        conflict,
        seeds=log_states(stages),
    )
    faults: list[Fault] = []
    lines = list(_lines(found, stages, floor_per_year, faults))
    if faults:
        raise ModelError(dict.fromkeys(faults))
    return Ledger(
        decision_maker=conflict.types.decision_maker,
        types=found.types,
        prior=tuple(found.prior.tolist()),
        entries=tuple(_entries(found, lines)),
        totals=tuple(
            Total(
                tempering=power, grouped=grouped, posterior=_posterior(found, lines, power, grouped=grouped)
            )
            for power in (1.0, TEMPERED)
            for grouped in (False, True)
        ),
        floor_per_year=floor_per_year,
    )


def require_floor(floor_per_year: float | None) -> None:
    """Refuse a floor rate that is no number above 0.

    Raises
    ------
    UsageError
    """
    if floor_per_year is not None and not 0 < floor_per_year < float("inf"):
        raise UsageError(f"The floor rate is {floor_per_year:g} per year; it must be a number above 0.")


@dataclass(frozen=True, slots=True)
class _Line:
    """A stage's silence or its event, with its log-likelihoods."""

    stage: Stage
    log_likelihoods: Floats
    event: Event | None = None
    floored: tuple[str, ...] = ()
    counted: bool = True


def _lines(found: Play, stages: Sequence[Stage], floor: float | None, faults: list[Fault]) -> Iterator[_Line]:
    """Yield a line for each silence and event; those that cannot be are added to the faults."""
    seen: set[str] = set()
    totals = found.total_rates
    for stage in stages:
        points = [found.point(state, stage.levels) for state in stage.states]
        outside = [state for state, place in zip(stage.states, points, strict=True) if place is None]
        faults += [_outside(found, state) for state in outside]
        point = points[0] or 0
        if outside:
            continue
        if stage.end > stage.begin:
            yield _Line(stage, -totals[:, point] * stage.years)
        event = stage.event
        if event is None:
            continue
        if _by_focal(found, event):
            yield _Line(stage, np.zeros(len(found.types)), event)
            continue
        rates = _rates_of(found, point, stage)
        floored = tuple(name for name, rate in zip(found.types, rates, strict=True) if rate == 0)
        if len(floored) == rates.size or (floored and floor is None):
            faults.append(_impossible(found, stage, floored))
            continue
        counted = event.group is None or event.group not in seen
        seen |= {event.group} if event.group else set()
        logs = np.log(np.where(rates > 0, rates, floor or 1.0))
        yield _Line(stage, logs, event, floored, counted=counted)


def _by_focal(found: Play, event: Event | None) -> bool:
    timing = found.conflict.timing
    return event is not None and timing is not None and event.mover == timing.focal


def _rates_of(found: Play, point: int, stage: Stage) -> Floats:
    event = stage.event
    kind = Kind()
    if event is not None:
        to = None if stage.after is None else found.graph.space.label(stage.after)
        kind = Kind(mover=event.mover, to=to, stock=event.stock, by=event.by, signal=event.signal)
    for place in found.events_of(point):
        if found.kinds[found.kind[place]] == kind:
            return found.rates[:, place]
    return np.zeros(len(found.types))


def _entries(found: Play, lines: Sequence[_Line]) -> Iterator[Entry]:
    seen = [line.log_likelihoods for line in lines]
    beliefs = _normalised(np.cumsum([np.log(found.prior), *seen], axis=0))
    weights = np.diff(_log_odds(beliefs), axis=0)
    with np.errstate(over="ignore"):
        factors, posteriors = np.exp(weights), np.exp(beliefs[1:])
    for row, line in enumerate(lines):
        stage, event = line.stage, line.event
        yield Entry(
            begin=stage.begin if event is None else stage.end,
            end=stage.end,
            what="silence" if event is None else event.label,
            state=found.graph.space.label(stage.state),
            place=None if event is None else stage.place,
            group=None if event is None else event.group,
            counted=line.counted,
            log_likelihoods=tuple(line.log_likelihoods.tolist()),
            weights=tuple(weights[row].tolist()),
            odds_factors=tuple(factors[row].tolist()),
            posterior=tuple(posteriors[row].tolist()),
            floored=line.floored,
            by_focal=_by_focal(found, event),
        )


def _normalised(logs: Floats) -> Floats:
    return logs - np.logaddexp.reduce(logs, axis=-1, keepdims=True)


def _log_odds(logs: Floats) -> Floats:
    """Return the log odds of each type against all the others, from rows of logarithms of beliefs."""
    types = range(logs.shape[-1])
    others = [np.logaddexp.reduce(np.delete(logs, place, axis=-1), axis=-1) for place in types]
    return logs - np.stack(others, axis=-1)


def _posterior(found: Play, lines: Sequence[_Line], power: float, *, grouped: bool) -> tuple[float, ...]:
    logs = [line.log_likelihoods for line in lines if line.counted or not grouped]
    total = np.log(found.prior) + power * np.sum(logs, axis=0, initial=0.0)
    return tuple(np.exp(_normalised(total)).tolist())


def _outside(found: Play, state: int) -> Fault:
    label = found.graph.space.label(state)
    message = f"The log of events leads through {label}, which lies outside of 'timing.within'."
    return Fault(code="log-outside", message=message, cure="Widen the condition.", path=("timing", "within"))


def _impossible(found: Play, stage: Stage, floored: tuple[str, ...]) -> Fault:
    event = stage.event
    day = stage.end if event is None else event.day
    here = found.graph.space.label(stage.state)
    if len(floored) == len(found.types):
        message = f"The event of {day} has rate 0 at {here} under every type: the model is rejected by it."
        cure = "Give it a rate under some type, or opportunities to the one who moved."
        code = "model-rejected"
    else:
        under = ", ".join(floored)
        message = f"The event of {day} is impossible at {here} under {under}: one event would settle it."
        cure = "Give it a rate there, choose a finite kappa, or set a floor rate (--floor)."
        code = "impossible-under-type"
    return Fault(code=code, message=message, cure=cure, path=("events", stage.place or 0))
