"""A verdict and its witness: the moves that make a state stable or unstable, by name."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """A unilateral move: who, from which state, to which state (labels)."""

    mover: str
    origin: str
    target: str


@dataclass(frozen=True, slots=True)
class NoMove:
    """Stable: the decision maker has no move from the state at all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NoImprovement:
    """Stable: there are moves, to the states listed, but none is an improvement."""

    targets: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sanction:
    """A reply that deters an improvement.

    Attributes
    ----------
    improvement : Move
        The unilateral improvement that is deterred.
    sequence : tuple of Move
        The opponents' moves, from the improvement's target on; for simultaneous sanctioning
        (SIM) moves made at the same time, each written from the state itself.
    result : str
        Where it ends: a state the decision maker does not prefer to the one it left.
    worse : bool
        Whether the result is strictly worse than the state left; a tie deters as well.
    anyway : bool or None
        True if the opponents could make the same changes from the state itself, each of them
        an improvement for its mover: then staying does not avert them. None in graph form,
        where nothing says which moves are the same, and for SIM.
    """

    improvement: Move
    sequence: tuple[Move, ...]
    result: str
    worse: bool
    anyway: bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Deterred:
    """Stable: every improvement has a sanction."""

    sanctions: tuple[Sanction, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Unpunished:
    """Unstable: an improvement that the opponents cannot sanction under the concept.

    `reply` and `escape` are filled for the symmetric concepts when a reply would punish the
    improvement but the decision maker can escape from it by a further move.
    """

    improvement: Move
    reply: tuple[Move, ...] = ()
    escape: Move | None = None


Witness = NoMove | NoImprovement | Deterred | Unpunished


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """Whether a state is stable for a decision maker under a concept, and why."""

    concept: str
    decision_maker: str
    state: str
    witness: Witness

    @property
    def stable(self) -> bool:
        """Whether the decision maker has reason to stay."""
        return not isinstance(self.witness, Unpunished)

    @property
    def unpunished(self) -> Move | None:
        """The improvement that nobody can punish, if there is one."""
        return self.witness.improvement if isinstance(self.witness, Unpunished) else None

    @property
    def sanctions(self) -> tuple[Sanction, ...]:
        """What deters each improvement; empty if nothing has to, or nothing does."""
        return self.witness.sanctions if isinstance(self.witness, Deterred) else ()
