"""The claims of the two columns: every verdict in the tutorial follows from what its command prints."""

from __future__ import annotations

import csv
import re
from hashlib import sha256
from typing import Any

import pytest

from standoff.study import load
from tests.docs import claims
from tests.docs.claims import PAGE, VERDICTS, documents, true, verdict
from tests.docs.examples import ROOT
from tests.docs.test_reference import section

CLAIMS = documents("claim")
NAMES = [claim["claim"] for claim in CLAIMS]
SHARED = ROOT.parent / "shared"
SOURCES = {source.id: source for source in load("case:north-korea-2019").conflict.sources}
ROWS = [f"S{number}" for number in range(1, 18)]


def table(heading: str) -> list[list[str]]:
    """The cells of the first table below a heading, without its head; links are replaced by their text."""
    lines = [line for line in section(PAGE, heading).splitlines() if line.startswith("| ")]
    bare = [re.sub(r"\[([^\]]+)\]\([^)]*\)", r"\1", line).replace("`", "") for line in lines]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in bare[2:]]


def spans() -> list[tuple[str, int, int]]:
    """Every place of a source that the page names: source, first code point, code point after the last."""
    found = [
        (source, start, end)
        for claim in CLAIMS
        for source, places in claim["anchors"].items()
        for start, end in places
    ]
    for _, _, where, *_ in table("Not yet"):
        found += [(s, int(a), int(b)) for s, a, b in re.findall(r"([\w-]+) (\d+) to (\d+)", where)]
    return found


@pytest.mark.parametrize("claim", CLAIMS, ids=NAMES)
def test_the_verdict_follows_from_the_output(claim: dict[str, Any]) -> None:
    assert verdict(claim) == claim["verdict"]


def test_about_twenty_claims_each_with_a_name_and_a_verdict_of_its_own() -> None:
    assert len(NAMES) == len(set(NAMES)) >= 20
    assert all(VERDICTS.fullmatch(claim["verdict"]) for claim in CLAIMS)
    kinds = {claim["verdict"].split(" on ")[0] for claim in CLAIMS}
    assert kinds == {"supported", "contradicted", "cannot tell", "depends"}


def test_the_list_of_claims_says_what_their_blocks_say() -> None:
    listed = [(name, rows, found) for name, _, rows, found in table("All claims")]
    assert listed == [(claim["claim"], ", ".join(claim["rows"]), claim["verdict"]) for claim in CLAIMS]


def test_every_row_is_there_with_its_claims() -> None:
    rows = table("Row by row")
    assert [row[0] for row in rows] == ROWS
    waiting = [(row, name) for name, row, *_ in table("Not yet")]
    for row, _, now, later in rows:
        assert [name for name in now.split(", ") if name] == [c["claim"] for c in CLAIMS if row in c["rows"]]
        assert [name for name in later.split(", ") if name] == [name for at, name in waiting if at == row]
        assert now or later


def test_the_page_opens_with_five_lines_at_most() -> None:
    opening = PAGE.read_text(encoding="utf-8").split("\n\n")[1].splitlines()
    assert 0 < len(opening) <= 5
    assert all(line.startswith("- **") for line in opening)


def test_the_opening_counts_what_is_assumed_as_show_does() -> None:
    text = PAGE.read_text(encoding="utf-8")
    told = re.search(r"Of (\d+) elements, (\d+) assumed, (\d+) contested", text)
    opening = re.search(r"(\d+) of the (\d+) elements .* rest on no source; (\w+) more", text)
    assert told
    assert opening
    words = dict(zip(("three", "four", "five", "six", "seven"), range(3, 8), strict=True))
    assert (opening[2], opening[1], words[opening[3]]) == (told[1], told[2], int(told[3]))


def test_the_places_are_those_that_the_case_rests_on() -> None:
    text = (ROOT / "src/standoff/cases/files/north-korea-2019.yaml").read_text(encoding="utf-8")
    cited = re.findall(r"source: ([\w-]+), start: (\d+), end: (\d+)", text)
    assert set(spans()) - {(source, int(start), int(end)) for source, start, end in cited} == set()


needs_sources = pytest.mark.skipif(
    not (SHARED / "sources").is_dir(), reason="the source texts are not here; they are not shipped"
)


