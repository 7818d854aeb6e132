from __future__ import annotations

import os
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standoff.errors import Fault, ModelError, UsageError
from standoff.evidence import ASSUMPTION, Citation, Evidence, Source
from standoff.files.reading import ModelFile, read_all, read_model, read_text
from standoff.model.conflict import (
    Coalition,
    Conflict,
    DecisionMaker,
    Literal,
    NamedState,
    Option,
    Prioritising,
    Ranking,
    Rule,
    Weighting,
)
from standoff.model.statement import Count, Implies, Not, Statement, Taken
from tests.example import TEXT
from tests.files.faulty import GRAPH, REPEATABLE, RICH, example, rich

TEST, FREEZE = Taken("dprk.test"), Taken("dprk.freeze")


def rule(text, expression, **more):
    return Rule(statement=Statement(text, expression), **more)


def test_the_two_party_example_reads_as_it_says():
    model = read_text(TEXT, "example.yaml")
    assert model.conflict == Conflict(
        name="Two-party example",
        as_of=date(2019, 7, 1),
        decision_makers=(
            DecisionMaker(
                id="us",
                name="United States",
                options=(
                    Option(name="us.relief", label="Grant partial relief"),
                    Option(name="us.exercises", label="Resume exercises"),
                ),
                preference=Prioritising(
                    statements=(
                        rule("not dprk.test", Not(TEST)),
                        rule("dprk.freeze", FREEZE),
                        rule(
                            "not us.relief",
                            Not(Taken("us.relief")),
                            id="no-crumbs",
                            note="small deals reward delay",
                        ),
                        rule("us.exercises if dprk.test", Implies(TEST, Taken("us.exercises"))),
                    )
                ),
            ),
            DecisionMaker(
                id="dprk",
                name="North Korea",
                options=(
                    Option(name="dprk.freeze", label="Freeze production"),
                    Option(name="dprk.test", label="Resume tests"),
                ),
                preference=Prioritising(
                    statements=(
                        rule("us.relief", Taken("us.relief")),
                        rule("not us.exercises", Not(Taken("us.exercises"))),
                        rule("not dprk.freeze", Not(FREEZE)),
                    )
                ),
            ),
        ),
        feasible=(rule("at_most_one(dprk.freeze, dprk.test)", Count((FREEZE, TEST), "<=", 1)),),
        status_quo=frozenset(),
        states=(NamedState(name="deal", taken=frozenset({"us.relief", "dprk.freeze"})),),
    )
    assert (model.name, model.variant, model.variants, model.extensions) == ("example.yaml", None, (), {})


def test_graph_form():
    conflict = read_text(GRAPH).conflict
    assert conflict.is_graph_form
    assert conflict.status_quo == "start"
    assert [state.name for state in conflict.states] == ["start", "talk", "war"]
    assert conflict.decision_makers[0].moves == (("start", "talk"), ("talk", "start"))
    assert conflict.decision_makers[1].preference == Ranking(tiers=(("talk",), ("start", "war")))


def test_evidence_weights_rankings_and_coalitions():
    conflict = read_text(RICH).conflict
    us, dprk, rok = conflict.decision_makers
    assert us.options[0].evidence == ASSUMPTION
    assert us.options[0].note == "n"
    citation = Citation(source="s", start=5, end=9, says="it", stance="supports", directness="reported")
    assert us.evidence == Evidence(citations=(citation,))
    assert isinstance(dprk.preference, Weighting)
    assert [weight for _, weight in dprk.preference.weights] == [Fraction(1, 10), Fraction(1, 5)]
    assert (rok.name, rok.options) == ("rok", ())
    assert rok.preference == Ranking(tiers=(("s1", "s2"), ("none_left",), ("s4",)))
    assert conflict.coalitions == (Coalition(id="allies", members=("us", "rok")),)
    assert conflict.sources == (Source(id="s", title="T", masked=((20, 30),)),)


def test_the_status_quo_can_carry_reasons_for_single_options():
    text = example(
        "status_quo: []",
        "status_quo: [relief, {literal: not dprk.test, note: none since 2017, evidence: assumption}]",
    )
    conflict = read_text(text).conflict
    assert conflict.status_quo == {"us.relief"}
    reason = Literal(option="dprk.test", taken=False, note="none since 2017", evidence=ASSUMPTION)
    assert conflict.status_quo_reasons == (reason,)


def test_irreversible_literals_and_forbidden_moves():
    text = example(
        "irreversible: []", "irreversible: [dprk.test, {literal: not us.relief, note: n}]"
    ).replace("forbidden_moves: []", "forbidden_moves: [{by: dprk, from: not freeze, to: test, note: n}]")
    conflict = read_text(text).conflict
    assert list(map(str, conflict.irreversible)) == ["dprk.test", "not us.relief"]
    (move,) = conflict.forbidden_moves
    assert (move.by, move.origin.expression, move.target.expression, move.note) == (
        "dprk",
        Not(FREEZE),
        TEST,
        "n",
    )


