"""What an analysis will cost is said before it begins, to whoever can show it."""

from __future__ import annotations

import pytest

from standoff import analyse
from standoff.errors import RefusedError, UsageError
from standoff.states import limit
from standoff.study import pipeline, prepare


class Shown:
    def __init__(self):
        self.told = []

    def __call__(self, phase, fraction):
        self.told.append(phase)

    def announce(self, text):
        self.told.append(text)


def test_long_work_is_announced_before_it_begins(monkeypatch):
    monkeypatch.setattr(pipeline, "WORTH_TELLING", 0.0)
    shown = Shown()
    analyse("case:chicken", progress=shown)
    told = "4 states and 2 decision makers: about 1 MiB of memory and 0.0 s expected."
    assert shown.told.index(told) < shown.told.index("ranking states")


def test_short_work_is_not_announced_nor_is_any_where_nobody_can_tell():
    shown = Shown()
    analyse("case:chicken", progress=shown)
    assert not [text for text in shown.told if "expected" in text]
    analyse("case:chicken", progress=lambda phase, fraction: None)


def test_the_engine_counts_where_there_will_be_a_survey(monkeypatch):
    sizes = {}
    for engine in (None, "numpy"):
        monkeypatch.setattr(limit, "available_memory", lambda: 1)
        with pytest.raises(RefusedError) as told:
            prepare("case:trade-round", engine=engine)
        sizes[engine] = int(str(told.value).split("about ")[1].split(" MiB")[0])
    assert sizes["numpy"] > 3 * sizes[None]


def test_an_engine_that_does_not_exist_is_told_before_any_work():
    shown = Shown()
    with pytest.raises(UsageError, match="Did you mean 'simple'"):
        analyse("case:chicken", engine="simpel", progress=shown)
    assert shown.told == []
