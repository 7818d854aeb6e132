"""Which back end is used, what is said beforehand, progress, and interruption."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from standoff.errors import MissingExtraError, RefusedError, UsageError
from standoff.stability.engine import choice, estimate, loops, menus, solve
from standoff.stability.engine.choice import LARGE, back_end
from standoff.stability.engine.estimate import expected
from tests.engine.graphs import option_graph

SMALL = option_graph(1, [3, 3, 2])
ROOT = Path(__file__).parents[2]


def test_small_conflicts_never_load_numba(monkeypatch):
    monkeypatch.delitem(choice.sys.modules, "standoff.stability.engine.numba_engine", raising=False)
    assert back_end("auto", LARGE - 1).NAME == "numpy"
    assert solve(SMALL).engine == "numpy"


def test_large_conflicts_use_numba_where_it_is_installed(monkeypatch):
    assert back_end("auto", LARGE).NAME == "numba"
    monkeypatch.setattr(choice, "find_spec", lambda name: None)
    assert back_end("auto", LARGE).NAME == "numpy"
    with pytest.raises(MissingExtraError, match=r"standoff\[scale\]"):
        back_end("numba", 1)


def test_an_unknown_engine_is_a_fault_of_the_caller():
    with pytest.raises(UsageError, match="numba"):
        solve(SMALL, "numbo")


def test_the_result_says_what_computed_it():
    for engine in ("numpy", "numba"):
        found = solve(SMALL, engine)
        assert (found.engine, found.seconds_compiling >= 0) == (engine, True)


def test_loops_compile_where_no_directory_is_writable(monkeypatch):
    njit = loops.numba.njit

    def no_place(**options):
        if options.pop("cache", False):
            raise RuntimeError("cannot cache function: no locator available")
        return njit(**options)

    monkeypatch.setattr(loops.numba, "njit", no_place)
    double = loops.compiled(lambda x: 2 * x)
    assert double(4) == 8


def test_work_that_does_not_fit_is_refused(monkeypatch):
    module = choice.sys.modules["standoff.stability.engine.estimate"]
    monkeypatch.setattr(module, "available_memory", lambda: 10_000)
    with pytest.raises(RefusedError, match="of memory are free"):
        solve(SMALL, "numpy")


def test_moves_bound_in_too_many_ways_are_refused(monkeypatch):
    monkeypatch.setattr(menus, "_MOST_WORK", 100)
    with pytest.raises(RefusedError, match="different ways"):
        solve(option_graph(4, [4, 4], locked=0.9), "numpy")


def test_an_estimate_grows_with_the_conflict():
    small, large = (estimate(states, 4, "numba") for states in (1 << 20, 1 << 24))
    assert 10 * small.bytes < large.bytes < 3 << 30
    assert small.seconds < large.seconds
    assert "16,777,216 states and 4 decision makers" in str(large)


BOUND = {
    "one option each cannot be taken back": ([6, 6, 5], {"taken": 1}),
    "three options each cannot be taken back": ([6, 6, 5], {"taken": 3}),
    "forbidden moves": ([6, 6, 5], {"forbidden": 2}),
}


@pytest.mark.parametrize("kind", BOUND)
def test_choices_are_counted_without_making_menus(kind):
    graph = bound_graph(*BOUND[kind])
    for arcs in graph.arcs:
        made = menus.menus(arcs).targets.size
        assert menus.number_of_choices(arcs) == made
        assert arcs.codes.size < made <= menus.most_choices(arcs)
    assert all(menus.number_of_choices(arcs) == SMALL.space.size for arcs in SMALL.arcs)


def test_irreversible_options_are_expected_to_take_more_memory(monkeypatch):
    free, bound = option_graph(1, [6, 6, 5]), bound_graph([6, 6, 5], {"taken": 6})
    room = int(1.5 * expected(free, "numpy").bytes)
    assert expected(bound, "numpy").bytes > room
    module = choice.sys.modules["standoff.stability.engine.estimate"]
    monkeypatch.setattr(module, "available_memory", lambda: room)
    solve(free, "numpy")
    with pytest.raises(RefusedError, match="of memory are free"):
        solve(bound, "numpy")


def bound_graph(owned, kind):
    graph = option_graph(1, owned, forbidden=kind.get("forbidden", 0))
    lowest = [((1 << kind.get("taken", 0)) - 1) << arcs.lowest & arcs.own for arcs in graph.arcs]
    arcs = tuple(replace(arcs, stays_taken=low) for arcs, low in zip(graph.arcs, lowest, strict=True))
    return replace(graph, arcs=arcs)


SIZES = {
    "option form": ([5, 5, 5, 4], {}),
    "two decision makers": ([10, 9], {}),
    "one option each cannot be taken back": ([5, 5, 5, 4], {"taken": 1}),
    "three options each cannot be taken back": ([5, 5, 5, 4], {"taken": 3}),
    "forbidden moves": ([5, 5, 5, 3], {"forbidden": 1}),
}

MEASURE = """
import sys
sys.path.append(sys.argv[1])
from standoff.stability.engine import numba_engine, solve
from standoff.stability.engine.estimate import expected
from stability import Peak
from tests.engine.test_choice import SIZES, SMALL, bound_graph
name, engine = sys.argv[2:]
if engine == "numba":
    numba_engine.get_ready()
