"""What silence and signals say: beliefs, thresholds and the time they take."""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, log

from standoff.errors import UsageError
from standoff.timing.closed_form.inputs import between, finite, positive


@dataclass(frozen=True, slots=True, kw_only=True)
class Silence:
    """The belief after a silence, and the weight of evidence of that silence in nats."""

    belief: float
    weight_nats: float


def silence(*, prior: float, rate_per_year: float, years: float, other_rate_per_year: float = 0.0) -> Silence:
    """Say what it means that nothing has happened.

    If the hypothesis produces the event at `rate_per_year` and its rival at
    `other_rate_per_year`, silence for t years weighs -(rate - other) t nats, and Bayes' rule
    gives the belief b e^(-l t) / (b e^(-l t) + 1 - b) with l the difference.

    Parameters
    ----------
    prior : float
        Belief in the hypothesis before, between 0 and 1.

    Raises
    ------
    UsageError
        If the prior is not between 0 and 1, or a rate or the time is below 0.
    """
    between(prior=prior)
    finite(rate_per_year=rate_per_year, years=years, other_rate_per_year=other_rate_per_year)
    if min(rate_per_year, years, other_rate_per_year) < 0:
        raise UsageError("Rates and times cannot be below 0.")
    weight = -(rate_per_year - other_rate_per_year) * years
    odds = log(prior / (1 - prior)) + weight
    return Silence(
        belief=1 / (1 + exp(-odds)) if odds > 0 else exp(odds) / (1 + exp(odds)), weight_nats=weight
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Lead:
    """A test that stops at a lead: its error, and the observations it takes on average."""

    error: float
    mean_observations: float


def sprt(*, probability: float, lead: int) -> Lead:
    """Say how often a test errs that stops as soon as one side leads, and how long it takes.

    Observations speak for the truth with `probability` (p) and against it with q = 1 - p; the
    test stops at a lead of k. It errs with probability 1 / (1 + (p/q)^k) and takes
    k / (p - q) * (1 - s) / (1 + s) observations, s = (q/p)^k: both exact (Wald 1945).

    Raises
    ------
    UsageError
        If the probability does not lie between 1/2 and 1, or the lead is below 1.
    """
    if not 0.5 < probability < 1:
        raise UsageError(
            f"probability is {probability:g}; it must lie between 1/2 and 1: observations that speak for the "
            "truth no more often than against it decide nothing."
        )
    if lead < 1:
        raise UsageError(f"lead is {lead}; a test cannot stop before one side leads by 1.")
    against = ((1 - probability) / probability) ** lead
    return Lead(
        error=against / (1 + against),
        mean_observations=lead / (2 * probability - 1) * (1 - against) / (1 + against),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class RateTest:
    """Thresholds on the weight of evidence in nats, and the least mean time to reach one."""

    accept_nats: float
    reject_nats: float
    mean_years_at_least: float


def sprt_poisson(
    *, rate_per_year: float, other_rate_per_year: float, false_alarm: float, miss: float
) -> RateTest:
    """Say how long it takes to tell two rates of events apart, if the first is the true one.

    Wald's thresholds ln((1 - miss)/false_alarm) and ln(miss/(1 - false_alarm)), and his
    approximation of the mean time. The weight of evidence overshoots a threshold when an event
    carries it past, so the time is a lower approximation (Wald 1945).

    Raises
    ------
    UsageError
        If a rate is not above 0, the rates are equal, or an error is not between 0 and 1.
    """
    positive(rate_per_year=rate_per_year, other_rate_per_year=other_rate_per_year)
    between(false_alarm=false_alarm, miss=miss)
    if rate_per_year == other_rate_per_year:
        raise UsageError("The two rates are equal: no number of events tells them apart.")
    if false_alarm + miss >= 1:
        raise UsageError("The two errors together must be below 1: a toss of a coin does as well.")
    accept, reject = log((1 - miss) / false_alarm), log(miss / (1 - false_alarm))
    drift = rate_per_year * log(rate_per_year / other_rate_per_year) - (rate_per_year - other_rate_per_year)
    return RateTest(
        accept_nats=accept,
        reject_nats=reject,
        mean_years_at_least=((1 - miss) * accept + miss * reject) / drift,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Bandit:
    """Down to which belief an uncertain course is worth trying.

    Attributes
    ----------
    cutoff_alone : float
        For one who tries alone.
    cutoff_together : float
        For all who act as one; lower, since each one's trial teaches the others.
    value : float
        What a lone trier at the belief given expects, as average payoff per year.
    """

    cutoff_alone: float
    cutoff_together: float
    value: float


def exponential_bandit(
    *,
    discount_rate_per_year: float,
    news_rate_per_year: float,
    good_payoff_per_year: float,
    safe_payoff_per_year: float,
    parties: int = 1,
    belief: float,
) -> Bandit:
    """Say how long to try an uncertain course when only a success would tell that it works.

    A good course brings news at a rate and then a higher payoff; a bad one never. With
    mu = r / lambda, a lone trier stops at mu s / ((mu + 1) g - s), N parties who act as one at
    mu s / ((mu + N) g - N s) (Keller, Rady and Cripps 2005).

    Parameters
    ----------
    good_payoff_per_year : float
        Expected payoff of a good course; above the safe one.
    safe_payoff_per_year : float
        What is given up while trying.
    parties : int
        How many try and learn from each other.
    belief : float
        That the course is good, between 0 and 1.

    Raises
    ------
    UsageError
        If a rate or payoff is not above 0, the good payoff not above the safe one, or the
        belief not between 0 and 1.
    """
    r, lam, g, s = discount_rate_per_year, news_rate_per_year, good_payoff_per_year, safe_payoff_per_year
    positive(discount_rate_per_year=r, news_rate_per_year=lam, safe_payoff_per_year=s)
    between(belief=belief)
    if not g > s or parties < 1:
        raise UsageError(
            f"good_payoff_per_year {g:g} must be above safe_payoff_per_year {s:g}, and parties at least 1."
        )
    mu = r / lam
    alone = mu * s / ((mu + 1) * g - s)
    together = mu * s / ((mu + parties) * g - parties * s)
    value = s
    if belief > alone:
        odds, odds_alone = (1 - belief) / belief, (1 - alone) / alone
        value = g * belief + (s - g * alone) * (1 - belief) / (1 - alone) * (odds / odds_alone) ** mu
    return Bandit(cutoff_alone=alone, cutoff_together=together, value=value)