@pytest.mark.parametrize(
    "weight", ["0.1", "-2", "+3.50", "10", ".5", "123456789012345678901234567890.000000001"]
)
def test_weights_are_exact(weight):
    preference = (
        read_text(rich("us.relief: 0.1", f"us.relief: {weight}")).conflict.decision_makers[1].preference
    )
    assert isinstance(preference, Weighting)
    assert preference.weights[0][1] == Fraction(weight)


@pytest.mark.parametrize("weight", ["1e5", ".inf", "0x10", "1/3", "true", "", "1" * 50])
def test_what_is_no_plain_decimal_is_no_weight(weight):
    with pytest.raises(ModelError) as caught:
        read_text(rich("us.relief: 0.1", f"us.relief: {weight}"))
    assert [fault.code for fault in caught.value.faults] == ["wrong-type"]


def test_weights_as_records_carry_reasons():
    text = rich("{us.relief: 0.1, not dprk.test: 0.2}", "[{id: a, statement: us.relief, weight: 2, note: n}]")
    preference = read_text(text).conflict.decision_makers[1].preference
    assert preference == Weighting(
        weights=((rule("us.relief", Taken("us.relief"), id="a", note="n"), Fraction(2)),)
    )


def test_an_empty_preference_means_indifference():
    text = example("    prefers: [us.relief, not us.exercises, not dprk.freeze]", "    prefers: []")
    assert read_text(text).conflict.decision_makers[1].preference == Prioritising(statements=())


def test_a_side_without_options_is_allowed_and_so_is_a_side_alone():
    read_text(
        TEXT.replace("status_quo: []", "status_quo: []\nx-note: y").replace(
            "  dprk:\n    name", "  rok: {prefers: []}\n  dprk:\n    name"
        )
    )
    read_text(
        "standoff: 1\nname: Alone\ndecision_makers: {a: {options: {x: X}, prefers: [x]}}\nstatus_quo: []\n"
    )


def test_forty_options_are_read_and_left_for_the_state_space_to_judge():
    options = "".join(f"      o{n}: Label\n" for n in range(40))
    text = f"standoff: 1\nname: N\ndecision_makers:\n  d:\n    options:\n{options}    prefers: []\nstatus_quo: []\n"
    assert len(read_text(text).conflict.options) == 40


def test_both_literals_of_an_option_freeze_it():
    assert (
        len(read_text(example("irreversible: []", "irreversible: [test, not test]")).conflict.irreversible)
        == 2
    )


def test_extensions_pass_through_untouched():
    text = TEXT + "x-mine: {count: 3, list: [a, 1.5, true, null], odd(key: b}\n"
    assert read_text(text).extensions == {
        "x-mine": {"count": 3, "list": ["a", 1.5, True, None], "odd(key": "b"}
    }
    assert read_text(
        example("    name: United States", "    name: United States\n    x-colour: blue")
    ).conflict == (read_text(TEXT).conflict)


def test_statements_of_the_example_read_in_quotes_and_blocks_too():
    text = example("- us.exercises if dprk.test", ">-\n        us.exercises\n        if dprk.test").replace(
        "      >-", "      - >-"
    )
    assert read_text(text).conflict == read_text(TEXT).conflict
    assert read_text(example("- dprk.freeze", '- "dprk.freeze"')).conflict == read_text(TEXT).conflict


# Variants


def test_a_variant_replaces_whole_keys():
    model = read_text(RICH, variant="dovish")
    base = read_text(RICH)
    assert (model.variant, model.variants, base.variants) == ("dovish", ("dovish",), ("dovish",))
    assert model.conflict.as_of == date(2019, 7, 1)
    assert base.conflict.as_of is None
    (statement,) = model.conflict.decision_makers[0].preference.statements
    assert statement.statement.text == "us.relief"
    assert model.conflict.decision_makers[1:] == base.conflict.decision_makers[1:]


def test_a_preference_of_another_kind_takes_the_place_of_the_one_there():
    text = rich(
        "decision_makers.us.prefers: [us.relief]", "decision_makers.us.ranking: [[s1, s2], [none_left, s4]]"
    )
    assert isinstance(read_text(text, variant="dovish").conflict.decision_makers[0].preference, Ranking)


def test_a_whole_decision_maker_can_be_replaced():
    text = rich("decision_makers.us.prefers: [us.relief]", "decision_makers.rok: {name: Seoul, prefers: []}")
    assert read_text(text, variant="dovish").conflict.decision_makers[2].name == "Seoul"


def test_variants_apply_in_the_order_in_which_they_are_written():
    text = RICH + "  two:\n    decision_makers.rok: {prefers: []}\n    decision_makers.rok.name: Seoul\n"
    assert read_text(text, variant="two").conflict.decision_makers[2].name == "Seoul"


