"""YAML 1.2 text -> a tree of nodes.

Built from the events of ruamel.yaml (libyaml underneath) by a small composer of our own, so that
nothing is constructed but text, lists and mappings, and every size is bounded.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, NoReturn

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentEndEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from standoff.errors import Fault, ModelError
from standoff.files.wording import quoted
from standoff.files.yaml_faults import not_yaml, yaml_fault
from standoff.files.yaml_nodes import MappingNode, Node, ScalarNode, SequenceNode

MOST_BYTES = 1 << 20
MOST_NODES = 100_000
MOST_IN_LINE = 20_000
MOST_DEPTH = 40
ONCE_LINE_BREAKS = "\x85\u2028\u2029"
"""Line breaks in YAML 1.1, as libyaml reads it, and no longer in YAML 1.2."""


def decoded(data: bytes) -> str:
    """Return the text of a file, a byte order mark dropped.

    Raises
    ------
    ModelError
        If it is too large, not UTF-8, or no text at all.
    """
    if len(data) > MOST_BYTES:
        message = "The file has more than 1 MB; model files of up to 1 MB are read."
        raise ModelError([yaml_fault("file-too-large", message, "Is this the right file?")])
    if b"\0" in data[:4096] and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise ModelError(
            [yaml_fault("not-text", "This is a binary file, not a model file.", "Is this the right file?")]
        )
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8", "replace")
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
        raise ModelError(
            [yaml_fault("not-utf8", "The text is not in UTF-8.", "Save the file in UTF-8.", line, column)]
        ) from None


def compose(text: str) -> tuple[Node, list[Fault]]:
    """Return the nodes of a YAML text, and what is wrong with them but leaves them readable.

    Raises
    ------
    ModelError
        If the text is not YAML, holds no or several documents, or is too deep or too large.
    """
    _refuse_long_lines(text)
    if not any(mark in text for mark in ONCE_LINE_BREAKS):
        with suppress(YAMLError, ValueError, OverflowError):
            return _composed(text, pure=False)
    return _composed_or_told(text)


def _composed(text: str, *, pure: bool) -> tuple[Node, list[Fault]]:
    """Compose with libyaml where it is installed, or with ruamel.yaml's own parser."""
    composer = _Composer(text, pure=pure)
    try:
        return composer.document(), composer.faults
    except ModelError as error:
        raise ModelError([*composer.faults, *error.faults]) from None


def _composed_or_told(text: str) -> tuple[Node, list[Fault]]:
    """Compose with ruamel.yaml's own parser, which is slower and better at saying what is wrong."""
    composer = _Composer(text, pure=True)
    try:
        return composer.document(), composer.faults
    except ModelError as error:
        raise ModelError([*composer.faults, *error.faults]) from None
    except YAMLError as error:
        raise ModelError([*composer.faults, not_yaml(error, text)]) from None
    except (ValueError, OverflowError):  # ruamel.yaml does not check the numbers in escapes and versions
        message = "A number in an escape sequence or a version is too large."
        fault = yaml_fault("not-yaml", message, "Take it out.", *composer.end)
        raise ModelError([*composer.faults, fault]) from None


def _refuse_long_lines(text: str) -> None:
    """Lines are bounded because the scanner needs quadratic time for some."""
    if len(text) <= MOST_IN_LINE:
        return
    for number, line in enumerate(text.split("\n"), start=1):
        if len(line) > MOST_IN_LINE:
            message = f"The line has {len(line):,} characters; at most {MOST_IN_LINE:,} are read."
            raise ModelError([yaml_fault("line-too-long", message, "Break the line.", number)])


@dataclass(frozen=True, slots=True)
class _Measure:
    """How many nodes are in a node, aliases written out, and how deep they go."""

    nodes: int = 1
    depth: int = 1


