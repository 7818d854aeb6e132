"""GMCR+ documents to conflicts and back: the meaning stays, and what does not is said."""

from __future__ import annotations

import json
from copy import deepcopy
from dataclasses import replace
from fractions import Fraction
from random import Random

import pytest
from hypothesis import given

from standoff.errors import ModelError, RefusedError, UsageError
from standoff.files.gmcr import conflict_to_gmcr, gmcr_text, gmcr_to_conflict, parse_gmcr, read_gmcr
from standoff.files.gmcr.patterns import TooManyPatternsError, alternatives, feasible
from standoff.files.gmcr.schema import MOST_BYTES
from standoff.files.grammar import KEYWORDS
from standoff.model.conflict import (
    Coalition,
    Conflict,
    DecisionMaker,
    ForbiddenMove,
    Literal,
    NamedState,
    Option,
    Prioritising,
    Rule,
    Weighting,
)
from standoff.model.statement import And, Count, Not, Or, Statement, Taken, Xor
from tests.files.gmcr_documents import (
    ELMIRA_RANKING,
    ELMIRA_STATEMENTS,
    GARRISON,
    KNOWN,
    PRISONERS,
    any_of,
    pattern,
)
from tests.oracles.conflicts import conflicts, random_conflict
from tests.oracles.literal import ONCE_PER_DM, equilibria
from tests.oracles.plain import plain, true_in
from tests.oracles.statements import random_rule

CONCEPTS = ("nash", "gmr", "smr", "seq")


def meaning(conflict: Conflict):
    """States, moves and rankings as plain data, without the names of decision makers."""
    model = plain(conflict)
    arrows = [
        {(s, t) for s in model.states for t in model.states if s != t and model.can(i, s, t)}
        for i in model.everybody
    ]
    ranks = [[model.rank(i, s) for s in model.states] for i in model.everybody]
    return model.states, model.labels, arrows, ranks, conflict.status_quo


def again(document):
    """Write a document as text and read it back."""
    return parse_gmcr(gmcr_text(document))


def expressible(conflict: Conflict) -> Conflict:
    """The conflict without what GMCR+ files have no form for."""
    fixed = {literal.option for literal in conflict.irreversible if literal.taken} & {
        literal.option for literal in conflict.irreversible if not literal.taken
    }
    kept = tuple(literal for literal in conflict.irreversible if literal.option not in fixed)
    return replace(conflict, forbidden_moves=(), irreversible=kept)


def codes_of(faulty) -> list[str]:
    with pytest.raises(ModelError) as caught:
        gmcr_to_conflict(faulty)
    assert all(fault.message and fault.cure for fault in caught.value.faults)
    return [fault.code for fault in caught.value.faults]


def changed(document, *path, to):
    """A copy of a document with one place changed."""
    copy = deepcopy(document)
    place = copy
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = to
    return copy


def two_party(**changes) -> Conflict:
    parts = {
        "name": "Two",
        "decision_makers": (
            party("a", "x", "y"),
            party("b", "z"),
        ),
        "status_quo": frozenset({"a.x"}),
    }
    return Conflict(**(parts | changes))


def party(id_: str, *options: str, preference=None) -> DecisionMaker:
    return DecisionMaker(
        id=id_,
        name=id_.upper(),
        options=tuple(Option(name=f"{id_}.{name}", label=name.title()) for name in options),
        preference=preference or Prioritising(statements=()),
    )


def prefers(*expressions) -> Prioritising:
    return Prioritising(statements=tuple(Rule(statement=Statement("...", each)) for each in expressions))


# Known documents


@pytest.mark.parametrize("name", KNOWN)
def test_known_documents_have_the_equilibria_that_gmcr_plus_prints(name):
    document, answers = KNOWN[name]
    conflict, _ = gmcr_to_conflict(document)
    model = plain(conflict)
    for concept in CONCEPTS:
        found = equilibria(model, concept, ONCE_PER_DM)
        assert [model.labels.index(model.labels[model.states.index(s)]) + 1 for s in found] == answers[
            concept
        ]


