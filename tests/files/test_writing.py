from __future__ import annotations

import os
import stat
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standoff.errors import RefusedError, UsageError
from standoff.files.editing import edit
from standoff.files.emitting import decimal, inline, scalar
from standoff.files.reading import read_text
from standoff.files.writing import render, write_text_atomic
from standoff.files.yaml_nodes import plain_data
from standoff.files.yaml_reading import compose
from tests.example import TEXT
from tests.files.faulty import GRAPH, REPEATABLE, RICH, example, rich
from tests.files.test_yaml import CASES
from tests.oracles.conflicts import conflicts

# Whole files


def test_a_file_is_written_as_a_whole_and_nothing_is_left_beside_it(tmp_path):
    path = tmp_path / "new.yaml"
    write_text_atomic(path, "name: Zoë\n")
    assert path.read_bytes() == "name: Zoë\n".encode()
    assert [each.name for each in tmp_path.iterdir()] == ["new.yaml"]


def test_an_existing_file_is_replaced_only_when_told(tmp_path):
    path = tmp_path / "old.yaml"
    path.write_text("old")
    path.chmod(0o640)
    with pytest.raises(UsageError, match="exists already"):
        write_text_atomic(path, "new")
    assert path.read_text() == "old"
    write_text_atomic(path, "new", overwrite=True)
    assert path.read_text() == "new"
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


def test_a_new_file_gets_the_usual_permissions(tmp_path):
    before = os.umask(0o027)
    try:
        write_text_atomic(tmp_path / "new.yaml", "x")
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "new.yaml").stat().st_mode) == 0o640


def test_a_symbolic_link_stays_and_its_target_is_written(tmp_path):
    (tmp_path / "target.yaml").write_text("old")
    (tmp_path / "link.yaml").symlink_to("target.yaml")
    write_text_atomic(tmp_path / "link.yaml", "new", overwrite=True)
    assert (tmp_path / "link.yaml").is_symlink()
    assert (tmp_path / "target.yaml").read_text() == "new"


