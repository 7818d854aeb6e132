"""What the page on belief says of the pause of 2017 to 2019, counted again from the data where they are at hand."""

from __future__ import annotations

import csv
from collections import Counter
from datetime import date
from math import exp, log
from pathlib import Path
from statistics import mean, variance

import pytest

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "how-to" / "belief.md").read_text(encoding="utf-8")
EVENTS = ROOT.parent / "shared" / "data" / "north-korea-events.csv"
FANO, RATE, DAYS = 3.71, 16.2, 504


@pytest.mark.skipif(not EVENTS.exists(), reason="the table of events is not at hand")
def test_the_numbers_are_those_of_the_table() -> None:
    with EVENTS.open(encoding="utf-8") as table:
        rows = [row for row in csv.DictReader(table) if row["database"] == "CNS" and len(row["date"]) == 10]
    days = sorted({date.fromisoformat(row["date"]) for row in rows})
    quarters = Counter((day.year, (day.month - 1) // 3) for day in days)
    counts = [quarters[year, quarter] for year in range(2012, 2023) for quarter in range(4)]
    assert f"their mean is {mean(counts):.2f} and their variance {variance(counts):.2f}" in PAGE
    assert variance(counts) / mean(counts) == pytest.approx(FANO, abs=0.005)
    begin = date(2017, 11, 28)
    after = next(day for day in days if day > begin)
    assert after == date(2019, 4, 17)
    assert f"for {(after - begin).days} days" in PAGE
    before = [day for day in days if date(2016, 1, 1) <= day <= begin]
    assert len(before) / ((begin - date(2016, 1, 1)).days / 365.25) == pytest.approx(RATE, abs=0.05)


def test_the_page_draws_the_conclusion_from_them() -> None:
    weight = (RATE - 1) * DAYS / 365.25
    assert f"{weight:+.2f}" in PAGE
    odds = log(0.01 / 0.99) + weight / FANO
    assert f"divided by {FANO} it would still leave {100 / (1 + exp(-odds)):.0f} %" in PAGE
    assert f"the Fano factor, is {FANO}" in PAGE
    assert "must not prove a change of heart alone" in PAGE