class _Composer:
    def __init__(self, text: str, *, pure: bool) -> None:
        self.events: Iterator[Any] = YAML(typ="safe", pure=pure).parse(text)
        self.faults: list[Fault] = []
        self.anchors: dict[str, tuple[Node, _Measure] | None] = {}
        self.nodes = 0
        self.end = (1, 1)

    def document(self) -> Node:
        next(self.events)
        start = next(self.events)
        if isinstance(start, StreamEndEvent):
            _fail("file-empty", "The file is empty.", "Write 'standoff: 1' and the model below it.", start)
        if isinstance(start, DocumentStartEvent) and start.version not in (None, (1, 2)):
            _fail(
                "yaml-version",
                "Model files are written in YAML 1.2.",
                "Drop the line that begins with %.",
                start,
            )
        root, _ = self.node(next(self.events), 1)
        after = next(event for event in self.events if not isinstance(event, DocumentEndEvent))
        if not isinstance(after, StreamEndEvent):
            message = "The file holds several YAML documents; one conflict a file is read."
            _fail("several-documents", message, "Move what follows '---' into a file of its own.", after)
        return root

    def node(self, event: Any, depth: int) -> tuple[Node, _Measure]:
        if isinstance(event, AliasEvent):
            return self.alias(event, depth)
        self.count(1, event)
        if depth > MOST_DEPTH:
            _fail("too-deep", f"The file is nested more than {MOST_DEPTH} deep.", "Write it flatter.", event)
        if event.tag is not None:
            self.faults.append(_tagged(event))
        if event.anchor is not None:
            self.anchors[event.anchor] = None
        if isinstance(event, ScalarEvent):
            self.end = _end(event)
            made: tuple[Node, _Measure] = (_scalar(event), _Measure())
        elif isinstance(event, SequenceStartEvent):
            made = self.sequence(event, depth)
        else:
            made = self.mapping(event, depth)
        if event.anchor is not None:
            self.anchors[event.anchor] = made
        return made

    def sequence(self, event: Any, depth: int) -> tuple[Node, _Measure]:
        parts = []
        while not isinstance(inner := next(self.events), SequenceEndEvent):
            parts.append(self.node(inner, depth + 1))
        items = tuple(node for node, _ in parts)
        self.leave(inner, is_flow=event.flow_style)
        node = SequenceNode(*_start(event), items, bool(event.flow_style), self.end)
        return node, _sum(measure for _, measure in parts)

    def mapping(self, event: MappingStartEvent, depth: int) -> tuple[Node, _Measure]:
        keys: dict[str, ScalarNode] = {}
        values: dict[str, Node] = {}
        measures = []
        while not isinstance(inner := next(self.events), MappingEndEvent):
            key, _ = self.node(inner, depth + 1)
            value, measure = self.node(next(self.events), depth + 1)
            measures.append(measure)
            if isinstance(value, ScalarNode) and not value.text and value.is_plain:
                value = ScalarNode(*key.end, "", end=key.end)
                self.end = (key.end[0], key.end[1] + 1)
            if not isinstance(key, ScalarNode):
                self.faults.append(
                    yaml_fault("key-not-text", "A key must be text.", "Write a name.", *_start(inner))
                )
            elif key.text in keys:
                self.faults.append(_duplicate(key, keys[key.text]))
            else:
                keys[key.text], values[key.text] = key, value
        self.leave(inner, is_flow=event.flow_style)
        node = MappingNode(*_start(event), keys, values, bool(event.flow_style), self.end)
        return node, _sum(iter(measures))

    def leave(self, event: Any, *, is_flow: bool) -> None:
        """Note where a collection ends: in block style, where its last element does."""
        if is_flow:
            self.end = _end(event)

    def alias(self, event: AliasEvent, depth: int) -> tuple[Node, _Measure]:
        name = event.anchor
        if name not in self.anchors:
            cure = "If '*' is not meant as an alias, put the text in quotes."
            _fail(
                "unknown-alias",
                f"There is no anchor {quoted('&' + name)} for the alias {quoted('*' + name)}.",
                cure,
                event,
            )
        made = self.anchors[name]
        if made is None:
            _fail(
                "recursive-alias",
                f"The alias {quoted('*' + name)} stands inside its own anchor.",
                "Take it out.",
                event,
            )
        self.end = _end(event)
        self.count(made[1].nodes, event)
        if depth + made[1].depth > MOST_DEPTH:
            _fail("too-deep", f"The file is nested more than {MOST_DEPTH} deep.", "Write it flatter.", event)
        return made

    def count(self, nodes: int, event: Any) -> None:
        self.nodes += nodes
        if self.nodes > MOST_NODES:
            message = f"The file has more than {MOST_NODES:,} elements, aliases written out."
            _fail("too-many-elements", message, "Use fewer aliases, or split the model.", event)


def _sum(measures: Iterator[_Measure]) -> _Measure:
    nodes, depth = 1, 0
    for measure in measures:
        nodes, depth = nodes + measure.nodes, max(depth, measure.depth)
    return _Measure(nodes, depth + 1)


def _start(event: Any) -> tuple[int, int]:
    return event.start_mark.line + 1, event.start_mark.column + 1


def _end(event: Any) -> tuple[int, int]:
    return event.end_mark.line + 1, event.end_mark.column + 1


def _scalar(event: Any) -> ScalarNode:
    start, end = event.start_mark, event.end_mark
    line, column = start.line + 1, start.column + 1
    quotes = 1 if event.style in ("'", '"') else 0
    on_one_line = start.line == end.line and end.column - start.column == len(event.value) + 2 * quotes
    first = column + quotes if on_one_line else None
    return ScalarNode(line, column, event.value, event.implicit[0], first, _end(event))


def _fail(code: str, message: str, cure: str, event: Any) -> NoReturn:
    raise ModelError([yaml_fault(code, message, cure, *_start(event))])


def _duplicate(key: ScalarNode, first: ScalarNode) -> Fault:
    message = (
        f"The key {quoted(key.text)} stands here for the second time; the first is in line {first.line}."
    )
    return yaml_fault("duplicate-key", message, "Keep one of the two.", key.line, key.column)


def _tagged(event: Any) -> Fault:
    cure = "In statements write 'not'; a text that begins with '!' goes into quotes."
    return yaml_fault(
        "yaml-tag", f"{quoted(event.tag)} is a YAML tag; model files have none.", cure, *_start(event)
    )
