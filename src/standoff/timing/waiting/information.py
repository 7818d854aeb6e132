"""What it would be worth to know more: the type, a channel of signals, one month."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np

from standoff.progress import Progress
from standoff.timing.arrays import Floats, Ints
from standoff.timing.play import Play
from standoff.timing.reaching import timing_of
from standoff.timing.simulation import SURE, Estimate, TimeLeft, simulated
from standoff.timing.until import optimally
from standoff.timing.waiting.optimum import Optimum, Solved, first_steps, solved
from standoff.timing.waiting.policies import starts_of

MONTH_YEARS = 1 / 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """A signal, and what seeing it is worth: the value with it less the value if it said nothing."""

    signal: str
    worth: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Information:
    """What knowing more is worth, in units of payoff.

    Attributes
    ----------
    perfect : tuple of float
        Least and most that it is worth to know the type at once.
    channels : tuple of Channel
        By falling worth.
    all_channels : float
        All signals together.
    month : Estimate or None
        What waiting one month and then acting in the best way is worth more than the best pivot
        at once; None if no pivot is possible now.
    """

    perfect: tuple[float, float]
    channels: tuple[Channel, ...]
    all_channels: float
    month: Estimate | None


def information(
    found: Solved,
    optimum: Optimum,
    *,
    paths: int,
    seed: int,
    channels: bool = True,
    progress: Progress | None = None,
) -> Information:
    """Return the value of perfect information, of each signal channel if asked for, and of one month more.

    Channels are valued on the first grid, however fine the last one is.
    """
    starts = starts_of(found.play)
    known = float(found.play.prior @ best_if_known(found, starts))
    least = max(0.0, known - optimum.upper)
    most = max(least, known - (optimum.lower.mean - SURE * optimum.lower.error))
    valued, together = _channels(found, optimum.steps, progress) if channels else ((), 0.0)
    return Information(
        perfect=(least, most),
        channels=valued,
        all_channels=together,
        month=_month(found, paths=paths, seed=seed),
    )


def _channels(found: Solved, steps: int, progress: Progress | None) -> tuple[tuple[Channel, ...], float]:
    """Return what each channel is worth, by falling worth, and what all of them are together."""
    ids = [signal.id for signal in timing_of(found.play.conflict).signals]
    if not ids:
        return (), 0.0
    first = first_steps(len(found.play.types), found.stakes.waiting.size)
    base = found if steps == first else solved(found.play, first, found.stakes, found)
    worth = []
    for place, signals in enumerate([*([each] for each in ids), ids]):
        if progress:
            progress("channels", place / (len(ids) + 1))
        worth.append(_worth(base, signals, first))
    valued = [Channel(signal=each, worth=value) for each, value in zip(ids, worth, strict=False)]
    return tuple(sorted(valued, key=lambda each: (-each.worth, each.signal))), worth[-1]


def _worth(found: Solved, signals: Iterable[str], steps: int) -> float:
    starts = starts_of(found.play)
    deaf = solved(without(found.play, signals), steps, found.stakes, found).best(starts)
    return max(0.0, found.best(starts).upper - deaf.upper)


def best_if_known(found: Solved, starts: Iterable[int]) -> Floats:
    """Return the best value if the type were known, by type, from whichever start is best for it."""
    return np.max([found.begun(start).if_known for start in starts], axis=0)


def without(play: Play, signals: Iterable[str]) -> Play:
    """Return the play in which some signals are as frequent under every type, so that they say nothing."""
    silent = set(signals)
    numbers = [place for place, kind in enumerate(play.kinds) if kind.signal in silent]
    events = np.isin(play.kind, numbers)
    rates = play.rates.copy()
    rates[:, events] = play.prior @ rates[:, events]
    return replace(play, rates=rates)


def _month(found: Solved, *, paths: int, seed: int) -> Estimate | None:
    if not np.isfinite(found.now):
        return None
    best = optimally(found.play, found.solution)
    outcome = simulated(found.play, found.stakes, not_before(MONTH_YEARS, best), paths=paths, seed=seed)
    return Estimate(mean=outcome.value.mean - found.now, error=outcome.value.error)


def not_before(years: float, rule: TimeLeft) -> TimeLeft:
    """Return the rule that is like another one from a time on, and waits until then."""

    def left(points: Ints, logs: Floats, times: Floats) -> Floats:
        early = np.maximum(0.0, years - times)
        return np.where(early > 0, np.maximum(early, rule(points, logs, times)), rule(points, logs, times))

    return left
