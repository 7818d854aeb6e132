"""Two sides that wait for each other: who gets how much, who gives in and when."""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, log

from standoff.errors import UsageError
from standoff.timing.closed_form.inputs import between, positive


@dataclass(frozen=True, slots=True, kw_only=True)
class Shares:
    """How something of size 1 is divided: `first` proposes, `second` answers."""

    first: float
    second: float


def rubinstein(*, discount_factor_1: float, discount_factor_2: float) -> Shares:
    """Say how two sides divide a gain if each can only make offers and wait.

    Side 1 makes the first offer, then they take turns; each values an agreement one round later
    by its discount factor. The only subgame-perfect division gives the first
    (1 - d2) / (1 - d1 d2): the more patient side gets more (Rubinstein 1982; the paper itself
    was not read for this).

    Parameters
    ----------
    discount_factor_1, discount_factor_2 : float
        Value today of 1 a round later, between 0 and 1.

    Raises
    ------
    UsageError
        If a factor is not between 0 and 1.
    """
    between(discount_factor_1=discount_factor_1, discount_factor_2=discount_factor_2)
    first = (1 - discount_factor_2) / (1 - discount_factor_1 * discount_factor_2)
    return Shares(first=first, second=1 - first)


def rubinstein_limit(*, discount_rate_1_per_year: float, discount_rate_2_per_year: float) -> Shares:
    """Say how they divide it if offers follow each other without delay.

    The limit of `rubinstein` for short rounds: r2 / (r1 + r2) for side 1, whoever begins
    (Rubinstein 1982; the paper itself was not read for this).

    Raises
    ------
    UsageError
        If a rate is not above 0.
    """
    one, two = discount_rate_1_per_year, discount_rate_2_per_year
    positive(discount_rate_1_per_year=one, discount_rate_2_per_year=two)
    return Shares(first=two / (one + two), second=one / (one + two))


@dataclass(frozen=True, slots=True, kw_only=True)
class Obstinacy:
    """How a contest of stubbornness goes.

    Attributes
    ----------
    concession_rate_1_per_year, concession_rate_2_per_year : float
        At which each side, if it is not obstinate, gives in.
    doubt_ends_years : float
        By when both are either obstinate for certain or have given in.
    concedes_at_once_1, concedes_at_once_2 : float
        Probability of giving in at the very beginning; 0 for at least one side.
    payoff_1, payoff_2 : float
        Expected share of each side when not obstinate.
    """

    concession_rate_1_per_year: float
    concession_rate_2_per_year: float
    doubt_ends_years: float
    concedes_at_once_1: float
    concedes_at_once_2: float
    payoff_1: float
    payoff_2: float


def abreu_gul(
    *,
    demand_1: float,
    demand_2: float,
    discount_rate_1_per_year: float,
    discount_rate_2_per_year: float,
    obstinate_1: float,
    obstinate_2: float,
) -> Obstinacy:
    """Say who gives in, how fast, and who at once, if either side may be one that never does.

    Each side makes an incompatible demand and holds out. Side i, if not obstinate, concedes at
    the rate that keeps the other indifferent, l_i = r_j (1 - a_i) / (a_1 + a_2 - 1); the doubt
    about i would end at T_i = -ln z_i / l_i. The contest ends at the smaller T; the other side
    concedes at once with the probability that lets both doubts end together, 1 - z_i exp(l_i T)
    (Abreu and Gul 2000).

    Parameters
    ----------
    demand_1, demand_2 : float
        Share that each claims; together more than 1.
    discount_rate_1_per_year, discount_rate_2_per_year : float
    obstinate_1, obstinate_2 : float
        Prior probability that a side never gives in.

    Raises
    ------
    UsageError
        If a share or probability is not between 0 and 1, a rate not above 0, or the demands
        are compatible.
    """
    between(demand_1=demand_1, demand_2=demand_2, obstinate_1=obstinate_1, obstinate_2=obstinate_2)
    positive(
        discount_rate_1_per_year=discount_rate_1_per_year, discount_rate_2_per_year=discount_rate_2_per_year
    )
    excess = demand_1 + demand_2 - 1
    if excess <= 0:
        raise UsageError(
            f"The demands {demand_1:g} and {demand_2:g} are compatible: there is nothing to contest. "
            "Together they must be more than 1."
        )
    rate_1 = discount_rate_2_per_year * (1 - demand_1) / excess
    rate_2 = discount_rate_1_per_year * (1 - demand_2) / excess
    end = min(-log(obstinate_1) / rate_1, -log(obstinate_2) / rate_2)
    at_once_1 = max(0.0, 1 - obstinate_1 * exp(rate_1 * end))
    at_once_2 = max(0.0, 1 - obstinate_2 * exp(rate_2 * end))
    return Obstinacy(
        concession_rate_1_per_year=rate_1,
        concession_rate_2_per_year=rate_2,
        doubt_ends_years=end,
        concedes_at_once_1=at_once_1,
        concedes_at_once_2=at_once_2,
        payoff_1=at_once_2 * demand_1 + (1 - at_once_2) * (1 - demand_2),
        payoff_2=at_once_1 * demand_2 + (1 - at_once_1) * (1 - demand_1),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Attrition:
    """How a war of attrition goes: the rates at which each side gives in, and its mean length."""

    concession_rate_1_per_year: float
    concession_rate_2_per_year: float
    mean_length_years: float


def attrition(*, cost_1_per_year: float, prize_1: float, cost_2_per_year: float, prize_2: float) -> Attrition:
    """Say how long a standoff lasts in which both pay to hold out and all is known.

    In the mixed equilibrium each side concedes at the rate that makes the other indifferent
    between paying on and giving in: side i at c_j / v_j (Maynard Smith 1974; Hendricks, Weiss
    and Wilson 1988; the papers themselves were not read for this).

    Parameters
    ----------
    cost_1_per_year, cost_2_per_year : float
        What holding out costs.
    prize_1, prize_2 : float
        What it is worth that the other gives in, in the same unit.

    Raises
    ------
    UsageError
        If a cost or prize is not above 0.
    """
    positive(cost_1_per_year=cost_1_per_year, prize_1=prize_1)
    positive(cost_2_per_year=cost_2_per_year, prize_2=prize_2)
    rate_1, rate_2 = cost_2_per_year / prize_2, cost_1_per_year / prize_1
    return Attrition(
        concession_rate_1_per_year=rate_1,
        concession_rate_2_per_year=rate_2,
        mean_length_years=1 / (rate_1 + rate_2),
    )
