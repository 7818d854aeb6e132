"""What is found about the next moves of a decision maker, by name."""

from __future__ import annotations

from dataclasses import dataclass

from standoff.analyses.ways import Outcome
from standoff.stability.verdict import Move


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where play can settle: a state that nobody would leave, or a cycle of improvements.

    Attributes
    ----------
    states : tuple of str
        One state, or some members of the cycle.
    size : int
        How many states it has; more than 1 for a cycle.
    lowest, highest : int
        How many ranks the worst and the best of them are above the state looked at, for the
        decision maker; negative below.
    """

    states: tuple[str, ...]
    size: int
    lowest: int
    highest: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Settling:
    """Where play settles after a move if everybody follows improvements.

    Attributes
    ----------
    answered : bool
        Whether any of the others gains by moving next. If not, it is the mover's turn again.
    places : int
        How many places there are.
    cycles : int
        How many of them are cycles.
    better, equal, worse : int
        How many have a worst state that is better, equal or worse than the state looked at.
    told : tuple of Place
        Some of them, the worst first.
    worst : str
        The worst state of all of them.
    worst_ranks : int
        How many ranks it is above the state looked at.
    """

    answered: bool
    places: int
    cycles: int
    better: int
    equal: int
    worse: int
    told: tuple[Place, ...]
    worst: str
    worst_ranks: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Reached:
    """Equilibria that a move opens or closes: how many, and some of them.

    Attributes
    ----------
    number : int
    states : tuple of str
        Named ones first.
    """

    number: int
    states: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OptionEffect:
    """What is left of a move without the change of one option.

    Attributes
    ----------
    option : str
    target : str or None
        Where the rest of the move leads; the state looked at if nothing is left of it; None if it
        is no move.
    compared : str or None
        How the rest ranks against the whole move: ``better``, ``same`` or ``worse``.
    """

    option: str
    target: str | None
    compared: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """What a move leads to.

    Attributes
    ----------
    place : int
        Place in the ranking of all moves and staying, from 1; equals share a place.
    target : str
    move : Move or None
        None for staying.
    at_once : int
        How many ranks the target is above the state looked at.
    decided_by : str or None
        Where the decision maker has prioritised statements: the most important one whose truth
        the move changes; None if it changes none or they are not prioritised.
    any_reply, credible_reply : Outcome
        The worst that the others can make of it, by any moves and by improvements only.
    settling : Settling
    opens, closes : Reached
        Equilibria that improvements lead to after the move and not before, or before and not after.
    closes_for_good : Reached
        Equilibria that no moves at all lead to any more.
    effects : tuple of OptionEffect
        One for each option, if the move changes more than one.
    carriers : tuple of str
        The options without which the rest of the move ranks lowest, if that is lower than the move.
    burdens : tuple of str
        The options without which the rest ranks highest, if that is higher than the move.
    verdict : str
        A key of `VERDICTS`.
    """

    place: int
    target: str
    move: Move | None
    at_once: int
    decided_by: str | None
    any_reply: Outcome
    credible_reply: Outcome
    settling: Settling
    opens: Reached
    closes: Reached
    closes_for_good: Reached
    effects: tuple[OptionEffect, ...]
    carriers: tuple[str, ...]
    burdens: tuple[str, ...]
    verdict: str


VERDICTS: dict[str, str] = {
    "no change": "play stays where it is",
    "secure gain": "better at once, and play settles only at something better",
    "gain at risk": "better at once, but play can also settle at something no better",
    "short gain": "better at once, but play settles at nothing better",
    "investment": "no better at once, but play settles only at something better",
    "detour": "no better at once; another move that is better at once leads to places as good",
    "gamble": "no better at once; play can settle at something better or at something no better",
    "taken back": "no better at once, and play comes back to where it was",
    "standstill": "no better at once, and play settles at nothing better or worse",
    "risk": "no better at once; play can settle at something worse, and at nothing better",
    "loss": "no better at once, and play settles only at something worse",
}
"""What a verdict means; better and worse are meant for the one who moves, against the state looked at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NextMoves:
    """The moves of one decision maker from a state, best first.

    Attributes
    ----------
    decision_maker, state : str
    concept : str
        The solution concept of the equilibria that are opened and closed.
    number : int
        How many moves there are; `moves` may hold only the first of them.
    better_than_staying : int
        How many rank before staying.
    staying : Outlook
    moves : tuple of Outlook
    stopped : bool
        Whether the time limit kept some moves from being told.
    assumed : str or None
    """

    decision_maker: str
    state: str
    concept: str
    number: int
    better_than_staying: int
    staying: Outlook
    moves: tuple[Outlook, ...]
    stopped: bool = False
    assumed: str | None = None
