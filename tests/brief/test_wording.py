"""What the sentences of a brief call things: parties, reasons, steps and states."""

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
