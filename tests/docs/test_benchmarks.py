"""The page of measurements claims no more than its tables show."""

from __future__ import annotations

import re
from itertools import pairwise

from tests.docs.examples import ROOT

PAGE = (ROOT / "docs" / "benchmarks.md").read_text(encoding="utf-8")
PROSE = " ".join(PAGE.partition("<!-- measured: begin -->")[0].split())
CELLS = [[cell.strip() for cell in line.strip("|").split("|")] for line in PAGE.splitlines()]
ROWS = [cells for cells in CELLS if len(cells) == 12 and cells[0].startswith("2^")]


def steps():
    """Engine, rankings, sizes and growth of each step of four parties, rules, no irreversible options."""
    series = {}
    for bits, states, parties, rankings, irreversible, engine, *_, seconds, _, _, _ in ROWS:
        few_rules = int(states.replace(",", "")) < 1 << int(bits[2:])
        if (parties, irreversible, few_rules) == ("4", "none", True):
            series.setdefault((engine, rankings), []).append((bits, float(seconds), states.replace(",", "")))
    return series, [
        (*key, one[0], other[0], other[1] / one[1])
        for key, rows in series.items()
        for one, other in pairwise(rows)
    ]


def test_the_steps_that_grow_most_are_those_the_prose_names():
    series, all_steps = steps()
    named = [cells for cells in CELLS if len(cells) == 5 and cells[0] in ("numba", "numpy")]
    large = [[*step[:4], f"{step[4]:.2f}"] for step in all_steps if step[4] > 4.8]
    assert named == large
    least, most = (f"{end(step[4] for step in all_steps):.1f}" for end in (min, max))
    assert f"{least} to {most} times as long" in PROSE
    assert f"Of the {len(all_steps)} steps these are above 4.8" in PROSE
    first, *_, last = series["numba", "random"]
    more, longer = int(last[2]) / int(first[2]), last[1] / first[1]
    assert f"{more:,.0f} times as many feasible states take {longer:,.0f} times as long" in PROSE


def test_the_steps_beside_them_are_smaller_as_the_prose_says():
    _, all_steps = steps()
    beside = [
        other[4] if one[4] > 4.8 else one[4]
        for one, other in pairwise(all_steps)
        if one[:2] == other[:2] and max(one[4], other[4]) > 4.8
    ]
    low, high = re.search(r"beside them are smaller, ([\d.]+) to ([\d.]+) times", PROSE).groups()
    assert (low, high) == (f"{min(beside):.1f}", f"{max(beside):.1f}")


def test_rows_called_missing_are_missing():
    large = [row for row in ROWS if int(row[0][2:]) > 20]
    assert large
    assert not [row for row in large if row[3] == "80 statements" or row[5] == "numpy" or row[4] != "none"]
    assert not [row for row in ROWS if row[3] == "80 statements" and row[5] == "numpy"]
    assert {row[0] for row in ROWS if row[2] != "4"} == {"2^10", "2^20"}
