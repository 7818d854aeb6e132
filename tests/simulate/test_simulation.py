"""Simulated play against exact chances, formulas and itself; what is told, and what is refused."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from datetime import date
from io import StringIO

import numpy as np
import pytest

import standoff
from standoff.errors import ModelError, RefusedError, UsageError
from standoff.files.reading import read_text
from standoff.report.plain import plain
from standoff.report.simulation import simulation_csv, simulation_document, simulation_sentences
from standoff.study import prepare
from standoff.study.simulate import simulate
from standoff.timing import building
from tests.simulate.exact import Exact
from tests.timing.example import TEXT
from tests.timing.patience_model import patience_text
from tests.timing.random_timed import timed_conflict
from tests.timing.toy import TOY

PATHS = 3_000
POLICIES = """\
  policies:
    patient: {label: Wait for ever}
    now: {label: At once, pivot: contain, until: [at once]}
    dated: {label: One year, pivot: contain, until: [{on: 2021-01-01}]}
    firm: {label: Contain now, posture: [us.contain]}
"""
RANDOM = range(20)


def within(share: float, chance: float, paths: int = PATHS) -> bool:
    """Whether a share of paths is within four standard errors, or two paths, of a chance."""
    return abs(share - chance) <= 4 * (max(chance * (1 - chance), 0) / paths) ** 0.5 + 2 / paths


def agree(found, type_: int, time: int, exact: Exact, chances: np.ndarray) -> None:
    """Shares and quantiles at a time are those of the chances, up to sampling."""
    shares = dict(zip(found.states, found.share[type_, time].tolist(), strict=True))
    for state, chance in exact.by_state(chances).items():
        assert within(shares.pop(state, 0.0), chance), (state, chance)
    assert not shares
    for stock in range(len(found.stocks)):
        for quantile, level in zip(found.quantiles, found.levels[type_, time, stock], strict=True):
            room = 4 * (quantile * (1 - quantile) / PATHS) ** 0.5
            assert exact.at_most(chances, stock, level) >= quantile - room
            assert exact.at_most(chances, stock, level - 1) <= quantile + room


@pytest.mark.parametrize("seed", RANDOM)
def test_play_of_random_conflicts_has_its_exact_chances(seed: int) -> None:
    conflict = timed_conflict(seed)
    found = simulate(prepare(conflict), years=1.5, points=3, paths=PATHS, seed=seed)
    assert found.share.sum(axis=2) == pytest.approx(1.0)
    assert found.mixed_share.sum(axis=1) == pytest.approx(1.0)
    assert (found.pivoted == 0).all()
    assert found.dates is None
    for type_ in range(len(found.types)):
        exact = Exact(conflict, type_)
        for time, year in enumerate(found.years):
            agree(found, type_, time, exact, exact.later(exact.begin, year))


def test_play_before_and_after_a_dated_pivot_has_its_exact_chances() -> None:
    conflict = read_text((TOY + POLICIES).replace("most: 12", "most: 5")).conflict
    found = simulate(prepare(conflict), "dated", years=2.0, points=5, paths=PATHS)
    day = (date(2021, 1, 1) - date(2020, 1, 1)).days / 365.25
    contained = {"s1": "c", "x": "cx"}
    for type_ in range(2):
        exact = Exact(conflict, type_)
        then, moved = exact.later(exact.begin, day), np.zeros(len(exact.points))
        state_of = {name: s for s, name in exact.play.labels.items()}
        for (s, levels), chance in zip(exact.points, then, strict=True):
            name = exact.play.labels[s]
            moved[exact.number[state_of[contained.get(name, name)], levels]] += chance
        deal = exact.by_state(then)["d"]
        assert within(found.pivoted[type_, -1], 1 - deal)
        for time, year in enumerate(found.years):
            before = year < day
            chances = exact.later(exact.begin, year) if before else exact.later(moved, year - day)
            assert bool(found.pivoted[type_, time] == 0) is before
            agree(found, type_, time, exact, chances)


def test_belief_and_pivot_of_the_core_case_are_those_of_its_formula() -> None:
    b, lam, bound = 0.5, 0.6, 0.15
    text = patience_text(b, lam, 10, 2, 1, 0.5, 0.1)
    until = f"until: [{{belief_at_most: {bound}, type: yielding}}]"
    study = prepare(read_text(f"{text}  policies:\n    p: {{label: P, pivot: press, {until}}}\n").conflict)
    found = simulate(study, years=5.0, points=51, paths=PATHS)
    silent = b / (b + (1 - b) * np.exp(lam * np.array(found.years)))
    for quantile in range(5):
        assert found.belief[1, :, quantile] == pytest.approx(silent, abs=1e-9)
    dealt = found.share[0, :, found.states.index("deal")]
    for share, year in zip(dealt, found.years, strict=True):
        assert within(share, 1 - np.exp(-lam * year))
    when = np.log(b * (1 - bound) / ((1 - b) * bound)) / lam
    found = simulate(study, "p", years=5.0, points=51, paths=PATHS)
    after = np.array(found.years) >= when
    assert (found.pivoted[1] == after).all()
    assert (found.pivoted[0, ~after] == 0).all()
    assert within(found.pivoted[0, -1], np.exp(-lam * when))
    assert f"half of all by {found.dates[int(after.argmax())]}" in " ".join(
        simulation_sentences(study, found)
    )


def test_the_same_seed_gives_the_same_bits_and_another_one_does_not() -> None:
    study = prepare(read_text(TEXT).conflict)
    once, again, other = (simulate(study, "mixed", paths=400, seed=seed) for seed in (3, 3, 4))
    for name in ("share", "levels", "belief", "pivoted"):
        assert (getattr(once, name) == getattr(again, name)).all()
    assert simulation_csv(once) == simulation_csv(again) != simulation_csv(other)


def test_names_days_and_beliefs_are_those_of_the_model() -> None:
    study = prepare(read_text(TOY + POLICIES).conflict)
    found = simulate(study, "firm", years=1.0, points=3, paths=200)
    assert (found.focal, found.decision_maker, found.policy, found.begins) == ("us", "dprk", "firm", "c")
    assert found.dates == (date(2020, 1, 1), date(2020, 7, 2), date(2020, 12, 31))
    assert found.years == (0.0, 0.5, 1.0)
    assert found.stocks == ("arsenal", "pressure")
    assert set(found.states) == {"c", "cx"}
    assert (found.share[:, 0, found.states.index("c")] == 1).all()
    assert found.prior == pytest.approx((0.4, 0.6))
    assert (simulate(study, "now", points=2, paths=200).pivoted == 1).all()
    logged = prepare(read_text(TEXT).conflict)
    begun = simulate(logged, years=0.5, points=2, paths=200)
    assert begun.prior[0] == pytest.approx(standoff.belief(logged).posterior["dealer"])
    assert begun.belief[:, 0] == pytest.approx(begun.prior[0])


@pytest.mark.parametrize("policy", [None, "mixed"])
def test_document_and_table_hold_the_numbers_in_full(policy: str | None) -> None:
    study = prepare(read_text(TEXT).conflict)
    found = simulate(study, policy, points=5, paths=300)
    document = json.loads(json.dumps(simulation_document(study, found), allow_nan=False))
    assert document["schema"] == "standoff.simulate/1"
    assert document["sentences"] == simulation_sentences(study, found)
    assert document["dates"] == plain(found.dates)
    rows = {
        (row["type"], row["year"], row["quantity"], row["key"]): float(row["value"])
        for row in csv.DictReader(StringIO(simulation_csv(found)))
    }
    told = 0
    for type_, entry in enumerate(document["by_type"]):
        assert entry["type"] == found.types[type_]
        for time, year in enumerate(document["years"]):
            at = (entry["type"], str(year))
            for place, state in enumerate(document["states"]):
                value = rows[*at, "share", state]
                assert value == entry["share"][time][place] == found.share[type_, time, place]
            for place, quantile in enumerate(document["quantiles"]):
                level = rows[*at, "stock:arsenal", str(quantile)]
                assert level == entry["stocks"]["arsenal"][time][place] == found.levels[type_, time, 0, place]
                belief = rows[*at, "belief:dealer", str(quantile)]
                assert belief == entry["belief"][time][place] == found.belief[type_, time, place]
            assert list(entry["pivoted"]) == list(found.pivots)
            for place, pivot in enumerate(found.pivots):
                taken = rows[*at, "pivoted", pivot]
                assert taken == entry["pivoted"][pivot][time] == found.taken[type_, time, place]
            told += len(document["states"]) + 2 * 5 + len(found.pivots)
    assert told == len(rows)


def test_sentences_say_where_what_and_how_many() -> None:
    study = prepare(read_text(TEXT).conflict)
    found = simulate(study, "now", paths=400, years=1.0)
    told = simulation_sentences(study, found)
    assert told[0] == (
        "‘Press at once’ (now), beginning in s3: 400 paths for each type over 1 year (2020-06-30), seed 1."
    )
    assert told[1].startswith("If dprk is ‘Would deal’, play ends most often in ")
    assert told[3].startswith("‘Weapons’ (weapons) goes from 2 to a median of ")
    assert "to ‘Pressure’ on 100 % of the paths if dprk is ‘Would deal’; 100 %" in told[4]
    assert told[5].startswith("The belief in ‘Would deal’ goes from 1 % to a median of >99 % (")
    assert told[6] == (
        "A share is good to 4.9 points at worst (95 %). Of the 8 numbers that play rests on, all are assumed."
    )
    assert "It never pivots: that is the policy." in simulation_sentences(study, simulate(study, paths=100))


def test_without_types_there_is_one_kind_of_path() -> None:
    text = TOY.partition("types:\n")[0] + "timing:\n" + TOY.partition("timing:\n")[2]
    text = text.replace("type: dealable, ", "").replace("type: holdout, ", "")
    study = prepare(read_text(text).conflict)
    found = simulate(study, paths=300, years=1.0)
    assert found.types == ("certain",)
    assert found.decision_maker is None
    told = " ".join(simulation_sentences(study, found))
    assert "Play ends most often in " in told
    assert " if " not in told


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ({"years": 0.0}, "above 0 and not above 100"),
        ({"years": -1.0}, "above 0"),
        ({"years": 101.0}, "not above 100"),
        ({"years": float("nan")}, "above 0"),
        ({"points": 1}, "between 2 and 500"),
        ({"points": 501}, "between 2 and 500"),
        ({"paths": 99}, "between 100 and 1,000,000"),
        ({"paths": 1_000_001}, "between 100 and 1,000,000"),
        ({"seed": -1}, "0 or above"),
        ({"policy": "mixd"}, "Did you mean 'mixed'"),
        ({"policy": "zzz"}, "Known here: patient, mixed, now"),
        ({"floor_per_year": 0.0}, "above 0"),
    ],
)
def test_bad_input_is_refused_with_a_cure(asked: dict[str, object], message: str) -> None:
    with pytest.raises(UsageError, match=message):
        simulate(prepare(read_text(TEXT).conflict), **asked)


def test_models_that_cannot_be_played_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    conflict = read_text(TEXT).conflict
    with pytest.raises(UsageError, match="no block 'timing'"):
        simulate(prepare("case:chicken"))
    with pytest.raises(UsageError, match="has none under"):
        simulate(prepare(read_text(TOY).conflict), "mixed")
    with pytest.raises(ModelError, match="as_of"):
        simulate(prepare(replace(conflict, as_of=None)))
    monkeypatch.setattr(building, "MOST_POINTS", 10)
    with pytest.raises(RefusedError, match="66 points"):
        simulate(prepare(conflict))


def test_progress_is_told_to_the_end() -> None:
    told: list[float] = []
    study = prepare(read_text(TEXT).conflict)
    simulate(study, points=4, paths=100, progress=lambda _, fraction: told.append(fraction))
    assert told == sorted(told)
    assert len(told) == 8
    assert told[-1] == 1
