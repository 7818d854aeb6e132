"""Who can take a step: a decision maker, or a coalition whose members change their options at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from standoff.analyses.joint import JointArcs, joint_arcs
from standoff.graph import Arcs, GraphModel
from standoff.preferences import Ranks
from standoff.stability.engine.menus import Menus, menus
from standoff.stability.engine.reach import Choices, chosen


@dataclass(frozen=True, slots=True, eq=False)
class Mover:
    """A decision maker, or a coalition that moves as one.

    Attributes
    ----------
    members : tuple of int
        Decision makers by number.
    ranks : tuple of rankings, one a member
    menus : Menus
        For a coalition with the moves of single members: nothing shorter or cheaper comes of them.
    choices : Choices
    """

    members: tuple[int, ...]
    ranks: tuple[Ranks, ...]
    arcs: Arcs | JointArcs
    menus: Menus
    choices: Choices

    @property
    def joint(self) -> bool:
        """Whether this is a coalition."""
        return len(self.members) > 1


def movers(graph: GraphModel, coalitions: Sequence[Sequence[int]] = ()) -> tuple[Mover, ...]:
    """Return everybody who can take a step: the decision makers, then the coalitions.

    Raises
    ------
    RefusedError
        If there are coalitions and the conflict has no options to be changed at once.
    """
    alone = [_mover(graph, (dm,)) for dm in range(len(graph.arcs))]
    together = [_mover(graph, tuple(sorted(set(members)))) for members in coalitions if len(set(members)) > 1]
    return (*alone, *together)


def _mover(graph: GraphModel, members: tuple[int, ...]) -> Mover:
    ranks = tuple(graph.ranks[dm] for dm in members)
    arcs: Arcs | JointArcs
    if len(members) == 1:
        arcs = graph.arcs[members[0]]
        own = menus(arcs)
    else:
        arcs = joint_arcs(graph, members)
        own = arcs.menus()
    return Mover(members, ranks, arcs, own, chosen(own, ranks[0]))
