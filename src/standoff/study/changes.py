"""What changed between two models, and what it did to the verdicts."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from standoff.analyses.changes import MOST, Changes, compared
from standoff.errors import UsageError
from standoff.files.embedding import read_embedded
from standoff.files.reading import ModelFile, read_text
from standoff.files.revisions import at_revision, is_revision
from standoff.model.conflict import Conflict
from standoff.progress import Progress
from standoff.states.enumeration import MAX_STATES
from standoff.study.pipeline import build, load

BASE = "base"
"""What the model without a variant is called where a variant is asked for."""


def changes(
    older: ModelFile | Conflict | str | Path,
    newer: ModelFile | Conflict | str | Path,
    *,
    most: int = MOST,
    engine: str = "auto",
    max_states: int = MAX_STATES,
    progress: Progress | None = None,
) -> Changes:
    """Say what changed between two models, which verdicts changed, and because of which changes.

    Parameters
    ----------
    older, newer : ModelFile, Conflict, str or Path
        Loaded models, conflicts, or what `earlier` takes.
    most : int
        Solve so many versions of the model at most in search of causes; fewer of large models.
    engine : str
        ``auto``, ``numpy`` or ``numba``.
    max_states : int
        Refuse conflicts with more feasible states than this.
    progress : function of (phase, fraction), optional

    Raises
    ------
    ModelError
        If a model is at fault; all faults, with their places.
    RefusedError
        If one is too large.

    Notes
    -----
    A change is a cause of a changed verdict if the verdict is as before once that change alone is
    taken back from the newer model. Where no single one does that, the smallest set of changes
    found that does is a joint cause. Looked at are the status quo, named states (matched by the
    options taken) and the numbers of equilibria, under the five core concepts.
    """
    models = [_model(older), _model(newer)]
    for model in models:
        build(model, max_states)
    before, after = (model.conflict if isinstance(model, ModelFile) else model for model in models)
    return compared(before, after, most=most, engine=engine, max_states=max_states, progress=progress)


def _model(model: ModelFile | Conflict | str | Path) -> ModelFile | Conflict:
    return earlier(str(model)) if isinstance(model, str | Path) else model


def earlier(source: str, like: ModelFile | None = None, variant: str | None = None) -> ModelFile:
    """Read an earlier model to compare with.

    Parameters
    ----------
    source : str
        A model file, a case as ``case:NAME``, a page written by ``standoff brief`` (``.html``), or
        a git revision at which the file of `like` is read.
    like : ModelFile, optional
        The model it is compared with.
    variant : str, optional
        The variant wanted of it; left out or ``base``, none.

    Raises
    ------
    ModelError
        If it is at fault.
    UsageError
        If there is no such file, case, revision or variant.
    """
    wanted = None if variant == BASE else variant
    if source.endswith((".html", ".htm")):
        if wanted is not None:
            raise UsageError("A page carries one model, without variants. Leave the variant out.")
        return read_embedded(source)
    if source.startswith("case:") or Path(source).exists() or like is None or not is_revision(source):
        return load(source, wanted)
    if like.name.startswith("case:") or like.name.endswith((".html", ".htm", ".gmcr")):
        raise UsageError(f"There is no file '{source}', and {like.name} is no YAML file in a git repository.")
    read = read_text(at_revision(like.name, source), f"{like.name} at {source}", wanted)
    return replace(read, name=f"{like.name} at {source}")
