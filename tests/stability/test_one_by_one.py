"""The engine that takes states one by one says how long it takes, and why it will not take more."""

from __future__ import annotations

import pytest

from standoff.errors import RefusedError
from standoff.stability import one_by_one as module
from standoff.stability.concepts import CORE
from standoff.stability.survey import survey
from standoff.study import prepare

ELMIRA = prepare("case:elmira-1991").graph
LARGE = prepare("case:trade-round").graph


class Shown:
    def __init__(self):
        self.told, self.parts = [], []

    def __call__(self, phase, fraction):
        self.parts.append((phase, fraction))

    def announce(self, text):
        self.told.append(text)


def test_long_work_tells_how_long_it_takes_once(monkeypatch):
    monkeypatch.setattr(module, "ENOUGH", 0.0)
    monkeypatch.setattr(module, "WORTH_TELLING", 0.0)
    shown = Shown()
    found = survey(ELMIRA, engine="simple", progress=shown)
    (told,) = shown.told
    assert told.startswith("12 states one by one, from the definition: about ")
    fractions = [part for phase, part in shown.parts if phase == "states one by one"]
    assert fractions == sorted(fractions)
    assert len(fractions) == 11
    for key, rows in survey(ELMIRA, engine="numpy").stable.items():
        assert (found.stable[key] == rows).all()


def test_short_work_does_not():
    shown = Shown()
    survey(ELMIRA, engine="simple", progress=shown)
    assert shown.told == []


def test_a_refusal_says_how_long_it_would_take_why_and_what_to_do_instead():
    with pytest.raises(RefusedError, match="138,240, which would take about ") as told:
        survey(LARGE, engine="simple")
    assert ", ".join(CORE) in str(told.value)
    assert "days, since for every verdict" in str(told.value)
    assert "Use another engine: the same verdicts take about" in str(told.value)
    with pytest.raises(RefusedError, match=r"sim is computed .* Leave it out"):
        survey(LARGE, ["sim"], engine="numpy")
    with pytest.raises(RefusedError, match=r"legal_sequence: it takes about .* of memory and"):
        survey(LARGE, rule="once_per_dm")
