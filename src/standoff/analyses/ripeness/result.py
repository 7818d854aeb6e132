"""What is found about the ripeness of a state, by name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from standoff.analyses.levers import Levers
from standoff.analyses.ripeness.pain import NOT_STATED, NotStated
from standoff.analyses.ways import Outcome
from standoff.model.conflict import Bearable
from standoff.stability.verdict import Move, Verdict

WAYS = ("improvements", "moves", "joint", "none")
"""How a state can be reached, the easiest first; see `ZoneState.way`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NoAgreement:
    """What a party can be sure of by itself, if the others reply only where they gain.

    Attributes
    ----------
    move : Move or None
        Its best course: a move of its own, or None for staying.
    outcome : Outcome
        The worst that the others' credible replies make of that course, compared with the state
        looked at.
    """

    move: Move | None
    outcome: Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyRow:
    """The conditions of one party.

    Attributes
    ----------
    decision_maker : str
    cannot_win : bool
        Whether every improvement has a credible reply that ends no better: SEQ stability.
    held_by_any_reply : bool
        The same if others may reply at a cost to themselves: GMR stability, the weaker condition.
    verdict : Verdict
        The witness of `cannot_win`, under SEQ.
    no_agreement : NoAgreement
    precipice : Outcome or None
        Where the others' improvements lead while the party stays, if that is below the state.
    hurts : bool or "not stated"
        Whether going on hurts: whether the state is none of those the party can bear, where the
        model states them. It cannot come from rankings.
    bearable : Bearable or None
        What it was read from.
    perceived : str
        Whether the party sees the conditions: that needs its own picture of the conflict.
    """

    decision_maker: str
    cannot_win: bool
    held_by_any_reply: bool
    verdict: Verdict
    no_agreement: NoAgreement
    precipice: Outcome | None
    hurts: bool | NotStated = NOT_STATED
    bearable: Bearable | None = None
    perceived: str = "not available"


@dataclass(frozen=True, slots=True, kw_only=True)
class ZoneState:
    """A state that is better for every party than the one looked at and than no agreement.

    Attributes
    ----------
    state : str
    ranks : mapping from decision maker to int
        Of all decision makers: how many ranks above the state looked at; negative below.
    undone_by : tuple of str
        The decision makers for whom it is not SEQ stable; if empty, it holds.
    losers : tuple of str
        The decision makers for whom it is worse than the state looked at.
    undominated : bool
        Whether no other state of the zone is better for a party and worse for none.
    way : str
        ``improvements``: a legal sequence of improvements of decision makers leads there.
        ``moves``: no such sequence, but one of moves. ``joint``: neither, but a change of the
        parties' options at one time. ``none``: none of these.
    joint : bool
        Whether the parties could come there by changing their options together, in one step.
    steps : tuple of Move
        For ``improvements`` the shortest such sequence, for ``moves`` the one with the fewest
        sacrifices.
    sacrifices : tuple of Move
        Those of the steps that make the one who takes them worse off.
    """

    state: str
    ranks: Mapping[str, int]
    undone_by: tuple[str, ...]
    losers: tuple[str, ...]
    undominated: bool
    way: str
    joint: bool
    steps: tuple[Move, ...]
    sacrifices: tuple[Move, ...]

    @property
    def holds(self) -> bool:
        """Whether it is stable for everybody under SEQ."""
        return not self.undone_by


@dataclass(frozen=True, slots=True, kw_only=True)
class NearlyAgreed:
    """The states that are better for every party but one.

    Attributes
    ----------
    number : int
    nearest : str
        The one that this party ranks highest.
    ranks : int
        How many ranks it is above the state looked at for this party; negative below.
    """

    number: int
    nearest: str
    ranks: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Zone:
    """The zone of agreement.

    Attributes
    ----------
    size, holding, undominated : int
        How many states there are, how many of them hold, and how many no other one dominates.
    undone_by : mapping from decision maker to int
        How many of them each decision maker would undo.
    ways : mapping from way to (int, int)
        How many of them can be reached this way, and how many of these hold.
    states : tuple of ZoneState
        The named ones first, then the best; not all of them if there are many.
    stopped : bool
        Whether the time limit kept some states from being told.
    but_for : mapping from party to NearlyAgreed
        The states that one party alone keeps from being in the zone; parties with none are left out,
        and so is everybody if the zone is asked for one party only.
    """

    size: int
    holding: int
    undominated: int
    undone_by: Mapping[str, int]
    ways: Mapping[str, tuple[int, int]]
    states: tuple[ZoneState, ...]
    stopped: bool = False
    but_for: Mapping[str, NearlyAgreed] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class UnderType:
    """The conditions of ripeness if a decision maker is of a type.

    Attributes
    ----------
    decision_maker, type : str
    share : float
        The belief in the type by the log of events, or the prior.
    log_read : bool
        Whether it is the belief by the log.
    log_refused : str or None
        Why there is a log that was not read.
    winners, sparing : tuple of str
        The parties that can win, and those that can bear to stay.
    size, holding : int
        States of the zone, and those of them that hold.
    failing : str or None
        As of `Ripeness`.
    """

    decision_maker: str
    type: str
    share: float
    log_read: bool
    log_refused: str | None
    winners: tuple[str, ...]
    sparing: tuple[str, ...]
    size: int
    holding: int
    failing: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ripeness:
    """Whether a state is ripe for agreement among some parties, condition by condition.

    Attributes
    ----------
    state : str
    parties : tuple of str
    rows : tuple of PartyRow
    zone : Zone
    failing : str or None
        The first condition that is known to fail: ``cannot win``, ``hurts`` (stated of a party that
        it does not), ``zone``, ``way out`` (no state of the zone holds) or ``way there`` (nothing
        leads to one that does).
    assumed : str or None
        The statement that was assumed, if any.
    least : Levers or None
        The least change that would make the failing condition hold: where a party can win, that the
        state is SEQ stable for the parties; where nothing in the zone holds, that of the states told
        the one which the fewest would undo is an equilibrium. None where no change of one state does that, or
        it was not looked for.
    by_type : tuple of UnderType
        The conditions under the preferences of each type, if a decision maker has types.
    """

    state: str
    parties: tuple[str, ...]
    rows: tuple[PartyRow, ...]
    zone: Zone
    failing: str | None
    assumed: str | None = None
    least: Levers | None = None
    by_type: tuple[UnderType, ...] = ()

    @property
    def hurts_all(self) -> bool:
        """Whether going on is stated to hurt every party: with `cannot win`, a hurting stalemate."""
        return all(row.hurts is True for row in self.rows)
