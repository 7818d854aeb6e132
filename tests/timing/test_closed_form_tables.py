"""The calculators against the benchmark tables B1 to B8 and B10 to B13, each number computed apart."""

from __future__ import annotations

import pytest

from standoff.timing import closed_form as cf

EXACT = 1e-8


def near(value: float, digits: int = 8) -> object:
    """A printed number: off by at most half of its last digit, or 1e-8 of itself."""
    return pytest.approx(value, rel=EXACT, abs=0.51 * 10**-digits)


@pytest.mark.parametrize(
    ("d1", "d2", "first"), [(0.9, 0.9, 0.5263157895), (0.95, 0.8, 0.8333333333), (0.99, 0.97, 0.7556675063)]
)
def test_b1_shares(d1: float, d2: float, first: float) -> None:
    found = cf.rubinstein(discount_factor_1=d1, discount_factor_2=d2)
    assert found.first == near(first, 10)
    assert found.first + found.second == pytest.approx(1, abs=1e-15)


@pytest.mark.parametrize(
    ("r1", "r2", "first"), [(0.05, 0.10, 2 / 3), (0.10, 0.05, 1 / 3), (0.03, 0.30, 0.9090909)]
)
def test_b1_short_rounds(r1: float, r2: float, first: float) -> None:
    found = cf.rubinstein_limit(discount_rate_1_per_year=r1, discount_rate_2_per_year=r2)
    assert found.first == near(first, 7)


@pytest.mark.parametrize(
    ("a1", "a2", "r1", "r2", "z1", "z2", "l1", "l2", "end", "q1", "q2", "u1", "u2"),
    [
        (0.6, 0.7, 0.05, 0.05, 0.1, 0.1, 0.06666667, 0.05, 34.538776, 0, 0.43765867, 0.43129760, 0.4),
        (0.55, 0.75, 0.08, 0.03, 0.05, 0.2, 0.045, 0.06666667, 24.141569, 0.85182506, 0, 0.25, 0.70554752),
        (
            0.8,
            0.8,
            0.10,
            0.05,
            0.01,
            0.02,
            0.01666667,
            0.03333333,
            117.360690,
            0.92928932,
            0,
            0.2,
            0.75757359,
        ),
    ],
)
def test_b2_obstinacy(
    a1: float, a2: float, r1: float, r2: float, z1: float, z2: float,
    l1: float, l2: float, end: float, q1: float, q2: float, u1: float, u2: float,
) -> None:  # fmt: skip
    found = cf.abreu_gul(
        demand_1=a1,
        demand_2=a2,
        discount_rate_1_per_year=r1,
        discount_rate_2_per_year=r2,
        obstinate_1=z1,
        obstinate_2=z2,
    )
    assert found.concession_rate_1_per_year == near(l1)
    assert found.concession_rate_2_per_year == near(l2)
    assert found.doubt_ends_years == near(end, 6)
    assert found.concedes_at_once_1 == near(q1)
    assert found.concedes_at_once_2 == near(q2)
    assert found.payoff_1 == near(u1)
    assert found.payoff_2 == near(u2)


@pytest.mark.parametrize(
    ("c1", "v1", "c2", "v2", "h1", "h2", "mean"),
    [
        (1, 10, 1, 10, 0.1, 0.1, 5),
        (1, 5, 2, 8, 0.25, 0.2, 2.222222),
        (0.5, 4, 0.25, 6, 0.0416667, 0.125, 6),
    ],
)
def test_b3_attrition(c1: float, v1: float, c2: float, v2: float, h1: float, h2: float, mean: float) -> None:
    found = cf.attrition(cost_1_per_year=c1, prize_1=v1, cost_2_per_year=c2, prize_2=v2)
    assert found.concession_rate_1_per_year == near(h1, 7)
    assert found.concession_rate_2_per_year == near(h2, 7)
    assert found.mean_length_years == near(mean, 6)


