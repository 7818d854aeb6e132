"""Variants: the same file with some of its keys replaced."""

from __future__ import annotations

from dataclasses import replace

from standoff.errors import Fault
from standoff.files.element import Element
from standoff.files.parties import PREFERENCES
from standoff.files.schema import keys
from standoff.files.wording import quoted, suggestion
from standoff.files.yaml_nodes import MappingNode, Node, ScalarNode, child

MOST_VARIANTS = 100


def variant_names(root: Node) -> tuple[str, ...]:
    """Return the names of the variants in a file, in order."""
    block = child(root, "variants")
    if not isinstance(block, MappingNode):
        return ()
    return tuple(name for name in block.values if not name.startswith("x-"))[:MOST_VARIANTS]


def check_variants(root: Node, faults: list[Fault]) -> None:
    """Report what is wrong with the block `variants` itself, whether or not one is asked for."""
    block = child(root, "variants")
    if block is None or not isinstance(root, MappingNode):
        return
    element = Element(block, ("variants",), faults, root.keys["variants"])
    for number, (name, part) in enumerate(element.entries("variants"), start=1):
        part.check_id(name)
        if number > MOST_VARIANTS:
            message = f"There are more than {MOST_VARIANTS} variants."
            part.key_fault("too-many-variants", message, "Write some of them as files of their own.")
            return
        for path, change in part.entries("paths and what stands there instead"):
            wrong = _wrong_with(root, tuple(path.split(".")))
            if wrong is not None:
                change.key_fault("variant-path", *wrong)


def with_variant(root: Node, name: str) -> Node:
    """Return the nodes of a file with the keys of a variant put in place of the base's."""
    changes = child(child(root, "variants") or root, name)
    if not isinstance(changes, MappingNode):
        return root
    changed = root
    for path, value in changes.values.items():
        if _wrong_with(root, tuple(path.split("."))) is None:
            changed = _replaced(changed, tuple(path.split(".")), changes.keys[path], value)
    return changed


def _wrong_with(root: Node, steps: tuple[str, ...]) -> tuple[str, str] | None:
    """Return message and cure for a path; only a key that its record could have may be new."""
    if steps[0] in ("standoff", "variants"):
        return f"A variant cannot replace '{steps[0]}'.", "Take it out."
    node: Node = root
    for index, step in enumerate(steps):
        here = ".".join(steps[:index])
        if not isinstance(node, MappingNode):
            kind = node.kind if node.kind != "text" else "a single text"
            return f"{quoted(here)} is {kind}, without keys.", "Replace it as a whole."
        below = child(node, step)
        if below is None:
            known = (*dict.fromkeys((*node.values, *_record_keys(steps[:index]))),)
            if index == len(steps) - 1 and step in known:
                return None
            where = f" in {quoted(here)}." if here else " in the base."
            return f"There is no {quoted(step)}{where}", suggestion(step, known)
        node = below
    return None


def _record_keys(steps: tuple[str, ...]) -> tuple[str, ...]:
    match steps:
        case ():
            return keys("model")
        case ("decision_makers", _):
            return keys("decision_maker")
        case ("decision_makers", _, "options", _):
            return keys("option")
        case ("decision_makers", _, "bearable"):
            return keys("bearable") + keys("bearable_states")
        case ("sources", _):
            return keys("source")
    return ()


def _replaced(node: Node, steps: tuple[str, ...], key: ScalarNode, value: Node) -> Node:
    """Put a value in place; a preference of another kind goes when a new one comes."""
    if not isinstance(node, MappingNode):
        return node
    step, rest = steps[0], steps[1:]
    if rest:
        below = child(node, step)
        if below is None:
            return node
        return replace(node, values={**node.values, step: _replaced(below, rest, key, value)})
    dropped = set(PREFERENCES) - {step} if step in PREFERENCES else set()
    values = {**{name: part for name, part in node.values.items() if name not in dropped}, step: value}
    return replace(node, keys={**node.keys, step: key}, values=values)
