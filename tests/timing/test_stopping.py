"""Waiting as a stopping problem: the core case by formula, the toy model, bounds from both sides."""

from __future__ import annotations

import numpy as np
import pytest

from standoff.files.reading import read_text
from standoff.study import build
from standoff.timing import closed_form, linear
from standoff.timing.beliefs import belief_grid
from standoff.timing.building import play
from standoff.timing.committed import discount_of, never_acting
from standoff.timing.simulation import Stepper, Walkers, simulated
from standoff.timing.stopping import optimal_stopping, stakes_of
from standoff.timing.until import belief_at_most, optimally
from tests.timing.literal_play import LiteralPlay
from tests.timing.patience_model import patience_text
from tests.timing.random_timed import timed_conflict
from tests.timing.test_closed_form_tables import B5
from tests.timing.toy import TOY

NAMES = (
    "prior", "concession_rate_per_year", "success", "pivot_if_conceding", "pivot_if_not",
    "waiting_cost_per_year", "discount_rate_per_year",
)  # fmt: skip


def solved(text: str, steps: int):
    conflict = read_text(text).conflict
    found = play(build(conflict), conflict)
    stakes = stakes_of(found)
    return found, stakes, optimal_stopping(found, belief_grid(found.prior, steps), stakes)


@pytest.mark.parametrize("row", B5)
def test_the_core_case_is_its_closed_form_from_above(row: tuple[float, ...]) -> None:
    case = row[:7]
    found, _, solution = solved(patience_text(*case), 16_000)
    value = solution.at(np.array([found.start]), found.prior[None])[0]
    assert 0 <= value - row[9] < 1e-3
    nodes = solution.grid.nodes[:, 0]
    inner = nodes[(nodes > 1e-4) & (nodes < 1 - 1e-4)][::200]
    exact = [closed_form.patience(**dict(zip(NAMES, (b, *case[1:]), strict=True))).value for b in inner]
    above = solution.at(np.full(inner.size, found.start), np.stack([inner, 1 - inner], axis=1)) - exact
    assert above.min() > -1e-9
    assert above.max() < 2e-3
    waits = nodes[~solution.stops[0]]
    assert waits[waits > 0].min() == pytest.approx(row[7], abs=1e-3)


def test_the_toy_model_lies_within_its_bounds() -> None:
    found, stakes, solution = solved(TOY, 128)
    upper = solution.at(np.array([found.start]), found.prior[None])[0]
    assert found.size == 260
    assert upper == pytest.approx(-1.7369, abs=2e-3)
    now = stakes.stop(np.array([found.start]), found.prior[None])[0]
    assert now == pytest.approx(-5.080, abs=5e-4)
    lower = simulated(found, stakes, optimally(found, solution), paths=20_000, seed=1).value
    assert lower.mean - 3 * lower.error <= upper
    assert lower.mean == pytest.approx(-1.7369, abs=3 * lower.error + 1e-3)


TABLE = [(1, -3.175), (2, -2.542), (4, -2.268), (8, -2.450)]


@pytest.mark.parametrize(("years", "value"), TABLE)
def test_waiting_until_a_date_on_the_toy_model(years: float, value: float) -> None:
    found, stakes, _ = solved(TOY, 4)
    outcome = simulated(found, stakes, lambda _p, _l, t: np.maximum(0, years - t), paths=20_000, seed=2)
    assert outcome.value.mean == pytest.approx(value, abs=3 * outcome.value.error + 3 * 0.0025)


@pytest.mark.parametrize(("bound", "value"), [(0.02, -1.741), (0.05, -1.751), (0.1, -1.788), (0.3, -2.571)])
def test_waiting_until_a_belief_on_the_toy_model(bound: float, value: float) -> None:
    found, stakes, _ = solved(TOY, 4)
    outcome = simulated(found, stakes, belief_at_most(found, 0, bound), paths=20_000, seed=3)
    assert outcome.value.mean == pytest.approx(value, abs=3 * outcome.value.error + 3 * 0.0025)


def test_waiting_for_ever_is_exact() -> None:
    found, stakes, _ = solved(TOY, 4)
    outcome = simulated(found, stakes, lambda p, _l, _t: np.full(p.size, np.inf), paths=10, seed=1)
    assert outcome.value.mean == pytest.approx(-3.214, abs=2e-3)
    assert outcome.value.error == 0


