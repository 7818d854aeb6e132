"""What is packed into a page for its script: numbers and bits of states, not told in sentences."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class MovesFrom:
    """The moves from a state, by numbers.

    Attributes
    ----------
    groups : tuple of (decision maker, number of improvements, target, target, ...)
        The improvements stand first, the best of each group before the others.
    left_out : int
        How many more there are.
    """

    state: int
    groups: tuple[tuple[int, ...], ...]
    left_out: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Beyond:
    """What the script of the page knows beyond the table of states.

    Attributes
    ----------
    size : int
        The number of all states.
    names : tuple of (number, label)
        The labels of states that have a name; the others are s1, s2, ... by their number.
    sides, options, concepts : tuple of str
        Names of decision makers, short names of options and concepts.
    implied : tuple of tuple of int
        For each concept, which others it implies.
    bits : str
        Which options are taken and under which concepts it is an equilibrium, for every state, as
        base64; empty if that is too much for the page.
    moves : tuple of MovesFrom
        Of the states told.
    """

    size: int
    names: tuple[tuple[int, str], ...]
    sides: tuple[str, ...]
    options: tuple[str, ...]
    concepts: tuple[str, ...]
    implied: tuple[tuple[int, ...], ...]
    bits: str
    moves: tuple[MovesFrom, ...]
