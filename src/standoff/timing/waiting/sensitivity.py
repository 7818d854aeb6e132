"""Which conclusions hold for every kappa, and which hang on one assumed number."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction

from standoff.errors import ModelError, RefusedError
from standoff.graph import GraphModel
from standoff.model.conflict import Conflict
from standoff.model.timing import Choice, Policy
from standoff.progress import Progress
from standoff.timing.building import BY_DEFAULT
from standoff.timing.play import Play
from standoff.timing.reaching import timing_of
from standoff.timing.simulation import SURE, Estimate
from standoff.timing.stopping import stakes_of
from standoff.timing.today import play_today
from standoff.timing.waiting.numbers import Number, assumed_numbers, with_number, with_prior_odds
from standoff.timing.waiting.optimum import Solved, first_steps, solved
from standoff.timing.waiting.policies import starts_of, worth
from standoff.timing.waiting.silence import quiet_date

KAPPAS = (Fraction(2), Fraction(4), Fraction(8), None)
FACTORS = (Fraction(1, 2), Fraction(2))
_PATHS = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Conclusion:
    """What the model concludes with one set of numbers.

    Attributes
    ----------
    state : str
        Label of the state in which to begin: the status quo, or the one after a posture.
    belief : tuple of float
        Today's, by type.
    now : str
        "wait", or the id of the pivot to take at once.
    value : float
        Upper bound of the value, on a coarse grid.
    quiet_years : float
        When the best policy pivots if nothing but expected growth is seen; infinite for never.
    quiet_pivot : str or None
        To what; None for never.
    policies : tuple of (str, Estimate)
        The given policies with their worth, by falling worth; empty if there are fewer than two.
    """

    state: str
    belief: tuple[float, ...]
    now: str
    value: float
    quiet_years: float
    quiet_pivot: str | None
    policies: tuple[tuple[str, Estimate], ...]

    @property
    def best_policy(self) -> str | None:
        """The given policy that is worth most."""
        return self.policies[0][0] if self.policies else None

    def ahead_of(self, policy: str | None) -> float:
        """By how many standard errors the best given policy leads another; infinite where both are exact."""
        worth = dict(self.policies)
        if policy is None or self.best_policy is None or policy == self.best_policy:
            return 0.0
        first, other = worth[self.best_policy], worth[policy]
        error = (first.error**2 + other.error**2) ** 0.5
        ahead = first.mean - other.mean
        return ahead / error if error else (float("inf") if ahead else 0.0)

    @property
    def is_tie(self) -> bool:
        """Whether the best given policy cannot be told apart from the next."""
        return len(self.policies) > 1 and self.ahead_of(self.policies[1][0]) <= SURE

    @property
    def do(self) -> tuple[str, str]:
        """What to do now: in which state to begin, and whether to wait."""
        return self.state, self.now


@dataclass(frozen=True, slots=True, kw_only=True)
class Varied:
    """What is concluded with one number changed."""

    number: Number
    factor: Fraction
    conclusion: Conclusion


@dataclass(frozen=True, slots=True, kw_only=True)
class Sensitivity:
    """What is concluded as it stands, for other kappas, and with each assumed number changed.

    Attributes
    ----------
    base : Conclusion
    kappas : tuple of (Fraction or None, Conclusion)
        None for a best reply.
    varied : tuple of Varied
        Each assumed number halved and doubled; of priors the odds.
    rejected : tuple of str
        The changes with which the log of events is impossible: nothing is concluded from them.
    complete : bool
        False if the time did not suffice for all, or some were too large.
    """

    base: Conclusion
    kappas: tuple[tuple[Fraction | None, Conclusion], ...]
    varied: tuple[Varied, ...]
    rejected: tuple[str, ...]
    complete: bool

    @property
    def now_hangs_on(self) -> tuple[Varied, ...]:
        """The changes of one number that turn what to do now."""
        return tuple(each for each in self.varied if each.conclusion.do != self.base.do)

    @property
    def policy_hangs_on(self) -> tuple[Varied, ...]:
        """The changes of one number that make another of the given policies the best, beyond chance."""
        return tuple(each for each in self.varied if self.turns_policy(each.conclusion))

    @property
    def date_hangs_on(self) -> tuple[Varied, ...]:
        """The changes of one number that move the day to pivot by more than they move the number."""
        return tuple(each for each in self.varied if self.turns_date(each.conclusion))

    def turns_policy(self, other: Conclusion) -> bool:
        """Whether another given policy is the best, beyond chance."""
        return other.ahead_of(self.base.best_policy) > SURE

    def turns_date(self, other: Conclusion) -> bool:
        """Whether the day to pivot is moved by more than a number is, where what to do now is the same.

        That is: it comes or does not, is for another pivot, or is not between half and twice as far away.
        """
        base = self.base
        if other.do != base.do or base.now != "wait" or base.quiet_pivot == other.quiet_pivot is None:
            return False
        if base.quiet_pivot != other.quiet_pivot:
            return True
        return not 0.5 <= other.quiet_years / base.quiet_years <= 2


IMPOSSIBLE = frozenset({"model-rejected", "impossible-under-type"})
"""Faults that say that a log of events is impossible under the numbers."""


def sensitivity(
    graph: GraphModel,
    conflict: Conflict,
    *,
    seed: int = 1,
    floor_per_year: float | None = None,
    in_time: Callable[[], bool] = lambda: True,
    progress: Progress | None = None,
) -> Sensitivity:
    """Return what is concluded for kappa 2, 4, 8 and infinity, and with each assumed number changed.

    Numbers are halved and doubled. Every conclusion is drawn on the same coarse grid and with the
    same random draws.

    Raises
    ------
    RefusedError
        See `solved`.
    """
    near = _begun(graph, conflict, floor_per_year)
    base = _concluded(graph, conflict, seed, floor_per_year, near)
    cases = _cases(conflict)
    kappas: list[tuple[Fraction | None, Conclusion]] = []
    varied: list[Varied] = []
    rejected: list[str] = []
    complete = True
    for place, (number, factor, changed) in enumerate(cases):
        if not in_time():
            complete = False
            break
        if progress:
            progress("other numbers", place / len(cases))
        try:
            conclusion = _concluded(graph, changed, seed, floor_per_year, near)
        except ModelError as error:
            if not {fault.code for fault in error.faults} <= IMPOSSIBLE:
                raise
            rejected.append(_named(number, factor))
            continue
        except RefusedError:
            complete = False
            continue
        if number is None:
            kappas.append((factor, conclusion))
        elif factor is not None:
            varied.append(Varied(number=number, factor=factor, conclusion=conclusion))
    return Sensitivity(
        base=base,
        kappas=tuple(kappas),
        varied=tuple(varied),
        rejected=tuple(rejected),
        complete=complete,
    )


def _cases(conflict: Conflict) -> list[tuple[Number | None, Fraction | None, Conflict]]:
    """Return the changed conflicts: another kappa, or a number and the factor that it is multiplied by."""
    choice = timing_of(conflict).choice or BY_DEFAULT
    cases: list[tuple[Number | None, Fraction | None, Conflict]] = [
        (None, kappa, _with_choice(conflict, replace(choice, kappa=kappa))) for kappa in KAPPAS
    ]
    for each in assumed_numbers(conflict):
        change = with_prior_odds if each.is_prior else with_number
        cases += [(each, by, change(conflict, each, by)) for by in FACTORS]
    return cases


def _with_choice(conflict: Conflict, choice: Choice) -> Conflict:
    return replace(conflict, timing=replace(timing_of(conflict), choice=choice))


def _named(number: Number | None, factor: Fraction | None) -> str:
    if number is None:
        return "kappa best" if factor is None else f"kappa {float(factor):g}"
    return f"{number.place} {'halved' if factor and factor < 1 else 'doubled'}"


def _begun(graph: GraphModel, conflict: Conflict, floor: float | None, near: Solved | None = None) -> Solved:
    """Return the best policy on a coarse grid, from the state of the file."""
    begun = play_today(graph, conflict, floor)
    stakes = stakes_of(begun, starts_of(begun))
    steps = first_steps(len(begun.types), stakes.waiting.size, rough=True)
    return solved(begun, steps, stakes, near)


def _concluded(
    graph: GraphModel, conflict: Conflict, seed: int, floor: float | None, near: Solved
) -> Conclusion:
    whole = _begun(graph, conflict, floor, near)
    begun = whole.play
    found = whole.best(starts_of(begun))
    pivot = found.best_pivot
    timing = timing_of(conflict)
    now = timing.pivots[pivot].id if pivot is not None and found.at_once else "wait"
    quiet = quiet_date(found, growing=True)
    return Conclusion(
        state=graph.space.label(found.play.state_of(found.play.start)),
        belief=tuple(begun.prior.tolist()),
        now=now,
        value=found.upper,
        quiet_years=quiet.years,
        quiet_pivot=quiet.pivot,
        policies=_worths(begun, timing.policies, seed),
    )


def _worths(begun: Play, policies: tuple[Policy, ...], seed: int) -> tuple[tuple[str, Estimate], ...]:
    if len(policies) < 2:
        return ()
    worths = [(policy.id, worth(begun, policy, paths=_PATHS, seed=seed)) for policy in policies]
    return tuple(sorted(worths, key=lambda each: -each[1].mean))