solve(SMALL, engine)
graph = bound_graph(*SIZES[name])
with Peak() as peak:
    solve(graph, engine)
print(peak.bytes / expected(graph, engine).bytes)
"""


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="reads the memory held from /proc")
@pytest.mark.parametrize("engine", ["numpy", "numba"])
@pytest.mark.parametrize("name", SIZES)
def test_the_memory_expected_is_about_the_memory_used(name, engine):
    done = subprocess.run(
        [sys.executable, "-c", MEASURE, str(ROOT / "bench"), name, engine],
        check=True,
        capture_output=True,
        text=True,
    )
    print(done.stdout)
    assert 0.5 < float(done.stdout) < 1.4


PHASES = ["loading the engine", "arranging moves", "stability"]


@pytest.mark.parametrize("engine", ["numpy", "numba"])
def test_progress_rises_to_the_end(engine):
    told = []
    solve(option_graph(2, [6, 6, 5]), engine, lambda phase, fraction: told.append((phase, fraction)))
    fractions = [fraction for phase, fraction in told if phase == "stability"]
    assert fractions == sorted(fractions)
    assert len(set(fractions)) > 3 * 3
    assert fractions[-1] == 1
    assert list(dict.fromkeys(phase for phase, _ in told)) == PHASES


@pytest.mark.parametrize("engine", ["numpy", "numba"])
def test_an_interrupt_ends_the_work_and_leaves_nothing_behind(engine):
    graph = option_graph(2, [6, 6, 5])
    expected = solve(graph, engine).stable
    threads = threading.active_count()

    def interrupt(phase, fraction):
        if fraction > 0.3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        solve(graph, engine, interrupt)
    assert threading.active_count() <= threads
    assert np.array_equal(solve(graph, engine).stable, expected)


def test_rankings_are_left_as_they_are():
    graph = option_graph(3, [3, 3])
    for rank in graph.ranks:
        rank.flags.writeable = False
    before = [rank.copy() for rank in graph.ranks]
    for engine in ("numpy", "numba"):
        solve(graph, engine)
    assert all(np.array_equal(old, new) for old, new in zip(before, graph.ranks, strict=True))


COMPILE = """
import json, sys
from standoff.stability.engine import solve
from tests.engine.test_choice import SMALL
phases = []
runs = [solve(SMALL, "numba", lambda phase, fraction: phases.append(phase)) for _ in range(2)]
print(json.dumps([[run.seconds_compiling, run.seconds_stability] for run in runs] + [phases]))
"""


@pytest.mark.slow
def test_compile_time_is_measured_apart_named_and_spent_once(tmp_path):
    environment = {**os.environ, "NUMBA_CACHE_DIR": str(tmp_path)}
    told = []
    for _ in range(2):
        done = subprocess.run(
            [sys.executable, "-c", COMPILE],
            check=True,
            capture_output=True,
            text=True,
            env=environment,
            cwd=ROOT,
        )
        told.append(json.loads(done.stdout))
    (first, again, phases), (later, _, later_phases) = told
    assert first[0] > 10 * first[1] > 0
    assert again[0] == later[0] == 0
    assert phases.count("compiling kernels, once") == 1
    assert "compiling kernels, once" not in later_phases
