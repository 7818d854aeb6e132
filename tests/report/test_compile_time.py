"""Compile time is told apart from the time of the analysis, where there was any."""

from __future__ import annotations

from dataclasses import replace

from rich.console import Console

from standoff import analyse
from standoff.report.documents import study_document
from standoff.report.terminal import analysis

PLAIN = analyse("case:chicken")
COMPILED = replace(PLAIN, engine="numba", seconds_compiling=14.234, seconds_stability=0.52)


def text(study):
    console = Console(width=200)
    with console.capture() as captured:
        console.print(analysis(study))
    return captured.get()


def test_a_run_that_compiled_says_so():
    told = "compile time 14.2 s, once on this machine; stability itself took 0.5 s"
    assert told in text(COMPILED)
    assert study_document(COMPILED)["seconds"] == {"compiling": 14.234, "stability": 0.52}


def test_a_run_that_did_not_tells_no_times():
    assert PLAIN.seconds_stability > 0
    assert "compile time" not in text(PLAIN)
    assert "seconds" not in study_document(PLAIN)
