"""Results as plain documents for JSON: the contract that other programs build on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict
from typing import Any

import numpy as np

from standoff import __version__
from standoff.errors import Fault, ModelError, StandoffError
from standoff.graph import States
from standoff.report.words import sentence
from standoff.stability.verdict import Deterred, NoImprovement, NoMove, Unpunished, Verdict
from standoff.study import Checked, Study


def study_document(study: Study, *, counts: bool = False, equilibria_only: bool = False) -> dict[str, Any]:
    """Return the document ``standoff.study/1``.

    Parameters
    ----------
    counts : bool
        Give the lengths of the lists under states, stability and equilibria in their place.
    equilibria_only : bool
        Leave out stability, and all states that are no equilibrium under any concept.
    """
    shown = _numbers(study, equilibria_only=equilibria_only)
    put: Callable[[States], Any] = _size if counts else _labelled(study)
    document: dict[str, Any] = {
        **header("standoff.study/1", study),
        "rules": {"sanction_moves": study.sanction_moves},
        "engine": study.engine,
        **_times(study),
        "decision_makers": list(study.decision_makers),
        "states": shown.size if counts else [_state(study, int(number)) for number in shown],
        "status_quo": study.status_quo,
    }
    if not equilibria_only:
        document["stability"] = {
            concept: {
                dm: put(np.flatnonzero(row)) for dm, row in zip(study.decision_makers, rows, strict=True)
            }
            for concept, rows in study.stable.items()
        }
    document["equilibria"] = {concept: put(study.equilibrium_states(concept)) for concept in study.concepts}
    return document


def _times(study: Study) -> dict[str, Any]:
    """Return the times of a run that had to compile: times differ from run to run, so no others do."""
    if not study.seconds_compiling:
        return {}
    seconds = {"compiling": study.seconds_compiling, "stability": study.seconds_stability}
    return {"seconds": {phase: round(taken, 3) for phase, taken in seconds.items()}}


def _size(states: States) -> int:
    return int(states.size)


def _labelled(study: Study) -> Callable[[States], list[str]]:
    return lambda states: [study.space.label(number) for number in states.tolist()]


def header(schema: str, study: Study) -> dict[str, Any]:
    """Return what every document begins with: its schema, the version, and the model it is about."""
    return {
        "schema": schema,
        "standoff": __version__,
        "model": {
            "name": study.conflict.name,
            "file": study.file,
            "variant": study.variant,
            "fingerprint": study.fingerprint,
        },
    }


def _numbers(study: Study, *, equilibria_only: bool) -> States:
    if not equilibria_only:
        return np.arange(study.space.size)
    return np.flatnonzero(np.any([rows.all(axis=0) for rows in study.stable.values()], axis=0))


def _state(study: Study, number: int) -> dict[str, Any]:
    return {"label": study.space.label(number), "options": list(study.space.taken(number))}


def faults_document(error: StandoffError, file: str) -> dict[str, Any]:
    """Return the document ``standoff.faults/1`` that stands in the place of an answer."""
    keys = ("code", "line", "column", "message", "cure")
    alone = Fault(code=error.kind, message=str(error), cure="")
    faults = error.faults if isinstance(error, ModelError) else (alone,)
    listed = [{key: getattr(fault, key) for key in keys} for fault in faults]
    return {"schema": "standoff.faults/1", "file": file, "faults": listed}


def verdicts_document(
    study: Study, state: str, dms: Sequence[str], concepts: Sequence[str]
) -> dict[str, Any]:
    """Return the document ``standoff.verdicts/1``: verdicts on one state, witnesses and sentences."""
    found = [study.verdict(state, dm, concept) for dm in dms for concept in concepts]
    return {
        **header("standoff.verdicts/1", study),
        "rules": {"sanction_moves": study.sanction_moves},
        "state": {"label": state, "options": list(study.space.taken(study.space.index(state)))},
        "verdicts": [{**verdict_entry(verdict), "sentence": sentence(study, verdict)} for verdict in found],
    }


def verdict_entry(verdict: Verdict) -> dict[str, Any]:
    """Return a verdict with its witness, whose kind is named."""
    return {
        "decision_maker": verdict.decision_maker,
        "concept": verdict.concept,
        "stable": verdict.stable,
        "witness": {"kind": _KINDS[type(verdict.witness)], **asdict(verdict.witness)},
    }


_KINDS = {
    NoMove: "no_move",
    NoImprovement: "no_improvement",
    Deterred: "deterred",
    Unpunished: "unpunished",
}


def checked_document(checked: Checked) -> dict[str, Any]:
    """Return the document ``standoff.check/1`` for a file without faults."""
    return {"schema": "standoff.check/1", "standoff": __version__, **asdict(checked), "faults": []}
