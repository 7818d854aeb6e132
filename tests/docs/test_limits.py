"""Limits that pages name are those of the program."""

from standoff.analyses.coalitions import survey
from standoff.study import by_type, levers, ripeness
from tests.docs.examples import ROOT


def page(name: str) -> str:
    return (ROOT / "docs" / name).read_text(encoding="utf-8")


def test_limits_of_ripe():
    told = page("how-to/is-it-ripe.md")
    assert f"{levers.MOST_STATES:,} states" in told
    assert f"{by_type.MOST_STATES:,} states" in told
    assert ("a second and a half" in told) == (ripeness.LEVER_TIME == 1.5)


def test_limits_of_coalitions():
    told = page("benchmarks.md")
    assert f"{survey.MOST_STATES:,} states" in told
    assert f"{survey.MOST_WORK // 1_000_000} million looks" in told
