"""The section on the phased deal: the words of the command, true by definition, there if there are steps."""

from dataclasses import replace
from fractions import Fraction
from math import log
from random import Random

import pytest

from standoff.evidence import ASSUMPTION
from standoff.files.reading import read_text
from standoff.model.roadmap import Reversion, Roadmap, SidePayoff, SideStakes
from standoff.model.timing import Quantity
from standoff.report.brief import Asked, brief, brief_document, brief_html
from standoff.report.brief.sections import phased
from standoff.report.roadmap import roadmap_sentences
from standoff.study import analyse, prepare
from standoff.study.roadmap import roadmap
from tests.brief import deals
from tests.oracles.statements import rule, state_statement
from tests.roadmap.example import TEXT
from tests.roadmap.random_deals import random_deal
from tests.roadmap.test_random import TWICE

QUARTERLY = TEXT.replace("{months: 1, evidence", "{months: 1.5, evidence").replace(
    "{sets: [us.press, not us.relief], evidence", "{to: s1, evidence"
)
"""The example with times that the slow definition can follow, and a snapback that leads to a state."""


def section(text):
    return phased.section(prepare(read_text(text)), Asked())


def told(text):
    """The sentences of the section that are verdicts, with their origins."""
    return {each.text: each.origin for each in section(text).sentences}


def the(text, start):
    """The one sentence that begins or goes on so, and its first origin."""
    found = [(each, origin) for each, (origin, *_) in told(text).items() if start in each]
    assert len(found) == 1, (start, found)
    return found[0]


# Where it stands, and in which words


def test_it_stands_in_what_leads_out_in_the_words_of_the_command():
    study = analyse(read_text(TEXT))
    made = brief(study)
    (chapter,) = (each for each in made.chapters if each.key == "ways-out")
    keys = [each.key for each in chapter.sections]
    assert keys.index("phased") == keys.index("giving") + 1
    (part,) = (each for each in chapter.sections if each.key == "phased")
    texts = [each.text for each in part.sentences]
    assert set(roadmap_sentences(study, roadmap(study))) <= set(texts)
    assert texts[0] == (
        "The deal from today (the status quo) to frozen to eased to deal: "
        "3 steps of 6 months; then the end point is kept for ever."
    )
    document = brief_document(study, made)
    (part,) = (
        each for chapter in document["chapters"] for each in chapter["sections"] if each["key"] == "phased"
    )
    captions = [each["caption"] for each in part["tables"]]
    assert [each.partition(":")[0] for each in captions] == [
        "By payoffs",
        "By ranks",
        "The same way in fewer joint steps",
    ]
    assert len(part["tables"][0]["rows"]) == len(roadmap(study).rows)


@pytest.mark.parametrize("gone", ["  steps: [frozen, eased, deal]\n", None])
def test_without_steps_there_is_no_such_section(gone):
    text = TEXT.replace(gone, "") if gone else TEXT[: TEXT.index("roadmap:")]
    assert section(text) is None
    keys = {part.key for chapter in brief(analyse(read_text(text))).chapters for part in chapter.sections}
    assert "phased" not in keys


def test_a_deal_that_cannot_be_made_is_told_and_does_not_stop_the_brief():
    fixed = f"{TEXT}irreversible: [dprk.freeze]\n".replace("[frozen, eased, deal]", "[frozen, today, deal]")
    (sentence,) = section(fixed).sentences
    assert sentence.text.startswith("Whether the phased deal keeps itself cannot be told. ")
    assert "dprk cannot take its part in the step from frozen to today" in sentence.text


def test_with_a_block_of_its_own_it_is_not_said_that_the_model_knows_no_costs():
    study = analyse(read_text(TWICE))
    texts = " ".join(each.text for each in brief(study).sentences)
    assert "The deal from rest (the status quo) to gain to loss to end" in texts
    assert "not by how much" not in texts


def test_names_of_the_block_are_only_ever_text():
    attack = "<img src=x onerror=alert(1)>"
    hostile = TEXT
    for name in ("Inspectors on site", "Snapback", "Keeps its weapons", "China", "Freeze", "Relief"):
        hostile = hostile.replace(f": {name}", f': "{attack} \u202e{name}"')
    page = brief_html(brief(analyse(read_text(hostile))))
    assert page.count("&lt;img src=x onerror=alert(1)&gt;") > 20
    assert "<img" not in page
    assert "\u202e" not in page
    assert "Would the phased deal keep itself?" in page


# Change the model, and the sentence changes


def test_changing_a_payoff_changes_the_verdict_and_who_breaks_the_deal():
    failing = "By the payoffs stated (North Korea (Would deal), North Korea (Keeps its weapons) and United States), "
    text, _ = the(TEXT, failing)
    assert text == f"{failing}the deal does not keep itself."
    assert {each.stable for each in told(TEXT)[text]} == {True, False}
    text, origin = the(TEXT, "North Korea (Keeps its weapons) breaks step 3")
    assert (origin.kind, origin.name, origin.number, origin.stable) == ("kept", "keeper", 3, False)
    content = TEXT.replace("per_year: -9, while", "per_year: -3, while")
    text, _ = the(content, failing)
    assert text == f"{failing}every step is kept."
    assert {each.stable for each in told(content)[text]} == {True}
    assert not any("breaks" in each for each in told(content))


def test_changing_a_payoff_changes_the_weakest_point():
    text, origin = the(TEXT, "The weakest point")
    assert text.startswith(
        "The weakest point is step 3 (eased to deal): North Korea (Keeps its weapons) loses"
    )
    assert (origin.name, origin.number, origin.stable) == ("keeper", 3, False)
    text, origin = the(TEXT.replace("per_year: -9, while", "per_year: -3, while"), "The weakest point")
    assert "gains" in text
    assert origin.stable


