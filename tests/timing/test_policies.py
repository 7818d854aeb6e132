"""Policies with several pivots: their worth by solving linear equations, faults, and what play does."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import numpy as np
import pytest

from standoff.errors import ModelError
from standoff.files.reading import read_text
from standoff.files.writing import render
from standoff.model.fingerprint import fingerprint
from standoff.model.timing import Policy, Until
from standoff.study import build, prepare
from standoff.study.simulate import simulate
from standoff.timing.building import play
from standoff.timing.simulation import simulated
from standoff.timing.waiting.policies import rule_of, valued
from tests.timing.literal_play import LiteralPlay, after, holds
from tests.timing.random_timed import one_of, timed_conflict
from tests.timing.toy import TOY

SOFT = TOY.replace(
    "  pivots:\n",
    "  pivots:\n    softly: {label: Softly, sets: [us.contain], cost_once: 0, evidence: assumption}\n",
)
POLICIES = """\
  policies:
    both:
      label: Contain if they test, else softly after a year
      until: [{while: dprk.test, pivot: contain}, {on: 2021-01-01, pivot: softly}]
    half:
      label: Contain if they test
      pivot: contain
      until: [{while: dprk.test}]
"""


def worth(literal: LiteralPlay, type_, stopped) -> dict:
    """Solve for the worth of every point: where play stops it is what the pivot says."""
    points = [(s, levels) for s in literal.states for levels in literal.level_combinations]
    place = {point: number for number, point in enumerate(points)}
    matrix, gain = np.eye(len(points)), np.zeros(len(points))
    rate = float(literal.timing.discount_per_year.value)
    for (s, levels), row in place.items():
        if (s, levels) in stopped:
            gain[row] = stopped[s, levels]
            continue
        matrix[row, row] = rate
        gain[row] = literal.flow(s, levels)
        for (_, target), speed in literal.events(s, levels, type_).items():
            matrix[row, row] += speed
            matrix[row, place[target]] -= speed
    return dict(zip(points, np.linalg.solve(matrix, gain).tolist(), strict=True))


def literal_worth(literal: LiteralPlay, policy: Policy, type_) -> float:
    """Return what a policy whose reasons are conditions is worth under a type."""
    never, stopped = worth(literal, type_, {}), {}
    pivots = {pivot.id: pivot for pivot in literal.timing.pivots}
    for s, levels in never:
        for until in policy.until:
            pivot = pivots[until.pivot or policy.pivot]
            target = after(literal.conflict, s, pivot.sets, pivot.to)
            can = target in literal.own_move(s, pivot.sets, pivot.to)
            if holds(until.condition, s) and can and target in literal.states:
                stopped[s, levels] = never[target, levels] - float(pivot.cost_once.value)
    start = tuple(stock.start for stock in literal.timing.stocks)
    return worth(literal, type_, stopped)[literal.conflict.status_quo, start]


def several_pivots(seed: int):
    """Draw a conflict and a policy with two pivots, each at a state of its own; None if it cannot be."""
    conflict = timed_conflict(seed, 2)
    if len(conflict.timing.pivots) < 2:
        return None
    literal, random = LiteralPlay(conflict), Random(seed)
    where = [
        [s for s in literal.states for t in literal.own_move(s, pivot.sets, pivot.to) if t in literal.states]
        for pivot in conflict.timing.pivots
    ]
    pairs = [(s, t) for s in where[0] for t in where[1] if s != t]
    if not pairs:
        return None
    states = random.choice(pairs)
    if conflict.is_graph_form:
        conditions = [(literal.labels[s],) for s in states]
    else:
        conditions = [one_of(conflict, [s]) for s in states]
    until = (Until(condition=conditions[0], pivot="p0"), Until(condition=conditions[1]))
    return conflict, literal, Policy(id="x", label="X", pivot="p1", until=until)


def test_policies_with_several_pivots_are_worth_what_equations_say() -> None:
    told = 0
    for seed in range(190, 400):
        drawn = several_pivots(seed)
        if drawn is None:
            continue
        conflict, literal, policy = drawn
        found = valued(play(build(conflict), conflict), policy, paths=400, seed=seed)
        for estimate, share, type_ in zip(found.by_type, found.pivots, literal.types, strict=True):
            wanted = literal_worth(literal, policy, type_)
            assert estimate.mean == pytest.approx(wanted, rel=1e-8, abs=1e-8), seed
            told += share > 0
        ruled = rule_of(play(build(conflict), conflict), policy)
        by_paths = simulated(
            play(build(conflict), conflict), ruled.stakes, ruled.left, ruled.chosen, paths=400, seed=seed
        )
        for estimate, exact in zip(by_paths.by_type, found.by_type, strict=True):
            assert abs(estimate.mean - exact.mean) <= 4 * estimate.error + 1e-3 * (1 + abs(exact.mean)), seed
    assert told > 30


def test_a_second_pivot_is_taken_at_its_own_cost() -> None:
    dear = SOFT.replace("cost_once: 0,", "cost_once: 5,")
    cheap_study, dear_study = (prepare(read_text(text + POLICIES).conflict) for text in (SOFT, dear))
    both, half = cheap_study.conflict.timing.policies
    assert (both.pivots, half.pivots) == (("contain", "softly"), ("contain",))
    cheap, costly = (
        valued(play(study.graph, study.conflict), both, paths=500, seed=1)
        for study in (cheap_study, dear_study)
    )
    assert cheap.pivots == costly.pivots
    seen, only = (simulate(cheap_study, each.id, years=1.5, points=4, paths=500) for each in (both, half))
    assert (seen.pivoted[0, :2] == only.pivoted[0, :2]).all()
    softly = seen.taken[:, 3, 1]
    assert seen.taken[:, 3, 0] == pytest.approx(only.pivoted[:, 2], abs=0.1)
    assert (softly > 0.05).all()
    loss = np.array([one.mean - other.mean for one, other in zip(cheap.by_type, costly.by_type, strict=True)])
    assert loss == pytest.approx(5 * np.exp(-0.1) * softly, abs=0.5)


def test_a_reason_keeps_its_pivot_in_the_file_and_in_the_fingerprint() -> None:
    conflict = read_text(SOFT + POLICIES).conflict
    assert read_text(render(conflict)).conflict == conflict
    turned = read_text(
        (SOFT + POLICIES).replace("on: 2021-01-01, pivot: softly", "on: 2021-01-01, pivot: contain")
    )
    assert fingerprint(turned.conflict) != fingerprint(conflict)
    both = conflict.timing.policies[0]
    other = replace(both, until=both.until[::-1])
    timing = replace(conflict.timing, policies=(other, *conflict.timing.policies[1:]))
    assert fingerprint(replace(conflict, timing=timing)) == fingerprint(conflict)


@pytest.mark.parametrize(
    ("code", "old", "new"),
    [
        ("policy-half-said", "{while: dprk.test, pivot: contain}", "{while: dprk.test}"),
        ("unknown-pivot", "pivot: softly}", "pivot: softy}"),
        ("not-just-one", "{while: dprk.test}]", "{while: dprk.test, on: 2021-01-01}]"),
        ("unknown-option", "{while: dprk.test}]", "{while: dprk.tset}]"),
    ],
)
def test_a_faulty_reason_is_told(code: str, old: str, new: str) -> None:
    text = SOFT + POLICIES
    assert old in text
    with pytest.raises(ModelError) as caught:
        read_text(text.replace(old, new))
    assert code in {fault.code for fault in caught.value.faults}
