from __future__ import annotations

import pytest

from standoff.errors import ModelError
from standoff.files.codes import CODES
from standoff.files.reading import read_text
from standoff.preferences import rankings
from standoff.states.space import state_space
from tests.example import TEXT
from tests.files.faulty import FAULTY, GRAPH, RICH, example, faults_in, graph, rich
from tests.roadmap.test_block import FAULTS as FAULTS_OF_DEALS
from tests.timing.test_blocks import FAULTS as FAULTS_ABOUT_TIME
from tests.timing.test_faults import FAULTS as FAULTS_OF_PLAY
from tests.timing.test_ledger import FAULTY as FAULTY_LOGS

# Found elsewhere: by `read_model` on files (test_files.py), or further up in this module.
BY_PAGE = {"no-model-in-page"}
BY_FILE = {"file-missing", "not-a-file", "file-unreadable", "file-too-large", "not-text", "not-utf8"}
BY_SIZE = {"more-faults", "too-many-elements"}
BY_STATEMENT = {"statement-empty"}
LATER = {
    "no-feasible-state",
    "infeasible-state",
    "same-state-twice",
    "state-ranked-twice",
    "state-not-ranked",
}


@pytest.mark.parametrize("text", [TEXT, GRAPH, RICH], ids=["example", "graph", "rich"])
def test_the_bases_are_without_fault(text):
    assert faults_in(text) == ()


@pytest.mark.parametrize(
    ("code", "text", "line", "column"), FAULTY, ids=[f"{n}-{entry[0]}" for n, entry in enumerate(FAULTY)]
)
def test_one_fault_is_told_where_it_is_and_nothing_else(code, text, line, column):
    faults = faults_in(text)
    assert [(fault.code, fault.line, fault.column) for fault in faults] == [(code, line, column)]
    assert all(fault.message.endswith((".", "?")) and fault.cure.endswith((".", "?")) for fault in faults)
    with pytest.raises(ModelError) as caught:
        read_text(text, "as-typed.yaml")
    assert caught.value.faults == faults
    assert caught.value.file == "as-typed.yaml"


def test_every_code_is_caused_by_some_test():
    about_time = {code for code, _, _ in FAULTS_ABOUT_TIME} | {"too-many-types"}
    about_time |= {code for _, _, code in FAULTS_OF_DEALS} | {code for code, _, _ in FAULTS_OF_PLAY}
    caused = {entry[0] for entry in (*FAULTY, *FAULTY_LOGS)} | about_time
    assert caused | BY_PAGE | BY_FILE | BY_SIZE | BY_STATEMENT | LATER == set(CODES)


def test_all_faults_are_told_at_once_in_the_order_of_the_file():
    text = (
        TEXT.replace("not dprk.test", "not dprk.tset")
        .replace("- dprk.freeze\n", "- dprk.freeze and\n")
        .replace("as_of: 2019-07-01", "as_of: soon")
        .replace("deal: [us.relief,", "deal: [us.releif,")
        .replace("forbidden_moves: []", "forbidden_move: []")
    )
    found = [(fault.line, fault.code) for fault in faults_in(text)]
    assert found == [
        (3, "bad-date"),
        (11, "unknown-option"),
        (12, "statement-cut-off"),
        (22, "unknown-key"),
        (25, "unknown-option"),
    ]


@pytest.mark.parametrize(
    ("text", "message", "cure"),
    [
        (example("not dprk.test", "not us.releif"), "Unknown option 'us.releif'.", "Did you mean 'us.relief'?"),
        (example("not dprk.test", "not drpk.test"), "Unknown decision maker 'drpk' in 'drpk.test'.",
         "Did you mean 'dprk'?"),
        (example("as_of:", "asof:"), "Unknown key 'asof'.", "Did you mean 'as_of'?"),
        ("standoff: 2\n", "This file is written in format 2; this version of standoff reads format 1.",
         "Use a later version of standoff."),
        (rich("source: s,", "source: t,"), "Unknown source 't'.", "Known here: s."),
        (graph("status_quo: start", "status_quo: stat"), "Unknown state 'stat'.", "Did you mean 'start'?"),
        (TEXT + "calendar: 1\n",
         "The key 'calendar' is reserved for a part of standoff that this version does not have.",
         "Take it out, or put x- in front of it."),
        (example("name: Two-party example", "name: true"), "Text is expected here, not a truth value.",
         "Put it in quotes."),
        (example("  - at_most_one(dprk.freeze, dprk.test)", "  [at_most_one(dprk.freeze, dprk.test)]"),
         "YAML splits [...] and {...} at every comma; it tears 'at_most_one(dprk.freeze' apart.",
         "Put the statement in quotes, or write one a line, each after '- '."),
    ],
)  # fmt: skip
def test_messages_are_plain_and_name_the_cure(text, message, cure):
    (fault,) = faults_in(text)
    assert (fault.message, fault.cure) == (message, cure)


def test_hundreds_of_faults_stop_with_a_word():
    text = example("- dprk.freeze", "\n".join(["- dprk.freeeze", *("      - no.thing" for _ in range(5000))]))
    faults = faults_in(text)
    assert len(faults) == 201
    assert faults[-1].code == "more-faults"


def test_a_fault_of_base_and_variant_is_told_once():
    faults = faults_in(rich("not dprk.test: 0.2", "not dprk.tset: 0.2"))
    assert [(fault.code, fault.line, fault.column) for fault in faults] == [("unknown-option", 14, 35)]


def test_a_fault_inside_a_variant_is_shown_there():
    text = rich("decision_makers.us.prefers: [us.relief]", "decision_makers.us.prefers: [us.releif]")
    assert [(fault.code, fault.line, fault.column) for fault in faults_in(text)] == [
        ("unknown-option", 22, 60)
    ]
    read_text(text)
    with pytest.raises(ModelError):
        read_text(text, variant="dovish")


@pytest.mark.parametrize(
    ("code", "text", "line", "column"),
    [
        ("no-feasible-state", example("  - at_most", "  - us.relief\n  - not us.relief\n  - at_most"), 20, 5),
        ("infeasible-state", example("status_quo: []", "status_quo: [dprk.freeze, dprk.test]"), 23, 13),
        ("infeasible-state", example("deal: [us.relief,", "deal: [dprk.test,"), 25, 9),
        ("same-state-twice", TEXT + "  pact: [us.relief, dprk.freeze]\n", 26, 9),
        ("state-ranked-twice", rich("none_left, s4", "none_left, s4, s1"), 16, 40),
        ("state-not-ranked", rich("none_left, s4", "none_left"), 16, 14),
    ],
)
def test_later_stages_get_line_and_column(code, text, line, column):
    model = read_text(text, "as-typed.yaml")
    with pytest.raises(ModelError) as caught:
        rankings(model.conflict, state_space(model.conflict))
    error = model.located(caught.value)
    assert error.file == "as-typed.yaml"
    assert [(fault.code, fault.line, fault.column) for fault in error.faults] == [(code, line, column)]
