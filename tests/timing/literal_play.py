"""The play of a conflict word for word: every point, every event, every rate. Slow on purpose."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from math import exp

from standoff.model.conflict import Conflict
from standoff.model.statement import Statement
from tests.oracles.plain import all_states, can_in_graph_form, can_in_option_form, label, ranks_of, true_in


def holds(condition, s) -> bool:
    if condition is None:
        return True
    if isinstance(condition, Statement):
        return true_in(condition.expression, s)
    return s in condition


def after(conflict: Conflict, s, literals, to):
    """The state after a pivot or a posture, feasible or not."""
    if to is not None:
        return to
    taken = set(s)
    for literal in literals:
        taken.discard(literal.option)
        if literal.taken:
            taken.add(literal.option)
    return frozenset(taken)


class LiteralPlay:
    """All of the play in dictionaries; a point is a pair of a state and a tuple of levels."""

    def __init__(self, conflict: Conflict, seeds=()) -> None:
        self.conflict, timing = conflict, conflict.timing
        self.timing = timing
        self.every = all_states(conflict)
        self.can = (can_in_graph_form if conflict.is_graph_form else can_in_option_form)(conflict)
        self.ids = [dm.id for dm in conflict.decision_makers]
        self.labels = {s: label(conflict, place, s) for place, s in enumerate(self.every)}
        self.types = list(conflict.types.types) if conflict.types else [None]
        self.states = self.reach(seeds)
        self.level_combinations = list(product(*(range(s.least, s.most + 1) for s in timing.stocks)))

    def reach(self, seeds):
        found, waiting = set(), [self.conflict.status_quo, *seeds]
        quo = self.conflict.status_quo
        waiting += [t for p in self.timing.policies for t in self.own_move(quo, p.posture, None)]
        while waiting:
            s = waiting.pop()
            if s in found or s not in self.every or not holds(self.timing.within, s):
                continue
            found.add(s)
            for dm, rate in self.timing.opportunities:
                if rate.value:
                    i = self.ids.index(dm)
                    waiting += [t for t in self.every if t != s and self.can(i, s, t)]
            waiting += [t for pivot in self.timing.pivots for t in self.own_move(s, pivot.sets, pivot.to)]
        return [s for s in self.every if s in found]

    def own_move(self, s, sets, to):
        t = after(self.conflict, s, sets, to)
        return [t] if t in self.every and t != s and self.can(self.ids.index(self.timing.focal), s, t) else []

    def ranks(self, i, type_, levels):
        maker = self.conflict.decision_makers[i]
        if type_ is not None and self.conflict.types.decision_maker == maker.id:
            preference = type_.preference
            for shift in type_.shifts:
                at = [stock.id for stock in self.timing.stocks].index(shift.stock)
                if levels[at] >= shift.at_least:
                    preference = shift.preference
            maker = replace(maker, preference=preference)
        return ranks_of(maker, self.every, tuple(self.labels.values()))

    def score(self, i, type_, levels):
        ranks = self.ranks(i, type_, levels)
        others = max(1, len(self.states) - 1)
        return {s: len([q for q in self.states if ranks[q] < ranks[s]]) / others for s in self.states}

    def menu(self, i, s):
        return [s, *(t for t in self.states if t != s and self.can(i, s, t))]

    def ahead(self, i, s, score, moves):
        """The best score that so many more own moves can lead to."""
        if moves == 0:
            return score[s]
        return max(self.ahead(i, t, score, moves - 1) for t in self.menu(i, s))

    def chances(self, i, s, type_, levels):
        score, rule = self.score(i, type_, levels), self.timing.choice
        seen = {t: self.ahead(i, t, score, rule.moves_ahead - 1) for t in self.menu(i, s)}
        if rule.kappa is None:
            best = [t for t, value in seen.items() if value == max(seen.values())]
            return {t: 1 / len(best) if t in best else 0.0 for t in seen}
        weights = {t: exp(float(rule.kappa) * value) for t, value in seen.items()}
        return {t: weight / sum(weights.values()) for t, weight in weights.items()}

    def events(self, s, levels, type_):
        """What can happen at a point under a type: (kind, target point) -> rate per year."""
        found = {}

        def add(kind, target, rate):
            if rate > 0:
                found[kind, target] = found.get((kind, target), 0.0) + rate

        for dm, rate in self.timing.opportunities:
            i = self.ids.index(dm)
            for t, chance in self.chances(i, s, type_, levels).items():
                if t != s:
                    add(("move", dm, self.labels[t]), (t, levels), float(rate.value) * chance)
        self.add_steps(s, levels, type_, add)
        self.add_signals(s, levels, type_, add)
        return found

    def add_steps(self, s, levels, type_, add):
        own = None if type_ is None else type_.id
        for at, stock in enumerate(self.timing.stocks):
            for change in stock.changes:
                moved = levels[at] + change.by
                if (
                    change.type in (None, own)
                    and holds(change.condition, s)
                    and stock.least <= moved <= stock.most
                ):
                    target = (*levels[:at], moved, *levels[at + 1 :])
                    add(("step", stock.id, change.by), (s, target), float(change.per_year.value))

    def add_signals(self, s, levels, type_, add):
        own = None if type_ is None else type_.id
        for signal in self.timing.signals:
            for rate in signal.rates:
                if rate.type in (None, own) and holds(rate.condition, s):
                    add(("signal", signal.id), (s, levels), float(rate.per_year.value))

    def flow(self, s, levels):
        total = 0.0
        for payoff in self.timing.payoffs:
            if holds(payoff.condition, s):
                at = [stock.id for stock in self.timing.stocks].index(payoff.stock) if payoff.stock else None
                total += float(payoff.amount.value) * (1 if at is None else levels[at])
        return total
