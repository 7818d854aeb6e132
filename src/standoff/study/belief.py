"""What to believe about a type: the log of events read line by line."""

from __future__ import annotations

from dataclasses import dataclass

from standoff.study.study import Study
from standoff.timing.grounds import Ground, grounds
from standoff.timing.ledger import Ledger, ledger
from standoff.timing.matrix import Matrix, matrix


@dataclass(frozen=True, slots=True, kw_only=True)
class Belief:
    """What the log says about the type of a decision maker.

    Attributes
    ----------
    ledger : Ledger
        Every event and silence in order of time, and the totals.
    matrix : Matrix
        The same as evidence by type.
    grounds : tuple of Ground
        The numbers of the model that it rests on.
    """

    ledger: Ledger
    matrix: Matrix
    grounds: tuple[Ground, ...]

    @property
    def posterior(self) -> dict[str, float]:
        """The belief in each type on the day the model describes: every event counted, no tempering."""
        return dict(zip(self.ledger.types, self.ledger.posterior, strict=True))


def belief(study: Study, floor_per_year: float | None = None) -> Belief:
    """Say what the events and the silences of the log make one believe about a type.

    Each event multiplies the belief in a type by its rate under it, each silence of dt years at
    total rate Q by exp(-Q dt). Beside the total stand those with half the weight of evidence and
    with events of common origin counted once.

    Parameters
    ----------
    study : Study
        As `analyse` or `prepare` returns it.
    floor_per_year : float, optional
        The rate of an observed event under a type that makes it impossible.

    Raises
    ------
    UsageError
        If the model has no types or no `timing`, or the floor is not above 0.
    ModelError
        If the log cannot be followed, or an event is impossible: under all types, which rejects
        the model, or under one and there is no floor.
    RefusedError
        If play would have more than 100,000 points.
    """
    found = ledger(study.graph, study.conflict, floor_per_year=floor_per_year)
    return Belief(ledger=found, matrix=matrix(found), grounds=grounds(study.conflict))
