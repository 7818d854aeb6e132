"""Small games worked by hand: the same ends are on the page docs/concepts/foresight.md."""

from __future__ import annotations

import pytest

import standoff
from standoff.errors import UsageError
from standoff.study import prepare


def expected(case, state, horizon=4):
    found = standoff.foresight(prepare(f"case:{case}"), state, horizon)
    return {each.decision_maker: [one.end for one in each.horizons] for each in found.limited}


def ever(case, state):
    found = standoff.foresight(prepare(f"case:{case}"), state, kinds="nonmyopic")
    return {each.decision_maker: (each.stable, each.since, each.ends) for each in found.nonmyopic}


def test_the_prisoners_hold_out_if_they_look_two_moves_ahead():
    assert expected("prisoners-dilemma", "cooperate", 3) == {
        "one": ["two_cooperates", "cooperate", "cooperate"],
        "two": ["one_cooperates", "cooperate", "cooperate"],
    }
    assert expected("prisoners-dilemma", "defect", 3) == {"one": ["defect"] * 3, "two": ["defect"] * 3}
    assert expected("prisoners-dilemma", "two_cooperates", 3) == {
        "one": ["two_cooperates"] * 3,
        "two": ["defect"] * 3,
    }


def test_both_kinds_of_rest_of_the_prisoners_are_non_myopic():
    assert ever("prisoners-dilemma", "cooperate") == {
        "one": (True, 2, ("cooperate",)),
        "two": (True, 2, ("cooperate",)),
    }
    found = standoff.foresight(prepare("case:prisoners-dilemma"), kinds=["nonmyopic"])
    assert {each.equilibria for each in found.nonmyopic} == {2}


def test_in_chicken_only_yielding_by_both_is_non_myopic():
    found = standoff.foresight(prepare("case:chicken"), "both_swerve", kinds=["nonmyopic"])
    assert [each.stable for each in found.nonmyopic] == [True, True]
    assert {each.equilibria for each in found.nonmyopic} == {1}


def test_in_chicken_the_leader_gets_its_way():
    found = standoff.foresight(prepare("case:chicken"), kinds=["stackelberg"])
    assert [(each.leader, each.equilibria) for each in found.stackelberg] == [
        ("row", ("col_swerves",)),
        ("col", ("row_swerves",)),
    ]
    assert not any(each.stable for each in found.stackelberg)


MATCHING = """\
standoff: 1
name: Matching
decision_makers:
  even:
    name: Even
    options: {side: Heads}
    ranking: [both, none, odd_only, even_only]
  odd:
    name: Odd
    options: {side: Heads}
    ranking: [even_only, odd_only, both, none]
status_quo: []
states:
  none: []
  even_only: [even.side]
  odd_only: [odd.side]
  both: [even.side, odd.side]
"""


def test_where_expectations_go_round_the_cycle_is_told(tmp_path):
    (tmp_path / "matching.yaml").write_text(MATCHING, encoding="utf-8")
    study = prepare(tmp_path / "matching.yaml")
    told = {
        state: [
            (each.stable, each.since, each.ends)
            for each in standoff.foresight(study, state, kinds=["nonmyopic"]).nonmyopic
        ]
        for state in study.states
    }
    assert told == {
        "none": [(True, 0, ("none",)), (False, 1, ("odd_only", "both"))],
        "even_only": [(False, 2, ("odd_only", "both")), (True, 0, ("even_only",))],
        "odd_only": [(False, 0, ("odd_only", "both")), (True, 0, ("odd_only",))],
        "both": [(True, 0, ("both",)), (False, 2, ("both", "odd_only"))],
    }


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ({"horizon": 0}, "1 to 50, not 0"),
        ({"horizon": 51}, "1 to 50, not 51"),
        ({"kinds": ["maximum"]}, "Did you mean 'maximin'"),
        ({"at": "nowhere"}, "nowhere"),
    ],
)
def test_what_cannot_be_asked_is_refused_with_its_cure(arguments, told):
    with pytest.raises(UsageError, match=told):
        standoff.foresight(prepare("case:chicken"), **arguments)
