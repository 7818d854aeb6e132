"""The pieces that the JSON Schema of model files is written with."""

from __future__ import annotations

from typing import Any

Schema = dict[str, Any]


def text(description: str, **more: Any) -> Schema:
    """Return the schema of a text."""
    return {"type": "string", "description": description, **more}


def ref(record: str) -> Schema:
    """Return a reference to a kind of record."""
    return {"$ref": f"#/$defs/{record}"}


def listed(of: Schema, description: str, **more: Any) -> Schema:
    """Return the schema of a list."""
    return {"type": "array", "items": of, "description": description, **more}


def table(of: Schema, description: str, key: str = "id", **more: Any) -> Schema:
    """Return the schema of a mapping from an id, or from a name that statements can use."""
    return {
        "type": "object",
        "propertyNames": ref(key),
        "additionalProperties": of,
        "description": description,
        **more,
    }


def either(*choices: Schema, **more: Any) -> Schema:
    """Return the schema of something that takes one of several shapes."""
    return {"anyOf": list(choices), **more}


def record(title: str, properties: dict[str, Schema], required: tuple[str, ...] = ()) -> Schema:
    """Return the schema of a mapping with known keys; keys that begin with x- may stand beside them."""
    return {
        "title": title,
        "type": "object",
        "properties": properties,
        "required": list(required),
        "patternProperties": {"^x-": True},
        "additionalProperties": False,
    }


def number(description: str) -> Schema:
    """Return the schema of a decimal number."""
    return {"type": "number", "description": description}


def whole(description: str, **more: Any) -> Schema:
    """Return the schema of a whole number."""
    return {"type": "integer", "description": description, **more}


REASONS: dict[str, Schema] = {
    "note": text("Why, in the analyst's words."),
    "evidence": ref("evidence"),
}
