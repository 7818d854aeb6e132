"""From a model to verdicts: the one pipeline that command line, notebook and pages call."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from standoff.analyses.patterns import Pattern, pattern
from standoff.cases import case_path
from standoff.errors import Fault, ModelError, RefusedError, UsageError, did_you_mean
from standoff.files.grammar import parse_statement
from standoff.files.reading import ModelFile, read_all, read_model
from standoff.files.writing import render
from standoff.graph import GraphModel, graph_model
from standoff.model.conflict import Conflict
from standoff.model.fingerprint import fingerprint
from standoff.model.statement import Statement
from standoff.preferences import rankings
from standoff.stability.judge import judge
from standoff.stability.survey import survey
from standoff.stability.verdict import Verdict
from standoff.states.enumeration import MAX_STATES
from standoff.states.space import StateSpace, state_space

Progress = Callable[[str, float], None]


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
    fingerprint : str
        Digest of the model's meaning.
    file, variant : str or None
        Where the model came from, as given.
    """

    conflict: Conflict
    graph: GraphModel
    sanction_moves: str
    fingerprint: str
    stable: Mapping[str, NDArray[np.bool_]] = field(default_factory=dict)
    engine: str = "none"
    seconds_compiling: float = 0.0
    file: str | None = None
    variant: str | None = None

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
        row = self.stable[self._computed(concept)][self.number_of(decision_maker)]
        return tuple(self.space.label(int(index)) for index in np.flatnonzero(row))

    def equilibrium_states(self, concept: str) -> NDArray[np.int64]:
        """Return the numbers of the states that are stable for every decision maker."""
        return np.flatnonzero(self.stable[self._computed(concept)].all(axis=0))

    @property
    def equilibria(self) -> dict[str, tuple[str, ...]]:
        """For each concept the labels of the states that are stable for every decision maker."""
        return {
            concept: tuple(self.space.label(int(index)) for index in self.equilibrium_states(concept))
            for concept in self.stable
        }

    def verdict(self, state: str, decision_maker: str, concept: str) -> Verdict:
        """Return the verdict on one state with its witness."""
        dm = self.number_of(decision_maker)
        return judge(self.graph, dm, self.space.index(state), concept, self.sanction_moves)

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

    def _computed(self, concept: str) -> str:
        if concept not in self.stable:
            raise UsageError(f"'{concept}' was not computed here. {did_you_mean(concept, self.concepts)}")
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


def load(source: str | Path, variant: str | None = None) -> ModelFile:
    """Read a model: a YAML file, a GMCR+ file (.gmcr), or a shipped case as ``case:NAME``.

    Raises
    ------
    ModelError
        With every fault of the file.
    UsageError
        If there is no such case or variant.
    """
    text = str(source)
    if text.startswith("case:"):
        return read_model(case_path(text.removeprefix("case:")), variant, name=text)
    if text.endswith(".gmcr"):
        from standoff.files.gmcr import read_gmcr

        return read_gmcr(text, variant)
    return read_model(text, variant)


def analyse(
    model: ModelFile | Conflict | str | Path,
    *,
    concepts: Sequence[str] = (),
    sanction_moves: str = "legal_sequence",
    engine: str = "auto",
    max_states: int = MAX_STATES,
    progress: Progress | None = None,
) -> Study:
    """Say which states are stable for whom, and which are equilibria.

    Parameters
    ----------
    model : ModelFile, Conflict, str or Path
        A loaded model, a conflict, or anything that `load` takes.
    concepts : sequence of str
        Concepts wanted beyond the core five.
    sanction_moves : str
        ``legal_sequence`` (default) or ``once_per_dm``; see `standoff.stability.judge`.
    engine : str
        ``auto``, ``numpy``, ``numba`` or ``simple``.
    max_states : int
        Refuse conflicts with more feasible states than this.
    progress : function of (phase, fraction), optional

    Raises
    ------
    ModelError
        If the model is at fault; all faults, with their places.
    RefusedError
        If it is too large.
    """
    study = prepare(model, sanction_moves, max_states, progress)
    extra = [concepts] if isinstance(concepts, str) else concepts
    found = survey(study.graph, extra, sanction_moves, engine, progress)
    for rows in found.stable.values():
        rows.setflags(write=False)
    return replace(
        study,
        stable=MappingProxyType(found.stable),
        engine=found.engine,
        seconds_compiling=found.seconds_compiling,
    )


