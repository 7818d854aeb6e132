"""Which preference statements decide between a state and others: what a comparison rests on."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from standoff.model.conflict import DecisionMaker, Prioritising, Ranking, Rule, Weighting
from standoff.states.space import StateSpace


def deciders(dm: DecisionMaker, space: StateSpace, state: int, others: Iterable[int]) -> tuple[Rule, ...]:
    """Return the statements that put each of the other states above or below a state.

    In option prioritising it is for each other state the first statement that tells the two
    apart; in option weighting every statement that does. Equal states, and states that are ranked
    directly, have none.

    Returns
    -------
    tuple of Rule
        In the order of the preference, each once.
    """
    among = np.fromiter(others, np.int64)
    match dm.preference:
        case Prioritising(statements=rules):
            found, open_ = [], np.ones(among.size, bool)
            for rule in rules:
                truth = space.where(rule.statement.expression)
                apart = (truth[among] != truth[state]) & open_
                if apart.any():
                    found.append(rule)
                    open_ &= ~apart
            return tuple(found)
        case Weighting(weights=weights):
            truths = [(rule, space.where(rule.statement.expression)) for rule, _ in weights]
            return tuple(rule for rule, truth in truths if (truth[among] != truth[state]).any())
        case Ranking():
            return ()
