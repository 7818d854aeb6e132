"""The ledger: literal Bayes on every line, totals that add up, and logs that cannot be followed."""

from __future__ import annotations

from datetime import date, timedelta
from math import exp, log

import pytest

from standoff.errors import ModelError, UsageError
from standoff.files.reading import read_text
from standoff.study import build
from standoff.timing.ledger import Ledger, ledger
from tests.timing.example import GRAPH, TEXT
from tests.timing.literal_play import LiteralPlay, after


def found(text: str, **options) -> Ledger:
    conflict = read_text(text).conflict
    return ledger(build(conflict), conflict, **options)


def literal_likelihoods(conflict, floor=None):
    """What each silence and event of the log weighs, type by type, from the literal play."""
    wanted = LiteralPlay(conflict, [conflict.timing.log.state])
    stocks = [stock.id for stock in conflict.timing.stocks]
    levels = [dict(conflict.timing.log.stocks).get(s.id, s.start) for s in conflict.timing.stocks]
    state, today = conflict.timing.log.state, conflict.timing.log.begin
    for event in [*conflict.events, None]:
        end = conflict.as_of if event is None else event.day
        here = [wanted.events(state, tuple(levels), type_) for type_ in wanted.types]
        if end > today:
            years = (end - today).days / 365.25
            yield "silence", [exp(-years * sum(rates.values())) for rates in here]
        if event is None:
            return
        today = end
        if event.mover == conflict.timing.focal:
            state = after(conflict, state, event.sets, event.to)
            continue
        if event.mover:
            state = after(conflict, state, event.sets, event.to)
            key = (("move", event.mover, wanted.labels[state]), (state, tuple(levels)))
        elif event.stock:
            levels[stocks.index(event.stock)] += event.by
            key = (("step", event.stock, event.by), (state, tuple(levels)))
        else:
            key = (("signal", event.signal), (state, tuple(levels)))
        yield event.label, [rates.get(key, 0.0) or floor for rates in here]


def literal_posteriors(conflict, floor=None):
    belief = [float(each.prior.value) for each in conflict.types.types]
    for what, likelihoods in literal_likelihoods(conflict, floor):
        joint = [b * q for b, q in zip(belief, likelihoods, strict=True)]
        belief = [each / sum(joint) for each in joint]
        yield what, belief


@pytest.mark.parametrize(
    "text",
    [
        TEXT,
        GRAPH.replace("kappa: best", "kappa: 3").replace(
            "status_quo: wait", "status_quo: deal\nas_of: 2019-07-01"
        ),
    ],
)
def test_every_line_is_bayes_rule(text: str) -> None:
    conflict = read_text(text).conflict
    told = found(text)
    wanted = list(literal_posteriors(conflict))
    assert [entry.what for entry in told.entries] == [what for what, _ in wanted]
    for entry, (_, belief) in zip(told.entries, wanted, strict=True):
        assert entry.posterior == pytest.approx(belief, rel=1e-10)
    assert told.posterior == pytest.approx(wanted[-1][1], rel=1e-10)


def test_the_weights_add_up_to_the_posterior() -> None:
    told = found(TEXT)
    for number in range(2):
        prior, posterior = told.prior[number], told.posterior[number]
        total = log(prior / (1 - prior)) + sum(entry.weights[number] for entry in told.entries)
        assert total == pytest.approx(log(posterior / (1 - posterior)), abs=1e-12)
    assert [entry.odds_factors[0] for entry in told.entries] == pytest.approx(
        [exp(entry.weights[0]) for entry in told.entries]
    )


def test_half_the_evidence_is_told_beside_all_of_it() -> None:
    told = found(TEXT)
    weight = sum(entry.weights[0] for entry in told.entries)
    half = next(t for t in told.totals if t.tempering == 0.5 and not t.grouped)
    assert log(half.posterior[0] / half.posterior[1]) == pytest.approx(log(0.3 / 0.7) + weight / 2)


def test_events_of_common_origin_count_once() -> None:
    second = "  - {day: 2019-05-17, label: No more tests, mover: dprk, sets: [not dprk.test], group: spring"
    text = TEXT.replace(second.partition(", group")[0], second)
    told = found(text)
    assert [entry.counted for entry in told.entries if not entry.is_silence] == [True, True, True, False]
    grouped = next(t for t in told.totals if t.tempering == 1 and t.grouped)
    left_out = next(entry for entry in told.entries if not entry.counted)
    assert log(told.posterior[0] / told.posterior[1]) - log(grouped.posterior[0] / grouped.posterior[1]) == (
        pytest.approx(left_out.log_likelihoods[0] - left_out.log_likelihoods[1])
    )
    assert found(TEXT).totals[0].posterior == pytest.approx(found(TEXT).totals[1].posterior)


