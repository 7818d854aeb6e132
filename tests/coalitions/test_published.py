"""Elmira: the coalition that broke the deadlock, and who could spoil the two deals in question."""

import pytest

from standoff.study import analyse
from standoff.study.coalitions import coalitions

ACCORD = ("moe", "uniroyal")


@pytest.fixture(scope="module")
def elmira():
    return analyse("case:elmira-1991")


def verdicts(found):
    return {each.concept: each for each in found.coalitions[0].verdicts}


def parties(deal):
    return {each.party: each for each in deal.parties}


def test_at_7_everybody_alone_has_reason_to_stay(elmira):
    alone = ("moe", "uniroyal", "local")
    found = coalitions(elmira, alone, "s7")
    for view in found.coalitions:
        assert {each.concept for each in view.verdicts if each.stable} >= {"gmr", "smr", "seq"}


@pytest.mark.parametrize("rule", ["legal_sequence", "one_jump"])
def test_ministry_and_firm_together_go_from_7_to_10(elmira, rule):
    found = coalitions(elmira, [",".join(ACCORD)], "s7", rule=rule)
    seq = verdicts(found)["seq"]
    assert not seq.stable
    assert seq.improvement.target == "s10"
    assert set(seq.improvement.members) == set(ACCORD)
    assert ACCORD in found.all_coalitions.against


def test_10_holds_against_every_coalition_under_seq(elmira):
    found = coalitions(elmira, at="s10")
    assert found.all_coalitions.against == ()
    assert "s10" in found.all_coalitions.stable_states["seq"]
    assert "s7" not in found.all_coalitions.stable_states["seq"]


def test_who_could_spoil_the_deals(elmira):
    """The local government would undo 4; by 10 it loses and cannot undo it."""
    first, second = (parties(deal) for deal in coalitions(elmira, at="s7", deals=["s4", "s10"]).deals)
    assert first["local"].grade == "would undo"
    assert first["local"].against_now == "worse"
    assert second["local"].grade == "objects, cannot"
    assert second["local"].against_now == "worse"
    for name in ACCORD:
        assert first[name].against_now == second[name].against_now == "better"
        assert first[name].grade != "would undo"
        assert second[name].grade != "would undo"
