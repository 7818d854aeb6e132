"""Drawings: well formed, complete, escaped, and with no arrow that runs through a state."""

from __future__ import annotations

import re
import shlex
import xml.etree.ElementTree as ET
from collections import Counter
from functools import cache
from itertools import combinations, pairwise
from math import dist

import pytest

from standoff.cases import case_names
from standoff.errors import UsageError
from standoff.files.reading import read_text
from standoff.report.figures import KINDS, figure_svg
from standoff.report.figures.scene import SMALL as SMALL_TYPE
from standoff.report.figures.shown import MOST_STATES
from standoff.report.figures.text import width
from standoff.study import analyse
from tests.docs.examples import ROOT, run_command
from tests.example import TEXT
from tests.oracles.conflicts import random_conflict
from tests.oracles.examples import listed

SVG = "{http://www.w3.org/2000/svg}"
SMALL = ("chicken", "prisoners-dilemma", "stag-hunt", "elmira-1991", "garrison", "milk-river")
SEEDS = range(30)
UNTIMED = tuple(kind for kind in KINDS if kind not in {"belief", "play"})
"""Kinds that any model has; tests/belief and tests/simulate look at the others."""


@cache
def study_of(name):
    return analyse(f"case:{name}") if isinstance(name, str) else analyse(random_conflict(name))


def drawn(study, kind="graph", **states):
    return ET.fromstring(figure_svg(study, kind, **states))


def states_of(root):
    return root.findall(f".//{SVG}g[@data-state]")


def arrows_of(root):
    return root.findall(f".//{SVG}g[@data-mover]")


def ends(arrow):
    return arrow.get("data-mover"), arrow.get("data-from"), arrow.get("data-to")


def words(element):
    return "".join(element.itertext())


def improvements(study):
    graph, label = study.graph, study.space.label
    return [
        (dm, label(state), label(int(target)))
        for number, dm in enumerate(study.decision_makers)
        for state in range(study.space.size)
        for target in graph.improvements(number, state)
    ]


# What is there


@pytest.mark.parametrize("name", [*SMALL, *SEEDS])
def test_every_state_and_every_improvement_is_drawn_once(name):
    study = study_of(name)
    root = drawn(study)
    assert sorted(state.get("data-state") for state in states_of(root)) == sorted(study.states)
    strong = [ends(arrow) for arrow in arrows_of(root) if "other" not in arrow.get("class").split()]
    assert Counter(strong) == Counter(improvements(study))


@pytest.mark.parametrize("name", [*case_names(), *SEEDS[:20]])
@pytest.mark.parametrize("kind", UNTIMED)
def test_a_drawing_is_an_accessible_picture_that_stands_alone(name, kind):
    study = study_of(name)
    if kind == "options" and not study.space.options:
        return
    text = figure_svg(study, kind)
    root = ET.fromstring(text)
    assert root.get("role") == "img"
    assert [child.tag for child in root[:2]] == [f"{SVG}title", f"{SVG}desc"]
    assert all(words(child).strip() for child in root[:2])
    labels = [state.get("data-state") for state in states_of(root)]
    assert len(set(labels)) == len(labels)
    assert study.status_quo in labels
    assert not [
        element.tag for element in root.iter() if element.tag.endswith(("script", "image", "use", "a"))
    ]
    assert not re.search(r"href|url\(|@import|\bid=|\bon[a-z]+=", re.sub(r">[^<]*<", "><", text))
    assert "@media screen and (prefers-color-scheme:dark)" in text
    assert "currentColor" in text
    assert len(text) < 120_000
    left, top, width, height = map(float, root.get("viewBox").split())
    for point in points_in(root):
        assert left <= point[0] <= left + width
        assert top <= point[1] <= top + height


def points_in(root):
    for element in root.iter(f"{SVG}path"):
        if "transform" not in element.attrib and element.get("class", "").split()[0] != "rule":
            yield from samples(element.get("d").split("h")[0])
    for element in (*root.iter(f"{SVG}text"), *root.iter(f"{SVG}tspan")):
        if element.get("x") is not None:
            yield float(element.get("x")), float(element.get("y"))