@needs_sources
@pytest.mark.parametrize("name", sorted({source for source, _, _ in spans()}))
def test_the_places_lie_within_their_text_and_outside_what_is_masked(name: str) -> None:
    source = SOURCES[name]
    data = (SHARED / "sources" / source.file).read_bytes()
    assert sha256(data).hexdigest() == source.sha256
    text = data.decode("utf-8")
    for _, start, end in (span for span in spans() if span[0] == name):
        assert 0 <= start < end <= len(text)
        assert all(end <= first or last <= start for first, last in source.masked)
        assert text[start:end].strip() == text[start:end]


@needs_sources
def test_no_five_words_in_a_row_come_from_a_source() -> None:
    said = words(PAGE.read_text(encoding="utf-8"))
    for path in (SHARED / "sources").glob("0*.txt"):
        theirs = words(path.read_text(encoding="utf-8"))
        assert runs(said) & runs(theirs) == set()


def words(text: str) -> list[str]:
    return re.findall(r"[a-z0-9’']+", text.lower())


def runs(of: list[str]) -> set[tuple[str, ...]]:
    return {tuple(of[n : n + 5]) for n in range(len(of) - 4)}


@pytest.mark.skipif(
    not (SHARED / "data").is_dir(), reason="the table of events is not here; it is not shipped"
)
def test_the_dated_facts_are_all_that_the_table_has_for_the_time() -> None:
    record = documents("facts")[0]
    first, last = str(record["period"]["from"]), str(record["period"]["to"])
    with (SHARED / "data" / "north-korea-events.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if first <= row["date"] <= last]
    tests = [(row["date"], row["kind"]) for row in rows if row["kind"] in ("missile test", "nuclear test")]
    told = [(str(f["date"]), f["kind"]) for f in record["facts"] for _ in range(f.get("launches", 1))]
    assert told == tests
    systems = {(row["date"], row["system"], row["outcome"]) for row in rows if row["kind"] == "missile test"}
    facts = [fact for fact in record["facts"] if fact["kind"] == "missile test"]
    assert {(str(fact["date"]), fact["system"], fact["outcome"]) for fact in facts} == systems


# The rule by which a verdict follows


@pytest.mark.parametrize(
    ("outputs", "found"),
    [
        ({"base": 1, "a": 1, "b": 1}, "supported"),
        ({"base": 0, "a": 0, "b": 0}, "contradicted"),
        ({"base": 1, "a": 0, "b": 1}, "depends on a"),
        ({"base": 0, "a": 1, "b": 1}, "depends on a, b"),
        ({"base": 1, "a": 7, "b": 1}, "cannot tell"),
    ],
)
def test_a_verdict_changes_with_the_output(monkeypatch, outputs: dict[str, int], found: str) -> None:
    monkeypatch.setattr(claims, "printed", lambda command: {"n": outputs[command.split()[-1]]})
    claim = {"run": "--variant base", "in": list(outputs), "holds": ["n == 1"], "fails": ["n == 0"]}
    assert verdict(claim) == found


@pytest.mark.parametrize(
    ("hoped", "other", "found"),
    [(1, 0, "supported"), (0, 1, "contradicted"), (1, 1, "cannot tell"), (0, 0, "cannot tell")],
)
def test_rival_readings_are_told_apart_only_by_a_difference(monkeypatch, hoped, other, found) -> None:
    outputs = {"a": hoped, "b": other}
    monkeypatch.setattr(claims, "printed", lambda command: {"n": outputs[command.split()[-1]]})
    assert verdict({"run": "", "for": "a", "against": "b", "holds": ["n == 1"]}) == found


def test_a_reading_is_a_variant_or_an_option(monkeypatch) -> None:
    outputs = {"run": 1, "run --variant a": 1, "run --level stock=2": 0}
    monkeypatch.setattr(claims, "printed", lambda command: {"n": outputs[command]})
    claim = {"run": "run", "in": ["base", "a", "--level stock=2"], "holds": ["n == 1"]}
    assert verdict(claim) == "depends on --level stock=2"


@pytest.mark.parametrize(
    ("condition", "is_true"),
    [
        ("list.0.n == 3", True),
        ("list.0.n == 4", False),
        ("list.*.n > 2", True),
        ("list.*.n > 3", False),
        ("names contains today", True),
        ("names lacks today", False),
        ("names contains here", True),
        ("list.0.n == list.1.less", True),
        ("flag == true", True),
        ("nothing.* == 1", False),
    ],
)
def test_conditions(condition: str, is_true: bool) -> None:
    document = {"list": [{"n": 3}, {"n": 5, "less": 3}], "names": ["today"], "here": "today", "flag": True}
    assert true(condition, {**document, "nothing": []}) is is_true
