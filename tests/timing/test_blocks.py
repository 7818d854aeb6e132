"""The blocks about time: read, written back, fingerprinted, and every fault at its place."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from standoff.errors import ModelError
from standoff.files.reading import read_text
from standoff.files.schema import json_schema
from standoff.files.writing import render
from standoff.model.fingerprint import fingerprint
from tests.timing.example import GRAPH, TEXT


def test_what_is_written_is_what_is_read() -> None:
    conflict = read_text(TEXT).conflict
    types, timing = conflict.types, conflict.timing
    assert types is not None
    assert timing is not None
    assert types.decision_maker == "dprk"
    assert [(each.id, each.name, each.prior.value) for each in types.types] == [
        ("dealer", "Would deal", Fraction(3, 10)),
        ("keeper", "keeper", Fraction(7, 10)),
    ]
    assert types.types[0].shifts[0].at_least == 9
    assert timing.focal == "us"
    assert [(dm, rate.value, rate.is_assumption) for dm, rate in timing.opportunities] == [("dprk", 2, True)]
    stock = timing.stocks[0]
    assert (stock.least, stock.most, stock.start, len(stock.changes)) == (0, 10, 2, 2)
    assert [until.on for until in timing.policies[1].until] == [date(2020, 12, 31), None, None, None]
    assert timing.policies[1].pivots == ("pressure", "friendly")
    assert timing.policies[2].until[0].at_once
    assert timing.log is not None
    assert timing.log.stocks == (("arsenal", 1),)
    assert [(event.mover, event.stock, event.signal, event.group) for event in conflict.events] == [
        (None, None, "insult", None),
        (None, "arsenal", None, None),
        ("dprk", None, None, "spring"),
        ("dprk", None, None, None),
    ]
    assert [plan.trigger.silence_months for plan in conflict.contingency] == [None, 6, None, None]


@pytest.mark.parametrize("text", [TEXT, GRAPH])
def test_a_model_written_back_says_the_same(text: str) -> None:
    conflict = read_text(text).conflict
    again = read_text(render(conflict)).conflict
    assert again == conflict
    assert fingerprint(again) == fingerprint(conflict)


REWORDED = [
    ("label: Weapons", "label: Bombs"),
    ("unit: weapons", "unit: pieces"),
    ("note: two a year", "note: another word"),
    ("label: An insult", "label: Rude words"),
    ("name: Would deal", "name: Dove"),
]
CHANGED = [
    ("probability: 0.3", "probability: 0.4"),
    ("per_year: 6", "per_year: 5"),
    ("kappa: 4", "kappa: best"),
    ("at_least: 9", "at_least: 8"),
    ("begins: 2019-01-01", "begins: 2019-01-02"),
    ("on: 2020-12-31", "on: 2020-12-30"),
    ("group: spring", "group: summer"),
    ("silence_months: 6", "silence_months: 7"),
    ("cost_once: 0.5", "cost_once: 0.25"),
    ("day: 2019-02-01", "day: 2019-02-02"),
]


@pytest.mark.parametrize(("old", "new"), REWORDED)
def test_words_leave_the_fingerprint_alone(old: str, new: str) -> None:
    assert old in TEXT
    assert fingerprint(read_text(TEXT.replace(old, new, 1)).conflict) == fingerprint(read_text(TEXT).conflict)


@pytest.mark.parametrize(("old", "new"), CHANGED)
def test_numbers_and_days_change_the_fingerprint(old: str, new: str) -> None:
    text = TEXT.replace(old, new, 1)
    if "probability" in old:
        text = text.replace("probability: 0.7", "probability: 0.6")
    assert text != TEXT
    assert fingerprint(read_text(text).conflict) != fingerprint(read_text(TEXT).conflict)


ADDED_UP = [
    "    - {per_year: 5, while: dprk.deal, evidence: assumption}\n",
    "        - {by: 1, per_year: 6, while: not dprk.deal, evidence: assumption}\n",
    "        - {per_year: 0.6, type: dealer, evidence: assumption}\n",
]


@pytest.mark.parametrize("line", ADDED_UP)
def test_payoffs_and_rates_that_stand_twice_count_twice(line: str) -> None:
    assert line in TEXT
    once, twice = read_text(TEXT).conflict, read_text(TEXT.replace(line, line * 2)).conflict
    assert fingerprint(once) != fingerprint(twice)


def test_a_model_without_time_keeps_its_fingerprint() -> None:
    conflict = read_text(TEXT).conflict
    bare = replace(conflict, types=None, timing=None, events=(), contingency=())
    text = TEXT.partition("types:\n")[0]
    assert fingerprint(bare) == fingerprint(read_text(text).conflict)


FAULTS = [
    ("priors-do-not-add-up", "probability: 0.7", "probability: 0.6"),
    ("out-of-bounds", "probability: 0.7", "probability: 1"),
    ("missing-key", "prior: {probability: 0.3, evidence: assumption}", "prior: {probability: 0.3}"),
    ("missing-key", "discount: {per_year: 0.1, evidence: assumption}", "discount: {per_year: 0.1}"),
    ("out-of-bounds", "discount: {per_year: 0.1", "discount: {per_year: 0"),
    ("out-of-bounds", "dprk: {per_year: 2", "dprk: {per_year: -2"),
    ("unknown-decision-maker", "focal: us", "focal: usa"),
    ("typed-focal", "focal: us", "focal: dprk"),
    ("unknown-key", "  focal: us", "  focal: us\n  patience: 3"),
    ("bad-levels", "start: 2", "start: 20"),
    ("bad-step", "by: 1, per_year", "by: 2, per_year"),
    ("unknown-type", "type: keeper, while", "type: hawk, while"),
    ("unknown-stock", "{stock: arsenal, at_least: 9", "{stock: bombs, at_least: 9"),
    ("unknown-stock", "stocks: {arsenal: 1}", "stocks: {bombs: 1}"),
    ("unknown-signal", "signal: insult, evidence", "signal: shout, evidence"),
    ("unknown-pivot", "pivot: pressure, until", "pivot: war, until"),
    ("payoff-unit", "per_year: 5, while", "per_unit_and_year: 5, while"),
    ("focal-moves", "    dprk: {per_year: 2", "    us: {per_year: 2"),
    ("option-of-another", "sets: [us.press, not us.talk]", "sets: [dprk.test]"),
    ("option-twice", "sets: [us.press, not us.talk]", "sets: [us.press, not us.press]"),
    ("not-just-one", "trigger: {signal: insult}", "trigger: {signal: insult, silence_months: 2}"),
    ("not-just-one", "trigger: {silence_months: 6}", "trigger: {}"),
    ("out-of-bounds", "silence_months: 6", "silence_months: 0"),
    ("policy-half-said", "patient: {label: Wait for ever}", "patient: {label: Wait, pivot: pressure}"),
    ("events-out-of-order", "day: 2019-03-01", "day: 2019-01-15"),
    ("bad-date", "day: 2019-03-01", "day: 2019-02-30"),
    ("unknown-choice", "until: [at once]", "until: [soon]"),
    ("out-of-bounds", "belief_at_most: 0.1", "belief_at_most: 1.1"),
    ("missing-key", "{belief_at_most: 0.1, type: dealer}", "{belief_at_most: 0.1}"),
    ("missing-key", "{stock: arsenal, at_least: 8}\n  ", "{stock: arsenal}\n  "),
    ("out-of-bounds", "moves_ahead: 1", "moves_ahead: 9"),
    ("out-of-bounds", "kappa: 4", "kappa: -4"),
    ("unknown-option", "while: not dprk.deal", "while: not dprk.dael"),
    ("mixed-forms", "sets: [us.press, not us.talk]", "to: s3"),
    (
        "no-preference",
        "{stock: arsenal, at_least: 9, prefers: [not dprk.deal]}",
        "{stock: arsenal, at_least: 9}",
    ),
    ("bad-step", "stock: arsenal, by: 1, evidence", "stock: arsenal, by: 3, evidence"),
    ("bad-levels", "{stock: arsenal, at_least: 9, prefers", "{stock: arsenal, at_least: 11, prefers"),
    ("bad-levels", "- {stock: arsenal, at_least: 8}", "- {stock: arsenal, at_least: 11}"),
    ("bad-levels", "trigger: {stock: arsenal, at_least: 8}", "trigger: {stock: arsenal, at_least: 11}"),
    ("bad-levels", "stocks: {arsenal: 1}", "stocks: {arsenal: 11}"),
    ("day-is-past", "on: 2020-12-31", "on: 2019-06-30"),
    ("out-of-bounds", "dprk: {per_year: 2", "dprk: {per_year: 0"),
    ("out-of-bounds", "{by: 1, per_year: 6", "{by: 1, per_year: 0"),
    (
        "out-of-bounds",
        "rates:\n        - {per_year: 0.6, type: dealer, evidence: assumption}\n        - {per_year: 1.2",
        "rates:\n        - {per_year: 0, type: dealer, evidence: assumption}\n        - {per_year: 0.0",
    ),
]

ELSEWHERE = {
    ("priors-do-not-add-up", "probability: 0.7"): "  dprk:\n    dealer:",
    ("typed-focal", "focal: us"): "  dprk:\n    dealer:",
    ("unknown-key", "  focal: us"): "  discount:",
    ("bad-levels", "start: 2"): "    arsenal:\n",
}
"""What is reported at another line than the one that was changed."""


@pytest.mark.parametrize(("code", "old", "new"), FAULTS)
def test_a_fault_is_reported_at_its_line(code: str, old: str, new: str) -> None:
    assert old in TEXT
    place = ELSEWHERE.get((code, old), old.partition("\n")[0])
    line = TEXT[: TEXT.index(place)].count("\n") + 1
    with pytest.raises(ModelError) as caught:
        read_text(TEXT.replace(old, new, 1))
    found = [(fault.code, fault.line) for fault in caught.value.faults]
    assert (code, line) in found
    assert all(fault.cure for fault in caught.value.faults)


def test_a_level_below_the_least_is_at_fault_where_the_log_begins() -> None:
    with pytest.raises(ModelError) as caught:
        read_text(TEXT.replace("most: 10", "most: 10\n      least: 2"))
    (fault,) = caught.value.faults
    assert (fault.code, fault.path) == ("bad-levels", ("timing", "log", "stocks", "arsenal"))
    assert fault.message == "'arsenal' is 1 when the log begins; its levels are 2 to 10."


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("per_year: 0.6, type: dealer", "per_year: 0, type: dealer"),
        ("on: 2020-12-31", "on: 2019-07-01"),
        ("- {stock: arsenal, at_least: 8}", "- {stock: arsenal, at_least: 10}"),
    ],
)
def test_what_can_just_happen_is_no_fault(old: str, new: str) -> None:
    assert old in TEXT
    assert read_text(TEXT.replace(old, new, 1)).conflict.timing is not None


def test_types_of_two_decision_makers_are_one_too_many() -> None:
    extra = "types:\n  us:\n    a: {prior: {probability: 1, evidence: assumption}, prefers: []}\n"
    with pytest.raises(ModelError) as caught:
        read_text(TEXT.replace("types:\n", extra, 1))
    assert "too-many-types" in [fault.code for fault in caught.value.faults]


def test_graph_form_moves_to_states() -> None:
    with pytest.raises(ModelError) as caught:
        read_text(GRAPH.replace("to: deal", "sets: [deal]"))
    assert {fault.code for fault in caught.value.faults} == {"mixed-forms"}


def test_the_schema_knows_the_blocks() -> None:
    schema = json_schema()
    for block in ("types", "timing", "events", "contingency"):
        assert block in schema["properties"]
    defined = {f"#/$defs/{name}" for name in schema["$defs"]}
    assert set(_references(schema)) <= defined


def _references(part: object) -> list[str]:
    if isinstance(part, dict):
        own = [part["$ref"]] if "$ref" in part else []
        return own + [ref for each in part.values() for ref in _references(each)]
    if isinstance(part, list):
        return [ref for each in part for ref in _references(each)]
    return []
