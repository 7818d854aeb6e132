"""The conflict with a lever pulled, and the judge's verdict on it; the records of what changed."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from standoff.analyses.levers.distance import between, flipped
from standoff.analyses.levers.question import Question, Touched
from standoff.analyses.levers.result import Flip, Lever, Moved, RankingChange
from standoff.graph import graph_model
from standoff.model.conflict import Conflict, Preference, Ranking
from standoff.preferences import Ranks, rankings
from standoff.states.enumeration import MAX_STATES
from standoff.states.space import StateSpace, state_space

if TYPE_CHECKING:
    from standoff.analyses.levers.orders import Least


def judged(question: Question, conflict: Conflict) -> dict[str, bool]:
    """Build a changed conflict anew and return for whom of the parties the state is stable in it.

    Raises
    ------
    RuntimeError
        If that does not answer the question, which would be a fault of the search.
    """
    space = state_space(conflict, MAX_STATES)
    graph = graph_model(conflict, space, rankings(conflict, space))
    old = question.graph.space
    label = old.label(question.state)
    state = space.index(label) if conflict.is_graph_form else space.find(int(old.codes[question.state]))
    stable = () if state is None else question.stable_for(graph, state)
    if state is None or all(stable) == question.breaking:
        raise RuntimeError(f"the change does not answer the question about {label}")
    return {graph.decision_makers[dm]: holds for dm, holds in zip(question.parties, stable, strict=True)}


def with_preferences(conflict: Conflict, preferences: dict[int, Preference]) -> Conflict:
    """Return the conflict with other preferences for some decision makers."""
    return replace(
        conflict,
        decision_makers=tuple(
            replace(dm, preference=preferences[number]) if number in preferences else dm
            for number, dm in enumerate(conflict.decision_makers)
        ),
    )


def direct_ranking(ranks: Ranks, space: StateSpace) -> Ranking:
    """Return ranks as a direct ranking by labels."""
    order = np.argsort(-ranks, kind="stable")
    tiers = np.split(order, np.flatnonzero(np.diff(ranks[order])) + 1)
    return Ranking(tiers=tuple(tuple(space.label(state) for state in tier.tolist()) for tier in tiers))


def ranking_lever(
    question: Question, conflict: Conflict, relevant: tuple[Touched, ...], least: Least, seconds: float
) -> Lever:
    """Return a change of rankings by name, with the conflict rebuilt and judged."""
    words = "any weak order of the states for every decision maker"
    bound = least.bound / 2
    if least.rankings is None:
        return Lever(by="preferences", status="none", bound=bound, vocabulary=words, seconds=seconds)
    graph = question.graph
    changes = tuple(
        _change(question, dm, old, new, relevant[dm])
        for dm, (old, new) in enumerate(zip(graph.ranks, least.rankings, strict=True))
        if between(old, new, relevant[dm])
    )
    numbers = [graph.decision_makers.index(change.decision_maker) for change in changes]
    changed = with_preferences(
        conflict, {dm: direct_ranking(least.rankings[dm], graph.space) for dm in numbers}
    )
    return Lever(
        by="preferences",
        status="least" if least.bound >= least.cost else "found",
        size=least.cost / 2,
        bound=bound,
        changes=changes,
        vocabulary=words,
        conflict=changed,
        verdicts=judged(question, changed),
        seconds=seconds,
    )


def _change(question: Question, dm: int, old: Ranks, new: Ranks, among: Touched) -> RankingChange:
    label = question.graph.space.label
    pairs = flipped(old, new, among)
    grouped = _by_mover(pairs, question.state)
    return RankingChange(
        decision_maker=question.graph.decision_makers[dm],
        pairs=between(old, new, among) / 2,
        moved=tuple(
            Moved(
                state=label(state),
                above=tuple(label(other) for other in others if new[state] > new[other]),
                level=tuple(label(other) for other in others if new[state] == new[other]),
                below=tuple(label(other) for other in others if new[state] < new[other]),
            )
            for state, others in grouped
        ),
        flips=tuple(
            Flip(
                state=label(state),
                other=label(other),
                before=_sign(old, state, other),
                after=_sign(new, state, other),
            )
            for state, others in grouped
            for other in others
        ),
        relevant=int(among.sum()),
    )


def _sign(ranks: Ranks, state: int, other: int) -> str:
    return "<=>"[int(np.sign(ranks[state] - ranks[other])) + 1]


def _by_mover(pairs: list[tuple[int, int]], wanted: int) -> list[tuple[int, list[int]]]:
    """Tell every pair with the state that is in most of those left: the wanted state first if equal."""
    left, found = list(pairs), []
    while left:
        counts = Counter(state for pair in left for state in pair)
        mover = max(counts, key=lambda state: (counts[state], state == wanted, -state))
        found.append((mover, sorted(a if b == mover else b for a, b in left if mover in (a, b))))
        left = [pair for pair in left if mover not in pair]
    return found
