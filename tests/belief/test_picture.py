"""The picture of belief over time: well formed, escaped, and with the ledger's own numbers."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from datetime import date, timedelta

import pytest

from standoff.errors import ModelError, UsageError
from standoff.files.reading import read_text
from standoff.report.figures import figure_svg
from standoff.report.figures.belief import LARGE, belief_svg
from standoff.report.figures.track import track
from standoff.study import prepare
from standoff.study.belief import belief
from tests.belief.literal import logged_conflict
from tests.timing.example import TEXT

SVG = "{http://www.w3.org/2000/svg}"


def drawn(model, *, small: bool = False, floor: float | None = None):
    study = prepare(model)
    found = belief(study, floor)
    return found, belief_svg(study, found, small=small)


def points(root) -> list[list[tuple[float, float]]]:
    groups = root.findall(f".//{SVG}g[@data-type]")
    numbers = [re.findall(r"-?[\d.]+", group.find(f"{SVG}path").get("d")) for group in groups]
    return [[(float(x), float(y)) for x, y in zip(each[::2], each[1::2], strict=True)] for each in numbers]


@pytest.mark.parametrize("small", [False, True])
@pytest.mark.parametrize("seed", range(25))
def test_it_is_an_accessible_picture_that_stands_alone(seed: int, small: bool) -> None:
    try:
        found, text = drawn(logged_conflict(seed), small=small, floor=0.05)
    except ModelError:
        return
    root = ET.fromstring(text)
    assert root.get("role") == "img"
    assert [child.tag for child in root[:2]] == [f"{SVG}title", f"{SVG}desc"]
    assert all("".join(child.itertext()).strip() for child in root[:2])
    assert not re.search(r"href|url\(|@import|\bid=|\bon[a-z]+=|<script", re.sub(r">[^<]*<", "><", text))
    lines = root.findall(f".//{SVG}g[@data-type]")
    told = 1 if len(found.ledger.types) == 2 else 3
    assert len(lines) == told
    assert len({line.find(f"{SVG}path").get("class") for line in lines}) == told
    labels = ["".join(text.itertext()) for line in lines for text in line.findall(f"{SVG}text")]
    assert len(set(labels)) == 2 * told
    left, top, width, height = map(float, root.get("viewBox").split())
    places = [(float(t.get("x")), float(t.get("y"))) for t in root.iter(f"{SVG}text")]
    for x, y in [*places, *(point for line in points(root) for point in line)]:
        assert left <= x <= left + width
        assert top <= y <= top + height


def test_steps_and_drifts_are_the_ledger() -> None:
    found, text = drawn(read_text(TEXT))
    (line,) = points(ET.fromstring(text))
    days = (date(2019, 7, 1) - date(2019, 1, 1)).days
    for entry in found.ledger.entries:
        x = LARGE.wide * (entry.end - date(2019, 1, 1)).days / days
        y = LARGE.high * (1 - entry.posterior[0])
        assert any(abs(x - a) < 0.06 and abs(y - b) < 0.06 for a, b in line)
    assert line[0] == pytest.approx((0, LARGE.high * 0.7))
    assert line == sorted(line, key=lambda point: point[0])


@pytest.mark.parametrize("seed", range(25))
def test_the_course_passes_through_every_posterior(seed: int) -> None:
    conflict = logged_conflict(seed)
    try:
        found = belief(prepare(conflict), 0.05)
    except ModelError:
        return
    begin, whole = conflict.timing.log.begin, max((conflict.as_of - conflict.timing.log.begin).days, 1)
    course = list(track(found, begin, conflict.as_of))
    for entry in found.ledger.entries:
        there = [beliefs for at, beliefs in course if at == pytest.approx((entry.end - begin).days / whole)]
        assert any(beliefs == pytest.approx(entry.posterior, abs=1e-9) for beliefs in there)


def test_what_a_model_says_is_only_ever_text() -> None:
    attack = '<script>alert(1)</script>" onload="x'
    text = TEXT.replace("label: An insult", f"label: '{attack}'").replace(
        "name: Would deal", f"name: '{attack}'"
    )
    text = text.replace("name: Waiting", f"name: '{attack}'")
    _, drawing = drawn(read_text(text))
    ET.fromstring(drawing)
    assert "<script" not in drawing
    assert "&lt;script&gt;" in drawing
    assert 'onload="' not in drawing


def test_of_many_events_the_heaviest_have_a_flag() -> None:
    begin = date(2010, 1, 1)
    events = [
        f"  - {{day: {begin + timedelta(days=6 * n)}, label: Insult {n}, signal: insult, evidence: assumption}}"
        for n in range(500)
    ]
    head = TEXT.partition("events:\n")[0].replace("2019-01-01", "2010-01-01")
    text = head.replace("{arsenal: 1}", "{arsenal: 2}") + "events:\n" + "\n".join(events) + "\n"
    _, drawing = drawn(read_text(text))
    assert len(drawing) < 60_000
    assert drawing.count("data-event=") == LARGE.flags
    assert "488 events that move no more" in drawing


def test_a_log_of_a_few_days_or_of_no_length_has_its_dates() -> None:
    head = TEXT.partition("events:\n")[0].replace("{arsenal: 1}", "{arsenal: 2}")
    for begin, told in (("2019-06-24", ["2019-06-24", "2019-07-01"]), ("2019-07-01", ["2019-07-01"])):
        _, drawing = drawn(read_text(head.replace("begins: 2019-01-01", f"begins: {begin}")))
        assert re.findall(r">(2019-\d\d-\d\d)</text>", drawing) == told


def test_it_needs_types_and_a_log() -> None:
    with pytest.raises(UsageError, match="no block 'types'"):
        figure_svg(prepare("case:chicken"), "belief")
    with pytest.raises(UsageError, match="floor rate is for the drawings 'belief' and 'play'"):
        figure_svg(prepare("case:chicken"), "ranks", floor_per_year=0.1)
