from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standoff.errors import ModelError
from standoff.files.codes import CODES
from standoff.files.grammar import parse_statement, resolve_option
from standoff.model.statement import Count, Implies, Not, Or, Taken, Xor, holds
from tests.files.faulty import REPEATABLE

OPTIONS = ("us.relief", "us.exercises", "dprk.freeze", "dprk.test", "rok.test")
SHORT = ("d.a", "d.b", "d.c", "d.e")


def parsed(text, options=SHORT):
    return parse_statement(text, options).expression


# Precedence: fully parenthesised Python says what is meant.


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("not a and b", "(not a) and b"),
        ("not not a", "a"),
        ("a and b xor c", "(a and b) != c"),
        ("a xor b and c", "a != (b and c)"),
        ("a xor b or c", "(a != b) or c"),
        ("a or b xor c", "a or (b != c)"),
        ("a or b and c", "a or (b and c)"),
        ("a xor b xor c", "(a != b) != c"),
        ("a xor b xor c xor e", "((a != b) != c) != e"),
        ("a or b implies c", "(not (a or b)) or c"),
        ("a if b or c", "a or not (b or c)"),
        ("not a and b or c if e", "((((not a) and b) or c)) or not e"),
        ("a iff b xor c", "a == (b != c)"),
        ("(a if b) iff c", "(a or not b) == c"),
        ("a if (b if c)", "a or not (b or not c)"),
        ("a implies (b implies c)", "(not a) or ((not b) or c)"),
        ("not (a or b)", "not (a or b)"),
        ("exactly_one(a, b, c)", "(a + b + c) == 1"),
        ("at_most_one(a, b, c)", "(a + b + c) <= 1"),
        ("at_least_one(a, b, c)", "(a + b + c) >= 1"),
        ("all_of(a, b, c)", "a and b and c"),
        ("none_of(a, b, c)", "not (a or b or c)"),
        ("count(a, b, c, e) >= 2", "(a + b + c + e) >= 2"),
        ("count(a, b, c, e) <= 2", "(a + b + c + e) <= 2"),
        ("count(a, b, c, e) == 3", "(a + b + c + e) == 3"),
        ("count(a, not b, c xor e) >= 2 and a", "((a + (not b) + (c != e)) >= 2) and a"),
        ("not exactly_one(a, b) or c", "(not ((a + b) == 1)) or c"),
    ],
)
def test_a_statement_means_what_python_means_by_the_parenthesised_form(text, meant):
    expression = parsed(text)
    for values in product((False, True), repeat=4):
        row = dict(zip("abce", values, strict=True))
        taken = frozenset(f"d.{name}" for name, value in row.items() if value)
        assert holds(expression, taken) == eval(meant, {}, row), (text, row)


def trees(depth: int) -> st.SearchStrategy:
    """Pairs of the text of a statement and a function that evaluates it on a row."""
    leaves = st.sampled_from("abce").map(lambda name: (f"d.{name}", lambda row, name=name: row[name]))
    if not depth:
        return leaves
    parts = trees(depth - 1)
    two = st.tuples(parts, parts)
    listed = st.lists(parts, min_size=1, max_size=4)
    return st.one_of(
        leaves,
        parts.map(lambda a: (f"not {wrapped(a)}", lambda row: not a[1](row))),
        two.map(lambda p: (f"{wrapped(p[0])} and {wrapped(p[1])}", lambda row: p[0][1](row) and p[1][1](row))),
        two.map(lambda p: (f"{wrapped(p[0])} or {wrapped(p[1])}", lambda row: p[0][1](row) or p[1][1](row))),
        two.map(lambda p: (f"{wrapped(p[0])} xor {wrapped(p[1])}", lambda row: p[0][1](row) != p[1][1](row))),
        two.map(lambda p: (f"{wrapped(p[0])} if {wrapped(p[1])}", lambda row: p[0][1](row) or not p[1][1](row))),
        two.map(lambda p: (f"{wrapped(p[0])} iff {wrapped(p[1])}", lambda row: p[0][1](row) == p[1][1](row))),
        listed.map(
            lambda ps: (
                f"exactly_one({', '.join(p[0] for p in ps)})",
                lambda row: sum(bool(p[1](row)) for p in ps) == 1,
            )
        ),
        st.tuples(listed, st.sampled_from([">=", "<=", "=="]), st.integers(0, 5)).map(
            lambda c: (
                f"count({', '.join(p[0] for p in c[0])}) {c[1]} {c[2]}",
                lambda row: eval(f"{sum(bool(p[1](row)) for p in c[0])} {c[1]} {c[2]}"),
            )
        ),
    )  # fmt: skip


