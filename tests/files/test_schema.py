"""The published JSON Schema accepts what the reader accepts; checked by a validator of our own."""

from __future__ import annotations

import json
import re

import pytest

from standoff.files.schema import RESERVED, json_schema, keys, required_keys
from standoff.files.yaml_nodes import plain_data
from standoff.files.yaml_reading import compose
from tests.example import TEXT
from tests.files.faulty import FAULTY, GRAPH, RICH, faults_in
from tests.files.test_yaml import CASES
from tests.timing.example import GRAPH as WAITING_GRAPH
from tests.timing.example import TEXT as WAITING

SCHEMA = json_schema()
TYPES = {"string": str, "object": dict, "array": list, "number": (int, float), "integer": int}
KNOWN = {
    "$schema", "$defs", "$ref", "title", "description", "examples", "type", "properties", "required",
    "patternProperties", "additionalProperties", "propertyNames", "minProperties", "maxProperties", "items", "minItems",
    "maxItems", "anyOf", "const", "enum", "pattern", "minimum", "maximum",
}  # fmt: skip


def valid(value, schema) -> bool:
    """The part of JSON Schema that ours uses."""
    if schema is True:
        return True
    if schema is False:
        return False
    assert set(schema) <= KNOWN
    if "$ref" in schema:
        return valid(value, SCHEMA["$defs"][schema["$ref"].removeprefix("#/$defs/")])
    if "type" in schema and (not isinstance(value, TYPES[schema["type"]]) or isinstance(value, bool)):
        return False
    checks = [
        "anyOf" not in schema or any(valid(value, each) for each in schema["anyOf"]),
        "const" not in schema or value == schema["const"],
        "enum" not in schema or value in schema["enum"],
        "pattern" not in schema or re.search(schema["pattern"], value),
        "minimum" not in schema or value >= schema["minimum"],
        "maximum" not in schema or value <= schema["maximum"],
    ]
    if isinstance(value, list):
        checks += [valid(item, schema.get("items", True)) for item in value]
        checks += [schema.get("minItems", 0) <= len(value) <= schema.get("maxItems", len(value))]
    if isinstance(value, dict):
        checks += [valid_mapping(value, schema)]
    return all(checks)


def valid_mapping(value, schema) -> bool:
    patterns = schema.get("patternProperties", {})
    checks = [
        set(schema.get("required", ())) <= set(value),
        schema.get("minProperties", 0) <= len(value) <= schema.get("maxProperties", len(value)),
    ]
    for key, part in value.items():
        found = [each for pattern, each in patterns.items() if re.search(pattern, key)]
        if key in schema.get("properties", {}):
            found.append(schema["properties"][key])
        checks += [valid(part, each) for each in found or [schema.get("additionalProperties", True)]]
        checks += [valid(key, schema.get("propertyNames", True))]
    return all(checks)


def data(text):
    return plain_data(compose(text)[0])


def test_it_is_plain_json():
    assert json.loads(json.dumps(SCHEMA)) == SCHEMA
    assert json_schema() is not json_schema()


@pytest.mark.parametrize(
    "text",
    [TEXT, GRAPH, RICH, WAITING, WAITING_GRAPH],
    ids=["example", "graph", "rich", "timed", "timed graph"],
)
def test_it_accepts_what_the_reader_accepts(text):
    assert valid(data(text), SCHEMA)


@pytest.mark.parametrize("path", sorted(CASES.glob("*.yaml")), ids=lambda path: path.stem)
def test_it_accepts_the_shipped_cases(path):
    assert valid(data(path.read_text(encoding="utf-8")), SCHEMA)


SHAPE = {
    "not-a-mapping", "bad-version", "missing-key", "unknown-key", "reserved-key", "bad-name", "bad-id", "bad-label",
    "unknown-choice", "no-decision-makers", "no-states", "empty-coalition", "bad-evidence",
}  # fmt: skip


@pytest.mark.parametrize(
    "text", [text for code, text, _, _ in FAULTY if code in SHAPE], ids=lambda text: str(len(text))
)
def test_it_refuses_faults_of_shape(text):
    assert not valid(data(text), SCHEMA)


def records(schema):
    if isinstance(schema, dict):
        if "properties" in schema:
            yield schema
        for part in schema.values():
            yield from records(part)
    elif isinstance(schema, list):
        for part in schema:
            yield from records(part)


def test_editors_are_told_what_each_key_is_for():
    assert SCHEMA["title"]
    for record in records(SCHEMA):
        assert record["title"]
        for part in record["properties"].values():
            meant = SCHEMA["$defs"][part["$ref"].removeprefix("#/$defs/")] if "$ref" in part else part
            assert {"description", "type", "title"} & set(meant), part


def test_examples_in_the_schema_are_valid():
    for part in [
        *SCHEMA["$defs"].values(),
        *(part for record in records(SCHEMA) for part in record["properties"].values()),
    ]:
        for example in part.get("examples", ()):
            assert valid(example, part), example


def test_the_reader_knows_the_keys_of_the_schema_and_the_reserved_ones():
    assert set(required_keys("model")) == {"standoff", "name", "decision_makers", "status_quo"}
    assert not set(RESERVED) & set(keys("model"))
    for key in RESERVED:
        assert [fault.code for fault in faults_in(f"{TEXT}{key}: 1\n")] == ["reserved-key"]
