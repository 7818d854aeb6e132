"""Count the moves that a decision maker has from a state."""

from __future__ import annotations

from collections.abc import Mapping

from standoff.model.statement import evaluate
from standoff.stability.propositional.problem import Problem
from standoff.stability.propositional.witness import State

MOST_OPTIONS = 16
"""Moves are counted for decision makers with at most as many options of their own."""


def count_moves(problem: Problem, dm: int, state: State) -> int | None:
    """Return the number of states in R_i(s), or None where there would be too many to look at.

    All combinations of own options at once, as the bits of whole numbers: bit b of an option's
    column says whether it is taken in combination b.
    """
    party = problem.parties[dm]
    if len(party.own) > MOST_OPTIONS:
        return None
    taken = frozenset(state)
    ones = (1 << (1 << len(party.own))) - 1
    columns = {option: ones if option in taken else 0 for option in problem.options}
    now: Mapping[str, int] = {option: int(option in taken) for option in problem.options}
    here = ones
    for place, option in enumerate(party.own):
        columns[option] = _alternating(place, len(party.own))
        here &= columns[option] if option in taken else columns[option] ^ ones
    possible = ones & ~here
    for rule in problem.rules:
        if not rule.options.isdisjoint(party.own):
            possible &= evaluate(rule.expression, columns, ones)
    for literal in party.stays:
        if (literal.option in taken) == literal.taken:
            possible &= columns[literal.option] if literal.taken else ~columns[literal.option]
    for move in party.forbidden:
        if evaluate(move.origin.expression, now, 1):
            possible &= ~evaluate(move.target.expression, columns, ones)
    return possible.bit_count()


def _alternating(place: int, places: int) -> int:
    """Return the column of the option at `place`: 2^place zeros, as many ones, and so on."""
    width = 1 << place
    column, length = ((1 << width) - 1) << width, 2 * width
    while length < 1 << places:
        column |= column << length
        length *= 2
    return column
