"""Where every state leads to by legal sequences, where who moved last matters."""

from __future__ import annotations

from collections.abc import Sequence
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
    return _unpacked(_joined(found, states))


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


def _unpacked(rows: list[int]) -> NDArray[np.bool_]:
    states = len(rows)
    width = (states + 7) // 8
    octets = np.frombuffer(b"".join(row.to_bytes(width, "little") for row in rows), np.uint8)
    bits = np.unpackbits(octets.reshape(states, width), axis=1, count=states, bitorder="little")
    return bits.astype(np.bool_)
