"""The test of 2019 to 2022: its page is what the script computes, and the script's sums are right."""

from __future__ import annotations

import re
import sys
from datetime import date
from importlib import import_module
from unittest.mock import patch

import numpy as np
import pytest

from standoff.timing.simulation import Stepper, Walkers
from tests.cases.test_north_korea import DOCS, SHARED

TABLE = SHARED / "data" / "north-korea-events.csv"
PATHS = 4_000


@pytest.fixture(scope="module")
def script():
    with patch.object(sys, "path", [str(DOCS), *sys.path]):
        return import_module("north_korea_roll_forward")


@pytest.fixture(scope="module")
def rolled(script):
    return script.Test(script.test_days(), script.case())


@pytest.fixture(scope="module")
def text(script) -> str:
    return script.PAGE.read_text(encoding="utf-8")


def test_the_page_has_every_section_and_the_beliefs_computed(script, rolled, text) -> None:
    assert re.findall(r"<!-- results:([a-z-]+) -->", text) == list(script.SECTIONS)
    assert script.belief(rolled) in text


@pytest.mark.slow
def test_the_page_says_what_the_script_computes(script, text) -> None:
    assert script.page(text) == text


@pytest.mark.slow
def test_no_printed_digit_hangs_on_where_the_counts_of_a_quarter_end(rolled) -> None:
    beyond = [chances[-1] for each in rolled.forecasts for chances in (*each.any, *each.far)]
    assert max(beyond) < 1e-6


def test_every_score_in_the_sentences_stands_in_the_tables(text) -> None:
    sentences = text.partition("## What it got wrong")[2].partition("\n## ")[0]
    computed = "".join(re.findall(r"<!-- results:.*?<!-- /results -->", text, re.DOTALL))
    said = set(re.findall(r"\d+\.\d+", sentences))
    assert len(said) > 10
    assert said - set(re.findall(r"\d+\.\d+", computed)) == set()


def test_the_days_are_those_of_the_table(script) -> None:
    if not TABLE.exists():
        pytest.skip("the table of events is not here; it is not shipped")
    assert script.extracted(TABLE) == script.test_days()


def test_counts_add_up_and_agree_with_the_chance_of_silence(script, rolled) -> None:
    begin, end = rolled.quarters[0]
    forecast = rolled.from_afar.any
    assert [float(each.sum()) for each in forecast] == pytest.approx([1.0] * 14, abs=1e-9)
    silent = script.seen(rolled.chain, rolled.chain.begin, begin, end, [])
    assert np.exp(silent.log_likelihood) == pytest.approx(forecast[0][0], abs=1e-9)
    assert silent.mass.sum() == pytest.approx(1)


def test_the_days_seen_are_as_likely_as_the_counts_they_make(script, rolled) -> None:
    """One day in a quarter, wherever in it: its density adds up to the chance of just one."""
    begin, end = rolled.quarters[0]
    span = (end - begin).days
    density = [
        np.exp(script.seen(rolled.chain, rolled.chain.begin, begin, end, [(day, reach)]).log_likelihood)
        for reach in ("short", "long")
        for day in (date.fromordinal(begin.toordinal() + k) for k in range(2, span, 4))
    ]
    total = sum(density) * 4 / 365.25
    assert total == pytest.approx(rolled.from_afar.any[0][1], rel=0.01)


def test_counts_agree_with_simulated_paths(rolled) -> None:
    """Two years and a half ahead, event by event: the mean count within four standard errors."""
    play, ahead = rolled.time.play, sum((e - b).days for b, e in rolled.quarters[:9]) / 365.25
    last = (rolled.quarters[9][1] - rolled.quarters[9][0]).days / 365.25
    tests = np.array([kind.signal in ("short_test", "long_test") for kind in play.kinds])
    draws, means, errors = np.random.default_rng(7), [], []
    for type_ in range(2):
        stepper, counted = Stepper(play, type_), np.zeros(PATHS)
        walkers = Walkers(
            np.full(PATHS, play.start), np.tile(np.log(play.prior), (PATHS, 1)), np.zeros(PATHS)
        )
        alive = np.arange(PATHS)
        while alive.size:
            waits = stepper.waits(walkers.points[alive], draws)
            stepper.quiet(walkers, alive, waits)
            alive = alive[walkers.times[alive] < ahead + last]
            happened = stepper.happen(walkers, alive, draws)
            counted[alive] += tests[play.kind[happened]] & (walkers.times[alive] >= ahead)
        means.append(counted.mean())
        errors.append(counted.std() / PATHS**0.5)
    expected = rolled.from_afar.any[9] @ np.arange(rolled.from_afar.any[9].size)
    error = float(np.sqrt(((play.prior * errors) ** 2).sum()))
    assert float(play.prior @ means) == pytest.approx(float(expected), abs=4 * error)


def test_baselines_have_the_mean_and_spread_of_the_record(script, rolled) -> None:
    past = [len(script.within(rolled.days, *each)) for each in script.quarters(script.RECORD, script.BEGIN)]
    assert (len(past), sum(past)) == (30, 61)
    spread = rolled.constant[3].any[0]
    counts = np.arange(spread.size)
    assert spread.sum() == pytest.approx(1, abs=1e-6)
    assert spread @ counts == pytest.approx(np.mean(past), abs=1e-3)
    assert spread @ counts**2 - (spread @ counts) ** 2 == pytest.approx(np.var(past, ddof=1), abs=0.02)
    assert np.var(past, ddof=1) > 2 * np.mean(past)
