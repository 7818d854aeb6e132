"""Which textbook conflicts are stalemates and what leads out of them."""

import pytest

from standoff.files.reading import read_text
from standoff.study import analyse
from standoff.study.ripeness import ripe
from tests.example import TEXT
from tests.oracles.conflicts import random_conflict


def zone(found):
    return {each.state: each for each in found.zone.states}


def winners(found):
    return tuple(row.decision_maker for row in found.rows if not row.cannot_win)


@pytest.mark.parametrize(
    ("case", "deal", "givers"),
    [("prisoners-dilemma", "cooperate", {"one", "two"}), ("stag-hunt", "stag", {"col"})],
)
def test_mutual_defection_is_a_stalemate_whose_way_out_begins_with_a_sacrifice(case, deal, givers):
    found = ripe(analyse(f"case:{case}"))
    assert found.failing is None
    assert all(row.cannot_win and row.held_by_any_reply for row in found.rows)
    assert list(zone(found)) == [deal]
    way = zone(found)[deal]
    assert way.holds
    assert way.way == "moves"
    assert way.joint
    assert way.sacrifices[0] == way.steps[0]
    assert {move.mover for move in way.sacrifices} == givers


def test_the_crash_of_chicken_is_attrition_and_no_stalemate():
    found = ripe(analyse("case:chicken"), "collision")
    assert found.failing == "cannot win"
    assert winners(found) == ("row", "col")
    for row in found.rows:
        assert row.no_agreement.move.target == f"{row.decision_maker}_swerves"
        assert row.no_agreement.outcome.ranks > 0


def test_the_two_party_example_at_nothing():
    found = ripe(analyse(read_text(TEXT)), "s1")
    assert found.failing is None
    assert set(zone(found)) == {"deal", "s8"}  # relief and freeze, without and with exercises
    assert all(each.holds and each.way == "moves" and each.sacrifices for each in zone(found).values())
    assert zone(found)["deal"].undominated
    assert not zone(found)["s8"].undominated
    assert found.zone.ways["improvements"] == (0, 0)


def test_elmira_at_1_is_no_stalemate():
    found = ripe(analyse("case:elmira-1991"), "s1")
    assert found.failing == "cannot win"
    assert winners(found) == ("local",)


def test_elmira_at_7_is_a_stalemate_with_nothing_better_for_all_three():
    found = ripe(analyse("case:elmira-1991"), "s7")
    assert all(row.cannot_win for row in found.rows)
    assert found.failing == "zone"
    assert found.zone.size == 0


@pytest.mark.parametrize("parties", ["accord", "moe,uniroyal", ("uniroyal", "moe")])
def test_elmira_at_7_for_ministry_and_firm(parties):
    found = ripe(analyse("case:elmira-1991"), "s7", parties)
    assert found.failing is None
    assert set(zone(found)) == {"s4", "s10"}
    ten, four = zone(found)["s10"], zone(found)["s4"]
    assert ten.holds
    assert ten.losers == ("local",)
    assert ten.joint
    assert [move.mover for move in ten.sacrifices] == ["moe"]
    assert four.undone_by == ("local",)
    assert not four.joint


@pytest.mark.slow
def test_the_conditions_tell_states_apart():
    """On random conflicts every condition rules out some states and leaves some; no published value."""
    states = stalemates = better = holds = 0
    for seed in range(150):
        study = analyse(random_conflict(seed, "option", sizes=(4, 5), plain_moves=True))
        for label in study.states:
            found = ripe(study, label, lever_time=0)
            states += 1
            stalemates += found.failing != "cannot win"
            better += found.failing in (None, "way out")
            holds += found.failing is None
    assert 0.1 < stalemates / states < 0.6
    assert holds <= better < stalemates
