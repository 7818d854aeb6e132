"""A log read word for word: Bayes' rule in dictionaries and products, nothing shared with the program."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from math import exp, prod
from random import Random

from standoff.evidence import ASSUMPTION
from standoff.model.conflict import Conflict, Literal
from standoff.model.timing import Event, LogStart
from tests.timing.literal_play import LiteralPlay, after
from tests.timing.random_timed import timed_conflict


@dataclass
class Line:
    what: str
    begin: date
    end: date
    likelihoods: list[float]
    group: str | None = None


def walk(conflict: Conflict) -> Iterator[tuple]:
    """Each event, None at last, with the day, state and levels before it and after it."""
    timing = conflict.timing
    stocks = [stock.id for stock in timing.stocks]
    levels = tuple(dict(timing.log.stocks).get(s.id, s.start) for s in timing.stocks)
    state, today = timing.log.state, timing.log.begin
    for event in conflict.events:
        there = after(conflict, state, event.sets, event.to) if event.mover else state
        moved = tuple(
            level + (event.by if event.stock == stock else 0)
            for stock, level in zip(stocks, levels, strict=True)
        )
        yield event, today, (state, levels), (there, moved)
        today, state, levels = event.day, there, moved
    yield None, today, (state, levels), (state, levels)


def lines(conflict: Conflict, floor: float | None = None) -> list[Line]:
    steps = list(walk(conflict))
    play = LiteralPlay(conflict, [state for _, _, *ends in steps for state, _ in ends])
    found = []
    for event, today, (state, levels), target in steps:
        here = [play.events(state, levels, type_) for type_ in play.types]
        end = conflict.as_of if event is None else event.day
        if end > today:
            years = (end - today).days / 365.25
            found.append(Line("silence", today, end, [exp(-years * sum(rates.values())) for rates in here]))
        if event is None:
            break
        if event.mover == conflict.timing.focal:
            found.append(Line(event.label, end, end, [1.0 for _ in here]))
            continue
        seen = [rates.get((kind_of(play, event, target), target), 0.0) or floor for rates in here]
        found.append(Line(event.label, end, end, seen, event.group))
    return found


def kind_of(play: LiteralPlay, event: Event, target: tuple) -> tuple:
    if event.mover:
        return ("move", event.mover, play.labels[target[0]])
    return ("step", event.stock, event.by) if event.stock else ("signal", event.signal)


def posteriors(conflict: Conflict, floor: float | None = None) -> list[list[float]]:
    """The belief after each line, by Bayes' rule line by line."""
    belief = [float(each.prior.value) for each in conflict.types.types]
    found = []
    for line in lines(conflict, floor):
        joint = [b * q for b, q in zip(belief, line.likelihoods, strict=True)]
        belief = [each / sum(joint) for each in joint]
        found.append(belief)
    return found


def total(conflict: Conflict, power: float, grouped: bool, floor: float | None = None) -> list[float]:
    """The belief at last, as one product."""
    kept, seen = [], set()
    for line in lines(conflict, floor):
        if grouped and line.group in seen:
            continue
        seen |= {line.group} if line.group else set()
        kept.append(line.likelihoods)
    joint = [
        float(each.prior.value) * prod(q[number] ** power for q in kept)
        for number, each in enumerate(conflict.types.types)
    ]
    return [each / sum(joint) for each in joint]


def logged_conflict(seed: int) -> Conflict:
    """A random conflict with two or three types and a log that leads to its status quo."""
    random = Random(f"log {seed}")
    conflict = timed_conflict(seed, kinds=random.choice((2, 3)))
    play = LiteralPlay(conflict)
    state, levels = conflict.status_quo, tuple(s.start for s in conflict.timing.stocks)
    start = LogStart(
        begin=date(2018, 1, 1),
        state=state,
        stocks=tuple((s.id, level) for s, level in zip(conflict.timing.stocks, levels, strict=True)),
    )
    today, events = start.begin, []
    for number in range(random.randint(0, 8)):
        possible = [key for type_ in play.types for key in play.events(state, levels, type_)]
        own = [(("move", play.ids[0], play.labels[t]), (t, levels)) for t in play.menu(0, state)[1:]]
        chosen = random.choice(own if own and random.random() < 0.2 else possible or own or [None])
        if chosen is None:
            break
        today += timedelta(days=random.choice((0, 1, 10, 40, 90)))
        kind, (state, levels) = chosen
        group = random.choice((None, None, "spring", "summit"))
        events.append(event_of(conflict, kind, state, f"Event {number}", today, group))
    return replace(
        conflict,
        status_quo=state,
        events=tuple(events),
        as_of=today + timedelta(days=random.choice((0, 30))),
        timing=replace(
            conflict.timing,
            log=start,
            stocks=tuple(
                replace(s, start=level) for s, level in zip(conflict.timing.stocks, levels, strict=True)
            ),
        ),
    )


def event_of(conflict: Conflict, kind: tuple, target, label: str, day: date, group: str | None) -> Event:
    given = {"day": day, "label": label, "group": group, "evidence": ASSUMPTION}
    if kind[0] == "signal":
        return Event(signal=kind[1], **given)
    if kind[0] == "step":
        return Event(stock=kind[1], by=kind[2], **given)
    if conflict.is_graph_form:
        return Event(mover=kind[1], to=target, **given)
    maker = next(dm for dm in conflict.decision_makers if dm.id == kind[1])
    sets = tuple(Literal(option=option.name, taken=option.name in target) for option in maker.options)
    return Event(mover=kind[1], sets=sets, **given)
