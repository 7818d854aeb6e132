"""Ways from one state to a set of goals: who steps, who gives first, where it can come to a halt."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from time import monotonic

import numpy as np
from numpy.typing import NDArray

from standoff.analyses.paths.movers import Mover, movers
from standoff.analyses.paths.result import Effect, Goal, Reach, Stall, TurnOff, Way, Ways, WayStep
from standoff.analyses.paths.search import Search, search
from standoff.analyses.paths.slopes import FAR, unpacked
from standoff.analyses.paths.steps import Kind, Step, cost
from standoff.graph import GraphModel, States
from standoff.progress import Progress

KINDS: tuple[Kind, ...] = ("moves", "improvements", "sacrifices")

Stable = Mapping[str, NDArray[np.bool_]]

Deciding = Callable[[int, int, int], str | None]
"""Tells which wish of a decision maker decides between two states."""


@dataclass(frozen=True, slots=True)
class Told:
    """What ways are told from: the model, the stable states, the wishes that decide."""

    graph: GraphModel
    stable: Stable
    deciding: Deciding


def ways(
    told: Told,
    start: int,
    goals: States,
    coalitions: Sequence[Sequence[int]] = (),
    *,
    to: str = "",
    most: int = 10,
    time_limit: float | None = None,
    progress: Progress | None = None,
) -> Ways:
    """Find the ways from a state to a set of goals.

    Parameters
    ----------
    told : Told
    start : int
    goals : int64 array
        Numbers of states, ascending.
    coalitions : sequence of sequences of int
        Decision makers whose joint moves count as single steps.
    to : str
        What the goals are called.
    most : int
        Most goals told one by one.
    time_limit : float, optional
        Seconds for all searches together.

    Raises
    ------
    RefusedError
        If there are coalitions and the conflict has no options.
    """
    graph = told.graph
    parties = movers(graph, coalitions)
    ends = None if time_limit is None else monotonic() + time_limit
    found: dict[str, Search] = {}
    for kind in KINDS:
        left = None if ends is None else max(0.0, ends - monotonic())
        found[kind] = search(parties, start, kind, goals, left, progress)
    reached = found["moves"].reached()[goals] | found["sacrifices"].reached()[goals]
    return Ways(
        start=graph.space.label(start),
        to=to,
        goals=goals.size,
        coalitions=tuple(_names(graph, mover.members) for mover in parties if mover.joint),
        ways={kind: way(told, each, goals) for kind, each in found.items()},
        reach={kind: _reach(each, goals) for kind, each in found.items()},
        nearest=_nearest(told, found, goals, most) if goals.size > 1 else (),
        unreached=int((~reached).sum()),
    )


def _reach(found: Search, goals: States) -> Reach:
    reached = found.reached()
    return Reach(
        goals=int(reached[goals].sum()),
        states=int(reached.sum()),
        steps_searched=found.steps_searched,
        finished=found.finished,
    )


def _names(graph: GraphModel, members: Sequence[int]) -> tuple[str, ...]:
    return tuple(graph.decision_makers[dm] for dm in members)


def way(told: Told, found: Search, goals: States) -> Way | None:
    """Tell the cheapest path to the goal nearest by the kind searched for; None if none was found."""
    goal = found.nearest(goals)
    steps = None if goal is None else found.path(goal)
    if goal is None or steps is None:
        return None
    return Way(
        kind=found.kind,
        goal=told.graph.space.label(goal),
        steps=tuple(way_step(told, found.movers[step.mover], step) for step in steps),
        cost=cost(found.movers, steps),
        equal=found.count(goal),
        may_give_first=_may_give_first(told, found, goal),
        exact=found.finished or found.kind != "sacrifices",
        stalls=_stalls(told, found.movers, steps),
        in_the_end=_effects(told, range(len(told.graph.arcs)), found.start, goal),
    )


def _may_give_first(told: Told, found: Search, goal: int) -> tuple[tuple[str, ...], ...] | None:
    first = found.first_sacrifices(goal)
    if first is None:
        return None
    who = {way_step(told, found.movers[step.mover], step).worse_off for step in first}
    return tuple(sorted(who, key=lambda names: [told.graph.decision_makers.index(name) for name in names]))


def way_step(told: Told, mover: Mover, step: Step) -> WayStep:
    """Tell a step by name."""
    space = told.graph.space
    return WayStep(
        movers=_names(told.graph, mover.members),
        origin=space.label(step.origin),
        target=space.label(step.target),
        effects=_effects(told, mover.members, step.origin, step.target),
    )


def _effects(told: Told, dms: Sequence[int], origin: int, target: int) -> tuple[Effect, ...]:
    return tuple(
        Effect(
            decision_maker=told.graph.decision_makers[dm],
            ranks=int(told.graph.ranks[dm][target]) - int(told.graph.ranks[dm][origin]),
            wish=told.deciding(dm, origin, target),
        )
        for dm in dms
    )


def _stalls(told: Told, parties: Sequence[Mover], steps: Sequence[Step]) -> tuple[Stall, ...]:
    later = [step.target for step in steps]
    stalls = []
    for place, step in enumerate(steps):
        effects = _effects(told, parties[step.mover].members, step.origin, step.target)
        stall = Stall(
            state=told.graph.space.label(step.origin),
            place=place,
            unwilling=tuple(effect.decision_maker for effect in effects if effect.ranks <= 0),
            turn_offs=_turn_offs(told.graph, step, parties[step.mover].members, later[place:]),
            equilibrium=tuple(key for key, rows in told.stable.items() if rows[:, step.origin].all()),
        )
        if stall.unwilling or stall.turn_offs or stall.equilibrium:
            stalls.append(stall)
    return tuple(stalls)


def _turn_offs(
    graph: GraphModel, step: Step, movers: Sequence[int], later: Sequence[int]
) -> tuple[TurnOff, ...]:
    """Return for each decision maker its best improvement before a step that leads to no later state.

    For those who take the step only what they prefer to it counts.
    """
    found = []
    for dm, name in enumerate(graph.decision_makers):
        rank = graph.ranks[dm]
        targets = np.setdiff1d(graph.improvements(dm, step.origin), later)
        if dm in movers:
            targets = targets[rank[targets] > rank[step.target]]
        if targets.size:
            best = int(targets[int(rank[targets].argmax())])
            gain = int(rank[best]) - int(rank[step.origin])
            found.append(
                TurnOff(
                    decision_maker=name,
                    target=graph.space.label(best),
                    ranks=gain,
                    improvements=targets.size,
                )
            )
    return tuple(found)


def _nearest(told: Told, found: Mapping[str, Search], goals: States, most: int) -> tuple[Goal, ...]:
    packed = {kind: each.packed()[goals] for kind, each in found.items()}
    order = np.lexsort((goals, packed["moves"], packed["sacrifices"]))
    nearest = []
    for place in order[:most].tolist():
        costs = {kind: int(each[place]) for kind, each in packed.items()}
        if costs["moves"] >= FAR and costs["sacrifices"] >= FAR:
            break
        nearest.append(_goal(told, found["sacrifices"], int(goals[place]), costs))
    return tuple(nearest)


def _goal(told: Told, found: Search, goal: int, costs: Mapping[str, int]) -> Goal:
    steps = found.path(goal)
    named = () if steps is None else (way_step(told, found.movers[step.mover], step) for step in steps)
    return Goal(
        state=told.graph.space.label(goal),
        moves=_known(costs["moves"]),
        improvements=_known(costs["improvements"]),
        cost=None if steps is None else cost(found.movers, steps),
        first_to_give=next((step.worse_off for step in named if step.worse_off), ()),
    )


def _known(steps: int) -> int | None:
    return None if steps >= FAR else unpacked(steps)[2]
