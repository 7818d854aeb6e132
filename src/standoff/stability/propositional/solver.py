"""A propositional solver that can be stopped at any time, over the gates of a circuit."""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from types import FrameType, TracebackType
from typing import Any, Self

from standoff.errors import MissingExtraError
from standoff.stability.propositional.circuit import FALSE, TRUE, Circuit

_SOLVER = "glucose4"
_CONFLICTS, _PROPAGATIONS = 2_000, 2_000_000


class OutOfTimeError(Exception):
    """The time given is over; caught where the search is run."""


@dataclass(slots=True)
class Clock:
    """The time a search may take, and whom to tell how it goes.

    `phase` says in words what has been done so far, `share` how much of what was asked for;
    `candidates` counts the states looked at one by one, `found` the equilibria among them.
    """

    limit: float | None = None
    progress: Callable[[str, float], None] | None = None
    phase: str = "looking"
    share: float = 0.0
    candidates: int = 0
    found: int = 0
    interrupted: bool = False
    started: float = field(default_factory=time.monotonic)
    told: float = 0.0

    def looked_at(self, *, equilibrium: bool) -> None:
        """Count a state that was looked at."""
        self.candidates += 1
        self.found += equilibrium
        self.phase = f"{self.found:,} found, {self.candidates:,} states looked at"

    def check(self) -> None:
        """Report progress, at most ten times a second; end the search at Ctrl-C or when time is over."""
        if self.interrupted:
            raise KeyboardInterrupt
        now = time.monotonic()
        spent = now - self.started
        if self.progress is not None and now - self.told >= 0.1:
            self.told = now
            self.progress(self.phase, max(self.share, spent / self.limit if self.limit else 0.0))
        if self.limit is not None and spent >= self.limit:
            raise OutOfTimeError


@contextmanager
def noticing_interrupts(clock: Clock) -> Iterator[None]:
    """Note Ctrl-C on the clock, so that a search ends between slices; ignored interrupts stay so."""

    def note(_signal: int, _frame: FrameType | None) -> None:
        clock.interrupted = True

    in_main = threading.current_thread() is threading.main_thread()
    if not in_main or signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        yield
        return
    before = signal.signal(signal.SIGINT, note)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


class Solver:
    """Clauses over the gates of a circuit; a gate's definition goes in when it is first used.

    Work is done in slices between which the clock is checked; Ctrl-C ends it after a slice.

    Raises
    ------
    MissingExtraError
        If python-sat is not installed.
    """

    def __init__(self, circuit: Circuit, clock: Clock) -> None:
        try:
            from pysat.solvers import Solver as Engine
        except ImportError:
            raise MissingExtraError(
                "Looking for equilibria without listing states needs python-sat: pip install 'standoff[sat]'"
            ) from None
        self._circuit = circuit
        self._clock = clock
        self._known: set[int] = set()
        self._engine: Any = Engine(_SOLVER, bootstrap_with=[[TRUE]])
        self._model: list[int] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._engine.delete()

    def require(self, *literals: int) -> None:
        """Require that one of the literals be true."""
        if TRUE in literals:
            return
        self.define(*literals)
        self._engine.add_clause([literal for literal in literals if literal != FALSE] or [FALSE])

    def solve(self, assumptions: Iterable[int] = ()) -> bool:
        """Return whether all that is required can hold together with the assumptions.

        Raises
        ------
        OutOfTimeError
            When the clock says so.
        """
        assumed = list(assumptions)
        self.define(*assumed)
        while True:
            self._clock.check()
            self._engine.conf_budget(_CONFLICTS)
            self._engine.prop_budget(_PROPAGATIONS)
            answer = self._engine.solve_limited(assumed, expect_interrupt=True)
            if answer is not None:
                break
        self._model = self._engine.get_model() if answer else []
        return bool(answer)

    def holds(self, literal: int) -> bool:
        """Return whether a variable, or a gate defined before, is true in the solution found last."""
        if literal in (TRUE, FALSE):
            return literal == TRUE
        place = abs(literal) - 1
        return (place < len(self._model) and self._model[place] > 0) == (literal > 0)

    def define(self, *literals: int) -> None:
        """Let the solver know gates, so that `holds` can be asked about them."""
        for literal in literals:
            for clause in self._circuit.definitions(literal, self._known):
                self._engine.add_clause(clause)
