"""What is done with model files as files: looking for faults, and conversion to other formats."""

from __future__ import annotations

from dataclasses import dataclass

from standoff.cases import case_path
from standoff.errors import Fault, ModelError, RefusedError, UsageError
from standoff.files.reading import ModelFile, read_all
from standoff.files.writing import render
from standoff.study.pipeline import build, load
from standoff.timing.faults import timed_faults


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
            graph = build(model)
        except ModelError as error:
            faults += error.faults
        except RefusedError:
            sizes.append(None)
        else:
            sizes.append(graph.space.size)
            faults += model.located(ModelError(timed_faults(graph, model.conflict))).faults
    base = models[0]
    if faults:
        distinct = {(fault.line, fault.column, fault.message): fault for fault in faults}
        raise ModelError(sorted(distinct.values(), key=_place), base.name)
    return Checked(
        file=base.name,
        decision_makers=len(base.conflict.decision_makers),
        options=len(base.conflict.options),
        states=sizes[0],
        variants=base.variants,
    )


def _place(fault: Fault) -> tuple[int, int]:
    return fault.line or 0, fault.column or 0


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
