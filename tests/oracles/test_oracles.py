"""The oracles against answers known by hand or printed elsewhere."""

from __future__ import annotations

from dataclasses import replace

import pytest

from standoff.stability.verdict import (
    Deterred,
    Move,
    NoImprovement,
    NoMove,
    Sanction,
    Unpunished,
    Verdict,
)
from tests.oracles import examples, published
from tests.oracles.conflicts import random_conflict
from tests.oracles.literal import (
    ALL_MOVES,
    CORE,
    ONCE_PER_DM,
    ONLY_IMPROVEMENTS,
    ends_of_sequences,
    equilibria,
    improvements,
    joint_results,
    legal_sequences,
    moves,
    omega_induction,
    once_per_dm,
    stable,
)
from tests.oracles.plain import plain
from tests.oracles.replay import check

PUBLISHED = {
    "prisoners": (published.PRISONERS, published.PRISONERS_ANSWERS),
    "chicken": (published.CHICKEN, published.CHICKEN_ANSWERS),
    "stag hunt": (published.STAG_HUNT, published.STAG_HUNT_ANSWERS),
    "elmira": (published.ELMIRA, published.ELMIRA_ANSWERS),
    "garrison": (published.GARRISON, published.GARRISON_ANSWERS),
}


@pytest.mark.parametrize("name", PUBLISHED)
def test_published_equilibria(name):
    table, answers = PUBLISHED[name]
    model = table.model()
    found = {concept: table.numbers(equilibria(model, concept)) for concept in answers}
    assert found == answers


def test_garrison_with_the_rule_of_gmcr_plus():
    model = published.GARRISON.model()
    found = {
        concept: published.GARRISON.numbers(equilibria(model, concept, ONCE_PER_DM))
        for concept in published.GARRISON_ONCE
    }
    assert found == published.GARRISON_ONCE


def test_garrison_state_6_tells_the_sanction_rules_apart():
    """6 -> 2 (Canadian Opposition) is sanctioned by 2 -> 1 -> 4 -> 3: US Support moves twice."""
    model = published.GARRISON.model()
    us_support, us_opposition, canadian_opposition = 0, 1, 2
    state = {number: model.states[number - 1] for number in (1, 2, 3, 4, 6)}
    assert stable(model, "gmr", canadian_opposition, state[6])
    assert not stable(model, "gmr", canadian_opposition, state[6], ONCE_PER_DM)
    assert state[2] in improvements(model, canadian_opposition, state[6])
    assert state[1] in moves(model, us_support, state[2])
    assert state[4] in moves(model, us_opposition, state[1])
    assert state[3] in moves(model, us_support, state[4])
    assert not model.better(canadian_opposition, state[3], state[6])


def test_plain_reads_statements_as_gmcr_plus_does():
    model = plain(examples.elmira_statements())
    place = {s: number for number, s in enumerate(model.states, start=1)}
    for concept, answer in examples.ELMIRA_STATEMENTS_ONCE.items():
        assert [place[s] for s in equilibria(model, concept, ONCE_PER_DM)] == answer
    assert model.labels == tuple(f"s{number}" for number in range(1, 13))


@pytest.mark.parametrize(
    ("conflict", "start"), [(examples.TWO_RULES, "calm"), (examples.TWO_RULES_OPTIONS, "s1")]
)
def test_a_small_example_tells_the_sanction_rules_apart(conflict, start):
    model = plain(conflict)
    s = model.states[model.labels.index(start)]
    for concept in ("gmr", "smr", "seq", "sseq"):
        assert stable(model, concept, 0, s)
        assert not stable(model, concept, 0, s, ONCE_PER_DM)


def test_smr_and_seq_are_not_nested():
    one, other = plain(examples.SEQ_NOT_SMR), plain(examples.SMR_NOT_SEQ)
    verdicts = [(stable(model, "seq", 0, "calm"), stable(model, "smr", 0, "calm")) for model in (one, other)]
    assert verdicts == [(True, False), (False, True)]


