"""What to watch: chances against a literal generator, beliefs that add up, rows that agree with the ledger."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction
from math import exp, log

import numpy as np
import pytest

from standoff.errors import RefusedError, UsageError
from standoff.files.reading import read_text
from standoff.model.timing import Event, LogStart
from standoff.report.watching import watch_sentences
from standoff.study import analyse, build, prepare
from standoff.study.watch import watch
from standoff.timing.building import play
from standoff.timing.ledger import ledger
from standoff.timing.watching.passage import first_within
from tests.timing.example import TEXT
from tests.timing.literal_play import LiteralPlay
from tests.timing.random_timed import timed_conflict
from tests.timing.toy import TOY


def exponential(matrix: np.ndarray) -> np.ndarray:
    """The exponential of a matrix by its series, halved often enough first."""
    halvings = max(0, int(np.ceil(np.log2(max(1e-9, np.abs(matrix).sum(axis=1).max())))) + 4)
    small, term, total = matrix / 2**halvings, np.eye(len(matrix)), np.eye(len(matrix))
    for n in range(1, 25):
        term = term @ small / n
        total = total + term
    for _ in range(halvings):
        total = total @ total
    return total


def literal_chance(conflict, years: float, event, point) -> list[float]:
    """The chance that an event or a point that is marked is seen in time, by the absorbing generator."""
    wanted = LiteralPlay(conflict)
    start = (conflict.status_quo, tuple(stock.start for stock in conflict.timing.stocks))
    found = []
    for type_ in wanted.types:
        number = {start: 0}
        waiting, rates = [start], {}
        while waiting:
            here = waiting.pop()
            for (kind, target), rate in wanted.events(*here, type_).items():
                if target not in number:
                    number[target] = len(number)
                    waiting.append(target)
                rates.setdefault(here, []).append((kind, target, rate))
        size = len(number)
        matrix = np.zeros((size + 1, size + 1))
        for here, row in rates.items():
            for kind, target, rate in row:
                end = size if event(kind) or point(target) else number[target]
                matrix[number[here], number[here]] -= rate
                matrix[number[here], end] += rate
        found.append(1.0 if point(start) else float(exponential(matrix * years)[0, size]))
    return found


@pytest.mark.parametrize("seed", range(60))
def test_the_chance_in_time_is_that_of_the_generator(seed: int) -> None:
    conflict = timed_conflict(seed)
    if conflict.timing.stocks and np.prod([s.most - s.least + 1 for s in conflict.timing.stocks]) > 30:
        return
    found = play(build(conflict), conflict)
    years = 0.25 + seed % 4
    for signal in conflict.timing.signals:
        marked = np.isin(found.kind, [n for n, kind in enumerate(found.kinds) if kind.signal == signal.id])
        chance = first_within(found, years, marked, np.zeros(found.size, bool)).sum(axis=1)
        literal = literal_chance(
            conflict, years, lambda kind, s=signal: kind == ("signal", s.id), lambda _: False
        )
        assert chance == pytest.approx(literal, abs=1e-9)
    for place, stock in enumerate(conflict.timing.stocks):
        level = min(stock.most, stock.start + 1)
        high = np.tile(found.levels[:, place] >= level, found.states.size)
        chance = first_within(found, years, np.zeros(found.kind.size, bool), high).sum(axis=1)
        literal = literal_chance(
            conflict, years, lambda _: False, lambda target, p=place, m=level: target[1][p] >= m
        )
        assert chance == pytest.approx(literal, abs=1e-9)


@pytest.mark.parametrize("seed", range(40))
def test_the_belief_expected_over_what_is_seen_is_the_prior(seed: int) -> None:
    conflict = timed_conflict(seed, 2 + seed % 2)
    found = watch(prepare(conflict), months=1 + seed % 24)
    for row in found.indicators:
        for place, prior in enumerate(found.prior):
            parts = [(row.overall, row.if_seen[place]), (1 - row.overall, row.if_not[place])]
            assert sum(share * belief for share, belief in parts if share > 0) == pytest.approx(
                prior, abs=1e-12
            )
        assert row.overall == pytest.approx(float(np.dot(found.prior, row.chance)), abs=1e-15)
    told = [row.information for row in found.indicators]
    assert told == sorted(told, reverse=True)


def test_expected_information_is_the_entropy_that_it_takes_away() -> None:
    found = watch(prepare(read_text(TOY).conflict))

    def entropy(belief) -> float:
        return -sum(p * log(p) for p in belief if p > 0)

    for row in found.indicators:
        ends = [(row.overall, row.if_seen), (1 - row.overall, row.if_not)]
        left = sum(share * entropy(belief) for share, belief in ends if share > 0)
        assert row.information == pytest.approx(entropy(found.prior) - left, abs=1e-12)


def test_a_row_agrees_with_the_ledger_of_a_log_with_the_event_added() -> None:
    conflict = read_text(TEXT).conflict
    begin = LogStart(begin=date(2019, 7, 1), state=conflict.status_quo)
    empty = replace(conflict, events=(), timing=replace(conflict.timing, log=begin))
    graph = build(conflict)
    rows = {row.what: row for row in watch(prepare(empty)).indicators}
    checked = 0
    for what, row in rows.items():
        event = None
        if what.signal is not None:
            event = Event(day=date(2019, 7, 1), label="seen", signal=what.signal)
        if event is None:
            continue
        posterior = ledger(graph, replace(empty, events=(event,))).posterior
        assert row.now == pytest.approx(posterior, abs=1e-12)
        checked += 1
    assert checked == 1


def test_silence_is_the_chance_that_nothing_happens() -> None:
    conflict = read_text(TOY).conflict
    found = play(build(conflict), conflict)
    rows = {row.what.silence_months: row for row in watch(prepare(conflict)).indicators}
    for months in (3, 6, 12):
        chances = [exp(-rate * months / 12) for rate in found.total_rates[:, found.start]]
        assert rows[months].chance == pytest.approx(chances, abs=1e-12)


def test_what_holds_after_a_plan_is_what_each_type_makes_stable() -> None:
    conflict = read_text(TEXT).conflict
    found = watch(prepare(conflict))
    plans = [row.plan for row in found.indicators if row.plan is not None]
    assert {plan.plan for plan in plans} == {"on-insult", "on-silence", "on-growth", "on-test"}
    told = 0
    for place, type_ in enumerate(conflict.types.types):
        party = conflict.decision_makers[1]
        typed = replace(
            conflict,
            decision_makers=(conflict.decision_makers[0], replace(party, preference=type_.preference)),
        )
        study = analyse(typed)
        for lead in (lead for plan in plans if plan.plan != "on-growth" for lead in plan.leads):
            state = study.space.index(lead.state)
            stable = study.stable["seq"][:, state]
            leaving = tuple(dm for dm, stays in zip(study.decision_makers, stable, strict=True) if not stays)
            assert lead.leaving[place] == leaving
            told += 1
    assert told >= 6


def test_an_event_that_says_nothing_has_no_weight() -> None:
    text = TEXT.replace("{per_year: 1.2, type: keeper, while: us.talk", "{per_year: 0.6, type: keeper")
    conflict = read_text(text).conflict
    found = watch(prepare(conflict))
    row = next(row for row in found.indicators if row.what.signal)
    assert row.now == pytest.approx(found.prior, abs=1e-12)
    assert found.prior == pytest.approx(ledger(build(conflict), conflict).posterior, abs=1e-12)


def test_what_makes_to_pivot_best_at_once_is_marked() -> None:
    likely = TOY.replace("probability: 0.4", "probability: 0.002").replace(
        "probability: 0.6", "probability: 0.998"
    )
    conflict = read_text(likely.replace("start: 0", "start: 12", 1)).conflict
    rows = watch(prepare(conflict)).indicators
    assert {row.crosses for row in rows if row.what.option == "dprk.test" and row.what.taken} == {True}


def test_bad_questions_are_answered_with_a_cure() -> None:
    study = prepare(read_text(TOY).conflict)
    with pytest.raises(UsageError, match="1 to 600"):
        watch(study, months=0)
    untyped = replace(study.conflict, types=None)
    with pytest.raises(UsageError, match="types"):
        watch(prepare(untyped))
    timing = study.conflict.timing
    rate = replace(timing.opportunities[0][1], value=Fraction(10**9))
    fast = replace(study.conflict, timing=replace(timing, opportunities=(("dprk", rate),)))
    with pytest.raises(RefusedError, match="fewer months"):
        watch(prepare(fast))


# Plans

PLANS = """\
contingency:
  on-test: {label: After a test, trigger: {signal: hard}, pivot: contain}
  tested: {label: While they test, trigger: {while: dprk.test}, pivot: contain}
  on-growth: {label: Many, trigger: {stock: arsenal, at_least: 5}, pivot: contain}
  on-deal: {label: Deal and test, trigger: {while: us.contain}, pivot: contain}
  on-silence: {label: Silence, trigger: {silence_months: 6}, pivot: contain}
