"""List the feasible states of an option-form conflict as ascending bit codes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

import numpy as np
from numpy.typing import NDArray

from standoff.errors import RefusedError
from standoff.model.statement import Expression, evaluate, options_in
from standoff.states import bits

MAX_STATES = 1 << 24
"""Most states that are held at once unless the caller allows more."""

MOST_STATES = 1 << 27
"""No limit may be set higher."""

MOST_OPTIONS = 62
"""A state is a code of so many bits at most."""


def feasible_codes(
    options: Sequence[str], rules: Sequence[Expression], max_states: int = MAX_STATES
) -> NDArray[np.int64]:
    """Return the codes of all states that satisfy every rule, in ascending order.

    Bit k of a code is set where `options[k]` is taken. Options are added one by one, which
    doubles the states, and a rule is applied as soon as all its options are there. The states so
    far are marked in a bit map of all codes while at least one code in 64 is feasible, and listed
    from then on: the cost follows the states that are feasible so far, not 2^options.

    Raises
    ------
    RefusedError
        If more than `max_states` states would have to be held, or there are over 62 options.
    """
    max_states = min(max_states, MOST_STATES)
    if len(options) > MOST_OPTIONS:
        raise RefusedError(
            f"{len(options)} options are too many to list states, 2^{len(options)} without the rules; the "
            f"most is {MOST_OPTIONS}. Leave options out, or use 'standoff equilibria', which needs no list."
        )
    place = {option: bit for bit, option in enumerate(options)}
    due: list[list[Expression]] = [[] for _ in range(len(options) + 1)]
    for rule in rules:
        due[1 + max((place[option] for option in options_in(rule)), default=-1)].append(rule)

    there = min(6, len(options))
    marked = np.array([(1 << (1 << there)) - 1], bits.WORD)
    early = [rule for some in due[: there + 1] for rule in some]
    marked &= _all_hold(early, place, lambda bit: bits.counting(bit, 1), 1)
    while there < len(options) and marked.size <= min(np.bitwise_count(marked).sum(), max_states // 32):
        there += 1
        marked = np.concatenate([marked, marked])
        if due[there]:
            marked &= _all_hold(due[there], place, partial(bits.counting, words=marked.size), marked.size)
    if np.bitwise_count(marked).sum() > max_states:
        raise _too_many(len(options), max_states)
    codes = np.flatnonzero(bits.unpacked(marked, 1 << there))
    while there < len(options):
        codes = np.concatenate([codes, codes | np.int64(1) << there])
        there += 1
        if due[there]:
            columns = bits.columns(codes, there)
            true = _all_hold(due[there], place, columns.__getitem__, columns[0].size)
            codes = codes[bits.unpacked(true, codes.size)]
        if codes.size > max_states:
            raise _too_many(len(options), max_states)
    return codes


def _all_hold(
    rules: Sequence[Expression], place: dict[str, int], column: Callable[[int], bits.Words], words: int
) -> bits.Words:
    """Return where all rules are true, given the column of the option at each place."""
    every = true = np.full(words, ~np.uint64(0), bits.WORD)
    for rule in rules:
        true = true & evaluate(rule, {option: column(place[option]) for option in options_in(rule)}, every)
    return true


def _too_many(options: int, max_states: int) -> RefusedError:
    return RefusedError(
        f"The conflict has {options} options and more than {max_states:,} feasible states. Add feasibility "
        "rules, leave options out, or raise the limit with --max-states; 'standoff equilibria' needs no list "
        "of states."
    )
