"""How long to wait: the core case by its formulas, the toy model, numbers changed one by one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import numpy as np
import pytest

from standoff.errors import RefusedError, UsageError
from standoff.files.reading import read_text
from standoff.report.waiting import waiting_sentences
from standoff.study import build, prepare
from standoff.study.simulate import simulate
from standoff.study.waiting import wait
from standoff.timing.beliefs import belief_grid
from standoff.timing.building import play
from standoff.timing.trajectories import trajectories
from standoff.timing.until import belief_at_most
from standoff.timing.waiting.information import without
from standoff.timing.waiting.numbers import assumed_numbers, numbers, with_number, with_prior_odds
from standoff.timing.waiting.optimum import certified, solved
from standoff.timing.waiting.policies import rule_of, starts_of
from standoff.timing.waiting.sensitivity import sensitivity
from tests.timing.example import TEXT
from tests.timing.patience_model import patience_text
from tests.timing.random_timed import timed_conflict
from tests.timing.test_closed_form_tables import B5
from tests.timing.toy import TOY

POLICIES = """\
  policies:
    patient: {label: Wait for ever}
    now: {label: At once, pivot: contain, until: [at once]}
    dated: {label: Two years, pivot: contain, until: [{on: 2022-01-01}]}
    doubting: {label: Until it is doubtful, pivot: contain, until: [{belief_at_most: 0.05, type: dealable}]}
    firm: {label: Contain now, posture: [us.contain]}
