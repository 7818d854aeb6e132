"""Every sentence of a brief says what it came from, and that object says the same when it is made anew."""

import numpy as np
import pytest
from hypothesis import given, settings

from standoff.errors import ModelError
from standoff.files.reading import read_text
from standoff.report.brief import Asked, Deal, brief
from standoff.report.names import dm_name
from standoff.stability.judge import judge
from standoff.study import analyse
from tests.example import TEXT
from tests.oracles.conflicts import conflicts, random_conflict

HOLDS = ("holds:", "is held back:")
LEAVES = ("does not hold:",)


def verdict(study, state, dm, concept):
    """Judge a state anew, beside what the study remembers."""
    return judge(study.graph, study.number_of(dm), study.space.index(state), concept, study.sanction_moves)


def is_equilibrium(study, state, concept):
    return all(verdict(study, state, dm, concept).stable for dm in study.decision_makers)


def equilibria(study, concept):
    return [label for label in study.states if is_equilibrium(study, label, concept)]


def compared(study, label, dm):
    ranks = study.graph.ranks[study.number_of(dm)]
    return int(ranks[study.space.index(label)]) - int(ranks[study.space.status_quo])


def recomputed(study, origin):
    """Return what an origin claims, and what is true, found from the definitions alone."""
    match origin.kind:
        case "verdict":
            return origin.stable, verdict(study, origin.state, origin.decision_maker, origin.concept).stable
        case "equilibrium":
            return origin.stable, is_equilibrium(study, origin.state, origin.concept)
        case "equilibria":
            return origin.number, len(equilibria(study, origin.concept))
        case "moves":
            dm = study.number_of(origin.decision_maker)
            state = study.space.index(origin.state)
            ranks = study.graph.ranks[dm]
            return origin.number, sum(int(ranks[t] > ranks[state]) for t in study.graph.moves(dm, state))
        case "ranking":
            sign = np.sign(compared(study, origin.state, origin.decision_maker))
            return origin.relation, {1: "better", 0: "equal", -1: "worse"}[int(sign)]
        case "gains":
            found = equilibria(study, origin.concept)
            steps = [[compared(study, label, dm) for dm in study.decision_makers] for label in found]
            if origin.relation == "better for all":
                return origin.number, sum(min(each) > 0 for each in steps)
            return origin.number, sum(min(each) >= 0 and max(each) > 0 for each in steps)
        case "pattern":
            return origin.number, study.pattern(origin.statement).equilibria[origin.concept]
    return None, None


def check(study, asked=None):
    made = brief(study, asked or Asked())
    for sentence in made.sentences:
        assert sentence.origin, sentence.text
        for origin in sentence.origin:
            told, true = recomputed(study, origin)
            assert told == true, (sentence.text, origin)
        agrees_with_its_words(study, sentence)
    return made


def agrees_with_its_words(study, sentence):
    """What a sentence of the usual form says in words is what its origin says."""
    (first, *_) = sentence.origin
    if first.kind == "verdict" and sentence.text.startswith(f"{dm_name(study, first.decision_maker)} "):
        words = sentence.text.removeprefix(f"{dm_name(study, first.decision_maker)} ")
        if words.startswith(HOLDS + LEAVES):
            assert words.startswith(HOLDS if first.stable else LEAVES), sentence
    if first.kind == "equilibrium" and sentence.text.startswith(f"{first.state} would "):
        holds = sentence.text.startswith(f"{first.state} would hold once reached")
        assert holds == first.stable, sentence


@settings(max_examples=60, deadline=None)
@given(conflicts())
def test_what_a_sentence_came_from_is_true_of_random_conflicts(conflict):
    try:
        study = analyse(conflict)
    except ModelError:
        return
    check(study)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(300))
def test_what_a_sentence_came_from_is_true_of_larger_random_conflicts(seed):
    try:
        study = analyse(random_conflict(seed))
    except ModelError:
        return
    check(study)


def test_what_the_sentences_of_the_example_came_from_is_true():
    deal = Deal(name="deal", label="The deal", statement="us.relief and dprk.freeze")
    made = check(analyse(read_text(TEXT)), Asked(deals=(deal,)))
    kinds = {origin.kind for sentence in made.sentences for origin in sentence.origin}
    assert kinds >= {
        "verdict",
        "equilibrium",
        "equilibria",
        "moves",
        "ranking",
        "gains",
        "pattern",
        "evidence",
    }


def judgement(text, key):
    chapter = brief(analyse(read_text(text))).chapters[0]
    (found,) = (each for each in chapter.sections[0].blocks[0].items if each.key == key)
    return found


def test_changing_a_preference_changes_the_judgement_with_the_verdict():
    before = judgement(TEXT, "today")
    assert before.sentence.text == "It is stuck: from the status quo, s1, nobody can gain by moving alone."
    assert all(origin.stable and origin.concept == "nash" for origin in before.sentence.origin)
    wants_to_test = TEXT.replace("prefers: [us.relief,", "prefers: [dprk.test, us.relief,")
    after = judgement(wants_to_test, "today")
    assert after.sentence.text == (
        "The status quo, s1, does not hold: North Korea gains by moving alone, and no reply ends as bad for "
        "it as staying."
    )
    origins = {origin.decision_maker: origin.stable for origin in after.sentence.origin}
    assert origins == {"us": True, "dprk": False}
    assert [s.origin[0].decision_maker for s in after.rests_on] == ["dprk"]


def test_a_status_quo_held_by_replies_is_told_as_deterrence():
    text = TEXT.replace("status_quo: []", "status_quo: [us.relief, dprk.freeze]").replace(
        "  deal:", "  other:"
    )
    text = text.replace("other: [us.relief, dprk.freeze]", "other: [us.relief]")
    found = judgement(text, "today")
    assert "is held in place by deterrence: United States and North Korea would gain" in found.sentence.text
    assert {origin.concept for origin in found.sentence.origin} == {"seq"}
