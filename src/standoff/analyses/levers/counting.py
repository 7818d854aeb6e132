"""In how many profiles of strict orders a state is stable: exact, without going through all of them.

Stability hangs on few things in a ranking. Under Nash, GMR and SMR: on the set of relevant states below
the wanted one. Under SEQ and SSEQ: on that set and on which moves within the replies are improvements.
Orders alike in these are counted together: k states below and l above can be ordered in k! l! ways, and
m!/v! orders of all m states agree with one of the v relevant ones.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import permutations, product
from math import factorial, prod

import numpy as np

from standoff.analyses.levers.question import Question, touched
from standoff.analyses.levers.standing import stability_test
from standoff.errors import RefusedError

MOST_BELOW = 20
"""Relevant states beside the wanted one whose subsets are gone through."""

MOST_ORDERED = 8
"""Relevant states whose orders are gone through."""

MOST_PROFILES = 1_000_000
"""Profiles of kinds of orders that are judged one by one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """The number of profiles of strict orders of all states under which a state is stable for the parties.

    Attributes
    ----------
    profiles, of : int
        Exact; `of` is (m!)^n for m states and n decision makers.
    """

    state: str
    concept: str
    parties: tuple[str, ...]
    profiles: int
    of: int


def count_orders(question: Question) -> Count:
    """Count the profiles under which the state is stable for all parties.

    Raises
    ------
    RefusedError
        If too many sets of states, orders or profiles would have to be gone through.
    """
    graph = question.graph
    everything = factorial(graph.space.size)
    count = _own(question) if question.own_ranking_only else _together(question)
    return Count(
        state=graph.space.label(question.state),
        concept=question.concept.key,
        parties=tuple(graph.decision_makers[dm] for dm in question.parties),
        profiles=count,
        of=everything ** len(graph.arcs),
    )


def _own(question: Question) -> int:
    """Multiply the parties' numbers of orders: each hangs on its own ranking only."""
    graph, relevant = question.graph, touched(question)
    everything = factorial(graph.space.size)
    numbers = []
    for dm in range(len(graph.arcs)):
        if dm not in question.parties:
            numbers.append(everything)
        elif question.concept.key == "nash":
            numbers.append(everything // (1 + graph.moves(dm, question.state).size))
        else:
            size = int(relevant[dm].sum())
            _at_most(MOST_BELOW, size - 1, graph.decision_makers[dm], "states to stand above or below")
            numbers.append(_orders_by_sets(question, dm, relevant[dm]) * everything // factorial(size))
    return prod(numbers)


def _orders_by_sets(question: Question, dm: int, among: np.ndarray) -> int:
    """Return the number of orders of the relevant states in which the state is stable."""
    states = np.flatnonzero(among).tolist()
    holds = stability_test(question, dm, among)
    here = states.index(question.state)
    others = len(states) - 1
    low = (1 << here) - 1
    count = 0
    for chosen in range(1 << others):
        above = chosen & low | (chosen & ~low) << 1
        if holds(above):
            number = above.bit_count()
            count += factorial(number) * factorial(others - number)
    return count


def _together(question: Question) -> int:
    """Judge one profile of each kind, and multiply by how many orders are of each kind."""
    graph, relevant = question.graph, touched(question)
    kinds, factor = [], 1
    for dm in range(len(graph.arcs)):
        states = np.flatnonzero(relevant[dm]).tolist()
        _at_most(MOST_ORDERED, len(states), graph.decision_makers[dm], "states to order")
        factor *= factorial(graph.space.size) // factorial(len(states))
        kinds.append(_kinds(question, dm, states))
    number = prod(len(each) for each in kinds)
    if number > MOST_PROFILES:
        raise RefusedError(
            f"There are {number:,} kinds of preference profiles to judge; up to {MOST_PROFILES:,} are. "
            "Under nash there is no such bound."
        )
    total = 0
    for chosen in product(*kinds):
        ranks = tuple(np.array(kind[0], np.int32) for kind in chosen)
        if question.met(question.ranked(ranks)):
            total += prod(kind[1] for kind in chosen)
    return total * factor


def _kinds(question: Question, dm: int, states: list[int]) -> list[tuple[list[int], int]]:
    """Return one ranking of each kind of order, and how many orders are of that kind."""
    graph = question.graph
    steps = [
        (state, target) for state in states for target in graph.moves(dm, state).tolist() if target in states
    ]
    counts: Counter[tuple[bool, ...]] = Counter()
    first: dict[tuple[bool, ...], list[int]] = {}
    own = dm in question.parties
    for order in permutations(range(len(states))):
        ranks = [0] * graph.space.size
        for state, rank in zip(states, order, strict=True):
            ranks[state] = rank
        gains: Iterable[bool] = (ranks[target] > ranks[state] for state, target in steps)
        below = (ranks[state] < ranks[question.state] for state in states) if own else ()
        kind = (*gains, *below)
        counts[kind] += 1
        first.setdefault(kind, ranks)
    return [(first[kind], number) for kind, number in counts.items()]


def _at_most(most: int, size: int, who: str, what: str) -> None:
    if size > most:
        raise RefusedError(
            f"{who} has {size:,} relevant {what}; profiles are counted for up to {most}. "
            "Under nash there is no such bound."
        )
