"""Ways and their ends in words, for all answers that tell of moves still to come."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from standoff.report.names import change, counted, dm_name, listed
from standoff.stability.verdict import Move
from standoff.study import Study


def steps(study: Study, moves: Sequence[Move]) -> str:
    """Return who does what, one after the other."""
    return listed((f"{dm_name(study, move.mover)} {change(study, move)}" for move in moves), "and then")


def parties(study: Study, dms: Iterable[str], word: str = "and") -> str:
    """Return decision makers by name."""
    return listed((dm_name(study, dm) for dm in dms), word)


def compared(ranks: int, state: str) -> str:
    """Return how a state compares with another one that is so many ranks below it."""
    if not ranks:
        return f"equal to {state}"
    return f"{counted(abs(ranks), 'rank')} {'above' if ranks > 0 else 'below'} {state}"


def taken(study: Study, state: str) -> str:
    """Return the options taken in a state, by id; empty in graph form."""
    space = study.space
    return (", ".join(space.taken(space.index(state))) or "no option taken") if space.options else ""
