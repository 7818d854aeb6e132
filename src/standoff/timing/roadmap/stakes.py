"""What keeping a step leads to, and what each breach does: states, and from when to when."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import ceil, inf

import numpy as np

from standoff.graph import GraphModel, States
from standoff.timing.arrays import Floats
from standoff.timing.roadmap.reversion import Reversion
from standoff.timing.roadmap.steps import Step, deviations, steps_along


@dataclass(frozen=True, slots=True, eq=False)
class Stakes:
    """One side at one step: what follows if it keeps the step, and what if it does anything else.

    Attributes
    ----------
    place : int
        The number of the step, from 1; after the last one it is keeping the end.
    dm : int
    keeping : int array (periods)
        The states if everybody keeps this step and all later ones.
    keeping_times : float array (periods + 1)
        From when to when, counted in steps from this one; the last is infinite.
    breaches : int array (choices)
        The states that the side could bring about in its place.
    courses : int array (choices, periods)
        The states that follow: those before it is seen, and the one reverted to.
    times : float array (periods + 1)
    """

    place: int
    dm: int
    keeping: States
    keeping_times: Floats
    breaches: States
    courses: States
    times: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Answer:
    """What a breach by a side is answered with.

    Attributes
    ----------
    seen_after : float
        How many steps it takes until the breach is seen.
    reversion : Reversion
        What follows then, for ever.
    """

    seen_after: float
    reversion: Reversion


@dataclass(frozen=True, slots=True, eq=False)
class Deal:
    """A path as a phased deal, and what stands behind it.

    Attributes
    ----------
    states : tuple of int
        From the first state to the end point.
    steps : tuple of Step
        The last one keeps the end.
    answers : tuple of Answer
        To a breach by each decision maker.
    """

    graph: GraphModel
    states: tuple[int, ...]
    steps: tuple[Step, ...]
    answers: tuple[Answer, ...]

    @property
    def length(self) -> int:
        """The number of steps, keeping the end not counted."""
        return len(self.states) - 1

    def stakes(self) -> Iterator[Stakes]:
        """Yield what is at stake, step by step, for everybody who could do something else."""
        for place in range(1, len(self.steps) + 1):
            for dm in range(len(self.graph.arcs)):
                found = self.stakes_at(place, dm)
                if found is not None:
                    yield found

    def stakes_at(self, place: int, dm: int) -> Stakes | None:
        """Return what is at stake for a side at a step; None if it has no other choice."""
        breaches = deviations(self.graph, self.steps[place - 1], dm)
        if not breaches.size:
            return None
        keeping = np.array(self.states[min(place, self.length) :], np.int64)
        times = self._times(place, self.answers[dm].seen_after)
        return Stakes(
            place=place,
            dm=dm,
            keeping=keeping,
            keeping_times=np.array([*range(keeping.size), inf]),
            breaches=breaches,
            courses=np.array([self.course(place, dm, int(b), times.size - 1) for b in breaches], np.int64),
            times=times,
        )

    def _times(self, place: int, seen_after: float) -> Floats:
        """Return when the states after a breach begin and end: a step each until nothing more changes."""
        varied = max(0, self.length - place) + 2
        before = min(ceil(seen_after), varied)
        return np.array([*range(before), seen_after, inf])

    def course(self, place: int, dm: int, breach: int, periods: int) -> list[int]:
        """Return the states after a breach: the others go on until it is seen, then all revert.

        Where the rules exclude that the others go on, and in graph form, the state stays as it is.
        """
        found = [breach] if periods > 1 else []
        for later in range(1, periods - 1):
            goal = self.states[min(place + later, self.length)]
            moved = None if self.graph.is_graph_form else self.graph.combined(goal, [(dm, breach)])
            found.append(found[-1] if moved is None else moved)
        last = found[-1] if found else breach
        landing = self.answers[dm].reversion.landing(last)
        return [*found, last if landing is None else landing]


def deal(graph: GraphModel, states: Sequence[int], answers: Sequence[Answer]) -> Deal:
    """Return a path as a phased deal.

    Raises
    ------
    UsageError
        If one of the steps cannot be made.
    """
    return Deal(graph, tuple(states), steps_along(graph, states), tuple(answers))