FAULTY = [
    ("event-outside", "day: 2019-05-17", "day: 2019-07-02"),
    ("event-outside", "begins: 2019-01-01", "begins: 2019-02-02"),
    ("log-leads-elsewhere", "stocks: {arsenal: 1}", "stocks: {arsenal: 2}"),
    ("idle-event", "sets: [dprk.test], group", "sets: [not dprk.test], group"),
    ("impossible-event", "sets: [not dprk.test], evidence", "sets: [dprk.deal], evidence"),
    ("impossible-event", "stocks: {arsenal: 1}", "stocks: {arsenal: 10}"),
    ("infeasible-log", "state: [us.talk]", "state: [dprk.deal, dprk.test]"),
    ("no-log", "  log:\n    begins: 2019-01-01\n    state: [us.talk]\n    stocks: {arsenal: 1}\n", ""),
    ("no-as-of", "as_of: 2019-07-01\n", ""),
    (
        "model-rejected",
        "  opportunities:\n    dprk: {per_year: 2, evidence: assumption, note: two a year}\n",
        "  opportunities: {}\n",
    ),
    ("impossible-under-type", "kappa: 4", "kappa: best"),
    ("log-outside", "within: us.talk or us.press", "within: not dprk.test"),
]


@pytest.mark.parametrize(("code", "old", "new"), FAULTY)
def test_a_log_that_cannot_be_followed_says_why(code: str, old: str, new: str) -> None:
    assert old in TEXT
    with pytest.raises(ModelError) as caught:
        found(TEXT.replace(old, new, 1))
    assert code in {fault.code for fault in caught.value.faults}
    assert all(fault.cure and fault.message for fault in caught.value.faults)


def test_every_impossible_event_is_told() -> None:
    old = "  opportunities:\n    dprk: {per_year: 2, evidence: assumption, note: two a year}\n"
    with pytest.raises(ModelError) as caught:
        found(TEXT.replace(old, "  opportunities: {}\n"))
    assert [fault.path for fault in caught.value.faults] == [("events", 2), ("events", 3)]


def test_a_floor_takes_the_place_of_impossible() -> None:
    text = TEXT.replace("kappa: 4", "kappa: best").replace(
        "status_quo: [us.talk]", "status_quo: [us.talk, dprk.test]"
    )
    text = "\n".join(line for line in text.splitlines() if "No more tests" not in line)
    told = found(text, floor_per_year=0.01)
    assert any(entry.floored for entry in told.entries)
    wanted = list(literal_posteriors(read_text(text).conflict, floor=0.01))
    assert told.posterior == pytest.approx(wanted[-1][1], rel=1e-9)
    with pytest.raises(UsageError, match="floor rate is 0"):
        found(text, floor_per_year=0)


def test_without_types_there_is_nothing_to_believe() -> None:
    start, end = TEXT.index("types:\n"), TEXT.index("timing:\n")
    text = TEXT[:start] + TEXT[end:]
    for told in ("        - {belief_at_most: 0.1, type: dealer}\n", "type: dealer, ", "type: keeper, "):
        text = text.replace(told, "")
    with pytest.raises(UsageError, match="no block 'types'"):
        found(text)


def test_five_hundred_events_add_up() -> None:
    begin = date(2010, 1, 1)
    lines = [
        f"  - {{day: {begin + timedelta(days=6 * n)}, label: Insult {n}, signal: insult, evidence: assumption}}"
        for n in range(500)
    ]
    head = (
        TEXT.partition("events:\n")[0]
        .replace("2019-01-01", "2010-01-01")
        .replace("{arsenal: 1}", "{arsenal: 2}")
    )
    told = found(head + "events:\n" + "\n".join(lines) + "\n")
    assert len(told.entries) == 1000
    insults = [entry for entry in told.entries if not entry.is_silence]
    assert {round(entry.weights[0], 9) for entry in insults} == {round(log(0.6 / 1.2), 9)}
    assert 0 <= told.posterior[0] <= 1
    assert sum(told.posterior) == pytest.approx(1)
