"""The block `roadmap`: read, written back, fingerprinted, and every fault at its place."""

from __future__ import annotations

from fractions import Fraction

import pytest

from standoff.errors import ModelError
from standoff.files.gmcr import conflict_to_gmcr
from standoff.files.reading import read_text
from standoff.files.writing import render
from standoff.model.changes import model_changes
from standoff.model.fingerprint import fingerprint
from standoff.report.change_words import _field
from tests.roadmap.example import TEXT
from tests.roadmap.test_random import TWICE


def test_what_is_written_is_what_is_read() -> None:
    deal = read_text(TEXT).conflict.roadmap
    assert deal is not None
    assert deal.step_months is not None
    assert (deal.step_months.value, deal.step_months.is_assumption) == (6, True)
    assert deal.detection_months is not None
    assert deal.detection_months.value == 3
    assert deal.steps == ("frozen", "eased", "deal")
    assert deal.reversion is not None
    assert deal.reversion.to == "today"
    us, dprk = deal.parties
    assert us.discount_per_year is not None
    assert us.discount_per_year.value == Fraction(1, 10)
    assert [(str(one.amount.value), one.type) for one in dprk.payoffs][-2:] == [
        ("-3", "dealer"),
        ("-9", "keeper"),
    ]
    assert [(one.id, one.against) for one in deal.safeguards] == [
        ("inspectors", "dprk"),
        ("snapback", "dprk"),
    ]
    assert [str(one) for one in deal.safeguards[1].reversion.sets] == ["us.press", "not us.relief"]


@pytest.mark.parametrize("text", [TEXT, TWICE])
def test_a_model_written_back_says_the_same(text: str) -> None:
    conflict = read_text(text).conflict
    again = read_text(render(conflict)).conflict
    assert again == conflict
    assert fingerprint(again) == fingerprint(conflict)


@pytest.mark.parametrize(
    ("old", "new"), [("label: Inspectors on site", "label: Eyes"), ("note: twice a year", "note: often"),
                     ("  frozen:", "  halted:")]
)  # fmt: skip
def test_words_leave_the_fingerprint_alone(old: str, new: str) -> None:
    assert old in TEXT
    text = (
        TEXT.replace(old, new, 1).replace("[frozen,", "[halted,")
        if "frozen" in old
        else TEXT.replace(old, new)
    )
    assert fingerprint(read_text(text).conflict) == fingerprint(read_text(TEXT).conflict)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("{months: 6,", "{months: 7,"),
        ("{months: 3,", "{months: 4,"),
        ("[frozen, eased, deal]", "[eased, frozen, deal]"),
        ("to: today", "to: eased"),
        ("per_year: -3,", "per_year: -4,"),
        ("type: keeper", "type: dealer"),
        ("against: dprk, detection", "against: us, detection"),
        ("[us.press, not us.relief]", "[us.press]"),
    ],
)
def test_what_is_said_changes_the_fingerprint_and_is_told(old: str, new: str) -> None:
    assert old in TEXT
    older, newer = (read_text(text).conflict for text in (TEXT, TEXT.replace(old, new, 1)))
    assert fingerprint(older) != fingerprint(newer)
    (change,) = model_changes(older, newer)
    assert change.matters
    assert _field(change) == "The phased deal under ‘roadmap’ is another one."


def test_a_payoff_that_stands_twice_counts_twice() -> None:
    line = "        - {per_year: 3, while: dprk.freeze, evidence: assumption}\n"
    assert line in TEXT
    once, twice = read_text(TEXT).conflict, read_text(TEXT.replace(line, line * 2)).conflict
    assert fingerprint(once) != fingerprint(twice)


def test_a_numbered_state_needs_the_order_of_the_options() -> None:
    text = TEXT.replace("to: today", "to: s1")
    swapped = text.replace("{relief: Relief, press: Press}", "{press: Press, relief: Relief}")
    assert fingerprint(read_text(text).conflict) != fingerprint(read_text(swapped).conflict)
    named = TEXT.replace("{relief: Relief, press: Press}", "{press: Press, relief: Relief}")
    assert fingerprint(read_text(TEXT).conflict) == fingerprint(read_text(named).conflict)


FAULTS = [
    ("{months: 6,", "{months: 0,", "out-of-bounds"),
    ("{months: 3,", "{months: -1,", "out-of-bounds"),
    ("{months: 6,", "{months: 1201,", "out-of-bounds"),
    ("{months: 6, evidence: assumption", "{months: 6", "missing-key"),
    ("{months: 6, evidence: assumption, note: twice a year}", "{evidence: assumption}", "missing-key"),
    ("[frozen, eased, deal]", "[frozen, easd, deal]", "unknown-state"),
    ("to: today", "to: tomorrow", "unknown-state"),
    ("{to: today, evidence: assumption}", "{evidence: assumption}", "not-just-one"),
    ("{to: today, evidence: assumption}", "{to: today, pivot: harden, evidence: assumption}", "not-just-one"),
    ("{to: today, evidence: assumption}", "{to: today}", "missing-key"),
    ("{to: today, evidence: assumption}", "{pivot: soften, evidence: assumption}", "unknown-pivot"),
    ("[us.press, not us.relief]", "[]", "nothing-set"),
    ("[us.press, not us.relief]", "[us.press, not us.press]", "option-twice"),
    ("[us.press, not us.relief]", "[us.pres]", "unknown-option"),
    ("    dprk:\n      payoffs", "    dprkk:\n      payoffs", "unknown-decision-maker"),
    ("{per_year: 0.1, evidence: assumption}", "{per_year: 0, evidence: assumption}", "out-of-bounds"),
    (
        "{per_year: 3, while: dprk.freeze, evidence: assumption}",
        "{per_year: 3, while: dprk.freeze}",
        "missing-key",
    ),
    ("type: keeper", "type: keper", "unknown-type"),
    ("{per_year: 5, ", "{per_year: 5, type: keeper, ", "unknown-type"),
    ("against: dprk, detection", "against: dprkk, detection", "unknown-decision-maker"),
    (", detection: {months: 1, evidence: assumption}", "", "idle-safeguard"),
    ("label: Inspectors on site, ", "", "missing-key"),
    ("  steps: [", "  stepps: [", "unknown-key"),
]


@pytest.mark.parametrize(("old", "new", "code"), FAULTS)
def test_every_fault_is_reported_with_its_place_and_a_cure(old: str, new: str, code: str) -> None:
    assert old in TEXT
    text = TEXT.replace(old, new, 1)
    with pytest.raises(ModelError) as raised:
        read_text(text)
    fault = raised.value.faults[0]
    assert fault.code == code
    assert fault.cure
    first = next(
        number for number, (one, other) in enumerate(zip(TEXT.splitlines(), text.splitlines(), strict=False), 1)
        if one != other
    )  # fmt: skip
    assert fault.line is not None
    assert abs(fault.line - first) <= 1


def test_a_file_without_time_says_that_it_was_left_out() -> None:
    _, notes = conflict_to_gmcr(read_text(TEXT).conflict)
    assert "GMCR+ knows no time: types, rates, events, plans and the phased deal were left out." in notes


def test_options_cannot_be_set_in_graph_form() -> None:
    text = TWICE + "  reversion: {sets: [a.x], evidence: assumption}\n"
    with pytest.raises(ModelError, match="mixed-forms"):
        read_text(text)
