"""The size check before work: counts without lists, memory where a container limits it, refusals."""

from __future__ import annotations

import random
import time
from itertools import pairwise

import pytest

from standoff.errors import RefusedError, UsageError
from standoff.model.conflict import Conflict, DecisionMaker, Option, Prioritising, Rule
from standoff.model.statement import And, Count, Implies, Not, Or, Statement, Taken, options_in
from standoff.states import limit as module
from standoff.states.cost import Estimate, duration, memory
from standoff.states.enumeration import feasible_codes
from standoff.states.limit import Bound, bound
from standoff.states.memory import available_memory
from standoff.states.space import state_space

NAMES = [f"d.o{k}" for k in range(40)]


def conflict(options, *rules):
    wanted = Rule(statement=Statement(text="d.o0", expression=Taken("d.o0")))
    dm = DecisionMaker(
        id="d",
        name="D",
        options=tuple(Option(name=name, label=name) for name in NAMES[:options]),
        preference=Prioritising(statements=(wanted,)),
    )
    feasible = tuple(Rule(statement=Statement(text="rule", expression=rule)) for rule in rules)
    return Conflict(name="Large", decision_makers=(dm,), status_quo=(), feasible=feasible)


def test_states_are_counted_exactly_where_rules_bind_few_options_together():
    options = NAMES[:12]
    for seed in range(40):
        draw = random.Random(seed)
        rules = []
        for _ in range(draw.randrange(6)):
            a, b, c = (draw.choice((Taken(name), Not(Taken(name)))) for name in draw.sample(options, 3))
            rules.append(
                draw.choice((Or((a, b)), And((a, Or((b, c)))), Implies(a, b), Count((a, b), "<=", 1)))
            )
        assert bound(options, rules) == Bound(feasible_codes(options, rules).size, exact=True)


def test_a_count_that_would_bind_too_many_options_is_an_upper_bound(monkeypatch):
    monkeypatch.setattr(module, "WIDTH", 4)
    chain = [Or((Not(Taken(one)), Taken(other))) for one, other in pairwise(NAMES[:12])]
    found = bound(NAMES[:12], chain)
    assert not found.exact
    assert 13 <= found.states < 1 << 12
    assert max(len(set(options_in(rule))) for rule in chain) <= 4


def test_rules_without_options_count_too():
    assert bound(NAMES[:3], [Or(())]) == Bound(0, exact=True)
    assert bound(NAMES[:3], [And(())]) == Bound(8, exact=True)


def test_a_refusal_tells_states_memory_and_time_before_any_state_is_listed():
    begun = time.perf_counter()
    with pytest.raises(RefusedError) as told:
        state_space(conflict(40))
    assert time.perf_counter() - begun < 1
    assert "40 options and 1,099,511,627,776 feasible states; at most 134,217,728" in str(told.value)
    assert "GiB of memory and" in str(told.value)
    assert "--max-states" not in str(told.value)
    assert "standoff equilibria" in str(told.value)


def test_a_refusal_above_the_limit_says_how_to_raise_it():
    with pytest.raises(RefusedError, match="8,192 feasible states; the limit is 4,096") as told:
        state_space(conflict(13), 1 << 12)
    assert "raise the limit with --max-states" in str(told.value)
    assert "MiB of memory and 0.0 s" in str(told.value)


def test_a_refusal_where_the_number_is_not_known_says_so(monkeypatch):
    monkeypatch.setattr(module, "WIDTH", 1)
    with pytest.raises(RefusedError, match="more than 4,096 feasible states; the limit is 4,096") as told:
        state_space(conflict(13, Or((Not(Taken(NAMES[0])), Not(Taken(NAMES[1]))))), 1 << 12)
    assert "4,096 would take about" in str(told.value)


def test_work_that_memory_does_not_hold_is_refused_before_states_are_listed(monkeypatch):
    monkeypatch.setattr(module, "available_memory", lambda: 1 << 30)
    begun = time.perf_counter()
    with pytest.raises(RefusedError, match="the memory that is free does not suffice") as told:
        state_space(conflict(26), 1 << 27)
    assert time.perf_counter() - begun < 1
    assert "67,108,864 feasible states" in str(told.value)
    assert "1.0 GiB are free" in str(told.value)
    assert "raise the limit" not in str(told.value)


def test_a_limit_above_what_can_be_listed_is_a_fault_of_the_caller():
    with pytest.raises(UsageError, match="at most 134,217,728; it is 1,000,000,000,000,000,000") as told:
        state_space(conflict(4), 10**18)
    assert "standoff equilibria" in str(told.value)


def test_the_cost_is_told_before_states_are_listed_or_once_they_are():
    told = []
    state_space(conflict(4), foretell=told.append)
    state_space(conflict(5, Or((Not(Taken(NAMES[0])), Not(Taken(NAMES[1]))))), foretell=told.append)
    assert [estimate.states for estimate in told] == [16, 24]


def test_memory_and_time_in_words():
    assert [memory(size) for size in (1, 5 << 20, 3 << 29)] == ["1 MiB", "5 MiB", "1.5 GiB"]
    times = (0.04, 9.0, 50, 600, 10_000, 1e7)
    assert [duration(each) for each in times] == [
        "0.0 s",
        "9.0 s",
        "50 s",
        "10 minutes",
        "3 hours",
        "116 days",
    ]
    assert str(Estimate(1 << 24, 4, 3 << 29, 50)) == (
        "16,777,216 states and 4 decision makers: about 1.5 GiB of memory and 50 s"
    )


def tree(root, files):
    for name, text in {"proc/meminfo": "MemTotal: 9 kB\nMemAvailable: 8000 kB\n", **files}.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="ascii")
    return available_memory(root)


def test_memory_of_the_machine(tmp_path):
    assert tree(tmp_path, {}) == 8_000 * 1024


GROUPS = {
    "version 2": ("0::/a/b\n", "sys/fs/cgroup/a", "memory.max", "memory.current", "inactive_file"),
    "version 2, root of a container": (
        "0::/\n",
        "sys/fs/cgroup",
        "memory.max",
        "memory.current",
        "inactive_file",
    ),
    "version 1": (
        "4:cpu,memory:/a/b\n0::/\n",
        "sys/fs/cgroup/memory/a/b",
        "memory.limit_in_bytes",
        "memory.usage_in_bytes",
        "total_inactive_file",
    ),
    "version 1, path of the host": (
        "4:memory:/docker/x\n",
        "sys/fs/cgroup/memory",
        "memory.limit_in_bytes",
        "memory.usage_in_bytes",
        "total_inactive_file",
    ),
}


@pytest.mark.parametrize("kind", GROUPS)
def test_memory_left_by_the_limit_of_a_container(tmp_path, kind):
    group, folder, limit, used, makes_way = GROUPS[kind]
    files = {"proc/self/cgroup": group, f"{folder}/{used}": "600000\n"}
    files[f"{folder}/memory.stat"] = f"anon 5\n{makes_way} 100000\n"
    assert tree(tmp_path, {**files, f"{folder}/{limit}": "1000000\n"}) == 500_000
    assert tree(tmp_path, {**files, f"{folder}/{limit}": "max\n"}) == 8_000 * 1024
    assert tree(tmp_path, {**files, f"{folder}/{limit}": str(2**63 - 4096)}) == 8_000 * 1024
