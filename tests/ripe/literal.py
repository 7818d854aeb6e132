"""Ripeness word for word from the definitions, on plain data. Slow on purpose.

Notation as in `tests.oracles.literal`; `group` are the parties, `w` and `v` the scalars of the docs page.
"""

from __future__ import annotations

from tests.oracles.literal import improvements, legal_sequences, moves, stable
from tests.oracles.plain import true_in


def w(model, i, q):
    """The worst rank for i among q and what the others' credible replies to it end in."""
    replies = legal_sequences(model, model.opponents(i), q, True)
    return min(model.rank(i, r) for r in {q} | replies)


def v(model, i, s):
    """The no-agreement level: the best of these over staying and i's own moves."""
    return max(w(model, i, q) for q in (s, *moves(model, i, s)))


def zone(model, group, s):
    """The states better than s, and than the no-agreement level, for every party."""
    return [
        q
        for q in model.states
        if all(model.better(i, q, s) and model.rank(i, q) > v(model, i, s) for i in group)
    ]


def but_for(model, group, s):
    """For each party the states that are better for all others, if there are others, and not for it."""
    found = {}
    for i in group:
        rest = [j for j in group if j != i]
        states = [q for q in zone(model, rest, s) if q not in zone(model, [i], s)] if rest else []
        if states:
            found[i] = states
    return found


def undone_by(model, q):
    return [i for i in model.everybody if not stable(model, "seq", i, q)]


def hurts(bearable, label, s):
    """Whether s, called so, is none of the states the party can bear; None if that is not stated."""
    if bearable is None:
        return None
    if bearable.statement is None:
        return all(label != each for each in bearable.states)
    return not true_in(bearable.statement.expression, s)


def failing(model, conflict, group, s, pain=()):
    if not all(stable(model, "seq", i, s) for i in group):
        return "cannot win"
    if any(each is False for each in pain):
        return "hurts"
    found = zone(model, group, s)
    if not found:
        return "zone"
    holding = [q for q in found if not undone_by(model, q)]
    if not holding:
        return "way out"
    return None if any(way(model, conflict, group, s, q) != "none" for q in holding) else "way there"


def way(model, conflict, group, s, q):
    if q in legal_sequences(model, model.everybody, s, True):
        return "improvements"
    if q in legal_sequences(model, model.everybody, s, False):
        return "moves"
    return "joint" if joint(model, conflict, group, s, q) else "none"


def joint(model, conflict, group, s, q):
    """Whether the parties can change their options together so that s becomes q."""
    if model.own is None:
        return False
    if not (s ^ q) <= frozenset().union(*(model.own[i] for i in group)):
        return False
    for literal in conflict.irreversible:
        if (literal.option in s) == literal.taken and (literal.option in q) != literal.taken:
            return False
    for move in conflict.forbidden_moves:
        i = model.names.index(move.by)
        takes_part = i in group and (s ^ q) & model.own[i]
        if takes_part and true_in(move.origin.expression, s) and true_in(move.target.expression, q):
            return False
    return True


def undominated(model, group, states):
    return [
        q
        for q in states
        if not any(
            all(model.rank(i, r) >= model.rank(i, q) for i in group)
            and any(model.rank(i, r) > model.rank(i, q) for i in group)
            for r in states
        )
    ]


def replay(model, steps, improving):
    """Whether named steps are a legal sequence; with `improving` of improvements."""
    by_label = dict(zip(model.labels, model.states, strict=True))
    last, here = None, None
    for step in steps:
        i, origin, target = model.names.index(step.mover), by_label[step.origin], by_label[step.target]
        allowed = improvements(model, i, origin) if improving else moves(model, i, origin)
        if i == last or target not in allowed or (here is not None and here != origin):
            return False
        last, here = i, target
    return True
