"""Random conflicts of every kind, as `Conflict`; `plain.plain` turns them into plain data.

One generator serves two uses: seeded loops (`random_conflict`) and hypothesis (`conflicts`),
which drives the same generator by a source of randomness that it can shrink.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import product
from random import Random

from hypothesis import strategies as st

from standoff.model.conflict import (
    Bearable,
    Conflict,
    DecisionMaker,
    ForbiddenMove,
    Literal,
    NamedState,
    Option,
    Preference,
    Prioritising,
    Ranking,
    Rule,
    Weighting,
)
from standoff.model.statement import Not, Or
from tests.oracles.plain import feasible_states, true_in
from tests.oracles.statements import random_rule, rule, state_statement

SIZES = (2, 3, 3, 4, 4, 4, 4, 5, 5, 6)
"""Numbers of options in all; 6 options are up to 64 states."""
GIVEN_NAMES = ("deal", "crisis", "freeze", "talks")


def random_conflict(seed: int, form: str | None = None, **shape) -> Conflict:
    """The conflict that belongs to a seed.

    Parameters
    ----------
    form : "option", "graph" or None
        None draws one; three of four conflicts are then in option form.
    shape : passed on to `option_form` or `graph_form`
    """
    random = Random(seed)
    return draw_conflict(random, form, **shape)


def conflicts(form: str | None = None, **shape) -> st.SearchStrategy[Conflict]:
    """Conflicts for hypothesis, small unless a shape is given."""
    small = shape or {"sizes": (1, 2, 3, 4)}
    sources = st.randoms(use_true_random=False)
    return sources.map(lambda random: draw_conflict(random, form, **small))


def draw_conflict(random: Random, form: str | None, **shape) -> Conflict:
    form = form or random.choice(("option", "option", "option", "graph"))
    if form == "graph":
        return graph_form(random, **{key: value for key, value in shape.items() if key == "most_states"})
    return option_form(random, **{key: value for key, value in shape.items() if key != "most_states"})


# Option form


def option_form(
    random: Random,
    sizes: Sequence[int] = SIZES,
    owned: Sequence[int] | None = None,
    *,
    plain_moves: bool = False,
) -> Conflict:
    """A random conflict in option form.

    Parameters
    ----------
    sizes : the total numbers of options to draw from
    owned : numbers of options of the decision makers, drawn if None
    plain_moves : leave out irreversible literals and forbidden moves
    """
    owned = owned or share_out(random, random.choice(sizes))
    options = [[f"d{i}.o{k}" for k in range(number)] for i, number in enumerate(owned)]
    everything = [option for own in options for option in own]
    feasible = feasibility(random, everything)
    states = feasible_states(everything, [each.statement.expression for each in feasible])
    names = random_names(random, states)
    labels = [names.get(s, f"s{place + 1}") for place, s in enumerate(states)]
    return Conflict(
        name="Random",
        decision_makers=tuple(
            DecisionMaker(
                id=f"d{i}",
                name=f"Party {i}",
                options=tuple(Option(name=option, label=option) for option in own),
                preference=random_preference(random, everything, labels),
            )
            for i, own in enumerate(options)
        ),
        status_quo=random.choice(states),
        states=tuple(NamedState(name=name, taken=s) for s, name in names.items()),
        feasible=feasible,
        irreversible=() if plain_moves else random_irreversible(random, everything),
        forbidden_moves=() if plain_moves else random_forbidden(random, options, everything, states),
    )


def with_bearable(conflict: Conflict, random: Random, share: float = 0.6) -> Conflict:
    """The conflict in which it is stated for some decision makers where they can bear to stay."""
    names = [option.name for option in conflict.options]
    labels = [state.name for state in conflict.states]

    def drawn() -> Bearable:
        if conflict.is_graph_form:
            return Bearable(states=tuple(random.sample(labels, random.randint(0, len(labels)))))
        return Bearable(statement=random_rule(random, names).statement)

    makers = (
        replace(dm, bearable=drawn() if random.random() < share else None) for dm in conflict.decision_makers
    )
    return replace(conflict, decision_makers=tuple(makers))


def share_out(random: Random, total: int) -> list[int]:
    """Give the options to 2 to 4 decision makers, rarely to 1; some may own none."""
    number = 1 if random.random() < 0.03 else random.randint(2, 4)
    owned = [1 if total >= number else 0] * number
    while sum(owned) < total:
        owned[random.randrange(number)] += 1
    return owned


def feasibility(random: Random, options: Sequence[str]) -> tuple[Rule, ...]:
    """Rules that leave some state: none, random statements, or (if short) any set of states spelt out."""
    kind = random.choice(("none", "statements", "some states", "all but some states"))
    if len(options) > 7 and kind != "none":
        kind = "statements"
    if kind == "none":
        return ()
    if kind == "statements":
        return random_rules_that_leave_a_state(random, options)
    share = random.uniform(0.1, 0.9)
    listed = [s for s in every_combination(options) if random.random() < share]
    if kind == "some states":
        listed = listed or [frozenset()]
        return (rule(Or(tuple(state_statement(options, s) for s in listed))),)
    listed = listed[: 2 ** len(options) - 1]
    return tuple(rule(Not(state_statement(options, s))) for s in listed)


def random_rules_that_leave_a_state(random: Random, options: Sequence[str]) -> tuple[Rule, ...]:
    """Up to three random statements; one that would leave nothing is dropped."""
    kept: list[Rule] = []
    states = every_combination(options)
    for _ in range(random.randint(1, 3)):
        drawn = random_rule(random, options)
        left = [s for s in states if true_in(drawn.statement.expression, s)]
        if left:
            kept.append(drawn)
            states = left
    return tuple(kept)


def every_combination(options: Sequence[str]) -> list[frozenset[str]]:
    chosen = product((False, True), repeat=len(options))
    return [frozenset(option for option, bit in zip(options, bits, strict=True) if bit) for bits in chosen]


def random_names(random: Random, states: Sequence[frozenset[str]]) -> dict[frozenset[str], str]:
    """Names for a few of the states, mostly for none."""
    if random.random() < 0.6:
        return {}
    number = random.randint(1, min(len(states), len(GIVEN_NAMES)))
    return dict(zip(random.sample(list(states), number), GIVEN_NAMES, strict=False))


def random_irreversible(random: Random, options: Sequence[str]) -> tuple[Literal, ...]:
    """Mostly nothing; else options that cannot be left, cannot be taken, or neither."""
    if random.random() < 0.5:
        return ()
    literals = [Literal(option=option, taken=taken) for option in options for taken in (True, False)]
    return tuple(literal for literal in literals if random.random() < 0.25)


def random_forbidden(
    random: Random, options: list[list[str]], everything: Sequence[str], states: Sequence[frozenset[str]]
) -> tuple[ForbiddenMove, ...]:
    """Mostly nothing; else moves from where a statement holds, or from one state to one state."""
    if random.random() < 0.6:
        return ()
    forbidden = []
    for _ in range(random.randint(1, 3)):
        if random.random() < 0.5:
            origin, target = (random_rule(random, everything, depth=1).statement for _ in range(2))
        else:
            ends = (random.choice(states) for _ in range(2))
            origin, target = (rule(state_statement(everything, s)).statement for s in ends)
        mover = random.randrange(len(options))
        forbidden.append(ForbiddenMove(by=f"d{mover}", origin=origin, target=target))
    return tuple(forbidden)


# Preferences


def random_preference(random: Random, options: Sequence[str], labels: Sequence[str]) -> Preference:
    match random.choice(("ranking", "ranking", "prioritising", "weighting")):
        case "prioritising":
            number = random.randint(0, 6)
            return Prioritising(statements=tuple(random_rule(random, options) for _ in range(number)))
        case "weighting":
            return random_weighting(random, options)
        case _:
            return random_ranking(random, labels)


def random_weighting(random: Random, options: Sequence[str]) -> Weighting:
    """Weights of either sign, zero included, that often add up to ties."""
    pairs = []
    for _ in range(random.randint(0, 5)):
        weight = Fraction(random.randint(-4, 4), random.choice((1, 1, 2, 3, 10)))
        pairs.append((random_rule(random, options, depth=1), weight))
    return Weighting(weights=tuple(pairs))


def random_ranking(random: Random, labels: Sequence[str]) -> Ranking:
    """A direct ranking: strict, with ties, or of two or three tiers only."""
    levels = random.choice((2, 3, max(2, len(labels) // 2), 10 * len(labels)))
    level = {label: random.randrange(levels) for label in labels}
    best_first = sorted(set(level.values()), reverse=True)
    tiers = [tuple(label for label in labels if level[label] == value) for value in best_first]
    return Ranking(tiers=tuple(tiers))


# Graph form


def graph_form(random: Random, most_states: int = 9) -> Conflict:
    """A random conflict in graph form; hardly ever are its moves transitive."""
    labels = [f"g{k}" for k in range(random.randint(1, most_states))]
    arrows = [(s, t) for s in labels for t in labels if s != t]
    share = random.uniform(0.05, 0.6)
    return Conflict(
        name="Random",
        decision_makers=tuple(
            DecisionMaker(
                id=f"d{i}",
                name=f"Party {i}",
                preference=random_ranking(random, labels),
                moves=tuple(arrow for arrow in arrows if random.random() < share),
            )
            for i in range(random.randint(2, 4))
        ),
        status_quo=random.choice(labels),
        states=tuple(NamedState(name=label) for label in labels),
    )
