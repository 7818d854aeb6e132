"""The checker against the literal version, on random deals in both forms."""

from __future__ import annotations

from math import exp, log
from random import Random

import numpy as np
import pytest

from standoff.errors import UsageError
from standoff.files.reading import read_text
from standoff.report.roadmap.words import roadmap_sentences
from standoff.study import Study, prepare
from standoff.study.roadmap import roadmap
from standoff.timing.roadmap.margins import Margins, critical, holding
from standoff.timing.roadmap.reversion import Reversion
from standoff.timing.roadmap.rows import rank_row, row
from standoff.timing.roadmap.schedules import schedule, schedules
from standoff.timing.roadmap.sides import Side
from standoff.timing.roadmap.spacings import Spacings, bounds, spacings
from standoff.timing.roadmap.stakes import Answer, deal
from standoff.timing.roadmap.steps import step
from standoff.timing.roadmap.threat import threat
from tests.roadmap import literal
from tests.roadmap.random_deals import Deal, random_deal

FAST, SLOW = range(60), range(60, 300)


def numbers(study: Study, each: Deal) -> dict:
    """The number of each plain state; in both, states stand in the order of their labels."""
    return {
        state: study.space.index(label)
        for state, label in zip(each.model.states, each.model.labels, strict=True)
    }


def built(each: Deal):
    study = prepare(each.conflict)
    number = numbers(study, each)
    reversion = Reversion(study.graph, "back", number[each.terms.back])
    answers = [Answer(each.seen_after, reversion)] * each.model.number
    found = deal(study.graph, [number[state] for state in each.path], answers)
    sides = [
        Side(
            dm=dm,
            id=study.decision_makers[dm],
            type=None,
            discount_per_year=-log(each.factor) * 12 / each.step_months,
            utility=np.array([each.utilities[dm][s] for s in each.model.states]),
            ranks=study.graph.ranks[dm],
        )
        for dm in range(each.model.number)
    ]
    return study, found, sides


def check_margins(seed: int) -> int:
    each = random_deal(seed)
    if each is None:
        return 0
    study, found, sides = built(each)
    stakes = {(at.place, at.dm): at for at in found.stakes()}
    for place in range(1, len(each.path) + 1):
        for dm, side in enumerate(sides):
            expected = literal.margin(
                each.model, each.conflict, each.path, place, dm, each.utilities[dm], each.factor, each.terms
            )
            at = stakes.get((place, dm))
            assert (at is None) == (expected is None), (seed, place, dm)
            if at is None or expected is None:
                continue
            value, best = expected
            told = row(study.graph, side, at, each.step_months)
            assert told.margin * side.discount_per_year == pytest.approx(value, abs=1e-9), (seed, place, dm)
            names = {each.model.labels[each.model.states.index(state)] for state in best}
            assert told.breach in names, (seed, place, dm)
            if abs(value) > 1e-9:
                assert told.holds == (value > 0)
    return 1


def test_margins_are_those_of_the_definition() -> None:
    assert sum(check_margins(seed) for seed in FAST) > 30


@pytest.mark.slow
def test_margins_of_many_deals() -> None:
    assert sum(check_margins(seed) for seed in SLOW) > 130


@pytest.mark.parametrize("seed", range(40))
def test_steps_that_can_be_made_are_those_of_the_definition(seed: int) -> None:
    each = random_deal(seed)
    if each is None:
        return
    study = prepare(each.conflict)
    number = numbers(study, each)
    random = Random(seed)
    for _ in range(40):
        origin, target = random.choice(each.model.states), random.choice(each.model.states)
        expected = literal.legal(each.model, each.conflict, origin, target)
        try:
            found = step(study.graph, number[origin], number[target])
        except UsageError:
            assert not expected
        else:
            assert expected
            assert list(found.movers) == literal.movers_of(each.model, origin, target)


def all_margins(seed: int) -> list[Margins]:
    each = random_deal(seed)
    if each is None:
        return []
    _, found, sides = built(each)
    return [Margins(at, sides[at.dm].utility, sides[at.dm].spread) for at in found.stakes()]


