"""Verdicts that changed and their causes, held against the definitions: taken back, the verdict is as before."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache, lru_cache
from itertools import combinations
from typing import Any

import pytest

from standoff.analyses.changes import Changes, Place, Turn, compared
from standoff.errors import StandoffError
from standoff.model.changes import applied, closed
from standoff.model.conflict import Conflict, Ranking
from standoff.study import Study, analyse, build, load
from standoff.study.changes import changes
from tests.compare.pairs import near_pair, random_pair, without_names
from tests.oracles import literal
from tests.oracles.plain import all_states, plain

CORE = ("nash", "gmr", "smr", "seq", "sseq")
CASE = "case:north-korea-2019"
LOOKED_AT = 8


# What is true, by the definitions


def state_of(conflict: Conflict, place: Place, *, newer: bool) -> Any:
    """The state that a place stands for, as plain data; None where it is not feasible."""
    if place.is_status_quo:
        return conflict.status_quo
    states = plain(conflict).states
    mark = (place.label or place.label_before) if conflict.is_graph_form else frozenset(place.taken)
    return mark if mark in states else None


def numbered(conflict: Conflict) -> Conflict:
    """The same with direct rankings by s1, s2, ... only: a half-way model may mix names and numbers."""
    if conflict.is_graph_form or not has_direct_ranking(conflict):
        return without_names(conflict)
    places = {taken: place for place, taken in enumerate(all_states(conflict))}
    labels = {state.name: f"s{places[state.taken] + 1}" for state in conflict.states if state.taken in places}
    dms = [
        replace(
            dm,
            preference=Ranking(
                tiers=tuple(tuple(labels.get(s, s) for s in tier) for tier in dm.preference.tiers)
            ),
        )
        if isinstance(dm.preference, Ranking)
        else dm
        for dm in conflict.decision_makers
    ]
    return replace(conflict, decision_makers=tuple(dms), states=())


@lru_cache(maxsize=1_000)
def model_of(conflict: Conflict) -> tuple[Conflict, literal.Model]:
    conflict = numbered(conflict)
    return conflict, plain(conflict)


def value(conflict: Conflict, turn: Turn) -> Any:
    """What the definitions say of a verdict, in any version of the model."""
    conflict, model = model_of(conflict)
    if turn.place is None:
        return len(literal.equilibria(model, turn.concept))
    state = state_of(conflict, turn.place, newer=True)
    if turn.concept == "feasible":
        return state is not None
    if state is None:
        return None
    if turn.decision_maker is None:
        return all(literal.stable(model, turn.concept, i, state) for i in range(model.number))
    if turn.decision_maker not in model.names:
        return None
    return literal.stable(model, turn.concept, model.names.index(turn.decision_maker), state)


@lru_cache(maxsize=1_000)
def is_whole(conflict: Conflict) -> bool:
    try:
        build(conflict if conflict.is_graph_form else with_names_in_use(conflict))
    except StandoffError:
        return False
    return True


def has_direct_ranking(conflict: Conflict) -> bool:
    return any(isinstance(dm.preference, Ranking) for dm in conflict.decision_makers)


def with_names_in_use(conflict: Conflict) -> Conflict:
    """The same without the names that no direct ranking uses: a half-way model may break them."""
    rankings = [dm.preference for dm in conflict.decision_makers if isinstance(dm.preference, Ranking)]
    used = {label for ranking in rankings for tier in ranking.tiers for label in tier}
    return replace(conflict, states=tuple(state for state in conflict.states if state.name in used))


def without(found: Changes, back: frozenset[int]) -> Conflict:
    """The newer model with changes taken back: the older one with all the others made."""
    back = closed(found.changes, back)
    return applied(found.older, [c for k, c in enumerate(found.changes) if k not in back])


def pairs(seeds: range) -> Iterator[tuple[Conflict, Conflict]]:
    for seed in seeds:
        pair = near_pair(seed) if seed % 4 else random_pair(seed)
        if pair is not None:
            yield pair


def assert_all_is_true(older: Conflict, newer: Conflict) -> int:
    found = compared(older, newer, engine="numpy")
    for turn in found.turned[:: max(1, len(found.turned) // LOOKED_AT)]:
        assert value(older, turn) == turn.before
        assert value(newer, turn) == turn.after
        assert turn.causes
        for cause in turn.causes:
            assert_it_is_a_cause(found, turn, cause)
    assert_nothing_is_left_out(found)
    return len(found.turned)


def assert_it_is_a_cause(found: Changes, turn: Turn, cause) -> None:
    named = frozenset(cause.changes)
    restored = without(found, named)
    assert value(restored, turn) == turn.before
    if cause.proof == "capped":
        assert found.tried >= found.most, "the search ended before its cap"
        return
    with_it = {k: closed(found.changes, {k}) for k in named}
    for left in named:
        rest = frozenset(k for k in named if left not in with_it[k])
        fewer = without(found, rest)
        if is_whole(fewer):
            assert value(fewer, turn) != turn.before, "a smaller set restores it"
    if cause.proof == "smallest" and len(named) > 1:
        own = [k for k, change in enumerate(found.changes) if change.matters]
        for size in range(1, min(len(named), 3)):
            for back in combinations(own, size):
                if len(closed(found.changes, back) & frozenset(own)) == size:
                    fewer = without(found, frozenset(back))
                    assert not is_whole(fewer) or value(fewer, turn) != turn.before


def assert_nothing_is_left_out(found: Changes) -> None:
    """Every verdict on a place looked at that differs by the definitions is told."""
    told = {(turn.place, turn.concept, turn.decision_maker) for turn in found.turned}
    common = {dm.id for dm in found.older.decision_makers} & {dm.id for dm in found.newer.decision_makers}
    for place in (None, *found.places):
        for concept in CORE:
            for dm in (None, *sorted(common)) if place else (None,):
                asked = Turn(place=place, concept=concept, decision_maker=dm, before=0, after=0, causes=())
                before, after = value(found.older, asked), value(found.newer, asked)
                if None not in (before, after):
                    assert (before != after) == ((place, concept, dm) in told)


@pytest.mark.parametrize("first", range(0, 18, 6))
def test_random_pairs(first):
    assert sum(assert_all_is_true(*pair) for pair in pairs(range(first, first + 6))) > 0


@pytest.mark.slow
@pytest.mark.parametrize("first", range(100, 350, 50))
def test_many_random_pairs(first):
    assert sum(assert_all_is_true(*pair) for pair in pairs(range(first, first + 50))) > 0


# The shipped case


@cache
def variant(name: str | None) -> Conflict:
    return load(CASE, name).conflict


@cache
def restored(name: str, back: frozenset[int]) -> Study:
    found = compared_to_base(name)
    return analyse(without(found, back), engine="numpy")


@cache
def compared_to_base(name: str) -> Changes:
    return compared(variant(None), variant(name), engine="numpy")


def told_by(study: Study, turn: Turn) -> Any:
    if turn.place is None:
        return len(study.equilibria[turn.concept])
    taken = frozenset(turn.place.taken)
    place = (
        study.space.status_quo if turn.place.is_status_quo else study.space.find(study.space.code_of(taken))
    )
    rows = study.stable[turn.concept]
    return bool(
        rows[:, place].all()
        if turn.decision_maker is None
        else rows[study.number_of(turn.decision_maker), place]
    )


QUICK = ("pyongyang-keeps", "russia-leaks", "seoul-eases", "small-deal-president")


@pytest.mark.parametrize(
    "name",
    [
        *QUICK,
        *(pytest.param(name, marks=pytest.mark.slow) for name in load(CASE).variants if name not in QUICK),
    ],
)
def test_on_every_variant_of_the_case_what_is_named_as_the_cause_restores_the_verdict(name):
    found = compared_to_base(name)
    assert found.turned
    before, after = analyse(variant(None), engine="numpy"), analyse(variant(name), engine="numpy")
    for turn in found.turned:
        assert (told_by(before, turn), told_by(after, turn)) == (turn.before, turn.after)
        for cause in turn.causes:
            assert told_by(restored(name, frozenset(cause.changes)), turn) == turn.before


def test_the_leak_is_why_the_status_quo_no_longer_holds():
    found = changes(CASE, load(CASE, "russia-leaks"))
    (turn,) = (
        t
        for t in found.turned
        if t.place and t.place.is_status_quo and t.concept == "nash" and not t.decision_maker
    )
    assert (turn.before, turn.after) == (True, False)
    (cause,) = turn.causes
    (number,) = cause.changes
    assert found.changes[number].element.id == "leak"


def test_at_the_cap_a_cause_is_given_and_said_to_be_capped():
    found = compared(variant(None), variant("klingner-2019"), most=25, engine="numpy")
    assert found.tried <= 25
    capped = [(turn, cause) for turn in found.turned for cause in turn.causes if cause.proof == "capped"]
    assert capped
    for turn, cause in capped[:2]:
        assert told_by(restored("klingner-2019", frozenset(cause.changes)), turn) == turn.before


def test_two_models_that_say_the_same_have_no_changed_verdicts():
    found = changes(CASE, CASE)
    assert (found.changes, found.turned, found.tried) == ((), (), 0)


def test_a_state_is_found_again_by_its_options_although_its_label_shifts():
    """In the newer model a rule takes states out, so that labels shift; named states keep theirs."""
    found = compared(variant("seoul-eases"), variant("rogin-2019"), most=1, engine="numpy")
    quo = found.places[0]
    assert quo.is_status_quo
    assert quo.taken != quo.taken_before
