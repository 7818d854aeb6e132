"""Menus: which states share the same choices, so that moves need not be listed pair by pair.

A *menu* is a set of target states together with its *users*, the states from which one decision
maker can move to every one of the targets. Every state uses at most one menu of a decision maker.

- Graph form: the users of a menu are one state, its targets that state's reachable list.
- Option form: the users are the states of one group (the options of everybody else are the same)
  that are bound alike: the same irreversible literals hold in them, and the same forbidden moves
  start from them. The targets are the states of the group that none of these bonds excludes. With
  no bonds a menu is a group, and users and targets are one array.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from standoff.errors import RefusedError
from standoff.graph import Arcs, ListedArcs, OptionArcs
from standoff.states.numbering import renumbered

Ints = NDArray[np.int32]
Bools = NDArray[np.bool_]
Bond = tuple[Bools, Bools]
"""No move leads from a state in the first set to a state in the second."""

_MOST_WORK = 1 << 34
"""Most kinds of bonds times states: about a minute."""


@dataclass(frozen=True, slots=True, eq=False)
class Menus:
    """The menus of one decision maker, without any ranking.

    Attributes
    ----------
    targets, users : int32 arrays
        States, in any order; one and the same array if every group is a menu.
    target_menu, user_menu : int32 arrays
        The menu that each stands in, 0 to count - 1.
    count : int
    transitive : bool
        Whether two moves in a row can always be made in one. If so, a state may stand on its own
        menu: staying changes nothing. If not, who moved last matters, and a state does not.
    """

    targets: Ints
    target_menu: Ints
    users: Ints
    user_menu: Ints
    count: int
    transitive: bool

    def copies(self, number: int, states: int) -> Menus:
        """Return the menus of many separate copies of a graph of so many states."""

        def repeated(array: Ints, step: int) -> Ints:
            offsets = np.arange(number, dtype=np.int32)[:, None] * np.int32(step)
            return (array[None, :] + offsets).ravel()

        targets = repeated(self.targets, states)
        target_menu = repeated(self.target_menu, self.count)
        shared = self.users is self.targets
        users = targets if shared else repeated(self.users, states)
        user_menu = target_menu if shared else repeated(self.user_menu, self.count)
        return Menus(targets, target_menu, users, user_menu, self.count * number, self.transitive)


def menus(arcs: Arcs) -> Menus:
    """Return the menus of a decision maker: O(m), times the kinds of bonds a group has."""
    return _listed(arcs) if isinstance(arcs, ListedArcs) else _grouped(arcs)


def _listed(arcs: ListedArcs) -> Menus:
    sizes = np.array([targets.size for targets in arcs.targets], np.int64)
    users = np.flatnonzero(sizes).astype(np.int32)
    user_menu = np.arange(users.size, dtype=np.int32)
    targets = np.concatenate([*arcs.targets, np.empty(0, np.int64)]).astype(np.int32)
    return Menus(targets, np.repeat(user_menu, sizes[users]), users, user_menu, users.size, transitive=False)


def number_of_choices(arcs: Arcs) -> int:
    """Return how many targets the menus of a decision maker have in all, without making them."""
    if isinstance(arcs, ListedArcs):
        return sum(targets.size for targets in arcs.targets)
    bonds = list(_bonds(arcs))
    if not bonds:
        return arcs.codes.size
    bound = _bound(*renumbered(*_rest(arcs)), bonds)
    return sum(int(np.count_nonzero(targets)) for _, targets in bound.by_kind())


def most_choices(arcs: Arcs) -> int:
    """Return a bound on the number of choices, at once: each bond at most doubles the menus."""
    return number_of_choices(arcs) if isinstance(arcs, ListedArcs) else arcs.codes.size << _bonds_of(arcs)


def is_bound(arcs: Arcs) -> bool:
    """Say whether the moves of a decision maker are listed, or bound by irreversible options."""
    return isinstance(arcs, ListedArcs) or _bonds_of(arcs) > 0


def _bonds_of(arcs: OptionArcs) -> int:
    return arcs.stays_taken.bit_count() + arcs.stays_untaken.bit_count() + len(arcs.forbidden)


def _grouped(arcs: OptionArcs) -> Menus:
    group, groups = renumbered(*_rest(arcs))
    return grouped(group, groups, list(_bonds(arcs)), transitive=not arcs.forbidden)


def grouped(group: Ints, groups: int, bonds: list[Bond], *, transitive: bool) -> Menus:
    """Return the menus of groups of states that can be left for one another, save where bonds forbid it.

    Parameters
    ----------
    group : int32 array
        The group of each state, 0 to groups - 1.
    """
    states = np.arange(group.size, dtype=np.int32)
    if not bonds:
        return Menus(states, group, states, group, groups, transitive=True)
    bound = _bound(group, groups, bonds)
    kinds = len(bound.may_not_leave)
    menu, count = renumbered(group * np.int64(kinds) + bound.leaving, groups * kinds)
    targets, target_menu = [], []
    menu_of_group = np.empty(groups, np.int32)
    for of_kind, open_to in bound.by_kind():
        menu_of_group[group[of_kind]] = menu[of_kind]
        chosen = np.flatnonzero(open_to).astype(np.int32)
        targets.append(chosen)
        target_menu.append(menu_of_group[group[chosen]])
    return Menus(np.concatenate(targets), np.concatenate(target_menu), states, menu, count, transitive)


@dataclass(frozen=True, slots=True, eq=False)
class _Bound:
    """The group of each state, and the kinds of bonds on moves from it and onto it."""

    group: Ints
    groups: int
    leaving: Ints
    entering: Ints
    may_not_leave: Bools
    may_not_enter: Bools

    def by_kind(self) -> Iterator[tuple[Bools, Bools]]:
        """Yield for each kind of bonds the states so bound, and the targets of their menus."""
        for kind, held in enumerate(self.may_not_leave):
            of_kind = self.leaving == kind
            in_group = np.zeros(self.groups, np.bool_)
            in_group[self.group[of_kind]] = True
            open_to = ~(self.may_not_enter & held).any(axis=1)
            yield of_kind, open_to[self.entering] & in_group[self.group]


def _bound(group: Ints, groups: int, bonds: list[Bond]) -> _Bound:
    """Tell states apart by the bonds on them."""
    leaving, may_not_leave = _kinds([origin for origin, _ in bonds])
    entering, may_not_enter = _kinds([target for _, target in bonds])
    kinds = len(may_not_leave)
    if kinds * group.size > _MOST_WORK:
        raise RefusedError(
            f"Irreversible options and forbidden moves bind one decision maker in {kinds:,} different ways: "
            f"too many for {group.size:,} states. Take some of these rules out."
        )
    return _Bound(group, groups, leaving, entering, may_not_leave, may_not_enter)


def _rest(arcs: OptionArcs) -> tuple[NDArray[np.int64], int]:
    """Return the codes with the decision maker's own bits cut out, and a bound on them."""
    below = (1 << arcs.lowest) - 1
    above = arcs.codes >> (arcs.lowest + arcs.count)
    rest = above << arcs.lowest | arcs.codes & below
    return rest, (int(above.max()) + 1) << arcs.lowest


def _bonds(arcs: OptionArcs) -> Iterator[Bond]:
    for bit in range(arcs.lowest, arcs.lowest + arcs.count):
        taken = (arcs.codes >> bit & 1).astype(bool)
        if arcs.stays_taken >> bit & 1:
            yield taken, ~taken
        if arcs.stays_untaken >> bit & 1:
            yield ~taken, taken
    yield from arcs.forbidden


def _kinds(sets: list[Bools]) -> tuple[Ints, NDArray[np.bool_]]:
    """Tell states apart by the sets they are in: return the kind of each, and kinds by sets."""
    kind, count = np.zeros(sets[0].size, np.int32), 1
    member = np.zeros((1, 0), np.bool_)
    for each in sets:
        key = kind.astype(np.int64) << 1 | each
        kind, new_count = renumbered(key, 2 * count)
        key_of_kind = np.zeros(new_count, np.int64)
        key_of_kind[kind] = key
        member = np.column_stack([member[key_of_kind >> 1], key_of_kind & 1 == 1])
        count = new_count
    return kind, member
