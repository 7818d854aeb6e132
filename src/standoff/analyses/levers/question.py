"""The question that a lever answers, and the parts of the graph that its definition touches."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from standoff.graph import GraphModel
from standoff.preferences import Ranks
from standoff.progress import Progress
from standoff.stability.concepts import Concept
from standoff.stability.engine.reach import FAR, Step, best_after_move, distances
from standoff.stability.judge import judge
from standoff.stability.sanctions import find_reply

Touched = NDArray[np.bool_]
Rankings = tuple[Ranks, ...]

_TELL_EVERY = 0.1


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Question:
    """What is asked for.

    Attributes
    ----------
    state : int
    concept : Concept
        Nash, GMR, SMR, SEQ or SSEQ, with legal sequences.
    parties : tuple of int
        The decision makers for whom the state shall be stable.
    breaking : bool
        The converse: it shall not be stable for all of them any more.
    """

    graph: GraphModel
    state: int
    concept: Concept
    parties: tuple[int, ...]
    breaking: bool = False

    @property
    def own_ranking_only(self) -> bool:
        """Whether stability for a decision maker hangs on no ranking but its own."""
        return not self.concept.credible

    def stable_for(self, graph: GraphModel, state: int | None = None) -> tuple[bool, ...]:
        """Say for each of the parties whether the state is stable in a graph, as the judge says."""
        at = self.state if state is None else state
        return tuple(judge(graph, dm, at, self.concept.key).stable for dm in self.parties)

    def met(self, graph: GraphModel, state: int | None = None) -> bool:
        """Whether a graph answers the question."""
        at = self.state if state is None else state
        kept = all(judge(graph, dm, at, self.concept.key).stable for dm in self.parties)
        return kept != self.breaking

    def ranked(self, rankings: Sequence[Ranks]) -> GraphModel:
        """Return the graph with other rankings."""
        return replace(self.graph, ranks=tuple(rankings))


@dataclass(slots=True)
class Sought:
    """The time a search may take, and whom to tell how it goes."""

    seconds: float
    progress: Progress | None = None
    phase: str = "looking for a change"
    started: float = field(default_factory=time.monotonic)
    _told: float = 0.0

    @property
    def left(self) -> float:
        """Seconds that are left; not below zero."""
        return max(0.0, self.seconds - (time.monotonic() - self.started))

    @property
    def over(self) -> bool:
        """Whether the time is over; tells the progress by the way, ten times a second."""
        now = time.monotonic()
        spent = now - self.started
        if self.progress is not None and now - self._told >= _TELL_EVERY:
            self._told = now
            self.progress(self.phase, min(1.0, spent / self.seconds) if self.seconds else 1.0)
        return spent >= self.seconds


def replies(graph: GraphModel, dm: int, target: int, *, improving: bool = False) -> Touched:
    """Return where the opponents of `dm` can take a state, by moves or by improvements alone."""
    others = [j for j in range(len(graph.arcs)) if j != dm]
    found: Touched = (distances(graph, target, others, improving=improving) != FAR).any(axis=0)
    return found


def touched(question: Question) -> tuple[Touched, ...]:
    """Return for each decision maker the states whose order the definition asks for, or could.

    For a party: the state, its moves from there, and for all concepts but Nash where the others
    can reply to; under SMR and SSEQ also its escapes from there. Under SEQ and SSEQ for every
    opponent of a party: the states on the way of such replies.
    """
    graph = question.graph
    marked = [np.zeros(graph.space.size, np.bool_) for _ in graph.arcs]
    for dm in question.parties:
        targets = graph.moves(dm, question.state)
        reached = np.zeros(graph.space.size, np.bool_)
        if question.concept.key != "nash":
            for target in targets.tolist():
                reached |= replies(graph, dm, target)
        marked[dm][question.state] = True
        marked[dm][targets] = True
        marked[dm] |= reached
        if question.concept.symmetric:
            for end in np.flatnonzero(reached).tolist():
                marked[dm][graph.moves(dm, end)] = True
        if question.concept.credible:
            for j in range(len(graph.arcs)):
                if j != dm:
                    marked[j] |= reached
                    marked[j][targets] = True
    return tuple(marked)


def unpunished(question: Question, graph: GraphModel) -> list[Step]:
    """Return every improvement of the parties from the state that nothing deters."""
    state, concept = question.state, question.concept
    return [
        (dm, state, target)
        for dm in question.parties
        for target in graph.improvements(dm, state).tolist()
        if concept.key == "nash"
        or not find_reply(graph, dm, state, target, concept, "legal_sequence").sanction
    ]


def worths(question: Question, graph: GraphModel, dm: int) -> NDArray[np.int32]:
    """Return what a reply that ends in each state is worth to a decision maker; the less, the more it deters.

    The state's rank; under SMR and SSEQ the best rank within one move of the decision maker from there.
    """
    ranks = graph.ranks[dm]
    return np.maximum(ranks, best_after_move(graph, dm)) if question.concept.symmetric else ranks
