"""Steps of a phased deal: who takes which part, and what each side could do in place of its part."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from standoff.errors import UsageError
from standoff.graph import GraphModel, OptionArcs, States


@dataclass(frozen=True, slots=True)
class Step:
    """A step by numbers: from which state, to which, and who takes part.

    Keeping the last state of a deal is a step from it to itself, in which nobody takes part.
    """

    origin: int
    target: int
    movers: tuple[int, ...]


def steps_along(graph: GraphModel, states: Sequence[int]) -> tuple[Step, ...]:
    """Return the steps of a path of states; the last one keeps its end.

    Raises
    ------
    UsageError
        If one of the steps cannot be made.
    """
    pairs = pairwise(states)
    return (*(step(graph, origin, target) for origin, target in pairs), Step(states[-1], states[-1], ()))


def step(graph: GraphModel, origin: int, target: int) -> Step:
    """Return the step from one state to another: a joint move of all whose options change.

    In graph form it is a move of one decision maker: of those who have it, the one who gains most.

    Raises
    ------
    UsageError
        If somebody cannot take its part.
    """
    start, end = graph.space.label(origin), graph.space.label(target)
    if origin == target:
        raise UsageError(f"The step from {start} leads nowhere. Take the second {end} out.")
    if graph.is_graph_form:
        return _listed(graph, origin, target)
    changed = int(graph.space.codes[origin] ^ graph.space.codes[target])
    parts = [arcs.own & changed if isinstance(arcs, OptionArcs) else 0 for arcs in graph.arcs]
    movers = tuple(dm for dm, part in enumerate(parts) if part)
    found = Step(origin, target, movers)
    for dm in movers:
        if not _can_take_part(graph, found, dm):
            raise UsageError(
                f"{graph.decision_makers[dm]} cannot take its part in the step from {start} to {end}: it "
                "would leave what is irreversible, or the move is forbidden. Take another way."
            )
    return found


def _listed(graph: GraphModel, origin: int, target: int) -> Step:
    able = [dm for dm in range(len(graph.arcs)) if target in graph.moves(dm, origin)]
    if not able:
        start, end = graph.space.label(origin), graph.space.label(target)
        raise UsageError(
            f"Nobody has a move from {start} to {end}; in graph form each step is one move of one decision "
            "maker. Name the states between."
        )
    gain = [int(graph.ranks[dm][target]) - int(graph.ranks[dm][origin]) for dm in able]
    return Step(origin, target, (able[gain.index(max(gain))],))


def _can_take_part(graph: GraphModel, found: Step, dm: int) -> bool:
    arcs = graph.arcs[dm]
    if not isinstance(arcs, OptionArcs):
        return True
    before, after = (int(graph.space.codes[state]) for state in (found.origin, found.target))
    if (~after & before & arcs.stays_taken) | (after & ~before & arcs.stays_untaken):
        return False
    aside = without(graph, found, dm)
    return aside is None or found.target in arcs.from_(aside)


def without(graph: GraphModel, found: Step, dm: int) -> int | None:
    """Return the state in which all but one have taken their part; None if the rules exclude it."""
    if dm not in found.movers:
        return found.target
    if graph.is_graph_form:
        return found.origin
    return graph.combined(found.target, [(dm, found.origin)])


def deviations(graph: GraphModel, found: Step, dm: int) -> States:
    """Return the states that a decision maker could bring about in place of its part in a step.

    The others take theirs: it may do nothing, or anything else that it could do then. If the
    rules exclude that the others take their part alone, nothing of the step comes about.
    """
    aside = without(graph, found, dm)
    base = found.origin if aside is None else aside
    choices = np.append(graph.moves(dm, base), base)
    return np.unique(choices[choices != found.target])