@pytest.mark.parametrize("name", KNOWN)
def test_known_documents_come_back_as_they_were(name):
    document, _ = KNOWN[name]
    conflict, _ = gmcr_to_conflict(document)
    written, _ = conflict_to_gmcr(conflict)
    written = again(written)
    ours = {"program": "standoff", "version": written["version"], "x-standoff": written["x-standoff"]}
    assert written == document | ours


def test_states_are_numbered_as_in_gmcr_plus():
    conflict, _ = gmcr_to_conflict(ELMIRA_RANKING)
    numbered = ["".join("NY"[o.name in s] for o in conflict.options) for s in plain(conflict).states]
    assert numbered == [
        *("NYNNN", "YYNNN", "NNYNN", "YNYNN", "NNNYN", "YNNYN"),
        *("NYNNY", "YYNNY", "NNYNY", "YNYNY", "NNNYY", "YNNYY"),
    ]


def test_directions_become_irreversible_literals():
    conflict, _ = gmcr_to_conflict(ELMIRA_RANKING)
    assert [str(each) for each in conflict.irreversible] == [
        *("moe.modify", "not uniroyal.delay", "uniroyal.abandon"),
    ]


def test_the_status_quo_is_the_first_state_and_that_is_said():
    conflict, notes = gmcr_to_conflict(ELMIRA_RANKING)
    assert conflict.status_quo == {"uniroyal.delay"}
    assert any("status quo" in note for note in notes)


def test_rules_and_statements_read_well():
    conflict, _ = gmcr_to_conflict(ELMIRA_STATEMENTS)
    assert [rule.statement.text for rule in conflict.feasible] == [
        "not (uniroyal.delay and uniroyal.accept)",
        "not (uniroyal.delay and uniroyal.abandon)",
        "not (uniroyal.accept and uniroyal.abandon)",
        "uniroyal.delay or uniroyal.accept or uniroyal.abandon",
    ]
    assert [rule.statement.text for rule in conflict.decision_makers[0].preference.statements] == [
        "uniroyal.accept",
        "not uniroyal.abandon",
        "(not moe.modify and local_government.insist) or (moe.modify and not local_government.insist)",
    ]


# Round trips


@pytest.mark.parametrize("block", range(8))
def test_random_conflicts_keep_their_meaning(block):
    for seed in range(25 * block, 25 * block + 25):
        conflict = expressible(random_conflict(seed, "option"))
        document, _ = conflict_to_gmcr(conflict)
        read, _ = gmcr_to_conflict(again(document))
        assert meaning(read) == meaning(conflict), f"seed {seed}"


@given(conflicts("option"))
def test_conflicts_keep_their_meaning(conflict):
    conflict = expressible(conflict)
    document, _ = conflict_to_gmcr(conflict)
    first, _ = gmcr_to_conflict(again(document))
    assert meaning(first) == meaning(conflict)
    second, _ = gmcr_to_conflict(again(conflict_to_gmcr(first)[0]))
    assert meaning(second) == meaning(conflict)


def test_without_our_key_the_rest_keeps_its_meaning():
    for seed in range(60):
        conflict = expressible(random_conflict(seed, "option"))
        document = again(conflict_to_gmcr(conflict)[0])
        del document["x-standoff"]
        read, _ = gmcr_to_conflict(document)
        states, _, arrows, ranks, _ = meaning(replace(conflict, status_quo=frozenset()))
        found = meaning(read)
        assert len(found[0]) == len(states)
        assert [len(each) for each in found[2]] == [len(each) for each in arrows]
        assert found[3] == ranks


def test_names_come_back():
    conflict = two_party(
        states=(NamedState(name="deal", taken=frozenset({"a.x", "b.z"})),),
        coalitions=(Coalition(id="both", members=("a", "b")),),
    )
    read, notes = gmcr_to_conflict(again(conflict_to_gmcr(conflict)[0]))
    assert read == conflict
    assert notes == ()


