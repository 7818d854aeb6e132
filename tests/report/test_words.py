"""Sentences and pages are views of the witness: they change when it does, and escape what they show."""

import pytest

from standoff.files.reading import read_text
from standoff.report.words import explain, side_sentence
from standoff.study import analyse, prepare
from tests.example import TEXT


def study(text=TEXT):
    return prepare(read_text(text))


def test_each_kind_of_witness_has_its_sentence():
    told = study()
    assert explain(told, "s1", "us", "nash") == (
        "s1 (the status quo) is stable for United States under Nash (Nash stability): "
        "none of its 3 moves from there is better for it."
    )
    assert explain(told, "deal", "us", "nash") == (
        "deal is not stable for United States under Nash (Nash stability): "
        "it gains by dropping ‘Grant partial relief’ (s5)."
    )
    assert explain(told, "deal", "dprk", "sseq") == (
        "deal is stable for North Korea under SSEQ (symmetric sequential stability): "
        "each of its 2 improvements is deterred. "
        "If North Korea went to s2 by dropping ‘Freeze production’, United States would gain by dropping "
        "‘Grant partial relief’; that ends at s1, worse for North Korea than deal, and from there it has no "
        "move to a state better than deal. The others would gain by these moves even if it stayed, so staying "
        "does not avert them. "
        "If North Korea went to s10 by taking ‘Resume tests’ and dropping ‘Freeze production’, United States "
        "would gain by dropping ‘Grant partial relief’; that ends at s9, worse for North Korea than deal, and "
        "from there it has no move to a state better than deal. The others would gain by these moves even if "
        "it stayed, so staying does not avert them."
    )


def test_no_move_is_told_as_such():
    text = TEXT.replace("irreversible: []", "irreversible: [not us.relief, not us.exercises]")
    assert explain(study(text), "s1", "us", "seq").endswith("it has no move from there.")
    assert side_sentence(study(text), "s1", "us") == "United States holds: it has no move from s1."


def test_changing_the_preference_changes_the_sentence_with_the_verdict():
    before = side_sentence(study(), "s1", "dprk")
    assert before == "North Korea holds: none of its 2 moves from s1 is better for it."
    after = side_sentence(study(TEXT.replace("not dprk.freeze]", "dprk.freeze]")), "s1", "dprk")
    assert after == (
        "North Korea is held back under GMR: if it took an improvement, taking ‘Freeze production’ (s5), United States "
        "could answer by taking ‘Resume exercises’, which ends at s7, worse for North Korea than staying, "
        "though a step of that reply is no gain for the one who takes it."
    )
    keener = TEXT.replace("[us.relief, not us.exercises, not dprk.freeze]", "[dprk.freeze, us.relief]")
    assert side_sentence(study(keener), "s1", "dprk") == (
        "North Korea does not hold: it gains by taking ‘Freeze production’ (s5), "
        "and no reply of the others ends as bad for it as staying."
    )
    assert side_sentence(study(), "deal", "us") == (
        "United States is held back under SEQ: if it took the best of its 2 improvements, dropping ‘Grant partial relief’ "
        "(s5), North Korea would gain by dropping ‘Freeze production’, which ends at s1, worse for United States "
        "than staying; but the others would gain by that even if it stayed."
    )


@pytest.mark.parametrize("concept", ["nash", "gmr", "smr", "seq", "sseq", "sim"])
def test_every_sentence_agrees_with_its_verdict(concept):
    told = study()
    for state in told.states:
        for dm in told.decision_makers:
            holds = told.verdict(state, dm, concept).stable
            words = explain(told, state, dm, concept)
            assert (" is stable for " in words) == holds
            assert (" is not stable for " in words) == (not holds)


def test_the_notebook_page_shows_the_study_and_escapes_labels():
    hostile = TEXT.replace("United States", "<img src=x onerror=alert(1)>")
    page = analyse(read_text(hostile))._repr_html_()
    assert "<img" not in page
    assert "&lt;img src=x onerror=alert(1)&gt; holds" in page
    for label in ("s1 *", "deal", "s11", "Grant partial relief", "SSEQ"):
        assert label in page


def test_records_are_plain():
    found = analyse(read_text(TEXT)).records()
    deal = next(record for record in found if record["state"] == "deal")
    assert deal["options"] == ["us.relief", "dprk.freeze"]
    assert deal["stable"]["seq"] == ["us", "dprk"]
    assert deal["equilibrium"] == ["gmr", "smr", "seq", "sseq"]
