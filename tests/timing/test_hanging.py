"""What the conclusions of waiting hang on, which pivot the day is for, and what policies have in common."""

from __future__ import annotations

from datetime import timedelta
from fractions import Fraction

import pytest

from standoff.files.reading import read_text
from standoff.report.waiting import waiting_sentences
from standoff.study import build, prepare
from standoff.study.waiting import wait
from standoff.timing import closed_form
from standoff.timing.waiting.sensitivity import sensitivity
from tests.timing.patience_model import patience_text
from tests.timing.test_closed_form_tables import B5

CASE = (0.5, 0.6, 10, 2, 1, 0.5, 0.1)
NAMES = (
    "prior", "concession_rate_per_year", "success", "pivot_if_conceding", "pivot_if_not",
    "waiting_cost_per_year", "discount_rate_per_year",
)  # fmt: skip
POLICIES = """\
  policies:
    patient: {label: Wait for ever}
    year: {label: Give it a year, pivot: press, until: [{on: 2021-01-01}]}
"""
TWIN = POLICIES + "    twin: {label: Wait without end}\n"
GIVING = patience_text(*CASE).replace("[[wait, pressed]]", "[[wait, pressed], [wait, deal]]") + (
    "    give: {label: Give in, to: deal, cost_once: 9.5, evidence: assumption}\n"
)
APART = POLICIES.replace(
    "until: [{on: 2021-01-01}]}",
    "until: [{on: 2021-01-01}]}\n    doubt: {label: Until it is doubtful, pivot: press, "
    "until: [{on: 2021-01-01}, {belief_at_most: 0.1, type: yielding}]}",
)


def changes(text: str) -> set[tuple[str, Fraction, str | None]]:
    conflict = read_text(text).conflict
    found = sensitivity(build(conflict), conflict)
    return {(each.number.place, each.factor, each.conclusion.best_policy) for each in found.policy_hangs_on}


def test_a_policy_with_a_twin_hangs_on_the_same_numbers() -> None:
    text = patience_text(*CASE)
    alone = changes(text + POLICIES)
    assert alone
    twins = {"patient": "patient", "twin": "patient", "year": "year"}
    assert {(place, factor, twins[best or ""]) for place, factor, best in changes(text + TWIN)} == alone


def test_a_tie_as_the_model_stands_is_told() -> None:
    twins = "".join(
        f"    {name}: {{label: Press {name}, pivot: press, until: [at once]}}\n" for name in ("now", "today")
    )
    study = prepare(read_text(patience_text(*CASE) + "  policies:\n" + twins).conflict)
    told = waiting_sentences(study, wait(study))["hanging"]
    assert any("‘Press now’ and ‘Press today’ cannot be told apart" in each for each in told)


@pytest.mark.parametrize(("line", "name"), [(1, "waiting_cost_per_year"), (2, "success")])
def test_the_day_hangs_on_what_moves_the_closed_form_by_more_than_two(line: int, name: str) -> None:
    conflict = read_text(patience_text(*CASE)).conflict
    found = sensitivity(build(conflict), conflict)
    given = dict(zip(NAMES, CASE, strict=True))
    base = closed_form.patience(**given).wait_years
    assert found.base.quiet_years == pytest.approx(base, rel=0.1)
    assert found.base.quiet_pivot == "press"
    hangs = []
    for each in found.varied:
        if each.number.place == f"timing.payoffs.{line}.per_year":
            exact = closed_form.patience(**{**given, name: given[name] * float(each.factor)}).wait_years
            assert each.conclusion.quiet_years == pytest.approx(exact, rel=0.15, abs=0.1)
            assert (each in found.date_hangs_on) == (not 0.5 <= exact / base <= 2)
            hangs.append(each in found.date_hangs_on)
    assert hangs == [name == "success", False]


@pytest.mark.parametrize(("cost", "pivot", "label"), [(9.5, "press", "Press"), (8.3, "give", "Give in")])
def test_the_day_names_its_pivot_and_its_threshold(cost: float, pivot: str, label: str) -> None:
    study = prepare(read_text(GIVING.replace("cost_once: 9.5", f"cost_once: {cost}")).conflict)
    found = wait(study, vary=False)
    growing = found.best.growing
    assert growing.pivot == growing.threshold.pivot == pivot
    assert growing.threshold.low == 0
    assert growing.threshold.high == pytest.approx(growing.belief[0], rel=0.1)
    (told,) = [each for each in waiting_sentences(study, found)["date"] if "the day to pivot" in each]
    assert f"the day to pivot to ‘{label}’ is 20" in told


def test_two_types_that_are_one_give_nearly_the_same_day() -> None:
    text = patience_text(*CASE)
    half = "    obstinate: {prior: {probability: 0.5, evidence: assumption}"
    assert half in text
    (line,) = [each for each in text.splitlines() if each.startswith(half)]
    split = line.replace("0.5", "0.25") + "\n" + line.replace("0.5", "0.25").replace("obstinate", "other")
    study = prepare(read_text(text.replace(line, split)).conflict)
    found = wait(study, vary=False)
    exact = B5[0]
    assert found.best.optimum.upper == pytest.approx(exact[9], abs=0.05)
    day = prepare(read_text(text).conflict)
    apart = found.best.growing.day - wait(day, vary=False).best.growing.day
    assert abs(apart) < timedelta(days=60)
    assert any("surface" in each for each in waiting_sentences(study, found)["date"])


def test_what_policies_have_in_common_is_read_off_the_model() -> None:
    study = prepare(read_text(patience_text(*CASE) + APART).conflict)
    told = waiting_sentences(study, wait(study, vary=False, rough=True))["policies"]
    assert "Common to ‘Give it a year’ and ‘Until it is doubtful’: ‘Press’ on 2021-01-01." in told
    assert "Only in ‘Until it is doubtful’: ‘Press’ once the belief in ‘yielding’ is 10 % or less." in told
