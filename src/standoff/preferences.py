"""Rankings of the states with ties, from what the analyst wrote."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from fractions import Fraction
from math import lcm

import numpy as np
from numpy.typing import NDArray

from standoff.errors import Fault, ModelError, UsageError
from standoff.model.conflict import Conflict, DecisionMaker, Prioritising, Ranking, Rule, Weighting
from standoff.states import bits
from standoff.states.numbering import renumbered
from standoff.states.space import StateSpace

Ranks = NDArray[np.int32]
"""One integer a state, dense from 0 (worst); larger is better, equal is a tie."""


def rankings(
    conflict: Conflict, space: StateSpace, progress: Callable[[float], None] | None = None
) -> tuple[Ranks, ...]:
    """Return every decision maker's ranking of the states, in the order of the file.

    Parameters
    ----------
    progress : function of the fraction that is done, optional

    Raises
    ------
    ModelError
        If a direct ranking misses or repeats a state, or names one that does not exist.
    """
    ranks: list[Ranks] = []
    faults: list[Fault] = []
    for number, dm in enumerate(conflict.decision_makers):
        if progress:
            progress(number / len(conflict.decision_makers))
        try:
            ranks.append(ranking(dm, space))
        except ModelError as error:
            faults.extend(error.faults)
    if faults:
        raise ModelError(faults)
    return tuple(ranks)


def ranking(dm: DecisionMaker, space: StateSpace) -> Ranks:
    """Return one decision maker's ranking of the states.

    Option prioritising compares states lexicographically by the truth of the statements, most
    important first; option weighting by the exact sum of the weights of the true statements
    (Fang, Hipel, Kilgour and Peng 2003); a direct ranking is taken as it stands.
    """
    preference = dm.preference
    match preference:
        case Prioritising(statements=statements):
            return _lexicographic(statements, space)
        case Weighting(weights=weights):
            return _weighted(weights, space)
        case Ranking():
            return _direct(dm.id, preference, space)


def dense(values: NDArray[np.int64]) -> Ranks:
    """Return the values renumbered 0, 1, 2, ... in the same order, ties kept."""
    least = values.min()
    return renumbered(values - least, int(values.max() - least) + 1)[0]


def _lexicographic(statements: Iterable[Rule], space: StateSpace) -> Ranks:
    """Append truth values to the ranks so far as lower bits, as many at a time as fit; renumber.

    A step takes as many statements as leave room for a state's number in 63 bits: eighty
    statements on 2^20 states take three sorts, on few states one or none.
    """
    rules = list(statements)
    ranks, count = np.zeros(space.size, np.int32), 1
    room = 62 - max(1, (space.size - 1).bit_length())
    while rules:
        step = room - count.bit_length() + 1
        now, rules = rules[:step], rules[step:]
        columns = [space.truth(rule.statement.expression) for rule in reversed(now)]
        key = ranks.astype(np.int64) << len(now)
        for place in range(0, len(columns), 8):
            key |= bits.octets(columns[place : place + 8], space.size).astype(np.int64) << place
        ranks, count = renumbered(key, count << len(now))
    return ranks


def _weighted(weights: Iterable[tuple[Rule, Fraction]], space: StateSpace) -> Ranks:
    """Add up exact whole multiples of the weights, eight statements at a time by a table of sums."""
    pairs = tuple(weights)
    scale = lcm(*(weight.denominator for _, weight in pairs))
    whole = [int(weight * scale) for _, weight in pairs]
    exact = np.int64 if sum(map(abs, whole)) < 2**62 else object
    score = np.zeros(space.size, exact)
    for place in range(0, len(pairs), 8):
        sums = np.zeros(1, exact)
        for weight in whole[place : place + 8]:
            sums = np.concatenate([sums, sums + weight])
        columns = [space.truth(rule.statement.expression) for rule, _ in pairs[place : place + 8]]
        score += sums[bits.octets(columns, space.size)]
    return dense(score) if exact is np.int64 else np.unique(score, return_inverse=True)[1].astype(np.int32)


def _direct(dm: str, ranking: Ranking, space: StateSpace) -> Ranks:
    ranks = np.full(space.size, -1, np.int32)
    faults = []
    for place, tier in enumerate(ranking.tiers):
        for label in tier:
            path = ("decision_makers", dm, "ranking", place)
            try:
                state = space.index(label)
            except UsageError as error:
                faults.append(Fault(code="unknown-state", message=str(error), cure="", path=path))
                continue
            if ranks[state] >= 0:
                faults.append(_repeated(label, path))
            ranks[state] = len(ranking.tiers) - 1 - place
    missing = np.flatnonzero(ranks < 0)
    if missing.size and not faults:
        faults.append(_missing(dm, [space.label(int(state)) for state in missing[:8]], missing.size))
    if faults:
        raise ModelError(faults)
    return dense(ranks.astype(np.int64))


def _repeated(label: str, path: tuple[str | int, ...]) -> Fault:
    return Fault(
        code="state-ranked-twice",
        message=f"The ranking names state '{label}' twice.",
        cure="Keep one of the two places.",
        path=path,
    )


def _missing(dm: str, labels: list[str], count: int) -> Fault:
    listed = ", ".join(labels) + (", ..." if count > len(labels) else "")
    return Fault(
        code="state-not-ranked",
        message=f"The ranking leaves out {count} feasible state{'s' if count > 1 else ''}: {listed}.",
        cure="Every feasible state must stand in the ranking once; a nested list is a tie.",
        path=("decision_makers", dm, "ranking"),
    )