def test_a_state_has_one_text_with_its_marks():
    root = drawn(analyse(read_text(TEXT)))
    told = {state.get("data-state"): state.findall(f"{SVG}text") for state in states_of(root)}
    assert all(len(texts) == 1 for texts in told.values())
    assert words(told["s1"][0]) == "s1 status quo Nash"
    assert words(told["deal"][0]) == "deal SSEQ"
    assert words(told["s9"][0]) == "s9"
    classes = {state.get("data-state"): state.get("class").split() for state in states_of(root)}
    assert classes["s1"] == ["state", "status-quo", "equilibrium"]
    assert classes["s9"] == ["state"]
    assert "United States: 14 improvements" in root.find(f"{SVG}desc").text
    assert "Not drawn: 38 moves without improvement." in words(root.find(f"{SVG}g[@class='legend']"))


def test_moves_that_are_no_improvement_are_drawn_thin_where_there_are_few():
    arrows = arrows_of(drawn(study_of("chicken")))
    thin = [ends(arrow) for arrow in arrows if "other" in arrow.get("class").split()]
    assert len(arrows) == 8
    assert ("row", "row_swerves", "collision") in thin
    assert len(thin) == 4


def test_up_to_thirty_decision_makers_differ_by_dashes_and_heads():
    parties = {f"p{number}": ([("a", "b")], [("b",), ("a",)]) for number in range(30)}
    root = drawn(analyse(listed("a b", **parties)))
    looks = [
        (shaft.get("class"), head.get("class"), head.get("d"))
        for shaft, head in (arrow.findall(f"{SVG}path") for arrow in arrows_of(root))
    ]
    assert len(set(looks)) == 30
    assert len(root.findall(f"{SVG}g[@class='legend']/{SVG}text")) >= 30


def test_option_table_says_yes_and_no_in_the_order_of_the_file():
    root = drawn(analyse(read_text(TEXT)), "options")
    told = {state.get("data-state"): words(state.find(f"{SVG}text")) for state in states_of(root)}
    assert told["s1"] == "s1 N N N N yes Nash"
    assert told["deal"] == "deal Y N Y N SSEQ"
    assert len(told) == 12
    with pytest.raises(UsageError, match="no options"):
        figure_svg(analyse(listed("a b", one=([("a", "b")], [("a", "b")]))), "options")


@pytest.mark.parametrize("name", ["elmira-1991", "garrison", "north-korea-2019"])
def test_rank_slopes_put_better_states_higher_and_equal_ones_side_by_side(name):
    study = study_of(name)
    heights = {}
    for state in states_of(drawn(study, "ranks")):
        line = state.find(f"{SVG}path").get("d").removeprefix("M")
        points = [tuple(map(float, point.split())) for point in line.split("L")]
        heights[study.space.index(state.get("data-state"))] = [y for _, y in points]
    for (one, ys), (other, others) in combinations(heights.items(), 2):
        for ranks, y, y_other in zip(study.graph.ranks, ys, others, strict=True):
            assert (y < y_other) == (ranks[one] > ranks[other])
            assert (y == y_other) == (ranks[one] == ranks[other])
    assert study.space.status_quo in heights


def test_short_names_of_states_are_whole_and_their_columns_wide_enough():
    root = drawn(study_of("north-korea-2019"), "options")
    told = {s.get("data-state"): words(s.find(f"{SVG}text")) for s in states_of(root)}
    assert told["package"].startswith("package Y")
    assert told["freeze-for-relief"].startswith("freeze- for- relief ")
    middles = [float(s.find(f"{SVG}text/{SVG}tspan").get("x")) for s in states_of(root)]
    room = width("package", SMALL_TYPE, bold=True)
    assert all(after - before > room for before, after in pairwise(middles))


