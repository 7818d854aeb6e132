"""When a promise keeps itself: phased deals, small first steps, the threat to stop for good."""

from __future__ import annotations

from dataclasses import dataclass

from standoff.errors import UsageError
from standoff.timing.closed_form.inputs import between, finite, positive

_SCANNED = 4_096
_HALVINGS = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Phasing:
    """From which discount factor on every step of a phased deal keeps itself.

    Attributes
    ----------
    critical_discount_factor : float or None
        The least one at which all steps hold; None if they hold at none.
    weakest_step : int or None
        The step, counted from 1, that fails first just below it.
    holds_above : bool
        Whether the steps hold at every greater factor too, as far as 4,096 equally spaced
        factors show.
    """

    critical_discount_factor: float | None
    weakest_step: int | None
    holds_above: bool


def roadmap_critical_discount(*, cost: float, gain: float, end_prize: float, steps: int) -> Phasing:
    """Say how patient a side must be to keep a deal that is carried out in equal steps.

    Both sides take `steps` equal steps at the same time; each step costs a side cost/k and gives
    it gain/k, and one period after the last comes the end prize. Who cheats saves the cost of
    that step, keeps what it received and ends the process. With n = (gain - cost)/k,
    W_(k+1) = end prize and W_i = n + d W_(i+1), step i holds if cost/k <= d W_(i+1). If gain
    equals cost, the critical d is (cost / (k end_prize))^(1/k).

    The condition is scanned over discount factors, not assumed to change once (this project's
    own model of a phased deal with an agreed end point; after Admati and Perry 1991 and
    Lockwood and Thomas 2002, which were not read for it).

    Parameters
    ----------
    cost, gain, end_prize : float
        Totals for one side, in one unit.
    steps : int

    Raises
    ------
    UsageError
        If the cost is not above 0, a number is not finite, or there is no step.
    """
    positive(cost=cost)
    finite(gain=gain, end_prize=end_prize)
    if steps < 1:
        raise UsageError(f"A deal of {steps} steps cannot be carried out. Give one step or more.")

    def failing(factor: float) -> int | None:
        return _weakest(cost, gain, end_prize, steps, factor)

    factors = [number / _SCANNED for number in range(1, _SCANNED)]
    first = next((place for place, factor in enumerate(factors) if failing(factor) is None), None)
    if first is None:
        return Phasing(critical_discount_factor=None, weakest_step=None, holds_above=False)
    low, high = factors[first] - 1 / _SCANNED, factors[first]
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        low, high = (low, middle) if failing(middle) is None else (middle, high)
    return Phasing(
        critical_discount_factor=high,
        weakest_step=failing(low),
        holds_above=all(failing(factor) is None for factor in factors[first:]),
    )


def _weakest(cost: float, gain: float, end_prize: float, steps: int, factor: float) -> int | None:
    """Return the step that falls short by most, counted from 1, or None if all hold."""
    worth, net = end_prize, (gain - cost) / steps
    worst, step = 0.0, None
    for number in range(steps, 0, -1):
        short = cost / steps - factor * worth
        if short > worst:
            worst, step = short, number
        worth = net + factor * worth
    return step


def gradualism(*, discount_factor: float, gain_to_cost: float) -> float:
    """Return what part of what is left can be handed over in a round if there is no end prize.

    Steps that shrink by a factor s keep themselves if s >= 1 / (d b), where b is what a step is
    worth to the receiver for each unit it costs the giver; so at most 1 - 1/(d b) of the total
    goes over in one round, and nothing if d b <= 1 (after Marx and Matthews 2000 and Watson
    2002, which were not read for it).

    Raises
    ------
    UsageError
        If the factor is not between 0 and 1 or the ratio not above 0.
    """
    between(discount_factor=discount_factor)
    positive(gain_to_cost=gain_to_cost)
    return max(0.0, 1 - 1 / (discount_factor * gain_to_cost))


@dataclass(frozen=True, slots=True, kw_only=True)
class Screening:
    """What a small first step finds out.

    Attributes
    ----------
    least_first_share : float
        A bad type cheats at once if the first step is at least this part of the whole.
    belief_below : float
        Testing beats the whole deal at once if the belief in a good type is below this.
    """

    least_first_share: float
    belief_below: float


def screening_step(*, loss: float, gain: float, discount_factor: float) -> Screening:
    """Say when it is better to test the other side by a small first step.

    A good type keeps the deal, worth `gain`; a bad one cheats at the first step that is worth
    it, at a `loss` in proportion to the step. A first step of share d/(1+d) or more makes the
    bad type cheat at once, and the test beats the whole deal if and only if the belief in a good
    type is below L / (L + (1 - d) G) (after Watson 1999, read in its abstract only).

    Raises
    ------
    UsageError
        If a stake is not above 0 or the factor not between 0 and 1.
    """
    positive(loss=loss, gain=gain)
    between(discount_factor=discount_factor)
    return Screening(
        least_first_share=discount_factor / (1 + discount_factor),
        belief_below=loss / (loss + (1 - discount_factor) * gain),
    )


def grim_trigger(*, temptation: float, reward: float, punishment: float) -> float:
    """Return how patient a side must be if one breach ends the cooperation for good.

    The least discount factor at which keeping pays: (T - R) / (T - P), from comparing R for ever
    with T once and P ever after (the folk theorem's simplest case).

    Raises
    ------
    UsageError
        If not temptation > reward > punishment.
    """
    finite(temptation=temptation, reward=reward, punishment=punishment)
    if not temptation > reward > punishment:
        raise UsageError(
            f"temptation {temptation:g}, reward {reward:g} and punishment {punishment:g} must fall in this "
            "order: without a temptation there is nothing to deter, without a loss nothing deters."
        )
    return (temptation - reward) / (temptation - punishment)