"""
TOLD = TOY + POLICIES


@pytest.mark.parametrize("row", B5[:2])
def test_the_core_case_has_its_threshold_date_and_worth_of_knowing(row: tuple[float, ...]) -> None:
    b, lam, _, _, _, _, _, threshold, years, value, evpi = row
    study = prepare(read_text(patience_text(*row[:7])).conflict)
    found = wait(study, vary=False)
    best = found.best
    assert best.pivot_now is None
    assert best.optimum.upper >= value - 1e-9
    assert best.optimum.lower.mean - 3 * best.optimum.lower.error <= value
    low, high = best.information.perfect
    assert low - 1e-9 <= evpi <= high + 1e-9
    (end,) = best.thresholds
    assert end.low == 0
    odds = [np.log(p / (1 - p)) for p in (end.high, threshold)]
    step = 24 / best.optimum.steps
    assert abs(odds[0] - odds[1]) <= step
    assert best.quiet.years == best.growing.years
    assert abs(best.quiet.years - years) <= step / lam
    assert best.quiet.day == date(2020, 1, 1) + timedelta(days=round(best.quiet.years * 365.25))
    assert best.quiet.belief[0] == pytest.approx(b / (b + (1 - b) * np.exp(lam * best.quiet.years)), abs=1e-9)


def test_a_finer_grid_finds_the_date_of_the_core_case() -> None:
    row = B5[0]
    conflict = read_text(patience_text(*row[:7])).conflict
    found, optimum = certified(play(build(conflict), conflict), tolerance=2e-3)
    assert optimum.reached
    assert optimum.gap <= max(2e-3, 3 * optimum.lower.error)
    assert solved(found.play, 1_024).upper == pytest.approx(row[9], abs=0.02)


def test_the_toy_model_has_the_worth_of_knowing_that_was_found_before() -> None:
    found = wait(prepare(read_text(TOY).conflict), vary=False)
    info = found.best.information
    assert info.perfect[0] - 0.003 <= 0.0408 <= info.perfect[1] + 0.003
    assert info.all_channels == pytest.approx(0.0092, abs=0.0005)
    assert all(each.worth <= info.all_channels + 1e-9 for each in info.channels)
    assert found.best.quiet.ever is False
    high = [each.high for each in found.best.thresholds if each.levels["pressure"] == 2]
    assert high == sorted(high)


def test_given_policies_are_worth_what_the_notes_on_the_toy_model_say() -> None:
    found = wait(prepare(read_text(TOLD).conflict), vary=False)
    values = {each.policy.id: each for each in found.policies}
    assert values["now"].value.mean == pytest.approx(-5.080, abs=5e-4)
    assert values["patient"].value.mean == pytest.approx(-3.214, abs=2e-3)
    assert values["doubting"].value.mean == pytest.approx(-1.751, abs=0.008)
    assert values["dated"].value.mean == pytest.approx(-2.542, abs=0.03)
    assert values["firm"].state == "c"
    assert values["firm"].value.mean == pytest.approx(values["now"].value.mean + 0.5, abs=1e-9)
    assert found.policies[0].policy.id == "doubting"
    for each in found.policies:
        assert all(regret >= -3 * v.error - 0.02 for regret, v in zip(each.regret, each.by_type, strict=True))


def test_one_month_more_is_worth_what_waiting_is_while_waiting_is_best() -> None:
    best = wait(prepare(read_text(TOY).conflict), vary=False).best
    month = best.information.month
    assert month.mean == pytest.approx(best.optimum.upper - best.now, abs=4 * month.error + 0.01)


def test_one_month_more_costs_where_to_pivot_at_once_is_best() -> None:
    text = patience_text(*(0.05, *B5[0][1:7]))
    best = wait(prepare(read_text(text).conflict), vary=False).best
    assert best.pivot_now == "press"
    assert best.information.month.mean < 0


def test_a_signal_that_says_nothing_is_worth_nothing() -> None:
    text = TOY.replace("per_year: 1.2, type: holdout", "per_year: 0.6, type: holdout")
    best = wait(prepare(read_text(text).conflict), vary=False).best
    assert {each.signal: each.worth for each in best.information.channels}["hard"] == pytest.approx(
        0, abs=1e-9
    )


@pytest.mark.parametrize("seed", range(30))
def test_silencing_signals_changes_only_their_rates(seed: int) -> None:
    conflict = timed_conflict(seed, 2)
    begun = play(build(conflict), conflict)
    for signal in conflict.timing.signals:
        deaf = without(begun, [signal.id])
        place = [n for n, kind in enumerate(begun.kinds) if kind.signal == signal.id]
        mine = np.isin(begun.kind, place)
        assert (deaf.rates[:, ~mine] == begun.rates[:, ~mine]).all()
        assert (deaf.rates[0, mine] == deaf.rates[1, mine]).all()
        assert deaf.rates[0, mine] == pytest.approx(begun.prior @ begun.rates[:, mine])


def test_numbers_are_named_by_their_place_in_the_file() -> None:
    conflict = read_text(TEXT).conflict
    known = {each.place: each.value for each in numbers(conflict)}
    assert known == {
        "types.dprk.dealer.prior.probability": Fraction(3, 10),
        "types.dprk.keeper.prior.probability": Fraction(7, 10),
        "timing.discount.per_year": Fraction(1, 10),
        "timing.opportunities.dprk.per_year": 2,
        "timing.stocks.arsenal.changes.1.per_year": 6,
        "timing.stocks.arsenal.changes.2.per_year": Fraction(1, 2),
        "timing.payoffs.1.per_year": 5,
        "timing.payoffs.2.per_unit_and_year": Fraction(-1, 10),
        "timing.pivots.pressure.cost_once": Fraction(1, 2),
        "timing.pivots.friendly.cost_once": 0,
        "timing.signals.insult.rates.1.per_year": Fraction(3, 5),
        "timing.signals.insult.rates.2.per_year": Fraction(6, 5),
    }


def test_a_changed_number_is_the_number_changed_in_the_file() -> None:
    conflict = read_text(TEXT).conflict
    written = {
        "timing.opportunities.dprk.per_year": ("dprk: {per_year: 2,", "dprk: {per_year: 4,"),
        "timing.stocks.arsenal.changes.1.per_year": ("per_year: 6", "per_year: 12"),
        "timing.payoffs.2.per_unit_and_year": ("per_unit_and_year: -0.1", "per_unit_and_year: -0.2"),
        "timing.signals.insult.rates.2.per_year": ("per_year: 1.2", "per_year: 2.4"),
    }
    for number in assumed_numbers(conflict):
        if number.place in written:
            old, new = written.pop(number.place)
            assert with_number(conflict, number, Fraction(2)) == read_text(TEXT.replace(old, new, 1)).conflict
    assert not written
    prior = assumed_numbers(conflict)[0]
    doubled = with_prior_odds(conflict, prior, Fraction(2)).types.types
    assert [each.prior.value for each in doubled] == [Fraction(6, 13), Fraction(7, 13)]


def test_only_what_is_assumed_is_varied_and_the_prior_always() -> None:
    conflict = read_text(TEXT).conflict
    all_places = {each.place for each in assumed_numbers(conflict)}
    assert "types.dprk.dealer.prior.probability" in all_places
    assert "types.dprk.keeper.prior.probability" not in all_places
    assert len(all_places) == 10


def test_a_conclusion_that_hangs_on_one_number_is_named() -> None:
    b, *rest = B5[1]
    near = patience_text(0.15, *rest[:6])
    conflict = read_text(near).conflict
    found = sensitivity(build(conflict), conflict)
    assert found.complete
    assert found.base.now == "wait"
    turned = {(each.number.place, each.factor) for each in found.now_hangs_on}
    assert ("types.them.yielding.prior.probability", Fraction(1, 2)) in turned
    for each in found.varied:
        change = with_prior_odds if each.number.is_prior else with_number
        again = solved(play(build(conflict), change(conflict, each.number, each.factor)), 32)
        assert (each.conclusion.now != "wait") == again.at_once
    assert [kappa for kappa, _ in found.kappas] == [2, 4, 8, None]
    assert b


def test_no_more_is_varied_when_time_is_up() -> None:
    conflict = read_text(TEXT).conflict
    found = sensitivity(build(conflict), conflict, in_time=lambda: False)
    assert not found.complete
    assert found.varied == ()


def test_waiting_begins_in_the_best_posture() -> None:
    text = TOLD.replace("per_year: -0.25", "per_year: 2").replace("per_year: -0.35", "per_year: 2")
    found = wait(prepare(read_text(text).conflict), vary=False)
    assert found.best.state == "c"
    assert not found.best.is_status_quo
    assert dict(found.best.begins)["c"] == max(value for _, value in found.best.begins)


def test_four_types_are_refused_and_their_policies_simulated() -> None:
    more = TOLD.replace(
        "    holdout:\n      prior: {probability: 0.6, evidence: assumption}",
        "    third: {prior: {probability: 0.2, evidence: assumption}, ranking: [x, d, s1, cx, c]}\n"
        "    fourth: {prior: {probability: 0.2, evidence: assumption}, ranking: [s1, x, d, cx, c]}\n"
        "    holdout:\n      prior: {probability: 0.2, evidence: assumption}",
    )
    found = wait(prepare(read_text(more).conflict), paths=500)
    assert found.best is None
    assert "two types or three" in found.refused
    assert len(found.policies) == 5
    assert len(found.policies[0].by_type) == 4
    with pytest.raises(RefusedError, match="policies-only"):
        wait(prepare(read_text(more.replace(POLICIES, "")).conflict))


@pytest.mark.slow
def test_three_types_are_answered() -> None:
    more = TOY.replace(
        "    holdout:\n      prior: {probability: 0.6, evidence: assumption}",
        "    third: {prior: {probability: 0.2, evidence: assumption}, ranking: [x, d, s1, cx, c]}\n"
        "    holdout:\n      prior: {probability: 0.4, evidence: assumption}",
    )
    found = wait(prepare(read_text(more).conflict), vary=False, paths=500, time_limit=0)
    assert found.best.thresholds == ()
    assert found.best.optimum.upper >= found.best.optimum.lower.mean - 4 * found.best.optimum.lower.error
    assert len(found.best.if_known) == 3


@pytest.mark.parametrize(
    ("asked", "message"),
    [({"paths": 1}, "between 100"), ({"tolerance": 0.0}, "above 0"), ({"seed": -1}, "whole number")],
)
def test_bad_numbers_are_refused(asked: dict[str, float], message: str) -> None:
    study = prepare(read_text(TOY).conflict)
    with pytest.raises(UsageError, match=message):
        wait(study, **asked)
    with pytest.raises(UsageError, match="timing"):
        wait(prepare(replace(study.conflict, timing=None)))


def test_trajectories_agree_with_the_chances_they_estimate() -> None:
    conflict = read_text(TOLD).conflict
    begun = play(build(conflict), conflict)
    assert starts_of(begun)[0] == begun.start
    ruled = rule_of(begun, conflict.timing.policies[0])
    years = np.array([0.0, 0.5, 1.0, 3.0])
    found = trajectories(begun, *ruled, years=years, paths=4_000, seed=1)
    assert found.share.sum(axis=2) == pytest.approx(1.0)
    assert found.share[:, 0, begun.start // begun.levels.shape[0]] == pytest.approx(1.0)
    for type_ in range(2):
        here = np.zeros(begun.size)
        here[begun.start] = 1
        origins = np.repeat(np.arange(begun.size), np.diff(begun.first))
        step = 1e-3
        for _ in range(1000):
            flow = here[origins] * begun.rates[type_] * step
            here = here - np.bincount(origins, flow, begun.size) + np.bincount(begun.target, flow, begun.size)
        exact = here.reshape(begun.states.size, -1).sum(axis=1)
        assert found.share[type_, 2] == pytest.approx(exact, abs=4 * 0.5 / 4_000**0.5)
    assert (found.pivoted == 0).all()


def test_trajectories_pivot_and_go_on_and_have_the_same_bits_for_the_same_seed() -> None:
    conflict = read_text(TOLD).conflict
    begun = play(build(conflict), conflict)
    stakes = rule_of(begun, conflict.timing.policies[2]).stakes
    years = np.linspace(0, 4, 9)

    def run(seed: int):
        return trajectories(begun, stakes, belief_at_most(begun, 0, 0.05), years=years, paths=800, seed=seed)

    once, again, other = run(5), run(5), run(6)
    assert (once.share == again.share).all()
    assert (once.share != other.share).any()
    assert (np.diff(once.pivoted, axis=1) >= 0).all()
    assert once.pivoted[1, -1] > 0.9
    contained = [n for n, s in enumerate(begun.states) if begun.graph.space.label(int(s)) in ("c", "cx")]
    assert once.share[1, -1, contained].sum() == pytest.approx(once.pivoted[1, -1], abs=1e-9)
    dated = rule_of(begun, conflict.timing.policies[2]).left
    found = trajectories(begun, stakes, dated, years=years, paths=200, seed=1)
    assert (found.pivoted[1, years < 1.99] == 0).all()
    assert found.pivoted[1, -1] > 0.9
    assert (np.diff(found.stocks[:, :, 0, 2], axis=1) >= 0).all()


def test_a_belief_that_is_all_but_certain_is_answered() -> None:
    sure = TOY.replace("probability: 0.4,", "probability: 0.00000000000000000001,").replace(
        "probability: 0.6,", "probability: 0.99999999999999999999,"
    )
    found = wait(prepare(read_text(sure).conflict), vary=False, rough=True, paths=200)
    assert (
        found.best.optimum.upper >= found.best.optimum.lower.mean - 4 * found.best.optimum.lower.error - 1e-6
    )
    for prior in ([0.5, 0.5, 0.0], [0.0, 0.0, 1.0], [1.0, 0.0, 0.0]):
        grid = belief_grid(np.array(prior), 8)
        nodes, weights = grid.mixture(np.array([prior]))
        assert (grid.nodes[nodes[0]] * weights[0][:, None]).sum(axis=0) == pytest.approx(prior, abs=1e-9)


@pytest.mark.parametrize("seed", range(5))
def test_a_mixture_of_nodes_is_the_belief(seed: int) -> None:
    draws = np.random.default_rng(seed)
    for types in (2, 3):
        grid = belief_grid(draws.dirichlet(np.ones(types)), 12)
        beliefs = np.concatenate([draws.dirichlet(np.full(types, 0.2), size=300), np.eye(types)])
        nodes, weights = grid.mixture(beliefs)
        assert (weights >= 0).all()
        mixed = (grid.nodes[nodes] * weights[:, :, None]).sum(axis=1)
        assert mixed == pytest.approx(beliefs, abs=1e-9)


def test_a_threshold_names_the_pivot_that_is_best_there() -> None:
    text = patience_text(*B5[0][:7])
    more = text.replace("moves: [[wait, pressed]]", "moves: [[wait, pressed], [wait, deal]]").replace(
        "  pivots:\n", "  pivots:\n    grant: {label: Grant, to: deal, cost_once: 4, evidence: assumption}\n"
    )
    best = wait(prepare(read_text(more).conflict), vary=False).best
    known = {each.pivot for each in best.thresholds}
    assert known <= {"grant", "press"}
    for each in best.thresholds:
        assert each.low <= each.high


def test_without_a_day_years_are_told_and_dates_refused() -> None:
    text = patience_text(*B5[0][:7]).replace("as_of: 2020-01-01\n", "")
    study = prepare(read_text(text).conflict)
    found = wait(study, vary=False)
    assert found.best.growing.day is None
    told = " ".join(waiting_sentences(study, found)["date"])
    assert "the day to pivot to ‘Press’ is 3.2 years from now" in told
    dated = text + "  policies:\n    later: {label: Later, pivot: press, until: [{on: 2021-01-01}]}\n"
    with pytest.raises(UsageError, match="as_of"):
        wait(prepare(read_text(dated).conflict), policies_only=True)


def test_a_pivot_is_a_move_that_the_focal_party_has() -> None:
    bound = TOY.replace("irreversible: [dprk.deal]", "irreversible: [dprk.deal, not us.contain]")
    with pytest.raises(UsageError, match=r"Pivot 'contain' can be made in none of the .* states"):
        wait(prepare(read_text(bound).conflict), vary=False, paths=100)


def test_a_posture_is_a_move_that_the_focal_party_has() -> None:
    assert simulate(prepare(read_text(TOLD).conflict), policy="firm", paths=100).policy == "firm"
    bound = TOLD.replace("irreversible: [dprk.deal]", "irreversible: [dprk.deal, not us.contain]")
    with pytest.raises(UsageError, match=r"'firm' cannot take its posture \(us\.contain\) at s1"):
        simulate(prepare(read_text(bound).conflict), policy="firm", paths=100)
