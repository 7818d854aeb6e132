"""The picture of simulated play: well formed, escaped, in its frame, and with the numbers of the result."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from itertools import pairwise

import pytest

from standoff.errors import ModelError, UsageError
from standoff.files.reading import read_text
from standoff.report.figures import figure_svg
from standoff.report.figures.play import MOST_LINES, play_svg
from standoff.report.simulation import most_visited, simulation_sentences
from standoff.study import prepare
from standoff.study.simulate import simulate
from tests.docs.examples import ROOT
from tests.timing.example import TEXT
from tests.timing.random_timed import timed_conflict

SVG = "{http://www.w3.org/2000/svg}"


def drawn(conflict, policy: str | None = None, **more):
    study = prepare(conflict)
    found = simulate(study, policy, paths=200, points=9, **more)
    return study, found, play_svg(study, found)


def numbers(path) -> list[tuple[float, float]]:
    found = re.findall(r"-?[\d.]+", path.get("d"))
    return [(float(x), float(y)) for x, y in zip(found[::2], found[1::2], strict=True)]


def words(element) -> str:
    return "".join(element.itertext())


@pytest.mark.parametrize("years", [0.01, 1.3, 70.0])
@pytest.mark.parametrize("seed", range(15))
def test_it_is_an_accessible_picture_that_stands_alone(seed: int, years: float) -> None:
    study, found, text = drawn(timed_conflict(seed), years=years)
    root = ET.fromstring(text)
    assert root.get("role") == "img"
    assert [child.tag for child in root[:2]] == [f"{SVG}title", f"{SVG}desc"]
    assert words(root[0]).startswith("Simulated play, waiting for ever")
    assert words(root[1]) == " ".join(simulation_sentences(study, found))
    assert not re.search(r"href|url\(|@import|\bid=|\bon[a-z]+=|<script", re.sub(r">[^<]*<", "><", text))
    assert len(root.findall(f"{SVG}g[@data-stock]")) == len(found.stocks) * len(found.types)
    assert len(root.findall(f"{SVG}g[@data-state]")) == min(MOST_LINES, len(found.states))
    left, top, width, height = map(float, root.get("viewBox").split())
    places = [(float(t.get("x")), float(t.get("y"))) for t in root.iter(f"{SVG}text")]
    paths = [path for path in root.iter(f"{SVG}path") if path.get("class") != "rule"]
    for x, y in [*places, *(point for path in paths for point in numbers(path))]:
        assert left <= x <= left + width
        assert top <= y <= top + height


@pytest.mark.parametrize("seed", range(15))
def test_types_and_states_are_told_apart_by_more_than_colour(seed: int) -> None:
    _, found, text = drawn(timed_conflict(seed))
    root = ET.fromstring(text)
    for stock in found.stocks:
        fans = root.findall(f"{SVG}g[@data-stock='{stock}']")
        assert len({fan.findall(f"{SVG}path")[2].get("class") for fan in fans}) == len(found.types)
        assert [fan.get("data-type") for fan in fans] == list(found.types)
    lines = root.findall(f"{SVG}g[@data-state]")
    assert len({line.find(f"{SVG}path").get("class") for line in lines}) == len(lines)
    labels = {words(line.find(f"{SVG}text")).split("%")[1].strip() for line in lines}
    assert labels == {line.get("data-state") for line in lines}


def test_labels_do_not_lie_on_each_other() -> None:
    for policy in (None, "mixed"):
        _, _, text = drawn(read_text(TEXT).conflict, policy)
        groups = [g for g in ET.fromstring(text).findall(f"{SVG}g") if g.get("class").startswith("fan")]
        lines = [g for g in ET.fromstring(text).findall(f"{SVG}g") if g.get("class").startswith("share")]
        for texts in (*(g.findall(f"{SVG}text") for g in groups), [g.find(f"{SVG}text") for g in lines]):
            ys = sorted(float(each.get("y")) for each in texts)
            assert all(after - before >= 15.9 for before, after in pairwise(ys))


def test_lines_and_fans_are_the_numbers_of_the_result() -> None:
    _, found, text = drawn(read_text(TEXT).conflict, years=0.7)
    root = ET.fromstring(text)
    shares = found.mixed_share
    lines = root.findall(f"{SVG}g[@class]")
    lines = [line for line in lines if line.get("class").startswith("share")]
    shown = most_visited(found, MOST_LINES)
    assert [found.states[place] for place in shown] == [line.get("data-state") for line in lines][
        : len(shown)
    ]
    rest = [place for place in range(len(found.states)) if place not in shown]
    courses = [shares[:, place] for place in shown] + ([shares[:, rest].sum(axis=1)] if rest else [])
    points = [numbers(line.find(f"{SVG}path")) for line in lines]
    top, low = (max if down else min for down in (False, True))
    first = points[0]
    begin = next(n for n, place in enumerate(shown) if found.states[place] == found.begins)
    zero, one = low(y for line in points for _, y in line), points[begin][0][1]
    assert top(y for line in points for _, y in line) == one
    for line, course in zip(points, courses, strict=True):
        assert [x for x, _ in line] == [x for x, _ in first]
        assert [(zero - y) / (zero - one) for _, y in line] == pytest.approx(list(course), abs=1e-3)
    for type_, fan in enumerate(root.findall(f"{SVG}g[@data-stock]")):
        outer, _, median = (numbers(path) for path in fan.findall(f"{SVG}path")[:3])
        assert len(outer) == 2 * len(found.years)
        levels = found.levels[type_, :, 0]
        scale = (median[0][1] - outer[8][1]) / max(levels[-1, -1] - levels[0, 2], 1)
        for time, (_, y) in enumerate(median):
            assert median[0][1] - y == pytest.approx(scale * (levels[time, 2] - levels[0, 2]), abs=0.2)


def test_what_a_model_says_is_only_ever_text() -> None:
    attack = '<script>alert(1)</script>" onload="x'
    text = TEXT
    for old in (
        "label: Weapons",
        "unit: weapons",
        "name: Would deal",
        "name: Waiting",
        "label: Wait, then press",
    ):
        assert old in text
        text = text.replace(old, f"{old.partition(':')[0]}: '{attack}'")
    _, _, drawing = drawn(read_text(text).conflict, "mixed")
    ET.fromstring(drawing)
    assert "<script" not in drawing
    assert "&lt;script&gt;" in drawing
    assert 'onload="' not in drawing


def test_long_names_are_cut_and_kept_whole_in_a_title() -> None:
    long = "A very long name " * 20
    text = TEXT.replace("label: Weapons", f"label: '{long}'").replace("name: Would deal", f"name: '{long}'")
    _, _, drawing = drawn(read_text(text).conflict)
    root = ET.fromstring(drawing)
    assert float(root.get("width")) < 1_200
    titles = [words(title) for title in root.iter(f"{SVG}title")]
    assert sum(long.strip() in title for title in titles) >= 2


def test_it_is_drawn_by_kind_with_policy_and_years() -> None:
    study = prepare(read_text(TEXT).conflict)
    drawing = figure_svg(study, "play", policy="mixed", years=2.0)
    assert drawing == figure_svg(study, "play", policy="mixed", years=2.0)
    assert "‘Wait, then press’ (mixed)" in drawing
    assert len(drawing) < 60_000
    for asked, message in (
        ({"kind": "belief", "policy": "mixed"}, "for the drawing 'play' only"),
        ({"kind": "ranks", "years": 2.0}, "for the drawing 'play' only"),
        ({"kind": "play", "selected": "s1"}, "for the drawing 'graph' only"),
        ({"kind": "play", "policy": "mixd"}, "Did you mean 'mixed'"),
        ({"kind": "play", "years": 0.0}, "above 0"),
        ({"kind": "play", "floor_per_year": -1.0}, "above 0"),
    ):
        with pytest.raises(UsageError, match=message):
            figure_svg(study, **asked)
    with pytest.raises(UsageError, match="no block 'timing'"):
        figure_svg(prepare("case:chicken"), "play")
    with pytest.raises(ModelError, match="impossible"):
        figure_svg(prepare(read_text(TEXT.replace("kappa: 4", "kappa: best")).conflict), "play")


def test_the_picture_of_the_documentation_is_the_one_that_is_drawn() -> None:
    page = (ROOT / "docs" / "how-to" / "simulate.md").read_text(encoding="utf-8")
    command = "$ standoff figure case:north-korea-2019 play --policy rogin -o north-korea-play.svg"
    assert command in page
    assert "(../images/north-korea-play.svg)" in page
    kept = (ROOT / "docs" / "images" / "north-korea-play.svg").read_text(encoding="utf-8")
    drawing = figure_svg(prepare("case:north-korea-2019"), "play", policy="rogin")
    assert kept == drawing, f"to accept the new picture: cd docs/images; {command[2:]} --force"
