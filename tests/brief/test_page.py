"""The page: well formed, closed to the outside, small, with every chapter in order and nothing unescaped."""

import json
import re
from base64 import b64decode, b64encode
from dataclasses import replace
from datetime import date
from functools import cache
from hashlib import sha256
from html.parser import HTMLParser

import pytest

from standoff.analyses.levers import Lever
from standoff.cases import case_names
from standoff.errors import UsageError
from standoff.files.reading import read_text
from standoff.report.brief import OUTLINE, Asked, beyond, brief, brief_document, brief_html, leading_out
from standoff.report.brief.deals import deals_of
from standoff.report.brief.value import States
from standoff.report.selection import equilibrium_kind
from standoff.study import analyse, load
from standoff.study.levers import levers
from tests.example import TEXT

VOID = {"meta", "br", "link", "img", "input", "hr"}
ATTACK = "<img src=x onerror=alert(1)>"
HOSTILE = f"""\
standoff: 1
name: "{ATTACK} 북한"
decision_makers:
  a:
    name: "{ATTACK}"
    options: {{x: "</script><script>alert(2)</script>", y: "\u202eשלום"}}
    prefers: [a.x, b.z]
  b:
    name: "북한 ישראל"
    options: {{z: "\\" onclick=alert(3) \\""}}
    prefers: [not a.x, b.z]
status_quo: []
"""


class Page(HTMLParser):
    """Elements with their attributes, in order; what does not nest is an error."""

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.elements, self.open, self.texts = [], [], {}
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        names = [name for name, _ in attrs]
        assert len(names) == len(set(names)), (tag, names)
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        assert [tag] == self.open[-1:], (tag, self.open[-3:])
        self.open.pop()

    def handle_data(self, data):
        if self.open:
            tag, attributes = self.open[-1], self.elements[-1][1]
            is_data = tag == "script" and attributes.get("type") == "application/json"
            self.texts.setdefault("data" if is_data else tag, []).append(data)

    def all(self, tag):
        return [attributes for name, attributes in self.elements if name == tag]


def made(source, **given):
    model = load(source) if source.startswith("case:") else read_text(source)
    asked = Asked(deals=deals_of(model), **given)
    return brief_html(brief(analyse(model), asked))


@pytest.mark.parametrize("case", [name for name in case_names() if name != "trade-round"])
def test_every_shipped_case_has_a_page(case):
    text = made(f"case:{case}")
    assert len(text.encode()) < 300_000
    page = Page(text)
    identifiers = [attributes["id"] for _, attributes in page.elements if "id" in attributes]
    assert len(identifiers) == len(set(identifiers))
    named = {name for _, attributes in page.elements for name in _references(attributes)}
    assert named <= set(identifiers)
    found = [attributes["id"] for attributes in page.all("section") if attributes["id"] != "chosen"]
    assert found == [key for key, _, parts in OUTLINE if key in found]
    assert {"judgements", "board", "stuck", "wrong", "evidence", "method"} <= set(found)
    judgements = [
        attributes for attributes in page.all("li") if attributes.get("id", "").startswith("judgement-")
    ]
    assert 3 <= len(judgements) <= 5
    assert len(page.all("svg")) >= 3
    assert len(page.all("h1")) == len(page.all("main")) == len(page.all("nav")) == 1
    assert page.all("html")[0]["lang"] == "en"


def _references(attributes):
    for key in ("aria-labelledby", "for", "data-for"):
        yield from attributes.get(key, "").split()
    if attributes.get("href", "").startswith("#"):
        yield attributes["href"][1:]


