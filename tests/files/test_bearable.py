"""Where a party can bear to stay: read, written back, in the fingerprint, in variants, and lost in GMCR+."""

import pytest

from standoff.evidence import ASSUMPTION, Citation, Evidence
from standoff.files.gmcr.write import conflict_to_gmcr
from standoff.files.reading import read_text
from standoff.files.writing import render
from standoff.model.conflict import Bearable
from standoff.model.fingerprint import fingerprint
from standoff.report.elements import elements
from tests.example import TEXT
from tests.files.faulty import GRAPH
from tests.files.test_schema import SCHEMA, data, valid

CITED = """{statement: not dprk.test, note: n,
      evidence: [{source: s, start: 5, end: 9, says: it, stance: supports, directness: reported}]}"""
PASSAGE = Citation(source="s", start=5, end=9, says="it", stance="supports", directness="reported")


def option_form(what):
    sources = "sources: {s: {title: T}}\n"
    return TEXT.replace("    name: United States\n", f"    bearable: {what}\n") + sources


def graph_form(what):
    return GRAPH.replace("    moves: [[talk, war]]\n", f"    moves: [[talk, war]]\n    bearable: {what}\n")


def bearable(text, place=0):
    return read_text(text).conflict.decision_makers[place].bearable


def test_a_statement_bare_or_with_reasons():
    bare, assumed, cited = (
        bearable(option_form(what))
        for what in ("not dprk.test", "{statement: not dprk.test, evidence: assumption}", CITED)
    )
    assert bare.statement.text == "not dprk.test"
    assert (bare.note, bare.evidence, bare.states) == (None, None, ())
    assert assumed == Bearable(statement=bare.statement, evidence=ASSUMPTION)
    assert cited == Bearable(statement=bare.statement, note="n", evidence=Evidence(citations=(PASSAGE,)))


def test_states_in_graph_form_bare_or_with_reasons():
    assert bearable(graph_form("[talk, start]"), 1) == Bearable(states=("talk", "start"))
    reasoned = graph_form("{states: [talk], note: n, evidence: assumption}")
    assert bearable(reasoned, 1) == Bearable(states=("talk",), note="n", evidence=ASSUMPTION)
    assert bearable(graph_form("[]"), 1) == Bearable()


TEXTS = [
    *map(option_form, ("not dprk.test", "{statement: dprk.freeze, evidence: assumption}", CITED)),
    *map(graph_form, ("[talk, start]", "[]", "{states: [], note: nowhere}")),
]


@pytest.mark.parametrize("text", TEXTS)
def test_it_is_written_back_and_the_schema_knows_it(text):
    conflict = read_text(text).conflict
    assert read_text(render(conflict)).conflict == conflict
    assert valid(data(text), SCHEMA)
    assert "bearable:" in render(conflict)
    assert [each.owner for each in elements(conflict) if each.kind == "bearable"]


def of(text):
    return fingerprint(read_text(text).conflict)


def test_the_fingerprint_takes_what_it_says_and_not_how():
    one = of(option_form("not test or relief"))
    assert one == of(option_form("{statement: us.relief or not test, note: n, evidence: assumption}"))
    assert len({one, of(TEXT), of(option_form("not test"))}) == 3
    graph = of(graph_form("[talk, start]"))
    assert graph == of(graph_form("{states: [start, talk], note: n}"))
    assert len({graph, of(GRAPH), of(graph_form("[]")), of(graph_form("[talk]"))}) == 4


def test_a_variant_may_state_it_and_replace_it():
    text = TEXT + "variants: {hard: {decision_makers.us.bearable: relief}}\n"
    assert read_text(text).conflict.decision_makers[0].bearable is None
    assert read_text(text, variant="hard").conflict.decision_makers[0].bearable.statement.text == "relief"
    text = option_form("{statement: relief, note: n}")
    text += "variants: {hard: {decision_makers.us.bearable.statement: not test, decision_makers.us.bearable.evidence: assumption}}\n"
    (hard,) = (read_text(text, variant="hard").conflict.decision_makers[0].bearable,)
    assert (hard.statement.text, hard.note, hard.evidence) == ("not test", "n", ASSUMPTION)


def test_gmcr_loses_it_and_says_so():
    _, notes = conflict_to_gmcr(read_text(option_form("not test")).conflict)
    assert "GMCR+ does not know what a party can bear: it was left out for us." in notes
    _, notes = conflict_to_gmcr(read_text(TEXT).conflict)
    assert not any("bear" in note for note in notes)
