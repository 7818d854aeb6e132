"""Menus arranged by a ranking: the best targets first, and how far each user would go."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from standoff.stability.engine.ladder import Ladder, ladder
from standoff.stability.engine.menus import Ints, Menus
from standoff.states.numbering import starts


@dataclass(frozen=True, eq=False)
class Lists:
    """The menus of one decision maker, best first, menu after menu.

    Attributes
    ----------
    targets, users : int32 arrays
    target_starts, user_starts : int64 arrays
        Where each menu begins in them; one entry more than there are menus.
    states : int
        How many there are.
    stops : int32 array
        User k of menu g can choose `targets[target_starts[g]:stops[k]]`: the targets strictly better
        than itself for a list of improvements, all of the menu for a list of moves. Rising in a menu.
    """

    targets: Ints
    target_starts: NDArray[np.int64]
    users: Ints
    user_starts: NDArray[np.int64]
    stops: Ints
    states: int

    @cached_property
    def ladder(self) -> Ladder:
        """The lists laid out for NumPy."""
        return ladder(
            self.targets, self.target_starts, self.users, self.user_starts, self.stops, states=self.states
        )

    @property
    def ends(self) -> NDArray[np.int64]:
        """Where the menu of each user ends."""
        return np.repeat(self.target_starts[1:], np.diff(self.user_starts))

    @property
    def stop_of_state(self) -> NDArray[np.int64]:
        """The stop of each state, 0 for a state that has nothing to choose."""
        nothing = self.stops == np.repeat(self.target_starts[:-1], np.diff(self.user_starts))
        stops = np.zeros(self.states, np.int64)
        stops[self.users] = np.where(nothing, 0, self.stops)
        return stops

    @cached_property
    def menu_of_state(self) -> Ints:
        """The menu of each state, where every menu is a group and so every state in just one."""
        menu = np.empty(self.states, np.int32)
        sizes = np.diff(self.target_starts)
        menu[self.targets] = np.repeat(np.arange(sizes.size, dtype=np.int32), sizes)
        return menu


def improvements(menus: Menus, rank: Ints) -> Lists:
    """Return lists of improvements: one sort of the targets by menu and rank, O(m log m)."""
    span = int(rank.max()) + 1
    targets, keys = _best_first(menus.targets, menus.target_menu, rank, span)
    if menus.users is menus.targets:
        users = targets
        first_of_tier = np.concatenate([np.ones(1, bool), keys[1:] != keys[:-1]])
        stops = np.maximum.accumulate(np.where(first_of_tier, np.arange(keys.size), 0))
    else:
        users, user_keys = _best_first(menus.users, menus.user_menu, rank, span)
        stops = np.searchsorted(keys, user_keys)
    return Lists(
        targets=targets,
        target_starts=starts(np.bincount(menus.target_menu, minlength=menus.count)),
        users=users,
        user_starts=starts(np.bincount(menus.user_menu, minlength=menus.count)),
        stops=stops.astype(np.int32),
        states=rank.size,
    )


def _best_first(states: Ints, menu: Ints, rank: Ints, span: int) -> tuple[Ints, NDArray[np.int64]]:
    keys = menu * np.int64(span) + (span - 1 - rank[states])
    order = np.argsort(keys)
    return states[order], keys[order]


def moves_elsewhere(menus: Menus, states: int) -> tuple[Lists, Lists]:
    """Return all moves but staying: those to a higher-numbered state, and those to a lower one."""
    number = np.arange(states, dtype=np.int32)
    return improvements(menus, number), improvements(menus, number[::-1])