def test_options_of_a_decision_maker_need_not_stand_together():
    """GMCR+ orders the options by decision maker before it numbers the states."""
    document = {
        "options": [{"name": name, "permittedDirection": "both"} for name in ("A", "B", "C", "D")],
        "decisionMakers": [
            {"name": "One", "options": [3, 0], "preferences": [pattern("-Y--")]},
            {"name": "Two", "options": [1, 2], "preferences": [pattern("---N")]},
        ],
        "infeasibles": [pattern("YY--")],
        "useManualPreferenceRanking": False,
    }
    conflict, _ = gmcr_to_conflict(document)
    assert [option.name for option in conflict.options] == ["one.d", "one.a", "two.b", "two.c"]
    assert conflict.feasible[0].statement.text == "not (one.a and two.b)"
    ranked = changed(document, "useManualPreferenceRanking", to=True)
    for dm in ranked["decisionMakers"]:
        dm["preferenceRanking"] = [2, 1, list(range(3, 13))]
    best = gmcr_to_conflict(ranked)[0]
    assert plain(best).states[1] == {"one.d"}
    assert best.decision_makers[0].preference.tiers[0] == ("s2",)


# Older files


def test_old_keys_and_missing_keys():
    old = deepcopy(ELMIRA_RANKING)
    old["useManualPreferenceVectors"] = old.pop("useManualPreferenceRanking")
    for dm in old["decisionMakers"]:
        dm["preferenceVector"] = dm.pop("preferenceRanking")
    for key in ("program", "version", "coalitions", "coalitionsFull"):
        del old[key]
    assert gmcr_to_conflict(old)[0] == gmcr_to_conflict(ELMIRA_RANKING)[0]
    del old["useManualPreferenceVectors"]
    assert gmcr_to_conflict(old)[0] == gmcr_to_conflict(ELMIRA_RANKING)[0]


def test_statements_win_where_a_file_does_not_say():
    unsaid = deepcopy(ELMIRA_STATEMENTS)
    del unsaid["useManualPreferenceRanking"]
    assert gmcr_to_conflict(unsaid)[0] == gmcr_to_conflict(ELMIRA_STATEMENTS)[0]


def test_what_is_left_out_is_said():
    document = deepcopy(ELMIRA_RANKING)
    document["decisionMakers"][0]["misperceptions"] = [pattern("Y----")]
    document["decisionMakers"][1]["preferences"] = [pattern("--Y--")]
    document["coalitions"] = [[0, 1], 2]
    conflict, notes = gmcr_to_conflict(document)
    assert conflict.coalitions == (Coalition(id="moe_uniroyal", members=("moe", "uniroyal")),)
    for word in ("misperceives", "ranking counts", "coalition"):
        assert any(word in note for note in notes), word


def test_statements_that_are_always_or_never_true_are_left_out():
    document = changed(PRISONERS, "decisionMakers", 0, "preferences", to=[[], any_of(), pattern("-Y")])
    conflict, notes = gmcr_to_conflict(document)
    assert len(conflict.decision_makers[0].preference.statements) == 1
    assert any("left out" in note for note in notes)


# Names


def test_ids_are_made_from_names():
    names = ["Full!", "full", "Not", "3 ships", "Überlaufen", "核", "", "count"]
    document = {
        "options": [{"name": name, "permittedDirection": "both"} for name in names],
        "decisionMakers": [{"name": "If", "options": list(range(len(names))), "preferences": []}],
        "infeasibles": [],
    }
    conflict, _ = gmcr_to_conflict(document)
    assert [option.name.partition(".")[2] for option in conflict.options] == [
        *(
            "full",
            "full_2",
            "option_not",
            "option_3_ships",
            "uberlaufen",
            "option",
            "option_2",
            "option_count",
        ),
    ]
    assert conflict.decision_makers[0].id == "party_if"
    assert conflict.options[5].label == "核"
    assert conflict.options[6].label == "party_if.option_2"
    assert not {"option_not", "party_if"} & set(KEYWORDS)


@pytest.mark.parametrize(
    "ours",
    [
        "text",
        {},
        {"name": 3},
        {"options": ["x", "x", "z"]},
        {"options": ["x", "not", "z"]},
        {"options": ["x"]},
        {"decision_makers": ["a", "a"]},
        {"decision_makers": ["A", "b"]},
        {"status_quo": [7]},
        {"status_quo": [-1]},
        {"status_quo": [0, 1]},
        {"states": {"s1": []}},
        {"states": {"one": [0], "two": [0]}},
        {"coalitions": {"all": [2]}},
    ],
)
def test_what_no_longer_fits_is_ignored_and_that_is_said(ours):
    conflict = two_party(feasible=(Rule(statement=Statement("...", Not(And((Taken("a.x"), Taken("a.y")))))),))
    document = again(conflict_to_gmcr(conflict)[0])
    document["x-standoff"] = {**document["x-standoff"], **ours} if isinstance(ours, dict) and ours else ours
    read, notes = gmcr_to_conflict(document)
    assert any("x-standoff" in note for note in notes)
    assert read.status_quo == frozenset()


