"""How long to wait for the other side to give way before the pivot, and what knowing would be worth."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import exp, inf, log

from standoff.timing.closed_form.inputs import between, finite, not_negative, positive

_SCANNED = 4_096
_HALVINGS = 80
_HORIZON_MEAN_TIMES = 60.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """When to stop waiting.

    Attributes
    ----------
    threshold : float
        Pivot once the belief that the other side would give way has fallen to this: 0 if
        waiting for ever is best, 1 if waiting never is.
    wait_years : float
        How long that takes from the prior if nothing happens; 0 for at once, infinite for never.
    value : float
        Expected value of waiting just so long.
    perfect_information : float
        How much more would be expected if the type of the other side were known now.
    """

    threshold: float
    wait_years: float
    value: float
    perfect_information: float


def patience(
    *,
    prior: float,
    concession_rate_per_year: float,
    success: float,
    pivot_if_conceding: float,
    pivot_if_not: float,
    waiting_cost_per_year: float,
    discount_rate_per_year: float,
) -> Patience:
    """Say how long to wait for a side that may never give way.

    One type gives way at rate l, worth G; the other never does. Waiting costs c a year, the
    pivot is worth S1 against the first and S0 against the second, the discount rate is r. Value
    matching and smooth fit give the threshold (r S0 + c) / (l (G - S1) - r (S1 - S0)). Only
    silence is observed here, so the threshold on the belief and the date are the same policy;
    they differ as soon as there are signals (this project's core case; a stopping problem in the
    manner of Keller, Rady and Cripps 2005).

    Parameters
    ----------
    prior : float
        Belief that the other side is of the type that would give way.
    success, pivot_if_conceding, pivot_if_not : float
        G, S1 and S0, in one unit, as of the moment they occur.

    Raises
    ------
    UsageError
        If the prior is not between 0 and 1, a rate not above 0, or a number not finite.
    """
    b, lam, r, c = prior, concession_rate_per_year, discount_rate_per_year, waiting_cost_per_year
    positive(concession_rate_per_year=lam, discount_rate_per_year=r)
    between(prior=b)
    finite(success=success, pivot_if_conceding=pivot_if_conceding, pivot_if_not=pivot_if_not)
    finite(waiting_cost_per_year=c)
    sure, never = (lam * success - c) / (r + lam), -c / r

    def waited(belief: float) -> float:
        """Return the value of waiting for ever."""
        return belief * sure + (1 - belief) * never

    def pivoted(belief: float) -> float:
        return belief * pivot_if_conceding + (1 - belief) * pivot_if_not

    threshold = _threshold(
        -(r * pivot_if_not + c),
        lam * (success - pivot_if_conceding) - r * pivot_if_conceding - c,
        for_ever_pays=waited(b) >= pivoted(b),
    )
    if threshold >= b:
        wait, value = 0.0, pivoted(b)
    elif threshold == 0:
        wait, value = inf, waited(b)
    else:
        wait = (_log_odds(b) - _log_odds(threshold)) / lam
        gained = pivoted(threshold) - waited(threshold)
        share = (1 - b) / (1 - threshold) * exp(-r * wait)
        value = waited(b) + gained * share
    known = b * max(sure, pivot_if_conceding) + (1 - b) * max(never, pivot_if_not)
    return Patience(threshold=threshold, wait_years=wait, value=value, perfect_information=known - value)


def _threshold(at_zero: float, at_one: float, *, for_ever_pays: bool) -> float:
    """Return the belief at which the gain of a moment's waiting is nil, or 0 or 1.

    The gain is linear in the belief, and the belief falls while one waits. If it is a gain at
    belief 0, later waiting pays if any does: then only now or never can be best.
    """
    if at_zero >= 0:
        return 0.0 if at_one >= 0 or for_ever_pays else 1.0
    return 1.0 if at_one <= 0 else at_zero / (at_zero - at_one)


def _log_odds(belief: float) -> float:
    return log(belief / (1 - belief))


@dataclass(frozen=True, slots=True, kw_only=True)
class PatienceWithStock:
    """When to stop waiting while the other side's stock grows.

    Attributes
    ----------
    wait_years : float
        0 for at once; infinite if no date within the horizon scanned is best.
    belief, stock : float
        What they will be then if nothing happens.
    value : float
        Expected value of waiting just so long.
    """

    wait_years: float
    belief: float
    stock: float
    value: float


def patience_with_stock(
    *,
    prior: float,
    concession_rate_per_year: float,
    success: float,
    pivot: float,
    pivot_loss_per_unit: float,
    flow_cost_per_unit_and_year: float,
    stock: float,
    growth_per_year: float,
    discount_rate_per_year: float,
) -> PatienceWithStock:
    """Say how long to wait while the other side's arsenal grows.

    As `patience`, but waiting costs w A(t) a year with A(t) = A0 + a t, and the pivot is worth
    S - k A(t) whoever the other side is. The best date solves
    b l (G - (S - k A)) = w A + k a + r (S - k A). All its solutions are scanned for, and the
    best of them, of today and of waiting for ever is returned.

    Parameters
    ----------
    pivot, pivot_loss_per_unit : float
        S and k: the worth of the pivot with no stock, and what each unit takes from it.
    flow_cost_per_unit_and_year : float
        w.
    stock, growth_per_year : float
        A0 and a. A stock that shrinks is refused: it would fall below 0.

    Raises
    ------
    UsageError
        If the prior is not between 0 and 1, a rate not above 0, the stock or its growth below 0,
        or a number not finite.
    """
    positive(concession_rate_per_year=concession_rate_per_year, discount_rate_per_year=discount_rate_per_year)
    between(prior=prior)
    finite(success=success, pivot=pivot, pivot_loss_per_unit=pivot_loss_per_unit)
    finite(flow_cost_per_unit_and_year=flow_cost_per_unit_and_year)
    not_negative(stock=stock, growth_per_year=growth_per_year)
    growing = _Growing(
        b=prior,
        lam=concession_rate_per_year,
        r=discount_rate_per_year,
        success=success,
        pivot=pivot,
        k=pivot_loss_per_unit,
        w=flow_cost_per_unit_and_year,
        stock=stock,
        a=growth_per_year,
    )
    return growing.best()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Growing:
    """The waiting of `patience_with_stock`, with the letters of its docstring."""

    b: float
    lam: float
    r: float
    success: float
    pivot: float
    k: float
    w: float
    stock: float
    a: float

    def best(self) -> PatienceWithStock:
        horizon = _HORIZON_MEAN_TIMES * max(1 / self.r, 1 / self.lam)
        dates = [0.0, *_falls_through_zero(self.gain_of_waiting, horizon), inf]
        best = max(dates, key=self.value)
        return PatienceWithStock(
            wait_years=best,
            belief=self.belief(best),
            stock=self.stock if self.a == 0 else self.stock + self.a * best,
            value=self.value(best),
        )

    def belief(self, t: float) -> float:
        left = self.b * exp(-self.lam * t)
        return left / (left + 1 - self.b)

    def gain_of_waiting(self, t: float) -> float:
        size = self.stock + self.a * t
        worth = self.pivot - self.k * size
        gain = self.belief(t) * self.lam * (self.success - worth)
        return gain - self.w * size - self.k * self.a - self.r * worth

    def value(self, t: float) -> float:
        """Return the expected value of waiting until a date."""
        b, r, both = self.b, self.r, self.r + self.lam
        waited = b * (self.lam * self.success * _flow(both, t) - self.w * _grown(self.stock, self.a, both, t))
        waited -= (1 - b) * self.w * _grown(self.stock, self.a, r, t)
        if t == inf:
            return waited
        left = b * exp(-self.lam * t) + 1 - b
        return waited + exp(-r * t) * left * (self.pivot - self.k * (self.stock + self.a * t))


def _flow(rate: float, t: float) -> float:
    """Return the integral of e^(-rate s) from 0 to t."""
    return (1 - exp(-rate * t)) / rate


def _grown(stock: float, growth: float, rate: float, t: float) -> float:
    """Return the integral of (stock + growth s) e^(-rate s) from 0 to t."""
    late = 0.0 if t == inf else t * exp(-rate * t)
    return stock * _flow(rate, t) + growth * (_flow(rate, t) - late) / rate


def _falls_through_zero(function: Callable[[float], float], horizon: float) -> list[float]:
    """Return where a function turns from above 0 to below, by a scan and then by halving."""
    times = [horizon * (number / _SCANNED) ** 2 for number in range(_SCANNED + 1)]
    signs = [function(time) > 0 for time in times]
    found = []
    for place in range(_SCANNED):
        if signs[place] and not signs[place + 1]:
            low, high = times[place], times[place + 1]
            for _ in range(_HALVINGS):
                middle = (low + high) / 2
                low, high = (middle, high) if function(middle) > 0 else (low, middle)
            found.append(high)
    return found
