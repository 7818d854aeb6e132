"""An element of a model file while it is being read: its node, its path, and typed access.

Every accessor returns what is there in the type asked for; otherwise it reports a fault at the
element's place and returns None or nothing, so that one fault does not hide the next.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from standoff.errors import Fault, ModelError, Path
from standoff.files.schema import RESERVED, keys, required_keys
from standoff.files.wording import quoted, suggestion
from standoff.files.yaml_nodes import MappingNode, Node, ScalarNode, SequenceNode

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
_DECIMAL = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)")
_ID = re.compile(r"[a-z0-9][a-z0-9_-]*")
_NAME = re.compile(r"[a-z][a-z0-9_]*")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_COUNT = re.compile(r"[0-9]{1,9}")


MOST_FAULTS = 200
"""Reading stops here: each fault costs a search for what was meant."""


class TooManyFaultsError(Exception):
    """So much is wrong that reading stops."""


@dataclass(frozen=True, slots=True)
class Element:
    """A node with its path; `key` is the key it stands under, `faults` collects what is wrong."""

    node: Node
    path: Path
    faults: list[Fault]
    key: ScalarNode | None = None

    def fault(self, code: str, message: str, cure: str) -> None:
        """Report a fault here: an indented block is shown at the key that opens it."""
        at: Node = self.node
        if self.key is not None and not isinstance(at, ScalarNode) and not at.is_flow:
            at = self.key
        self._report(code, message, cure, at.line, at.column)

    def key_fault(self, code: str, message: str, cure: str) -> None:
        """Report a fault at the key of this element."""
        at = self.key or self.node
        self._report(code, message, cure, at.line, at.column)

    def adopt(self, error: ModelError) -> None:
        """Report faults whose columns count within the text of this element."""
        node = self.node
        first = node.first if isinstance(node, ScalarNode) else None
        for fault in error.faults:
            column = node.column if first is None else first + (fault.column or 1) - 1
            self._report(fault.code, fault.message, fault.cure, node.line, column)

    def _report(self, code: str, message: str, cure: str, line: int, column: int) -> None:
        if len(self.faults) >= MOST_FAULTS:
            raise TooManyFaultsError
        self.faults.append(
            Fault(code=code, message=message, cure=cure, path=self.path, line=line, column=column)
        )

    @property
    def is_scalar(self) -> bool:
        """Whether this is a single value."""
        return isinstance(self.node, ScalarNode)

    @property
    def is_list(self) -> bool:
        """Whether this is a list."""
        return isinstance(self.node, SequenceNode)

    @property
    def is_mapping(self) -> bool:
        """Whether this is a mapping."""
        return isinstance(self.node, MappingNode)

    def wrong_type(self, expected: str, cure: str) -> None:
        """Report that something else stands here than expected."""
        found = f", not {self.node.kind}." if self.node.kind != "nothing" else ", but nothing is."
        self.fault("wrong-type", f"{expected} is expected here{found}", cure)

    def items(self, expected: str) -> Iterator[Element]:
        """Yield the elements of a list of what is expected."""
        if not isinstance(self.node, SequenceNode):
            self.wrong_type(
                f"A list of {expected}", "Write one a line, each after '- '; an empty list is []."
            )
            return
        for index, item in enumerate(self.node.items):
            yield Element(item, (*self.path, index), self.faults)

    def entries(self, expected: str) -> Iterator[tuple[str, Element]]:
        """Yield names and elements of a mapping; keys that begin with x- are passed over."""
        if not isinstance(self.node, MappingNode):
            self.wrong_type(
                f"A mapping of {expected}", "Write 'key: value' lines, indented; an empty mapping is {}."
            )
            return
        for name, value in self.node.values.items():
            if not name.startswith("x-"):
                yield name, Element(value, (*self.path, name), self.faults, self.node.keys[name])

    def record(self, kind: str) -> dict[str, Element] | None:
        """Return the parts of a record by key; unknown, reserved and missing keys are faults."""
        known = keys(kind)
        if not self.is_mapping:
            self.wrong_type("A mapping", f"Its keys are: {', '.join(known)}.")
            return None
        found = {}
        for name, part in self.entries("keys"):
            if name in known:
                found[name] = part
            elif name in RESERVED:
                message = (
                    f"The key '{name}' is reserved for a part of standoff that this version does not have."
                )
                part.key_fault("reserved-key", message, "Take it out, or put x- in front of it.")
            else:
                part.key_fault("unknown-key", f"Unknown key {quoted(name)}.", suggestion(name, known))
        missing = [name for name in required_keys(kind) if name not in found]
        if missing:
            listed = " and ".join(f"'{name}'" for name in missing)
            plural = "s" if len(missing) > 1 else ""
            self.fault(
                "missing-key", f"The key{plural} {listed} must be here.", f"Add {'them' if plural else 'it'}."
            )
        return found

    def text(self, expected: str = "Text") -> str | None:
        """Return the text of a scalar, line breaks kept."""
        node = self.node
        if not isinstance(node, ScalarNode) or node.kind not in ("text", "nothing"):
            cure = "Put it in quotes." if node.kind in ("a number", "a truth value") else "Write text."
            self.wrong_type(expected, cure)
        elif node.kind == "nothing" or not node.text.strip():
            self.fault(
                "empty-text",
                f"{expected} is expected here, but nothing is.",
                "Write something, or drop the key.",
            )
        elif found := _CONTROL.search(node.text):
            message = f"The text contains the control character U+{ord(found[0]):04X}."
            self.fault("control-character", message, "Take it out.")
        else:
            return node.text
        return None

    def line(self, expected: str = "Text") -> str | None:
        """Return a text on one line."""
        text = self.text(expected)
        return None if text is None else " ".join(text.split())

    def part_text(self, key: str) -> str | None:
        """Return the text of a part without reporting anything."""
        node = self.node.values.get(key) if isinstance(self.node, MappingNode) else None
        return node.text if isinstance(node, ScalarNode) else None

    def check_id(self, name: str) -> None:
        """Report an id that is not of the form ids have."""
        if not _ID.fullmatch(name):
            cure = "Use small letters, digits, '-' and '_', such as no-crumbs."
            self.key_fault("bad-id", f"{quoted(name)} cannot be an id.", cure)

    def check_name(self, name: str, keywords: Collection[str]) -> None:
        """Report a name that statements could not use."""
        if name in keywords:
            message = f"'{name}' is a word of the language of statements."
            self.key_fault("name-is-keyword", message, "Choose another name.")
        elif not _NAME.fullmatch(name):
            cure = "Use small letters, digits and '_', with a letter first, such as big_deal."
            self.key_fault("bad-name", f"{quoted(name)} cannot be a name in statements.", cure)

    def day(self) -> date | None:
        """Return a date."""
        text = self.line("A date")
        if text is None:
            return None
        try:
            if _DATE.fullmatch(text):
                return date.fromisoformat(text)
        except ValueError:
            pass
        self.fault("bad-date", f"{quoted(text)} is no date.", "Write year-month-day, as in 2019-07-01.")
        return None

    def count(self) -> int | None:
        """Return a whole number from 0."""
        node = self.node
        if isinstance(node, ScalarNode) and node.is_plain and _COUNT.fullmatch(node.text):
            return int(node.text)
        message = "A whole number from 0 to 999,999,999 is expected here."
        self.fault("wrong-type", message, "Write digits only.")
        return None

    def decimal(self) -> Fraction | None:
        """Return a decimal number exactly as written."""
        node = self.node
        if (
            isinstance(node, ScalarNode)
            and node.is_plain
            and len(node.text) <= 40
            and _DECIMAL.fullmatch(node.text)
        ):
            return Fraction(node.text)
        cure = "Write it like 2, -1.5 or 0.25, without quotes, in up to 40 characters."
        self.fault("wrong-type", "A decimal number is expected here.", cure)
        return None