def test_nobody_moves_twice_in_a_row():
    model = plain(examples.TWICE_IN_A_ROW)
    assert legal_sequences(model, (1,), "push", ALL_MOVES) == {"half"}
    assert not stable(model, "gmr", 0, "calm")


# Moves of a set of decision makers


@pytest.mark.parametrize("improving", [ALL_MOVES, ONLY_IMPROVEMENTS])
@pytest.mark.parametrize("form", ["graph", "option"])
def test_pairs_and_omega_induction_find_the_same_states(form, improving):
    for seed in range(40):
        model = plain(random_conflict(seed, form))
        for i in model.everybody:
            for group in {model.opponents(i), model.everybody, (i,)}:
                for s in model.states[:12]:
                    by_pairs = legal_sequences(model, group, s, improving)
                    assert by_pairs == omega_induction(model, group, s, improving), f"seed {seed}"


@pytest.mark.parametrize("improving", [ALL_MOVES, ONLY_IMPROVEMENTS])
def test_pairs_find_what_the_sequences_themselves_find(improving):
    """Pairs of state and last mover do not repeat, so no sequence need be longer than their number."""
    for seed in range(60):
        model = plain(random_conflict(seed, "graph", most_states=4))
        group = model.everybody[:2]
        for s in model.states:
            longest = len(group) * len(model.states)
            by_sequences = ends_of_sequences(model, group, s, improving, longest)
            assert legal_sequences(model, group, s, improving) == by_sequences, f"seed {seed}"


def test_once_per_dm_reaches_no_more_than_legal_sequences_do():
    fewer = 0
    for seed in range(100):
        model = plain(random_conflict(seed))
        for s in model.states[:8]:
            once = once_per_dm(model, model.everybody, s, ALL_MOVES)
            legal = legal_sequences(model, model.everybody, s, ALL_MOVES)
            assert once <= legal
            fewer += once != legal
    assert fewer > 100


# Simultaneous moves


def test_an_infeasible_joint_result_does_not_sanction():
    """The prisoners would both defect at once; if that is infeasible, nothing deters either."""
    table = published.PRISONERS
    without_first = published.Table(table.states[1:], table.owners, ([2, 3, 1], [1, 3, 2]))
    for model, sanctioned in ((table.model(), True), (without_first.model(), False)):
        both = frozenset({0, 1})
        assert stable(model, "sim", 0, both) is sanctioned


def test_only_the_joint_result_must_be_feasible():
    """What j and k do at once is feasible, though what each of them does alone with i is not."""
    model = plain(examples.ONLY_TOGETHER)
    nothing, everything = model.states[0], model.states[-1]
    assert everything in joint_results(model, 0, nothing, model.states[1])
    assert stable(model, "sim", 0, nothing)
    assert not stable(model, "gmr", 0, nothing)


def test_joint_results_hold_the_improvement_alone():
    model = published.PRISONERS.model()
    both, alone = frozenset({0, 1}), frozenset({1})
    assert list(joint_results(model, 0, both, alone)) == [alone, frozenset()]


# Witnesses: true ones pass, and every way of being wrong is noticed


def move(mover: str, origin: str, target: str) -> Move:
    return Move(mover=mover, origin=origin, target=target)


def verdict(concept: str, dm: str, state: str, witness) -> Verdict:
    return Verdict(concept=concept, decision_maker=dm, state=state, witness=witness)


def deterred(improvement: Move, *sequence: Move, worse: bool = True, anyway: bool | None = None) -> Deterred:
    sanction = Sanction(
        improvement=improvement, sequence=sequence, result=sequence[-1].target, worse=worse, anyway=anyway
    )
    return Deterred(sanctions=(sanction,))


PUSH = move("a", "calm", "push")
PUNISHMENT = (move("b", "push", "answer"), move("c", "answer", "join"), move("b", "join", "punished"))
TRUE_DETERRED = verdict("gmr", "a", "calm", deterred(PUSH, *PUNISHMENT))