@pytest.mark.parametrize("seed", range(25))
def test_the_sign_of_a_margin_and_the_ranges_of_factors_agree(seed: int) -> None:
    random = Random(seed)
    for margins in all_margins(seed):
        ranges = holding(margins)
        assert all(low <= high for low, high in ranges)
        for _ in range(20):
            factor = random.uniform(0.001, 0.999)
            value = float(margins(np.array([factor]))[0])
            inside = any(low <= factor <= high for low, high in ranges)
            if abs(value) > 1e-6 * margins.spread:
                assert inside == (value > 0), (seed, factor, value, ranges)
        least = critical(ranges)
        if least is not None and least < 0.999:
            factors = np.linspace(least + 1e-9, 0.9999, 200)
            assert (margins(factors) >= -1e-9 * max(margins.spread, 1)).all()


def nearly_equal_ends(each: Deal, random: Random) -> Deal:
    """The same deal with payoffs of 0 or 1 and a little more, so that signs change near factor 1."""
    little = 10 ** -random.uniform(2, 6)
    utilities = [
        {state: random.choice((0.0, 1.0)) + little * random.choice((-1, 0, 1)) for state in each.model.states}
        for _ in each.utilities
    ]
    return each._replace(utilities=utilities)


def check_near_one(seed: int) -> tuple[int, int]:
    """Compare the ranges with the literal margins; return how many were kept and how many not."""
    each = random_deal(seed)
    if each is None:
        return 0, 0
    random = Random(seed)
    each = nearly_equal_ends(each, random)
    _, found, sides = built(each)
    kept = broken = 0
    for at in found.stakes():
        ranges = holding(Margins(at, sides[at.dm].utility, sides[at.dm].spread))
        for _ in range(3):
            factor = exp(-(10 ** -random.uniform(3, 7)))
            told = literal.margin(
                each.model,
                each.conflict,
                each.path,
                at.place,
                at.dm,
                each.utilities[at.dm],
                factor,
                each.terms,
            )
            assert told is not None
            if abs(told[0]) > 1e-11:
                inside = any(low <= factor <= high for low, high in ranges)
                assert inside == (told[0] > 0), (seed, at.place, at.dm, factor, told[0], ranges)
                kept, broken = kept + inside, broken + (not inside)
    return kept, broken


def test_ranges_near_factor_one_are_those_of_the_definition() -> None:
    kept, broken = np.sum([check_near_one(seed) for seed in range(20)], axis=0)
    assert kept > 20
    assert broken > 20


def test_a_small_lasting_loss_is_seen_near_factor_one() -> None:
    """Keeping gives 1 for a step, then nothing; a breach gives 0.0007 for ever: kept up to 0.9993."""
    first = roadmap(prepare(read_text(LOSS))).rows[0]
    assert first.kept_at == (pytest.approx((0, 0.9993), abs=1e-12),)
    assert first.critical_factor is None
    assert first.bears_rate_per_year is None
    assert first.holds  # at 4 % a year, a factor of 0.961 for a step of a year


LOSS = """\
standoff: 1
name: Loss
states: [rest, gain, end]
status_quo: rest
decision_makers:
  a: {moves: [[rest, gain], [gain, end]], ranking: [gain, rest, end]}
  b: {moves: [[gain, end]], ranking: [end, gain, rest]}
roadmap:
  step: {months: 12, evidence: assumption}
  steps: [gain, end]
  parties:
    a:
      discount: {per_year: 0.04, evidence: assumption}
      payoffs:
        - {per_year: 1, while: [gain], evidence: assumption}
        - {per_year: 0.0007, while: [rest], evidence: assumption}
"""

TWICE = """\
standoff: 1
name: Twice
states: [rest, gain, loss, end]
status_quo: rest
decision_makers:
  a: {moves: [[rest, gain], [gain, loss], [loss, end]], ranking: [[gain, end], rest, loss]}
roadmap:
  step: {months: 12, evidence: assumption}
  steps: [gain, loss, end]
  parties:
    a:
      payoffs:
        - {per_year: 1, while: [gain, end], evidence: assumption}
        - {per_year: -6, while: [loss], evidence: assumption}
"""


