"""Small conflicts made for one purpose each."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from standoff.model.conflict import (
    Conflict,
    DecisionMaker,
    Literal,
    NamedState,
    Option,
    Prioritising,
    Ranking,
    Weighting,
)
from standoff.model.statement import And, Count, Expression, Iff, Implies, Not, Or, Taken
from tests.oracles.statements import rule

Arrows = Sequence[tuple[str, str]]
Tiers = Sequence[tuple[str, ...]]


def listed(states: str, **parties: tuple[Arrows, Tiers]) -> Conflict:
    """A conflict in graph form: the states, then for every party its moves and its ranking."""
    names = states.split()
    return Conflict(
        name="Example",
        decision_makers=tuple(
            DecisionMaker(id=id_, name=id_, moves=tuple(moves), preference=Ranking(tiers=tuple(tiers)))
            for id_, (moves, tiers) in parties.items()
        ),
        status_quo=names[0],
        states=tuple(NamedState(name=name) for name in names),
    )


def with_options(
    owned: dict[str, tuple[str, ...]],
    tiers: dict[str, Tiers],
    feasible: Sequence[Expression] = (),
    irreversible: Sequence[Literal] = (),
) -> Conflict:
    """A conflict in option form with direct rankings; the status quo takes no option."""
    return Conflict(
        name="Example",
        decision_makers=tuple(
            DecisionMaker(
                id=id_,
                name=id_,
                options=tuple(Option(name=option, label=option) for option in own),
                preference=Ranking(tiers=tuple(tiers[id_])),
            )
            for id_, own in owned.items()
        ),
        status_quo=frozenset(),
        feasible=tuple(map(rule, feasible)),
        irreversible=tuple(irreversible),
    )


# The sanction rules differ: after `push` only b, then c, then b again reach `punished`.
# With legal sequences `calm` is stable for a under GMR, SMR, SEQ and SSEQ; if each opponent moves
# at most once, it is stable under none of them.
TWO_RULES = listed(
    "calm push answer join punished",
    a=([("calm", "push")], [("push", "answer", "join"), ("calm",), ("punished",)]),
    b=(
        [("push", "answer"), ("join", "punished")],
        [("punished",), ("join",), ("answer",), ("push", "calm")],
    ),
    c=([("answer", "join")], [("join",), ("calm", "push", "answer", "punished")]),
)

# The same story in option form, where every party's moves are transitive. The states are
# s1: nothing, s2: a.x, s3: a.x b.y, s4: a.x b.y c.w, s5: a.x b.z c.w.
A, Y, Z, W = Taken("a.x"), Taken("b.y"), Taken("b.z"), Taken("c.w")
TWO_RULES_OPTIONS = with_options(
    {"a": ("a.x",), "b": ("b.y", "b.z"), "c": ("c.w",)},
    {
        "a": [("s2", "s3", "s4"), ("s1",), ("s5",)],
        "b": [("s5",), ("s4",), ("s3",), ("s1", "s2")],
        "c": [("s4",), ("s1", "s2", "s3", "s5")],
    },
    feasible=[
        Implies(Or((Y, Z, W)), A),
        Not(And((Y, Z))),
        Implies(W, Or((Y, Z))),
        Implies(Z, W),
    ],
)

# A credible reply that i escapes from: SEQ stable, not SMR stable.
SEQ_NOT_SMR = listed(
    "calm push reply escape",
    i=([("calm", "push"), ("reply", "escape")], [("escape",), ("push",), ("calm",), ("reply",)]),
    j=([("push", "reply")], [("reply",), ("calm", "push", "escape")]),
)

# An inescapable reply that costs the opponent more than it gains: SMR stable, not SEQ stable.
SMR_NOT_SEQ = listed(
    "calm push reply",
    i=([("calm", "push")], [("push",), ("calm",), ("reply",)]),
    j=([("push", "reply")], [("calm", "push"), ("reply",)]),
)

# Nobody moves twice in a row matters once moves are not transitive: j alone would need two moves
# in a row to punish, so `calm` is not even GMR stable for i.
TWICE_IN_A_ROW = listed(
    "calm push half punished",
    i=([("calm", "push")], [("push", "half"), ("calm",), ("punished",)]),
    j=([("push", "half"), ("half", "punished")], [("punished",), ("half",), ("calm", "push")]),
)

# The harm comes anyway: j would take j.y whether or not i takes i.x.
ANYWAY = with_options(
    {"i": ("i.x",), "j": ("j.y",)},
    {"i": [("s2",), ("s1",), ("s4",), ("s3",)], "j": [("s3", "s4"), ("s1", "s2")]},
)

# The harm is an answer: j takes j.y only after i took i.x.
ONLY_AFTER = with_options(
    {"i": ("i.x",), "j": ("j.y",)},
    {"i": [("s2",), ("s1",), ("s4",), ("s3",)], "j": [("s4",), ("s1", "s2"), ("s3",)]},
)

# j and k would both answer, and both at once punish i; each alone with i is infeasible.
# The states are s1: nothing, s2: i.x, s3: j.y, s4: k.z, s5: all three.
X, Y_J, Z_K = Taken("i.x"), Taken("j.y"), Taken("k.z")
ONLY_TOGETHER = with_options(
    {"i": ("i.x",), "j": ("j.y",), "k": ("k.z",)},
    {
        "i": [("s2",), ("s1", "s3", "s4"), ("s5",)],
        "j": [("s3",), ("s1", "s2", "s4", "s5")],
        "k": [("s4",), ("s1", "s2", "s3", "s5")],
    },
    feasible=[Not(Count((X, Y_J, Z_K), "==", 2))],
)


def elmira_statements() -> Conflict:
    """Elmira 1991 with the preferences as statements.

    Statements as in the GMCR+ example Elmira.gmcr (github.com/onp/gmcr-py, commit 502a12c).
    """
    modify, delay, accept, abandon, insist = map(Taken, ("moe.o1", "un.o2", "un.o3", "un.o4", "lg.o5"))
    prefers = {
        "moe": [accept, Not(abandon), Or((And((Not(modify), insist)), And((modify, Not(insist)))))],
        "un": [Iff(modify, accept), Not(abandon), Not(insist)],
        "lg": [Not(abandon), Not(modify), Not(delay), insist],
    }
    owned = {"moe": ("moe.o1",), "un": ("un.o2", "un.o3", "un.o4"), "lg": ("lg.o5",)}
    return Conflict(
        name="Elmira",
        decision_makers=tuple(
            DecisionMaker(
                id=id_,
                name=id_,
                options=tuple(Option(name=option, label=option) for option in owned[id_]),
                preference=Prioritising(statements=tuple(map(rule, statements))),
            )
            for id_, statements in prefers.items()
        ),
        status_quo=frozenset({"un.o2"}),
        feasible=tuple(
            map(
                rule,
                [
                    Not(And((delay, accept))),
                    Not(And((delay, abandon))),
                    Not(And((accept, abandon))),
                    Or((delay, accept, abandon)),
                ],
            )
        ),
        irreversible=(
            Literal(option="moe.o1"),
            Literal(option="un.o2", taken=False),
            Literal(option="un.o4"),
        ),
    )


# What GMCR+ 0.4.1 prints for it; each opponent moves at most once in a sanction.
ELMIRA_STATEMENTS_ONCE = {
    "nash": [7, 10, 11, 12],
    "gmr": [1, 3, 4, 5, 7, 9, 10, 11, 12],
    "smr": [1, 3, 4, 5, 7, 9, 10, 11, 12],
    "seq": [3, 7, 10, 11, 12],
}


def one_party(preference: Prioritising | Weighting, options: Sequence[str]) -> Conflict:
    """One decision maker, all states feasible: for trying out preferences."""
    own = tuple(Option(name=option, label=option) for option in options)
    party = DecisionMaker(id="a", name="A", options=own, preference=preference)
    return Conflict(name="Example", decision_makers=(party,), status_quo=frozenset())


def weighting(*pairs: tuple[Expression, int | Fraction]) -> Weighting:
    return Weighting(weights=tuple((rule(expression), Fraction(weight)) for expression, weight in pairs))