def test_true_witnesses_pass():
    model = plain(examples.TWO_RULES)
    for concept in ("gmr", "smr", "seq", "sseq"):
        check(replace(TRUE_DETERRED, concept=concept), model)
        check(verdict(concept, "a", "calm", Unpunished(improvement=PUSH)), model, ONCE_PER_DM)
    check(verdict("nash", "a", "push", NoMove()), model)
    check(verdict("gmr", "c", "join", NoMove()), model)
    escape = Unpunished(
        improvement=move("i", "calm", "push"),
        reply=(move("j", "push", "reply"),),
        escape=move("i", "reply", "escape"),
    )
    check(verdict("smr", "i", "calm", escape), plain(examples.SEQ_NOT_SMR))
    check(
        verdict("nash", "j", "s3", NoImprovement(targets=("s1",))),
        plain(examples.ANYWAY),
    )


WRONG = [
    ("there are moves", "nash", "a", "calm", NoMove()),
    ("a move is an improvement", "nash", "a", "calm", NoImprovement(targets=("push",))),
    ("no move at all", "nash", "a", "push", NoImprovement(targets=())),
    ("0 states listed, 1 expected", "nash", "b", "join", NoImprovement(targets=())),
    ("other states", "nash", "b", "join", NoImprovement(targets=("calm",))),
    ("nothing deters under Nash", "nash", "a", "calm", TRUE_DETERRED.witness),
    ("no improvement to deter", "gmr", "c", "calm", Deterred(sanctions=())),
    ("0 states listed, 1 expected", "gmr", "a", "calm", Deterred(sanctions=())),
    ("2 states listed", "gmr", "a", "calm", Deterred(sanctions=TRUE_DETERRED.witness.sanctions * 2)),
    ("the result is better", "gmr", "a", "calm", deterred(PUSH, PUNISHMENT[0])),
    ("begins elsewhere", "gmr", "a", "calm", deterred(PUSH, *PUNISHMENT[1:])),
    ("do not follow on each other", "gmr", "a", "calm", deterred(PUSH, PUNISHMENT[0], PUNISHMENT[2])),
    ("no such move", "gmr", "a", "calm", deterred(PUSH, move("b", "push", "punished"))),
    ("somebody else", "gmr", "a", "calm", deterred(replace(PUSH, mover="b"), *PUNISHMENT)),
    ("from elsewhere", "gmr", "a", "calm", deterred(replace(PUSH, origin="join"), *PUNISHMENT)),
    ("other states", "gmr", "a", "calm", deterred(replace(PUSH, target="join"), *PUNISHMENT)),
    ("anyway", "gmr", "a", "calm", deterred(PUSH, *PUNISHMENT, anyway=False)),
    ("worse, or a tie", "gmr", "a", "calm", deterred(PUSH, *PUNISHMENT, worse=False)),
    ("there is a sanction", "gmr", "a", "calm", Unpunished(improvement=PUSH)),
    ("no such move", "nash", "a", "calm", Unpunished(improvement=replace(PUSH, target="join"))),
    ("not an improvement", "nash", "b", "push", Unpunished(improvement=move("b", "push", "answer"))),
    ("a reply goes with an escape", "nash", "a", "calm", Unpunished(improvement=PUSH, reply=PUNISHMENT)),
]


@pytest.mark.parametrize(("reason", "concept", "dm", "state", "witness"), WRONG)
def test_wrong_witnesses_are_noticed(reason, concept, dm, state, witness):
    model = plain(examples.TWO_RULES)
    if reason == "not an improvement":
        model = replace(model, rank=lambda i, s: 0, answers={})
    with pytest.raises(AssertionError, match=reason):
        check(verdict(concept, dm, state, witness), model)