def test_more_than_one_change_of_sign_is_found() -> None:
    """A gain, a loss, a gain for ever: 1 - 7 d + 7 d^2 per year, kept by the impatient and by the patient."""
    found = roadmap(prepare(read_text(TWICE)))
    first = found.rows[0]
    low, high = (7 - 21**0.5) / 14, (7 + 21**0.5) / 14
    assert first.place == 1
    assert first.kept_at == (pytest.approx((0, low), abs=1e-9), pytest.approx((high, 1), abs=1e-9))
    assert first.critical_factor == pytest.approx(high, abs=1e-9)
    assert first.bears_rate_per_year == pytest.approx(-log(high), abs=1e-8)


@pytest.mark.parametrize(("added", "told"), [("0.2", False), ("0.2001", True)])
def test_payoffs_that_go_against_the_ranking_are_told_and_rounding_is_not(added: str, told: bool) -> None:
    """At rest it gets 0.1 + 0.2, at the end, which it likes no less, 0.3."""
    payoffs = (("0.1", "rest"), (added, "rest"), ("0.3", "end"), ("1", "gain"))
    lines = [f"        - {{per_year: {each}, while: [{at}], evidence: assumption}}\n" for each, at in payoffs]
    head, _, _ = LOSS.partition("        - {")
    found = roadmap(
        prepare(read_text(head.replace("[gain, rest, end]", "[gain, end, rest]") + "".join(lines)))
    )
    assert [(dm, above, below) for dm, _, above, below in found.contradicted] == (
        [("a", "rest", "end")] if told else []
    )


def test_a_range_that_ends_just_below_one_is_not_told_as_one() -> None:
    study = prepare(read_text(LOSS.replace("0.0007", "0.00000007").replace("0.04", "0.00000001")))
    told = " ".join(roadmap_sentences(study, roadmap(study)))
    assert "only at discount factors for a step of 0 to 0.99999993" in told


def random_gaps(random: Random, count: int) -> np.ndarray:
    gaps = np.array([random.expovariate(1) ** random.choice((1, 3)) for _ in range(count)])
    return gaps / gaps.sum()


def check_spacings(seed: int, samples: int) -> None:
    """Every sampled spacing agrees with the programme, and with the margins that it gives."""
    each = random_deal(seed)
    if each is None:
        return
    study, found, sides = built(each)
    random = Random(seed)
    for at in found.stakes():
        side = sides[at.dm]
        known = spacings([at], side.ranks, each.factor)
        told = rank_row(study.graph, side, [at], each.step_months)
        limits = bounds(known) if known.holds == "some" else ()
        levels = int(side.ranks.max())
        for _ in range(samples if levels else 0):
            heights = np.concatenate([[0.0], np.cumsum(random_gaps(random, levels))])
            utility = heights[side.ranks]
            margin = float(Margins(at, utility, 1.0)(np.array([each.factor]))[0])
            if abs(margin) < 1e-9:
                continue
            if known.holds != "some":
                assert (margin > 0) == (known.holds == "all"), (seed, at.place, at.dm, margin)
            elif margin > 0:
                ladder = utility[known.ladder]
                for limit in limits:
                    share = (ladder[limit.upper] - ladder[limit.lower]) / (ladder[-1] - ladder[0])
                    assert limit.least - 1e-7 <= share <= limit.greatest + 1e-7
        assert told.holds == known.holds


def check_all_steps(seed: int, samples: int) -> None:
    """All steps of a side together: what the programme says, and what sampled spacings give."""
    each = random_deal(seed)
    if each is None:
        return
    _, found, sides = built(each)
    random = Random(seed)
    for side in sides:
        own = [at for at in found.stakes() if at.dm == side.dm]
        levels = int(side.ranks.max())
        if not own or not levels:
            continue
        known = spacings(own, side.ranks, each.factor)
        limits = bounds(known) if known.holds == "some" else ()
        for _ in range(samples):
            heights = np.concatenate([[0.0], np.cumsum(random_gaps(random, levels))])
            utility = heights[side.ranks]
            least = min(float(Margins(at, utility, 1.0)(np.array([each.factor]))[0]) for at in own)
            if known.holds == "all":
                assert least > -1e-9, seed
            elif known.holds == "none":
                assert least < 1e-9, seed
            elif least > 1e-9:
                ladder = utility[known.ladder]
                for limit in limits:
                    share = (ladder[limit.upper] - ladder[limit.lower]) / (ladder[-1] - ladder[0])
                    assert limit.least - 1e-7 <= share <= limit.greatest + 1e-7


