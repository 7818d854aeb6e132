"""The nodes of a YAML text, which know where they begin (`line`, `column`) and `end`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from standoff.errors import Path

_TYPED = (
    ("nothing", re.compile(r"(?:~|null|Null|NULL)?")),
    ("a truth value", re.compile(r"true|True|TRUE|false|False|FALSE")),
    ("a number", re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")),
    ("a number", re.compile(r"0o[0-7]+|0x[0-9a-fA-F]+|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)")),
)


@dataclass(frozen=True, slots=True)
class ScalarNode:
    """Text as it stands. `first` is the column of its first character, if it is all on one line."""

    line: int
    column: int
    text: str
    is_plain: bool = True
    first: int | None = None
    end: tuple[int, int] = (0, 0)

    @property
    def kind(self) -> str:
        """What YAML 1.2 takes the scalar for: text, a number, a truth value or nothing."""
        if self.is_plain:
            for kind, pattern in _TYPED:
                if pattern.fullmatch(self.text):
                    return kind
        return "text"


@dataclass(frozen=True, slots=True)
class SequenceNode:
    """A list."""

    line: int
    column: int
    items: tuple[Node, ...]
    is_flow: bool = False
    end: tuple[int, int] = (0, 0)
    kind = "a list"


@dataclass(frozen=True, slots=True)
class MappingNode:
    """A mapping; keys are text whatever they look like. `keys` and `values` share their keys."""

    line: int
    column: int
    keys: dict[str, ScalarNode]
    values: dict[str, Node]
    is_flow: bool = False
    end: tuple[int, int] = (0, 0)
    kind = "a mapping"


Node = ScalarNode | SequenceNode | MappingNode


def child(node: Node, step: str | int) -> Node | None:
    """Return the part of a node under a key or at a list position, or None."""
    if isinstance(node, MappingNode):
        return node.values.get(str(step))
    if isinstance(node, SequenceNode) and isinstance(step, int) and 0 <= step < len(node.items):
        return node.items[step]
    return None


def place(root: Node, path: Path) -> tuple[int, int]:
    """Return line and column of the element at a path, or of the nearest one above it.

    An element written as an indented block is found at the key that opens it.
    """
    node, at = root, (1, 1)
    for step in path:
        below = child(node, step)
        if below is None:
            break
        at = (below.line, below.column)
        if isinstance(node, MappingNode) and not isinstance(below, ScalarNode) and not below.is_flow:
            key = node.keys[str(step)]
            at = (key.line, key.column)
        node = below
    return at


def plain_data(node: Node) -> Any:
    """Return a node as dicts, lists, text, numbers, truth values and None."""
    match node:
        case ScalarNode(text=text):
            return _scalar_data(text, node.kind)
        case SequenceNode(items=items):
            return [plain_data(item) for item in items]
        case MappingNode(values=values):
            return {key: plain_data(value) for key, value in values.items()}


def _scalar_data(text: str, kind: str) -> Any:
    if kind == "nothing":
        return None
    if kind == "a truth value":
        return text.lower() == "true"
    if kind == "a number" and len(text) < 300:
        for make in (int, float):
            try:
                return make(text)
            except ValueError:
                continue
    return text
