"""What decision makers that look ahead expect at a state, by name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from standoff.stability.verdict import Move


@dataclass(frozen=True, slots=True, kw_only=True)
class Expectation:
    """What a decision maker expects that looks so many moves ahead.

    Attributes
    ----------
    horizon : int
    stable : bool
        L_h stable: it expects to stay.
    end : str
        Where it expects play to end.
    ranks : int
        How many of its ranks that is above the state; 0 if it stays, never negative.
    moves : tuple of Move
        What it expects to happen, its own move first; empty if it stays.
    states, equilibria : int
        How many states are L_h stable for it, and how many for both.
    """

    horizon: int
    stable: bool
    end: str
    ranks: int
    moves: tuple[Move, ...]
    states: int
    equilibria: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Limited:
    """A decision maker's expectations with horizons 1, 2, ..."""

    decision_maker: str
    horizons: tuple[Expectation, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NonMyopic:
    """What becomes of a decision maker's expectation as its horizon grows without end.

    Attributes
    ----------
    stable : bool or None
        Whether it stays with every horizon from some one on; None if that is not known.
    since : int or None
        The horizon from which on the expectation repeats.
    period : int or None
        After how many horizons: 1 where it settles, more where it goes round.
    ends : tuple of str
        The states expected in turn: one where it settles.
    states, equilibria : int
        How many states are non-myopically stable for it, and how many for both.
    searched : int
        How many horizons were looked at.
    """

    decision_maker: str
    stable: bool | None
    since: int | None
    period: int | None
    ends: tuple[str, ...]
    states: int
    equilibria: int
    searched: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Stackelberg:
    """One decision maker leads and looks two moves ahead, the other follows and looks one ahead.

    Attributes
    ----------
    leader_stays, follower_stays : bool
        Whether the state is L_2 stable for the leader and L_1 stable for the follower.
    equilibria : tuple of str
        States at which both hold, named ones first; not all if there are many.
    states : int
        How many there are in all.
    """

    leader: str
    follower: str
    leader_stays: bool
    follower_stays: bool
    equilibria: tuple[str, ...]
    states: int

    @property
    def stable(self) -> bool:
        """Whether the state is a Stackelberg equilibrium with this leader."""
        return self.leader_stays and self.follower_stays


@dataclass(frozen=True, slots=True, kw_only=True)
class Guarantee:
    """What a decision maker can make sure of by leaving, within so many moves.

    Attributes
    ----------
    horizon : int
    stable : bool
        MM_h stable: no improvement is sure to end better than the state.
    ranks : int or None
        How many ranks above (or, negative, below) the state the surest improvement is sure to end;
        None without an improvement.
    moves : tuple of Move
        That improvement, and how play goes after it if the others hurt as much as they can.
    states, equilibria : int
        How many states are MM_h stable for it, and how many for everybody.
    """

    horizon: int
    stable: bool
    ranks: int | None
    moves: tuple[Move, ...]
    states: int
    equilibria: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Maximin:
    """A decision maker's guarantees with horizons 1, 2, ..."""

    decision_maker: str
    horizons: tuple[Guarantee, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Foresight:
    """What foresight makes of a state.

    Attributes
    ----------
    state : str
    horizon : int
        The largest horizon looked at, apart from non-myopic stability.
    limited : tuple of Limited
        Of each decision maker; empty where it was not asked for or is not defined.
    nonmyopic : tuple of NonMyopic
    stackelberg : tuple of Stackelberg
        With each of the two as the leader.
    maximin : tuple of Maximin
    extended : bool
        Whether maximin is this project's extension to more than two decision makers.
    undefined : mapping from kind to str
        Which kinds are not defined here, and why.
    assumed : str or None
        The statement taken as true, if one was.
    """

    state: str
    horizon: int
    limited: tuple[Limited, ...] = ()
    nonmyopic: tuple[NonMyopic, ...] = ()
    stackelberg: tuple[Stackelberg, ...] = ()
    maximin: tuple[Maximin, ...] = ()
    extended: bool = False
    undefined: Mapping[str, str]
    assumed: str | None = None