# Writing


def test_weights_become_a_ranking_for_everybody():
    weights = Weighting(
        weights=(
            (Rule(statement=Statement("a.x", Taken("a.x"))), Fraction(1, 3)),
            (Rule(statement=Statement("b.z", Taken("b.z"))), Fraction(-1, 7)),
        )
    )
    conflict = two_party(decision_makers=(party("a", "x", preference=weights), party("b", "z")))
    document, notes = conflict_to_gmcr(conflict)
    assert [dm["preferenceRanking"] for dm in document["decisionMakers"]] == [[2, 4, 1, 3], [[1, 2, 3, 4]]]
    assert document["useManualPreferenceRanking"]
    assert any("weights of A" in note for note in notes)
    assert any("statements of B" in note for note in notes)


def test_what_gmcr_plus_has_no_form_for_is_said():
    x, z = (Statement(name, Taken(name)) for name in ("a.x", "b.z"))
    conflict = two_party(
        forbidden_moves=(ForbiddenMove(by="a", origin=x, target=z),),
        irreversible=(Literal(option="a.y"), Literal(option="a.y", taken=False), Literal(option="b.z")),
        note="From the archive.",
        coalitions=(Coalition(id="both", members=("a", "b")), Coalition(id="one", members=("a",))),
    )
    document, notes = conflict_to_gmcr(conflict)
    assert [option["permittedDirection"] for option in document["options"]] == ["both", "both", "fwd"]
    assert document["coalitions"] == [0, 1]
    for word in ("status quo", "a.x", "a.y", "overlap", "notes"):
        assert any(word in note for note in notes), word


def test_a_conflict_in_graph_form_is_refused():
    with pytest.raises(RefusedError, match="graph form"):
        conflict_to_gmcr(random_conflict(1, "graph"))


def many(number: int) -> tuple[DecisionMaker, ...]:
    return (party("a", *(f"o{k}" for k in range(number))), party("b", "z"))


def test_long_statements_become_rankings_while_states_are_few():
    half = Count(tuple(Taken(f"a.o{k}") for k in range(13)), ">=", 6)
    only_few = Rule(statement=Statement("...", Count(half.operands, "<=", 1)))
    makers = many(13)
    makers = (replace(makers[0], preference=prefers(half)), makers[1])
    conflict = two_party(decision_makers=makers, status_quo=frozenset(), feasible=(only_few,))
    document, notes = conflict_to_gmcr(conflict)
    assert document["decisionMakers"][0]["preferenceRanking"] == [list(range(1, 29))]
    assert any("too long" in note for note in notes)
    with pytest.raises(RefusedError, match="4,096"):
        conflict_to_gmcr(replace(conflict, feasible=()))


def test_a_rule_that_needs_too_many_patterns_is_refused():
    rule = Rule(statement=Statement("half", Count(tuple(Taken(f"a.o{k}") for k in range(13)), ">=", 6)))
    conflict = two_party(decision_makers=many(13), status_quo=frozenset(), feasible=(rule,))
    with pytest.raises(RefusedError, match="'half'"):
        conflict_to_gmcr(conflict)


def test_more_statements_than_gmcr_plus_can_add_up_become_a_ranking():
    makers = (party("a", "x", preference=prefers(*[Taken("a.x")] * 63)), party("b", "z"))
    document, _ = conflict_to_gmcr(two_party(decision_makers=makers))
    assert document["decisionMakers"][0]["preferenceRanking"] == [[2, 4], [1, 3]]


# Patterns


def test_patterns_hold_just_where_the_statement_does():
    options = [f"a.o{k}" for k in range(4)]
    states = [frozenset(o for bit, o in enumerate(options) if code >> bit & 1) for code in range(16)]
    random = Random(5)
    for _ in range(400):
        expression = random_rule(random, options, depth=4).statement.expression
        for wanted in (True, False):
            patterns = alternatives(expression, wanted=wanted)
            for s in states:
                some = any(all((o in s) == taken for o, taken in each) for each in patterns)
                assert some == (true_in(expression, s) == wanted)