def test_nothing_is_loaded_and_only_what_was_hashed_may_run():
    text = made("case:north-korea-2019")
    page = Page(text)
    assert {"src", "srcset", "action", "formaction", "poster", "data", "style"}.isdisjoint(
        {name for _, attributes in page.elements for name in attributes}
    )
    assert not any(name.startswith("on") for _, attributes in page.elements for name in attributes)
    assert all(attributes["href"].startswith("#") for attributes in page.all("a"))
    assert {"link", "iframe", "object", "embed", "base"}.isdisjoint(tag for tag, _ in page.elements)
    assert re.findall(r"(?:https?:)?//[\w.]+\.\w+", re.sub(r'xmlns="[^"]*"', "", _without_text(text))) == []
    (policy,) = (each["content"] for each in page.all("meta") if each.get("http-equiv"))
    assert policy.startswith("default-src 'none';")
    assert "unsafe" not in policy
    for tag in ("style", "script"):
        (content,) = page.texts[tag]
        digest = b64encode(sha256(content.encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy
        assert not re.search(r"url\(|@import", content)


@pytest.mark.parametrize(
    ("limit", "gone"),
    [
        ("MOST_STATES", {"ripe", "moves", "together", "giving", "levers"}),
        ("MOST_STATES_OF_LEVERS", {"together", "levers"}),
    ],
)
def test_what_would_take_too_long_is_left_out_with_a_word(monkeypatch, limit, gone):
    study = analyse(read_text(TEXT))
    everything = sections(brief(study))
    monkeypatch.setattr(leading_out, limit, 3)
    found = brief(study)
    assert everything - sections(found) == gone | ({"spoiling"} if "ripe" in gone else set())
    assert any("left out: this page looks for" in sentence.text for sentence in found.sentences)


def test_a_search_that_ran_out_of_time_is_told_and_overturns_nothing(monkeypatch):
    def too_slow(study, *asked, **given):
        nothing = Lever(by="statements", status="unknown", bound=1.0, vocabulary="everything")
        return replace(levers(study, *asked, **given), levers=(nothing,))

    monkeypatch.setattr(leading_out, "levers", too_slow)
    found = brief(analyse(read_text(TEXT)))
    texts = [sentence.text for sentence in found.sentences]
    assert any("nothing was found in the time given" in text for text in texts)
    judgements = found.chapters[0].sections[0].blocks[0].items
    assert not any(": then " in each.text for item in judgements for each in item.overturned_by)


def test_under_another_rule_what_is_not_defined_is_left_out_with_a_word():
    found = brief(analyse(read_text(TEXT), sanction_moves="once_per_dm"))
    assert "giving" in sections(found)
    assert sections(found).isdisjoint({"ripe", "moves", "levers", "spoiling"})
    assert leading_out.OTHER_RULE in {sentence.text for sentence in found.sentences}


def sections(made):
    return {section.key for chapter in made.chapters for section in chapter.sections}


def _without_text(page):
    return re.sub(r">[^<]*<", "><", page)


def test_what_a_model_says_is_only_ever_text():
    text = made(HOSTILE)
    page = Page(text)
    assert not page.all("img")
    assert page.all("script") == [{"type": "application/json", "id": "standoff-model"}, {}]
    assert not any("onclick" in attributes for _, attributes in page.elements)
    assert not re.search(r"<img|alert\(2\)</script>", text)
    assert "&lt;img src=x onerror=alert(1)&gt; " in text
    assert "북한 ישראל" in text
    assert "\u202e" not in text
    assert ATTACK in page.texts["bdi"]


# Models with more states than are told


@cache
def large():
    """The study, the brief and the page of a large model."""
    study = analyse("case:north-korea-2019")
    found = brief(study)
    return study, found, brief_html(found)


def states_of(found):
    (block,) = (
        block
        for chapter in found.chapters
        for section in chapter.sections
        for block in section.blocks
        if isinstance(block, States)
    )
    return block


def test_the_page_knows_options_and_concepts_of_all_states():
    study, found, text = large()
    told = json.loads(re.search(r'id="standoff-states">(.*?)</script>', text)[1])
    options, concepts = len(study.space.options), len(study.concepts)
    bits = "".join(f"{byte:08b}" for byte in b64decode(told["bits"]))
    assert told["size"] == study.space.size
    assert dict(told["names"]) == dict(study.space.names)
    for state in range(study.space.size):
        own = bits[state * (options + concepts) :][: options + concepts]
        taken = {name for name, bit in zip(study.space.options, own, strict=False) if bit == "1"}
        assert taken == set(study.space.taken(state))
        holds = [key for key, bit in zip(study.concepts, own[options:], strict=True) if bit == "1"]
        assert holds == [key for key in study.concepts if study.stable[key][:, state].all()]
        weaker = {n for key in holds for n in told["implied"][study.concepts.index(key)]}
        kept = [
            name for n, name in enumerate(told["concepts"]) if own[options + n] == "1" and n not in weaker
        ]
        assert (" ".join(kept) or "-") == equilibrium_kind(study, state)
    assert states_of(found).beyond.bits == told["bits"]


def test_the_page_knows_the_moves_of_the_states_told():
    study, found, _ = large()
    block = states_of(found)
    assert [study.space.label(each.state) for each in block.beyond.moves] == [row.label for row in block.rows]
    for each in block.beyond.moves:
        assert each.left_out == 0
        by_side = {side: (better, targets) for side, better, *targets in each.groups}
        for dm, ranks in enumerate(study.graph.ranks):
            better, targets = by_side.get(dm, (0, []))
            assert sorted(targets) == sorted(study.graph.moves(dm, each.state).tolist())
            gains = [bool(ranks[target] > ranks[each.state]) for target in targets]
            assert gains == [True] * better + [False] * (len(targets) - better)


def test_each_way_told_is_drawn_and_its_states_have_reasons():
    study, found, text = large()
    rows = {row.label: row for row in states_of(found).rows}
    ways = [route.alone.ways["sacrifices"] for route in leading_out.ways_out(study).routes]
    assert len(ways) == 3
    for way in ways:
        assert text.count(f"<title>Path from today to {way.goal}: ") == 1
        for step in way.steps:
            assert len(rows[step.target].reasons) == len(study.decision_makers)
            assert step.target in text


def test_of_too_many_states_only_those_told_are_on_the_page(monkeypatch):
    monkeypatch.setattr(beyond, "MOST_CHARACTERS", 5000)
    study = large()[0]
    told = beyond.beyond_table(study, [study.space.status_quo])
    assert told.bits == ""
    reached = {target for _, _, *targets in told.moves[0].groups for target in targets}
    assert {number for number, _ in told.names} == (reached | {study.space.status_quo}) & set(
        study.space.names
    )


def test_a_small_model_needs_nothing_beyond_its_table():
    assert 'id="standoff-states"' not in made("case:elmira-1991")


def test_the_same_model_gives_the_same_page():
    assert made(TEXT) == made(TEXT)


def test_a_rating_stands_apart_with_name_date_and_grounds():
    text = made(TEXT, rating=("low", "Ann <b>", date(2026, 1, 2)))
    page = Page(text)
    assert len(page.all("aside")) == 1
    assert 'datetime="2026-01-02"' in text
    assert "rated by <bdi>Ann &lt;b&gt;</bdi>" in text
    aside = text[text.index("<aside") : text.index("</aside>")]
    assert "Grounds listed by the program" in aside
    assert "without evidence" in aside
    with pytest.raises(UsageError, match="low, moderate or high"):
        made(TEXT, rating=("sure", "Ann", date(2026, 1, 2)))


def test_without_a_rating_there_is_none():
    assert "Confidence" not in made(TEXT)


def test_the_document_holds_the_same_sentences_with_their_origin():
    study = analyse(read_text(TEXT))
    found = brief(study)
    document = brief_document(study, found)
    assert document["schema"] == "standoff.brief/1"
    json.dumps(document)
    told = list(_sentences(document))
    assert {sentence.text for sentence in found.sentences} == {each["text"] for each in told}
    assert all(each["origin"] for each in told)
    first = document["chapters"][0]["sections"][0]["judgements"][0]
    assert first["origin"][0] == {
        "kind": "verdict",
        "state": "s1",
        "decision_maker": "us",
        "concept": "nash",
        "stable": True,
    }


def _sentences(part):
    if isinstance(part, dict):
        if {"text", "origin"} <= part.keys():
            yield part
        for value in part.values():
            yield from _sentences(value)
    elif isinstance(part, list):
        for value in part:
            yield from _sentences(value)


def test_deals_are_read_from_the_file_and_from_the_command():
    block = (
        "x-deals:\n  big: {label: The big one, pattern: us.relief and dprk.freeze}\n  odd: {note: nothing}\n"
    )
    model = read_text(TEXT + block)
    found = deals_of(model, ["not  us.relief"])
    assert [(deal.label, deal.statement) for deal in found] == [
        ("The big one", "us.relief and dprk.freeze"),
        ("not us.relief", "not us.relief"),
    ]
    text = brief_html(brief(analyse(model), Asked(deals=found)))
    assert "The big one: " in text
    with pytest.raises(UsageError, match="In the pattern"):
        deals_of(model, ["us.releif"])
