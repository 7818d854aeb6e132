"""``standoff analyze --pattern``: a table and reasons for people, a further key in the document."""

import json

from tests.example import EQUILIBRIA

DEAL = "us.relief and not dprk.test"


def test_the_page_tells_for_whom_a_deal_holds_and_for_whom_not(standoff, example):
    done = standoff("analyze", example, "--pattern", DEAL, "--pattern", "test and not test")
    assert done.returncode == 0, done.stderr
    page = done.stdout[done.stdout.index("States with ") :]
    assert f"States with {DEAL}\n4 feasible states of 12 (33.3%)" in page
    assert "better than status quo" in page
    assert "Stable under SEQ for everybody in 2 and for all but United States in 2." in page
    assert "from the status quo) under" in page
    assert page.rstrip().endswith("States with test and not test\n0 feasible states of 12 (0.0%)")


def test_the_document_has_patterns_only_when_they_are_asked_for(standoff, example):
    without = json.loads(standoff("analyze", example, "--json").stdout)
    found = json.loads(standoff("analyze", example, "--json", "--pattern", f" {DEAL} ").stdout)
    (deal,) = found.pop("patterns")
    assert found == without
    assert found["equilibria"] == EQUILIBRIA
    assert list(deal) == ["statement", "states", "equilibria", "stable", "shortfalls", "than_status_quo"]
    assert deal["statement"] == DEAL
    assert deal["states"] == 4
    assert deal["equilibria"] == {"nash": 0, "gmr": 4, "smr": 4, "seq": 2, "sseq": 2}
    assert list(deal["stable"]["nash"]) == ["us", "dprk"]
    assert list(deal["shortfalls"]["seq"][0]) == ["decision_makers", "states", "nearest", "distance"]
    assert deal["than_status_quo"]["us"] == {"better": 2, "equal": 0, "worse": 2}


def test_further_concepts_are_counted_too(standoff, example):
    found = json.loads(standoff("analyze", example, "--json", "--concept", "sim", "--pattern", DEAL).stdout)
    assert "sim" in found["patterns"][0]["equilibria"]


def test_a_faulty_statement_is_a_fault_of_usage(standoff, example):
    done = standoff("analyze", example, "--pattern", "us.releif")
    assert done.returncode == 2
    assert "In the pattern 'us.releif': Unknown option" in done.stderr
    assert "us.relief" in done.stderr