def test_the_belief_is_labelled_with_the_whole_name_of_the_type_inside_the_picture():
    root = drawn(study_of("north-korea-2019"), "belief")
    (label,) = [text for text in root.iter(f"{SVG}text") if "Would disarm" in words(text)]
    assert words(label).endswith(" Would disarm under pressure")
    left, _, wide, _ = map(float, root.get("viewBox").split())
    assert float(label.get("x")) + width(words(label), SMALL_TYPE, bold=True) < left + wide


def test_the_order_of_the_moves_of_a_large_model_is_named():
    study = study_of("north-korea-2019")
    root = drawn(study)
    order = "The moves of each mover stand in the order of its own ranking of where they lead at once."
    assert order in " ".join(words(text) for text in root.findall(f"{SVG}g[@class='legend']/{SVG}text"))
    for number, dm in enumerate(study.decision_makers):
        reached = [study.space.index(ends(a)[2]) for a in arrows_of(root) if ends(a)[0] == dm]
        ranks = study.graph.ranks[number][reached].tolist()
        assert ranks == sorted(ranks, reverse=True)


# Which states and arrows


def test_a_large_model_shows_one_state_and_where_each_party_can_go_from_there():
    study = study_of("north-korea-2019")
    root = drawn(study)
    arrows = arrows_of(root)
    assert {arrow.get("data-from") for arrow in arrows} == {"today"}
    moves = sum(study.graph.moves(dm, study.space.status_quo).size for dm in range(5))
    assert len(arrows) == moves == 30
    assert len(states_of(root)) == 31
    assert "Not drawn: 1,649 other states." in root.find(f"{SVG}desc").text
    other = drawn(study, selected="small-deal")
    assert {arrow.get("data-from") for arrow in arrows_of(other)} == {"small-deal"}


def test_at_most_forty_moves_are_listed_improvements_and_every_mover_first():
    names = " ".join(f"q{number}" for number in range(100))
    everywhere = [("q0", name) for name in names.split()[1:]]
    best_last = [(name,) for name in reversed(names.split())]
    study = analyse(listed(names, one=(everywhere, best_last), two=(everywhere, [tuple(names.split())])))
    root = drawn(study)
    arrows = [ends(arrow) for arrow in arrows_of(root)]
    assert arrows == [("one", "q0", f"q{99 - number}") for number in range(40)]
    assert "Not drawn: 158 moves." in root.find(f"{SVG}desc").text


def test_64_states_are_the_most_that_are_all_drawn():
    for number, all_drawn in ((MOST_STATES, True), (MOST_STATES + 1, False)):
        names = [f"q{place}" for place in range(number)]
        ranking = [(name,) for name in names]
        study = analyse(listed(" ".join(names), one=(list(pairwise(reversed(names))), ranking)))
        root = drawn(study)
        assert (len(states_of(root)) == number) is all_drawn
        assert (len(arrows_of(root)) == number - 1) is all_drawn


def test_selecting_a_state_draws_its_moves_only():
    root = drawn(study_of("elmira-1991"), selected="s2")
    assert len(states_of(root)) == 12
    assert {ends(arrow) for arrow in arrows_of(root)} == {
        ("uniroyal", "s2", "s4"),
        ("uniroyal", "s2", "s6"),
        ("local", "s2", "s8"),
    }


@pytest.mark.parametrize(
    ("name", "path", "states"),
    [
        ("elmira-1991", ["s1", "s2", "s4", "s10"], 12),
        ("north-korea-2019", ["today", "s466", "s471", "today"], 3),
        ("chicken", ["collision"], 4),
    ],
)
def test_a_path_draws_its_steps_only(name, path, states):
    root = drawn(study_of(name), path=path)
    assert [(a.get("data-from"), a.get("data-to")) for a in arrows_of(root)] == list(pairwise(path))
    assert len(states_of(root)) == states
    assert root.find(f"{SVG}title").text.startswith(f"Path from {path[0]} to {path[-1]}: ")
    steps = [text.text for text in root.findall(f"{SVG}text[@class='on-line']")]
    assert steps == [str(number) for number in range(1, len(path))]


