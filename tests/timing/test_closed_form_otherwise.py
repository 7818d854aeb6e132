"""The calculators against second methods: backward induction, quadrature, direct search, simulation."""

from __future__ import annotations

import random
from math import exp, inf, log

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from standoff.errors import UsageError
from standoff.timing import closed_form as cf
from tests.timing.test_closed_form_tables import B5, B6

FACTOR = st.floats(0.05, 0.95)
RATE = st.floats(0.02, 2)


@given(FACTOR, FACTOR)
def test_shares_by_backward_induction(d1: float, d2: float) -> None:
    share = 0.5
    for number in range(20_000, 0, -1):
        other = d2 if number % 2 else d1
        share = 1 - other * share
    assert cf.rubinstein(discount_factor_1=d1, discount_factor_2=d2).first == pytest.approx(share, abs=1e-10)


@given(RATE, RATE)
def test_short_rounds_approach_the_limit(r1: float, r2: float) -> None:
    period = 1e-7
    short = cf.rubinstein(discount_factor_1=exp(-r1 * period), discount_factor_2=exp(-r2 * period))
    limit = cf.rubinstein_limit(discount_rate_1_per_year=r1, discount_rate_2_per_year=r2)
    assert short.first == pytest.approx(limit.first, abs=1e-6)


@pytest.mark.parametrize("share", [0.1, 0.5, 0.99])
def test_conceding_at_any_date_of_the_contest_is_worth_the_same(share: float) -> None:
    given_ = {"demand_1": 0.6, "demand_2": 0.7, "obstinate_1": 0.1, "obstinate_2": 0.1}
    rates = {"discount_rate_1_per_year": 0.05, "discount_rate_2_per_year": 0.05}
    found = cf.abreu_gul(**given_, **rates)
    time = share * found.doubt_ends_years
    q, rate = found.concedes_at_once_2, found.concession_rate_2_per_year
    times = np.linspace(0, time, 200_001)
    conceding = (1 - q) * rate * np.exp(-rate * times) * np.exp(-0.05 * times) * 0.6
    expected = q * 0.6 + np.trapezoid(conceding, times) + (1 - q) * exp(-rate * time - 0.05 * time) * 0.3
    assert expected == pytest.approx(found.payoff_1, abs=1e-8)


def test_attrition_leaves_both_indifferent() -> None:
    found = cf.attrition(cost_1_per_year=1, prize_1=5, cost_2_per_year=2, prize_2=8)
    assert found.concession_rate_2_per_year * 5 == pytest.approx(1)
    assert found.concession_rate_1_per_year * 8 == pytest.approx(2)
    draw = np.random.default_rng(3)
    lengths = np.minimum(
        draw.exponential(1 / found.concession_rate_1_per_year, 200_000),
        draw.exponential(1 / found.concession_rate_2_per_year, 200_000),
    )
    error = lengths.std() / len(lengths) ** 0.5
    assert abs(lengths.mean() - found.mean_length_years) < 4 * error


def bandit_by_iteration(r: float, lam: float, g: float, s: float, belief: float) -> float:
    """The lone trier's value by dynamic programming in small steps along the path of silence."""
    step, beliefs = 1e-3, [belief]
    while beliefs[-1] > 1e-3:
        b = beliefs[-1]
        beliefs.append(b * exp(-lam * step) / (b * exp(-lam * step) + 1 - b))
    value = s
    for b in reversed(beliefs):
        news = b * (1 - exp(-lam * step))
        ahead = news * g + (1 - news) * value
        value = max(s, (1 - exp(-r * step)) * g * b + exp(-r * step) * ahead)
    return value


@pytest.mark.parametrize(("r", "lam", "g", "s"), [(0.1, 0.5, 1, 0.4), (0.05, 0.2, 2, 0.5), (0.2, 1, 1, 0.7)])
def test_bandit_by_dynamic_programming(r: float, lam: float, g: float, s: float) -> None:
    found = cf.exponential_bandit(
        discount_rate_per_year=r,
        news_rate_per_year=lam,
        good_payoff_per_year=g,
        safe_payoff_per_year=s,
        belief=0.5,
    )
    assert found.value == pytest.approx(bandit_by_iteration(r, lam, g, s, 0.5), rel=2e-3)


