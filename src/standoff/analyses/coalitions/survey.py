"""Which states hold against a coalition, for all states at once.

State s is stable against coalition H if every coalition improvement s1 of H from s can be answered
by the others, N-H. With complete rankings the definitions read, for masks over the states:

- bad for H: the states that some member does not prefer to s;
- GMR: s1 is answered if moves of N-H lead from it to a bad state;
- SMR: ... to a bad state from which H cannot reach a state that every member prefers to s;
- SEQ: ... if class improvements of N-H lead to a bad state, that is, if for some member the
  lowest rank they lead to is no better than s.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import reduce

import numpy as np

from standoff.analyses.coalitions.classes import least_by_class_gains, regions, subcoalitions
from standoff.analyses.coalitions.clock import OutOfTimeError, require_time
from standoff.analyses.coalitions.ways import Bools, Coalitional, Values
from standoff.errors import RefusedError, UsageError, did_you_mean
from standoff.graph import OptionArcs, States
from standoff.progress import Progress
from standoff.stability.concepts import IMPLIED

CONCEPTS: tuple[str, ...] = ("nash", "gmr", "smr", "seq")
"""The concepts that are defined for coalitions."""

MOST_STATES = 8_192
"""So many states are looked at all at once; one state can be looked at in any number."""

MOST_PARTIES = 12
"""With so many decision makers all coalitions are looked at."""

MOST_WORK = 200_000_000
"""So many looks, as `work` counts them, are made without a time limit: seconds, see docs/benchmarks.md."""

_CELLS = 1 << 20
"""Matrices are worked on in parts of so many entries."""

_TOGETHER = 256
"""Regions are looked at together until they have so many states."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Universal:
    """States that are stable against every nonempty coalition, by concept.

    `looked_at` is less than `coalitions` where time ran out; the states are then only those
    against which no coalition looked at so far has spoken.
    """

    stable: dict[str, States]
    coalitions: int
    looked_at: int


def require_concept(concept: str) -> str:
    """Return a concept that is defined for coalitions.

    Raises
    ------
    UsageError
        If there is none of this name.
    RefusedError
        If it is a concept for single decision makers only.
    """
    if concept in CONCEPTS:
        return concept
    if concept in ("sseq", "sim"):
        raise RefusedError(
            f"For coalitions '{concept}' is not defined: no source for it is known here. "
            f"Ask for one of {', '.join(CONCEPTS)}."
        )
    raise UsageError(f"There is no concept '{concept}'. {did_you_mean(concept, CONCEPTS)}")


def work(field: Coalitional) -> int:
    """Return about how many looks it takes to look at all coalitions at all states.

    For each coalition, each state and each set of others that could reply: where they lead to. Taken
    together, a set counts once for every coalition that it lies outside of. Who moved last has to be
    kept in mind where moves are forbidden, which counts threefold.
    """
    graph, everybody = field.graph, field.everybody
    size = graph.space.size
    free = [arcs.own.bit_count() if isinstance(arcs, OptionArcs) else size for arcs in graph.arcs]
    reach = [
        min(size, 1 << min(size, sum(free[dm] for dm in k))) << len(everybody) - len(k)
        for k in subcoalitions(everybody)
    ]
    return size * sum(reach) * (1 if graph.is_transitive else 3)


def require_size(field: Coalitional, *, timed: bool = False) -> None:
    """Refuse to look at all states and all coalitions of a conflict that has too many.

    Parameters
    ----------
    timed : bool
        Whether there is a time limit: then it may be more work than `MOST_WORK`.

    Raises
    ------
    RefusedError
        If it has more than `MOST_STATES` or `MOST_PARTIES`, or if it is too much work.
    """
    size, parties = field.graph.space.size, len(field.everybody)
    if size > MOST_STATES:
        raise RefusedError(
            f"All states at once are looked at for up to {MOST_STATES:,} states; this conflict has "
            f"{size:,}. The state asked about is answered all the same."
        )
    if parties > MOST_PARTIES:
        raise RefusedError(
            f"All coalitions are looked at for up to {MOST_PARTIES} decision makers; this conflict has "
            f"{parties}. Name the coalitions that matter with --of."
        )
    if not timed and (looks := work(field)) > MOST_WORK:
        raise RefusedError(
            f"For {(1 << parties) - 1:,} coalitions at {size:,} states it takes about {looks:,} looks at "
            f"where they and those who answer them can go; up to {MOST_WORK:,} are made unless a time limit "
            "is set. Name the coalitions that matter with --of, or set --time-limit: then as many are looked "
            "at as it allows."
        )


def stable_against(
    field: Coalitional,
    coalition: tuple[int, ...],
    concept: str,
    states: States | None = None,
    until: float | None = None,
) -> Bools:
    """Return which of the states (all of them if left out) are stable against a coalition.

    Raises
    ------
    OutOfTimeError
        If it is later than `until` (`time.monotonic`) before that is known.
    """
    asked = np.arange(field.graph.space.size) if states is None else states
    stable = np.ones(asked.size, np.bool_)
    wanted = np.zeros(field.graph.space.size, np.bool_)
    everything = (np.arange(field.graph.space.size),)
    parts = everything if asked.size < _TOGETHER else tuple(regions(field, coalition, _TOGETHER))
    for some, targets in _blocks(parts, asked, stable):
        require_time(until)
        gains = _gains(field, coalition, asked[some], targets)
        stable[some] = ~gains.any(axis=1)
        wanted[targets] |= gains.any(axis=0)
    if concept == "nash" or not field.others(coalition):
        return stable
    least = worst_replies(field, coalition, concept, wanted, until)
    if least is None:
        parts = everything
    for some, targets in _blocks(parts, asked, ~stable):
        require_time(until)
        left = (
            unanswered(field, coalition, asked[some], concept)
            if least is None
            else _gains(field, coalition, asked[some], targets, least)
        )
        stable[some] = ~left.any(axis=1)
    return stable


