"""The same conflict under other names and in another order, or with preferences said differently."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from random import Random

from standoff.model.conflict import (
    Conflict,
    DecisionMaker,
    ForbiddenMove,
    NamedState,
    Option,
    Preference,
    Prioritising,
    Ranking,
    Rule,
    Weighting,
)
from standoff.model.statement import (
    And,
    Count,
    Expression,
    Iff,
    Implies,
    Not,
    Or,
    Statement,
    Taken,
    Xor,
)
from tests.oracles.plain import all_states, plain
from tests.oracles.statements import rule


@dataclass(frozen=True)
class Relabelled:
    """A conflict and what the old names are called in it."""

    conflict: Conflict
    decision_makers: Mapping[str, str]
    options: Mapping[str, str]
    states: Mapping[str, str]


def relabelled(conflict: Conflict, seed: int) -> Relabelled:
    """The conflict with decision makers, options and (in graph form) states renamed and reordered."""
    random = Random(seed)
    movers = shuffled_names(random, [dm.id for dm in conflict.decision_makers], "party")
    options = {}
    for dm in conflict.decision_makers:
        own = shuffled_names(random, [option.name for option in dm.options], f"{movers[dm.id]}.choice")
        options.update(own)
    if conflict.is_graph_form:
        states = shuffled_names(random, [state.name for state in conflict.states], "place")
        return Relabelled(renamed_graph_form(conflict, movers, states), movers, {}, states)
    return renamed_option_form(conflict, movers, options)


def shuffled_names(random: Random, names: list[str], stem: str) -> dict[str, str]:
    """New names with numbers in another order; sorting by new name is the new order."""
    places = list(range(len(names)))
    random.shuffle(places)
    return {name: f"{stem}{place}" for name, place in zip(names, places, strict=True)}


# Graph form


def renamed_graph_form(conflict: Conflict, movers: Mapping[str, str], states: Mapping[str, str]) -> Conflict:
    dms = [
        replace(
            dm,
            id=movers[dm.id],
            moves=tuple((states[s], states[t]) for s, t in reversed(dm.moves)),
            preference=renamed_ranking(dm.preference, states),
        )
        for dm in conflict.decision_makers
    ]
    return replace(
        conflict,
        decision_makers=tuple(sorted(dms, key=lambda dm: dm.id)),
        states=tuple(NamedState(name=name) for name in sorted(states.values())),
        status_quo=states[conflict.status_quo],
    )


def renamed_ranking(ranking: Ranking, states: Mapping[str, str]) -> Ranking:
    return Ranking(tiers=tuple(tuple(states[label] for label in tier) for tier in ranking.tiers))


# Option form


def renamed_option_form(
    conflict: Conflict, movers: Mapping[str, str], options: Mapping[str, str]
) -> Relabelled:
    """Rename everything but direct rankings first: their labels follow from the new order of options."""

    def renamed(each: Rule) -> Rule:
        return rule(renamed_expression(each.statement.expression, options))

    def statement(old: Statement) -> Statement:
        return rule(renamed_expression(old.expression, options)).statement

    without_preferences = replace(
        conflict,
        decision_makers=tuple(
            sorted((renamed_dm(dm, movers, options) for dm in conflict.decision_makers), key=by_id)
        ),
        status_quo=renamed_options(conflict.status_quo, options),
        states=tuple(
            NamedState(name=s.name, taken=renamed_options(s.taken, options)) for s in conflict.states
        ),
        feasible=tuple(renamed(each) for each in reversed(conflict.feasible)),
        irreversible=tuple(replace(each, option=options[each.option]) for each in conflict.irreversible),
        forbidden_moves=tuple(
            ForbiddenMove(by=movers[move.by], origin=statement(move.origin), target=statement(move.target))
            for move in conflict.forbidden_moves
        ),
    )
    states = state_labels(conflict, without_preferences, options)
    preferences = {
        movers[dm.id]: renamed_preference(dm.preference, renamed, states) for dm in conflict.decision_makers
    }
    dms = tuple(replace(dm, preference=preferences[dm.id]) for dm in without_preferences.decision_makers)
    return Relabelled(replace(without_preferences, decision_makers=dms), movers, options, states)


def by_id(dm: DecisionMaker) -> str:
    return dm.id


def renamed_dm(dm: DecisionMaker, movers: Mapping[str, str], options: Mapping[str, str]) -> DecisionMaker:
    """Only the name and the options; the preference is a stand-in."""
    names = sorted(options[option.name] for option in dm.options)
    return replace(
        dm,
        id=movers[dm.id],
        options=tuple(Option(name=name, label=name) for name in names),
        preference=Prioritising(statements=()),
    )


def renamed_options(taken: frozenset[str], options: Mapping[str, str]) -> frozenset[str]:
    return frozenset(options[option] for option in taken)


def state_labels(old: Conflict, new: Conflict, options: Mapping[str, str]) -> dict[str, str]:
    """What each state of the old conflict is called in the new one."""
    new_labels = dict(zip(all_states(new), plain(new).labels, strict=True))
    old_model = plain(old)
    pairs = zip(old_model.labels, old_model.states, strict=True)
    return {label: new_labels[renamed_options(s, options)] for label, s in pairs}


def renamed_preference(preference: Preference, renamed, states: Mapping[str, str]) -> Preference:
    match preference:
        case Prioritising(statements=rules):
            return Prioritising(statements=tuple(renamed(each) for each in rules))
        case Weighting(weights=weights):
            return Weighting(weights=tuple((renamed(each), weight) for each, weight in reversed(weights)))
        case Ranking():
            return renamed_ranking(preference, states)
    raise TypeError(preference)


def renamed_expression(expression: Expression, options: Mapping[str, str]) -> Expression:
    def renamed(part: Expression) -> Expression:
        return renamed_expression(part, options)

    match expression:
        case Taken(option):
            return Taken(options[option])
        case Not(operand):
            return Not(renamed(operand))
        case And(parts):
            return And(tuple(map(renamed, parts)))
        case Or(parts):
            return Or(tuple(map(renamed, parts)))
        case Count(parts, relation, number):
            return Count(tuple(map(renamed, parts)), relation, number)
        case Xor(left, right) | Implies(left, right) | Iff(left, right):
            return type(expression)(renamed(left), renamed(right))
    raise TypeError(expression)


# Preferences said differently


def ranked_directly(conflict: Conflict) -> Conflict:
    """Every preference as the direct ranking that orders the states in the same way."""
    model = plain(conflict)
    dms = []
    for i, dm in enumerate(conflict.decision_makers):
        worth = {label: model.rank(i, s) for label, s in zip(model.labels, model.states, strict=True)}
        best_first = sorted(set(worth.values()), reverse=True)
        tiers = tuple(tuple(label for label in worth if worth[label] == value) for value in best_first)
        dms.append(replace(dm, preference=Ranking(tiers=tiers)))
    return replace(conflict, decision_makers=tuple(dms))
