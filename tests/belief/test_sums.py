"""Ledger and matrix on random conflicts with random logs, against Bayes' rule word for word."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from math import exp, fsum, log

import pytest

from standoff.errors import ModelError
from standoff.files.reading import read_text
from standoff.model.conflict import Literal
from standoff.model.timing import Types
from standoff.study import prepare
from standoff.study.belief import Belief, belief
from standoff.timing.matrix import letter
from tests.belief.literal import lines, logged_conflict, posteriors, total
from tests.timing.example import TEXT

FLOOR = 0.05
SEEDS = range(60)


@cache
def case(seed: int):
    """A random conflict with what is believed about it, None where its log is impossible."""
    conflict = logged_conflict(seed)
    try:
        return conflict, belief(prepare(conflict), FLOOR)
    except ModelError as error:
        if {fault.code for fault in error.faults} != {"model-rejected"}:
            raise
        return conflict, None


def cases():
    return [(conflict, found) for conflict, found in map(case, SEEDS) if found is not None]


def changed(conflict, **given) -> Belief:
    return belief(prepare(replace(conflict, **given)), FLOOR)


def test_there_is_enough_to_compare() -> None:
    found = [belief for _, belief in cases()]
    assert len(found) > 50
    entries = [entry for each in found for entry in each.ledger.entries]
    assert sum(entry.by_focal for entry in entries) > 5
    assert sum(bool(entry.floored) for entry in entries) > 5
    assert sum(not entry.counted for entry in entries) > 5
    assert {len(each.ledger.types) for each in found} == {2, 3}
    assert {conflict.is_graph_form for conflict, _ in cases()} == {True, False}


def test_every_line_is_the_literal_one() -> None:
    for conflict, found in cases():
        wanted = lines(conflict, FLOOR)
        told = found.ledger.entries
        assert [(e.what, e.begin, e.end) for e in told] == [(w.what, w.begin, w.end) for w in wanted]
        for entry, line, after in zip(told, wanted, posteriors(conflict, FLOOR), strict=True):
            assert [exp(each) for each in entry.log_likelihoods] == pytest.approx(line.likelihoods, rel=1e-9)
            assert entry.posterior == pytest.approx(after, rel=1e-9)


def test_every_total_is_the_literal_product() -> None:
    for conflict, found in cases():
        assert [(t.tempering, t.grouped) for t in found.ledger.totals] == [
            (1, False),
            (1, True),
            (0.5, False),
            (0.5, True),
        ]
        for each in found.ledger.totals:
            wanted = total(conflict, each.tempering, each.grouped, FLOOR)
            assert each.posterior == pytest.approx(wanted, rel=1e-9)


def odds(beliefs, number: int) -> float:
    return log(beliefs[number]) - log(fsum(b for n, b in enumerate(beliefs) if n != number))


def test_weights_add_up_to_the_posterior() -> None:
    for _, found in cases():
        ledger = found.ledger
        for number in range(len(ledger.types)):
            weight = fsum(entry.weights[number] for entry in ledger.entries)
            there = odds(ledger.posterior, number)
            assert there == pytest.approx(odds(ledger.prior, number) + weight, abs=1e-12, rel=1e-12)
            for entry in ledger.entries:
                assert entry.odds_factors[number] == pytest.approx(exp(entry.weights[number]), rel=1e-12)


def test_the_matrix_adds_up_to_the_ledger() -> None:
    for _, found in cases():
        matrix, ledger = found.matrix, found.ledger
        assert sorted(row.place for row in matrix.rows) == list(range(len(ledger.entries)))
        assert [row.diagnosticity for row in matrix.rows] == sorted(
            (entry.diagnosticity for entry in ledger.entries), reverse=True
        )
        for row in matrix.rows:
            logs = ledger.entries[row.place].log_likelihoods
            assert fsum(row.cells) == pytest.approx(0, abs=1e-12 * max(1, *map(abs, logs)))
            assert max(row.cells) - min(row.cells) == pytest.approx(row.diagnosticity, abs=1e-12)
            assert row.tells_nothing is (row.diagnosticity < 0.01)
        assert matrix.posterior == pytest.approx(ledger.posterior, rel=1e-12)
        assert matrix.posterior_grouped == pytest.approx(ledger.totals[1].posterior, rel=1e-12)
        for number in range(len(ledger.types)):
            assert matrix.sums[number] == fsum(row.cells[number] for row in matrix.rows)
            assert matrix.log_prior[number] == log(ledger.prior[number])
        if len(ledger.types) == 2:
            weight = fsum(entry.weights[0] for entry in ledger.entries)
            assert matrix.sums[0] - matrix.sums[1] == pytest.approx(weight, abs=1e-12)


def test_relabelling_the_types_permutes_the_columns() -> None:
    for conflict, found in cases()[:25]:
        order = range(len(conflict.types.types))[::-1]
        turned = tuple(conflict.types.types[n] for n in order)
        types = Types(decision_maker=conflict.types.decision_maker, types=turned)
        other = changed(conflict, types=types)
        pick = list(order)
        assert other.ledger.types == tuple(found.ledger.types[n] for n in pick)
        for row, same in zip(found.matrix.rows, sorted_like(other, found), strict=True):
            assert same.cells == pytest.approx([row.cells[n] for n in pick], abs=1e-12)
            assert same.letters == tuple(row.letters[n] for n in pick)
        for before, after in zip(found.ledger.totals, other.ledger.totals, strict=True):
            assert after.posterior == pytest.approx([before.posterior[n] for n in pick], rel=1e-12)


def sorted_like(other: Belief, found: Belief):
    by_place = {row.place: row for row in other.matrix.rows}
    return [by_place[row.place] for row in found.matrix.rows]


def test_a_duplicated_row_of_a_group_changes_nothing_in_the_grouped_total() -> None:
    tried = 0
    for conflict, found in cases():
        for place, event in enumerate(conflict.events):
            if event.signal is None:
                continue
            tried += 1
            grouped = replace(event, group="new")
            once = changed(
                conflict, events=(*conflict.events[:place], grouped, *conflict.events[place + 1 :])
            )
            twice = (*conflict.events[:place], grouped, grouped, *conflict.events[place + 1 :])
            other = changed(conflict, events=twice)
            assert other.ledger.totals[1] == once.ledger.totals[1]
            assert other.ledger.totals[3] == once.ledger.totals[3]
            assert other.matrix.sums_grouped == pytest.approx(once.matrix.sums_grouped, abs=1e-12)
            (group,) = (g for g in other.matrix.groups if g.id == "new")
            assert len(group.places) == 2
            assert group.sums == pytest.approx([2 * each for each in group.counted_once], abs=1e-12)
            assert len(other.ledger.entries) == len(found.ledger.entries) + 1
    assert tried > 10


def test_an_own_move_and_back_on_one_day_changes_nothing() -> None:
    conflict = read_text(TEXT).conflict
    found = belief(prepare(conflict))
    talk = replace(
        conflict.events[0], label="An own move", signal=None, mover="us", group=None, day=conflict.as_of
    )
    away = replace(talk, sets=(Literal(option="us.press"), Literal(option="us.talk", taken=False)))
    back = replace(talk, sets=(Literal(option="us.press", taken=False), Literal(option="us.talk")))
    other = belief(prepare(replace(conflict, events=(*conflict.events, away, back))))
    assert [entry.by_focal for entry in other.ledger.entries[-2:]] == [True, True]
    assert other.ledger.entries[-1].weights == (0.0, 0.0)
    assert other.ledger.totals == found.ledger.totals


@pytest.mark.parametrize(
    ("cell", "wanted"),
    [
        (0.0, "N"),
        (0.09, "N"),
        (-0.09, "N"),
        (0.1, "C"),
        (-0.1, "I"),
        (1.09, "C"),
        (1.1, "CC"),
        (-1.1, "II"),
        (40, "CC"),
    ],
)
def test_letters_round(cell: float, wanted: str) -> None:
    assert letter(cell) == wanted


def test_overwhelming_evidence_neither_overflows_nor_becomes_certain() -> None:
    text = TEXT.replace("as_of: 2019-07-01", "as_of: 2519-07-01")
    text = text.replace("on: 2020-12-31", "on: 2520-12-31")
    text = text.replace("{per_year: 1.2, type: keeper", "{per_year: 90, type: keeper")
    found = belief(prepare(read_text(text)))
    assert found.ledger.entries[-1].weights[0] > 1000
    assert found.ledger.entries[-1].odds_factors[0] == float("inf")
    assert found.ledger.posterior[0] == 1.0
