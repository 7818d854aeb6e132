"""Next moves word for word from the definitions, on plain data. Slow on purpose."""

from __future__ import annotations

from tests.oracles.literal import (
    improvements,
    legal_sequences,
    moves,
    remembered,
)


@remembered
def onward(model, s, improving):
    """Where moves (or improvements) of anybody, one after the other, lead; s included."""
    found, to_continue = {s}, [s]
    while to_continue:
        q = to_continue.pop()
        for j in model.everybody:
            for r in improvements(model, j, q) if improving else moves(model, j, q):
                if r not in found:
                    found.add(r)
                    to_continue.append(r)
    return frozenset(found)


def in_a_sink(model, q):
    """Whether every state that improvements lead to from q leads back to q."""
    return all(q in onward(model, r, True) for r in onward(model, q, True))


def answers(model, i, t):
    return {q for j in model.opponents(i) for q in improvements(model, j, t)}


def passed(model, i, s, t):
    """The states that play can pass after i has gone from s to t, or stayed if t is s; t included."""
    first = answers(model, i, t)
    if first:
        return {t}.union(*(onward(model, q, True) for q in first))
    return {t} if t == s else onward(model, t, True)


def places(model, i, s, t):
    """The sinks in which play can settle after that, each a set of states."""
    first = answers(model, i, t)
    if not first and t == s:
        return {frozenset({s})}
    after = set().union(*(onward(model, q, True) for q in first or {t}))
    return {onward(model, q, True) for q in after if in_a_sink(model, q)}


def worst_reply(model, i, t, credible):
    return min(model.rank(i, q) for q in {t} | set(legal_sequences(model, model.opponents(i), t, credible)))


def key(model, i, s, t):
    """What moves are ranked by: larger is better."""
    settled = min(model.rank(i, q) for place in places(model, i, s, t) for q in place)
    return settled, worst_reply(model, i, t, True), model.rank(i, t)


def courses(model, i, s):
    return (s, *moves(model, i, s))


def rank_among(model, i, s, t):
    """1 and how many courses are better."""
    return 1 + sum(key(model, i, s, other) > key(model, i, s, t) for other in courses(model, i, s))


def opened(model, i, s, t):
    return set(passed(model, i, s, t)) - onward(model, s, True)


def closed(model, i, s, t):
    return onward(model, s, True) - set(passed(model, i, s, t))


def closed_for_good(model, s, t):
    return onward(model, s, False) - onward(model, t, False)


def without(model, i, s, t, option):
    """The move from s to t without the change of one option, if it is a course of i at all."""
    rest = t ^ frozenset({option})
    return rest if rest in courses(model, i, s) else None


def verdict(model, i, s, t):
    here = model.rank(i, s)
    worst = [min(model.rank(i, q) for q in place) for place in places(model, i, s, t)]
    all_better, some_better = min(worst) > here, max(worst) > here
    if model.rank(i, t) > here:
        return "secure gain" if all_better else "gain at risk" if some_better else "short gain"
    if places(model, i, s, t) == {frozenset({s})}:
        return "no change" if s == t else "taken back"
    if some_better:
        for other in courses(model, i, s):
            if model.rank(i, other) > here and key(model, i, s, other)[0] >= key(model, i, s, t)[0]:
                return "detour"
        return "investment" if all_better else "gamble"
    if max(worst) < here:
        return "loss"
    return "risk" if min(worst) < here else "standstill"