def _blocks(parts: Iterable[States], asked: States, looked_at: Bools) -> Iterator[tuple[States, States]]:
    """Yield the places of states to look at, not too many at once, and the part that they lie in."""
    for part in parts:
        places = np.flatnonzero(looked_at & np.isin(asked, part))
        rows = max(1, _CELLS // part.size)
        for at in range(0, places.size, rows):
            yield places[at : at + rows], part


def _gains(
    field: Coalitional,
    coalition: tuple[int, ...],
    states: States,
    targets: States,
    least: Values | None = None,
) -> Bools:
    """Return, row by row, which of the targets are coalition improvements, replies being as bad as that."""
    found = field.together(coalition).between(states, targets)
    for row, dm in enumerate(coalition):
        rank = field.graph.ranks[dm]
        found &= rank[None, targets] > rank[states, None]
        if least is not None:
            found &= least[row][None, targets] > rank[states, None]
    return found


def worst_replies(
    field: Coalitional,
    coalition: tuple[int, ...],
    concept: str,
    wanted: Bools,
    until: float | None = None,
) -> Values | None:
    """Return the worst rank that the others' replies to each wanted state have for each member.

    None where more than that counts: under SMR, and under SEQ by one jump.
    """
    outside = field.others(coalition)
    if concept == "seq" and field.rule == "legal_sequence":
        return least_by_class_gains(field, outside, coalition, wanted, until)
    if concept == "gmr":
        replies = field.in_turn(outside)
        return np.array([replies.least(field.graph.ranks[dm]) for dm in coalition])
    return None


def unanswered(
    field: Coalitional,
    coalition: tuple[int, ...],
    states: States,
    concept: str,
    least: Values | None = None,
) -> Bools:
    """Return, row by row, the coalition improvements from a state that the others cannot answer.

    `least` is what `worst_replies` returns; SEQ by legal sequences needs it where two or more are outside.
    """
    outside = field.others(coalition)
    if concept == "nash" or not outside or least is not None:
        everything = np.arange(field.graph.space.size)
        return _gains(field, coalition, states, everything, least if outside and concept != "nash" else None)
    better = field.preferred(coalition, states)
    gains = better & field.together(coalition).reached(states)
    bad = ~better
    if concept == "smr":
        bad &= ~field.together(coalition).leading_to(better)
    if concept == "seq":
        return gains & ~field.by_gains(outside, bad)
    return gains & ~field.in_turn(outside).leading_to(bad)


def universally_stable(
    field: Coalitional,
    concepts: Iterable[str] = CONCEPTS,
    until: float | None = None,
    progress: Progress | None = None,
) -> Universal:
    """Return the states that are stable against every nonempty coalition.

    Coalitions are taken one after the other, large ones first, since nobody can answer everybody;
    a state that one of them leaves is not looked at again, nor under a concept that implies this one.

    Parameters
    ----------
    until : float, optional
        Stop at this time (`time.monotonic`).

    Raises
    ------
    RefusedError
        If there are too many states or decision makers, or without a time limit too much work.
    """
    require_size(field, timed=until is not None)
    everything = np.arange(field.graph.space.size)
    left = dict.fromkeys(concepts, everything)
    weakest_first = sorted(left, key=lambda concept: len(_implied(field, concept)))
    coalitions = subcoalitions(field.everybody)[::-1]
    for number, coalition in enumerate(coalitions):
        before = dict(left)
        try:
            for concept in weakest_first:
                weaker = [left[each] for each in _implied(field, concept) if each in left]
                states = reduce(np.intersect1d, weaker, left[concept])
                left[concept] = states[stable_against(field, coalition, concept, states, until)]
        except OutOfTimeError:
            return Universal(stable=before, coalitions=len(coalitions), looked_at=number)
        if progress is not None:
            progress("coalitions", (number + 1) / len(coalitions))
    return Universal(stable=left, coalitions=len(coalitions), looked_at=len(coalitions))


def _implied(field: Coalitional, concept: str) -> frozenset[str]:
    """Return what a concept implies for coalitions.

    SEQ implies GMR only where moves are transitive: the same party may move in two class improvements
    in a row, so these may lead to where no legal sequence does.
    """
    implied = frozenset(IMPLIED[concept])
    return implied - {"gmr"} if concept == "seq" and not field.graph.is_transitive else implied


def leaving(
    field: Coalitional,
    state: int,
    concept: str,
    coalitions: Sequence[tuple[int, ...]],
    until: float | None = None,
    progress: Progress | None = None,
) -> tuple[tuple[tuple[int, ...], ...], int]:
    """Return those of the coalitions against which one state is not stable, and how many were looked at.

    Not all are where it is later than `until` (`time.monotonic`).
    """
    here = np.array([state])
    found: list[tuple[int, ...]] = []
    for number, each in enumerate(coalitions):
        try:
            if not stable_against(field, each, concept, here, until)[0]:
                found.append(each)
        except OutOfTimeError:
            return tuple(found), number
        if progress is not None:
            progress("the state looked at", (number + 1) / len(coalitions))
    return tuple(found), len(coalitions)
