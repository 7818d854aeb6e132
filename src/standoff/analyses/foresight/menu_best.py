"""The best or worst that a choice from a menu can bring, for all states at once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from standoff.graph import Arcs
from standoff.stability.engine.menus import menus
from standoff.states.numbering import starts

Longs = NDArray[np.int64]

NOTHING = -1
"""The choice of a state from which there is no move."""


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """A decision maker's menus, for choosing the best move from every state.

    Attributes
    ----------
    targets : int64 array
        Menu after menu, ascending in each.
    menu_starts : int64 array
        Where the menus that are not empty begin.
    menu_of : int64 array
        The place among these of the menu that each state uses; -1 for none.
    menu : int64 array
        The menu of each target.
    """

    targets: Longs
    menu_starts: Longs
    menu_of: Longs
    menu: Longs

    def best(self, values: Longs) -> tuple[Longs, Longs]:
        """Return the target with the largest value that each state can move to, and that value.

        The lowest number of several; a state is no target of its own. `NOTHING` where there is no
        move; its value is then less than any. O(m).
        """
        states = self.menu_of.size
        least = np.int64(np.iinfo(np.int64).min)
        choice, value = np.full(states, NOTHING, np.int64), np.full(states, least)
        if not self.targets.size:
            return choice, value
        keys = values[self.targets] * states + (states - 1 - self.targets)
        first = np.maximum.reduceat(keys, self.menu_starts)
        rest = np.where(keys == first[self.menu], least, keys)
        second = np.maximum.reduceat(rest, self.menu_starts)
        users = np.flatnonzero(self.menu_of >= 0)
        own = self.menu_of[users]
        key = np.where(states - 1 - first[own] % states == users, second[own], first[own])
        users, key = users[key > least], key[key > least]
        choice[users], value[users] = states - 1 - key % states, key // states
        return choice, value


def table(arcs: Arcs, states: int) -> Table:
    """Arrange the menus of a decision maker: O(m log m)."""
    own = menus(arcs)
    order = np.lexsort((own.targets, own.target_menu))
    sizes = np.bincount(own.target_menu, minlength=own.count)
    filled = np.flatnonzero(sizes)
    place = np.full(own.count + 1, -1, np.int64)
    place[filled] = np.arange(filled.size)
    menu_of = np.full(states, -1, np.int64)
    menu_of[own.users] = place[own.user_menu]
    return Table(
        targets=own.targets[order].astype(np.int64),
        menu_starts=starts(sizes[filled])[:-1],
        menu_of=menu_of,
        menu=place[own.target_menu[order]],
    )
