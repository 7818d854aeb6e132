"""What only states and moves can tell about the blocks about time: `check` says it, at its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from standoff.errors import ModelError
from standoff.study import check
from tests.timing.example import GRAPH, TEXT

OPPORTUNITIES = "  opportunities:\n    dprk: {per_year: 2, evidence: assumption, note: two a year}\n"
NO_PRESS = ("feasible:\n", "feasible:\n  - not us.press\n")
WITHIN = "  within: us.talk or us.press\n"

FAULTS = [
    ("impossible-pivot", (NO_PRESS,), "    pressure:\n"),
    ("impossible-posture", (NO_PRESS, ("posture: [us.talk]", "posture: [us.press]")), "      posture:"),
    ("status-quo-outside", ((WITHIN, "  within: us.press\n"),), "  within:"),
    ("never-holds", (("while: dprk.test}, pivot", "while: dprk.test and dprk.deal}, pivot"),), "  on-test:"),
    ("never-holds", (("{while: dprk.deal and us.press", "{while: dprk.deal and dprk.test"),), "{while: dprk.deal and dprk"),
    ("no-as-of", (("as_of: 2019-07-01\n", ""),), "{on: 2020"),
    ("model-rejected", ((OPPORTUNITIES, "  opportunities: {}\n"),), "  - {day: 2019-04-17"),
    ("model-rejected", ((OPPORTUNITIES, "  opportunities: {}\n"),), "  - {day: 2019-05-17"),
    ("impossible-under-type", (("kappa: 4", "kappa: best"),), "  - {day: 2019-04-17"),
    ("log-outside", ((WITHIN, "  within: not dprk.test\n"),), "  within:"),
    ("log-leads-elsewhere", (("stocks: {arsenal: 1}", "stocks: {arsenal: 2}"),), "events:"),
]  # fmt: skip


def told(folder: Path, text: str) -> list[tuple[str, int | None]]:
    """Return the codes and lines of what `check` finds at fault in a text."""
    path = folder / "model.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ModelError) as caught:
        check(str(path))
    assert all(fault.cure and fault.column for fault in caught.value.faults)
    return [(fault.code, fault.line) for fault in caught.value.faults]


@pytest.mark.parametrize(("code", "changes", "place"), FAULTS)
def test_check_finds_what_commands_would_refuse(
    tmp_path: Path, code: str, changes: tuple[tuple[str, str], ...], place: str
) -> None:
    text = TEXT
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    assert (code, text[: text.index(place)].count("\n") + 1) in told(tmp_path, text)


def test_a_pivot_to_a_state_that_only_others_can_reach(tmp_path: Path) -> None:
    text = GRAPH[: GRAPH.index("  log:")].replace("them: {per_year: 0.6, evidence: assumption}", "")
    text = text.replace("to: pressed", "to: deal")
    line = text[: text.index("    stop:")].count("\n") + 1
    assert told(tmp_path, text) == [("impossible-pivot", line)]


def test_faults_stand_in_the_order_of_the_file(tmp_path: Path) -> None:
    text = TEXT.replace(*NO_PRESS).replace("while: dprk.test}", "while: us.press}")
    lines = [line for _, line in told(tmp_path, text)]
    assert lines == sorted(lines)
    assert len(lines) > 2


def test_a_sound_model_has_none(tmp_path: Path) -> None:
    path = tmp_path / "model.yaml"
    path.write_text(TEXT, encoding="utf-8")
    assert check(str(path)).states == 12


def test_a_play_with_too_many_points_is_not_built(tmp_path: Path) -> None:
    path = tmp_path / "model.yaml"
    path.write_text(TEXT.replace("most: 10", "most: 100000"), encoding="utf-8")
    assert check(str(path)).states == 12
