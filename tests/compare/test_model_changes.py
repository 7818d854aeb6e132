"""The list of changes: made on the older model it gives the newer one, and each has words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standoff.cases import case_names
from standoff.files.reading import read_text
from standoff.model.changes import applied, closed, model_changes
from standoff.model.conflict import Conflict, Prioritising, Weighting
from standoff.model.fingerprint import fingerprint
from standoff.model.statement import options_in
from standoff.report.change_words import Wording
from standoff.study import load
from tests.compare.pairs import random_pair
from tests.example import TEXT
from tests.oracles.conflicts import conflicts


def assert_they_lead_from_one_to_the_other(older: Conflict, newer: Conflict) -> None:
    changes = model_changes(older, newer)
    assert applied(older, ()) == older
    assert fingerprint(applied(older, changes)) == fingerprint(newer)
    assert fingerprint(applied(older, reversed(changes))) == fingerprint(newer)
    apart = [change for change in changes if not change.matters]
    assert fingerprint(applied(older, apart)) == fingerprint(older)
    if len(apart) == len(changes):
        assert fingerprint(older) == fingerprint(newer)
    words = Wording(older, newer)
    for change in changes:
        assert words.sentence(change).endswith(".")
        assert words.short(change)


@pytest.mark.parametrize("first", range(0, 300, 100))
def test_random_pairs(first):
    for seed in range(first, first + 100):
        assert_they_lead_from_one_to_the_other(*random_pair(seed))


@pytest.mark.slow
@pytest.mark.parametrize("first", range(300, 4_300, 500))
def test_many_random_pairs(first):
    for seed in range(first, first + 500):
        assert_they_lead_from_one_to_the_other(*random_pair(seed))


@given(conflicts(), conflicts())
def test_pairs_that_shrink(older, newer):
    assert_they_lead_from_one_to_the_other(older, newer)


@pytest.mark.parametrize("name", case_names())
def test_every_pair_of_variants_of_the_shipped_cases(name):
    base = load(f"case:{name}")
    models = [base.conflict, *(load(f"case:{name}", variant).conflict for variant in base.variants)]
    for older in models:
        for newer in models:
            assert_they_lead_from_one_to_the_other(older, newer)
            assert (older == newer) == (model_changes(older, newer) == ())
            assert applied(older, model_changes(older, newer)) == newer


@given(st.integers(0, 10**6), st.randoms(use_true_random=False))
def test_what_hangs_together_is_taken_back_together(seed, random):
    """After taking back a closed set, nothing mentions an option or a decision maker that is not there."""
    older, newer = random_pair(seed)
    changes = model_changes(older, newer)
    wanted = {k for k in range(len(changes)) if random.random() < 0.3}
    back = closed(changes, wanted)
    assert wanted <= back
    assert closed(changes, back) == back
    between = applied(older, [change for k, change in enumerate(changes) if k not in back])
    assert_nothing_is_missing(between)


def assert_nothing_is_missing(conflict: Conflict) -> None:
    known = {option.name for option in conflict.options}
    ids = {dm.id for dm in conflict.decision_makers}
    statements = [rule.statement for rule in conflict.feasible]
    statements += [part for move in conflict.forbidden_moves for part in (move.origin, move.target)]
    for dm in conflict.decision_makers:
        if isinstance(dm.preference, Prioritising):
            statements += [rule.statement for rule in dm.preference.statements]
        if isinstance(dm.preference, Weighting):
            statements += [rule.statement for rule, _ in dm.preference.weights]
        if dm.bearable is not None and dm.bearable.statement is not None:
            statements.append(dm.bearable.statement)
    assert {name for each in statements for name in options_in(each.expression)} <= known
    assert {literal.option for literal in conflict.irreversible} <= known
    assert {move.by for move in conflict.forbidden_moves} <= ids
    assert {member for coalition in conflict.coalitions for member in coalition.members} <= ids
    if conflict.is_graph_form:
        labels = {state.name for state in conflict.states}
        assert conflict.status_quo in labels
        assert {end for dm in conflict.decision_makers for move in dm.moves for end in move} <= labels
        assert {
            label for dm in conflict.decision_makers if dm.bearable for label in dm.bearable.states
        } <= labels
    else:
        assert conflict.status_quo <= known
        assert {option for state in conflict.states for option in state.taken} <= known


def test_two_forms_are_one_change():
    older, newer = (
        next(c for c in map(draw, range(50)) if c.is_graph_form is form) for form in (True, False)
    )
    assert_they_lead_from_one_to_the_other(older, newer)
    assert_they_lead_from_one_to_the_other(newer, older)


def draw(seed: int) -> Conflict:
    return random_pair(seed)[0]


EXAMPLE = read_text(TEXT).conflict

EDITS = [
    ("    prefers: [us.relief, not us.exercises", "    prefers: [not us.exercises, us.relief",
     ["North Korea: the statement ‘not us.exercises’ moved up from place 2 to place 1."]),
    ("      - dprk.freeze\n", "",
     ["United States no longer has the statement ‘dprk.freeze’, before in place 2."]),
    ("      - dprk.freeze\n", "      - dprk.freeze\n      - us.relief\n",
     ["United States has a new statement in place 3: ‘us.relief’."]),
    ("statement: not us.relief,", "statement: not us.relief or dprk.freeze,",
     ["United States: the statement ‘not us.relief or dprk.freeze’ (no-crumbs) stands in the place of ‘not us.relief’."]),
    ("id: no-crumbs", "id: no-small-deals", ["United States: no-crumbs is now called no-small-deals."]),
    ("note: small deals reward delay", "note: as always", ["United States: no-crumbs has another note or other evidence."]),
    ("    prefers: [us.relief, not us.exercises, not dprk.freeze]", "    weights: {us.relief: 2}",
     ["The preference of North Korea is given by weights, before by statements in order."]),
    ("  - at_most_one(dprk.freeze, dprk.test)", "  - not us.exercises",
     ["Rule dropped: states need no longer satisfy ‘at_most_one(dprk.freeze, dprk.test)’.",
      "New rule: every state must satisfy ‘not us.exercises’."]),
    ("irreversible: []", "irreversible: [dprk.test, not us.relief]",
     ["‘dprk.test’ can now not be left once it is true.", "‘not us.relief’ can now not be left once it is true."]),
    ("forbidden_moves: []", "forbidden_moves: [{by: us, from: us.relief, to: not us.relief}]",
     ["For United States every move from ‘us.relief’ to ‘not us.relief’ is now forbidden."]),
    ("status_quo: []", "status_quo: [us.relief]", ["In the status quo ‘Grant partial relief’ (us.relief) is now taken."]),
    ("  deal: [us.relief, dprk.freeze]", "  deal: [dprk.freeze]",
     ["The name deal stands for another state: dprk.freeze; before dprk.freeze, us.relief."]),
    ("  deal: [us.relief, dprk.freeze]", "  bargain: [us.relief, dprk.freeze]", ["deal is now called bargain."]),
    ("  deal: [us.relief, dprk.freeze]", "  deal: [us.relief, dprk.freeze]\n  crisis: [dprk.test]",
     ["The state crisis is now named: dprk.test."]),
    ("as_of: 2019-07-01", "as_of: 2019-08-01", ["The model is as of 2019-08-01, before as of 2019-07-01."]),
    ("as_of: 2019-07-01\n", "", ["The model is as of no date, before as of 2019-07-01."]),
    ("name: United States", "name: Washington", ["United States is now called Washington."]),
    ("exercises: Resume exercises", "exercises: Exercises", ["United States: ‘Resume exercises’ (us.exercises) is now called ‘Exercises’ (us.exercises)."]),
    ("      exercises: Resume exercises\n", "      exercises: Resume exercises\n      talk: Talk\n",
     ["United States has a new option: ‘Talk’ (us.talk)."]),
    ("name: Two-party example", "name: Another", ["The conflict is now called Another, before Two-party example."]),
    ("irreversible: []", "coalitions: {allies: [us, dprk]}", ["New coalition: allies, United States and North Korea."]),
    ("    name: United States\n", "    name: United States\n    bearable: not dprk.test\n",
     ["It is now stated that United States can bear to stay only where ‘not dprk.test’ is true."]),
    ("irreversible: []", "note: new", ["The note of the model is another one."]),
    ("irreversible: []", "sources: {rogin: {title: A column, published: 2019-04-25}}", ["New source: A column."]),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "expected"), EDITS, ids=[edit[2][0][:60] for edit in EDITS])
def test_what_is_said_of_an_edit(old, new, expected):
    assert TEXT.count(old) == 1
    newer = read_text(TEXT.replace(old, new)).conflict
    changes = model_changes(EXAMPLE, newer)
    words = Wording(EXAMPLE, newer)
    assert [words.sentence(change) for change in changes] == expected
    assert_they_lead_from_one_to_the_other(EXAMPLE, newer)
    assert_they_lead_from_one_to_the_other(newer, EXAMPLE)
    same = fingerprint(newer) == fingerprint(EXAMPLE)
    assert same == (not any(change.matters for change in changes))


def test_the_words_of_a_preference_by_weights():
    one = read_text(
        TEXT.replace(
            "    prefers: [us.relief, not us.exercises, not dprk.freeze]",
            "    weights: {us.relief: 2, dprk.test: 1}",
        )
    ).conflict
    other = read_text(
        TEXT.replace(
            "    prefers: [us.relief, not us.exercises, not dprk.freeze]",
            "    weights: {us.relief: 3, us.exercises: -1}",
        )
    ).conflict
    words = Wording(one, other)
    assert [words.sentence(change) for change in model_changes(one, other)] == [
        "North Korea no longer has the statement ‘dprk.test’, before with weight 1.",
        "North Korea has a new statement with weight -1: ‘us.exercises’.",
        "North Korea: the weight of ‘us.relief’ is now 3, before 2.",
    ]


def test_a_statement_that_only_stands_differently_written_is_no_change():
    older = read_text(TEXT.replace("- dprk.freeze\n", "- dprk.freeze or us.relief\n")).conflict
    newer = read_text(TEXT.replace("- dprk.freeze\n", "- us.relief or dprk.freeze\n")).conflict
    assert model_changes(older, newer) == ()


def bearing(what: str, text: str = TEXT) -> Conflict:
    return read_text(text.replace("  dprk:\n", f"  dprk:\n    bearable: {what}\n")).conflict


@pytest.mark.parametrize(
    ("before", "after", "expected", "matters"),
    [
        ("relief", "not test", "North Korea: it can now bear to stay only where ‘not test’ is true; before only where ‘relief’ is true.", True),
        ("relief", "{statement: relief, note: why}", "North Korea: what it can bear has another note or other evidence.", False),
    ],
)  # fmt: skip
def test_another_level_is_a_change_and_another_reason_is_none_that_matters(before, after, expected, matters):
    older, newer = bearing(before), bearing(after)
    (change,) = model_changes(older, newer)
    assert (Wording(older, newer).sentence(change), change.matters) == (expected, matters)
    for one, other in [(older, newer), (newer, older), (EXAMPLE, newer), (newer, EXAMPLE)]:
        assert_they_lead_from_one_to_the_other(one, other)
        assert applied(one, model_changes(one, other)) == other


def test_it_is_found_beside_a_preference_of_another_kind():
    weights = TEXT.replace(
        "    prefers: [us.relief, not us.exercises, not dprk.freeze]", "    weights: {us.relief: 2}"
    )
    older, newer = bearing("relief"), bearing("not relief", weights)
    assert applied(older, model_changes(older, newer)) == newer
    assert len(model_changes(older, newer)) == 2


def test_the_date_matters_to_the_fingerprint_and_the_note_does_not():
    newer = replace(EXAMPLE, as_of=date(2020, 1, 1), note="x")
    assert [change.matters for change in model_changes(EXAMPLE, newer)] == [False, True]


def test_what_moved_is_as_little_as_can_be():
    rules = list(read_text(TEXT).conflict.decision_makers[0].preference.statements)
    random = Random(4)
    for _ in range(50):
        place, goal = random.randrange(len(rules)), random.randrange(len(rules))
        order = rules[:place] + rules[place + 1 :]
        order.insert(goal, rules[place])
        dms = (
            replace(EXAMPLE.decision_makers[0], preference=Prioritising(statements=tuple(order))),
            *EXAMPLE.decision_makers[1:],
        )
        assert len(model_changes(EXAMPLE, replace(EXAMPLE, decision_makers=dms))) == (place != goal)
