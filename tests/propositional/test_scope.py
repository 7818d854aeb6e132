"""What is refused, and that opponents tied by rules are done exactly where their freedom is shown."""

from __future__ import annotations

import sys

import pytest

from standoff.errors import MissingExtraError, ModelError, RefusedError, UsageError
from standoff.model.conflict import (
    Conflict,
    DecisionMaker,
    ForbiddenMove,
    Literal,
    NamedState,
    Option,
    Prioritising,
    Ranking,
)
from standoff.model.statement import And, Count, Expression, Iff, Implies, Not, Or, Taken, Xor
from standoff.stability.propositional import Deterred, Step, find_equilibria, witnesses
from tests.oracles import literal
from tests.oracles.plain import plain
from tests.oracles.statements import rule
from tests.propositional.replay import check

AX, AY, BX, BY, CX, CY = (Taken(name) for name in ("a.x", "a.y", "b.x", "b.y", "c.x", "c.y"))


def party(name: str, *statements: Expression, preference=None) -> DecisionMaker:
    return DecisionMaker(
        id=name,
        name=name.upper(),
        options=tuple(Option(name=f"{name}.{k}", label=k) for k in "xy"),
        preference=preference or Prioritising(statements=tuple(rule(each) for each in statements)),
    )


def conflict(*rules: Expression, parties=None, **more) -> Conflict:
    """Three parties, two options each; everybody gains by x and is hurt by the others' y."""
    three = (
        party("a", Not(BY), Not(CY), AX),
        party("b", Not(AY), Iff(BX, CX), BX),
        party("c", Not(Or((AY, BY))), Xor(CX, CY)),
    )
    feasible = tuple(rule(each) for each in rules)
    return Conflict(
        name="Three", decision_makers=parties or three, status_quo=frozenset(), feasible=feasible, **more
    )


SHOWN = [
    (Not(And((BY, CY))),),
    (Or((BY, CY)),),
    (Implies(BX, CX), Not(And((BX, CY)))),
    (Not(And((BY, CY))), Or((AX, CX)), Implies(AY, BX)),
    (Count((AX, BX, CX), "<=", 2),),
    (Count((AY, BY, CY), ">=", 1), Not(And((AX, BX)))),
    (Implies(AX, BX), Not(And((CX, BY, AY)))),
]


@pytest.mark.parametrize("rules", SHOWN, ids=str)
def test_rules_that_bind_opponents_who_can_still_meet(rules):
    whole = conflict(*rules)
    model = plain(whole)
    found = find_equilibria(whole, "gmr")
    assert {frozenset(each.taken) for each in found.equilibria} == set(literal.equilibria(model, "gmr"))
    for each in found.equilibria:
        check(each, model, "gmr")


def test_replies_go_the_way_that_is_feasible():
    """b and c may not both take y: for b to take it, c must drop it first."""
    whole = conflict(Not(And((BY, CY))), parties=(party("a", Not(BY), AX), party("b"), party("c")))
    witness = witnesses(whole, {"c.y"}, "gmr")["a"]
    assert isinstance(witness, Deterred)
    assert witness.replies == ((Step(mover="c", taken=()), Step(mover="b", taken=("b.y",))),)
    assert [sanction.sequence for sanction in witness.sanctions] == [witness.replies[0]] * 2
    assert all(sanction.result[-1] == "b.y" and sanction.worse for sanction in witness.sanctions)


FORBIDDEN = ForbiddenMove(by="b", origin=rule(BX).statement, target=rule(BY).statement)
DIRECT = Ranking(tiers=(("s1",),))
REFUSED = [
    (conflict(), "smr", "all moves that could follow"),
    (conflict(), "sseq", "all moves that could follow"),
    (conflict(), "sim", "not a reply"),
    (conflict(), "seq", "no bounded length"),
    (conflict(forbidden_moves=(FORBIDDEN,)), "gmr", "'b' has forbidden moves"),
    (conflict(Not(And((BY, CY))), Xor(BX, CX)), "gmr", r"\('\(b.x xor c.x\)'\), and it could not be shown"),
    (conflict(Not(And((BX, CX))), irreversible=(Literal(option="c.x"),)), "gmr", "irreversible"),
    (conflict(parties=(party("a", preference=DIRECT), party("b"))), "nash", "direct ranking"),
    (
        Conflict(name="G", decision_makers=(), status_quo="g", states=(NamedState(name="g"),)),
        "nash",
        "graph form",
    ),
]


@pytest.mark.parametrize(("whole", "concept", "reason"), REFUSED, ids=lambda value: str(value)[:24])
def test_what_cannot_be_done_exactly_is_refused_with_the_reason(whole, concept, reason):
    with pytest.raises(RefusedError, match=reason):
        find_equilibria(whole, concept)


def test_irreversible_options_of_opponents_whom_no_rule_binds_are_no_obstacle():
    whole = conflict(
        Implies(AX, AY), irreversible=(Literal(option="c.x"), Literal(option="b.y", taken=False))
    )
    found = find_equilibria(whole, "gmr")
    model = plain(whole)
    assert {frozenset(each.taken) for each in found.equilibria} == set(literal.equilibria(model, "gmr"))


def test_no_such_concept():
    with pytest.raises(UsageError, match="concept 'nsh'"):
        find_equilibria(conflict(), "nsh")


@pytest.mark.parametrize(
    "limit", [{"most": 0}, {"time_limit": 0}, {"time_limit": -1}, {"time_limit": float("nan")}]
)
def test_limits_are_above_zero(limit):
    with pytest.raises(UsageError, match="above zero"):
        find_equilibria(conflict(), **limit)


def test_witnesses_are_for_feasible_states_of_known_options():
    with pytest.raises(UsageError, match=r"no option 'a\.z'"):
        witnesses(conflict(), {"a.z"})
    with pytest.raises(UsageError, match=r"not feasible: it breaks '\(a\.x implies b\.x\)'"):
        witnesses(conflict(Implies(AX, BX)), {"a.x"})


def test_no_feasible_state_names_rules_that_exclude_each_other():
    with pytest.raises(ModelError) as error:
        find_equilibria(conflict(Or((AY, BY)), AX, Not(AX)))
    (fault,) = error.value.faults
    assert fault.code == "no-feasible-state"
    assert "'a.x'; 'not a.x'" in fault.message
    assert "b.y" not in fault.message


def test_python_sat_missing(monkeypatch):
    monkeypatch.setitem(sys.modules, "pysat.solvers", None)
    with pytest.raises(MissingExtraError, match=r"pip install 'standoff\[sat\]'"):
        find_equilibria(conflict())
