"""List the feasible states of an option-form conflict as ascending bit codes."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from standoff.errors import RefusedError
from standoff.model.statement import Expression, evaluate, options_in

MAX_STATES = 1 << 24
"""Most states that are held at once unless the caller allows more."""


def feasible_codes(
    options: Sequence[str], rules: Sequence[Expression], max_states: int = MAX_STATES
) -> NDArray[np.int64]:
    """Return the codes of all states that satisfy every rule, in ascending order.

    Bit k of a code is set where `options[k]` is taken. Options are added one by one and a rule
    is applied as soon as all its options are there, so the cost follows the states that are
    feasible so far, not 2^options.

    Raises
    ------
    RefusedError
        If more than `max_states` states would have to be held, or there are over 62 options.
    """
    if len(options) > 62:
        raise RefusedError(f"{len(options)} options are too many to list states; the most is 62.")
    place = {option: bit for bit, option in enumerate(options)}
    due: list[list[Expression]] = [[] for _ in range(len(options) + 1)]
    for rule in rules:
        due[1 + max((place[option] for option in options_in(rule)), default=-1)].append(rule)
    codes = _filtered(np.zeros(1, np.int64), due[0], place)
    for bit in range(len(options)):
        if 2 * codes.size > 4 * max_states:
            raise _too_many(len(options), max_states)
        codes = np.concatenate([codes, codes | (np.int64(1) << bit)])
        codes = _filtered(codes, due[bit + 1], place)
        if codes.size > max_states:
            raise _too_many(len(options), max_states)
    return codes


def _too_many(options: int, max_states: int) -> RefusedError:
    return RefusedError(
        f"The conflict has {options} options and more than {max_states:,} feasible states. "
        "Add feasibility rules, leave options out, or raise the limit with --max-states."
    )


def _filtered(
    codes: NDArray[np.int64], rules: Sequence[Expression], place: dict[str, int]
) -> NDArray[np.int64]:
    for rule in rules:
        columns = {option: (codes >> place[option] & 1).astype(bool) for option in options_in(rule)}
        true = evaluate(rule, columns, np.ones(codes.size, bool))
        codes = codes[true]
    return codes
