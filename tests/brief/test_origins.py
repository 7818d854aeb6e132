"""Every sentence of a brief says what it came from, and that object says the same when it is made anew."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings

from standoff.analyses.coalitions.clock import OutOfTimeError
from standoff.errors import ModelError
from standoff.files.reading import read_text
from standoff.model.conflict import Coalition
from standoff.report.brief import Asked, Deal, brief, joint, leading_out
from standoff.report.brief.leading_out import ways_out
from standoff.report.coalitions.words import view_sentences
from standoff.report.foresight import foresight_sentences
from standoff.report.names import dm_name
from standoff.stability.judge import judge
from standoff.study import analyse
from standoff.study.coalitions import coalitions
from standoff.study.foresight import foresight
from tests.brief import deals
from tests.brief.test_phased import QUARTERLY
from tests.brief.ways import claimed, true_of_ways
from tests.example import TEXT
from tests.oracles.conflicts import conflicts, random_conflict
from tests.oracles.literal import stable
from tests.oracles.plain import plain

HOLDS = ("holds:", "is held back under ")
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


def gaining(study, origin):
    """How many equilibria are better for all than the status quo, or worse for nobody and better for some."""
    found = equilibria(study, origin.concept)
    steps = [[compared(study, label, dm) for dm in study.decision_makers] for label in found]
    if origin.relation == "better for all":
        return sum(min(each) > 0 for each in steps)
    return sum(min(each) >= 0 and max(each) > 0 for each in steps)


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
            return origin.number, gaining(study, origin)
        case "pattern":
            return origin.number, study.pattern(origin.statement).equilibria[origin.concept]
        case (
            "ripeness"
            | "next moves"
            | "path"
            | "cycles"
            | "spoiler"
            | "wedges"
            | "lever"
            | "coalitions"
            | "together"
            | "foresight"
        ):
            return claimed(origin), true_of_ways(study, origin)
        case "kept" | "spacings" | "threat" | "schedule" | "safeguard" | "defection" | "test":
            return deals.claimed(origin), deals.truth(deals.situation(study.conflict), origin)
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
    if first.kind == "equilibrium" and sentence.text.startswith(f"State {first.state} would "):
        holds = sentence.text.startswith(f"State {first.state} would hold once reached")
        assert holds == first.stable, sentence


@settings(max_examples=40, deadline=None)
@given(conflicts())
def test_what_a_sentence_came_from_is_true_of_random_conflicts(conflict):
    try:
        study = analyse(with_coalition(conflict))
    except ModelError:
        return
    check(study)


def with_coalition(conflict):
    """The conflict with its first two decision makers as a coalition."""
    members = tuple(dm.id for dm in conflict.decision_makers[:2])
    return replace(conflict, coalitions=(Coalition(id="first", members=members),))


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(40))
def test_what_a_sentence_came_from_is_true_of_larger_random_conflicts(seed):
    try:
        study = analyse(with_coalition(random_conflict(seed)))
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
        "ripeness",
        "next moves",
        "path",
        "spoiler",
        "lever",
        "coalitions",
        "together",
    }


def test_what_the_sentences_on_a_phased_deal_came_from_is_true():
    made = check(analyse(read_text(QUARTERLY)))
    kinds = {origin.kind for sentence in made.sentences for origin in sentence.origin}
    assert kinds >= deals.KINDS


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


PENNIES = """\
standoff: 1
name: Matching pennies
decision_makers:
  a: {name: Ann, options: {x: Heads}, prefers: [a.x iff b.y]}
  b: {name: Ben, options: {y: Heads}, prefers: [a.x xor b.y]}
