"""Change single values in the text of a model file and leave every other character alone."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from standoff.errors import ModelError, Path, RefusedError, UsageError
from standoff.files.emitting import Verbatim, block, inline, scalar, stands_in_block
from standoff.files.yaml_nodes import MappingNode, Node, ScalarNode, SequenceNode, child, plain_data
from standoff.files.yaml_reading import compose


def edit(text: str, changes: Mapping[Path, Any]) -> str:
    """Return the text of a file with other values at some paths; comments and layout stay.

    A value is text, a number, a list or a mapping; None takes the element out. A key that is
    not there is added to its mapping, the position after the last one to its list.

    Raises
    ------
    ModelError
        If the text is not YAML.
    UsageError
        If a path leads nowhere.
    RefusedError
        If the change cannot be made in the layout of the file, such as behind an alias. The
        result is read again before it is returned, and compared with what was asked for.
    """
    mark = "\ufeff" if text.startswith("\ufeff") else ""
    text = text.removeprefix(mark)
    for path, value in changes.items():
        text = _changed(text, path, value)
    return mark + text


def _changed(text: str, path: Path, value: Any) -> str:
    root, faults = compose(text)
    if faults:
        raise ModelError(faults)
    expected = _expected(plain_data(root), path, _read_back(value), path)
    result = _Editor(text, root).changed(path, value)
    try:
        found, faults = compose(result)
    except ModelError:
        found, faults = root, []
    if faults or plain_data(found) != expected:
        where = ".".join(map(str, path))
        raise RefusedError(f"'{where}' cannot be changed in the layout of this file. Change it by hand.")
    return result


def _read_back(value: Any) -> Any:
    return None if value is None else plain_data(compose(inline(value))[0])


def _expected(data: Any, rest: Path, value: Any, path: Path) -> Any:
    """Return the data with the value at the path."""
    if not rest:
        return value
    step, deeper = rest[0], rest[1:]
    removes = value is None and not deeper
    if isinstance(data, dict) and (step in data or not (deeper or removes)):
        others = {key: part for key, part in data.items() if not (removes and key == step)}
        return others if removes else {**others, str(step): _expected(data.get(step), deeper, value, path)}
    if (
        isinstance(data, list)
        and isinstance(step, int)
        and 0 <= step < len(data) + (not deeper and not removes)
    ):
        put = [] if removes else [_expected(data[step] if step < len(data) else None, deeper, value, path)]
        return [*data[:step], *put, *data[step + 1 :]]
    raise UsageError(f"There is no {'.'.join(map(str, path))!r} in this file.")


class _Editor:
    def __init__(self, text: str, root: Node) -> None:
        self.text = text
        self.root = root
        self.starts = [0, *(match.end() for match in re.finditer(r"\r\n|\n|\r", text))]
        self.newline = "\r\n" if "\r\n" in text else "\n"

    def changed(self, path: Path, value: Any) -> str:
        parent, step = self.at(path[:-1]), path[-1] if path else None
        if step is None or parent is None:
            raise RefusedError("A file is not replaced as a whole here.")
        is_new = child(parent, step) is None
        size = len(parent.values) if isinstance(parent, MappingNode) else len(getattr(parent, "items", ()))
        if value is None and size == 1 and len(path) > 1:
            return self.changed(path[:-1], {} if isinstance(parent, MappingNode) else [])
        if is_new and size == 0 and len(path) > 1:
            return self.changed(path[:-1], {step: value} if isinstance(parent, MappingNode) else [value])
        if parent.kind != "text" and getattr(parent, "is_flow", False):
            return self.in_flow(path, parent, value)
        if value is None:
            return self.without(parent, step)
        if is_new:
            return self.with_added(parent, step, value)
        return self.with_replaced(parent, step, value)

    def at(self, path: Path) -> Node | None:
        node: Node | None = self.root
        for step in path:
            node = None if node is None else child(node, step)
        return node

    def offset(self, line: int, column: int) -> int:
        return self.starts[line - 1] + column - 1

    def span(self, node: Node) -> tuple[int, int]:
        start, end = self.offset(node.line, node.column), self.offset(*node.end)
        return start, max(start, len(self.text[:end].rstrip()))

    def line_end(self, offset: int) -> int:
        """Return the offset of the line break at or after an offset."""
        match = re.compile(r"\r\n|\n|\r|\Z").search(self.text, offset)
        return match.start() if match else len(self.text)

    def spliced(self, start: int, end: int, new: str) -> str:
        return self.text[:start] + new + self.text[end:]

    def lines(self, value: Any, indent: int) -> str:
        return self.newline.join(block(value, indent))

    def in_flow(self, path: Path, parent: Node, value: Any) -> str:
        """Write the list or mapping in [...] or {...} that the element stands in anew."""
        data = self.verbatim(parent)
        step = path[-1]
        if isinstance(data, dict):
            data = {**data, str(step): value}
        else:
            data = [*data[: int(step)], value, *data[int(step) + 1 :]]
        if isinstance(data, dict):
            data = {key: part for key, part in data.items() if part is not None}
        else:
            data = [part for part in data if part is not None]
        return self.spliced(*self.span(parent), inline(data))

    def verbatim(self, node: Node) -> Any:
        """Return a node as data whose scalars are the text that stands in the file."""
        match node:
            case ScalarNode():
                start, end = self.span(node)
                return Verbatim(self.text[start:end])
            case SequenceNode(items=items):
                return [self.verbatim(item) for item in items]
            case MappingNode(values=values):
                return {key: self.verbatim(part) for key, part in values.items()}

    def without(self, parent: Node, step: str | int) -> str:
        """Take whole lines out; of a record in a list whose first key goes, only that key."""
        node = child(parent, step)
        if node is None:
            return self.text
        opening = parent.keys[str(step)] if isinstance(parent, MappingNode) else node
        start = self.offset(opening.line, opening.column)
        before = self.text[self.starts[opening.line - 1] : start]
        if isinstance(parent, MappingNode) and before.strip():
            following = list(parent.keys.values())[1]
            return self.spliced(start, self.offset(following.line, following.column), "")
        end = self.line_end(max(self.span(node)[1], start))
        end += len(self.newline) if self.text[end:] else 0
        return self.spliced(self.starts[opening.line - 1], end, "")

    def with_added(self, parent: Node, step: str | int, value: Any) -> str:
        """Put the new element below the last one."""
        indent = parent.column - 1
        new = self.lines({str(step): value} if isinstance(parent, MappingNode) else [value], indent)
        end = self.line_end(self.offset(*parent.end) if parent.end[1] > 1 else self.span(parent)[1])
        return self.spliced(end, end, self.newline + new)

    def with_replaced(self, parent: Node, step: str | int, value: Any) -> str:
        node = child(parent, step)
        if node is None:
            return self.text
        if isinstance(parent, MappingNode):
            return self.value_replaced(parent.keys[str(step)], node, value)
        is_record = isinstance(value, Mapping) and value
        new = self.lines(value, node.column - 1).lstrip() if is_record else _one_line(value)
        return self.spliced(*self.span(node), new)

    def value_replaced(self, key: ScalarNode, node: Node, value: Any) -> str:
        """Put a value behind its key; a comment on the line of the key stays there."""
        colon = self.text.index(":", self.offset(*key.end)) + 1
        start, end = self.span(node)
        is_empty, is_block = start == end, not isinstance(node, ScalarNode) and not node.is_flow
        if not stands_in_block(value) and not is_block:
            new = _one_line(value)
            return self.spliced(colon, colon, f" {new}") if is_empty else self.spliced(start, end, new)
        comment_from = max(colon, end) if node.line == key.line else colon
        comment = self.text[comment_from : self.line_end(comment_from)].rstrip()
        new = f" {_one_line(value)}{comment}"
        if stands_in_block(value):
            new = comment + self.newline + self.lines(value, key.column + 1)
        return self.spliced(colon, self.line_end(max(colon, end)), new)


def _one_line(value: Any) -> str:
    return scalar(value) if isinstance(value, str) else inline(value)