def waited_value(case: tuple[float, ...], t: float, number: int = 20_001) -> float:
    """The value of pivoting at a date, by quadrature of what can happen before it."""
    b, lam, g, s1, s0, c, r = case
    times = np.linspace(0, t, number)
    left = b * np.exp(-lam * times) + 1 - b
    flow = np.exp(-r * times) * (b * lam * np.exp(-lam * times) * g - left * c)
    then = exp(-r * t) * (b * exp(-lam * t) * s1 + (1 - b) * s0)
    return float(np.trapezoid(flow, times)) + then


@pytest.mark.parametrize("row", B5)
def test_patience_by_direct_search(row: tuple[float, ...]) -> None:
    case, (wait, value) = row[:7], row[8:10]
    assert waited_value(case, wait, 2_000_001) == pytest.approx(value, abs=1e-7)
    for other in np.linspace(0, 3 * wait + 1, 60):
        assert waited_value(case, float(other)) <= value + 1e-6


PATIENCE = st.tuples(
    st.floats(0.05, 0.95),
    RATE,
    st.floats(-2, 20),
    st.floats(-5, 10),
    st.floats(-5, 10),
    st.floats(-1, 3),
    RATE,
)


@given(PATIENCE)
def test_no_date_beats_the_one_given(case: tuple[float, ...]) -> None:
    names = ("prior", "concession_rate_per_year", "success", "pivot_if_conceding", "pivot_if_not")
    names += ("waiting_cost_per_year", "discount_rate_per_year")
    found = cf.patience(**dict(zip(names, case, strict=True)))
    lengths = (0.0, 0.01, 0.1, 0.5, 1.0, 2.0, 5.0, 10.0, 30.0)
    assert max(waited_value(case, t) for t in lengths) <= found.value + 1e-3 * (1 + abs(found.value))
    assert found.perfect_information >= -1e-9
    if found.wait_years != inf:
        assert waited_value(case, min(found.wait_years, 500.0), 50_001) == pytest.approx(
            found.value, abs=1e-2 * (1 + abs(found.value))
        )


def stocked_value(row: tuple[float, ...], t: float, number: int = 4_001) -> float:
    b, lam, g, s, k, w, stock, a, r = row[:9]
    times = np.linspace(0, t, number)
    left = b * np.exp(-lam * times) + 1 - b
    flow = np.exp(-r * times) * (b * lam * np.exp(-lam * times) * g - left * w * (stock + a * times))
    then = exp(-r * t) * (b * exp(-lam * t) + 1 - b) * (s - k * (stock + a * t))
    return float(np.trapezoid(flow, times)) + then


@pytest.mark.parametrize("row", B6)
def test_patience_with_stock_by_direct_search(row: tuple[float, ...]) -> None:
    dates = np.linspace(0, 12, 24_001)
    near = dates[int(np.argmax([stocked_value(row, float(t), 401) for t in dates[::40]])) * 40]
    fine = np.linspace(near - 0.05, near + 0.05, 2_001)
    values = [stocked_value(row, float(t), 20_001) for t in fine[::20]]
    assert fine[::20][int(np.argmax(values))] == pytest.approx(row[9], abs=2e-3)
    assert stocked_value(row, row[9], 2_000_001) == pytest.approx(row[12], abs=1e-6)


@given(st.floats(0.01, 0.99), RATE, RATE, st.floats(0, 5))
def test_silence_is_bayes_rule(prior: float, rate: float, other: float, years: float) -> None:
    found = cf.silence(prior=prior, rate_per_year=rate, other_rate_per_year=other, years=years)
    yes, no = prior * exp(-rate * years), (1 - prior) * exp(-other * years)
    assert found.belief == pytest.approx(yes / (yes + no), rel=1e-12)
    assert log(found.belief / (1 - found.belief)) == pytest.approx(
        log(prior / (1 - prior)) + found.weight_nats
    )


