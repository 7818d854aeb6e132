"""What the sentences of a brief call things: parties, reasons, steps and states."""

import re

import pytest

from standoff.files.reading import read_text
from standoff.report.brief import brief
from standoff.study import analyse, load
from tests.example import TEXT

SILENT = """\
standoff: 1
name: One who does not say
decision_makers:
  a: {name: Ann, options: {x: Give}, prefers: [b.y, c.z]}
  b: {name: Ben, options: {y: Open}, prefers: [b.y]}
  c: {name: The others, options: {z: Join}, prefers: []}
status_quo: []
"""


def sections(source):
    """The sections of a brief, by key."""
    study = analyse(load(source) if source.startswith("case:") else read_text(source))
    return {part.key: part for chapter in brief(study).chapters for part in chapter.sections}


def texts(source, key):
    return [sentence.text for sentence in sections(source)[key].sentences]


def judgements(source):
    return {item.key: item for item in sections(source)["judgements"].blocks[0].items}


def test_staying_hangs_on_a_ranking_only_where_one_was_given():
    told = texts(SILENT, "wrong")
    assert (
        "That Ann would stay at s1 hangs on no statement: none tells a move of its own from staying." in told
    )
    assert "That Ben would leave s1 hangs on the statement ‘b.y’." in told
    assert (
        "That The others would stay at s1 hangs on nothing: no preference is stated, so all states count as equal."
        in told
    )
    elmira = texts("case:elmira-1991", "wrong")
    assert "That Uniroyal would stay at s1 hangs on the ranking as given, without reasons." in elmira
    assert not any("ranking" in text for text in texts("case:milk-river", "wrong"))


def test_who_has_no_preferences_is_named_where_it_counts_as_not_objecting():
    told = judgements(SILENT)["gains"].sentence.text
    assert "worse for nobody and better for some." in told
    assert told.endswith("No preference is stated of The others, taken to be indifferent.")
    assert "No preference" not in judgements(TEXT)["gains"].sentence.text


def test_what_deters_a_spoiler_is_no_better_for_the_spoiler():
    told = [text for text in texts(TEXT, "spoiling") if "is deterred by" in text]
    assert [text.split(" gains by it")[0] for text in told] == ["deal: United States", "deal: North Korea"]
    for text in told:
        party = text.removeprefix("deal: ").split(" gains by it")[0]
        assert f", no better for {party} than the deal." in text


GRAPH = """\
standoff: 1
name: Four states
decision_makers:
  a: {name: Alpha, moves: [[s1, s2], [s2, s1], [s3, s4]], ranking: [s4, s2, [s1, s3]]}
  b: {name: Beta, moves: [[s2, s3], [s1, s4]], ranking: [s3, s2, s4, s1]}
states: [s1, s2, s3, s4]
status_quo: s1
"""

CORNERED = """\
standoff: 1
name: Three states
decision_makers:
  a: {name: Alpha, moves: [[s1, s2]], ranking: [s2, s1, s3]}
  b: {name: Beta, moves: [[s2, s3]], ranking: [s3, s2, s1]}
states: [s1, s2, s3]
status_quo: s1
"""


@pytest.mark.parametrize("source", [GRAPH, CORNERED])
def test_a_move_in_graph_form_tells_once_where_it_leads(source):
    made = brief(analyse(read_text(source)))
    moving = [sentence.text for sentence in made.sentences if "moving to " in sentence.text]
    assert moving
    for text in moving:
        assert not re.search(r"moving to (\w+)(?: \(\1\)|, to \1\b|: from \w+ to \1\b)", text), text
        assert "which ends at" not in text, text


def test_one_state_is_not_told_as_many():
    assert judgements(GRAPH)["places"].sentence.text == (
        "The other Nash equilibrium, s4, would hold once reached (SEQ)."
    )
    assert judgements(TEXT)["places"].sentence.text == (
        "The named state, deal, would hold once reached (SEQ)."
    )


def test_what_deters_the_step_that_pays_is_told_with_it():
    assert judgements(CORNERED)["first-step"].sentence.text == (
        "The step that pays most: Alpha by moving to s2, which credible replies deter and which would not hold "
        "(SEQ)."
    )
    found = judgements("case:elmira-1991")
    assert found["today"].sentence.text == (
        "The status quo, s1, is held only by threats that it would not pay to carry out: Local government "
        "would gain by moving alone, but each gain meets replies that can be made, but not all at a gain."
    )
    assert (
        " (s7), which only replies that would not pay deter and which would hold (SEQ)."
        in found["first-step"].sentence.text
    )


def test_the_concept_is_named_where_staying_and_leaving_are_told_of_one_state():
    table = texts("case:chicken", "states")
    assert any(text.startswith("Row is held back under GMR: if it took an improvement") for text in table)
    told = texts("case:chicken", "places")
    assert any(
        text.startswith("State both_swerve would not hold (SEQ). Row would leave (SEQ): ") for text in told
    )
    assert any(
        text.startswith("That Local government would stay at s1 (GMR) hangs on")
        for text in texts("case:elmira-1991", "wrong")
    )


def test_why_staying_ranks_before_a_move_that_pays_at_once():
    first, *_ = texts("case:chicken", "moves")
    assert first == (
        "For Row at collision its only move does not rank before staying: it is a gain at once, but others "
        "may act first, and then play settles no worse than at col_swerves, which ranks higher than "
        "row_swerves, where it can settle after the move."
    )
    stays, *_ = texts(CORNERED, "moves")
    assert "but if it stays, play settles no worse than at s1, which ranks higher than s3" in stays


def test_an_option_is_told_with_its_owner_where_the_label_is_not_enough():
    table, *_ = sections("case:chicken")["places"].blocks
    cells = {row[0]: row[1] for row in table.rows}
    assert cells["row_swerves"] == "today with ‘Row: Swerve’"
    assert cells["both_swerve"] == "today with ‘Row: Swerve’ and ‘Column: Swerve’"
    assert "Row by taking ‘Swerve’ (row_swerves)" in judgements("case:chicken")["first-step"].sentence.text


def test_who_gives_first_is_told_with_the_way_it_is_on():
    rests = [each.text for each in judgements("case:north-korea-2019")["first-step"].rests_on]
    goals = re.findall(r"must give first on the cheapest way to ([\w-]+): ", " ".join(rests))
    assert goals == ["package", "freeze-for-relief", "phased"]


def test_key_judgements_call_options_by_label_and_tell_no_distance_in_ranks():
    found = judgements("case:north-korea-2019")
    told = [each.text for item in found.values() for each in (*item.rests_on, *item.overturned_by)]
    assert (
        "United States takes up ‘Grant full relief and normal economic relations’ as its statement 2: then today "
        "is not stable for United States under Nash (1 edit of a statement; nothing less does)."
    ) in told
    assert any("it gives up the wish not ‘Agree to the end point" in text for text in told)
    assert not any(re.search(r"\branks?\b", text) for text in told if "must give" in text)
    assert [text for text in told if text[0].islower()] == []
    assert 3 <= len(found) <= 5
    assert found["waiting"].sentence.text.startswith("United States should ")
