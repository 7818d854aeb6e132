"""Fewest edits of preference statements against trying every edit of the vocabulary."""

from dataclasses import replace
from itertools import combinations
from random import Random

import pytest

from standoff.model.conflict import Prioritising, Weighting
from standoff.study import prepare
from standoff.study.levers import levers
from tests.levers import brute
from tests.levers.small import asked
from tests.oracles.conflicts import option_form, random_rule, random_weighting
from tests.oracles.literal import Model, stable
from tests.oracles.plain import plain, true_in
from tests.stability.answers import blocks

CONCEPTS = ("nash", "gmr", "smr", "seq", "sseq")


def conflict_of_lists(seed: int):
    """A small conflict in option form; most decision makers have a list of statements."""
    random = Random(seed)
    conflict = option_form(random, sizes=(2, 3))
    options = [option.name for dm in conflict.decision_makers for option in dm.options]
    parties = []
    for dm in conflict.decision_makers:
        rules = tuple(random_rule(random, options, depth=1) for _ in range(random.randint(0, 3)))
        listed = replace(dm, preference=Prioritising(statements=rules))
        parties.append(listed if random.random() < 0.85 else dm)
    return replace(conflict, decision_makers=tuple(parties))


def conflict_of_weights(seed: int):
    """The same, but two of three decision makers weigh statements instead."""
    random = Random(seed)
    conflict = conflict_of_lists(seed)
    options = [option.name for dm in conflict.decision_makers for option in dm.options]
    parties = [
        replace(dm, preference=random_weighting(random, options)) if random.random() < 0.67 else dm
        for dm in conflict.decision_makers
    ]
    return replace(conflict, decision_makers=tuple(parties))


# A statement is the set of states in which it is true


def vocabulary(options):
    """Functions of a state: every literal, and 'a if b' over literals of two options."""
    sides = [(option, taken) for option in options for taken in (True, False)]

    def holds(side, s):
        return (side[0] in s) == side[1]

    yield from (lambda s, a=a: holds(a, s) for a in sides)
    for a in sides:
        for b in sides:
            if a[0] != b[0]:
                yield lambda s, a=a, b=b: holds(a, s) or not holds(b, s)


def edits(statements: tuple, new: list):
    """Every list one edit away."""
    for k in range(len(statements)):
        rest = statements[:k] + statements[k + 1 :]
        yield rest
        yield from ((*rest[:to], statements[k], *rest[to:]) for to in range(len(statements)))
    for statement in new:
        yield from ((*statements[:to], statement, *statements[to:]) for to in range(len(statements) + 1))


def ranks(statements: tuple, states) -> dict:
    return {s: tuple(s in true for true in statements) for s in states}


class Lists:
    """The rankings that edits of the lists lead to: decision maker -> number of edits -> rankings."""

    def __init__(self, conflict, model: Model):
        options = [option.name for dm in conflict.decision_makers for option in dm.options]
        self.model = model
        self.new = list({frozenset(s for s in model.states if test(s)) for test in vocabulary(options)})
        self.ranks = []
        for i, dm in enumerate(conflict.decision_makers):
            if isinstance(dm.preference, Weighting):
                weighed = [
                    (frozenset(s for s in model.states if true_in(rule.statement.expression, s)), weight)
                    for rule, weight in dm.preference.weights
                ]
                self.ranks.append([list(self.left(weighed, number)) for number in range(3)])
                continue
            if not isinstance(dm.preference, Prioritising):
                self.ranks.append([[{s: model.rank(i, s) for s in model.states}], [], []])
                continue
            rules = [rule.statement.expression for rule in dm.preference.statements]
            start = tuple(frozenset(s for s in model.states if true_in(rule, s)) for rule in rules)
            once = list(dict.fromkeys(edits(start, self.new)))
            self.ranks.append([self.distinct([start]), self.distinct(once), once])

    def distinct(self, lists) -> list[dict]:
        """One of each order that these lists make."""
        found = {}
        for statements in lists:
            worth = ranks(statements, self.model.states)
            order = sorted(set(worth.values()))
            found.setdefault(tuple(order.index(worth[s]) for s in self.model.states))
        return [dict(zip(self.model.states, each, strict=True)) for each in found]

    def left(self, weighed, number: int):
        """The scores if so many of the weighted statements are dropped."""
        for gone in combinations(range(len(weighed)), number):
            kept = [pair for place, pair in enumerate(weighed) if place not in gone]
            yield {s: sum(weight for true, weight in kept if s in true) for s in self.model.states}

    def twice(self, i) -> list[dict]:
        if all(isinstance(each, dict) for each in self.ranks[i][2]):
            return self.ranks[i][2]
        return self.distinct(after for once in self.ranks[i][2] for after in edits(once, self.new))

    def within(self, number: int):
        """Every choice of rankings after exactly so many edits in all; 0, 1 or 2."""
        start = [each[0][0] for each in self.ranks]
        everybody = range(len(start))
        if number == 0:
            yield start
        if number == 1:
            for i in everybody:
                yield from ([*start[:i], after, *start[i + 1 :]] for after in self.ranks[i][1])
        if number == 2:
            for i in everybody:
                if self.ranks[i][2]:
                    yield from ([*start[:i], after, *start[i + 1 :]] for after in self.twice(i))
            for i, j in combinations(everybody, 2):
                for one in self.ranks[i][1]:
                    for other in self.ranks[j][1]:
                        chosen = list(start)
                        chosen[i], chosen[j] = one, other
                        yield chosen


