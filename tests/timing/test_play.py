"""The play that the program builds is the literal one."""

from __future__ import annotations

import pytest

from standoff.errors import RefusedError, UsageError
from standoff.files.reading import read_text
from standoff.study import build
from standoff.timing import building
from standoff.timing.building import play
from tests.timing.example import GRAPH, TEXT
from tests.timing.literal_play import LiteralPlay
from tests.timing.random_timed import timed_conflict


def agree(conflict) -> int:
    found = play(build(conflict), conflict)
    wanted = LiteralPlay(conflict)
    label = found.graph.space.label
    assert [label(int(s)) for s in found.states] == [wanted.labels[s] for s in wanted.states]
    assert [tuple(row) for row in found.levels.tolist()] == wanted.level_combinations
    by_label = {wanted.labels[s]: s for s in wanted.states}

    def point(p: int):
        return by_label[label(found.state_of(p))], tuple(found.levels_of(p).values())

    assert point(found.start) == (conflict.status_quo, tuple(s.start for s in conflict.timing.stocks))
    for p in range(found.size):
        s, levels = point(p)
        assert found.flow[p] == pytest.approx(wanted.flow(s, levels), abs=1e-12)
        for number, type_ in enumerate(wanted.types):
            expected = wanted.events(s, levels, type_)
            told = {}
            for event in found.events_of(p):
                kind, rate = found.kinds[found.kind[event]], float(found.rates[number, event])
                name = ("move", kind.mover, kind.to) if kind.mover else ("signal", kind.signal)
                name = ("step", kind.stock, kind.by) if kind.stock else name
                if rate > 0:
                    key = (name, point(int(found.target[event])))
                    assert key not in told
                    told[key] = rate
            assert told == pytest.approx(expected, rel=1e-12)
            assert found.total_rates[number, p] == pytest.approx(sum(expected.values()), rel=1e-9, abs=1e-9)
    return found.size


@pytest.mark.parametrize("seed", range(80))
def test_random_conflicts(seed: int) -> None:
    agree(timed_conflict(seed))


@pytest.mark.parametrize("text", [TEXT, GRAPH])
def test_examples(text: str) -> None:
    assert agree(read_text(text).conflict) > 1


def test_a_model_without_timing_is_told_so() -> None:
    conflict = read_text(TEXT.partition("types:\n")[0]).conflict
    with pytest.raises(UsageError, match="no block 'timing'"):
        play(build(conflict), conflict)


def test_a_status_quo_outside_of_within_is_told() -> None:
    conflict = read_text(TEXT.replace("within: us.talk or us.press", "within: us.press")).conflict
    with pytest.raises(UsageError, match="status quo lies outside"):
        play(build(conflict), conflict)


def test_too_many_points_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(building, "MOST_POINTS", 10)
    conflict = read_text(TEXT).conflict
    with pytest.raises(RefusedError, match="66 points"):
        play(build(conflict), conflict)
