"""Joint moves: members of a coalition change their options in one step."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from standoff.errors import RefusedError
from standoff.graph import GraphModel, OptionArcs, States
from standoff.stability.engine.menus import Bond, Menus, grouped
from standoff.states.numbering import renumbered


@dataclass(frozen=True, slots=True, eq=False)
class JointArcs:
    """Moves in which at least two members of a coalition change options of their own, all at once.

    Only the state they end in has to be feasible. What is irreversible for a member stays so; a
    forbidden move of a member is forbidden here too if that member changes an option.

    Attributes
    ----------
    codes : int64 array
        Codes of all states, ascending.
    members : tuple of OptionArcs
    """

    codes: NDArray[np.int64]
    members: tuple[OptionArcs, ...]

    @property
    def own(self) -> int:
        """The mask of the options of all members."""
        return sum(member.own for member in self.members)

    def onto(self, state: int) -> States:
        """Return the states from which one joint move leads here."""
        code = int(self.codes[state])
        origins = np.flatnonzero((self.codes & ~self.own) == code & ~self.own)
        changed = self.codes[origins] ^ code
        allowed = np.ones(origins.size, np.bool_)
        movers = np.zeros(origins.size, np.int64)
        for member in self.members:
            moves = changed & member.own != 0
            movers += moves
            allowed &= changed & (member.stays_taken & ~code | member.stays_untaken & code) == 0
            for origin, goal in member.forbidden:
                if goal[state]:
                    allowed &= ~(moves & origin[origins])
        return origins[allowed & (movers > 1)]

    def menus(self) -> Menus:
        """Return the menus of the coalition, moves of a single member included."""
        bonds = [bond for member in self.members for bond in self._bonds(member)]
        group, groups = renumbered(self.codes & ~self.own, int(self.codes[-1]) + 1)
        return grouped(group, groups, bonds, transitive=not any(m.forbidden for m in self.members))

    def _bonds(self, member: OptionArcs) -> Iterator[Bond]:
        for bit in range(member.lowest, member.lowest + member.count):
            taken = (self.codes >> bit & 1).astype(bool)
            if member.stays_taken >> bit & 1:
                yield taken, ~taken
            if member.stays_untaken >> bit & 1:
                yield ~taken, taken
        if member.forbidden:
            own = self.codes & member.own
            for pattern in np.unique(own):
                for origin, goal in member.forbidden:
                    yield origin & (own == pattern), goal & (own != pattern)


def joint_arcs(graph: GraphModel, members: Sequence[int]) -> JointArcs:
    """Return the joint moves of several decision makers.

    Raises
    ------
    RefusedError
        If the conflict has no options to be changed at once.
    """
    arcs = [graph.arcs[dm] for dm in members]
    options = tuple(each for each in arcs if isinstance(each, OptionArcs))
    if len(options) < len(arcs):
        raise RefusedError(
            "A joint move changes options of several decision makers at once; in this conflict moves are "
            "listed and states have no options, so joint moves are not defined. Leave the coalition out."
        )
    return JointArcs(graph.space.codes, options)
