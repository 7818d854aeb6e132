"""Sentences: likelihood words with number and range, both guards, what is assumed, and silence held back."""

from __future__ import annotations

import json
import re

import pytest

from standoff.files.reading import read_text
from standoff.report.belief import belief_document, belief_sentences, belief_view, matrix_view
from standoff.report.belief.words import SILENCE_ALONE, factor, nats, percent, share
from standoff.report.brief import Asked, brief, brief_document, brief_html
from standoff.study import analyse, prepare
from standoff.study.belief import belief
from tests.belief.literal import logged_conflict
from tests.timing.example import GRAPH, TEXT

GROUPED = TEXT.replace(
    "{day: 2019-05-17, label: No more tests, mover: dprk, sets: [not dprk.test], ",
    "{day: 2019-05-17, label: No more tests, mover: dprk, sets: [not dprk.test], group: spring, ",
)
QUIET = (
    TEXT.partition("events:\n")[0].replace("{arsenal: 1}", "{arsenal: 2}")
    + "contingency:\n"
    + TEXT.partition("contingency:\n")[2]
)


def told(text: str, **options) -> list[str]:
    study = prepare(read_text(text))
    return belief_sentences(study, belief(study), **options)


def printed(view) -> str:
    from rich.console import Console

    console = Console(width=1000, highlight=False)
    with console.capture() as captured:
        console.print(view)
    return captured.get()


def test_the_sentences_of_the_example() -> None:
    assert told(TEXT) == [
        "As of 2019-07-01, dprk is ‘Would deal’ (dealer): almost no chance (1 %; this means 1 to 5 %).",
        "The prior of ‘Would deal’ is 30 %, an assumption.",
        "The log multiplies the odds of ‘Would deal’ by 0.0251 (-3.69 nats): what happened by 0.0225, the silences by 1.11.",
        "With half the weight of evidence it would be 6 %; no two events are said to have a common origin.",
    ]
    assert told(TEXT, yardstick="none")[0] == "As of 2019-07-01, dprk is ‘Would deal’ (dealer): 1 %."


def test_events_of_common_origin_give_both_totals() -> None:
    assert told(GROUPED)[3] == (
        "With half the weight of evidence it would be 6 %; with events of common origin counted once, 2 %; "
        "with both, 9 %."
    )


def test_silence_that_rules_is_held_back() -> None:
    assert SILENCE_ALONE in told(QUIET)
    assert SILENCE_ALONE not in told(TEXT)


def test_of_three_types_each_is_told() -> None:
    conflict = next(c for c in map(logged_conflict, range(100)) if len(c.types.types) == 3 and c.events)
    study = prepare(conflict)
    lines = belief_sentences(study, belief(study, 0.1))
    assert sum(line.startswith("As of ") for line in lines) == 3
    assert sum(line.startswith("The prior of ") for line in lines) == 3


def test_a_likelihood_word_never_stands_with_confidence() -> None:
    for text in (TEXT, GROUPED, QUIET):
        study = prepare(read_text(text))
        found = belief(study)
        for view in (belief_view(study, found), matrix_view(study, found)):
            assert "confiden" not in printed(view)


@pytest.mark.parametrize(
    ("weight", "wanted"),
    [
        (0, "x 1"),
        (1.0986122886681098, "x 3"),
        (-0.6931471805599453, "x 0.5"),
        (30, "x 1.1e+13"),
        (-1000, "x 5.1e-435"),
    ],
)
def test_factors(weight: float, wanted: str) -> None:
    assert factor(weight) == wanted


def test_numbers_never_become_certain() -> None:
    assert (percent(0.0), percent(1.0)) == ("almost 0 %", "almost 100 %")
    assert (share(0.0), share(1.0), share(0.305)) == ("<0.1 %", ">99.9 %", "30.5 %")
    assert (nats(0.0), nats(-0.001), nats(-0.006), nats(2)) == ("0.00", "0.00", "-0.01", "+2.00")


def test_the_document_adds_up_and_is_plain_json() -> None:
    study = prepare(read_text(GROUPED))
    document = json.loads(json.dumps(belief_document(study, belief(study)), allow_nan=False))
    assert document["schema"] == "standoff.belief/1"
    assert [entry["kind"] for entry in document["entries"]] == ["silence", "event"] * 4 + ["silence"]
    events, silences = document["weights"]["events"][0], document["weights"]["silences"][0]
    assert events + silences == pytest.approx(sum(entry["weights"][0] for entry in document["entries"]))
    sums = document["matrix"]["sums"]
    assert sums[0] - sums[1] == pytest.approx(events + silences)
    assert document["matrix"]["groups"][0]["id"] == "spring"
    assert all(ground["assumption"] for ground in document["grounds"])
    assert {ground["kind"] for ground in document["grounds"]} == {
        "prior",
        "opportunities",
        "choice",
        "step",
        "signal",
    }


def test_a_default_choice_is_an_assumption() -> None:
    text = GRAPH.replace("status_quo: wait", "status_quo: deal\nas_of: 2019-07-01")
    text = text.replace("  choice: {kappa: best, evidence: assumption}\n", "")
    study = prepare(read_text(text))
    (choice,) = (ground for ground in belief(study, 0.01).grounds if ground.kind == "choice")
    assert choice.value is None
    assert choice.is_assumption
    assert "best reply" in printed(belief_view(study, belief(study, 0.01)))


def test_a_long_log_is_summed_up_and_still_adds_up() -> None:
    study = prepare(read_text(TEXT))
    found = belief(study)
    short = printed(belief_view(study, found, 2))
    assert "lines together" in short
    assert "lines together" not in printed(belief_view(study, found))
    table = short.partition("when ")[2].partition("\nTotals")[0]
    weights = [float(cell) for cell in re.findall(r" ([+-]?\d+\.\d\d) +x ", table)]
    assert sum(weights) == pytest.approx(sum(entry.weights[0] for entry in found.ledger.entries), abs=0.02)


# In the brief


def test_the_brief_tells_it_under_waiting() -> None:
    study = analyse(read_text(TEXT))
    page = brief(study)
    (chapter,) = (chapter for chapter in page.chapters if chapter.key == "waiting")
    first = chapter.sections[0]
    assert first.key == "belief"
    assert [s.text for s in first.sentences][: len(told(TEXT))] == told(TEXT)
    assert {origin.name for s in first.sentences for origin in s.origin} == {"belief"}
    assert 'data-type="dealer"' in brief_html(page)
    document = brief_document(study, brief(study, Asked(yardstick="none")))
    assert "almost no chance" not in json.dumps(document, ensure_ascii=False)


def test_without_types_the_brief_has_no_such_chapter() -> None:
    page = brief(analyse("case:chicken"))
    assert all(section.key != "belief" for chapter in page.chapters for section in chapter.sections)


def test_a_log_that_cannot_be_followed_does_not_stop_the_brief() -> None:
    page = brief(analyse(read_text(TEXT.replace("kappa: 4", "kappa: best"))))
    (section,) = (s for chapter in page.chapters for s in chapter.sections if s.key == "belief")
    (sentence,) = section.sentences
    assert sentence.text == (
        "What to believe about dprk cannot be told. The event of 2019-04-17 is impossible at s3 under dealer: "
        "one event would settle it. The event of 2019-05-17 has rate 0 at s11 under every type: the model is "
        "rejected by it."
    )
