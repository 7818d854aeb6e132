"""What if: the same conflict in which a statement is taken as true from here on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from standoff.errors import UsageError
from standoff.files.reading import ModelFile
from standoff.graph import States, restricted
from standoff.model.conflict import Conflict
from standoff.progress import Progress
from standoff.stability.concepts import CORE
from standoff.states.enumeration import MAX_STATES
from standoff.study.pipeline import prepare, surveyed
from standoff.study.study import Study, pattern_statement


def assuming(study: Study, statement: str, at: str | None = None) -> Study:
    """Return the study in which a statement is true in every state, as if it were a feasibility rule.

    States in which it is false are gone, and with them every move that would make it false; all
    else, preferences included, stays as it is, and states keep their labels. What was analysed
    before is analysed again.

    Parameters
    ----------
    statement : str
        Over the options of the conflict, such as ``not russia.leak``.
    at : str, optional
        The state that will be looked at; the status quo if left out. The statement must be true there.

    Raises
    ------
    UsageError
        If it is no such statement, the conflict has no options, or the state contradicts it.
    """
    found = pattern_statement(study.conflict, statement)
    kept = study.space.where(found.expression)
    state = study.space.status_quo if at is None else study.space.index(at)
    if not kept[state]:
        raise UsageError(_contradicted(study, found.text, state, np.flatnonzero(kept)))
    graph = restricted(study.graph, kept, state, found.text)
    narrower = replace(study, graph=graph, stable={}, engine="none", assumed=found.text)
    return surveyed(narrower, [key for key in study.stable if key not in CORE]) if study.stable else narrower


def analysed(
    model: ModelFile | Conflict | str | Path,
    assume: str | None = None,
    at: str | None = None,
    *,
    concepts: Sequence[str] = (),
    engine: str = "auto",
    max_states: int = MAX_STATES,
    progress: Progress | None = None,
) -> Study:
    """Analyse a model, under an assumption if there is one; other parameters as for `analyse`.

    Raises
    ------
    UsageError
        As `assuming`.
    ModelError, RefusedError
        As `analyse`.
    """
    study = prepare(model, max_states=max_states, progress=progress, engine=engine)
    return surveyed(study if assume is None else assuming(study, assume, at), concepts, engine, progress)


def _contradicted(study: Study, text: str, state: int, kept: States) -> str:
    if not kept.size:
        return f"No feasible state satisfies '{text}', so it cannot be assumed."
    codes = study.space.codes
    nearest = int(kept[np.bitwise_count(codes[kept] ^ codes[state]).argmin()])
    here, there = study.space.label(state), study.space.label(nearest)
    return (
        f"'{text}' is not true in {here}, so it cannot be assumed there. Look at a state in which it is: "
        f"the nearest one is {there} (--at {there})."
    )
