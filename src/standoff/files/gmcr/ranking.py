"""Rankings of all states for GMCR+, which numbers them from 1 in the order of their codes."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from standoff.errors import Fault, ModelError, RefusedError
from standoff.files.gmcr.patterns import Pattern, feasible
from standoff.model.conflict import Conflict, DecisionMaker, Prioritising, Ranking, Rule, Weighting
from standoff.model.statement import evaluate

MOST_RANKED = 4_096
"""Most feasible states for which a ranking of all of them is written out."""


def listed(options: Sequence[str], infeasible: Sequence[Pattern]) -> list[int]:
    """Return the codes of all feasible states, ascending.

    Raises
    ------
    RefusedError
        If there are more than `MOST_RANKED`.
    """
    codes = list(feasible(options, infeasible, MOST_RANKED + 1))
    if len(codes) > MOST_RANKED:
        raise RefusedError(
            "Where preferences are not statements that GMCR+ can express, it wants all states ranked; "
            f"more than {MOST_RANKED:,} are too many to write down."
        )
    return codes


def ranking(conflict: Conflict, dm: DecisionMaker, codes: Sequence[int]) -> list[Any]:
    """Return state numbers from best to worst, a list being a tie.

    Raises
    ------
    ModelError
        If a direct ranking does not name every state once.
    """
    match dm.preference:
        case Ranking(tiers=tiers):
            numbers = _numbers(conflict, codes)
            tied = [sorted(numbers.get(label, 0) for label in tier) for tier in tiers if tier]
            if sorted(number for tier in tied for number in tier) != list(range(1, len(codes) + 1)):
                raise ModelError([_bad_ranking(dm)])
        case Weighting(weights=weights):
            tied = _by_score(_scores(conflict, [rule for rule, _ in weights], [w for _, w in weights], codes))
        case Prioritising(statements=rules):
            powers = [Fraction(1 << power) for power in reversed(range(len(rules)))]
            tied = _by_score(_scores(conflict, rules, powers, codes))
    return [tier[0] if len(tier) == 1 else tier for tier in tied]


def _scores(
    conflict: Conflict, rules: Sequence[Rule], weights: Sequence[Fraction], codes: Sequence[int]
) -> list[Fraction]:
    """Return the exact sum of the weights of the true statements, state by state."""
    ones = (1 << len(codes)) - 1
    columns = {
        option.name: sum(1 << state for state, code in enumerate(codes) if code >> bit & 1)
        for bit, option in enumerate(conflict.options)
    }
    true = [evaluate(rule.statement.expression, columns, ones) for rule in rules]
    return [
        sum((weight for weight, column in zip(weights, true, strict=True) if column >> state & 1), Fraction())
        for state in range(len(codes))
    ]


def _by_score(scores: Sequence[Fraction]) -> list[list[int]]:
    tiers: dict[Fraction, list[int]] = {}
    for number, score in enumerate(scores, start=1):
        tiers.setdefault(score, []).append(number)
    return [tiers[score] for score in sorted(tiers, reverse=True)]


def _numbers(conflict: Conflict, codes: Sequence[int]) -> dict[str, int]:
    """Return the number of every state by its labels: s1, s2, ... and the names given."""
    options = [option.name for option in conflict.options]
    by_code = {code: number for number, code in enumerate(codes, start=1)}
    found = {f"s{number}": number for number in by_code.values()}
    for state in conflict.states:
        code = sum(1 << bit for bit, option in enumerate(options) if option in state.taken)
        if code in by_code:
            found[state.name] = by_code[code]
    return found


def _bad_ranking(dm: DecisionMaker) -> Fault:
    return Fault(
        code="state-not-ranked",
        message=f"The ranking of '{dm.id}' does not name every feasible state once.",
        cure="Check the model for details.",
        path=("decision_makers", dm.id, "ranking"),
    )
