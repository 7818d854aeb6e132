"""The course of a belief over time: a step at each event, a drift in each silence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from math import ceil, exp, fsum, log

from standoff.study.belief import Belief
from standoff.timing.ledger import Entry

Beliefs = tuple[float, ...]

_FINEST = 24
_PIECES_PER_BELIEF = 60


def track(found: Belief, begin: date, end: date) -> Iterator[tuple[float, Beliefs]]:
    """Yield times, as fractions of the whole, with the beliefs then; at an event the same time twice.

    In a silence log beliefs change in proportion to time and are normalised, so a few points a
    silence draw its curve.
    """
    whole = max((end - begin).days, 1)
    logs = [log(prior) for prior in found.ledger.prior]
    yield 0.0, normalised(logs)
    for entry in found.ledger.entries:
        after = [before + change for before, change in zip(logs, entry.log_likelihoods, strict=True)]
        start, length = (entry.begin - begin).days, (entry.end - entry.begin).days
        pieces = _pieces(entry, logs, after) if length else 1
        for piece in range(1, pieces + 1):
            part = piece / pieces
            between = [old + part * (new - old) for old, new in zip(logs, after, strict=True)]
            yield (start + part * length) / whole, normalised(between)
        logs = after


def _pieces(entry: Entry, before: Sequence[float], after: Sequence[float]) -> int:
    """Return in how many straight pieces a silence is drawn."""
    moved = max(abs(old - new) for old, new in zip(normalised(before), normalised(after), strict=True))
    least = 4 if len(before) > 2 and entry.diagnosticity > 1 else 1
    return min(max(least, ceil(_PIECES_PER_BELIEF * moved)), _FINEST)


def normalised(logs: Sequence[float]) -> Beliefs:
    """Return the probabilities whose logarithms these are, up to a number added to all."""
    most = max(logs)
    joint = [exp(each - most) for each in logs]
    total = fsum(joint)
    return tuple(each / total for each in joint)
