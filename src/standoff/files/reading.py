"""Read model files: all that is wrong at once, each fault with line, column and cure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from os import fspath
from pathlib import Path as FilePath
from typing import Any

from standoff.errors import Fault, ModelError, Path, UsageError, did_you_mean
from standoff.files.element import MOST_FAULTS, TooManyFaultsError
from standoff.files.resolving import resolve
from standoff.files.schema import FORMAT
from standoff.files.torn import torn_lists
from standoff.files.variants import check_variants, variant_names, with_variant
from standoff.files.yaml_nodes import MappingNode, Node, ScalarNode, child, place, plain_data
from standoff.files.yaml_reading import MOST_BYTES, compose, decoded
from standoff.model.conflict import Conflict


@dataclass(frozen=True, slots=True)
class Places:
    """Where the elements of a model stand in its file; of a conflict without nodes, at its top."""

    root: Node | None = None

    def locate(self, path: Path) -> tuple[int, int]:
        """Return line and column of an element, or of the nearest one above it that is written."""
        return (1, 1) if self.root is None else place(self.root, path)


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelFile:
    """A conflict with the file it was read from.

    Attributes
    ----------
    conflict : Conflict
    name : str
        The file as given.
    variant : str or None
        The variant that was asked for.
    variants : tuple of str
        All variants the file has.
    extensions : mapping
        The blocks whose keys begin with `x-`, as plain data.
    places : Places
    """

    conflict: Conflict
    name: str
    variant: str | None = None
    variants: tuple[str, ...] = ()
    extensions: Mapping[str, Any] = field(default_factory=dict)
    places: Places = Places()

    def located(self, error: ModelError) -> ModelError:
        """Return the same error with the file's name, and lines and columns where it has paths."""
        faults = [
            fault if fault.line is not None else fault.at(*self.places.locate(fault.path))
            for fault in error.faults
        ]
        return ModelError(faults, self.name)


def read_model(path: str | FilePath, variant: str | None = None, name: str | None = None) -> ModelFile:
    """Read the conflict in a model file, or one of its variants.

    `name` is what the file is called in the result and in faults, if not by its path.

    Raises
    ------
    ModelError
        If the file cannot be read or is at fault; it carries every fault found.
    UsageError
        If there is no such variant.
    """
    name = fspath(path) if name is None else name
    return read_text(_text(path, name), name, variant)


def read_all(path: str | FilePath, name: str | None = None) -> tuple[ModelFile, ...]:
    """Read the conflict in a model file and all its variants, the base first.

    Raises
    ------
    ModelError
        If the file cannot be read, or the base or a variant is at fault; it carries every
        fault found, those that they share once.
    """
    name = fspath(path) if name is None else name
    return read_all_text(_text(path, name), name)


def read_text(text: str, name: str = "<text>", variant: str | None = None) -> ModelFile:
    """Read the conflict in the text of a model file, or one of its variants.

    Raises
    ------
    ModelError
        If the text is at fault; it carries every fault found.
    UsageError
        If there is no such variant.
    """
    root, faults = _composed(text, name)
    variants = variant_names(root)
    if variant is not None and variant not in variants:
        cure = did_you_mean(variant, variants) if variants else "The file has no variants."
        raise UsageError(f"There is no variant '{variant}' in {name}. {cure}")
    return _models(root, faults, name, (variant,))[0]


def read_all_text(text: str, name: str = "<text>") -> tuple[ModelFile, ...]:
    """Read the conflict in the text of a model file and all its variants, the base first.

    Raises
    ------
    ModelError
        If the base or a variant is at fault; it carries every fault found.
    """
    root, faults = _composed(text, name)
    return _models(root, faults, name, (None, *variant_names(root)))


