"""Least changes of one ranking, opponents' rankings as they are: the wanted state alone rises, or falls.

Claim. Let a set M of states have to stand at or below s in decision maker i's ranking, and let B be
those of M that stand above s now. Raising s alone until it ties with the best of B changes the fewest
pairs (a tie made or broken counts half).

Proof. Take any ranking that does it, and look at a third state q. If q stands below the best of B, then
either q stays above s, hence above B, and q against the best of B has changed; or q ties with s, which
costs q against s and q against the best of B half each; or q goes below s. Each costs at least what
raising s over q costs. If q is level with the best of B, some half pair of q, s and that state changes,
and raising s costs just that. Higher q cost nothing when s rises. It remains to see the pairs within B
and s: let T be those of B that tie with s. B against s costs |B| - |T|/2. If the best tier of B is in
part in T, every other member of T was not level with it and now is: at least (|T| - t)/2 for the t <= |B1|
members of the best tier B1 in T. If no member of B1 is in T, each has been put below all of T: at
least |T|. Either way the sum is at least |B| - |B1|/2, which is what raising s costs. QED

Stability under Nash, GMR and SMR asks only which states stand at or below s, and the more the better.
So some threshold is best: raise s to the lowest level at which it is stable.

The converse. Let M have to stand above s, and p be the lowest level in M, with s at p or higher now.
Letting s fall just below p is best, by the same count, but for one case: if a single state of M stands
at level p together with others, lifting it just above them and letting s fall between breaks its ties,
half a pair each, in place of turning s against each of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from standoff.analyses.levers.distance import distance
from standoff.analyses.levers.question import Question, Rankings, Touched, replies, touched, worths
from standoff.graph import GraphModel
from standoff.preferences import Ranks, dense

GAP = 4
"""Between two levels there is room for this many new ones."""


def raised(question: Question, graph: GraphModel, dm: int) -> Ranks:
    """Return the ranking in which the state is just high enough to be stable for `dm`, all else as it is.

    Exact for Nash, GMR and SMR; under SEQ and SSEQ the opponents' improvements are taken from the graph.
    """
    ranks = graph.ranks[dm]
    value = worths(question, graph, dm)
    level = int(ranks[question.state])
    for target in graph.improvements(dm, question.state).tolist():
        needed = int(ranks[target])
        if needed > level and question.concept.key != "nash":
            reached = replies(graph, dm, target, improving=question.concept.credible)
            if reached.any():
                needed = min(needed, int(value[reached].min()))
        level = max(level, needed)
    return with_levels(ranks, {question.state: GAP * level})


def lowered(question: Question, graph: GraphModel, dm: int) -> Ranks | None:
    """Return the ranking in which the state is just low enough to be unstable for `dm`, or None.

    Exact for Nash, GMR and SMR; under SEQ and SSEQ the opponents' improvements are taken from the graph.
    None if no ranking of its own makes it unstable.
    """
    ranks, here = graph.ranks[dm], int(graph.ranks[dm][question.state])
    best: tuple[int, list[Touched]] | None = None
    for target in graph.moves(dm, question.state).tolist():
        sets = list(_to_stand_above(question, graph, dm, target))
        if any(not members.any() for members in sets):
            continue
        level = min(int(ranks[members].max()) for members in sets)
        if best is None or level > best[0]:
            best = (level, [])
        if level == best[0]:
            tight = [members for members in sets if int(ranks[members].max()) == level]
            best[1].append(np.logical_and.reduce([*tight, ranks == level]))
    if best is None:
        return None
    level, alone = best
    if level > here:
        return ranks
    lifted = next((int(np.flatnonzero(common)[0]) for common in alone if common.any()), None)
    if lifted is not None and level < here:
        return with_levels(ranks, {lifted: GAP * level + 2, question.state: GAP * level + 1})
    return with_levels(ranks, {question.state: GAP * level - 1})


def _to_stand_above(question: Question, graph: GraphModel, dm: int, target: int) -> Iterator[Touched]:
    """Yield sets of states: the move is unpunished if one state of each stands above the wanted one."""
    yield _only(graph, [target])
    if question.concept.key == "nash":
        return
    for end in np.flatnonzero(replies(graph, dm, target, improving=question.concept.credible)).tolist():
        escapes = graph.moves(dm, end).tolist() if question.concept.symmetric else []
        members = _only(graph, [end, *escapes])
        members[question.state] = False
        yield members


def _only(graph: GraphModel, states: list[int]) -> Touched:
    marked = np.zeros(graph.space.size, np.bool_)
    marked[states] = True
    return marked


def with_levels(ranks: Ranks, levels: dict[int, int]) -> Ranks:
    """Return a ranking with some states put at other levels, counted in steps of 1 / `GAP` of a rank."""
    spread: NDArray[np.int64] = ranks.astype(np.int64) * GAP
    for state, level in levels.items():
        spread[state] = level
    return dense(spread)


def settled(question: Question) -> Rankings | None:
    """Return rankings that answer the question: for Nash, GMR and SMR each the least change, else some.

    None if there are none.
    """
    return _broken(question) if question.breaking else _raised_for_all(question)


def _raised_for_all(question: Question) -> Rankings:
    """Raise the state for one party after the other, until that changes nothing: at Nash it ends."""
    graph = question.graph
    while True:
        ranks = list(graph.ranks)
        for dm in question.parties:
            ranks[dm] = raised(question, graph, dm)
            graph = replace(graph, ranks=tuple(ranks))
        if question.own_ranking_only or question.met(graph):
            return graph.ranks


def _broken(question: Question) -> Rankings | None:
    relevant = touched(question)
    found: list[tuple[int, int, Rankings]] = []
    for dm in question.parties:
        starts = [question.graph]
        if question.concept.credible:
            starts.append(
                question.ranked([with_levels(r, {question.state: -1}) for r in question.graph.ranks])
            )
        for graph in starts:
            own = lowered(question, graph, dm)
            if own is not None:
                rankings = tuple(own if j == dm else ranks for j, ranks in enumerate(graph.ranks))
                cost = distance(question.graph.ranks, rankings, relevant)
                found.append((cost, len(found), rankings))
    return min(found)[2] if found else None