def test_what_does_not_exist_is_a_fault_of_usage():
    study = study_of("chicken")
    for arguments, told in (
        ({"kind": "grph"}, "Did you mean 'graph'"),
        ({"kind": "graph", "selected": "colision"}, "Did you mean 'collision'"),
        (
            {"kind": "graph", "path": ["collision", "both_swerve"]},
            "Nobody can move from collision to both_swerve",
        ),
        ({"kind": "ranks", "selected": "collision"}, "'graph' only"),
    ):
        with pytest.raises(UsageError, match=told):
            figure_svg(study, **arguments)


# Geometry


def samples(data):
    """Points along the path of an arrow: one line, or one Bézier curve."""
    points = [tuple(map(float, pair)) for pair in re.findall(r"(-?[\d.]+) (-?[\d.]+)", data)]
    assert data.startswith("M")
    for step in range(101):
        t, level = step / 100, points
        while len(level) > 1:
            level = [tuple(a + (b - a) * t for a, b in zip(*pair, strict=True)) for pair in pairwise(level)]
        yield level[0]


def outlines(root):
    found = {}
    for state in states_of(root):
        rim = next(rect for rect in state.findall(f"{SVG}rect") if rect.get("class") == "rim")
        x, y, width, height = (float(rim.get(key)) for key in ("x", "y", "width", "height"))
        found[state.get("data-state")] = (x, y, x + width, y + height)
    return found


def outside(point, outline):
    left, top, right, bottom = outline
    return max(left - point[0], point[0] - right, top - point[1], point[1] - bottom)


def check_geometry(root):
    boxes = outlines(root)
    for (_, one), (_, other) in combinations(boxes.items(), 2):
        assert max(one[0] - other[2], other[0] - one[2], one[1] - other[3], other[1] - one[3]) > 4
    tips = []
    for arrow in arrows_of(root):
        _, origin, target = ends(arrow)
        shaft, head = arrow.findall(f"{SVG}path")
        points = list(samples(shaft.get("d")))
        tip = tuple(map(float, re.search(r"translate\((\S+) (\S+)\)", head.get("transform")).groups()))
        assert -6 <= outside(points[0], boxes[origin]) <= 6
        assert -6 <= outside(tip, boxes[target]) <= 6
        assert dist(points[-1], tip) < 12
        assert dist(points[0], tip) > 20
        for label, box in boxes.items():
            if label not in {origin, target}:
                assert min(outside(point, box) for point in points) > 2, (ends(arrow), label)
        tips.append(tip)
    return tips


@pytest.mark.parametrize("name", [*case_names(), *SEEDS])
def test_no_arrow_runs_through_a_state_that_is_not_its_own(name):
    study = study_of(name)
    check_geometry(drawn(study))
    check_geometry(drawn(study, selected=study.status_quo))


@pytest.mark.parametrize("name", ["elmira-1991", "garrison", *SEEDS[:20]])
def test_no_two_arrows_end_at_the_same_point(name):
    tips = check_geometry(drawn(study_of(name)))
    assert all(dist(*pair) > 0.5 for pair in combinations(tips, 2))


def test_moves_of_all_parties_between_the_same_two_states_are_told_apart():
    names = "a b c d"
    there_and_back = [("a", "b"), ("b", "a"), ("a", "c"), ("c", "a")]
    ties = [tuple(names.split())]
    study = analyse(listed(names, one=(there_and_back, ties), two=(there_and_back, ties)))
    root = drawn(study)
    check_geometry(root)
    middles = [list(samples(arrow.find(f"{SVG}path").get("d")))[50] for arrow in arrows_of(root)]
    assert len(middles) == 8
    assert all(dist(*pair) > 5 for pair in combinations(middles, 2))


# What comes from a model


