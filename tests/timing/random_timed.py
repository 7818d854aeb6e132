"""Random conflicts with types, stocks, payoffs, signals and pivots, for one focal decision maker."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from random import Random

from standoff.evidence import ASSUMPTION
from standoff.model.conflict import Conflict, Literal
from standoff.model.statement import Or, Statement
from standoff.model.timing import (
    Change,
    Choice,
    Condition,
    PartyType,
    Payoff,
    Pivot,
    Quantity,
    Shift,
    Signal,
    SignalRate,
    Stock,
    Timing,
    Types,
)
from tests.oracles.conflicts import draw_conflict, random_preference
from tests.oracles.plain import all_states, label
from tests.oracles.statements import rule, state_statement


def number(random: Random, low: int, high: int, over: int = 4) -> Quantity:
    return Quantity(value=Fraction(random.randint(low, high), over), evidence=ASSUMPTION)


def timed_conflict(seed: int, kinds: int | None = None, form: str | None = None) -> Conflict:
    """A conflict with the blocks about time; the first decision maker is the focal one.

    Parameters
    ----------
    kinds : number of types of the second decision maker; 0 for none, drawn if None
    """
    random = Random(seed)
    while True:
        conflict = draw_conflict(random, form, sizes=(2, 3, 3, 4), most_states=6)
        if len(conflict.decision_makers) > 1:
            break
    stocks = tuple(random_stock(random, conflict, k) for k in range(random.randint(0, 2)))
    kinds = random.choice((0, 2, 3)) if kinds is None else kinds
    types = random_types(random, conflict, stocks, kinds) if kinds else None
    ids = [each.id for each in types.types] if types else []
    stocks = tuple(replace(s, changes=random_changes(random, conflict, ids)) for s in stocks)
    others = [dm.id for dm in conflict.decision_makers[1:]]
    timing = Timing(
        focal=conflict.decision_makers[0].id,
        discount_per_year=number(random, 1, 2, 10),
        opportunities=tuple((dm, number(random, 0, 8)) for dm in others),
        choice=Choice(
            kappa=random.choice((None, Fraction(0), Fraction(2), Fraction(9, 2))),
            moves_ahead=random.choice((1, 1, 2, 3)),
            evidence=ASSUMPTION,
        ),
        within=random_within(random, conflict),
        stocks=stocks,
        payoffs=tuple(random_payoff(random, conflict, stocks) for _ in range(random.randint(1, 4))),
        pivots=tuple(random_pivot(random, conflict, k) for k in range(random.randint(0, 2))),
        signals=tuple(random_signal(random, conflict, ids, k) for k in range(random.randint(0, 2))),
    )
    return replace(conflict, types=types, timing=timing)


def random_condition(random: Random, conflict: Conflict) -> Condition:
    if random.random() < 0.4:
        return None
    states = all_states(conflict)
    chosen = [s for s in states if random.random() < 0.6]
    if conflict.is_graph_form:
        return tuple(chosen)
    return one_of(conflict, chosen or [random.choice(states)])


def one_of(conflict: Conflict, states: list) -> Statement:
    """The statement that is true in just these states."""
    options = [option.name for option in conflict.options]
    return rule(Or(tuple(state_statement(options, s) for s in states))).statement


def random_within(random: Random, conflict: Conflict) -> Condition:
    if random.random() < 0.6:
        return None
    states = all_states(conflict)
    chosen = [s for s in states if random.random() < 0.8 or s == conflict.status_quo]
    if conflict.is_graph_form:
        return tuple(chosen)
    return one_of(conflict, chosen)


def random_stock(random: Random, conflict: Conflict, k: int) -> Stock:
    least = random.randint(0, 1)
    most = least + random.randint(1, 3)
    return Stock(
        id=f"k{k}",
        label=f"Stock {k}",
        unit="units",
        least=least,
        most=most,
        start=random.randint(least, most),
        evidence=ASSUMPTION,
    )


def random_changes(random: Random, conflict: Conflict, ids: list[str]) -> tuple[Change, ...]:
    return tuple(
        Change(
            by=random.choice((1, -1)),
            per_year=number(random, 0, 6),
            condition=random_condition(random, conflict),
            type=random.choice([None, *ids]),
        )
        for _ in range(random.randint(0, 3))
    )


def random_types(random: Random, conflict: Conflict, stocks: tuple[Stock, ...], kinds: int) -> Types:
    maker = conflict.decision_makers[1]
    weights = [random.randint(1, 5) for _ in range(kinds)]
    options = [option.name for option in conflict.options]
    labels = [label(conflict, place, s) for place, s in enumerate(all_states(conflict))]

    def preference():
        if conflict.is_graph_form:
            return replace(
                maker.preference, tiers=tuple((name,) for name in random.sample(labels, len(labels)))
            )
        return random_preference(random, options, labels)

    return Types(
        decision_maker=maker.id,
        types=tuple(
            PartyType(
                id=f"t{k}",
                name=f"Type {k}",
                prior=Quantity(value=Fraction(weight, sum(weights)), evidence=ASSUMPTION),
                preference=preference(),
                shifts=tuple(
                    Shift(stock=s.id, at_least=random.randint(s.least, s.most), preference=preference())
                    for s in stocks
                    if random.random() < 0.5
                ),
            )
            for k, weight in enumerate(weights)
        ),
    )


def random_payoff(random: Random, conflict: Conflict, stocks: tuple[Stock, ...]) -> Payoff:
    return Payoff(
        amount=number(random, -8, 8),
        condition=random_condition(random, conflict),
        stock=random.choice([None, *(s.id for s in stocks)]),
    )


def random_pivot(random: Random, conflict: Conflict, k: int) -> Pivot:
    own = [option.name for option in conflict.decision_makers[0].options]
    label_, cost = f"Pivot {k}", number(random, 0, 4)
    if conflict.is_graph_form:
        to = random.choice([state.name for state in conflict.states])
        return Pivot(id=f"p{k}", label=label_, cost_once=cost, to=to)
    chosen = [option for option in own if random.random() < 0.7]
    sets = tuple(Literal(option=option, taken=random.random() < 0.5) for option in chosen)
    return Pivot(id=f"p{k}", label=label_, cost_once=cost, sets=sets)


def random_signal(random: Random, conflict: Conflict, ids: list[str], k: int) -> Signal:
    return Signal(
        id=f"m{k}",
        label=f"Signal {k}",
        rates=tuple(
            SignalRate(
                per_year=number(random, 0, 8),
                condition=random_condition(random, conflict),
                type=random.choice([None, *ids]),
            )
            for _ in range(random.randint(1, 3))
        ),
    )