def test_spacings_of_all_steps_agree_with_sampled_ones() -> None:
    for seed in range(20):
        check_all_steps(seed, 10)


@pytest.mark.parametrize(
    ("conditions", "holds"),
    [
        ([[1, -2]], "some"),
        ([[-1, -2]], "none"),
        ([[-1, 0]], "none"),
        ([[1, -2], [-2, 1]], "none"),
        ([[1, -1], [-1, 1]], "some"),
        ([[1, -1, 0], [-1, 1, -1]], "none"),
        ([[1, -1, 0], [0, 1, -1]], "some"),
        ([[1, 0, 2]], "all"),
    ],
)
def test_conditions_that_hold_one_by_one_need_not_hold_together(conditions, holds) -> None:
    """The last but two: the third gap would have to be nothing, so the ranks would be tied."""
    found = np.array(conditions, np.float64)
    places = np.zeros(len(found), np.int64)
    assert Spacings(np.arange(found.shape[1] + 1), found, places, places).holds == holds


def test_spacings_agree_with_sampled_ones() -> None:
    for seed in range(20):
        check_spacings(seed, 15)


@pytest.mark.slow
def test_spacings_agree_with_many_sampled_ones() -> None:
    for seed in range(20, 60):
        check_spacings(seed, 50)
        check_all_steps(seed, 50)


def test_what_holds_under_some_spacings_has_witnesses_on_both_sides() -> None:
    """The programme's own spacing keeps the step; the spacing that puts all on the worst gap breaks it."""
    from standoff.timing.roadmap.programme import Shares

    seen = 0
    for seed in range(40):
        each = random_deal(seed)
        if each is None:
            continue
        _, found, sides = built(each)
        for at in found.stakes():
            known = spacings([at], sides[at.dm].ranks, each.factor)
            if known.holds != "some":
                continue
            gaps = Shares(known.conditions).least_share()
            assert gaps.min() > 0
            assert gaps.sum() == pytest.approx(1)
            assert (known.conditions @ gaps >= -1e-9).all()
            assert known.conditions.min() < 0
            for limit in bounds(known):
                assert limit.least > 0 or limit.greatest < 1
            seen += 1
    assert seen > 10


@pytest.mark.parametrize("seed", range(20))
def test_all_coarser_ways_are_tried(seed: int) -> None:
    each = random_deal(seed)
    if each is None:
        return
    _, found, sides = built(each)
    tried = schedules(found, sides, each.step_months)
    first, *between, last = found.states
    expected = set()
    for mask in range(1 << len(between)):
        stops = (first, *(state for bit, state in enumerate(between) if mask >> bit & 1), last)
        try:
            each_deal = deal(found.graph, stops, found.answers)
        except UsageError:
            continue
        alone = schedule(each_deal, sides, each.step_months)
        expected.add((alone.states, alone.holds, alone.critical_factor, alone.least_share))
    assert {(one.states, one.holds, one.critical_factor, one.least_share) for one in tried} == expected
    assert len(tried[0].states) == len(found.states)


@pytest.mark.parametrize("seed", range(60))
def test_a_threat_is_credible_if_no_single_deviation_from_it_pays(seed: int) -> None:
    each = random_deal(seed)
    if each is None:
        return
    _, found, sides = built(each)
    told = threat(found, sides, each.step_months)
    number = {label: place for place, label in enumerate(each.model.labels)}
    if told.stuck:
        assert told.credible is False
    expected = set()
    for label in told.ends:
        end = each.model.states[number[label]]
        for dm in range(each.model.number):
            stay = literal.worth([end], each.utilities[dm], each.factor)
            for state in each.model.states:
                if not each.model.can(dm, end, state) or state == end:
                    continue
                later = literal.reverted(each.model, each.conflict, state, each.terms)
                course = [state] * each.terms.seen + [later]
                if literal.worth(course, each.utilities[dm], each.factor) > stay + 1e-9:
                    expected.add((label, f"d{dm}"))
    found_ = {(one.state, one.decision_maker) for one in told.temptations}
    assert expected <= found_
