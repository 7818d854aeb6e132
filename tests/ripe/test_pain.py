"""Pain comes from the file alone: the line of each party, the failing condition, the headline."""

import json

import pytest

from standoff.analyses.changes import compared
from standoff.files.reading import read_text
from standoff.report.changes import told
from standoff.report.ripeness import ripeness_document, ripeness_lines, ripeness_sentence
from standoff.study import analyse
from standoff.study.ripeness import ripe
from tests.example import TEXT

LISTED = """\
standoff: 1
name: Listed
states: [calm, push, deal]
status_quo: calm
decision_makers:
  a: {name: A, moves: [[calm, push]], ranking: [deal, calm, push], bearable: [deal]}
  b: {name: B, moves: [[push, deal]], ranking: [deal, push, calm], bearable: {states: [], evidence: assumption}}
"""


def bearing(us=None, dprk=None):
    text = TEXT
    for name, what in (("us", us), ("dprk", dprk)):
        if what:
            text = text.replace(f"  {name}:\n", f"  {name}:\n    bearable: {what}\n")
    return analyse(read_text(text).conflict)


def told_at_nothing(us=None, dprk=None):
    study = bearing(us, dprk)
    found = ripe(study, "s1")
    return (
        found.failing,
        ripeness_sentence(study, found),
        dict(ripeness_lines(study, found))["Going on hurts"],
    )


def test_a_mutually_hurting_stalemate():
    failing, sentence, lines = told_at_nothing(
        "{statement: dprk.freeze, note: Congress asks., evidence: assumption}", "us.relief"
    )
    assert failing is None
    assert sentence.startswith("s1 (the status quo) is a mutually hurting stalemate with a way out: neither")
    assert sentence.endswith(
        "Going on hurts United States (an assumption) and North Korea (stated without evidence)."
    )
    assert lines == [
        (
            "United States: going on hurts; bearable only where ‘dprk.freeze’ is true, which is false at s1 "
            "(an assumption). Congress asks."
        ),
        (
            "North Korea: going on hurts; bearable only where ‘us.relief’ is true, which is false at s1 "
            "(stated without evidence)."
        ),
    ]


def test_one_who_can_bear_to_stay_is_the_failing_condition():
    failing, sentence, _ = told_at_nothing("{statement: not dprk.test, evidence: assumption}", "us.relief")
    assert failing == "hurts"
    assert sentence.startswith(
        "s1 (the status quo) is a stalemate, but not a mutually hurting one: neither can "
        "win, and United States can bear to stay (an assumption). 2 states are better for"
    )
    assert sentence.endswith("Going on hurts North Korea (stated without evidence).")
    assert told_at_nothing("not dprk.test")[0] == "hurts"


def test_what_is_stated_of_one_only_leaves_the_other_open():
    failing, sentence, lines = told_at_nothing(dprk="us.relief")
    assert failing is None
    assert " is a stalemate with a way out: " in sentence
    assert sentence.endswith(
        "Going on hurts North Korea (stated without evidence); whether going on hurts United States is not stated."
    )
    assert lines[-1] == "Not stated for United States."


def test_who_can_win_comes_first():
    study = analyse("case:chicken")
    assert ripe(study, "collision").failing == "cannot win"
    text = TEXT.replace("  us:\n", "  us:\n    bearable: not test\n")
    study = analyse(read_text(text).conflict)
    found = next(
        found
        for found in (ripe(study, label, lever_time=0) for label in study.states)
        if found.failing == "cannot win" and found.rows[0].hurts is False
    )
    assert "United States can bear to stay (stated without evidence)" in ripeness_sentence(study, found)


def test_states_of_a_graph_form():
    study = analyse(read_text(LISTED).conflict)
    found = ripe(study)
    assert [row.hurts for row in found.rows] == [True, True]
    assert dict(ripeness_lines(study, found))["Going on hurts"] == [
        "A: going on hurts; bearable only in deal (stated without evidence).",
        "B: going on hurts; nowhere bearable (an assumption).",
    ]
    assert [row.hurts for row in ripe(study, "deal").rows] == [False, True]
    entries = [row["bearable"] for row in ripeness_document(study, found)["rows"]]
    assert entries == [
        {"states": ["deal"], "note": None, "rests_on": "stated without evidence"},
        {"states": [], "note": None, "rests_on": "an assumption"},
    ]


def test_the_document_is_plain_json():
    study = bearing("not dprk.test")
    document = json.loads(json.dumps(ripeness_document(study, ripe(study))))
    assert [row["hurts"] for row in document["rows"]] == [False, "not stated"]
    assert [row["bearable"] and row["bearable"]["statement"] for row in document["rows"]] == [
        "not dprk.test",
        None,
    ]
    assert document["failing"] == "hurts"


@pytest.mark.parametrize(("us", "more"), [("not dprk.test", True), (None, False)])
def test_comparing_does_not_call_another_level_nothing(us, more):
    found = compared(bearing().conflict, bearing(us).conflict)
    headline = told(found).headline
    assert headline.endswith("Whether going on hurts is not compared.") == more
