"""Foresight word for word, by recursion, from the plain data of the oracles. Slow on purpose.

Notation as in `tests.oracles.literal`; `h` is a horizon. Limited moves are for two decision makers
with strict rankings. Definitions: Kilgour (1985) for limited moves, Brams and Wittman (1981) for
non-myopic stability, Fang, Hipel and Kilgour (1993) for Stackelberg; see docs/references.bib for
which of them were read.
"""

from __future__ import annotations

from tests.oracles.literal import Model, improvements, legal_sequences, moves, remembered


@remembered
def anticipated(model: Model, h: int, i: int, s):
    """G_h(i, s): where play ends that begins at s with i's turn, i looking h moves ahead."""
    if h == 0 or not moves(model, i, s):
        return s
    results = [anticipated(model, h - 1, 1 - i, t) for t in moves(model, i, s)]
    best = max(results, key=lambda q: model.rank(i, q))
    return best if model.better(i, best, s) else s


def limited_move_stable(model: Model, h: int, i: int, s) -> bool:
    return anticipated(model, h, i, s) == s


def repeats(model: Model, i: int, s, longest: int, far: int):
    """(first horizon, period) of G_0(i, s), G_1(i, s), ..., looked at up to `far`.

    The shortest period, then the earliest beginning, such that it repeats for the last `longest`
    horizons and more; None if there is none.
    """
    row = [anticipated(model, h, i, s) for h in range(far + 1)]
    for period in range(1, longest + 1):
        if all(row[h] == row[h - period] for h in range(far - 2 * longest, far + 1)):
            first = far - period
            while first > 0 and row[first - 1] == row[first - 1 + period]:
                first -= 1
            return first, period
    return None


@remembered
def guaranteed(model: Model, turns: int, i: int, s, own_turn: bool) -> int:
    """What i is sure of at s, as a rank, with so many turns to come, i's and the others' in turn."""
    if turns == 0:
        return model.rank(i, s)
    if own_turn:
        return max(guaranteed(model, turns - 1, i, q, False) for q in (s, *moves(model, i, s)))
    replies = legal_sequences(model, model.opponents(i), s, False)
    return min(guaranteed(model, turns - 1, i, q, True) for q in (s, *replies))


def maximin_stable(model: Model, h: int, i: int, s) -> bool:
    """No improvement of i is sure to end better than s within h turns, the improvement included."""
    return all(guaranteed(model, h - 1, i, t, False) <= model.rank(i, s) for t in improvements(model, i, s))


def replay(model: Model, steps, s):
    """Follow named moves from s; the mover of each and the state it leads to."""
    by_label = dict(zip(model.labels, model.states, strict=True))
    followed = []
    for step in steps:
        i, origin, target = model.names.index(step.mover), by_label[step.origin], by_label[step.target]
        assert origin == s
        assert target in moves(model, i, s)
        followed.append((i, target))
        s = target
    return followed