def fewest(conflict, model, concept, parties, s, breaking, most) -> int | None:
    """The fewest edits that do, None if more than `most` are needed."""
    lists = Lists(conflict, model)
    for number in range(most + 1):
        for chosen in lists.within(number):
            changed = brute.with_ranks(model, dict(enumerate(chosen)))
            if brute.met(changed, concept, parties, s, breaking):
                return number
    return None


def texts(preference) -> list[str]:
    if isinstance(preference, Weighting):
        return [rule.statement.text for rule, _ in preference.weights]
    return [rule.statement.text for rule in preference.statements]


def compare(conflict, random, most):
    model, study = plain(conflict), prepare(conflict)
    parties, place = asked(random, model)
    s, names = model.states[place], [model.names[i] for i in parties]
    concept, breaking = random.choice(CONCEPTS), random.random() < 0.4
    found = levers(
        study, model.labels[place], concept, names, by=["statements"], breaking=breaking, time_limit=60
    )
    expected = fewest(conflict, model, concept, parties, s, breaking, most)
    if found.met:
        assert expected == 0
        return
    (lever,) = found.levers
    if lever.status == "not applicable":
        assert not any(
            isinstance(dm.preference, Prioritising | Weighting) for dm in concerned(conflict, names)
        )
        assert expected is None
        return
    if expected is not None:
        assert (lever.status, lever.size, lever.bound) == ("least", expected, expected)
    else:
        assert lever.size is None or lever.size > most
    if lever.status in ("found", "least"):
        check_applied(conflict, model, concept, parties, s, lever, breaking)
    else:
        assert lever.conflict is None


def concerned(conflict, names):
    """Those for whom it shall be stable."""
    return [dm for dm in conflict.decision_makers if dm.id in names]


def check_applied(conflict, model, concept, parties, s, lever, breaking):
    """The changed model is the old one with the edits, as told, and does what was asked for."""
    changed = plain(lever.conflict)
    assert changed.states == model.states
    assert brute.met(changed, concept, parties, s, breaking)
    assert lever.verdicts == {model.names[i]: stable(changed, concept, i, s) for i in parties}
    assert len(lever.changes) == lever.size
    for before, after in zip(conflict.decision_makers, lever.conflict.decision_makers, strict=True):
        mine = [each for each in lever.changes if each.decision_maker == before.id]
        if not mine:
            assert after == before
            continue
        assert replace(after, preference=before.preference) == before
        old, new = texts(before.preference), texts(after.preference)
        kept = list(old)
        for each in mine:
            if hasattr(each, "to") or type(each).__name__ == "DropStatement":
                assert old[each.place - 1] == each.statement
                kept.remove(each.statement)
        put_in = [each for each in mine if type(each).__name__ != "DropStatement"]
        places = {getattr(each, "to", None) or each.place: each.statement for each in put_in}
        assert len(new) == len(kept) + len(places)
        for place, statement in places.items():
            assert new[place - 1] == statement


@pytest.mark.parametrize("seeds", blocks(range(60), 15), ids=str)
def test_one_edit_or_more(seeds):
    for seed in seeds:
        compare(conflict_of_lists(seed), Random(seed), 1)


@pytest.mark.parametrize("seeds", blocks(range(2000, 2060), 15), ids=str)
def test_dropping_weighted_statements(seeds):
    for seed in seeds:
        compare(conflict_of_weights(seed), Random(seed), 2)


@pytest.mark.slow
@pytest.mark.parametrize("seeds", blocks(range(1000, 1060), 15), ids=str)
def test_up_to_two_edits(seeds):
    for seed in seeds:
        compare(conflict_of_lists(seed), Random(seed), 2)
