"""Coalitions word for word, to be read beside docs/concepts/coalitions.md. Slow on purpose.

`H` is the coalition, `others` are N-H, `s` the state, `s1` an improvement, `s2` a reply, `s3` a
counter-move. A coalition is a sorted tuple of numbers.
"""

from __future__ import annotations

from itertools import combinations

from tests.oracles.literal import ALL_MOVES, Model, improvements, legal_sequences, moves
from tests.oracles.plain import own_options, true_in


def all_coalitions(members):
    return [k for size in range(1, len(members) + 1) for k in combinations(members, size)]


def outside(model: Model, H):
    return tuple(i for i in model.everybody if i not in H)


# Where a coalition can go


def by_turns(model: Model, H, s):
    """R_H(s)."""
    return legal_sequences(model, tuple(H), s, ALL_MOVES)


def joint_jumps(conflict, H, states):
    """A function like `by_turns`: members change any of their options, all in one step."""
    options = {conflict.decision_makers[i].id: own_options(conflict)[i] for i in H}
    own = frozenset().union(*options.values())

    def allowed(s, t):
        if s == t or not (s ^ t) <= own:
            return False
        for literal in conflict.irreversible:
            if (literal.option in s) == literal.taken and (literal.option in t) != literal.taken:
                return False
        return not any(
            (s ^ t) & options.get(move.by, frozenset())
            and true_in(move.origin.expression, s)
            and true_in(move.target.expression, t)
            for move in conflict.forbidden_moves
        )

    return lambda s: frozenset(t for t in states if allowed(s, t))


# Improvements


def all_better(model: Model, H, q, s) -> bool:
    """Whether every member strictly prefers q to s."""
    return all(model.better(i, q, s) for i in H)


def joint_improvements(model: Model, H, s, reach):
    """The states that H can reach and that every member strictly prefers to s."""
    return {q for q in reach(s) if all_better(model, H, q, s)}


def class_improvements(model: Model, movers, s):
    """Where sequences of coalition improvements by subcoalitions of `movers` end.

    Each step is measured from the state it leaves; no subcoalition makes two steps in a row.
    """
    found = set()
    to_continue = [(s, None)]
    while to_continue:
        q, last = to_continue.pop()
        for K in all_coalitions(movers):
            if last == K:
                continue
            for r in joint_improvements(model, K, q, lambda q, K=K: by_turns(model, K, q)):
                if (r, K) not in found:
                    found.add((r, K))
                    to_continue.append((r, K))
    return {r for r, _ in found}


# Stability


def holds_against(model: Model, H, s, concept, rule, jumps=None) -> bool:
    """Whether s is stable against H. `jumps` is needed for the rule one_jump: a function of a coalition."""
    together = (lambda q: by_turns(model, H, q)) if rule == "legal_sequence" else jumps(H)
    return all(
        answered(model, H, s, s1, concept, rule, together) for s1 in joint_improvements(model, H, s, together)
    )


def answered(model: Model, H, s, s1, concept, rule, together) -> bool:
    others = outside(model, H)
    if concept == "nash":
        return False
    if concept == "seq":
        if rule == "legal_sequence":
            replies = class_improvements(model, others, s1)
        else:
            replies = legal_sequences(model, others, s1, True)
        return any(not all_better(model, H, s2, s) for s2 in replies)
    for s2 in by_turns(model, others, s1):
        if all_better(model, H, s2, s):
            continue
        if concept == "gmr" or not any(all_better(model, H, s3, s) for s3 in together(s2)):
            return True
    return False


def universally_stable(model: Model, s, concept, rule, jumps=None) -> bool:
    return all(holds_against(model, H, s, concept, rule, jumps) for H in all_coalitions(model.everybody))


__all__ = ["improvements", "moves"]
