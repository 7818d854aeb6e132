"""Nash equilibria beside one that was found: where stances are known, no solver is needed."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from standoff.model.statement import Expression, holds
from standoff.stability.propositional.problem import Problem
from standoff.stability.propositional.solver import Clock
from standoff.stability.propositional.stance import Leaves, stance
from standoff.stability.propositional.witness import NoImprovement, NoMove, Reason, State


class Stances:
    """Stances taken so far. Under Nash they hang only on options tied to one's own, so they recur.

    States are binary numbers whose lowest bit is the first option of the file.
    """

    def __init__(self, problem: Problem, clock: Clock) -> None:
        self._problem, self._clock = problem, clock
        self._bits = {option: 1 << place for place, option in enumerate(problem.options)}
        self._nash = problem.concept == "nash"
        self._tied = [self.number(problem.tied(dm)) for dm in range(len(problem.parties))]
        self._known: dict[tuple[int, int], Leaves | Reason] = {}
        rules = [_Rule(rule.expression, self.number(rule.options)) for rule in problem.rules]
        self._changes = [
            (
                bit,
                [rule for rule in rules if rule.mask & bit],
                [dm for dm, mask in enumerate(self._tied) if mask & bit],
            )
            for bit in self._bits.values()
        ]
        self._met: set[int] = set()
        self._spare = 0

    def number(self, taken: Collection[str]) -> int:
        """Return the number of the state in which these options are taken."""
        return sum(self._bits[option] for option in taken)

    def state(self, number: int) -> State:
        """Return the options taken in a state."""
        return tuple(option for option, bit in self._bits.items() if number & bit)

    def stance(self, dm: int, state: State) -> Leaves | Reason:
        """Return why a decision maker stays, or how it leaves."""
        if not self._nash:
            return stance(self._problem, dm, state, self._clock)
        key = dm, self._tied[dm] & self.number(state)
        if key not in self._known:
            self._known[key] = stance(self._problem, dm, state, self._clock)
        return self._known[key]

    def beside(self, state: State) -> Iterator[tuple[State, dict[str, Reason]]]:
        """Yield Nash equilibria that changes of single options lead to, one after the other, with reasons.

        Those yielded before, in this call or an earlier one, are passed over. Not all are found:
        where stances are not known, no more are looked for than equilibria were found.
        """
        start = self.number(state)
        self._met.add(start)
        queue = [start]
        while queue:
            here = queue.pop()
            self._spare += 1
            for bit, rules, dms in self._changes:
                there = here ^ bit
                if there in self._met or not all(rule.holds(there, self) for rule in rules):
                    continue
                if all(self._stays(dm, there) for dm in dms):
                    self._met.add(there)
                    queue.append(there)
                    self._clock.check()
                    yield self.state(there), self._reasons(there)

    def _stays(self, dm: int, number: int) -> bool:
        known = self._known.get((dm, self._tied[dm] & number))
        if known is None and self._spare > 0:
            self._spare -= 1
            known = self.stance(dm, self.state(number))
        return isinstance(known, NoMove | NoImprovement)

    def _reasons(self, number: int) -> dict[str, Reason]:
        known = (self._known[dm, mask & number] for dm, mask in enumerate(self._tied))
        parties = self._problem.parties
        return {
            party.id: reason
            for party, reason in zip(parties, known, strict=True)
            if not isinstance(reason, Leaves)
        }


class _Rule:
    """A feasibility rule that remembers its answers, by the options that it mentions."""

    def __init__(self, expression: Expression, mask: int) -> None:
        self.mask = mask
        self._expression = expression
        self._known: dict[int, bool] = {}

    def holds(self, number: int, stances: Stances) -> bool:
        key = number & self.mask
        if key not in self._known:
            self._known[key] = holds(self._expression, frozenset(stances.state(key)))
        return self._known[key]
