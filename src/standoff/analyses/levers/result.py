"""Levers by name: what to change, how much that is, whether it is proved least, and the changed conflict."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from standoff.model.conflict import Conflict


@dataclass(frozen=True, slots=True, kw_only=True)
class Flip:
    """Two states whose order changes for a decision maker: ``>`` means that `state` is preferred."""

    state: str
    other: str
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """A state that rises or falls in a ranking, and the states it passes or meets on the way.

    Attributes
    ----------
    above, below : tuple of str
        Relevant states that it now stands above, or below, and did not before.
    level : tuple of str
        Relevant states that it is now tied with and was not before.
    """

    state: str
    above: tuple[str, ...]
    level: tuple[str, ...]
    below: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RankingChange:
    """How one decision maker's ranking changes.

    Attributes
    ----------
    pairs : float
        Pairs of relevant states whose order flips; a tie made or broken counts half.
    moved : tuple of Moved
        The same told by the states that move; every flip is told with one of them.
    flips : tuple of Flip
    relevant : int
        The number of its relevant states: those that the definition touches.
    """

    decision_maker: str
    pairs: float
    moved: tuple[Moved, ...]
    flips: tuple[Flip, ...]
    relevant: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DropStatement:
    """A decision maker gives up a preference statement.

    `place` is where it stands in the file's list; places count from 1, the most important.
    """

    decision_maker: str
    place: int
    statement: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveStatement:
    """A decision maker makes a statement more or less important.

    `place` is where it stands in the file's list, `to` where after all edits.
    """

    decision_maker: str
    place: int
    to: int
    statement: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AddStatement:
    """A decision maker takes up a statement; `place` is where it stands after all edits."""

    decision_maker: str
    place: int
    statement: str


Edit = DropStatement | MoveStatement | AddStatement


@dataclass(frozen=True, slots=True, kw_only=True)
class ForbidMove:
    """One move of a decision maker is taken away."""

    decision_maker: str
    origin: str
    target: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MakeIrreversible:
    """A literal that cannot be left once it is true."""

    literal: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruling:
    """A rule that every state must satisfy; `excluded` counts the states that it takes away."""

    statement: str
    excluded: int


Inducement = ForbidMove | MakeIrreversible | Ruling


@dataclass(frozen=True, slots=True, kw_only=True)
class Lever:
    """One way to make a state stable, or to break it.

    Attributes
    ----------
    by : str
        ``preferences``, ``statements`` or ``inducements``.
    status : str
        ``least``: nothing smaller does, this is proved. ``found``: it does, but the time was over before
        anything between `bound` and it was excluded. ``none``: nothing that may be changed does, this is
        proved within the vocabulary. ``unknown``: nothing was found in the time. ``not applicable``:
        there is nothing of the kind to change; `vocabulary` says why.
    size : float or None
        Pairs for preferences, edits for statements, measures for inducements.
    bound : float
        Any change that does is at least so large.
    changes : tuple
        `RankingChange`, `Edit` or `Inducement` records.
    vocabulary : str
        Among which changes was looked, in words.
    conflict : Conflict or None
        The model with the change.
    verdicts : mapping from decision maker to bool
        Whether the state is stable for each of the parties in that model, as the judge says.
    seconds : float
    """

    by: str
    status: str
    size: float | None = None
    bound: float = 0.0
    changes: tuple[RankingChange | Edit | Inducement, ...] = ()
    vocabulary: str = ""
    conflict: Conflict | None = None
    verdicts: Mapping[str, bool] | None = None
    seconds: float = 0.0

    @property
    def proved(self) -> bool:
        """Whether it is proved that nothing less does."""
        return self.status in ("least", "none")


@dataclass(frozen=True, slots=True, kw_only=True)
class Levers:
    """What would make a state stable, or break it, by each of the ways asked for.

    Attributes
    ----------
    state, concept : str
    parties : tuple of str
        For whom it shall be stable; for the converse: for one of whom not any more.
    breaking : bool
        Whether the converse was asked for.
    stable : mapping from decision maker to bool
        For whom of the parties it is stable now.
    met : bool
        Whether nothing has to change.
    levers : tuple of Lever
        Empty if nothing has to change.
    """

    state: str
    concept: str
    parties: tuple[str, ...]
    breaking: bool
    stable: Mapping[str, bool]
    met: bool
    levers: tuple[Lever, ...]
