"""Next moves of random conflicts in both forms against the definitions."""

from random import Random

import pytest

from standoff.analyses.moves.play import MOST_EQUILIBRIA, MOST_PLACES
from standoff.study import analyse
from standoff.study.moves import moves
from tests.moves import literal
from tests.oracles.conflicts import random_conflict
from tests.oracles.literal import equilibria
from tests.oracles.plain import plain
from tests.ripe.literal import replay
from tests.stability.answers import blocks

EVERYTHING = 10**6


@pytest.mark.parametrize("seeds", blocks(range(100), 25), ids=str)
def test_every_move_is_told_as_defined(seeds):
    for seed in seeds:
        compare(random_conflict(seed, sizes=(2, 3, 4)), Random(seed))


@pytest.mark.slow
@pytest.mark.parametrize("seeds", blocks(range(1000, 1200), 25), ids=str)
def test_many_more(seeds):
    for seed in seeds:
        compare(random_conflict(seed), Random(seed))


def compare(conflict, random):
    model, study = plain(conflict), analyse(conflict)
    i, place = random.randrange(model.number), random.randrange(len(model.states))
    concept = random.choice(("nash", "seq"))
    s = model.states[place]
    found = moves(study, model.names[i], model.labels[place], concept=concept, most=EVERYTHING)
    state = dict(zip(model.labels, model.states, strict=True))
    courses = literal.courses(model, i, s)
    told = [state[outlook.target] for outlook in (found.staying, *found.moves)]
    assert found.number == len(courses) - 1
    assert sorted(map(str, told)) == sorted(map(str, courses))
    assert [outlook.place for outlook in found.moves] == sorted(outlook.place for outlook in found.moves)
    assert found.better_than_staying == found.staying.place - 1
    stable = set(equilibria(model, concept))
    for t, outlook in zip(told, (found.staying, *found.moves), strict=True):
        check(model, i, s, t, outlook, stable)
        check_effects(model, i, s, t, outlook, study)


def check(model, i, s, t, outlook, stable):
    here = model.rank(i, s)
    assert outlook.place == literal.rank_among(model, i, s, t)
    assert outlook.at_once == model.rank(i, t) - here
    for reply, credible in ((outlook.any_reply, False), (outlook.credible_reply, True)):
        assert here + reply.ranks == literal.worst_reply(model, i, t, credible)
        check_reply(model, i, s, t, reply, credible)
    check_settling(model, i, s, t, outlook.settling)
    assert outlook.verdict == literal.verdict(model, i, s, t)
    for reached, expected in (
        (outlook.opens, literal.opened(model, i, s, t) if t != s else set()),
        (outlook.closes, literal.closed(model, i, s, t) if t != s else set()),
        (outlook.closes_for_good, literal.closed_for_good(model, s, t)),
    ):
        labels = {model.labels[model.states.index(q)] for q in expected & stable}
        assert reached.number == len(labels)
        assert len(set(reached.states)) == len(reached.states) == min(len(labels), MOST_EQUILIBRIA)
        assert set(reached.states) <= labels


def check_reply(model, i, s, t, reply, credible):
    state = dict(zip(model.labels, model.states, strict=True))
    assert model.rank(i, state[reply.state]) == model.rank(i, s) + reply.ranks
    assert replay(model, reply.sequence, improving=credible)
    assert all(move.mover != model.names[i] for move in reply.sequence)
    if reply.sequence:
        assert (state[reply.sequence[0].origin], reply.sequence[-1].target) == (t, reply.state)
    else:
        assert state[reply.state] == t


def check_settling(model, i, s, t, settling):
    state = dict(zip(model.labels, model.states, strict=True))
    here, places = model.rank(i, s), literal.places(model, i, s, t)
    worst = {place: min(model.rank(i, q) for q in place) - here for place in places}
    assert settling.answered == bool(literal.answers(model, i, t))
    assert settling.places == len(places)
    assert settling.cycles == sum(len(place) > 1 for place in places)
    assert settling.better == sum(ranks > 0 for ranks in worst.values())
    assert settling.equal == sum(ranks == 0 for ranks in worst.values())
    assert settling.worse == sum(ranks < 0 for ranks in worst.values())
    assert settling.worst_ranks == min(worst.values())
    assert model.rank(i, state[settling.worst]) == here + settling.worst_ranks
    assert len(settling.told) == min(len(places), MOST_PLACES)
    assert [each.lowest for each in settling.told] == sorted(worst.values())[:MOST_PLACES]
    for each in settling.told:
        (place,) = [place for place in places if state[each.states[0]] in place]
        assert {state[label] for label in each.states} <= place
        assert each.size == len(place)
        assert each.lowest == worst[place]
        assert each.highest == max(model.rank(i, q) for q in place) - here


def check_effects(model, i, s, t, outlook, study):
    changed = set() if model.own is None else s ^ t
    if len(changed) < 2:
        assert outlook.effects == outlook.carriers == outlook.burdens == ()
        return
    assert [effect.option for effect in outlook.effects] == [o for o in study.space.options if o in changed]
    whole = literal.key(model, i, s, t)
    keys = {}
    for effect in outlook.effects:
        rest = literal.without(model, i, s, t, effect.option)
        if rest is None:
            assert effect.target is effect.compared is None
            continue
        keys[effect.option] = literal.key(model, i, s, rest)
        assert effect.target == model.labels[model.states.index(rest)]
        order = (keys[effect.option] > whole) - (keys[effect.option] < whole)
        assert effect.compared == {1: "better", 0: "same", -1: "worse"}[order]
    lowest, highest = min(keys.values(), default=whole), max(keys.values(), default=whole)
    assert set(outlook.carriers) == {o for o, k in keys.items() if k == lowest < whole}
    assert set(outlook.burdens) == {o for o, k in keys.items() if k == highest > whole}
