"""Phased deals whose answer is known in closed form, by the general checker on graph models."""

from __future__ import annotations

from math import log

import pytest

from standoff.files.reading import read_text
from standoff.study import prepare
from standoff.study.roadmap import roadmap
from standoff.timing.closed_form import gradualism, grim_trigger, roadmap_critical_discount, screening_step
from standoff.timing.roadmap.planning import screening
from tests.roadmap.exchanges import exchange, prisoners, screened

STEPS = (1, 2, 3, 4, 6)
TABLE = [
    (4, 4, 5, (0.8, 0.63245553, 0.64365959, 0.66874030, 0.71475377)),
    (4, 6, 5, (0.8, 0.54031242, 0.53854091, 0.55673852, 0.59278552)),
    (4, 2.5, 5, (0.8, 0.71188696, 0.73289944, 0.75973640, 0.80363443)),
    (4, 8, 2, (None, None, 0.66666667, 0.5, 0.49618383)),
]


def answer(text: str, factor: float, *steps: str):
    rate = -log(factor)
    return roadmap(prepare(read_text(text)), steps, discounts={"*": rate})


@pytest.mark.parametrize(("cost", "gain", "prize", "criticals"), TABLE)
@pytest.mark.parametrize(
    "place", [0, 1, 2, pytest.param(3, marks=pytest.mark.slow), pytest.param(4, marks=pytest.mark.slow)]
)
def test_a_deal_with_an_agreed_end_point(cost, gain, prize, criticals, place) -> None:
    steps = STEPS[place]
    text = exchange([cost / steps] * steps, [gain / steps] * steps, prize)
    found = answer(text, 0.95)
    whole = found.schedules[0]
    calculated = roadmap_critical_discount(cost=cost, gain=gain, end_prize=prize, steps=steps)
    if criticals[place] is None:
        assert whole.critical_factor is None
        assert calculated.critical_discount_factor is None
        return
    assert whole.critical_factor == pytest.approx(criticals[place], abs=1e-8)
    assert whole.critical_factor == pytest.approx(calculated.critical_discount_factor, abs=1e-9)
    assert whole.holds
    assert found.weakest.place == calculated.weakest_step
    assert found.threat.credible
    low = answer(text, criticals[place] - 1e-6)
    assert not low.schedules[0].holds
    assert calculated.weakest_step in {row.place for row in low.rows if not row.holds}


@pytest.mark.slow
def test_twelve_steps() -> None:
    found = answer(exchange([4 / 12] * 12, [6 / 12] * 12, 5), 0.95)
    assert found.schedules[0].critical_factor == pytest.approx(0.64894381, abs=1e-8)
    assert not found.tried_all


def test_without_a_prize_the_last_step_unravels() -> None:
    found = answer(exchange([1, 1, 1], [3, 3, 3], 0), 0.99)
    failing = [row for row in found.rows if not row.holds]
    assert {row.place for row in failing} == {3}
    assert all(row.kept_at == () for row in failing)
    assert found.schedules[0].critical_factor is None


@pytest.mark.parametrize(("factor", "beta"), [(0.9, 1.5), (0.95, 1.2), (0.8, 2)])
def test_gradualism(factor, beta) -> None:
    """Steps that shrink by rho, cut off after four: what would still come is paid as a prize."""
    critical = 1 - gradualism(discount_factor=factor, gain_to_cost=beta)
    for rho, holds in ((critical + 1e-7, True), (critical - 1e-7, False)):
        costs = [rho**i for i in range(4)]
        prize = (beta - 1) * rho**4 / (1 - factor * rho)
        found = answer(exchange(costs, [beta * cost for cost in costs], prize), factor)
        rows = [row for row in found.rows if row.decision_maker in "ab" and row.place <= 4]
        assert {row.holds for row in rows} == {holds}


@pytest.mark.parametrize(("loss", "gain", "factor"), [(5, 10, 0.9), (2, 8, 0.8), (10, 4, 0.95)])
def test_a_first_step_as_a_test(loss, gain, factor) -> None:
    known = screening_step(loss=loss, gain=gain, discount_factor=factor)
    for share, place in ((known.least_first_share + 1e-6, 1), (known.least_first_share - 1e-6, 2)):
        text = screened(loss, gain, -log(factor), share)
        phased = answer(text, factor, "tested", "carried", "finished")
        cheats = {each.type: each.place for each in phased.defections if each.decision_maker == "them"}
        assert cheats == {"good": None, "bad": place}
        once = answer(text, factor, "jumped", "landed")
        rate, lump = -log(factor), 1 - factor
        first, later = lump * share, factor * lump * (1 - share)
        expected = {"good": 0, "bad": first if place == 1 else later}
        worth = {
            "good": gain * (first + later),
            "bad": -loss * first if place == 1 else gain * first - loss * later,
        }
        for each in phased.defections:
            if each.decision_maker == "them":
                assert each.gain * rate == pytest.approx(expected[each.type], abs=1e-12)
                assert each.focal_worth * rate == pytest.approx(worth[each.type], abs=1e-12)
        test = screening(phased.defections, once.defections)
        assert test.type == "good"
        if place == 1:
            assert test.belief_below == pytest.approx(known.belief_below, rel=1e-9)
            failing = {(row.type, row.place) for row in phased.rows if not row.holds}
            assert failing == {("bad", 1), ("bad", 2)}


@pytest.mark.parametrize(("temptation", "reward", "punishment"), [(5, 3, 1), (10, 6, 2), (4, 3.5, 0)])
def test_grim_trigger(temptation, reward, punishment) -> None:
    found = answer(prisoners(temptation, reward, punishment), 0.9)
    known = grim_trigger(temptation=temptation, reward=reward, punishment=punishment)
    for row in found.rows:
        assert row.critical_factor == pytest.approx(known, abs=1e-9)
    assert found.threat.credible
    rate = -log(known) * 2
    assert found.weakest.bears_rate_per_year == pytest.approx(rate, rel=1e-8)
    longest = -log(known) / -log(0.9) * 12
    assert {each.months for each in found.detection} == {min(int(longest), 120)}