"""
ONLY_TESTING = (TOY + PLANS).replace(
    "type: holdout, while: not us.contain and not dprk.deal", "type: holdout, while: dprk.test"
)
ONLY_TESTING = ONLY_TESTING.replace(
    "type: dealable, while: not us.contain and not dprk.deal", "type: dealable, while: dprk.test"
)


def plans(text: str):
    found = watch(prepare(read_text(text).conflict))
    return {row.plan.plan: row for row in found.indicators if row.plan is not None}


def test_where_a_plan_leads_is_where_its_trigger_is_first_met() -> None:
    rows = plans(ONLY_TESTING)
    for name in ("on-test", "tested"):
        assert [lead.state for lead in rows[name].plan.leads] == ["cx"]
        assert not rows[name].plan.is_due
    growth = rows["on-growth"].plan.leads
    assert {lead.state for lead in growth} == {"c", "cx"}
    assert sum(lead.share for lead in growth) == pytest.approx(1)


def literal_met(conflict, years: float, point, taken) -> list[float]:
    """The chance, by type, that a marked point is reached in time, first with just these options taken."""
    wanted = LiteralPlay(conflict)
    start = (conflict.status_quo, tuple(stock.start for stock in conflict.timing.stocks))
    found = []
    for type_ in wanted.types:
        points = [(s, levels) for s in wanted.states for levels in wanted.level_combinations]
        number = {each: place for place, each in enumerate(points)}
        matrix = np.zeros((len(points), len(points)))
        for here, row in number.items():
            for (_, target), rate in () if point(here) else wanted.events(*here, type_).items():
                matrix[row, row] -= rate
                matrix[row, number[target]] += rate
        met = exponential(matrix * years)[number[start]]
        found.append(sum(met[row] for here, row in number.items() if point(here) and here[0] == taken))
    return found


def test_the_chance_of_a_trigger_is_split_by_the_state_in_which_it_is_met() -> None:
    conflict = read_text(TOY.replace("most: 12", "most: 4")).conflict
    found = play(build(conflict), conflict)
    high = np.tile(found.levels[:, 0] >= 3, found.states.size)
    by_state = first_within(found, 1.0, np.zeros(found.kind.size, bool), high)
    for place, state in enumerate(found.states.tolist()):
        taken = frozenset(found.graph.space.taken(state))
        wanted = literal_met(conflict, 1.0, lambda target: target[1][0] >= 3, taken)
        assert by_state[:, place] == pytest.approx(wanted, abs=1e-9)
    assert by_state.sum(axis=1).min() > 0.1


def test_a_plan_that_is_due_stands_first_and_one_that_never_starts_is_named() -> None:
    study = prepare(read_text((TOY + PLANS).replace("at_least: 5}, pivot", "at_least: 0}, pivot")).conflict)
    found = watch(study)
    assert found.never == ("on-deal",)
    assert found.indicators[0].plan.plan == "on-growth"
    assert found.indicators[0].plan.is_due
    told = watch_sentences(study, found)
    assert any(each.startswith("Plan ‘Many’ is due") for each in told)
    assert "Plan ‘Deal and test’ can never start: no play from today on meets its trigger." in told


def test_a_silence_that_is_partly_over_needs_only_the_rest() -> None:
    conflict = read_text(TEXT).conflict
    found = play(build(conflict), conflict)
    later = replace(conflict, as_of=date(2019, 7, 17))
    over = (later.as_of - max(event.day for event in later.events)).days / 365.25 * 12
    assert over > 1
    (row,) = [row for row in watch(prepare(later)).indicators if row.plan and row.plan.plan == "on-silence"]
    assert row.over_months == pytest.approx(over)
    rates = found.total_rates[:, found.start]
    assert row.chance == pytest.approx([exp(-rate * (6 - over) / 12) for rate in rates])
    due = replace(conflict, as_of=date(2020, 7, 17))
    assert watch(prepare(due)).indicators[0].plan.is_due


def test_a_plan_at_a_level_goes_by_the_wishes_at_that_level() -> None:
    shifted = (TOY + PLANS).replace(
        "{stock: pressure, at_least: 2, ranking: [d, s1, c, x, cx]}",
        "{stock: arsenal, at_least: 5, ranking: [d, s1, cx, c, x]}",
    )
    leads = plans(shifted)["on-growth"].plan.leads
    conflict = read_text(shifted).conflict
    first = conflict.types.types[0]
    told = []
    for preference in (first.shifts[0].preference, first.preference):
        party = replace(conflict.decision_makers[1], preference=preference)
        study = analyse(replace(conflict, decision_makers=(conflict.decision_makers[0], party)))
        stable = [study.stable["seq"][:, study.space.index(lead.state)] for lead in leads]
        ids = study.decision_makers
        told.append([tuple(dm for dm, stays in zip(ids, each, strict=True) if not stays) for each in stable])
    assert [lead.leaving[0] for lead in leads] == told[0] != told[1]