def test_familiar_rules_become_familiar_patterns():
    options = tuple(Taken(name) for name in "abc")
    pairs = [{("a", True), ("b", True)}, {("a", True), ("c", True)}, {("b", True), ("c", True)}]
    none = {("a", False), ("b", False), ("c", False)}
    assert list(alternatives(Count(options, "<=", 1), wanted=False)) == pairs
    assert list(alternatives(Count(options, "==", 1), wanted=False)) == [*pairs, none]
    assert list(alternatives(Or(options), wanted=False)) == [none]


def test_products_are_bounded():
    pairs = tuple(Or((Taken(f"x{k}"), Taken(f"y{k}"))) for k in range(40))
    with pytest.raises(TooManyPatternsError):
        alternatives(And(pairs))


def test_long_chains_are_no_trouble():
    """Parts are looked at once, not once for every way to reach them."""
    chain = Taken("a")
    for _ in range(60):
        chain = Xor(chain, Taken("a"))
    assert alternatives(chain) == (frozenset({("a", True)}),)
    for _ in range(2_000):
        chain = Xor(chain, Taken("a"))
    with pytest.raises(TooManyPatternsError):
        alternatives(chain)


def test_the_search_for_states_is_bounded():
    options = [f"o{k}" for k in range(60)]
    none = [frozenset({("o0", False), ("o1", False)}), frozenset({("o0", True)}), frozenset({("o1", True)})]
    with pytest.raises(RefusedError):
        list(feasible(options, none, 1))


# Faulty documents


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (b"", 1),
        (b"{", 1),
        (b'{"options": [],\n oops}', 2),
        (b"\xff\xfe", None),
        (b"[" * 100_000, None),
        (b'{"options": [NaN]}', None),
        (b'{"a": 1, "a": 2}', None),
        (b"[1" + b"0" * 5_000 + b"]", None),
    ],
)
def test_text_that_is_not_json(text, line):
    with pytest.raises(ModelError) as caught:
        parse_gmcr(text)
    (fault,) = caught.value.faults
    assert (fault.code, fault.line) == ("gmcr-not-json", line)


def test_a_byte_order_mark_does_no_harm():
    assert parse_gmcr(b"\xef\xbb\xbf{}") == {}


def test_text_that_is_too_long():
    with pytest.raises(ModelError) as caught:
        parse_gmcr(b" " * (MOST_BYTES + 1))
    assert [fault.code for fault in caught.value.faults] == ["gmcr-too-large"]


@pytest.mark.parametrize(
    "value", [None, [], 3, "text", {}, {"options": []}, {"options": [], "decisionMakers": []}]
)
def test_documents_of_another_shape(value):
    assert set(codes_of(value)) == {"gmcr-shape"}


def test_all_faults_of_shape_are_found():
    document = deepcopy(PRISONERS)
    document["options"][0]["permittedDirection"] = "up"
    document["decisionMakers"][0]["options"] = [True]
    document["decisionMakers"][1]["preferences"] = [[[0, "Maybe"]], {"compound": True}, [[0]], 3]
    document["infeasibles"] = [[["0", "Y"]]]
    document["useManualPreferenceRanking"] = "perhaps"
    assert codes_of(document) == ["gmcr-shape"] * 8


def test_the_number_of_faults_is_bounded():
    assert len(codes_of(changed(PRISONERS, "infeasibles", to=[3] * 1_000))) == 51