def test_a_failure_leaves_the_old_file_and_no_other(tmp_path, monkeypatch):
    path = tmp_path / "old.yaml"
    path.write_text("old")

    def full(_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(UsageError, match="cannot be written: no space left"):
        write_text_atomic(path, "new", overwrite=True)
    assert path.read_text() == "old"
    assert [each.name for each in tmp_path.iterdir()] == ["old.yaml"]


def test_a_place_that_cannot_be_written_is_a_usage_error(tmp_path):
    with pytest.raises(UsageError, match="cannot be written"):
        write_text_atomic(tmp_path / "none" / "new.yaml", "x")
    with pytest.raises(UsageError, match="is a directory"):
        write_text_atomic(tmp_path, "x", overwrite=True)


def test_what_is_no_regular_file_is_not_replaced(tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with pytest.raises(UsageError, match="no regular file"):
        write_text_atomic(pipe, "text", overwrite=True)
    assert pipe.is_fifo()


# A conflict as text


@pytest.mark.parametrize("text", [TEXT, GRAPH, RICH], ids=["example", "graph", "rich"])
def test_what_is_rendered_reads_as_the_same_conflict(text):
    conflict = read_text(text).conflict
    assert read_text(render(conflict)).conflict == conflict


@pytest.mark.parametrize("path", sorted(CASES.glob("*.yaml")), ids=lambda path: path.stem)
def test_shipped_cases_survive_rendering(path):
    conflict = read_text(path.read_text(encoding="utf-8")).conflict
    assert read_text(render(conflict)).conflict == conflict


@REPEATABLE
@given(conflicts())
def test_random_conflicts_survive_rendering(conflict):
    weights = (w for dm in conflict.decision_makers for _, w in getattr(dm.preference, "weights", ()))
    if all(has_finite_decimal(weight) for weight in weights):
        assert read_text(render(conflict)).conflict == conflict
    else:
        with pytest.raises(RefusedError, match="no finite decimal form"):
            render(conflict)


def has_finite_decimal(number: Fraction) -> bool:
    return 10**50 % number.denominator == 0


def test_a_weight_without_a_finite_decimal_is_refused():
    with pytest.raises(RefusedError, match="multiply the weights by 3"):
        decimal(Fraction(1, 6))


@REPEATABLE
@given(st.decimals(allow_nan=False, allow_infinity=False, places=6))
def test_decimals_are_written_exactly(number):
    assert Fraction(decimal(Fraction(number))) == Fraction(number)


texts = st.text(
    st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from("\n\t:#,[]{}'\"\\-?! "), max_size=30
)


@REPEATABLE
@given(
    st.recursive(texts, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3))
)
def test_any_data_survives_being_written_on_one_line(value):
    root, faults = compose(f"key: {inline(value)}\n")
    assert faults == []
    assert plain_data(root) == {"key": value}


@REPEATABLE
@given(texts)
def test_any_text_survives_being_written(text):
    root, _ = compose(f"- {scalar(text)}\n")
    assert plain_data(root) == [text]


# Edits


def diff(before: str, after: str) -> list[str]:
    old, new = before.splitlines(), after.splitlines()
    while old and new and old[0] == new[0]:
        del old[0], new[0]
    while old and new and old[-1] == new[-1]:
        del old[-1], new[-1]
    return [*(f"-{line}" for line in old), *(f"+{line}" for line in new)]


US = ("decision_makers", "us")
DPRK = ("decision_makers", "dprk")


@pytest.mark.parametrize(
    ("path", "value", "lines"),
    [
        (("name",), "New: name", ["-name: Two-party example", "+name: 'New: name'"]),
        (("as_of",), None, ["-as_of: 2019-07-01"]),
        (("note",), "line\nbreak", ['+note: "line\\nbreak"']),
        ((*US, "prefers", 0), "us.relief", ["-      - not dprk.test", "+      - us.relief"]),
        ((*US, "prefers", 0), None, ["-      - not dprk.test"]),
        ((*US, "prefers", 4), "us.relief", ["+      - us.relief"]),
        (
            (*US, "prefers", 1),
            {"id": "f", "statement": "dprk.freeze"},
            ["-      - dprk.freeze", "+      - id: f", "+        statement: dprk.freeze"],
        ),
        (
            (*US, "prefers", 2, "note"),
            "big, or none",
            [
                "-      - {id: no-crumbs, statement: not us.relief, note: small deals reward delay}",
                "+      - {id: no-crumbs, statement: not us.relief, note: 'big, or none'}",
            ],
        ),
        (
            (*US, "options", "relief"),
            "Grant all",
            [
                "-      relief: Grant partial relief            # id: label, or a mapping {label, note, evidence}",
                "+      relief: Grant all            # id: label, or a mapping {label, note, evidence}",
            ],
        ),
        (
            (*US, "prefers"),
            [],
            [
                "-    prefers:                                  # option prioritising: most important first",
                "-      - not dprk.test",
                "-      - dprk.freeze",
                "-      - {id: no-crumbs, statement: not us.relief, note: small deals reward delay}",
                "-      - us.exercises if dprk.test",
                "+    prefers: []                                  # option prioritising: most important first",
            ],
        ),
        (
            (*DPRK, "prefers"),
            ["us.relief and not us.exercises"],
            [
                "-    prefers: [us.relief, not us.exercises, not dprk.freeze]",
                "+    prefers:",
                "+      - us.relief and not us.exercises",
            ],
        ),
        (
            (*DPRK, "prefers", 1),
            None,
            [
                "-    prefers: [us.relief, not us.exercises, not dprk.freeze]",
                "+    prefers: [us.relief, not dprk.freeze]",
            ],
        ),
        ((*DPRK, "note"), "n", ["+    note: n"]),
        (("status_quo", 0), "us.relief", ["-status_quo: []", "+status_quo: [us.relief]"]),
        (("states", "deal"), None, ["-states:", "-  deal: [us.relief, dprk.freeze]", "+states: {}"]),
        (("states", "pact"), ["us.relief"], ["+  pact: [us.relief]"]),
        (("coalitions",), {"both": ["us", "dprk"]}, ["+coalitions:", "+  both: [us, dprk]"]),
    ],
)
def test_an_edit_changes_its_lines_and_no_others(path, value, lines):
    result = edit(TEXT, {path: value})
    assert diff(TEXT, result) == lines


def test_no_change_is_no_change():
    for path in CASES.glob("*.yaml"):
        text = path.read_text(encoding="utf-8")
        assert edit(text, {}) == text


def test_line_breaks_and_byte_order_mark_stay():
    text = "\ufeff" + TEXT.replace("\n", "\r\n")
    result = edit(text, {("note",): "n", ("states", "pact"): ["us.relief"]})
    assert result.startswith("\ufeff")
    assert result.count("\n") == result.count("\r\n") == text.count("\n") + 2


def test_several_edits_apply_in_order():
    result = edit(TEXT, {(*US, "prefers"): [], (*US, "prefers", 0): "us.relief", ("note",): "n"})
    conflict = read_text(result).conflict
    assert [each.statement.text for each in conflict.decision_makers[0].preference.statements] == [
        "us.relief"
    ]
    assert conflict.note == "n"


@pytest.mark.parametrize(
    "path", [("no", "where"), ("name", "deeper"), ("feasible", 5), ("feasible", -1), ("absent",)]
)
def test_a_path_that_leads_nowhere_is_a_usage_error(path):
    with pytest.raises(UsageError, match="There is no"):
        edit(TEXT, {path: None})


def test_what_stands_behind_an_alias_is_left_alone():
    text = rich("coalitions: {allies: [us, rok]}", "coalitions:\n  allies: &who [us, rok]\n  others: *who")
    for path, value in [(("coalitions", "allies", 0), "dprk"), (("coalitions", "others"), ["us"])]:
        with pytest.raises(RefusedError, match="by hand"):
            edit(text, {path: value})
    assert "&who [us, rok]" in edit(text, {("name",): "N"})


def test_an_empty_value_can_be_filled():
    assert edit("a:\nb: 1\n", {("a",): "x"}) == "a: x\nb: 1\n"
    assert edit("a: # why\nb: 1\n", {("a",): "x"}) == "a: x # why\nb: 1\n"
    assert edit("a:\nb: 1", {("a",): {"c": "d"}}) == "a:\n  c: d\nb: 1"


def paths_in(data, path=()):
    yield path
    if isinstance(data, dict):
        for key, part in data.items():
            yield from paths_in(part, (*path, key))
    if isinstance(data, list):
        for index, part in enumerate(data):
            yield from paths_in(part, (*path, index))


def put(data, path, value):
    step, rest = path[0], path[1:]
    if isinstance(data, dict):
        if not rest and value is None:
            return {key: part for key, part in data.items() if key != step}
        return {**data, step: put(data[step], rest, value) if rest else value}
    if not rest and value is None:
        return [*data[:step], *data[step + 1 :]]
    return [*data[:step], put(data[step], rest, value) if rest else value, *data[step + 1 :]]


SMALL = ("elmira-1991", "garrison", "trade-round")
SOURCES = [TEXT, GRAPH, RICH, *((CASES / f"{name}.yaml").read_text(encoding="utf-8") for name in SMALL)]
values = st.sampled_from(
    [None, "text", "a: b", "not a, b", [], {}, ["a", "at_most_one(a, b)"], {"k": ["v"], "l": "m"}]
)


@REPEATABLE
@given(st.data())
def test_an_edit_does_what_it_says_or_refuses(data):
    text = data.draw(st.sampled_from(SOURCES))
    before = plain_data(compose(text)[0])
    path = data.draw(st.sampled_from([path for path in paths_in(before) if path]))
    value = data.draw(values)
    try:
        result = edit(text, {path: value})
    except RefusedError:
        return
    assert plain_data(compose(result)[0]) == put(before, path, value)
    comments = [line for line in text.splitlines() if line.startswith("#")]
    assert [line for line in result.splitlines() if line.startswith("#")] == comments


@pytest.mark.parametrize("text", SOURCES, ids=range(len(SOURCES)))
def test_edits_of_our_own_files_are_hardly_ever_refused(text):
    data = plain_data(compose(text)[0])
    paths = [path for path in paths_in(data) if path][:: max(1, len(list(paths_in(data))) // 12)]
    for path in paths:
        for value in (None, "text", ["a", "b, c"], {"k": "v"}):
            if not (value is None and len(path) == 1 and len(data) == 1):
                edit(text, {path: value})


def test_the_example_can_be_emptied_and_filled_again():
    assert read_text(
        edit(example("status_quo: []", "status_quo: [relief]"), {("status_quo", 0): None})
    ).conflict == (read_text(TEXT).conflict)
