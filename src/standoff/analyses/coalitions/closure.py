"""What leads where in the end: states, where who moved last matters, and classes of states."""

from __future__ import annotations

from collections.abc import Sequence
from graphlib import TopologicalSorter
from itertools import accumulate
from operator import or_

import numpy as np
from numpy.typing import NDArray

from standoff.states.numbering import starts

Arranged = tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]
"""A mover's targets menu after menu, the menu of each, and the menu each state uses."""


def closure(movers: Sequence[Arranged], states: int) -> NDArray[np.bool_]:
    """Return which state leads to which, as a matrix.

    What state s leads to if j moves first is a whole number with one bit a state: the targets t of
    j from s, and what they lead to if anybody else moves first there. Repeated until nothing
    changes. A menu takes one pass forwards and one back, since a state is no target of itself.
    """
    single = [1 << state for state in range(states)]
    lists = [_by_menu(*mover) for mover in movers]
    found = [[0] * states for _ in movers]
    changed = True
    while changed:
        changed = False
        for j, (menus, users) in enumerate(lists):
            others = [row for k, row in enumerate(found) if k != j]
            worth = [bits | joined for bits, joined in zip(single, _joined(others, states), strict=True)]
            for targets, using in zip(menus, users, strict=True):
                for state, reached in _without_itself(targets, using, worth):
                    if reached & ~found[j][state]:
                        found[j][state] |= reached
                        changed = True
    return unpacked(_packed(_joined(found, states)), states)


def following(
    sources: NDArray[np.int64], source_bounds: NDArray[np.int64], successors: NDArray[np.int64], count: int
) -> NDArray[np.uint8]:
    """Return which of so many classes each class leads to, itself included, with one bit a class.

    Never is there a way back, so that each class is looked at once, after those that it leads to.
    """
    listed = np.split(successors, source_bounds[1:])
    after = {source: some.tolist() for source, some in zip(sources.tolist(), listed, strict=True)}
    found = [1 << each for each in range(count)]
    for source in TopologicalSorter(after).static_order():
        for successor in after.get(source, ()):
            found[source] |= found[successor]
    return _packed(found)


def unpacked(bits: NDArray[np.uint8], count: int) -> NDArray[np.bool_]:
    """Return rows of bits, so many of each, as a matrix."""
    return np.unpackbits(bits, axis=1, count=count, bitorder="little").astype(np.bool_)


def _by_menu(
    targets: NDArray[np.int64], target_menu: NDArray[np.int64], menu_of: NDArray[np.int64]
) -> tuple[list[list[int]], list[list[int]]]:
    """Return the targets of each menu and the states that use it."""
    count = int(target_menu.max(initial=-1)) + 1
    order = np.argsort(menu_of, kind="stable")
    user_bounds = starts(np.bincount(menu_of, minlength=count + 1)).tolist()
    target_bounds = starts(np.bincount(target_menu, minlength=count)).tolist()
    menus = [targets[target_bounds[g] : target_bounds[g + 1]].tolist() for g in range(count)]
    users = [order[user_bounds[g] : user_bounds[g + 1]].tolist() for g in range(count)]
    return menus, users


def _without_itself(targets: list[int], users: list[int], worth: list[int]) -> list[tuple[int, int]]:
    """Return for each user what the targets other than itself lead to."""
    values = [worth[target] for target in targets]
    before = [0, *accumulate(values, or_)]
    after = [0, *accumulate(reversed(values), or_)]
    place = {target: at for at, target in enumerate(targets)}
    last = len(targets)
    return [
        (user, before[place[user]] | after[last - 1 - place[user]] if user in place else before[last])
        for user in users
    ]


def _joined(rows: Sequence[list[int]], states: int) -> list[int]:
    joined = [0] * states
    for row in rows:
        joined = list(map(or_, joined, row))
    return joined


def _packed(rows: list[int]) -> NDArray[np.uint8]:
    width = (len(rows) + 7) // 8
    octets = np.frombuffer(b"".join(row.to_bytes(width, "little") for row in rows), np.uint8)
    return octets.reshape(len(rows), width)
