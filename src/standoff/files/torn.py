"""Statements that YAML's flow style tore apart: in `[at_most_one(a, b)]` it splits at the comma."""

from __future__ import annotations

from collections.abc import Iterator

from standoff.errors import Fault, Path
from standoff.files.wording import quoted
from standoff.files.yaml_nodes import MappingNode, Node, ScalarNode, SequenceNode


def torn_lists(root: Node) -> list[Fault]:
    """Return one fault for each flow-style list or mapping whose commas tear parentheses apart."""
    return list(_torn(root, ()))


def _torn(node: Node, path: Path) -> Iterator[Fault]:
    if isinstance(node, ScalarNode):
        return
    first = _first_torn(node) if node.is_flow else None
    if first is not None:
        yield Fault(
            code="torn-statement",
            message=f"YAML splits [...] and {{...}} at every comma; it tears {quoted(first.text)} apart.",
            cure="Put the statement in quotes, or write one a line, each after '- '.",
            path=path,
            line=first.line,
            column=first.column,
        )
        return
    if isinstance(node, SequenceNode):
        for index, item in enumerate(node.items):
            yield from _torn(item, (*path, index))
    else:
        for key, value in node.values.items():
            if not key.startswith("x-"):
                yield from _torn(value, (*path, key))


def _first_torn(node: SequenceNode | MappingNode) -> ScalarNode | None:
    """Return a piece with an open parenthesis that a later piece closes."""
    pieces = node.items if isinstance(node, SequenceNode) else (*node.values.values(), *node.keys.values())
    opening = [piece for piece in pieces if _open(piece) > 0]
    closing = [piece for piece in pieces if _open(piece) < 0]
    return next((piece for piece in opening if isinstance(piece, ScalarNode)), None) if closing else None


def _open(node: Node) -> int:
    return (
        node.text.count("(") - node.text.count(")") if isinstance(node, ScalarNode) and node.is_plain else 0
    )
