"""Wedges, agreement and spoilers: equality with the literal definitions on random small conflicts."""

from dataclasses import asdict, replace

import pytest

from standoff.analyses.coalitions.clock import OutOfTimeError
from standoff.analyses.coalitions.ways import Coalitional
from standoff.analyses.spoilers import GRADES, spoilers
from standoff.analyses.wedges import STANDINGS, broken, line, standing
from standoff.study import analyse, build
from standoff.study import coalitions as study_of_coalitions
from standoff.study.coalitions import coalitions
from tests.coalitions import literal_lines as literal
from tests.coalitions.literal import all_coalitions
from tests.oracles.conflicts import random_conflict
from tests.oracles.literal import moves
from tests.oracles.plain import plain

FAST = range(30)
SLOW = range(30, 180)


def looked_at(seed, model):
    """A few states of each conflict, other ones for other conflicts."""
    return range(seed % 3, len(model.states), max(1, len(model.states) // 6))


def check_sequence(model, told, start, goal, by):
    """A legal sequence of improvements by some, from one state to an end that satisfies `goal`."""
    here, last = start, None
    for move in told:
        mover = model.names.index(move.mover)
        origin, target = (model.states[model.labels.index(label)] for label in (move.origin, move.target))
        assert mover in by
        assert mover != last
        assert origin == here
        assert target in moves(model, mover, origin)
        assert model.better(mover, target, origin)
        here, last = target, mover
    assert goal(here)


def check_standing(model, H, i, q, found):
    labels = dict(zip(model.states, model.labels, strict=True))
    others = tuple(j for j in H if j != i)
    left, all_departures = literal.unanswered(model, H, i, q), literal.departures(model, H, i, q)
    assert (found.member, found.state) == (model.names[i], labels[q])
    assert found.standing == literal.standing(model, H, i, q)
    assert found.departures == len(all_departures)
    assert set(found.unanswered) == {labels[t] for t in left}
    if not all_departures:
        assert found.departure is None
        return
    best = model.states[model.labels.index(found.departure.target)]
    assert best in (left or all_departures)
    harmless = set(literal.improvements(model, i, q)) - all_departures
    most = max((model.rank(i, t) for t in harmless), default=-1)
    if most > model.rank(i, best):
        rather = model.states[model.labels.index(found.rather.target)]
        assert rather in harmless
        assert model.rank(i, rather) == most
    else:
        assert found.rather is None
    assert not any(model.better(i, t, best) for t in left or all_departures)
    assert set(found.at_the_cost_of) == {model.names[j] for j in others if literal.worse(model, j, best, q)}
    no_better = lambda r: not model.better(i, r, q)  # noqa: E731
    assert bool(found.answer) == (not left)
    if found.answer:
        check_sequence(model, found.answer, best, no_better, others)
    everybody = model.opponents(i)
    assert bool(found.answer_with_outsiders) == (
        bool(left) and literal.answered(model, everybody, i, q, best)
    )
    if found.answer_with_outsiders:
        check_sequence(model, found.answer_with_outsiders, best, no_better, everybody)


def check_cure(model, H, i, q, found):
    """A member that ranked the states told no better than q would not be leaving."""
    told = {model.states[model.labels.index(label)] for label in found.unanswered}
    rank = lambda j, s: model.rank(j, q) if j == i and s in told else model.rank(j, s)  # noqa: E731
    assert literal.standing(replace(model, rank=rank, answers={}), H, i, q) != "leaving"


def check_wedges(seed):
    conflict = random_conflict(seed)
    model, field = plain(conflict), Coalitional(build(conflict))
    for H in all_coalitions(model.everybody):
        if len(H) < 2:
            continue
        for state in looked_at(seed, model):
            s = model.states[state]
            for i in H:
                found = standing(field, H, i, state)
                check_standing(model, H, i, s, found)
                check_cure(model, H, i, s, found)
            found = line(field, H, state)
            told = set()
            for wedge in found.wedges:
                j, i = model.names.index(wedge.move.mover), model.names.index(wedge.after.member)
                t = model.states[model.labels.index(wedge.move.target)]
                assert wedge.inside == (j in H)
                assert wedge.gains == model.better(j, t, s)
                assert wedge.before == literal.standing(model, H, i, s)
                check_standing(model, H, i, t, wedge.after)
                told.add((j, t, i, wedge.after.standing))
            assert told == literal.wedges(model, H, s)
            assert len(told) == len(found.wedges)


def check_broken(seed):
    conflict = random_conflict(seed)
    model, study = plain(conflict), analyse(conflict)
    states = literal.within_reach(model, model.states[study.space.status_quo])
    coalitions_of_some = [H for H in all_coalitions(model.everybody) if len(H) > 1]
    of = [",".join(model.names[i] for i in H) for H in coalitions_of_some]
    for H, view in zip(coalitions_of_some, coalitions(study, of).coalitions if of else (), strict=True):
        expected = literal.broken(model, H, states)
        assert view.broken == tuple(
            label for label, s in zip(model.labels, model.states, strict=True) if s in expected
        )
        assert view.broken_refused is None


@pytest.mark.parametrize("seed", FAST)
def test_where_the_line_is_broken_is_as_defined(seed):
    check_broken(seed)


@pytest.mark.slow
@pytest.mark.parametrize("seed", SLOW)
def test_where_the_line_is_broken_is_as_defined_on_many_more(seed):
    check_broken(seed)


def test_where_the_line_is_broken_is_not_looked_for_in_large_conflicts(monkeypatch):
    monkeypatch.setattr(study_of_coalitions, "MOST_STATES", 11)
    (view,) = coalitions(analyse("case:elmira-1991")).coalitions
    assert view.broken is None
    assert "up to 11 states, and there are 12" in view.broken_refused


def test_a_line_that_time_ran_out_for_is_not_said_to_hold():
    field = Coalitional(analyse("case:elmira-1991").graph)
    with pytest.raises(OutOfTimeError):
        broken(field, (0, 1), range(12), until=0.0)


def check_spoilers(seed):
    conflict = random_conflict(seed)
    model, graph = plain(conflict), build(conflict)
    now = graph.space.status_quo
    for deal in looked_at(seed, model):
        for concept in ("nash", "gmr", "smr", "seq"):
            found = spoilers(graph, deal, now, concept)
            for p, each in enumerate(found.parties):
                check_spoiler(model, p, model.states[deal], model.states[now], concept, each)


def check_spoiler(model, p, deal, now, concept, found):
    assert found.party == model.names[p]
    assert found.grade == literal.grade(model, p, deal, now, concept)
    assert found.grade in GRADES
    assert found.harmful == len(literal.harmful(model, p, deal))
    assert found.paying == len(literal.paying(model, p, deal))
    compared = model.better(p, deal, now), model.better(p, now, deal)
    assert found.against_now == {(True, False): "better", (False, True): "worse"}.get(compared, "equal")
    if model.own is not None:
        assert found.acts == bool((deal ^ now) & model.own[p])
    if found.move is None:
        assert found.harmful == 0
        return
    t = model.states[model.labels.index(found.move.target)]
    free = literal.undeterred(model, p, deal, concept)
    among = free or literal.paying(model, p, deal) or literal.harmful(model, p, deal)
    assert t in among
    assert not any(model.better(p, r, t) for r in among)
    assert set(found.harms) == {model.names[j] for j in literal.harmed(model, p, deal, t)}
    assert bool(found.sanction) == bool(found.deterred_by) == (found.grade == "deterred")
    assert model.names[p] not in found.deterred_by
    if found.sanction:
        assert {move.mover for move in found.sanction} <= set(found.deterred_by)
        assert found.result == found.sanction[-1].target
        no_better = lambda r: not model.better(p, r, deal)  # noqa: E731
        if concept == "seq":
            check_sequence(model, found.sanction, t, no_better, model.opponents(p))
        else:
            assert no_better(model.states[model.labels.index(found.result)])


@pytest.mark.parametrize("seed", FAST)
def test_wedges_are_as_defined(seed):
    check_wedges(seed)


@pytest.mark.slow
@pytest.mark.parametrize("seed", SLOW)
def test_wedges_are_as_defined_on_many_more(seed):
    check_wedges(seed)


@pytest.mark.parametrize("seed", FAST)
def test_spoilers_are_as_defined(seed):
    check_spoilers(seed)


@pytest.mark.slow
@pytest.mark.parametrize("seed", SLOW)
def test_spoilers_are_as_defined_on_many_more(seed):
    check_spoilers(seed)


@pytest.mark.parametrize("seed", range(40))
def test_agreement_is_as_defined(seed):
    conflict = random_conflict(seed)
    model = plain(conflict)
    study = analyse(conflict)
    found = coalitions(study)
    states = literal.within_reach(model, model.states[study.space.status_quo])
    assert found.reachable == len(states)
    for each in found.agreement:
        i, j = (model.names.index(name) for name in each.decision_makers)
        counts = literal.pairs_counted(model, i, j, states)
        assert {key: value for key, value in asdict(each).items() if key in counts} == counts
        assert each.pairs == sum(counts.values()) == len(states) * (len(states) - 1) // 2
        if each.pairs:
            assert each.index * each.pairs == counts["same"] + counts["tied_for_both"]
        else:
            assert each.index is None
    assert len(found.agreement) == model.number * (model.number - 1) // 2


def test_all_standings_and_grades_occur():
    """The random conflicts above would not show a mistake in what never occurs."""
    standings, grades, outsiders = set(), set(), 0
    for seed in range(60):
        graph = build(random_conflict(seed))
        field = Coalitional(graph)
        for found in spoilers(graph, seed % graph.space.size, graph.space.status_quo).parties:
            grades.add(found.grade)
        if len(field.everybody) > 2:
            for wedge in line(field, (0, 1), graph.space.status_quo).wedges:
                standings.add(wedge.after.standing)
                outsiders += bool(wedge.after.answer_with_outsiders)
    assert standings == set(STANDINGS[1:])
    assert grades == set(GRADES)
    assert outsiders


def test_wedges_stop_when_time_is_up():
    field = Coalitional(analyse("case:elmira-1991").graph)
    assert line(field, (0, 1), 6).complete
    found = line(field, (0, 1), 6, until=0.0)
    assert (found.wedges, found.complete) == ((), False)
    assert len(found.standings) == 2
