"""What is said about a coalition at a state, by name."""

from __future__ import annotations

from dataclasses import dataclass

from standoff.stability.verdict import Move


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What one decision maker or several of them do together.

    Attributes
    ----------
    members : tuple of str
        Who takes part in it and must gain by it where the step has to be a gain.
    origin, target : str
        The states it leads from and to.
    moves : tuple of Move
        The moves it consists of, in order; none where all options change at once.
    """

    members: tuple[str, ...]
    origin: str
    target: str
    moves: tuple[Move, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sanction:
    """A reply of the others to a coalition improvement.

    Attributes
    ----------
    improvement : Step
    sequence : tuple of Step
        Moves of the others or, under SEQ by legal sequences, joint gains of some of them.
    result : str
        Where it ends.
    worse_for, equal_for : tuple of str
        The members for whom the result is worse than the state left, or no better.
    """

    improvement: Step
    sequence: tuple[Step, ...]
    result: str
    worse_for: tuple[str, ...]
    equal_for: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """Whether a state is stable against a coalition under a concept, and why.

    Attributes
    ----------
    improvements : int
        How many coalition improvements there are from the state.
    unanswered : int
        How many of them the others cannot answer.
    improvement : Step or None
        The nearest of these, if there is one: the state is then not stable.
    sanctions : tuple of Sanction
        For the nearest improvements, if all can be answered, what deters each.
    """

    concept: str
    coalition: tuple[str, ...]
    state: str
    improvements: int
    unanswered: int
    improvement: Step | None = None
    sanctions: tuple[Sanction, ...] = ()

    @property
    def stable(self) -> bool:
        """Whether the coalition has reason to stay."""
        return self.improvement is None
