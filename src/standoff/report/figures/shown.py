"""Which states and which moves a state graph shows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from standoff.errors import UsageError
from standoff.report.figures.arrows import Arrow
from standoff.study import Study

MOST_STATES = 64
"""Up to this number of states all are drawn, with all improvements."""

_FEW_MOVES = 16
_MOST_FROM_ONE = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """The states and moves to be drawn.

    Attributes
    ----------
    states, arrows : tuple
        By number, in the order in which they are written.
    focus : int or None
        The state whose moves alone are drawn.
    is_path : bool
        Whether the moves are the steps of a path.
    left_out : int
        How many moves in question (all, or all of the focus) are not drawn.
    """

    states: tuple[int, ...]
    arrows: tuple[Arrow, ...]
    focus: int | None = None
    is_path: bool = False
    left_out: int = 0


def shown(study: Study, selected: str | None, path: Sequence[str]) -> Shown:
    """Return all states and improvements; of a large model only what is selected or on a path.

    Raises
    ------
    UsageError
        If there is no such state, or nobody can make a step of the path.
    """
    space = study.space
    everything = tuple(range(space.size)) if space.size <= MOST_STATES else None
    if path:
        arrows = tuple(_steps(study, path))
        visited = tuple(dict.fromkeys(space.index(label) for label in path))
        return Shown(states=everything or visited, arrows=arrows, is_path=True)
    if selected is not None or everything is None:
        focus = space.status_quo if selected is None else space.index(selected)
        moves = [arrow for dm in range(len(study.decision_makers)) for arrow in _best_first(study, dm, focus)]
        kept = tuple(moves if everything else _fairly(moves))
        reached = tuple(dict.fromkeys((focus, *(arrow.target for arrow in kept))))
        left_out = len(moves) - len(kept)
        return Shown(states=everything or reached, arrows=kept, focus=focus, left_out=left_out)
    dms = range(len(study.decision_makers))
    moves = [arrow for dm in dms for state in everything for arrow in _moves(study, dm, state)]
    kept = tuple(arrow for arrow in moves if arrow.improvement or len(moves) <= _FEW_MOVES)
    return Shown(states=everything, arrows=kept, left_out=len(moves) - len(kept))


def _moves(study: Study, dm: int, state: int) -> list[Arrow]:
    ranks = study.graph.ranks[dm]
    targets = study.graph.moves(dm, state).tolist()
    return [Arrow(dm, state, target, bool(ranks[target] > ranks[state])) for target in targets]


def _best_first(study: Study, dm: int, state: int) -> list[Arrow]:
    ranks = study.graph.ranks[dm]
    return sorted(_moves(study, dm, state), key=lambda arrow: (-int(ranks[arrow.target]), arrow.target))


def _fairly(moves: Sequence[Arrow]) -> list[Arrow]:
    """Return not too many: improvements before others, each decision maker's best before its next best."""
    place: dict[int, int] = {}
    order = []
    for arrow in moves:
        place[arrow.mover] = place.get(arrow.mover, 0) + 1
        order.append((not arrow.improvement, place[arrow.mover], arrow.mover))
    kept = sorted(range(len(moves)), key=order.__getitem__)[:_MOST_FROM_ONE]
    return [moves[index] for index in sorted(kept)]


def _steps(study: Study, path: Sequence[str]) -> Iterator[Arrow]:
    states = [study.space.index(label) for label in path]
    for step, (origin, target) in enumerate(pairwise(states), 1):
        movers = [dm for dm in range(len(study.decision_makers)) if target in study.graph.moves(dm, origin)]
        if not movers:
            raise UsageError(f"Nobody can move from {path[step - 1]} to {path[step]} in one step.")
        for dm in movers:
            better = study.graph.ranks[dm][target] > study.graph.ranks[dm][origin]
            yield Arrow(dm, origin, target, bool(better), step)