status_quo: []
"""


def told(text, key):
    """The sentences of a section of what leads out, with the first origin of each."""
    sections = [part for chapter in brief(analyse(read_text(text))).chapters for part in chapter.sections]
    return [(each.text, each.origin[0]) for part in sections if part.key == key for each in part.sentences]


def test_changing_a_preference_changes_what_is_told_of_ripeness():
    (before, origin), *_ = told(TEXT, "ripe")
    assert before.startswith(
        "State s1 (the status quo) is a stalemate with a way out: neither can win, 2 states are"
    )
    assert (origin.relation, origin.number) == ("none", 2)
    (after, origin), *_ = told(
        TEXT.replace("prefers: [us.relief,", "prefers: [dprk.test, us.relief,"), "ripe"
    )
    assert after.startswith(
        "State s1 (the status quo) is not ripe for United States and North Korea: North Korea gains"
    )
    assert (origin.relation, origin.number) == ("cannot win", 0)


def test_changing_a_preference_changes_what_is_told_of_next_moves():
    assert told(TEXT, "moves")[1][0] == "For North Korea at s1 none of its 2 moves ranks before staying."
    text, origin = told(TEXT.replace("prefers: [us.relief,", "prefers: [dprk.test, us.relief,"), "moves")[1]
    assert text.startswith(
        "For North Korea at s1 2 of its 2 moves rank before staying; first taking ‘Resume tests’"
    )
    assert (origin.relation, origin.number) == ("secure gain", 2)


def test_changing_a_preference_changes_who_must_give_first():
    text, origin = told(TEXT, "giving")[0]
    assert text == "North Korea or United States must give first on the cheapest way to deal."
    assert origin.number == 2
    pays_for_a_freeze = TEXT.replace("statement: not us.relief,", "statement: not us.relief or dprk.freeze,")
    text, origin = told(pays_for_a_freeze, "giving")[0]
    assert text == "North Korea must give first on the cheapest way to deal."
    assert (origin.decision_maker, origin.number) == ("dprk", 1)


def test_the_judgement_on_the_first_step_names_who_gives_and_what_would_spare_it():
    found = judgement(TEXT, "first-step")
    assert found.sentence.text == (
        "No step from s1 pays the one who takes it. North Korea or United States must give first on the "
        "cheapest way to deal."
    )
    (spared,) = found.overturned_by
    assert spared.text == (
        "With joint steps of United States and North Korea: 1 improvement leads from s1 (the status quo) to deal."
    )
    assert (spared.origin[0].name, spared.origin[0].number) == ("us,dprk", 0)


def test_changing_a_preference_changes_whether_there_are_circles():
    assert told(PENNIES, "circles")[0][0] == "Improvements can go round in circles: 1 round, 4 states in all."
    assert told(PENNIES.replace("a.x xor b.y", "a.x iff b.y"), "circles") == []


def test_changing_a_preference_changes_who_would_undo_the_deal():
    assert told(TEXT, "spoiling")[0][0] == (
        "Nobody would undo deal; United States and North Korea would gain by harming it, but are deterred."
    )
    pays_for_a_freeze = TEXT.replace("statement: not us.relief,", "statement: not us.relief or dprk.freeze,")
    assert told(pays_for_a_freeze, "spoiling")[0][0] == (
        "Nobody would undo deal; North Korea would gain by harming it, but is deterred."
    )


def test_changing_a_preference_changes_what_would_break_the_common_line():
    text = f"{TEXT}coalitions:\n  both: [us, dprk]\n"
    assert told(text, "wedges")[0][0].startswith(
        "both (United States and North Korea): at s1 (the status quo) all"
    )
    wants_to_test = text.replace("prefers: [us.relief,", "prefers: [dprk.test, us.relief,")
    sentence, origin = told(wants_to_test, "wedges")[0]
    assert "North Korea would gain by taking ‘Resume tests’ (s9) at the cost of United States" in sentence
    assert (origin.kind, origin.name) == ("wedges", "us,dprk")


def sections_of(source):
    study = analyse(source)
    return {part.key: part for chapter in check(study).chapters for part in chapter.sections}


def test_what_two_can_do_together_and_not_alone_has_its_place():
    found = sections_of("case:elmira-1991")["together"]
    texts = [sentence.text for sentence in found.sentences]
    assert texts[0] == "s7 holds if each moves alone, but not if accord acts as one (SEQ)."
    assert texts[1].startswith("s7 is not stable against Ministry of the Environment and Uniroyal under GMR")
    assert texts[1] in view_sentences_of("case:elmira-1991", "s7", "accord")
    assert not any("moe+local" in text for text in texts), "Local government leaves s1 alone as well"


def test_every_state_told_that_a_coalition_could_undo_is_named():
    study = analyse("case:north-korea-2019")
    found = {part.key: part for chapter in brief(study, Asked()).chapters for part in chapter.sections}
    texts = [sentence.text for sentence in found["together"].sentences]
    assert texts[0].startswith("Of 31 coalitions 12 have reason to leave today (the status quo) under SEQ")
    assert "package holds if each moves alone, but not if dprk+rok acts as one (SEQ)." in texts
    undone = [text.partition(" ")[0] for text in texts if "holds if each moves alone" in text]
    for state in ("package", "small-deal", "freeze-for-relief", "phased", "pivot", "crisis"):
        against = coalitions(study, [], state).all_coalitions.against
        assert (state in undone) == bool(against)


def test_states_that_time_did_not_allow_to_look_at_are_said_to_be_missing(monkeypatch):
    looked = joint.leaving

    def late(field, state, concept, asked, until):
        return looked(field, state, concept, asked, until) if len(asked) == 31 else ((), 0)

    monkeypatch.setattr(joint, "leaving", late)
    made = brief(analyse("case:north-korea-2019"), Asked())
    found = {part.key: part for chapter in made.chapters for part in chapter.sections}["together"]
    texts = [sentence.text for sentence in found.sentences]
    assert "Time ran out before all states told were looked at; coalitions tells of them." in texts
    assert not any("holds if each moves alone" in text for text in texts)


def view_sentences_of(source, at, of):
    study = analyse(source)
    found = coalitions(study, [of], at, most=1)
    return view_sentences(study, found.coalitions[0], found.reachable, every=False)


def test_nothing_is_told_of_coalitions_that_do_no_more_than_one_of_their_members():
    found = sections_of("case:chicken")
    assert "together" not in found


@pytest.mark.parametrize("case", ["case:chicken", "case:prisoners-dilemma"])
def test_two_with_strict_rankings_are_told_what_looking_ahead_makes_of_it(case):
    found = sections_of(case)["foresight"]
    told = [sentence.text for sentence in found.sentences]
    study = analyse(case)
    command = foresight_sentences(study, foresight(study))
    assert sorted(told) == sorted(each for sentences in command.values() for each in sentences)
    kinds = {origin.name for sentence in found.sentences for origin in sentence.origin}
    assert kinds == {"limited", "nonmyopic", "stackelberg", "maximin"}


def test_changing_a_preference_changes_what_is_told_of_foresight():
    study = analyse("case:chicken")
    assert told_of(study.conflict)[0].startswith("Row leaves collision")
    row, col = study.conflict.decision_makers
    stubborn = replace(study.conflict, decision_makers=(row, replace(col, preference=row.preference)))
    assert told_of(stubborn) != told_of(study.conflict)


def told_of(conflict):
    return [sentence.text for sentence in sections_of(conflict)["foresight"].sentences]


def test_foresight_is_left_out_where_it_is_not_defined():
    assert "foresight" not in sections_of("case:elmira-1991")


def test_time_that_ran_out_for_coalitions_is_told(monkeypatch):
    monkeypatch.setattr(leading_out, "joint", out_of_time)
    (why,) = ways_out(analyse("case:elmira-1991")).left_out
    assert why == (
        "What coalitions can do together is left out: time ran out. The command coalitions tells it."
    )


def out_of_time(*_):
    raise OutOfTimeError("")


def test_what_would_break_or_make_a_state_does_so_in_the_changed_model():
    study = analyse(read_text(TEXT))
    found = ways_out(study).levers
    assert [(each.state, each.concept, each.breaking) for each in found] == [
        ("s1", "nash", True),
        ("deal", "seq", True),
        ("deal", "nash", False),
    ]
    for each in found:
        (lever,) = each.levers
        changed = plain(lever.conflict)
        state = changed.states[changed.labels.index(each.state)]
        held = [stable(changed, each.concept, i, state) for i in changed.everybody]
        assert held == list(lever.verdicts.values())
        assert all(held) != each.breaking


def test_changing_a_preference_changes_what_would_overturn_a_judgement():
    (found,) = judgement(TEXT, "today").overturned_by
    assert (
        ": then s1 is not stable for United States under Nash (1 edit of a statement; nothing less does)."
        in found.text
    )
    assert (found.origin[0].kind, found.origin[0].stable, found.origin[0].number) == ("lever", True, 1)
    wants_to_test = TEXT.replace("prefers: [us.relief,", "prefers: [dprk.test, us.relief,")
    assert judgement(wants_to_test, "today").overturned_by == ()
