"""The slow, sure way to the smallest value that can be reached: every state is settled once.

Plain loops over plain arrays: Python runs them as they stand, numba compiles them.
"""

from __future__ import annotations

from typing import Any


def sweep(  # noqa: C901 -- one loop nest
    order: Any,
    start: Any,
    value: Any,
    mover: Any,
    place_starts: Any,
    places: Any,
    menu: Any,
    cursor: Any,
    user_starts: Any,
    users: Any,
    stops: Any,
    entered: Any,
    stack: Any,
) -> None:
    """Lower `value` to the smallest `start` that legal sequences from each state reach.

    States are visited by rising `start`, and the moves that lead to each are walked backwards. A
    walk opens pairs (t, a): "t was entered by opponent a". A user that may come to t goes on as
    entered by each of the others, so nobody moves twice in a row. Users of a menu stand best
    first, and who may choose a target is a run up to the last: `cursor` moves down that run
    once, whatever the order of visits. Linear in states, menus and opponents.

    Parameters
    ----------
    order : states by rising `start`
    start, value : value of each state; smallest value reached so far
    mover : opponent of each set of lists; one opponent may have two
    place_starts, places : for each set of lists and state, where the state stands in `targets`
    menu : menu of each place
    cursor : for each menu the end of the users not yet reached; consumed
    user_starts, users, stops : as in `Lists`, all sets one after another
    entered : zeros (opponents, states)
    stack : room for all pairs
    """
    opponents = entered.shape[0]
    for first in order:
        smallest = start[first]
        top = 0
        for a in range(opponents):
            if not entered[a, first]:
                entered[a, first] = 1
                stack[top] = first * opponents + a
                top += 1
        while top > 0:
            top -= 1
            state = stack[top] // opponents
            last = stack[top] % opponents
            for b in range(mover.size):
                if mover[b] != last:
                    continue
                for x in range(place_starts[b, state], place_starts[b, state + 1]):
                    place = places[x]
                    g = menu[place]
                    k = cursor[g] - 1
                    while k >= user_starts[g] and stops[k] > place:
                        user = users[k]
                        value[user] = min(value[user], smallest)
                        for a in range(opponents):
                            if a != last and not entered[a, user]:
                                entered[a, user] = 1
                                stack[top] = user * opponents + a
                                top += 1
                        k -= 1
                    cursor[g] = k + 1