def wrapped(tree) -> str:
    return f"({tree[0]})" if " " in tree[0] else tree[0]


@REPEATABLE
@given(trees(3))
def test_nested_statements_agree_with_an_independent_evaluator(tree):
    text, value = tree
    expression = parsed(text)
    for values in product((False, True), repeat=4):
        row = dict(zip("abce", values, strict=True))
        assert holds(expression, frozenset(f"d.{n}" for n, v in row.items() if v)) == bool(value(row))


def test_structure_is_kept_as_written():
    assert parsed("a if b") == Implies(Taken("d.b"), Taken("d.a"))
    assert parsed("a xor b xor c") == Xor(Xor(Taken("d.a"), Taken("d.b")), Taken("d.c"))
    assert parsed("at_least_one(a, b)") == Or((Taken("d.a"), Taken("d.b")))
    assert parsed("at_most_one(a, b)") == Count((Taken("d.a"), Taken("d.b")), "<=", 1)
    assert parsed("none_of(a)") == Not(Or((Taken("d.a"),)))


def test_text_is_kept_with_white_space_tidied():
    assert parse_statement("  a \n and\tb ", SHORT).text == "a and b"


def test_bare_names_stand_for_the_option_where_unique():
    assert (
        parse_statement("relief and freeze", OPTIONS).expression
        == parse_statement("us.relief and dprk.freeze", OPTIONS).expression
    )
    assert resolve_option("relief", OPTIONS) == "us.relief"
    with pytest.raises(ModelError, match=r"ambiguous: dprk.test and rok.test"):
        resolve_option("test", OPTIONS)


