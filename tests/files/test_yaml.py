from __future__ import annotations

from pathlib import Path
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from standoff.errors import ModelError
from standoff.files.yaml_nodes import MappingNode, ScalarNode, child, place, plain_data
from standoff.files.yaml_reading import MOST_BYTES, MOST_IN_LINE, ONCE_LINE_BREAKS, compose, decoded
from tests.example import TEXT
from tests.files.faulty import REPEATABLE, faults_in

CASES = Path(__file__).parents[2] / "src" / "standoff" / "cases" / "files"


def data(text):
    root, faults = compose(text)
    assert faults == []
    return plain_data(root)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("on", "on"),
        ("no", "no"),
        ("yes", "yes"),
        ("2019-07-01", "2019-07-01"),
        ("12:30:45", "12:30:45"),
        ("010", 10),
        ("0o10", "0o10"),
        ("true", True),
        ("False", False),
        ("~", None),
        ("null", None),
        ("'null'", "null"),
        ("-1", -1),
        ("1.50", 1.5),
        (".inf", ".inf"),
        ("'5'", "5"),
        ("5 apples", "5 apples"),
        ("<<", "<<"),
        ("a\n  b", "a b"),
        ("|\n  a\n  b\n", "a\nb\n"),
        ('"\\u00e9"', "é"),
        ("[a, {b: 1}]", ["a", {"b": 1}]),
    ],
)
def test_scalars_are_what_yaml_1_2_says_and_dates_stay_text(text, value):
    assert data(f"key: {text}\n") == {"key": value}


def test_keys_are_text_whatever_they_look_like():
    assert data("on: 1\n1: 2\nnull: 3\n") == {"on": 1, "1": 2, "null": 3}


def test_nodes_know_where_they_begin():
    root, _ = compose("a:\n  - x\n  - {b: 'y', c: [z]}\nd: |\n  text\n")
    assert place(root, ()) == (1, 1)
    assert place(root, ("a",)) == (1, 1)
    assert place(root, ("a", 0)) == (2, 5)
    assert place(root, ("a", 1, "b")) == (3, 9)
    assert place(root, ("a", 1, "c")) == (3, 17)
    assert place(root, ("a", 1, "missing", 7)) == (3, 5)
    assert place(root, ("nowhere",)) == (1, 1)
    assert place(root, ("d",)) == (4, 4)


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("k: plain words", 4),
        ("k: 'single'", 5),
        ('k: "double"', 5),
        ("k: 'it''s'", None),
        ('k: "tab\\t"', None),
        ("k: two\n  lines", None),
        ("k: |\n  block", None),
        ("k:    spaced", 7),
        ("é: ü", 4),
    ],
)
def test_columns_inside_a_scalar_are_known_where_text_and_source_agree(text, first):
    root, _ = compose(text)
    assert isinstance(root, MappingNode)
    (node,) = root.values.values()
    assert isinstance(node, ScalarNode)
    assert node.first == first


def test_aliases_stand_for_what_was_anchored():
    assert data("a: &x [1, 2]\nb: *x\n") == {"a": [1, 2], "b": [1, 2]}


def test_a_byte_order_mark_is_dropped_and_counts_no_column():
    root, _ = compose(decoded(b"\xef\xbb\xbfname: x\n"))
    assert plain_data(root) == {"name": "x"}
    assert child(root, "name").column == 7


@pytest.mark.parametrize(
    ("content", "code", "line", "column"),
    [
        (b"\x89PNG\r\n\x1a\n\0\0", "not-text", 1, 1),
        ("name: é\n".encode("latin-1"), "not-utf8", 1, 7),
        ("a: b\nname: ü\n".encode("utf-16"), "not-utf8", 1, 1),
        (b"x" * (MOST_BYTES + 1), "file-too-large", 1, 1),
    ],
)
def test_bytes_that_are_no_text_are_refused(content, code, line, column):
    with pytest.raises(ModelError) as caught:
        decoded(content)
    (fault,) = caught.value.faults
    assert (fault.code, fault.line, fault.column) == (code, line, column)


