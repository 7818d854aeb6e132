"""A study: a conflict, its graph model and the stability of its states, asked for by name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from standoff.analyses.patterns import Pattern, pattern
from standoff.errors import ModelError, UsageError, did_you_mean
from standoff.files.grammar import parse_statement
from standoff.graph import GraphModel
from standoff.model.conflict import Conflict
from standoff.model.statement import Statement
from standoff.stability.concepts import concept as concept_of
from standoff.stability.judge import judge
from standoff.stability.verdict import Verdict
from standoff.states.space import StateSpace


@dataclass(frozen=True, eq=False)
class Study:
    """A conflict and the stability of its states.

    Attributes
    ----------
    conflict : Conflict
    graph : GraphModel
        States, moves and rankings, by number.
    stable : mapping from concept to bool array
        Shape (decision makers, states).
    sanction_moves : str
        The rule for the opponents' moves in a sanction: ``legal_sequence`` or ``once_per_dm``.
    engine : str
        What computed the core concepts.
    seconds_compiling, seconds_stability : float
        Time spent compiling the engine, 0 where that was done before, and on the core concepts.
    fingerprint : str
        Digest of the model's meaning.
    file, variant : str or None
        Where the model came from, as given.
    assumed : str or None
        The statement that all states were restricted to, if any.
    """

    conflict: Conflict
    graph: GraphModel
    sanction_moves: str
    fingerprint: str
    stable: Mapping[str, NDArray[np.bool_]] = field(default_factory=dict)
    engine: str = "none"
    seconds_compiling: float = 0.0
    seconds_stability: float = 0.0
    file: str | None = None
    variant: str | None = None
    assumed: str | None = None

    @property
    def space(self) -> StateSpace:
        """The states of the conflict."""
        return self.graph.space

    @property
    def concepts(self) -> tuple[str, ...]:
        """The concepts that were computed."""
        return tuple(self.stable)

    @property
    def states(self) -> tuple[str, ...]:
        """The labels of all states."""
        return tuple(self.space.label(index) for index in range(self.space.size))

    @property
    def given_states(self) -> frozenset[int]:
        """The numbers of the states that the file names; none in graph form, where all are."""
        given = set() if self.conflict.is_graph_form else {state.name for state in self.conflict.states}
        return frozenset(number for number, name in self.space.names.items() if name in given)

    @property
    def status_quo(self) -> str:
        """The label of the status quo."""
        return self.space.label(self.space.status_quo)

    @property
    def decision_makers(self) -> tuple[str, ...]:
        """The ids of the decision makers, in the order of the file."""
        return self.graph.decision_makers

    def stable_states(self, concept: str, decision_maker: str) -> tuple[str, ...]:
        """Return the labels of the states that are stable for a decision maker.

        Raises
        ------
        UsageError
            If there is no such decision maker, or the concept was not computed.
        """
        row = self.stable[self.computed(concept)][self.number_of(decision_maker)]
        return tuple(self.space.label(int(index)) for index in np.flatnonzero(row))

    def equilibrium_states(self, concept: str) -> NDArray[np.int64]:
        """Return the numbers of the states that are stable for every decision maker."""
        return np.flatnonzero(self.stable[self.computed(concept)].all(axis=0))

    @property
    def equilibria(self) -> dict[str, tuple[str, ...]]:
        """For each concept the labels of the states that are stable for every decision maker."""
        return {
            concept: tuple(self.space.label(int(index)) for index in self.equilibrium_states(concept))
            for concept in self.stable
        }

    def verdict(self, state: str, decision_maker: str, concept: str) -> Verdict:
        """Return the verdict on one state with its witness."""
        asked = (self.number_of(decision_maker), self.space.index(state), concept)
        if asked not in self._verdicts:
            self._verdicts[asked] = judge(self.graph, *asked, self.sanction_moves)
        return self._verdicts[asked]

    @cached_property
    def _verdicts(self) -> dict[tuple[int, int, str], Verdict]:
        """Verdicts that were asked for already: one is told of in several places."""
        return {}

    def pattern(self, statement: str) -> Pattern:
        """Describe the states that satisfy a statement, such as a deal that leaves some options open.

        Raises
        ------
        UsageError
            If it is no statement over the options of the conflict, or there are none.
        """
        return pattern(self.graph, self.stable, pattern_statement(self.conflict, statement).expression)

    def records(self) -> list[dict[str, Any]]:
        """Return one plain record for each state: label, options taken, who is stable, equilibrium."""
        return [self._record(index) for index in range(self.space.size)]

    def _record(self, index: int) -> dict[str, Any]:
        stable = {
            concept: [dm for dm, holds in zip(self.decision_makers, rows[:, index], strict=True) if holds]
            for concept, rows in self.stable.items()
        }
        return {
            "state": self.space.label(index),
            "options": list(self.space.taken(index)),
            "stable": stable,
            "equilibrium": [
                concept for concept, who in stable.items() if len(who) == len(self.decision_makers)
            ],
        }

    def __repr__(self) -> str:
        return f"<Study of {self.conflict.name!r}: {self.space.size:,} states, {', '.join(self.concepts)}>"

    def _repr_html_(self) -> str:
        from standoff.report.page import study_html

        return study_html(self)

    def number_of(self, decision_maker: str) -> int:
        """Return the number of a decision maker given by id.

        Raises
        ------
        UsageError
            If there is none with this id.
        """
        if decision_maker not in self.decision_makers:
            cure = did_you_mean(decision_maker, self.decision_makers)
            raise UsageError(f"There is no decision maker '{decision_maker}'. {cure}")
        return self.decision_makers.index(decision_maker)

    def computed(self, concept: str) -> str:
        """Return a concept that was computed.

        Raises
        ------
        UsageError
            If there is no such concept, or it was not.
        """
        if concept not in self.stable:
            key = concept_of(concept).key
            raise UsageError(f"'{key}' was not computed here. Known here: {', '.join(self.concepts)}.")
        return concept


def pattern_statement(conflict: Conflict, text: str) -> Statement:
    """Read a statement over the options of a conflict that was not part of its file.

    Raises
    ------
    UsageError
        If it is no such statement, or the conflict has no options.
    """
    if conflict.is_graph_form:
        raise UsageError("This conflict has no options, so no statement can be made about its states.")
    try:
        return parse_statement(text, [option.name for option in conflict.options])
    except ModelError as error:
        told = " ".join(f"{fault.message} {fault.cure}".rstrip() for fault in error.faults)
        raise UsageError(f"In the pattern '{text}': {told}") from None