def test_an_unknown_variant_is_a_usage_error():
    with pytest.raises(UsageError, match="Did you mean 'dovish'"):
        read_text(RICH, "file.yaml", variant="doves")
    with pytest.raises(UsageError, match="The file has no variants"):
        read_text(TEXT, "file.yaml", variant="doves")


def test_a_variant_of_faulty_shape_is_a_fault_when_none_is_asked_for():
    with pytest.raises(ModelError, match="There is no 'uk' in 'decision_makers'"):
        read_text(rich("decision_makers.us.prefers:", "decision_makers.uk.prefers:"))


def test_base_and_variants_are_read_together(tmp_path):
    path = tmp_path / "model.yaml"
    path.write_text(RICH)
    models = read_all(path, "as typed")
    assert [(model.name, model.variant) for model in models] == [("as typed", None), ("as typed", "dovish")]
    assert [model.conflict for model in models] == [
        read_text(RICH).conflict,
        read_text(RICH, variant="dovish").conflict,
    ]


def test_places_follow_the_variant():
    model = read_text(RICH, variant="dovish")
    assert model.places.locate(("decision_makers", "us", "prefers", 0)) == (22, 60)
    assert read_text(RICH).places.locate(("decision_makers", "us", "prefers", 0)) == (8, 9)


def test_a_conflict_without_a_file_has_places_too():
    model = ModelFile(conflict=read_text(TEXT).conflict, name="built")
    fault = Fault(code="infeasible-state", message="M.", cure="C.", path=("status_quo",))
    (located,) = model.located(ModelError([fault])).faults
    assert (located.line, located.column) == (1, 1)


# Files


def test_a_file_is_read_by_path(tmp_path):
    path = tmp_path / "model.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + TEXT.replace("\n", "\r\n").encode())
    model = read_model(path)
    assert model.conflict == read_text(TEXT).conflict
    assert model.name == str(path)
    assert read_model(path, name="as typed").name == "as typed"


def fault_of(path) -> tuple[str, str | None]:
    with pytest.raises(ModelError) as caught:
        read_model(path)
    (fault,) = caught.value.faults
    assert fault.cure
    return fault.code, caught.value.file


def test_files_that_cannot_be_read_are_faults(tmp_path):
    assert fault_of(tmp_path / "none.yaml") == ("file-missing", str(tmp_path / "none.yaml"))
    assert fault_of(tmp_path)[0] == "not-a-file"
    (tmp_path / "plain").write_text("x")
    assert fault_of(tmp_path / "plain" / "below.yaml")[0] == "file-unreadable"
    assert fault_of("a\0b")[0] == "file-unreadable"
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    assert fault_of(tmp_path / "loop")[0] == "file-unreadable"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission_is_a_fault(tmp_path):
    path = tmp_path / "secret.yaml"
    path.write_text(TEXT)
    path.chmod(0)
    assert fault_of(path)[0] == "file-unreadable"


def test_ten_megabytes_are_refused_at_once(tmp_path):
    path = tmp_path / "large.yaml"
    path.write_bytes(b"name: x\n" * 1_250_000)
    assert fault_of(path)[0] == "file-too-large"


def test_bytes_of_other_kinds_are_faults(tmp_path):
    path = tmp_path / "odd.yaml"
    for content, code in [
        (b"\x7fELF\0\0", "not-text"),
        (TEXT.encode("utf-16"), "not-utf8"),
        (TEXT.replace("States", "Stätes").encode("latin-1"), "not-utf8"),
        (b"", "file-empty"),
    ]:
        path.write_bytes(content)
        assert fault_of(path) == (code, str(path))


mutations = st.lists(
    st.tuples(st.integers(0, len(RICH)), st.integers(0, 12), st.binary(max_size=6)), min_size=1, max_size=6
)


def faults_of(read) -> tuple[Fault, ...]:
    """What is wrong; anything but a ModelError is let through and fails the test."""
    try:
        read()
    except ModelError as error:
        return error.faults
    return ()


@REPEATABLE
@given(st.sampled_from([TEXT, GRAPH, RICH]), mutations)
def test_damaged_files_read_or_raise_a_model_error(tmp_path_factory, text, changes):
    content = bytearray(text.encode())
    for place, length, new in changes:
        content[place : place + length] = new
    path = tmp_path_factory.getbasetemp() / "damaged.yaml"
    path.write_bytes(bytes(content))
    assert all(fault.line and fault.column for fault in faults_of(lambda: read_model(path)))


@REPEATABLE
@given(st.sampled_from([TEXT, GRAPH, RICH]), st.integers(0, 30), st.integers(0, 30), st.integers(0, 3))
def test_files_with_shuffled_lines_read_or_raise_a_model_error(text, first, second, indent):
    lines = text.splitlines()
    first, second = first % len(lines), second % len(lines)
    lines[first], lines[second] = " " * indent + lines[second], lines[first]
    assert all(fault.line and fault.column for fault in faults_of(lambda: read_text("\n".join(lines))))