@pytest.mark.parametrize(
    ("r", "lam", "g", "s", "n", "alone", "together", "value"),
    [
        (0.1, 0.5, 1, 0.4, 2, 0.1, 0.05714286, 0.60739900),
        (0.05, 0.2, 2, 0.5, 3, 0.0625, 0.025, 1.10162655),
        (0.2, 1, 1, 0.7, 5, 0.28, 0.08235294, 0.74146373),
    ],
)
def test_b4_bandit(
    r: float, lam: float, g: float, s: float, n: int, alone: float, together: float, value: float
) -> None:
    found = cf.exponential_bandit(
        discount_rate_per_year=r,
        news_rate_per_year=lam,
        good_payoff_per_year=g,
        safe_payoff_per_year=s,
        parties=n,
        belief=0.5,
    )
    assert found.cutoff_alone == near(alone)
    assert found.cutoff_together == near(together)
    assert found.value == near(value)


B5 = [
    (0.5, 0.6, 10, 2, 1, 0.5, 0.1, 0.12765957, 3.20302100, 3.29524780, 1.13332363),
    (0.3, 0.4, 8, 1, 1, 0.3, 0.05, 0.12500000, 2.74653072, 1.53000814, 1.10332519),
    (0.7, 1, 20, 3, 0, 2, 0.15, 0.12084592, 2.83174167, 9.23104658, 1.72547516),
    (0.2, 0.25, 12, 4, 2, 0.2, 0.08, 0.19565217, 0.10959590, 2.40043511, 0.89653458),
]


@pytest.mark.parametrize(("b", "lam", "g", "s1", "s0", "c", "r", "threshold", "wait", "value", "evpi"), B5)
def test_b5_patience(
    b: float, lam: float, g: float, s1: float, s0: float, c: float, r: float,
    threshold: float, wait: float, value: float, evpi: float,
) -> None:  # fmt: skip
    found = cf.patience(
        prior=b,
        concession_rate_per_year=lam,
        success=g,
        pivot_if_conceding=s1,
        pivot_if_not=s0,
        waiting_cost_per_year=c,
        discount_rate_per_year=r,
    )
    assert found.threshold == near(threshold)
    assert found.wait_years == near(wait)
    assert found.value == near(value)
    assert found.perfect_information == near(evpi)


B6 = [
    (0.5, 0.6, 10, 1, 0.02, 0.02, 20, 6, 0.1, 2.86357032, 0.15211062, 37.181422, 2.80001382),
    (0.3, 0.4, 8, 1, 0.05, 0.01, 30, 6, 0.05, 1.66356527, 0.18053545, 39.981392, -0.17206359),
    (0.7, 1, 20, 3, 0.1, 0.05, 20, 12, 0.15, 2.54317382, 0.15500466, 50.518086, 9.10872090),
]


@pytest.mark.parametrize(
    ("b", "lam", "g", "s", "k", "w", "stock", "a", "r", "wait", "belief", "then", "value"), B6
)
def test_b6_patience_with_stock(
    b: float, lam: float, g: float, s: float, k: float, w: float, stock: float, a: float, r: float,
    wait: float, belief: float, then: float, value: float,
) -> None:  # fmt: skip
    found = cf.patience_with_stock(
        prior=b,
        concession_rate_per_year=lam,
        success=g,
        pivot=s,
        pivot_loss_per_unit=k,
        flow_cost_per_unit_and_year=w,
        stock=stock,
        growth_per_year=a,
        discount_rate_per_year=r,
    )
    assert found.wait_years == near(wait)
    assert found.belief == near(belief)
    assert found.stock == near(then, 6)
    assert found.value == near(value)


@pytest.mark.parametrize(
    ("b", "lam", "t", "belief"),
    [(0.5, 0.6, 1, 0.3543436938), (0.3, 0.4, 2, 0.1614744860), (0.7, 1, 0.5, 0.5859621641)],
)
def test_b7_silence(b: float, lam: float, t: float, belief: float) -> None:
    found = cf.silence(prior=b, rate_per_year=lam, years=t)
    assert found.belief == near(belief, 10)
    assert found.weight_nats == pytest.approx(-lam * t)


