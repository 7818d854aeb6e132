"""Ways from one state to a set of goals: who steps, who gives first, where it can come to a halt."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from time import monotonic

import numpy as np
from numpy.typing import NDArray

from standoff.analyses.paths.movers import Mover, movers
from standoff.analyses.paths.result import Effect, Goal, Reach, Stall, TurnOff, Way, Ways, WayStep
from standoff.analyses.paths.search import Kind, Progress, Search, Step, cost, search
from standoff.analyses.paths.slopes import FAR, unpacked
from standoff.graph import GraphModel, States

KINDS: tuple[Kind, ...] = ("moves", "improvements", "sacrifices")

Stable = Mapping[str, NDArray[np.bool_]]


def ways(
    graph: GraphModel,
    stable: Stable,
    start: int,
    goals: States,
    coalitions: Sequence[Sequence[int]] = (),
    *,
    most: int = 10,
    time_limit: float | None = None,
    progress: Progress | None = None,
) -> Ways:
    """Find the ways from a state to a set of goals.

    Parameters
    ----------
    graph : GraphModel
    stable : mapping from concept to bool array (decision makers, states)
        For the equilibria on the way.
    start : int
    goals : int64 array
        Numbers of states, ascending.
    coalitions : sequence of sequences of int
        Decision makers whose joint moves count as single steps.
    most : int
        Most goals told one by one.
    time_limit : float, optional
        Seconds for all searches together.

    Raises
    ------
    RefusedError
        If there are coalitions and the conflict has no options.
    """
    parties = movers(graph, coalitions)
    ends = None if time_limit is None else monotonic() + time_limit
    found: dict[str, Search] = {}
    for kind in KINDS:
        left = None if ends is None else max(0.0, ends - monotonic())
        found[kind] = search(parties, start, kind, goals, left, progress)
    reached = found["moves"].reached()[goals] | found["sacrifices"].reached()[goals]
    return Ways(
        start=graph.space.label(start),
        goals=goals.size,
        coalitions=tuple(_names(graph, mover.members) for mover in parties if mover.joint),
        ways={kind: _way(graph, stable, each, goals) for kind, each in found.items()},
        reach={kind: _reach(each, goals) for kind, each in found.items()},
        nearest=_nearest(graph, found, goals, most) if goals.size > 1 else (),
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


def _way(graph: GraphModel, stable: Stable, found: Search, goals: States) -> Way | None:
    goal = found.nearest(goals)
    steps = None if goal is None else found.path(goal)
    if goal is None or steps is None:
        return None
    return Way(
        kind=found.kind,
        goal=graph.space.label(goal),
        steps=tuple(_step(graph, found.movers[step.mover], step) for step in steps),
        cost=cost(found.movers, steps),
        equal=found.count(goal),
        exact=found.finished or (found.kind != "sacrifices"),
        stalls=_stalls(graph, stable, found.movers, steps),
        in_the_end=_effects(graph, range(len(graph.arcs)), found.start, goal),
    )


def _step(graph: GraphModel, mover: Mover, step: Step) -> WayStep:
    return WayStep(
        movers=_names(graph, mover.members),
        origin=graph.space.label(step.origin),
        target=graph.space.label(step.target),
        effects=_effects(graph, mover.members, step.origin, step.target),
    )


def _effects(graph: GraphModel, dms: Sequence[int], origin: int, target: int) -> tuple[Effect, ...]:
    return tuple(
        Effect(
            decision_maker=graph.decision_makers[dm],
            ranks=int(graph.ranks[dm][target]) - int(graph.ranks[dm][origin]),
        )
        for dm in dms
    )


def _stalls(
    graph: GraphModel, stable: Stable, parties: Sequence[Mover], steps: Sequence[Step]
) -> tuple[Stall, ...]:
    states = [step.origin for step in steps] + [steps[-1].target] if steps else []
    stalls = []
    for place, step in enumerate(steps):
        members = parties[step.mover].members
        effects = _effects(graph, members, step.origin, step.target)
        stall = Stall(
            state=graph.space.label(step.origin),
            place=place,
            unwilling=tuple(effect.decision_maker for effect in effects if effect.ranks <= 0),
            turn_offs=_turn_offs(graph, step.origin, states[place + 1 :]),
            equilibrium=tuple(key for key, rows in stable.items() if rows[:, step.origin].all()),
        )
        if stall.unwilling or stall.turn_offs or stall.equilibrium:
            stalls.append(stall)
    return tuple(stalls)


def _turn_offs(graph: GraphModel, state: int, later: Sequence[int]) -> tuple[TurnOff, ...]:
    """Return for each decision maker its best improvement from a state that leads to no later one."""
    found = []
    for dm, name in enumerate(graph.decision_makers):
        targets = np.setdiff1d(graph.improvements(dm, state), later)
        if targets.size:
            best = int(targets[int(graph.ranks[dm][targets].argmax())])
            gain = int(graph.ranks[dm][best]) - int(graph.ranks[dm][state])
            found.append(
                TurnOff(
                    decision_maker=name,
                    target=graph.space.label(best),
                    ranks=gain,
                    improvements=targets.size,
                )
            )
    return tuple(found)


def _nearest(graph: GraphModel, found: Mapping[str, Search], goals: States, most: int) -> tuple[Goal, ...]:
    packed = {kind: each.packed()[goals] for kind, each in found.items()}
    order = np.lexsort((goals, packed["moves"], packed["sacrifices"]))
    told = []
    for place in order[:most].tolist():
        costs = {kind: int(each[place]) for kind, each in packed.items()}
        if costs["moves"] >= FAR and costs["sacrifices"] >= FAR:
            break
        told.append(_goal(graph, found["sacrifices"], int(goals[place]), costs))
    return tuple(told)


def _goal(graph: GraphModel, found: Search, goal: int, costs: Mapping[str, int]) -> Goal:
    steps = found.path(goal)
    named = () if steps is None else (_step(graph, found.movers[step.mover], step) for step in steps)
    return Goal(
        state=graph.space.label(goal),
        moves=_known(costs["moves"]),
        improvements=_known(costs["improvements"]),
        cost=None if steps is None else cost(found.movers, steps),
        first_to_give=next((step.worse_off for step in named if step.worse_off), ()),
    )


def _known(steps: int) -> int | None:
    return None if steps >= FAR else unpacked(steps)[2]