HOSTILE = """\
standoff: 1
name: "<script>alert(1)</script> & \\"quotes\\""
decision_makers:
  one:
    name: "<img src=x onerror=alert(1)>"
    options: {x: "]]></style><script>alert(1)</script>", y: "' onload='alert(1)"}
    prefers: [two.x, not one.x]
  two:
    name: "حكومة الجمهورية الإسلامية"
    options: {x: "조선민주주의인민공화국은 핵 시험을 재개한다"}
    prefers: [one.x]
  three:
    name: "NAME"
    options: {x: "LABEL"}
    prefers: [one.y]
status_quo: []
""".replace("NAME", "long name " * 30).replace("LABEL", "ㄱ" * 300)


@pytest.mark.parametrize("kind", UNTIMED)
def test_names_and_labels_are_only_text(kind):
    study = analyse(read_text(HOSTILE))
    text = figure_svg(study, kind)
    root = ET.fromstring(text)
    plain = drawn(study_of("garrison"), kind)
    assert {element.tag for element in root.iter()} <= {element.tag for element in plain.iter()}
    names = {key for element in root.iter() for key in element.attrib}
    assert names <= {key for element in plain.iter() for key in element.attrib}
    assert "<script" not in text
    assert "<img" not in text
    told = [words(element) for element in (*root.iter(f"{SVG}text"), *root.iter(f"{SVG}title"))]
    assert any("<img src=x" in line for line in told)
    assert any("حكومة" in line for line in told)
    assert any(("long name " * 30).strip() in line for line in told)
    for element in root.iter(f"{SVG}text"):
        assert len("".join(part for part in (element.text, *(c.tail for c in element)) if part)) < 100
    if kind == "options":
        assert "ㄱ" * 300 in words(root)


def test_long_and_strange_labels_of_states_are_cut_but_kept_whole_in_a_title():
    long, strange = "n" * 300, "a\u202e\x07b<b>"
    study = analyse(
        listed(f"s {long} {strange}", one=([("s", long), ("s", strange)], [(long, strange), ("s",)]))
    )
    root = drawn(study)
    (state,) = [s for s in states_of(root) if s.get("data-state") == long]
    assert words(state.find(f"{SVG}text")).startswith("nnnnnnnn")
    assert len(words(state.find(f"{SVG}text"))) < 40
    assert long in state.find(f"{SVG}title").text
    assert "a  b<b>" in {s.get("data-state") for s in states_of(root)}


# The same everywhere


def test_a_study_shows_its_graph_in_a_notebook_if_it_is_small():
    study = study_of("chicken")
    assert figure_svg(study, "graph") in study._repr_html_()
    assert "<svg" not in study_of("north-korea-2019")._repr_html_()


@pytest.mark.parametrize("kind", UNTIMED)
def test_the_same_model_gives_the_same_drawing(kind):
    assert figure_svg(analyse("case:garrison"), kind) == figure_svg(analyse("case:garrison"), kind)


PAGE = (ROOT / "docs" / "how-to" / "figure.md").read_text(encoding="utf-8")
COMMANDS = [shlex.split(line) for line in re.findall(r"^\$ (standoff figure .* -o .*)$", PAGE, re.MULTILINE)]


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command[-1])
def test_the_pictures_of_the_documentation_are_those_that_the_commands_write(command, tmp_path):
    _, code = run_command(shlex.join(command), str(tmp_path))
    assert code == 0
    kept = ROOT / "docs" / "images" / command[-1]
    assert kept.read_text(encoding="utf-8") == (tmp_path / command[-1]).read_text(encoding="utf-8"), (
        f"to accept the new picture: cd docs/images; {shlex.join(command)} --force"
    )


def test_every_picture_of_the_documentation_is_shown():
    kept = {path.name for path in (ROOT / "docs" / "images").glob("*.svg")}
    assert set(re.findall(r"\(\.\./images/(\S+)\)", PAGE)) == {command[-1] for command in COMMANDS} <= kept