@pytest.mark.parametrize(("p", "k"), [(0.6, 5), (0.7, 3), (0.55, 20)])
def test_coin_test_by_solving_the_walk(p: float, k: int) -> None:
    size = 2 * k - 1
    walk = np.eye(size) - np.diag([p] * (size - 1), 1) - np.diag([1 - p] * (size - 1), -1)
    right = np.zeros(size)
    right[0] = 1 - p
    found = cf.sprt(probability=p, lead=k)
    assert np.linalg.solve(walk, right)[k - 1] == pytest.approx(found.error, rel=1e-9)
    assert np.linalg.solve(walk, np.ones(size))[k - 1] == pytest.approx(found.mean_observations, rel=1e-9)


@pytest.mark.parametrize(("l1", "l0", "alarm", "miss"), [(2, 1, 0.05, 0.05), (0.5, 1.5, 0.05, 0.10)])
def test_rate_test_by_simulation(l1: float, l0: float, alarm: float, miss: float) -> None:
    found = cf.sprt_poisson(rate_per_year=l1, other_rate_per_year=l0, false_alarm=alarm, miss=miss)
    draw, runs = random.Random(7), 8_000
    times, wrong = [], 0
    for _ in range(runs):
        weight, time = 0.0, 0.0
        while True:
            gap = draw.expovariate(l1)
            drift = l0 - l1
            bound = found.reject_nats if drift < 0 else found.accept_nats
            until = (bound - weight) / drift
            if until <= gap:
                time += until
                wrong += bound == found.reject_nats
                break
            weight += drift * gap + log(l1 / l0)
            time += gap
            if weight >= found.accept_nats or weight <= found.reject_nats:
                wrong += weight <= found.reject_nats
                break
        times.append(time)
    mean, error = float(np.mean(times)), float(np.std(times)) / runs**0.5
    assert found.mean_years_at_least - 3 * error <= mean <= 1.2 * found.mean_years_at_least
    assert wrong / runs <= miss + 3 * (miss * (1 - miss) / runs) ** 0.5


def roadmap_holds(cost: float, gain: float, prize: float, steps: int, d: float) -> bool:
    """Compare following with cheating at every step, from the payments themselves."""
    for step in range(1, steps + 1):
        left = range(steps - step)
        ahead = sum(d ** (n + 1) * (gain - cost) / steps for n in left) + d ** (steps - step + 1) * prize
        if gain / steps - cost / steps + ahead < gain / steps - 1e-12:
            return False
    return True


@given(st.floats(0.5, 8), st.floats(0.5, 12), st.floats(-1, 8), st.integers(1, 12))
def test_roadmap_by_payments(cost: float, gain: float, prize: float, steps: int) -> None:
    found = cf.roadmap_critical_discount(cost=cost, gain=gain, end_prize=prize, steps=steps)
    factors = [number / 200 for number in range(1, 200)]
    holding = [d for d in factors if roadmap_holds(cost, gain, prize, steps, d)]
    if found.critical_discount_factor is None:
        assert not holding
    elif holding:
        assert found.critical_discount_factor <= holding[0] + 1e-9
        assert holding[0] - found.critical_discount_factor < 1 / 200 + 1e-9
        assert found.weakest_step is not None


def test_equal_cost_and_gain_have_a_formula() -> None:
    for steps in (1, 2, 5, 9):
        found = cf.roadmap_critical_discount(cost=3, gain=3, end_prize=4, steps=steps)
        assert found.critical_discount_factor == pytest.approx((3 / (steps * 4)) ** (1 / steps), rel=1e-12)


@given(FACTOR, st.floats(0.2, 5))
def test_gradualism_by_the_step_condition(d: float, beta: float) -> None:
    share = cf.gradualism(discount_factor=d, gain_to_cost=beta)
    shrink = 1 - share
    assert share == 0 or d * beta * shrink == pytest.approx(1)


@given(st.floats(0.5, 10), st.floats(0.5, 10), FACTOR)
def test_screening_by_comparing_the_two_plans(loss: float, gain: float, d: float) -> None:
    found = cf.screening_step(loss=loss, gain=gain, discount_factor=d)
    share = found.least_first_share
    assert share == pytest.approx(d * (1 - share))
    for b in (0.05, 0.3, 0.6, 0.9, 0.99):
        at_once = b * gain - (1 - b) * loss
        tested = b * (share * gain + d * (1 - share) * gain) - (1 - b) * share * loss
        if abs(b - found.belief_below) > 1e-6:
            assert (tested > at_once) == (b < found.belief_below)