def _models(
    root: Node, faults: list[Fault], name: str, wanted: tuple[str | None, ...]
) -> tuple[ModelFile, ...]:
    check_variants(root, faults)
    models = []
    for variant in wanted:
        chosen = root if variant is None else with_variant(root, variant)
        conflict = _resolved(chosen, faults)
        if conflict is not None:
            models.append(
                ModelFile(
                    conflict=conflict,
                    name=name,
                    variant=variant,
                    variants=variant_names(root),
                    extensions=_extensions(chosen),
                    places=Places(chosen),
                )
            )
    if faults:
        raise ModelError(_sorted(faults), name)
    return tuple(models)


def _text(path: str | FilePath, name: str) -> str:
    try:
        return decoded(_bytes(FilePath(path)))
    except ModelError as error:
        raise ModelError(error.faults, name) from None


def _bytes(path: FilePath) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(MOST_BYTES + 1)
    except FileNotFoundError:
        fault = Fault(code="file-missing", message="There is no such file.", cure="Check the name.")
    except IsADirectoryError:
        fault = Fault(code="not-a-file", message="This is a directory.", cure="Name a file in it.")
    except (OSError, ValueError) as error:
        reason = (getattr(error, "strerror", None) or str(error)).lower()
        fault = Fault(
            code="file-unreadable",
            message=f"The file cannot be read: {reason}.",
            cure="Check its permissions.",
        )
    raise ModelError([fault])


def _composed(text: str, name: str) -> tuple[Node, list[Fault]]:
    """Return the nodes of a text in this version of the format."""
    try:
        root, faults = compose(text)
        _check_version(root)
    except ModelError as error:
        raise ModelError(_sorted(error.faults), name) from None
    if not isinstance(root, MappingNode):
        message = f"A model file is a mapping of keys to values, not {root.kind}."
        faults.append(_at(root, "not-a-mapping", message, "Begin with 'standoff: 1' and 'name: ...'."))
        raise ModelError(_sorted(faults), name)
    return root, faults


def _check_version(root: Node) -> None:
    node = child(root, "standoff")
    if node is None:
        return
    text = node.text.strip() if isinstance(node, ScalarNode) and node.is_plain else ""
    if text == str(FORMAT):
        return
    message = f"The version of the format must be the number {FORMAT}."
    cure = f"Write 'standoff: {FORMAT}'."
    code = "bad-version"
    if text.isascii() and text.isdecimal() and len(text) <= 9 and int(text) > FORMAT:
        message = (
            f"This file is written in format {int(text)}; this version of standoff reads format {FORMAT}."
        )
        code, cure = "newer-format", "Use a later version of standoff."
    raise ModelError([_at(node, code, message, cure)])


def _at(node: Node, code: str, message: str, cure: str) -> Fault:
    return Fault(code=code, message=message, cure=cure, line=node.line, column=node.column)


def _resolved(root: Node, faults: list[Fault]) -> Conflict | None:
    """Resolve; inside a list that YAML tore apart only that is reported."""
    torn = torn_lists(root)
    found: list[Fault] = []
    try:
        conflict = resolve(root, found)
    except TooManyFaultsError:
        conflict = None
    roots = [fault.path for fault in torn]
    faults += torn
    faults += [fault for fault in found if not any(fault.path[: len(path)] == path for path in roots)]
    return conflict


def _extensions(root: Node) -> dict[str, Any]:
    if not isinstance(root, MappingNode):
        return {}
    return {key: plain_data(node) for key, node in root.values.items() if key.startswith("x-")}


def _sorted(faults: list[Fault] | tuple[Fault, ...]) -> tuple[Fault, ...]:
    """By place in the file; a fault that the base and a variant share is told once."""
    distinct = {(fault.line, fault.column, fault.code, fault.message): fault for fault in faults}
    ordered = sorted(distinct.values(), key=lambda fault: (fault.line or 0, fault.column or 0))
    if len(ordered) < MOST_FAULTS:
        return tuple(ordered)
    last = ordered[MOST_FAULTS - 1]
    more = Fault(
        code="more-faults",
        message=f"More is wrong than the {MOST_FAULTS} faults told here.",
        cure="Cure these first.",
        line=last.line,
        column=last.column,
    )
    return (*ordered[:MOST_FAULTS], more)
