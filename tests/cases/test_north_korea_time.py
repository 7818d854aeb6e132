"""The shipped case in time: small enough to solve, every number based, its rates those of the table."""

from __future__ import annotations

import csv
import sys
from datetime import date
from importlib import import_module
from unittest.mock import patch

import numpy as np
import pytest

from standoff.model.timing import Quantity
from standoff.study import build
from standoff.timing.ledger import ledger
from standoff.timing.play import Kind
from standoff.timing.simulation import simulated
from standoff.timing.stopping import stakes_of
from standoff.timing.until import optimally
from tests.cases.test_north_korea import DOCS, SHARED, VARIANTS, model, within

TABLE = SHARED / "data" / "north-korea-events.csv"
LONG = {"taepodong-1", "unha", "unha-3", "musudan", "hwasong-12", "hwasong-14", "hwasong-15"}


@pytest.fixture(scope="module")
def script():
    """The script that computes the page, with its neighbours."""
    with patch.object(sys, "path", [str(DOCS), *sys.path]):
        return import_module("north_korea_time")


@pytest.fixture(scope="module")
def time(script):
    return script.case()


@pytest.mark.slow
def test_the_page_says_what_the_script_computes(script) -> None:
    text = script.PAGE.read_text(encoding="utf-8")
    assert script.page(text) == text


def test_the_table_of_beliefs_is_the_one_computed(script, time) -> None:
    assert script.belief(time) in script.PAGE.read_text(encoding="utf-8")


def test_play_is_small_and_its_ledger_adds_up(time) -> None:
    assert time.play.size <= 3_000
    found = time.ledger
    odds = np.log(0.28 / 0.72) + sum(entry.weights[0] for entry in found.entries)
    assert found.posterior[0] == pytest.approx(1 / (1 + np.exp(-odds)), abs=1e-12)
    assert found.posterior[0] == pytest.approx(0.257, abs=5e-4)


@pytest.mark.parametrize("variant", VARIANTS)
def test_every_variant_has_a_log_that_leads_to_its_status_quo(variant: str | None) -> None:
    conflict = model(variant).conflict
    found = ledger(build(conflict), conflict)
    assert 0.1 < found.posterior[0] < 0.5
    assert [entry.floored for entry in found.entries if entry.floored] == []


def test_every_number_says_what_it_rests_on() -> None:
    conflict = model().conflict
    numbers = [*within(conflict.timing, Quantity), *within(conflict.types, Quantity)]
    assert len(numbers) > 40
    assert sum(not number.is_assumption for number in numbers) == 5
    silent = [number for number in numbers if number.is_assumption and number.note is None]
    assert len(silent) < 20
    assert all(event.evidence and event.evidence.citations for event in conflict.events)


def test_the_policies_share_enforcement_and_neither_pays_or_threatens(time) -> None:
    postures = {policy.id: {str(each) for each in policy.posture} for policy in time.timing.policies}
    assert postures["rogin"] & postures["klingner"] == {"us.enforce"}
    pressure = {str(each) for each in time.timing.pivots[0].sets}
    assert postures["klingner"] <= pressure
    assert not any(
        "relief" in each or "rhetoric" in each for each in postures["rogin"] | postures["klingner"]
    )


# Tests hang on the state


def test_rates_of_tests_are_the_same_for_both_types_and_differ_by_state(time) -> None:
    seen: dict[str, set[float]] = {"short_test": {0.0}, "long_test": {0.0}}
    for number, kind in enumerate(time.play.kinds):
        if kind.signal in seen:
            rates = time.play.rates[:, time.play.kind == number]
            assert (rates[0] == rates[1]).all()
            seen[kind.signal] |= set(rates[0].tolist())
    assert seen == {"short_test": {0.0, 4.0, 7.4, 8.0}, "long_test": {0.0, 10.5}}


def test_taking_tests_up_again_differs_between_the_types_less_than_threefold(time) -> None:
    space = time.graph.space
    quiet, testing = (
        space.find(space.code_of(frozenset({"japan.hold_line", *options})))
        for options in ((), ("dprk.short_tests",))
    )
    kind = time.play.kinds.index(Kind(mover="dprk", to=space.label(testing)))
    events = time.play.events_of(time.play.point(quiet, (2, 1)))
    (resumed,) = (event for event in events if time.play.kind[event] == kind)
    low, high = sorted(time.play.rates[:, resumed])
    assert 1 < high / low < 3


@pytest.fixture(scope="module")
def days() -> dict[date, bool]:
    """Days with a test before the day of the model: whether one was nuclear or of long range."""
    if not TABLE.exists():
        pytest.skip("the table of events is not here; it is not shipped")
    found: dict[date, bool] = {}
    with TABLE.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            if row["kind"].endswith("test") and len(row["date"]) == 10 and row["date"] < "2019-07-01":
                far = row["kind"] == "nuclear test" or row["system"] in LONG
                day = date.fromisoformat(row["date"])
                found[day] = far or found.get(day, False)
    return found


def counted(days: dict[date, bool], begin: date, end: date) -> tuple[int, int, float]:
    within_ = [far for day, far in days.items() if begin <= day < end]
    return len(within_), sum(within_), (end - begin).days / 365.25


def test_the_rates_of_tests_are_those_of_the_table(days: dict[date, bool]) -> None:
    tests, far, years = counted(days, date(2013, 5, 18), date(2016, 1, 6))
    assert (tests, far) == (21, 0)
    assert tests / years == pytest.approx(8, abs=0.05)
    tests, far, years = counted(days, date(2016, 1, 6), date(2017, 11, 29))
    assert (tests, far) == (34, 20)
    assert far / years == pytest.approx(10.5, abs=0.05)
    assert (tests - far) / years == pytest.approx(7.4, abs=0.05)


def test_the_log_has_every_test_since_singapore(days: dict[date, bool]) -> None:
    events = model().conflict.events
    logged = [event.day for event in events if event.signal in ("short_test", "long_test")]
    assert logged == [day for day in days if day >= date(2018, 6, 12)]
    assert logged == [date(2019, 4, 17), date(2019, 5, 4), date(2019, 5, 9)]
    assert (date(2019, 4, 17) - date(2017, 11, 28)).days == 505


@pytest.mark.slow
def test_the_best_policy_lies_within_its_bounds_and_above_the_others(time) -> None:
    start, prior = np.array([time.play.start]), time.play.prior
    upper = float(time.solution.at(start, prior[None])[0])
    stakes = stakes_of(time.play)
    best = simulated(time.play, stakes, optimally(time.play, time.solution), paths=1_000, seed=1).value
    assert best.mean - 3 * best.error <= upper
    now = stakes.stop(start, prior[None])[0]
    assert max(now, float(prior @ stakes.never[:, time.play.start])) < best.mean - 3 * best.error