def test_changing_a_payoff_changes_who_defects_when():
    text, origin = the(TEXT, "Planning from the start")
    assert "North Korea (Keeps its weapons) would break the deal at step 3" in text
    assert (origin.kind, origin.name, origin.number) == ("defection", "keeper", 3)
    content = TEXT.replace("per_year: -9, while", "per_year: -3, while")
    assert not any("Planning from the start" in each for each in told(content))


def test_changing_a_preference_changes_whether_the_threat_is_credible():
    text, origin = the(TEXT, "Threat not credible")
    assert "China gains by taking ‘Deliver fuel’" in text
    assert (origin.kind, origin.relation) == ("threat", "not credible")
    text, origin = the(
        TEXT.replace("[not us.press, china.fuel]", "[not us.press, not china.fuel]"), "The threat ("
    )
    assert text.endswith("is credible: no side gains by a single deviation from it.")
    assert origin.relation == "credible"


def test_changing_a_preference_changes_under_which_spacings_a_side_keeps_it():
    text, origin = the(TEXT, "China, of which only ranks are known, keeps the deal under")
    before = origin.relation
    content = TEXT.replace("[not us.press, china.fuel]", "[not china.fuel, not us.press]")
    text, origin = the(content, "China, of which only ranks are known")
    assert (origin.kind, origin.relation) == ("spacings", "all")
    assert text == "China, of which only ranks are known, keeps every step under every spacing of its ranks."
    assert before != "all"


def test_changing_the_steps_changes_the_best_number_of_them():
    text, origin = the(TEXT, "least patience is asked")
    assert (origin.kind, origin.name) == ("schedule", "dealer")
    shorter = TEXT.replace("[frozen, eased, deal]", "[deal]")
    assert not any("least patience" in each or "In one joint step" in each for each in told(shorter))
    dearer = TEXT.replace("per_year: -1, while: dprk.freeze", "per_year: -7, while: dprk.freeze")
    assert text not in told(dearer)


def test_changing_a_safeguard_changes_what_it_does():
    text, origin = the(TEXT, "With ‘Inspectors on site’ (")
    assert (origin.kind, origin.statement) == ("safeguard", "inspectors")
    assert "is seen after 1 month" in text
    text, _ = the(TEXT.replace("{months: 1, evidence", "{months: 2, evidence"), "With ‘Inspectors on site’ (")
    assert "is seen after 2 months" in text


def test_changing_a_payoff_changes_whether_the_first_steps_test_the_type():
    text, origin = the(TEXT, "its first steps test the type")
    assert (origin.kind, origin.name, origin.relation) == ("test", "dealer", "by belief")
    content = TEXT.replace("per_year: -9, while", "per_year: -3, while")
    assert text not in told(content)


# What a sentence came from is true


def check(study):
    """Compare what each origin claims with the slow definition; return the kinds seen."""
    part = phased.section(study, Asked())
    at = deals.situation(study.conflict)
    origins = {origin for each in part.sentences for origin in each.origin}
    for origin in origins:
        if origin.kind in deals.KINDS:
            assert deals.claimed(origin) == deals.truth(at, origin), origin
    assert all(each.origin for each in part.sentences)
    return {origin.kind for origin in origins}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("", ""),
        ("per_year: -9, while", "per_year: -3, while"),
        ("[not us.press, china.fuel]", "[not us.press, not china.fuel]"),
        ("detection: {months: 3,", "detection: {months: 12,"),
        ("reversion: {to: today,", "reversion: {to: frozen,"),
        ("per_year: -1, while: dprk.freeze", "per_year: -7, while: dprk.freeze"),
    ],
)
def test_what_the_sentences_of_the_example_came_from_is_true(old, new):
    assert old in QUARTERLY
    kinds = check(prepare(read_text(QUARTERLY.replace(old, new))))
    assert kinds >= deals.KINDS - {"defection", "test"}


def written(each, seed):
    """The random deal as a conflict: some sides with payoffs, the others by their ranks."""
    random = Random(seed)
    model, conflict = each.model, each.conflict
    label = dict(zip(model.states, model.labels, strict=True))
    options = [option.name for dm in conflict.decision_makers for option in dm.options]

    def at(state):
        return (state,) if model.own is None else rule(state_statement(options, state)).statement

    def number(value):
        return Quantity(value=Fraction(value), evidence=ASSUMPTION)

    def stakes(i):
        paid = each.utilities[i].items() if random.random() < 0.5 else ()
        return SideStakes(
            decision_maker=model.names[i],
            discount_per_year=number(-log(each.factor) * 12 / each.step_months),
            payoffs=tuple(SidePayoff(amount=number(worth), condition=at(state)) for state, worth in paid),
        )

    deal = Roadmap(
        step_months=number(each.step_months),
        detection_months=number(each.terms.seen),
        steps=tuple(label[state] for state in each.path[1:]),
        reversion=Reversion(to=label[each.terms.back], evidence=ASSUMPTION),
        parties=tuple(stakes(i) for i in model.everybody),
    )
    return replace(conflict, roadmap=deal)


def check_random(seed):
    each = random_deal(seed)
    if each is None or each.path[1] == each.path[0]:
        return set()
    return check(prepare(written(each, seed)))


def test_what_a_sentence_came_from_is_true_of_random_deals():
    kinds = set().union(*(check_random(seed) for seed in range(12)))
    assert kinds >= deals.KINDS - {"safeguard", "test"}


@pytest.mark.slow
@pytest.mark.parametrize("start", range(12, 132, 12))
def test_what_a_sentence_came_from_is_true_of_many_random_deals(start):
    for seed in range(start, start + 12):
        check_random(seed)
