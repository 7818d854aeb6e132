"""What the back ends work on: the lists and ranks of all decision makers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from standoff.stability.engine.lists import Lists, moves_elsewhere
from standoff.stability.engine.menus import Ints, Menus
from standoff.stability.engine.threads import together

Regions = tuple[Ints, int]
"""The region of each state, and how many there are."""

Tell = Callable[[float], None]
"""Is told the fraction that is done."""


def silent(_: float) -> None:
    """Tell nobody."""


@dataclass(frozen=True, slots=True, eq=False)
class Problem:
    """The moves and rankings of a conflict, arranged.

    Attributes
    ----------
    ranks : int32 array a decision maker
    better : lists of improvements
    anywhere : lists of moves, one or two a decision maker
    transitive : bool
        Whether everybody's moves are.
    regions : function of a decision maker
        Returns a number for each state such that no opponent ever leaves a region.
    """

    ranks: Sequence[Ints]
    better: Sequence[Lists]
    anywhere: Sequence[tuple[Lists, ...]]
    transitive: bool
    regions: Callable[[int], Regions]

    @property
    def decision_makers(self) -> range:
        """Their numbers."""
        return range(len(self.ranks))

    @property
    def states(self) -> int:
        """How many there are."""
        return int(self.ranks[0].size)

    def opponents(self, dm: int) -> list[int]:
        """Return all decision makers but one."""
        return [j for j in self.decision_makers if j != dm]


def problem(
    menus_of: Callable[[int], Menus],
    ranks: Sequence[Ints],
    regions: Callable[[int], Regions],
    improvements: Callable[[Menus, Ints], Lists],
    tell: Tell = silent,
    *,
    transitive: bool,
) -> Problem:
    """Arrange everybody's menus by rank; a decision maker's menus are dropped once arranged."""

    def arranged(dm: int) -> tuple[Lists, tuple[Lists, ...]]:
        menus = menus_of(dm)
        better = improvements(menus, ranks[dm])
        return better, (better,) if transitive else moves_elsewhere(menus, ranks[dm].size)

    better, anywhere = [], []
    for done, (some, elsewhere) in enumerate(together(arranged, range(len(ranks)), ranks[0].size), 1):
        better.append(some)
        anywhere.append(elsewhere)
        tell(done / len(ranks))
    return Problem(ranks, better, anywhere, transitive, regions)
