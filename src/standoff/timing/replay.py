"""The log of events followed through the play: where things stood between any two of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from standoff.errors import Fault, ModelError
from standoff.graph import GraphModel
from standoff.model.conflict import Conflict
from standoff.model.timing import Event, LogStart
from standoff.timing.situation import after_setting, number_of_state

DAYS_A_YEAR = 365.25
MONTHS_A_YEAR = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """A stretch of the log in which nothing happened, and the event that ended it.

    Attributes
    ----------
    begin, end : date
    state : int
        Number of the state of the graph during it.
    levels : tuple of int
        Levels of the stocks, in the order of the model.
    event : Event or None
        What ended it; None for the stretch up to the day the model describes.
    place : int or None
        The place of the event in the log.
    after : int or None
        The state that a move of the event leads to.
    """

    begin: date
    end: date
    state: int
    levels: tuple[int, ...]
    event: Event | None = None
    place: int | None = None
    after: int | None = None

    @property
    def states(self) -> tuple[int, ...]:
        """The state during it, and the one that a move leads to, if one ends it."""
        return (self.state,) if self.after is None else (self.state, self.after)

    @property
    def years(self) -> float:
        """The length in years of 365.25 days."""
        return (self.end - self.begin).days / DAYS_A_YEAR


def replay(graph: GraphModel, conflict: Conflict) -> tuple[Stage, ...]:
    """Follow the log of a conflict from its beginning to the day the model describes.

    Raises
    ------
    ModelError
        If there is a log and no beginning or no `as_of`, an event stands before the beginning or
        after `as_of`, a move or a step cannot be made, or the log does not lead to the status
        quo and the starting levels.
    """
    log = conflict.timing.log if conflict.timing else None
    if log is None or conflict.as_of is None:
        raise ModelError([_no_beginning(conflict)])
    stages = tuple(_stages(graph, conflict, log, conflict.as_of))
    last = stages[-1]
    wanted = tuple(stock.start for stock in conflict.timing.stocks) if conflict.timing else ()
    if last.state != graph.space.status_quo or last.levels != wanted:
        raise ModelError([_elsewhere(graph, conflict, last, wanted)])
    return stages


def _stages(graph: GraphModel, conflict: Conflict, log: LogStart, as_of: date) -> Iterator[Stage]:
    stocks = conflict.timing.stocks if conflict.timing else ()
    given = dict(log.stocks)
    levels = tuple(given.get(stock.id, stock.start) for stock in stocks)
    state = number_of_state(graph, log.state)
    if state is None:
        raise ModelError(
            [
                _fault(
                    "infeasible-log",
                    ("timing", "log", "state"),
                    "The state in which the log begins is not feasible.",
                    "Change its options.",
                )
            ]
        )
    today = log.begin
    for place, event in enumerate(conflict.events):
        if event.day < log.begin or event.day > as_of:
            raise ModelError([_outside(event, place, log.begin, as_of)])
        after, changed = _moved(graph, event, place, state), levels
        if event.stock is not None:
            changed = _stepped(conflict, event, place, levels)
        yield Stage(
            begin=today,
            end=event.day,
            state=state,
            levels=levels,
            event=event,
            place=place,
            after=after if event.mover else None,
        )
        today, state, levels = event.day, after, changed
    yield Stage(begin=today, end=as_of, state=state, levels=levels)


def log_states(stages: Sequence[Stage]) -> tuple[int, ...]:
    """Return the states that a log leads through, as seeds of its play."""
    return tuple(dict.fromkeys(state for stage in stages for state in stage.states))


def _moved(graph: GraphModel, event: Event, place: int, state: int) -> int:
    if event.mover is None:
        return state
    target = graph.space.index(event.to) if event.to is not None else after_setting(graph, state, event.sets)
    mover = graph.decision_makers.index(event.mover)
    here = graph.space.label(state)
    if target == state:
        message = f"The move of {event.day} changes nothing: at {here} these options are set already."
        raise ModelError(
            [
                _fault(
                    "idle-event",
                    ("events", place),
                    message,
                    "Take the event out, or one before it is missing.",
                )
            ]
        )
    if target is None or target not in graph.moves(mover, state).tolist():
        message = f"'{event.mover}' cannot make the move of {event.day} from {here}."
        cure = "Check the options, the feasibility rules, and the events before it."
        raise ModelError([_fault("impossible-event", ("events", place), message, cure)])
    return int(target)


def _stepped(conflict: Conflict, event: Event, place: int, levels: tuple[int, ...]) -> tuple[int, ...]:
    stocks = conflict.timing.stocks if conflict.timing else ()
    at = [stock.id for stock in stocks].index(event.stock or "")
    level = levels[at] + event.by
    if not stocks[at].least <= level <= stocks[at].most:
        message = (
            f"The step of {event.day} takes the stock '{event.stock}' to {level}, outside of its levels."
        )
        raise ModelError(
            [_fault("impossible-event", ("events", place), message, "Change the levels or the event.")]
        )
    return (*levels[:at], level, *levels[at + 1 :])


def _no_beginning(conflict: Conflict) -> Fault:
    if conflict.as_of is None:
        return _fault("no-as-of", (), "The model does not say which day it describes.", "Add 'as_of'.")
    message = "The model does not say when its log of events begins, and how things stood then."
    return _fault("no-log", ("timing",), message, "Add 'timing.log' with 'begins' and 'state'.")


def _outside(event: Event, place: int, begin: date, as_of: date) -> Fault:
    late = event.day > as_of
    where = f"after {as_of}, the day the model describes" if late else f"before {begin}, when the log begins"
    message = f"The event of {event.day} lies {where}."
    cure = "Take it out, or change 'as_of'." if late else "Take it out, or begin the log earlier."
    return _fault("event-outside", ("events", place), message, cure)


def _elsewhere(graph: GraphModel, conflict: Conflict, last: Stage, wanted: tuple[int, ...]) -> Fault:
    stocks = conflict.timing.stocks if conflict.timing else ()
    label = graph.space.label
    parts = []
    if last.state != graph.space.status_quo:
        parts.append(f"to {label(last.state)}, not to the status quo {label(graph.space.status_quo)}")
    for stock, level, start in zip(stocks, last.levels, wanted, strict=True):
        if level != start:
            parts.append(f"to level {level} of '{stock.id}', not to its start {start}")
    message = f"The log of events leads {' and '.join(parts)}."
    return _fault(
        "log-leads-elsewhere",
        ("events",),
        message,
        "Add the events that are missing, or change the beginning.",
    )


def _fault(code: str, path: tuple[str | int, ...], message: str, cure: str) -> Fault:
    return Fault(code=code, message=message, cure=cure, path=path)
