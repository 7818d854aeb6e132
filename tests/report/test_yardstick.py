"""Likelihood words: every hundredth by a table, every interval by property, and what is never printed."""

from __future__ import annotations

import re
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standoff.errors import UsageError
from standoff.report.yardstick import YARDSTICKS, bands, likelihood

TABLE = (
    *[(n, "almost no chance") for n in range(1, 5)],
    *[(n, "very unlikely") for n in range(5, 20)],
    *[(n, "unlikely") for n in range(20, 45)],
    *[(n, "roughly even chance") for n in range(45, 56)],
    *[(n, "likely") for n in range(56, 81)],
    *[(n, "very likely") for n in range(81, 96)],
    *[(n, "almost certain") for n in range(96, 100)],
)
RANGES = {
    "almost no chance": (1, 5),
    "very unlikely": (5, 20),
    "unlikely": (20, 45),
    "roughly even chance": (45, 55),
    "likely": (55, 80),
    "very likely": (80, 95),
    "almost certain": (95, 99),
}
PROBABILITIES = st.floats(min_value=0, max_value=1)
INTERVALS = st.tuples(PROBABILITIES, PROBABILITIES).map(sorted)


def test_the_bands_are_those_of_the_standard():
    assert {band.word: (band.low, band.high) for band in YARDSTICKS["icd203"]} == RANGES


@pytest.mark.parametrize(("hundredth", "word"), TABLE)
def test_every_hundredth_has_its_word_its_number_and_its_range(hundredth, word):
    low, high = RANGES[word]
    expected = f"{word} ({hundredth} %; this means {low} to {high} %)"
    assert likelihood(hundredth / 100) == expected
    assert likelihood(hundredth * 0.01) == expected
    assert likelihood(float(Fraction(hundredth, 100))) == expected


@pytest.mark.parametrize("hundredth", [1, 5, 20, 45, 50, 55, 80, 95, 99])
def test_a_shared_end_belongs_to_the_word_nearer_to_even_chance_on_both_sides_alike(hundredth):
    words = [band.word for band in YARDSTICKS["icd203"]]
    here, mirrored = (bands(p, p)[0].word for p in (hundredth / 100, 1 - hundredth / 100))
    assert words.index(here) == len(words) - 1 - words.index(mirrored)


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [
        (0.05, 0.20, "very unlikely (5 to 20 %; this means 5 to 20 %)"),
        (0.20, 0.30, "unlikely (20 to 30 %; this means 20 to 45 %)"),
        (0.30, 0.50, "unlikely to roughly even chance (30 to 50 %; this means 20 to 55 %)"),
        (0.40, 0.60, "cannot say (40 to 60 %)"),
        (0, 1, "cannot say (0 to 100 %)"),
        (0, 0.03, "almost no chance (0 to 3 %, beyond the end of the yardstick; this means 1 to 5 %)"),
        (0.004, 0.004, "almost no chance (0.4 %, beyond the end of the yardstick; this means 1 to 5 %)"),
        (0.999, 0.999, "almost certain (99.9 %, beyond the end of the yardstick; this means 95 to 99 %)"),
        (0.006, 0.006, "almost no chance (0.6 %, beyond the end of the yardstick; this means 1 to 5 %)"),
        (0.0096, 0.0096, "almost no chance (0.96 %, beyond the end of the yardstick; this means 1 to 5 %)"),
        (
            0.00999999999,
            0.00999999999,
            "almost no chance (0.999999999 %, beyond the end of the yardstick; this means 1 to 5 %)",
        ),
        (0.992, 0.992, "almost certain (99.2 %, beyond the end of the yardstick; this means 95 to 99 %)"),
        (0.006, 0.03, "almost no chance (0.6 to 3 %, beyond the end of the yardstick; this means 1 to 5 %)"),
        (0, 0, "0 % in this model, which makes it so by assumption"),
        (1, 1, "100 % in this model, which makes it so by assumption"),
    ],
)
def test_intervals_and_the_ends(low, high, expected):
    assert likelihood(low, high) == expected


@given(INTERVALS)
def test_an_interval_has_the_fewest_neighbouring_words_that_cover_it(interval):
    low, high = interval
    found = bands(low, high)
    if high == 0 or low == 1:
        assert found == ()
        return
    least, most = (min(max(round(100 * p, 9), 1), 99) for p in interval)
    assert found[0].low <= least
    assert most <= found[-1].high
    assert all(a.high == b.low for a, b in pairwise(found))
    if least < most:
        assert all(band.low < most and least < band.high for band in found)
    else:
        assert len(found) == 1
    text = likelihood(low, high)
    if len(found) > 2:
        assert text.startswith("cannot say (")
    else:
        assert text.startswith(" to ".join(band.word for band in found) + " (")


@given(INTERVALS)
def test_the_number_stands_there_and_neither_certain_nor_impossible_does(interval):
    text = likelihood(*interval).replace("almost 0", "almost nothing").replace("almost 100", "almost all")
    assert re.search(r"(\d|nothing|all) %", text)
    assert not re.search(r"(?<!almost )certain|impossible|confiden", text)
    if interval[0] > 0:
        assert not re.search(r"(?<![\d.])0 (?:%|to)", text)
    if interval[1] < 1:
        assert "100 %" not in text


@given(INTERVALS)
def test_without_a_yardstick_only_numbers(interval):
    assert not re.search(r"likely|chance|certain|cannot", likelihood(*interval, key="none"))


def test_what_is_no_probability_or_no_yardstick_is_refused():
    for wrong in ((-0.1, 0.5), (0.5, 1.1), (0.6, 0.5), (float("nan"), 0.5)):
        with pytest.raises(UsageError, match="no interval of probabilities"):
            likelihood(*wrong)
    with pytest.raises(UsageError, match="no yardstick 'icd'"):
        likelihood(0.5, key="icd")