def test_a_reply_and_an_escape_must_both_hold():
    model = plain(examples.SEQ_NOT_SMR)
    true = Unpunished(
        improvement=move("i", "calm", "push"),
        reply=(move("j", "push", "reply"),),
        escape=move("i", "reply", "escape"),
    )
    for reason, wrong in (
        ("there is a reply", replace(true, reply=(), escape=None)),
        ("escape begins elsewhere", replace(true, escape=move("i", "push", "escape"))),
        ("no such move", replace(true, escape=move("i", "reply", "push"))),
        ("begins elsewhere", replace(true, reply=(move("j", "calm", "reply"),))),
    ):
        with pytest.raises(AssertionError, match=reason):
            check(verdict("smr", "i", "calm", wrong), model)


def test_a_second_move_of_an_opponent_is_noticed_under_once_per_dm():
    with pytest.raises(AssertionError, match="second time"):
        check(TRUE_DETERRED, plain(examples.TWO_RULES), ONCE_PER_DM)


def test_two_moves_in_a_row_are_noticed():
    in_a_row = deterred(move("i", "calm", "push"), move("j", "push", "half"), move("j", "half", "punished"))
    with pytest.raises(AssertionError, match="in a row"):
        check(verdict("gmr", "i", "calm", in_a_row), plain(examples.TWICE_IN_A_ROW))


def test_a_reply_that_is_not_credible_is_noticed():
    reply = deterred(move("i", "calm", "push"), move("j", "push", "reply"))
    model = plain(examples.SMR_NOT_SEQ)
    check(verdict("smr", "i", "calm", reply), model)
    with pytest.raises(AssertionError, match="not credible"):
        check(verdict("seq", "i", "calm", reply), model)


def test_a_reply_that_can_be_escaped_from_is_noticed():
    reply = deterred(move("i", "calm", "push"), move("j", "push", "reply"))
    model = plain(examples.SEQ_NOT_SMR)
    check(verdict("seq", "i", "calm", reply), model)
    with pytest.raises(AssertionError, match="can escape"):
        check(verdict("sseq", "i", "calm", reply), model)


@pytest.mark.parametrize(("conflict", "anyway"), [(examples.ANYWAY, True), (examples.ONLY_AFTER, False)])
def test_whether_the_harm_comes_anyway(conflict, anyway):
    model = plain(conflict)
    for said in (True, False, None):
        said_so = deterred(move("i", "s1", "s2"), move("j", "s2", "s4"), anyway=said)
        if said is anyway:
            check(verdict("seq", "i", "s1", said_so), model)
        else:
            with pytest.raises(AssertionError):
                check(verdict("seq", "i", "s1", said_so), model)


def test_a_simultaneous_sanction_is_checked():
    """Both prisoners defect at once, each from the state in which both cooperate."""
    tiers = {"i": [("s3",), ("s4",), ("s1",), ("s2",)], "j": [("s2",), ("s4",), ("s1",), ("s3",)]}
    model = plain(examples.with_options({"i": ("i.x",), "j": ("j.y",)}, tiers))
    defect = move("i", "s4", "s3")
    at_once = Sanction(
        improvement=defect, sequence=(move("j", "s4", "s2"),), result="s1", worse=True, anyway=None
    )
    check(verdict("sim", "i", "s4", Deterred(sanctions=(at_once,))), model)
    in_turn = replace(at_once, sequence=(move("j", "s3", "s1"),))
    not_there = replace(at_once, result="s2")
    for wrong in (in_turn, not_there, replace(at_once, sequence=()), replace(at_once, anyway=False)):
        with pytest.raises(AssertionError):
            check(verdict("sim", "i", "s4", Deterred(sanctions=(wrong,))), model)


def test_every_core_concept_is_known():
    model = published.CHICKEN.model()
    assert set(CORE) == set(published.CHICKEN_ANSWERS)
    assert all(isinstance(stable(model, concept, 0, model.states[0]), bool) for concept in CORE)
