"""The common line, wedges, agreement and spoilers word for word, beside docs/concepts/coalitions.md.

`H` is the coalition, `i` a member, `p` a party, `q` and `s` are states. Slow on purpose.
"""

from __future__ import annotations

from itertools import combinations

from tests.oracles.literal import (
    ALL_MOVES,
    LEGAL_SEQUENCE,
    ONLY_IMPROVEMENTS,
    Model,
    improvements,
    legal_sequences,
    moves,
    sanctioned,
)

ORDER = ("in line", "kept in", "leaving")

# The common line


def worse(model: Model, j, t, s) -> bool:
    return model.better(j, s, t)


def departures(model: Model, H, i, q):
    """The improvements of i from q that leave some other member worse off than q."""
    return {t for t in improvements(model, i, q) if any(worse(model, j, t, q) for j in H if j != i)}


def answered(model: Model, movers, i, q, t) -> bool:
    """Whether improvements of the movers lead from t to a state that is no better for i than q."""
    return any(not model.better(i, r, q) for r in legal_sequences(model, movers, t, ONLY_IMPROVEMENTS))


def unanswered(model: Model, H, i, q):
    others = tuple(j for j in H if j != i)
    return {t for t in departures(model, H, i, q) if not answered(model, others, i, q, t)}


def standing(model: Model, H, i, q) -> str:
    if not departures(model, H, i, q):
        return "in line"
    return "leaving" if unanswered(model, H, i, q) else "kept in"


def broken(model: Model, H, states):
    """The states at which some member is leaving."""
    return {q for q in states if any(standing(model, H, i, q) == "leaving" for i in H)}


def wedges(model: Model, H, s):
    """Who moves where, which other member then stands worse than at s, and how."""
    return {
        (j, t, i, standing(model, H, i, t))
        for j in model.everybody
        for t in moves(model, j, s)
        for i in H
        if i != j and ORDER.index(standing(model, H, i, t)) > ORDER.index(standing(model, H, i, s))
    }


# Agreement


def within_reach(model: Model, s):
    return {s} | legal_sequences(model, model.everybody, s, ALL_MOVES)


def pairs_counted(model: Model, i, j, states) -> dict[str, int]:
    counts = {"same": 0, "opposite": 0, "tied_for_both": 0, "tied_for_one": 0}
    for q, r in combinations(states, 2):
        views = [(model.better(k, q, r), model.better(k, r, q)) for k in (i, j)]
        ties = [not any(view) for view in views]
        if all(ties):
            counts["tied_for_both"] += 1
        elif any(ties):
            counts["tied_for_one"] += 1
        else:
            counts["same" if views[0] == views[1] else "opposite"] += 1
    return counts


# Spoilers


def harmed(model: Model, p, deal, t):
    return {j for j in model.everybody if j != p and worse(model, j, t, deal)}


def harmful(model: Model, p, deal):
    return {t for t in moves(model, p, deal) if harmed(model, p, deal, t)}


def paying(model: Model, p, deal):
    return {t for t in harmful(model, p, deal) if model.better(p, t, deal)}


def undeterred(model: Model, p, deal, concept):
    return {t for t in paying(model, p, deal) if not sanctioned(model, concept, p, deal, t, LEGAL_SEQUENCE)}


def grade(model: Model, p, deal, now, concept) -> str:
    if undeterred(model, p, deal, concept):
        return "would undo"
    if paying(model, p, deal):
        return "deterred"
    if harmful(model, p, deal):
        return "could harm, does not want"
    if model.better(p, now, deal):
        return "objects, cannot"
    return "supports" if model.better(p, deal, now) else "indifferent"
