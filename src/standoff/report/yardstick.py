"""Likelihood words for probabilities, always with the number and the word's range beside them.

Only for probabilities: a share of states, of profiles or of equilibria is a share, whatever it is.
Confidence is another thing and never stands in the same sentence.
"""

from __future__ import annotations

from dataclasses import dataclass

from standoff.errors import UsageError, did_you_mean
from standoff.report.names import listed

_PLACES = 9


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """A likelihood word and the probabilities it stands for, in per cent, ends included."""

    word: str
    low: int
    high: int


YARDSTICKS: dict[str, tuple[Band, ...]] = {
    "icd203": (
        Band(word="almost no chance", low=1, high=5),
        Band(word="very unlikely", low=5, high=20),
        Band(word="unlikely", low=20, high=45),
        Band(word="roughly even chance", low=45, high=55),
        Band(word="likely", low=55, high=80),
        Band(word="very likely", low=80, high=95),
        Band(word="almost certain", low=95, high=99),
    ),
    "none": (),
}
"""ICD 203 (Office of the Director of National Intelligence, 2 January 2015), D.6.e(2)(a); or numbers only."""

CANNOT_SAY = "cannot say"


def yardstick(key: str) -> tuple[Band, ...]:
    """Return the bands of a yardstick.

    Raises
    ------
    UsageError
        If there is no such yardstick.
    """
    try:
        return YARDSTICKS[key]
    except KeyError:
        raise UsageError(f"There is no yardstick '{key}'. {did_you_mean(key, tuple(YARDSTICKS))}") from None


def bands(low: float, high: float, key: str = "icd203") -> tuple[Band, ...]:
    """Return the fewest neighbouring bands that cover an interval of probabilities.

    The bands share their ends. An interval that is one point on a shared end lies in the band
    nearer to even chance. Beyond 1 and 99 per cent the outermost bands are the nearest words;
    an exact 0 or 1 has none.

    Raises
    ------
    UsageError
        If these are no probabilities, or the first is larger than the second.
    """
    if not 0 <= low <= high <= 1:
        raise UsageError(f"{low} to {high} is no interval of probabilities. Give numbers from 0 to 1.")
    known = yardstick(key)
    if not known or high == 0 or low == 1:
        return ()
    least, most = _clamped(low, known), _clamped(high, known)
    if least == most:
        within = [band for band in known if band.low <= least <= band.high]
        return (min(within, key=lambda band: abs(band.low + band.high - 100)),)
    return tuple(band for band in known if band.low < most and band.high > least)


def _clamped(probability: float, known: tuple[Band, ...]) -> float:
    return min(max(round(100 * probability, _PLACES), known[0].low), known[-1].high)


def likelihood(low: float, high: float | None = None, key: str = "icd203") -> str:
    """Put a probability, or an interval of them, in words that a sentence can end with.

    The word, the number and the range that the word stands for come together: readers take the
    range in only if it stands there. An interval over two bands has both words, one over three or
    more has none.

    Examples
    --------
    >>> likelihood(0.12)
    'very unlikely (12 %; this means 5 to 20 %)'
    >>> likelihood(0.4, 0.6)
    'cannot say (40 to 60 %)'
    """
    most = low if high is None else high
    found = bands(low, most, key)
    number = _per_cent(low) if low == most else f"{_digits(low)} to {_per_cent(most)}"
    if not yardstick(key):
        return number
    if not found:
        return f"{number} in this model, which makes it so by assumption"
    if len(found) > 2:
        return f"{CANNOT_SAY} ({number})"
    words = listed((band.word for band in found), "to")
    beyond = ", beyond the end of the yardstick" if _is_beyond(low, most, found) else ""
    return f"{words} ({number}{beyond}; this means {found[0].low} to {found[-1].high} %)"


def _is_beyond(low: float, high: float, found: tuple[Band, ...]) -> bool:
    return round(100 * low, _PLACES) < found[0].low or round(100 * high, _PLACES) > found[-1].high


def _per_cent(probability: float) -> str:
    return f"{_digits(probability)} %"


def _hides_an_end(exact: float, shown: float) -> bool:
    exact = round(exact, _PLACES)
    return (exact < 1 <= shown) or (exact > 99 >= shown)


def _digits(probability: float) -> str:
    """Return per cent with as few decimals as keep it from being shown as 0, 100 or an end it is beyond.

    The yardsticks end at 1 and 99 per cent: less than 1 is not shown as 1, nor more than 99 as 99.
    """
    if probability in (0, 1):
        return str(int(100 * probability))
    for places in range(_PLACES + 1):
        text = f"{100 * probability:.{places}f}"
        if 0 < float(text) < 100 and not _hides_an_end(100 * probability, float(text)):
            return text
    return "almost 0" if probability < 0.5 else "almost 100"
