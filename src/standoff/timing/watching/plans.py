"""Plans: whether their trigger is met or can be, where the pivot leads from there, whether that holds."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from standoff.stability.judge import judge
from standoff.timing.arrays import Floats
from standoff.timing.play import Play
from standoff.timing.reaching import pivot_targets, timing_of
from standoff.timing.replay import DAYS_A_YEAR
from standoff.timing.stopping import reached
from standoff.timing.watching.observables import Observable, events_of, points_of
from standoff.timing.wishes import as_type

MONTHS_A_YEAR = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Lead:
    """A state that the pivot of a plan leads to.

    Attributes
    ----------
    state : str or None
        None where the pivot is no move in the state in which the trigger is met.
    share : float
        Of the chance that the trigger is met within the horizon, under today's belief.
    leaving : tuple of tuple of str
        By type, the decision makers for whom that state is not stable (SEQ); empty where it holds.
    """

    state: str | None
    share: float
    leaving: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What a plan leads to, and whether that holds.

    Attributes
    ----------
    plan, pivot : str
    is_due : bool
        Whether its trigger is met today.
    leads : tuple of Lead
        From the states in which the trigger can be met first within the horizon, the likeliest first.
    """

    plan: str
    pivot: str
    is_due: bool
    leads: tuple[Lead, ...]


def silent_months(play: Play) -> float:
    """Return how many months before the day of the model were silent, by its log; 0 without one."""
    log, day = timing_of(play.conflict).log, play.conflict.as_of
    if log is None or day is None:
        return 0.0
    last = max((event.day for event in play.conflict.events), default=log.begin)
    return (day - last).days / DAYS_A_YEAR * MONTHS_A_YEAR


def can_start(play: Play, what: Observable) -> bool:
    """Return whether any play from today on meets a trigger."""
    if what.silence_months is not None:
        return True
    here = reached(play, [play.start])
    origins = np.repeat(here, np.diff(play.first))
    return bool((points_of(play, what) & here).any() or (events_of(play, what) & origins).any())


def plan_of(play: Play, what: Observable, by_state: Floats, over_months: float) -> Plan | None:
    """Return the plan that an observable starts, and where it leads; None if it starts none.

    Parameters
    ----------
    by_state : float array (types, states)
        The chance that its trigger is met first in each state.
    over_months : float
        How much of a silence is over.
    """
    plan = next((each for each in play.conflict.contingency if each.id == what.plan), None)
    if plan is None:
        return None
    silent = what.silence_months is not None and over_months >= what.silence_months
    return Plan(
        plan=plan.id,
        pivot=plan.pivot,
        is_due=silent or bool(points_of(play, what)[play.start]),
        leads=_leads(play, what, plan.pivot, play.prior @ by_state),
    )


def _leads(play: Play, what: Observable, pivot: str, chance: Floats) -> tuple[Lead, ...]:
    timing, shares = timing_of(play.conflict), dict[int | None, float]()
    place = [each.id for each in timing.pivots].index(pivot)
    for number in np.flatnonzero(chance).tolist():
        state = int(play.states[number])
        target = pivot_targets(play.graph, timing, state)[place]
        shares[target] = shares.get(target, 0.0) + float(chance[number])
    levels = play.levels_of(play.start)
    if what.at_least is not None and what.stock is not None:
        levels[what.stock] = max(levels[what.stock], what.at_least)
    types = range(len(play.types))
    return tuple(
        Lead(
            state=None if target is None else play.graph.space.label(target),
            share=share / float(chance.sum()),
            leaving=() if target is None else tuple(_leaving(play, type_, target, levels) for type_ in types),
        )
        for target, share in sorted(shares.items(), key=lambda each: -each[1])
    )


def _leaving(play: Play, type_: int, state: int, levels: dict[str, int]) -> tuple[str, ...]:
    """Return for whom a state is not stable under SEQ if the other side is of a type, at some levels."""
    conflict, graph = play.conflict, play.graph
    if conflict.types is not None:
        number = graph.decision_makers.index(conflict.types.decision_maker)
        graph = as_type(graph, conflict, number, conflict.types.types[type_], levels)
    makers = graph.decision_makers
    return tuple(dm for number, dm in enumerate(makers) if not judge(graph, number, state, "seq").stable)
