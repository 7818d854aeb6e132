"""Stability of every state for every decision maker under the five core concepts.

With complete rankings a concept is one number f(s1) for each improvement s1: the smallest value,
to the focal decision maker, of what the opponents' replies to s1 lead to. State s is stable if
f(s1) <= P(s) for every improvement s1. A reply is worth its rank P under GMR and SEQ; under SMR
and SSEQ the best rank within one move from there, since the focal decision maker may escape.
Replies are any moves under GMR and SMR, improvements under SEQ and SSEQ.

Cost for m states and n decision makers: O(n m log m) to arrange the menus, then O(n m) a pass and
decision maker. No matrix and no list of arcs is built.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from threading import Lock
from time import perf_counter

import numpy as np
from numpy.typing import NDArray

from standoff.graph import GraphModel, OptionArcs
from standoff.progress import Progress
from standoff.stability.engine.choice import BackEnd, back_end
from standoff.stability.engine.estimate import require_room
from standoff.stability.engine.menus import menus
from standoff.stability.engine.problem import Problem, Regions, problem, silent
from standoff.stability.engine.threads import together
from standoff.states.numbering import renumbered

CORE = ("nash", "gmr", "smr", "seq", "sseq")
"""The concepts in the order of the bits of a result."""


@dataclass(frozen=True, slots=True, eq=False)
class CoreStability:
    """Which states are stable for whom under the core concepts.

    Attributes
    ----------
    stable : uint8 array (decision makers, states)
        Bit b is set where the state is stable under `CORE[b]`.
    engine : str
        What computed it: "numpy" or "numba".
    seconds_compiling : float
        Time spent compiling; 0 when the compiled code was there already.
    seconds_stability : float
        Time spent on the verdicts, arranging the moves included, compiling not.
    """

    stable: NDArray[np.uint8]
    engine: str
    seconds_compiling: float = 0.0
    seconds_stability: float = 0.0


def solve(graph: GraphModel, engine: str = "auto", progress: Progress | None = None) -> CoreStability:
    """Return the stability of all states under the five core concepts.

    Parameters
    ----------
    engine : str
        "numpy", "numba", or "auto": numba for large models where it is installed.
    progress : function of a phase and the fraction of it that is done

    Raises
    ------
    MissingExtraError
        If numba is asked for and not installed.
    RefusedError
        If the work needs more memory than there is.
    """
    tell = progress or ignore
    back, compiling = _ready(graph, engine, tell)
    begun = perf_counter()
    stable = stability(_arranged(graph, back, tell), back, tell)
    return CoreStability(stable, back.NAME, compiling, perf_counter() - begun)


def worst_replies(
    graph: GraphModel, dms: Sequence[int], engine: str = "auto", progress: Progress | None = None
) -> NDArray[np.int32]:
    """Return the worst rank that each state or the others' replies to it have for decision makers.

    Returns
    -------
    int32 array (decision makers asked for, 2, states)
        First over all legal sequences of moves of the others from the state, then over their
        legal sequences of improvements; the state itself counts in both.
    """
    tell = progress or ignore
    back, _ = _ready(graph, engine, tell)
    arranged = _arranged(graph, back, tell)
    worst = np.empty((len(dms), 2, arranged.states), np.int32)
    for place, dm in enumerate(dms):
        np.minimum(back.worst_replies(arranged, dm, silent), arranged.ranks[dm], out=worst[place])
        tell("replies", (place + 1) / len(dms))
    return worst


def _ready(graph: GraphModel, engine: str, tell: Progress) -> tuple[BackEnd, float]:
    """Return the back end, loaded, and the seconds it took to compile."""
    back = back_end(engine, graph.space.size * len(graph.arcs))
    require_room(graph, back.NAME)
    tell("loading the engine", 0.0)
    return back, back.get_ready(tell)


def _arranged(graph: GraphModel, back: BackEnd, tell: Progress) -> Problem:
    """Return what the back end works on."""
    ranks = [np.require(rank, np.int32, ["C", "W"]) for rank in graph.ranks]
    return problem(
        lambda dm: menus(graph.arcs[dm]),
        ranks,
        lambda dm: regions(graph, dm),
        back.improvements,
        lambda part: tell("arranging moves", part),
        transitive=graph.is_transitive,
    )


def stability(arranged: Problem, back: BackEnd, tell: Progress) -> NDArray[np.uint8]:
    """Return the bits of all decision makers and states."""
    done = _Phase(len(arranged.decision_makers), "stability", tell)
    stable = np.empty((len(arranged.decision_makers), arranged.states), np.uint8)

    def judge(dm: int) -> NDArray[np.uint8]:
        return back.stable(arranged, dm, lambda part: done.tell(dm, part))

    size = arranged.states if back.SIDE_BY_SIDE else 0
    for dm, found in enumerate(together(judge, arranged.decision_makers, size)):
        stable[dm] = found
        done.tell(dm, 1.0)
    return stable


class _Phase:
    """How much of a phase is done, told by threads that work on pieces of it."""

    def __init__(self, pieces: int, phase: str, progress: Progress) -> None:
        self.parts, self.phase, self.progress = [0.0] * pieces, phase, progress
        self.lock = Lock()

    def tell(self, piece: int, part: float) -> None:
        """Say which part of a piece is done."""
        with self.lock:
            self.parts[piece] = max(part, self.parts[piece])
            self.progress(self.phase, sum(self.parts) / len(self.parts))


def ignore(_phase: str, _fraction: float) -> None:
    """Show no progress."""


def regions(graph: GraphModel, dm: int) -> Regions:
    """Tell states apart by the decision maker's own options, which opponents never change."""
    arcs = graph.arcs[dm]
    if not isinstance(arcs, OptionArcs):
        return np.zeros(graph.space.size, np.int32), 1
    own = arcs.codes >> arcs.lowest
    own &= (1 << arcs.count) - 1
    return renumbered(own, 1 << arcs.count)
