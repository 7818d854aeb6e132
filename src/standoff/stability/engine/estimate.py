"""What an analysis will cost, said before it begins."""

from __future__ import annotations

from collections.abc import Callable

from standoff.errors import RefusedError
from standoff.graph import Arcs, GraphModel
from standoff.model.conflict import Conflict
from standoff.stability.engine.choice import chosen
from standoff.stability.engine.menus import is_bound, most_choices, number_of_choices
from standoff.states.cost import Estimate, kept, memory, model_cost
from standoff.states.memory import available_memory

_BYTES = {"numpy": (45, 175), "numba": (11, 58)}
"""For each state and decision maker, and besides for each state."""

_BYTES_OF_A_CHOICE = {"numpy": (16, 65), "numba": (14, 40)}
"""If moves are transitive, and if they are not."""

_SECONDS = {"numpy": (0.6e-6, 0.004), "numba": (0.25e-6, 0.8)}
"""For each state and decision maker, or choice, and at once; see bench/."""


_SECONDS_AFTERWARDS = 0.3e-6
"""For each state, to take verdicts apart and to tell of them."""


def whole_cost(conflict: Conflict, engine: str, states: int) -> Estimate:
    """Return what an analysis will cost if it has so many states: to list, to rank, to judge them.

    Irreversible options and forbidden moves add to it: `require_room` counts them once the moves
    are there.
    """
    before = model_cost(conflict, states)
    sides = before.decision_makers
    judged = estimate(states, sides, chosen(engine, states * sides))
    size = max(before.bytes, kept(conflict, states) + judged.bytes)
    return Estimate(states, sides, size, before.seconds + judged.seconds + states * _SECONDS_AFTERWARDS)


def estimate(
    states: int, decision_makers: int, engine: str = "numpy", choices: int = 0, *, transitive: bool = True
) -> Estimate:
    """Return what the core concepts cost beyond the graph model; measured on ordinary rankings, no bound.

    Parameters
    ----------
    engine : str
        "numpy" or "numba".
    choices : int
        Targets in the menus of those whose moves are listed or bound by irreversible options; of
        everybody if moves are not transitive.
    transitive : bool
        Whether everybody's moves are. Listed and forbidden moves are not.
    """
    each, besides = _BYTES[engine]
    per_item, at_once = _SECONDS[engine]
    items = states * decision_makers
    size = items * each + states * besides + choices * _BYTES_OF_A_CHOICE[engine][not transitive]
    return Estimate(states, decision_makers, size, (items + choices) * per_item + at_once)


def require_room(graph: GraphModel, engine: str) -> None:
    """Refuse work that needs more memory than there is.

    Raises
    ------
    RefusedError
        If more memory is expected to be needed than is free.
    """
    there = available_memory()
    if there is None or expected(graph, engine, most_choices).bytes <= there:
        return
    cost = expected(graph, engine)
    if cost.bytes > there:
        raise RefusedError(
            f"{cost}, but only {memory(there)} of memory are free. "
            "Add feasibility rules, leave options out, or use a machine with more memory."
        )


def expected(graph: GraphModel, engine: str, count: Callable[[Arcs], int] = number_of_choices) -> Estimate:
    """Return what a graph model will cost, by a count of a decision maker's choices."""
    transitive = graph.is_transitive
    choices = sum(count(arcs) for arcs in graph.arcs if not transitive or is_bound(arcs))
    return estimate(graph.space.size, len(graph.arcs), engine, choices, transitive=transitive)