def test_the_same_seed_gives_the_same_bits() -> None:
    found, stakes, _ = solved(TOY, 4)
    rule = belief_at_most(found, 0, 0.1)
    once, again, other = (simulated(found, stakes, rule, paths=500, seed=s) for s in (7, 7, 8))
    assert once.value == again.value
    assert once.value != other.value


@pytest.mark.parametrize("bound", [0.02, 0.1, "best"])
def test_when_the_time_left_is_over_it_is_over(bound: float | str) -> None:
    """Rounding must not leave a rest of time that is too small to pass: the simulation would never end."""
    found, stakes, solution = solved(TOY, 64)
    rule = optimally(found, solution) if bound == "best" else belief_at_most(found, 0, float(bound))
    draws = np.random.default_rng(1)
    points = draws.choice(stakes.waiting, 20_000)
    logs = np.log(draws.dirichlet([1, 1], points.size))
    left = rule(points, logs, np.zeros(points.size))
    some = np.flatnonzero(np.isfinite(left) & (left > 0))
    walkers = Walkers(points[some], logs[some], np.zeros(some.size))
    Stepper(found, 0).quiet(walkers, np.arange(some.size), left[some])
    assert some.size > 5_000
    assert not rule(walkers.points, walkers.logs, walkers.times).any()


@pytest.mark.parametrize("seed", range(40))
def test_never_acting_satisfies_its_equation(seed: int) -> None:
    conflict = timed_conflict(seed)
    found, wanted = play(build(conflict), conflict), LiteralPlay(conflict)
    never, r = never_acting(found), discount_of(found)
    by_label = {wanted.labels[s]: s for s in wanted.states}
    value = {}
    for p in range(found.size):
        s = by_label[found.graph.space.label(found.state_of(p))]
        value[s, tuple(found.levels_of(p).values())] = p
    for (s, levels), p in value.items():
        for number, type_ in enumerate(wanted.types):
            events = wanted.events(s, levels, type_)
            gain = wanted.flow(s, levels)
            gain += sum(q * never[number, value[target]] for (_, target), q in events.items())
            assert never[number, p] * (r + sum(events.values())) == pytest.approx(gain, rel=1e-8, abs=1e-8)


def brackets(seed: int, kinds: int, paths: int) -> int:
    """Solve a random conflict; the simulated policy must not beat the bound, nor fall far below it."""
    conflict = timed_conflict(seed, kinds)
    found = play(build(conflict), conflict)
    stakes = stakes_of(found)
    if not stakes.waiting.size:
        return 0
    solution = optimal_stopping(found, belief_grid(found.prior, 40 if kinds == 2 else 12), stakes)
    upper = solution.at(np.array([found.start]), found.prior[None])[0]
    outcome = simulated(found, stakes, optimally(found, solution), paths=paths, seed=seed)
    lower, scale = outcome.value, 1 + np.abs(stakes.never[:, found.start]).max()
    assert lower.mean <= upper + 4 * lower.error + 1e-6 * scale
    assert upper - lower.mean <= 4 * lower.error + 0.03 * scale
    at_once = stakes.stop(np.array([found.start]), found.prior[None])[0]
    never = float(found.prior @ stakes.never[:, found.start])
    assert upper >= max(at_once, never) - 1e-9 * scale
    return 1


def test_bounds_from_both_sides_on_random_conflicts() -> None:
    assert sum(brackets(seed, 2, 500) for seed in range(60)) > 8


def test_bounds_with_three_types() -> None:
    assert sum(brackets(seed, 3, 200) for seed in range(30)) > 2


@pytest.mark.slow
def test_bounds_on_many_random_conflicts() -> None:
    assert sum(brackets(seed, 2, 4_000) for seed in range(100, 160)) > 8


def test_finer_grids_come_down(monkeypatch: pytest.MonkeyPatch) -> None:
    values = []
    for steps in (16, 32, 64):
        found, _, solution = solved(TOY, steps)
        values.append(solution.at(np.array([found.start]), found.prior[None])[0])
    assert values[0] > values[1] > values[2] > -1.7373
    monkeypatch.setattr(linear, "find_spec", lambda _name: None)
    found, _, solution = solved(TOY, 32)
    assert solution.at(np.array([found.start]), found.prior[None])[0] == pytest.approx(values[1], abs=1e-9)
