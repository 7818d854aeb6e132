"""Plain data -> YAML text in the layout of our model files."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any

from standoff.errors import RefusedError
from standoff.files.yaml_nodes import ScalarNode


class Verbatim(str):
    """Text that is YAML already."""

    __slots__ = ()


_MOST_INLINE = 90
_WORD = re.compile(r"[\w.-]+")
_PLAIN = re.compile(r"[\w(][^\t\n]*")


def block(value: Mapping[str, Any] | Sequence[Any], indent: int = 0) -> Iterator[str]:
    """Yield the lines of a mapping or a list written one element a line."""
    pad = " " * indent
    if isinstance(value, Mapping):
        for key, part in value.items():
            head = f"{pad}{scalar(key)}:"
            if stands_in_block(part):
                yield head
                yield from block(part, indent + 2)
            else:
                yield f"{head} {inline(part)}"
        return
    for item in value:
        if isinstance(item, Mapping) and item:
            first, *rest = block(item, indent + 2)
            yield f"{pad}- {first.lstrip()}"
            yield from rest
        elif isinstance(item, str):
            yield f"{pad}- {scalar(item)}"
        else:
            yield f"{pad}- {inline(item)}"


def stands_in_block(value: Any) -> bool:
    """Whether a value is better written one element a line."""
    if isinstance(value, Mapping):
        return bool(value)
    if isinstance(value, str) or not isinstance(value, Sequence):
        return False
    short = all(isinstance(item, str) and _WORD.fullmatch(item) for item in value)
    return bool(value) and not (short and len(inline(value)) <= _MOST_INLINE)


def inline(value: Any) -> str:
    """Return a value on one line, fit to stand inside [...] and {...} too."""
    if isinstance(value, Verbatim):
        return value
    if isinstance(value, str):
        return scalar(value, is_flow=True)
    if isinstance(value, Fraction):
        return decimal(value)
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{inline(key)}: {inline(part)}" for key, part in value.items()) + "}"
    if isinstance(value, Sequence):
        return "[" + ", ".join(map(inline, value)) + "]"
    return str(value)


def scalar(text: str, *, is_flow: bool = False) -> str:
    """Return text as a YAML scalar: plain where that is safe, else in quotes."""
    safe = (
        _PLAIN.fullmatch(text)
        and text.isprintable()
        and ScalarNode(1, 1, text).kind == "text"
        and not text.endswith((" ", ":"))
        and not any(piece in text for piece in (": ", " #"))
        and not (is_flow and any(char in text for char in ",[]{}:"))
    )
    if safe:
        return text
    if text.isprintable():
        return "'" + text.replace("'", "''") + "'"
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
    return '"' + "".join(char if char.isprintable() else f"\\U{ord(char):08x}" for char in escaped) + '"'


def decimal(number: Fraction) -> str:
    """Return an exact decimal number.

    Raises
    ------
    RefusedError
        If the number has no finite decimal form.
    """
    rest, places = number.denominator, 0
    for factor in (2, 5):
        count = 0
        while rest % factor == 0:
            rest, count = rest // factor, count + 1
        places = max(places, count)
    if rest != 1:
        raise RefusedError(f"The weight {number} has no finite decimal form; multiply the weights by {rest}.")
    digits = str(abs(number) * 10**places).rjust(places + 1, "0")
    sign = "-" if number < 0 else ""
    return sign + (f"{digits[:-places]}.{digits[-places:]}" if places else digits)