@pytest.mark.parametrize(
    ("text", "code", "column", "message", "cure"),
    [
        ("", "statement-empty", 1, "The statement is empty.", "Write an option"),
        (" \n", "statement-empty", 1, "The statement is empty.", "Write an option"),
        ("not", "statement-cut-off", 4, "breaks off after 'not'", "Go on with an option"),
        ("us.relief and", "statement-cut-off", 14, "breaks off after 'and'", "Go on with an option"),
        ("us.relief if not", "statement-cut-off", 17, "breaks off after 'not'", "Go on with"),
        ("at_most_one(us.relief,", "statement-cut-off", 23, "breaks off after ','", "Go on with"),
        ("at_most_one(us.relief", "statement-cut-off", 12, "This parenthesis is not closed.", "Add ')'."),
        ("us.relief or (us.exercises", "statement-cut-off", 14, "This parenthesis is not closed.", "Add ')'."),
        ("exactly_one", "statement-cut-off", 12, "breaks off after 'exactly_one'", "Write exactly_one(a, b)."),
        ("count(relief) >=", "statement-cut-off", 17, "breaks off after '>='", "a number behind it"),
        ("count(relief, freeze)", "statement-cut-off", 22, "breaks off after ')'", "Write '>='"),
        ("count(relief, freeze) > 1", "statement-syntax", 23, "no number to compare with", "Write '>='"),
        ("count(relief) >= freeze", "statement-syntax", 18, "no number to compare with", "Write '>='"),
        ("count relief", "statement-syntax", 7, "'count' needs", "Write count(a, b) >= 2."),
        ("relief >= 2", "statement-syntax", 8, "'>=' cannot stand here.", "Only count(...)"),
        ("us.relief & dprk.test", "statement-syntax", 11, "'&' cannot stand here.", "Write 'and'."),
        ("us.relief && dprk.test", "statement-syntax", 11, "'&&' cannot stand here.", "Write 'and'."),
        ("us.relief | dprk.test", "statement-syntax", 11, "'|' cannot stand here.", "Write 'or'."),
        ("us.relief || dprk.test", "statement-syntax", 11, "'||' cannot stand here.", "Write 'or'."),
        ("!us.relief", "statement-syntax", 1, "'!' cannot stand here.", "Write 'not'."),
        ("us.relief and !dprk.test", "statement-syntax", 15, "'!' cannot stand here.", "Write 'not'."),
        ("us.relief -> dprk.test", "statement-syntax", 11, "'->' cannot stand here.", "Write 'implies'."),
        ("us.relief=>dprk.test", "statement-syntax", 10, "'=>' cannot stand here.", "Write 'implies'."),
        ("us.relief <-> dprk.test", "statement-syntax", 11, "'<->' cannot stand here.", "Write 'iff'."),
        ("us.relief <=> dprk.test", "statement-syntax", 11, "'<=>' cannot stand here.", "Write 'iff'."),
        ("us.relief ^ dprk.test", "statement-syntax", 11, "'^' cannot stand here.", "Write 'xor'."),
        ("us.relief AND dprk.test", "statement-syntax", 11, "'AND' cannot stand here.", "Write 'and', in small"),
        ("NOT us.relief", "statement-syntax", 1, "'NOT' cannot stand here.", "Write 'not', in small"),
        ("us.relief adn dprk.test", "statement-syntax", 11, "'adn' cannot stand here.", "Did you mean 'and'?"),
        ("us.relief implise dprk.test", "statement-syntax", 11, "'implise'", "Did you mean 'implies'?"),
        ("us.relief dprk.test", "statement-syntax", 11, "'dprk.test' cannot stand here.", "Put 'and', 'or'"),
        ("us.relief, dprk.test", "statement-syntax", 10, "',' cannot stand here.", "write 'and' or 'or'"),
        ("us.relief)", "statement-syntax", 10, "There is no '(' for this ')'.", "Drop it"),
        ("us-relief", "unknown-option", 1, "Unknown option 'us'.", ""),
        ("us.relief-test", "statement-syntax", 10, "'-' cannot stand here.", "with '_', not '-'"),
        ("atmost_one(relief)", "statement-syntax", 1, "Unknown function 'atmost_one'.", "'at_most_one'"),
        ("at_most_one()", "statement-syntax", 13, "')' cannot stand here.", "Expected an option"),
        ("and us.relief", "statement-syntax", 1, "'and' cannot stand here.", "in front of it"),
        ("us.relief or or us.relief", "statement-syntax", 14, "'or' cannot stand here.", "in front of it"),
        ("5", "statement-syntax", 1, "'5' cannot stand here.", "Expected an option"),
        ("us.relief.now", "statement-syntax", 1, "not a name of the form decision_maker.option", "'us.relief'"),
        ("us.relief if dprk.test if us.relief", "statement-chained", 24, "without parentheses", "(a if b) if c"),
        ("a implies b iff c", "unknown-option", 1, "Unknown option 'a'.", ""),
        ("us.releif", "unknown-option", 1, "Unknown option 'us.releif'.", "Did you mean 'us.relief'?"),
        ("releif", "unknown-option", 1, "Unknown option 'releif'.", "Did you mean 'relief'?"),
        ("us.relief and uss.relief", "unknown-decision-maker", 15, "Unknown decision maker 'uss'", "'us'?"),
        ("test", "ambiguous-option", 1, "'test' is ambiguous: dprk.test and rok.test.", "decision maker in front"),
        ("not " * 41 + "relief", "statement-too-deep", 161, "nested more than 40 deep", "several statements"),
        ("(" * 1000, "statement-too-deep", 41, "nested more than 40 deep", "several statements"),
        ("not " * 10_000, "statement-too-long", 1, "has 40,000 characters", "several statements"),
        ("(" * 10_000, "statement-too-long", 1, "has 10,000 characters", "several statements"),
    ],
)  # fmt: skip
def test_faults_say_column_what_and_cure(text, code, column, message, cure):
    with pytest.raises(ModelError) as caught:
        parse_statement(text, OPTIONS)
    fault = caught.value.faults[0]
    assert (fault.code, fault.line, fault.column) == (code, 1, column)
    assert message in fault.message
    assert cure in fault.cure
    assert fault.code in CODES


def test_all_unknown_names_of_a_statement_are_told():
    with pytest.raises(ModelError) as caught:
        parse_statement("us.releif and dprk.freeze or drpk.test and", OPTIONS)
    assert [(fault.code, fault.column) for fault in caught.value.faults] == [
        ("unknown-option", 1),
        ("unknown-decision-maker", 30),
        ("statement-cut-off", 43),
    ]


def test_the_widest_statements_are_not_deep():
    text = " xor ".join(["a"] * 600)
    assert not holds(parsed(text), frozenset({"d.a"}))


@REPEATABLE
@given(st.text(alphabet="ab.()!,&|=<> \nnotrdxifc1é_-", max_size=60))
def test_any_text_is_a_statement_or_a_model_error(text):
    try:
        statement = parse_statement(text, SHORT)
    except ModelError as error:
        for fault in error.faults:
            assert fault.code in CODES
            assert fault.column is not None
            assert 1 <= fault.column <= len(text) + 1
    else:
        assert parse_statement(statement.text, SHORT) == statement