@pytest.mark.parametrize(
    ("p", "k", "error", "mean"),
    [
        (0.6, 5, 0.1163636364, 19.18181818),
        (0.7, 3, 0.0729729730, 6.40540541),
        (0.55, 20, 0.0177508096, 192.89967617),
    ],
)
def test_b8_coin(p: float, k: int, error: float, mean: float) -> None:
    found = cf.sprt(probability=p, lead=k)
    assert found.error == near(error, 10)
    assert found.mean_observations == near(mean)


@pytest.mark.parametrize(
    ("l1", "l0", "alarm", "miss", "years"),
    [(2, 1, 0.05, 0.05, 6.860041), (0.5, 1.5, 0.05, 0.10, 5.272327), (4, 3, 0.01, 0.05, 27.711447)],
)
def test_b8_rates(l1: float, l0: float, alarm: float, miss: float, years: float) -> None:
    found = cf.sprt_poisson(rate_per_year=l1, other_rate_per_year=l0, false_alarm=alarm, miss=miss)
    assert found.mean_years_at_least == near(years, 6)


B10 = {
    (4, 4, 5): (0.80000000, 0.63245553, 0.64365959, 0.66874030, 0.71475377, 0.79798071),
    (4, 6, 5): (0.80000000, 0.54031242, 0.53854091, 0.55673852, 0.59278552, 0.64894381),
    (4, 2.5, 5): (0.80000000, 0.71188696, 0.73289944, 0.75973640, 0.80363443, 0.87498330),
    (4, 8, 2): (None, None, 0.66666667, 0.50000000, 0.49618383, 0.49975710),
}
STEPS = (1, 2, 3, 4, 6, 12)
ROADMAPS = [(*deal, k, d) for deal, row in B10.items() for k, d in zip(STEPS, row, strict=True)]


@pytest.mark.parametrize(("cost", "gain", "prize", "steps", "factor"), ROADMAPS)
def test_b10_roadmap(cost: float, gain: float, prize: float, steps: int, factor: float | None) -> None:
    found = cf.roadmap_critical_discount(cost=cost, gain=gain, end_prize=prize, steps=steps)
    if factor is None:
        assert found.critical_discount_factor is None
    else:
        assert found.critical_discount_factor == near(factor)
        assert found.holds_above


@pytest.mark.parametrize(("deal", "best"), [((4, 4, 5), 2), ((4, 6, 5), 3), ((4, 2.5, 5), 2), ((4, 8, 2), 6)])
def test_b10_there_is_a_best_number_of_steps(deal: tuple[float, float, float], best: int) -> None:
    cost, gain, prize = deal
    factors = {
        k: cf.roadmap_critical_discount(
            cost=cost, gain=gain, end_prize=prize, steps=k
        ).critical_discount_factor
        for k in STEPS
    }
    known = {k: factor for k, factor in factors.items() if factor is not None}
    assert min(known, key=known.__getitem__) == best


@pytest.mark.parametrize("steps", STEPS)
def test_b10_without_an_end_prize_the_last_step_unravels(steps: int) -> None:
    found = cf.roadmap_critical_discount(cost=4, gain=8, end_prize=0, steps=steps)
    assert found.critical_discount_factor is None


@pytest.mark.parametrize(
    ("d", "beta", "share"), [(0.9, 1.5, 0.25925926), (0.95, 1.2, 0.12280702), (0.8, 2, 0.375), (0.8, 1.2, 0)]
)
def test_b11_gradualism(d: float, beta: float, share: float) -> None:
    assert cf.gradualism(discount_factor=d, gain_to_cost=beta) == near(share)


@pytest.mark.parametrize(
    ("loss", "gain", "d", "belief"),
    [(5, 10, 0.9, 0.83333333), (2, 8, 0.8, 0.55555556), (10, 4, 0.95, 0.98039216)],
)
def test_b12_screening(loss: float, gain: float, d: float, belief: float) -> None:
    assert cf.screening_step(loss=loss, gain=gain, discount_factor=d).belief_below == near(belief)


@pytest.mark.parametrize(("t", "r", "p", "factor"), [(5, 3, 1, 0.5), (10, 6, 2, 0.5), (4, 3.5, 0, 0.125)])
def test_b13_grim_trigger(t: float, r: float, p: float, factor: float) -> None:
    assert cf.grim_trigger(temptation=t, reward=r, punishment=p) == near(factor)