@pytest.mark.parametrize(
    ("path", "value", "code"),
    [
        (("decisionMakers", 0, "options"), [0, 5], "gmcr-no-such-option"),
        (("decisionMakers", 0, "options"), [-1, 0], "gmcr-no-such-option"),
        (("decisionMakers", 0, "options"), [], "gmcr-option-owner"),
        (("decisionMakers", 0, "options"), [0, 1], "gmcr-option-owner"),
        (("decisionMakers", 0, "options"), [0, 0], "gmcr-option-owner"),
        (("infeasibles",), [[]], "gmcr-empty-pattern"),
        (("infeasibles",), [[[2, "Y"]]], "gmcr-no-such-option"),
        (("infeasibles",), [[[0, "Y"], [0, "N"]]], "gmcr-option-twice"),
        (("decisionMakers", 1, "preferences"), [any_of("Y-", "--Y")], "gmcr-no-such-option"),
        (("coalitions",), [[0, 2]], "gmcr-coalition"),
        (("coalitions",), [[0, 0]], "gmcr-coalition"),
    ],
)
def test_numbers_that_do_not_fit(path, value, code):
    assert codes_of(changed(PRISONERS, *path, to=value)) == [code]


@pytest.mark.parametrize(
    ("ranking", "words"),
    [
        ([], "leaves out: 1, 2, 3, 4, 5, 6, 7, 8, ..."),
        ([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11], "leaves out: 12"),
        ([[1, 2, 3, 4, 5, 6], 7, 8, 9, 10, 11, 13], "do not exist: 13"),
        ([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11], "do not exist: 0"),
        ([1, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, [11, 12, 12]], "repeats: 1, 12"),
    ],
)
def test_rankings_that_do_not_fit(ranking, words):
    document = changed(ELMIRA_RANKING, "decisionMakers", 2, "preferenceRanking", to=ranking)
    with pytest.raises(ModelError, match=words) as caught:
        gmcr_to_conflict(document)
    assert [fault.code for fault in caught.value.faults] == ["gmcr-ranking"]


def test_mutilated_documents_never_end_in_a_traceback():
    """Replace any one value by values of other kinds; it must be read, or refused with a fault."""
    faults = []
    for document in (PRISONERS, ELMIRA_STATEMENTS, GARRISON):
        for path in places(document):
            for value in (None, -1, 10**30, 1.5, True, "Y", [], [[]], {}, {"members": [[]]}):
                try:
                    gmcr_to_conflict(changed(document, *path, to=value))
                except ModelError as error:
                    faults.extend(error.faults)
    assert len(faults) > 300
    assert all(fault.code.startswith("gmcr-") for fault in faults)


def places(value, path=()):
    """Every place in a document, but few of a list's."""
    if path:
        yield path
    if isinstance(value, dict):
        for key in value:
            yield from places(value[key], (*path, key))
    if isinstance(value, list):
        for place in range(min(2, len(value))):
            yield from places(value[place], (*path, place))


def test_documents_are_plain_json():
    document, _ = conflict_to_gmcr(gmcr_to_conflict(GARRISON)[0])
    assert json.loads(gmcr_text(document)) == document


# Files


def test_a_file_is_read_with_what_was_decided_in_its_note(tmp_path):
    path = tmp_path / "elmira.gmcr"
    path.write_text(gmcr_text(ELMIRA_RANKING))
    model = read_gmcr(path)
    assert (model.name, model.conflict.name, model.variant) == (str(path), "elmira", None)
    assert "status quo" in model.conflict.note


def test_a_file_has_no_variants(tmp_path):
    with pytest.raises(UsageError, match="no variant 'pessimist'"):
        read_gmcr(tmp_path / "elmira.gmcr", "pessimist")


@pytest.mark.parametrize("name", ["missing.gmcr", "", "a\0b"])
def test_a_file_that_cannot_be_opened(tmp_path, name):
    with pytest.raises(ModelError) as caught:
        read_gmcr(f"{tmp_path}/{name}")
    assert caught.value.faults[0].code in ("file-missing", "file-unreadable")


def test_a_faulty_file_is_named(tmp_path):
    path = tmp_path / "broken.gmcr"
    path.write_bytes(b"{}")
    with pytest.raises(ModelError) as caught:
        read_gmcr(path)
    assert caught.value.file == str(path)


@pytest.mark.parametrize("name", KNOWN)
def test_texts_of_rules_and_statements_mean_what_they_say(name):
    """Rendered as a model file and read again, a conflict from GMCR+ is the same."""
    rendering = pytest.importorskip("standoff.files.writing")
    reading = pytest.importorskip("standoff.files.reading")
    conflict, _ = gmcr_to_conflict(KNOWN[name][0])
    assert reading.read_text(rendering.render(conflict)).conflict == conflict