FAULTY = [
    (cf.rubinstein, {"discount_factor_1": 1, "discount_factor_2": 0.5}, "discount_factor_1 is 1"),
    (cf.rubinstein_limit, {"discount_rate_1_per_year": 0, "discount_rate_2_per_year": 1}, "above 0"),
    (cf.grim_trigger, {"temptation": 1, "reward": 2, "punishment": 0}, "nothing to deter"),
    (cf.silence, {"prior": 0, "rate_per_year": 1, "years": 1}, "prior is 0"),
    (cf.silence, {"prior": 0.5, "rate_per_year": float("nan"), "years": 1}, "finite"),
    (cf.silence, {"prior": 0.5, "rate_per_year": 1, "years": -1}, "below 0"),
    (cf.sprt, {"probability": 0.5, "lead": 2}, "1/2"),
    (cf.sprt, {"probability": 0.6, "lead": 0}, "lead is 0"),
    (cf.gradualism, {"discount_factor": 0, "gain_to_cost": 1}, "discount_factor is 0"),
    (cf.attrition, {"cost_1_per_year": 0, "prize_1": 1, "cost_2_per_year": 1, "prize_2": 1}, "cost_1"),
    (cf.roadmap_critical_discount, {"cost": 1, "gain": 1, "end_prize": 1, "steps": 0}, "0 steps"),
    (cf.screening_step, {"loss": -1, "gain": 1, "discount_factor": 0.5}, "loss is -1"),
    (
        cf.sprt_poisson,
        {"rate_per_year": 1, "other_rate_per_year": 1, "false_alarm": 0.1, "miss": 0.1},
        "equal",
    ),
]


@pytest.mark.parametrize(("calculator", "inputs", "told"), FAULTY)
def test_bad_inputs_are_named(calculator, inputs: dict[str, float], told: str) -> None:
    with pytest.raises(UsageError, match=told):
        calculator(**inputs)


@pytest.mark.parametrize(
    ("name", "value"), [("growth_per_year", -6), ("stock", -1), ("growth_per_year", float("inf"))]
)
def test_a_stock_does_not_fall_below_nothing(name: str, value: float) -> None:
    inputs = {
        "prior": 0.3,
        "concession_rate_per_year": 0.6,
        "success": 10,
        "pivot": 5,
        "pivot_loss_per_unit": 0.1,
    }
    inputs |= {"flow_cost_per_unit_and_year": 0.02, "stock": 30, "growth_per_year": 6}
    inputs |= {"discount_rate_per_year": 0.1, name: value}
    with pytest.raises(UsageError, match=f"{name} is {value:g}; it must be a finite number, 0 or more"):
        cf.patience_with_stock(**inputs)


def test_compatible_demands_are_no_contest() -> None:
    with pytest.raises(UsageError, match="compatible"):
        cf.abreu_gul(
            demand_1=0.4,
            demand_2=0.5,
            discount_rate_1_per_year=0.1,
            discount_rate_2_per_year=0.1,
            obstinate_1=0.1,
            obstinate_2=0.1,
        )


def test_it_can_be_best_never_or_always_to_wait() -> None:
    hopeless = {"prior": 0.5, "concession_rate_per_year": 0.1, "success": 1, "discount_rate_per_year": 0.1}
    at_once = cf.patience(**hopeless, pivot_if_conceding=5, pivot_if_not=5, waiting_cost_per_year=1)
    assert (at_once.threshold, at_once.wait_years, at_once.value) == (1.0, 0.0, 5.0)
    never = cf.patience(**hopeless, pivot_if_conceding=-9, pivot_if_not=-9, waiting_cost_per_year=0)
    assert (never.threshold, never.wait_years) == (0.0, inf)
    assert never.value == pytest.approx(0.5 * 0.1 / 0.2)