def bomb() -> str:
    lines = ["x-0: &b0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"x-{n}: &b{n} [{', '.join([f'*b{n - 1}'] * 10)}]" for n in range(1, 10)]
    return "\n".join(lines) + "\n"


def chain() -> str:
    return "x-0: &c0 [x]\n" + "".join(f"x-{n}: &c{n} [*c{n - 1}]\n" for n in range(1, 3000))


def short_lines(piece: str, size: int = 300_000) -> str:
    line = (piece * MOST_IN_LINE)[: MOST_IN_LINE - 1]
    return "\n".join([line] * (size // len(line)))


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (bomb(), "too-many-elements"),
        (chain(), "too-deep"),
        ("[" * 10_000, "too-deep"),
        ("{" * 10_000, "too-deep"),
        ("- " * 10_000, "too-deep"),
        ("\n".join(" " * n + "a:" for n in range(100)), "too-deep"),
        (short_lines("["), "too-deep"),
        (short_lines("!"), "yaml-tag"),
        (short_lines("&"), "not-yaml"),
        (short_lines("*"), "unknown-alias"),
        (short_lines("'"), "not-yaml"),
        (short_lines('"\\x41'), "not-yaml"),
        (short_lines("%"), "not-yaml"),
        (short_lines("? "), "too-deep"),
        (short_lines("a: "), "not-yaml"),
        (short_lines("#"), "file-empty"),
        (short_lines("\t"), "not-yaml"),
        ("[" + short_lines("a,", 400_000), "too-many-elements"),
        ("- a\n" * 110_000, "too-many-elements"),
        ("x" * 30_000, "line-too-long"),
        ("name: " + "a" * 2_000_000, "line-too-long"),
        ("standoff: 1\n" * 5_000, "duplicate-key"),
    ],
)
def test_hostile_text_is_refused_in_bounded_time(text, code):
    start = process_time()
    faults = faults_in(text)
    assert code in {fault.code for fault in faults}
    assert all(len(fault.message) < 300 for fault in faults)
    assert process_time() - start < 30


def test_hundreds_of_options_and_faulty_statements_are_read_fast():
    options = "".join(f"      option_{n}: Label\n" for n in range(400))
    statements = "".join(f"      - not us.option{n}\n" for n in range(400))
    start = process_time()
    faults = faults_in(
        f"standoff: 1\nname: N\ndecision_makers:\n  us:\n    options:\n{options}    prefers:\n{statements}status_quo: []\n"
    )
    assert len(faults) == 201
    assert process_time() - start < 30


# What libyaml and ruamel.yaml's own parser both read, they read alike.


def events(text, *, pure):
    """Return kinds, places, values and quoting of the events, or None if the text is not read."""
    if not pure and any(mark in text for mark in ONCE_LINE_BREAKS):
        return None
    try:
        return [seen(event) for event in YAML(typ="safe", pure=pure).parse(text)]
    except (YAMLError, ValueError, OverflowError):
        return None


def seen(event):
    properties = [getattr(event, name, None) for name in ("value", "anchor", "tag")]
    if properties[0] is None:
        return (type(event).__name__, *properties)
    bare = properties[0] and not any(properties[1:])
    return (*properties, event.implicit[0], bare and (event.start_mark.line, event.start_mark.column))


@pytest.mark.parametrize("path", sorted(CASES.glob("*.yaml")), ids=lambda path: path.stem)
def test_both_parsers_agree_on_the_shipped_cases(path):
    text = path.read_text(encoding="utf-8")
    assert events(text, pure=False) == events(text, pure=True) is not None


PIECES = st.sampled_from(
    ["a", "bc", " ", "  ", ": ", ":", "- ", "-", "#", " # c", "\n", "\n  ", "\n    ", "? ", "?", "'q'", '"d"',
     "[", "]", "{", "}", ",", "&x ", "*x", "!t ", "|\n", ">-\n", "---\n", "...\n", "\t", "\r\n", "\x85", "\u2028",
     "\u00a0", "é", "%", "@", "key: word word", "- not a and b", "\n---\n", "a:b", "://"]
)  # fmt: skip


@REPEATABLE
@given(st.lists(PIECES, max_size=25).map("".join))
def test_both_parsers_agree_on_random_text_that_both_read(text):
    fast, slow = events(text, pure=False), events(text, pure=True)
    assert fast is None or slow is None or fast == slow


@REPEATABLE
@given(st.lists(PIECES, max_size=25).map("".join))
def test_random_yaml_never_raises_anything_but_a_model_error(text):
    faults_in(text)
    faults_in(TEXT + "x-more:\n" + text)