def prepare(
    model: ModelFile | Conflict | str | Path,
    sanction_moves: str = "legal_sequence",
    max_states: int = MAX_STATES,
    progress: Progress | None = None,
) -> Study:
    """Return a study in which nothing is surveyed yet: it gives verdicts on single states.

    Raises
    ------
    ModelError, RefusedError
        As `analyse`.
    """
    if isinstance(model, str | Path):
        model = load(model)
    return Study(
        conflict=_conflict(model),
        graph=build(model, max_states, progress),
        sanction_moves=sanction_moves,
        fingerprint=fingerprint(_conflict(model)),
        file=model.name if isinstance(model, ModelFile) else None,
        variant=model.variant if isinstance(model, ModelFile) else None,
    )


def _left_out(model: ModelFile) -> tuple[str, ...]:
    """Say what stands in a model file beside its conflict and is not carried over."""
    notes = []
    if not model.name.endswith(".gmcr"):
        notes.append("Comments and layout of the file are not carried over.")
    if model.variants:
        names = ", ".join(model.variants)
        notes.append(f"Variants are not carried over ({names}); convert each with --variant.")
    if model.extensions:
        notes.append(f"Blocks of your own are not carried over: {', '.join(model.extensions)}.")
    return tuple(notes)


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What a file without faults holds; `states` is None if they are too many to list."""

    file: str
    decision_makers: int
    options: int
    states: int | None
    variants: tuple[str, ...]


def check(source: str) -> Checked:
    """Look for faults in a model file, in its base and in every variant.

    Raises
    ------
    ModelError
        With all faults found.
    """
    models = _all_variants(source)
    faults: list[Fault] = []
    sizes: list[int | None] = []
    for model in models:
        try:
            sizes.append(build(model).space.size)
        except ModelError as error:
            faults += error.faults
        except RefusedError:
            sizes.append(None)
    base = models[0]
    if faults:
        distinct = {(fault.line, fault.column, fault.message): fault for fault in faults}
        raise ModelError(distinct.values(), base.name)
    return Checked(
        file=base.name,
        decision_makers=len(base.conflict.decision_makers),
        options=len(base.conflict.options),
        states=sizes[0],
        variants=base.variants,
    )


def _all_variants(source: str) -> tuple[ModelFile, ...]:
    if source.startswith("case:"):
        return read_all(case_path(source.removeprefix("case:")), source)
    return (load(source),) if source.endswith(".gmcr") else read_all(source)


def converted(model: ModelFile, target: str) -> tuple[str, tuple[str, ...]]:
    """Return a model as the text of another file format, and what that format cannot express.

    Parameters
    ----------
    target : str
        The file to be written; its ending, ``.yaml``, ``.yml`` or ``.gmcr``, names the format.

    Raises
    ------
    UsageError
        If the ending is none of these.
    RefusedError
        If the model cannot be expressed.
    """
    if target.endswith(".gmcr"):
        from standoff.files.gmcr import conflict_to_gmcr, gmcr_text

        document, notes = conflict_to_gmcr(model.conflict)
        return gmcr_text(document), (*notes, *_left_out(model))
    if target.endswith((".yaml", ".yml")):
        return render(model.conflict), _left_out(model)
    raise UsageError(f"'{target}' does not say which format to write. End it in .yaml or .gmcr.")


def build(
    model: ModelFile | Conflict, max_states: int = MAX_STATES, progress: Progress | None = None
) -> GraphModel:
    """Return the graph model of a model: its states, rankings and moves.

    Raises
    ------
    ModelError
        If no state is feasible, the status quo is not, or a ranking is incomplete.
    RefusedError
        If there are more than `max_states` states.
    """
    conflict = _conflict(model)
    tell = progress or _ignore
    try:
        tell("listing states", 0.0)
        space = state_space(conflict, max_states)
        tell("ranking states", 0.0)
        return graph_model(conflict, space, rankings(conflict, space))
    except ModelError as error:
        raise (model.located(error) if isinstance(model, ModelFile) else error) from None


def _ignore(_phase: str, _fraction: float) -> None:
    """Show no progress."""


def _conflict(model: ModelFile | Conflict) -> Conflict:
    if isinstance(model, ModelFile | Conflict):
        return model.conflict if isinstance(model, ModelFile) else model
    raise UsageError(f"A model, a conflict or the name of a file is needed, not a {type(model).__name__}.")


__all__ = [
    "Checked",
    "Study",
    "analyse",
    "build",
    "check",
    "converted",
    "load",
    "pattern_statement",
    "prepare",
]
