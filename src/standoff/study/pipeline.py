"""From a model to verdicts: the one pipeline that command line, notebook and pages call."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from types import MappingProxyType

from standoff.cases import case_path
from standoff.errors import ModelError, UsageError
from standoff.files.reading import ModelFile, read_model
from standoff.graph import GraphModel, graph_model
from standoff.model.conflict import Conflict
from standoff.model.fingerprint import fingerprint
from standoff.preferences import rankings
from standoff.progress import WORTH_TELLING, Progress, announce
from standoff.stability.concepts import RULES
from standoff.stability.engine.estimate import whole_cost
from standoff.stability.survey import require_known, survey
from standoff.states.cost import Cost, Estimate
from standoff.states.enumeration import MAX_STATES
from standoff.states.space import state_space
from standoff.study.study import Study


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
    study = prepare(model, sanction_moves, max_states, progress, engine)
    return surveyed(study, concepts, engine, progress)


def surveyed(
    study: Study, concepts: Sequence[str] = (), engine: str = "auto", progress: Progress | None = None
) -> Study:
    """Return a prepared study with the stability of all its states; parameters as for `analyse`."""
    extra = [concepts] if isinstance(concepts, str) else concepts
    found = survey(study.graph, extra, study.sanction_moves, engine, progress)
    for rows in found.stable.values():
        rows.setflags(write=False)
    return replace(
        study,
        stable=MappingProxyType(found.stable),
        engine=found.engine,
        seconds_compiling=found.seconds_compiling,
        seconds_stability=found.seconds_stability,
    )


def prepare(
    model: ModelFile | Conflict | str | Path,
    sanction_moves: str = "legal_sequence",
    max_states: int = MAX_STATES,
    progress: Progress | None = None,
    engine: str | None = None,
) -> Study:
    """Return a study in which nothing is surveyed yet: it gives verdicts on single states.

    Parameters
    ----------
    engine : str, optional
        It will be surveyed with this engine: the size check before the work counts that too.

    Raises
    ------
    ModelError, RefusedError
        As `analyse`.
    """
    require_known(sanction_moves, engine or "auto")
    if isinstance(model, str | Path):
        model = load(model)
    return Study(
        conflict=_conflict(model),
        graph=build(model, max_states, progress, engine if sanction_moves == RULES[0] else None),
        sanction_moves=sanction_moves,
        fingerprint=fingerprint(_conflict(model)),
        file=model.name if isinstance(model, ModelFile) else None,
        variant=model.variant if isinstance(model, ModelFile) else None,
    )


def build(
    model: ModelFile | Conflict,
    max_states: int = MAX_STATES,
    progress: Progress | None = None,
    engine: str | None = None,
) -> GraphModel:
    """Return the graph model of a model: its states, rankings and moves.

    What this will cost, and a survey with the engine if one is given, is estimated before; above
    some seconds it is told to `progress`, if that can tell it.

    Raises
    ------
    ModelError
        If no state is feasible, the status quo is not, or a ranking is incomplete.
    RefusedError
        If there are more than `max_states` states, or more than fit into memory.
    """
    conflict = _conflict(model)
    tell = progress or _ignore

    def foretell(cost: Estimate) -> None:
        if cost.seconds >= WORTH_TELLING:
            announce(progress, f"{cost} expected.")

    try:
        tell("listing states", 0.0)
        space = state_space(conflict, max_states, _cost(conflict, engine), foretell)
        ranks = rankings(conflict, space, lambda done: tell("ranking states", done))
        return graph_model(conflict, space, ranks)
    except ModelError as error:
        raise (model.located(error) if isinstance(model, ModelFile) else error) from None


def _cost(conflict: Conflict, engine: str | None) -> Cost | None:
    """Return what an analysis with this engine costs; None for one that asks no engine about all states."""
    return None if engine is None or engine == "simple" else partial(whole_cost, conflict, engine)


def _ignore(_phase: str, _fraction: float) -> None:
    """Show no progress."""


def _conflict(model: ModelFile | Conflict) -> Conflict:
    if isinstance(model, ModelFile | Conflict):
        return model.conflict if isinstance(model, ModelFile) else model
    raise UsageError(f"A model, a conflict or the name of a file is needed, not a {type(model).__name__}.")
