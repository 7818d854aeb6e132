"""The shipped case: its page is up to date, its findings are true, and every element says what it rests on."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from functools import cache
from hashlib import sha256
from importlib import import_module
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest

from standoff.evidence import Citation, Evidence, Source
from standoff.files.reading import ModelFile
from standoff.model.conflict import Conflict, Prioritising
from standoff.study import Study, analyse, load
from tests.oracles import literal
from tests.oracles.plain import plain

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs" / "cases"
SHARED = ROOT.parent / "shared"
CASE = "case:north-korea-2019"
VARIANTS = (
    None,
    "rogin-2019",
    "klingner-2019",
    "pyongyang-disarms",
    "pyongyang-keeps",
    "russia-leaks",
    "seoul-eases",
    "small-deal-president",
)
NAMED = ("today", "april-2019", "package", "small-deal", "freeze-for-relief", "phased", "pivot", "crisis")


@pytest.fixture(scope="module")
def script():
    """The script that computes the page, with its neighbours."""
    with patch.object(sys, "path", [str(DOCS), *sys.path]):
        return import_module("north_korea_2019")


@pytest.fixture(scope="module")
def case(script):
    return script.Case()


@cache
def model(variant: str | None = None) -> ModelFile:
    return load(CASE, variant)


@pytest.fixture(scope="module")
def study() -> Study:
    return analyse(model())


@pytest.fixture(scope="module")
def oracle() -> literal.Model:
    """The literal model, its moves looked up by what everybody else does instead of pair by pair."""
    found = plain(model().conflict)
    for i, own in enumerate(found.own):
        groups: dict[frozenset[str], list[frozenset[str]]] = {}
        for s in found.states:
            groups.setdefault(s - own, []).append(s)
        for s in found.states:
            found.answers["moves", i, s] = tuple(q for q in groups[s - own] if q != s)
    return found


# The page


@pytest.mark.slow
def test_the_page_says_what_the_script_computes(script):
    text = script.PAGE.read_text(encoding="utf-8")
    assert script.page(text) == text


def test_every_section_of_results_stands_in_the_page_once(script):
    text = script.PAGE.read_text(encoding="utf-8")
    assert re.findall(r"<!-- results:([a-z-]+) -->", text) == list(script.SECTIONS)
    assert text.count("<!-- /results -->") == len(script.SECTIONS)


def test_every_number_in_the_sentences_stands_in_the_tables(script):
    text = script.PAGE.read_text(encoding="utf-8")
    sentences = text.partition("### What the model says")[2].partition("\n### ")[0]
    computed = "".join(re.findall(r"<!-- results:.*?<!-- /results -->", text, re.DOTALL))
    said = set(numbers(re.sub(r"^\d+\. |`[^`]*`|mid-2019", "", sentences, flags=re.MULTILINE)))
    assert len(said) > 15
    assert said - set(numbers(computed)) == set()


def numbers(text: str) -> list[str]:
    return re.findall(r"\d+(?:,\d{3})*", text)


def test_the_wordings_are_statements_of_the_model(script):
    conflict = model().conflict
    ids = [dm.id for dm in conflict.decision_makers]
    for (dm, key), others in import_module("wordings").WORDINGS.items():
        for text, why in others:
            changed = script.with_wording(conflict, ids.index(dm), key, text)
            assert changed != conflict
            assert why


# Findings


def test_size_and_equilibria(study):
    assert study.space.size == 1680
    assert {concept: len(found) for concept, found in study.equilibria.items()} == {
        "nash": 2, "gmr": 928, "smr": 928, "seq": 520, "sseq": 496,
    }  # fmt: skip
    assert study.equilibria["nash"] == ("today", "crisis")


def test_all_main_findings_hold_in_the_base_model(case):
    assert [finding.key for finding in case.findings if not finding.holds(case.base)] == []


def test_no_order_of_the_statements_ends_today(script):
    """No move from today meets a wish that is not met, so no order of the wishes makes one a gain."""
    case = script.Case()
    for line in script.within_reach(case).splitlines()[2:]:
        assert line.endswith("| 0 |")


def test_the_phased_deal_hangs_on_two_statements_that_say_the_same(script, case):
    (phased,) = [finding for finding in case.findings if finding.key == "phased"]

    def without(*ids: str):
        order = [rule for rule in script.order_of(case.conflict, 1) if rule.id not in ids]
        return script.outcome(script.with_order(case.conflict, 1, order))

    assert phased.holds(without("no-unpaid-disarmament"))
    assert phased.holds(without("keep-arsenal"))
    assert not phased.holds(without("no-unpaid-disarmament", "keep-arsenal"))


@pytest.mark.parametrize(
    ("variant", "concepts"),
    [
        (None, {"nash", "gmr", "smr", "seq", "sseq"}),
        ("rogin-2019", {"gmr", "smr"}),
        ("klingner-2019", set()),
        ("pyongyang-disarms", {"nash", "gmr", "smr", "seq", "sseq"}),
        ("pyongyang-keeps", {"nash", "gmr", "smr", "seq", "sseq"}),
        ("russia-leaks", set()),
        ("seoul-eases", set()),
        ("small-deal-president", {"nash", "gmr", "smr", "seq", "sseq"}),
    ],
)
def test_under_which_concepts_the_status_quo_holds(variant, concepts):
    found = analyse(model(variant))
    assert {concept for concept, states in found.equilibria.items() if found.status_quo in states} == concepts


@pytest.mark.parametrize("label", [*NAMED, "s619", "s537", "s485"])
def test_single_states_are_judged_as_by_the_definitions(study, oracle, label):
    place = study.space.index(label)
    assert oracle.labels[place] == label
    s = oracle.states[place]
    assert s == frozenset(study.space.taken(place))
    for i, dm in enumerate(study.decision_makers):
        for concept in literal.CORE:
            expected = literal.stable(oracle, concept, i, s)
            assert study.stable[concept][i, place] == expected, (dm, concept)
            assert study.verdict(label, dm, concept).stable == expected, (dm, concept)


def test_what_is_better_than_today_for_all_is_counted_as_by_the_definitions(oracle):
    today = oracle.states[oracle.labels.index("today")]
    better = [s for s in oracle.states if all(oracle.better(i, s, today) for i in oracle.everybody)]
    assert len(better) == 8
    package = {"us.full_relief", "dprk.end_point", "dprk.freeze", "dprk.dismantle"}
    assert all(package <= s and "russia.leak" not in s for s in better)


# Evidence


def elements(conflict: Conflict) -> Iterator[tuple[str, Evidence | None]]:
    """Everything that has to say what it rests on."""
    for dm in conflict.decision_makers:
        yield dm.id, dm.evidence
        yield from ((option.name, option.evidence) for option in dm.options)
        assert isinstance(dm.preference, Prioritising)
        yield from ((f"{dm.id} {rule.id}", rule.evidence) for rule in dm.preference.statements)
    yield from ((str(rule.id), rule.evidence) for rule in conflict.feasible)
    yield from ((f"status quo {literal}", literal.evidence) for literal in conflict.status_quo_reasons)


@cache
def citations() -> frozenset[Citation]:
    """All citations of the base and of all variants, those of the blocks about time among them."""
    return frozenset(each for variant in VARIANTS for each in within(model(variant).conflict, Citation))


def within(value: object, kind: type) -> Iterator[Any]:
    """Everything of a kind that a value of the model holds, at any depth."""
    if isinstance(value, kind):
        yield value
    elif is_dataclass(value):
        for field in fields(value):
            yield from within(getattr(value, field.name), kind)
    elif isinstance(value, tuple | frozenset):
        for member in value:
            yield from within(member, kind)


def sources() -> dict[str, Source]:
    return {source.id: source for source in model().conflict.sources}


def text_of(source: Source) -> str:
    """The text of a source; the test is skipped where it is not there."""
    for folder in ("sources", "data"):
        path = SHARED / folder / str(source.file)
        if path.exists():
            return path.read_bytes().decode("utf-8")
    pytest.skip(f"{source.file} is not here")


def test_these_are_all_variants():
    assert model().variants == VARIANTS[1:]


@pytest.mark.parametrize("variant", VARIANTS)
def test_every_element_says_what_it_rests_on(variant):
    conflict = model(variant).conflict
    assert [name for name, evidence in elements(conflict) if evidence is None] == []
    options = {option.name for option in conflict.options}
    assert {literal.option for literal in conflict.status_quo_reasons} == options
    for literal_ in conflict.status_quo_reasons:
        assert literal_.taken == (literal_.option in conflict.status_quo)


def test_no_citation_lies_in_a_masked_region():
    known = sources()
    for citation in citations():
        assert 0 <= citation.start < citation.end
        for start, end in known[citation.source].masked:
            assert citation.end <= start or citation.start >= end, citation


@pytest.mark.parametrize("source", sources())
def test_citations_are_in_range_and_the_source_is_the_one_that_was_read(source):
    record = sources()[source]
    text = text_of(record)
    assert sha256(text.encode("utf-8")).hexdigest() == record.sha256
    assert all(citation.end <= len(text) for citation in citations() if citation.source == source)
    assert all(0 <= start < end <= len(text) for start, end in record.masked)


@pytest.mark.parametrize("source", sources())
def test_nothing_of_the_wording_of_a_source_is_taken(source):
    runs = set(runs_of_six(text_of(sources()[source])))
    assert [c.says for c in citations() if runs.intersection(runs_of_six(c.says))] == []
    timed = [text for block in ("types", "timing", "events", "contingency") for text in words_in(block)]
    assert [text for text in timed if runs.intersection(runs_of_six(text))] == []
    for page in ("north-korea-2019.md", "north-korea-2019-time.md", "test-of-2019-to-2022.md"):
        assert runs.intersection(runs_of_six((DOCS / page).read_text(encoding="utf-8"))) == set()


def words_in(block: str) -> Iterator[str]:
    """The notes and labels of a block about time."""
    return within(getattr(model().conflict, block), str)


def runs_of_six(text: str) -> Iterator[tuple[str, ...]]:
    words = re.findall(r"\w+", text.lower())
    return zip(*(words[k:] for k in range(6)), strict=False)
