"""Many small changes of one model, solved together: what a finding hangs on.

A change is a whole conflict again, made from another one by `dataclasses.replace`; nothing is
changed in place. All chance comes from seeds.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

import numpy as np
from numpy.typing import NDArray

from standoff.analyses.outcomes import Outcome
from standoff.analyses.outcomes import outcomes as together
from standoff.analyses.outcomes import solved as solved_together
from standoff.errors import ModelError
from standoff.files.grammar import parse_statement
from standoff.graph import GraphModel
from standoff.model.conflict import Conflict, Literal, Prioritising, Rule
from standoff.model.statement import Not, Statement
from standoff.states.space import StateSpace
from standoff.study import build

ENGINE = "numpy"
"""Named so that a run does not depend on what else is installed; the answers do not."""


def better_than_today(o: Outcome) -> NDArray[np.bool_]:
    """Whether a state is better than today: a row for each decision maker."""
    return np.array([ranks > ranks[o.today] for ranks in o.graph.ranks])


def where(o: Outcome, statement: str) -> NDArray[np.bool_]:
    return _where(o.graph.space, statement)


@cache
def _where(space: StateSpace, statement: str) -> NDArray[np.bool_]:
    return space.where(parse_statement(statement, space.options).expression)


# Solving


def solved(graph: GraphModel, rankings: NDArray[np.int32]) -> list[Outcome]:
    """Solve one graph under many rankings: an array (samples, decision makers, states)."""
    return solved_together(graph, rankings, ENGINE)


def outcome(conflict: Conflict) -> Outcome:
    return outcomes([conflict])[0]


def outcomes(changed: Sequence[Conflict]) -> list[Outcome]:
    """Solve conflicts, in their order; those with the same states and moves go together."""
    found = dict(together(changed, ENGINE))
    return [found[number] for number in range(len(changed))]


def random_rankings(graph: GraphModel, samples: int, seed: int, only: int | None = None) -> NDArray[np.int32]:
    """Shuffle every decision maker's ranking over the states, or only one's; ties keep their sizes."""
    random = np.random.default_rng(seed)
    rankings = np.array([graph.ranks] * samples)
    for sample in rankings:
        for dm in range(len(sample)) if only is None else [only]:
            sample[dm] = random.permutation(sample[dm])
    return rankings


# Changes of a conflict


def order_of(conflict: Conflict, dm: int) -> tuple[Rule, ...]:
    """The statements of a decision maker, most important first."""
    preference = conflict.decision_makers[dm].preference
    if not isinstance(preference, Prioritising):
        raise TypeError("only orders of statements can be changed here")
    return preference.statements


def with_order(conflict: Conflict, dm: int, statements: Sequence[Rule]) -> Conflict:
    parties = list(conflict.decision_makers)
    parties[dm] = replace(parties[dm], preference=Prioritising(statements=tuple(statements)))
    return replace(conflict, decision_makers=tuple(parties))


def with_wording(conflict: Conflict, dm: int, statement: str, wording: str) -> Conflict:
    """Put other words in the place of a statement given by its id."""
    options = [option.name for option in conflict.options]
    statements = list(order_of(conflict, dm))
    (place,) = [k for k, rule in enumerate(statements) if rule.id == statement]
    statements[place] = replace(statements[place], statement=parse_statement(wording, options))
    return with_order(conflict, dm, statements)


@dataclass(frozen=True)
class Edit:
    """One small change.

    Attributes
    ----------
    kind : "up", "out", "opposite", "rule" or "today"
        A statement moved up, left out or turned into its opposite; a rule left out; a coordinate
        of today changed.
    element : Rule or Literal
        What is moved, left out or changed.
    conflict : Conflict
        The result.
    dm : int or None
        Whose statement it is.
    places : int
        How far it is moved.
    over : Rule or None
        What it then stands right above.
    """

    kind: str
    element: Rule | Literal
    conflict: Conflict
    dm: int | None = None
    places: int = 0
    over: Rule | None = None


def order_edits(conflict: Conflict, dm: int) -> Iterator[Edit]:
    """Yield each statement moved up by each number of places, left out, and turned round."""
    statements = order_of(conflict, dm)
    for place, rule in enumerate(statements):
        rest = (*statements[:place], *statements[place + 1 :])
        for places in range(1, place + 1):
            goal = place - places
            moved = with_order(conflict, dm, (*rest[:goal], rule, *rest[goal:]))
            yield Edit("up", rule, moved, dm, places, statements[goal])
        yield Edit("out", rule, with_order(conflict, dm, rest), dm)
        turned = replace(rule, statement=opposite(rule.statement))
        around = (*statements[:place], turned, *statements[place + 1 :])
        yield Edit("opposite", rule, with_order(conflict, dm, around), dm)


def opposite(statement: Statement) -> Statement:
    return Statement(f"not ({statement.text})", Not(statement.expression))


def rule_edits(conflict: Conflict) -> Iterator[Edit]:
    """Yield each feasibility rule left out."""
    for rule in conflict.feasible:
        kept = tuple(other for other in conflict.feasible if other is not rule)
        yield Edit("rule", rule, replace(conflict, feasible=kept))


def today_edits(conflict: Conflict) -> Iterator[Edit]:
    """Yield each single coordinate of the status quo changed, where the state stays feasible."""
    reasons = {literal.option: literal for literal in conflict.status_quo_reasons}
    for option in conflict.options:
        changed = replace(conflict, status_quo=conflict.status_quo ^ {option.name})
        if is_feasible(changed):
            yield Edit("today", reasons[option.name], changed)


def is_feasible(conflict: Conflict) -> bool:
    try:
        build(conflict)
    except ModelError:
        return False
    return True


def with_swaps(conflict: Conflict, swaps: int, samples: int, seed: int) -> Iterator[Conflict]:
    """Yield conflicts in which neighbouring statements changed places, drawn one after the other."""
    random = np.random.default_rng(seed)
    parties = range(len(conflict.decision_makers))
    pairs = [(dm, k) for dm in parties for k in range(len(order_of(conflict, dm)) - 1)]
    for _ in range(samples):
        changed = conflict
        for dm, k in (pairs[n] for n in random.integers(len(pairs), size=swaps)):
            statements = list(order_of(changed, dm))
            statements[k], statements[k + 1] = statements[k + 1], statements[k]
            changed = with_order(changed, dm, statements)
        yield changed


def with_shuffled_orders(conflict: Conflict, samples: int, seed: int) -> Iterator[Conflict]:
    """Yield conflicts in which everybody has the same statements, in any order."""
    random = np.random.default_rng(seed)
    for _ in range(samples):
        changed = conflict
        for dm in range(len(conflict.decision_makers)):
            statements = order_of(conflict, dm)
            changed = with_order(changed, dm, [statements[k] for k in random.permutation(len(statements))])
        yield changed
