"""The shape of a model file, version 1, as a JSON Schema.

The schema is what editors complete and check against, and the one place that says which keys
there are: the reader takes the keys and the required keys of every record from here.
"""

from __future__ import annotations

from typing import Any, Final

from standoff.evidence import DIRECTNESS, STANCES

Schema = dict[str, Any]

FORMAT: Final = 1
RESERVED = (
    "types", "timing", "events", "perceives", "contingency", "positions", "threatens", "bearable", "mark",
    "reliability", "credibility", "origin", "calendar",
)  # fmt: skip
"""Keys kept for parts of standoff that this version does not have."""


def _text(description: str, **more: Any) -> Schema:
    return {"type": "string", "description": description, **more}


def _ref(record: str) -> Schema:
    return {"$ref": f"#/$defs/{record}"}


def _list(of: Schema, description: str, **more: Any) -> Schema:
    return {"type": "array", "items": of, "description": description, **more}


def _table(of: Schema, description: str, key: str = "id", **more: Any) -> Schema:
    """Return the schema of a mapping from an id, or from a name that statements can use."""
    return {
        "type": "object",
        "propertyNames": _ref(key),
        "additionalProperties": of,
        "description": description,
        **more,
    }


def _either(*choices: Schema, **more: Any) -> Schema:
    return {"anyOf": list(choices), **more}


def _record(title: str, properties: dict[str, Schema], required: tuple[str, ...] = ()) -> Schema:
    return {
        "title": title,
        "type": "object",
        "properties": properties,
        "required": list(required),
        "patternProperties": {"^x-": True},
        "additionalProperties": False,
    }


_REASONS: dict[str, Schema] = {
    "note": _text("Why, in the analyst's words."),
    "evidence": _ref("evidence"),
}
_REGION = {"type": "array", "items": {"type": "integer", "minimum": 0}, "minItems": 2, "maxItems": 2}

_DEFS: dict[str, Schema] = {
    "name": {"type": "string", "pattern": "^[a-z][a-z0-9_]*$", "description": "A name that statements use."},
    "id": {"type": "string", "pattern": "^[a-z0-9][a-z0-9_-]*$"},
    "state_label": {"type": "string", "pattern": "^[A-Za-z0-9][A-Za-z0-9_.-]*$"},
    "option_name": _text("An option: decision_maker.option, or option where unique.", examples=["dprk.test"]),
    "statement": _text(
        "Options joined by not, and, xor, or, implies, if, iff and by exactly_one(...), at_most_one(...), "
        "at_least_one(...), all_of(...), none_of(...), count(...) >= n.",
        examples=["not us.relief", "us.exercises if dprk.test", "at_most_one(dprk.freeze, dprk.test)"],
    ),
    "literal": _text("An option, or 'not' and an option.", examples=["dprk.test", "not firm.delay"]),
    "evidence": _either(
        {"const": "assumption"},
        _list(_ref("citation"), "Passages that bear on the element.", minItems=1),
        description="What the element rests on: passages of sources, or the word 'assumption'.",
        examples=["assumption"],
    ),
    "citation": _record(
        "A passage of a source",
        {
            "source": _text("Id of a source in this file."),
            "start": {"type": "integer", "minimum": 0, "description": "First code point of the passage."},
            "end": {"type": "integer", "minimum": 1, "description": "Code point after the passage."},
            "says": _text("What the passage says, in your own words."),
            "stance": {"enum": list(STANCES), "description": "How it bears on the element."},
            "directness": {"enum": list(DIRECTNESS), "description": "Whose words they are."},
        },
        ("source", "start", "end", "says", "stance", "directness"),
    ),
    "source": _record(
        "A source",
        {
            "title": _text("Title of the document."),
            "author": _text("Who wrote it."),
            "outlet": _text("Where it appeared."),
            "kind": _text("What it is.", examples=["newspaper column"]),
            "published": _text("When it appeared; a date, a range, or words.", examples=["2019-07-01"]),
            "published_basis": _text("How the date is known."),
            "sha256": _text("SHA-256 of the file.", pattern="^[0-9a-f]{64}$"),
            "file": _text("Path of the file, relative to the model."),
            "masked": _list(_REGION, "Regions [start, end] in code points that no evidence may rest on."),
        },
        ("title",),
    ),
    "option": _record("An option", {"label": _text("What is done."), **_REASONS}, ("label",)),
    "rule": _record("A statement",
        {"id": _ref("id"), "statement": _ref("statement"), **_REASONS},
        ("statement",),
    ),
    "weight": _record(
        "A weighted statement",
        {"id": _ref("id"), "statement": _ref("statement"), "weight": {"type": "number"}, **_REASONS},
        ("statement", "weight"),
    ),
    "reasoned_literal": _record("A literal", {"literal": _ref("literal"), **_REASONS}, ("literal",)),
    "forbidden_move": _record(
        "Moves taken out",
        {
            "by": _text("The decision maker whose moves they are."),
            "from": _ref("statement"),
            "to": _ref("statement"),
            **_REASONS,
        },
        ("by", "from", "to"),
    ),
    "decision_maker": _record(
        "A decision maker",
        {
            "name": _text("Name for display.", examples=["United States"]),
            **_REASONS,
            "options": _table(
                _either(_text("What is done."), _ref("option")),
                "What the decision maker can do or leave.",
                "name",
                examples=[{"relief": "Grant partial relief"}],
            ),
            "prefers": _list(
                _either(_ref("statement"), _ref("rule")),
                "Preference statements, most important first; states are compared lexicographically.",
                examples=[["not dprk.test", "us.exercises if dprk.test"]],
            ),
            "weights": _either(
                {"type": "object", "additionalProperties": {"type": "number"}},
                _list(_ref("weight"), "Weighted statements."),
                description="Statements with decimal weights; a state scores the sum of the true ones.",
                examples=[{"not dprk.test": 2.5}],
            ),
            "ranking": _list(
                _either(_ref("state_label"), _list(_ref("state_label"), "States that are tied.")),
                "States from best to worst, each feasible state once; a nested list is a tie.",
                examples=[["deal", ["s1", "s2"], "s4"]],
            ),
            "moves": _list(
                {"type": "array", "items": _ref("state_label"), "minItems": 2, "maxItems": 2},
                "Graph form: moves [from, to] between states.",
                examples=[[["s1", "s2"]]],
            ),
        },
    ),
    "model": _record(
        "A conflict",
        {
            "standoff": {"const": FORMAT, "description": "Version of this format."},
            "name": _text("Name of the conflict."),
            "as_of": _text(
                "The day the model describes.", pattern=r"^\d{4}-\d\d-\d\d$", examples=["2019-07-01"]
            ),
            "note": _text("Anything a reader should know."),
            "decision_makers": _table(
                _ref("decision_maker"), "The parties, by their names in statements.", "name", minProperties=1
            ),
            "feasible": _list(
                _either(_ref("statement"), _ref("rule")), "Statements that every state must satisfy."
            ),
            "irreversible": _list(
                _either(_ref("literal"), _ref("reasoned_literal")), "What cannot be left once true."
            ),
            "forbidden_moves": _list(_ref("forbidden_move"), "Moves taken out."),
            "status_quo": _either(
                _list(_either(_ref("literal"), _ref("reasoned_literal")), "The options taken."),
                _ref("state_label"),
                description="The state the conflict is in: the options taken or, in graph form, a state.",
            ),
            "states": _either(
                _table(_list(_ref("option_name"), "The options taken."), "Names for states.", "state_label"),
                _list(_ref("state_label"), "Graph form: all states.", minItems=1),
                description="Option form: names for states. Graph form: the list of all states.",
                examples=[{"deal": ["us.relief", "dprk.freeze"]}, ["s1", "s2"]],
            ),
            "coalitions": _table(
                _list(_text("A decision maker."), "The members.", minItems=1), "Named groups."
            ),
            "variants": _table(
                {"type": "object"},
                "Variants of the model: paths of keys, and what stands there instead.",
                examples=[{"dovish": {"decision_makers.us.prefers": ["us.relief"]}}],
            ),
            "sources": _table(_ref("source"), "The documents that evidence points into."),
        },
        ("standoff", "name", "decision_makers", "status_quo"),
    ),
}  # fmt: skip


def json_schema() -> Schema:
    """Return the JSON Schema (2020-12) of model files, for editors and other tools."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "standoff model file, version 1",
        "$defs": {name: dict(record) for name, record in _DEFS.items() if name != "model"},
        **_DEFS["model"],
    }


def keys(record: str) -> tuple[str, ...]:
    """Return the keys that a kind of record may have."""
    return tuple(_DEFS[record]["properties"])


def required_keys(record: str) -> tuple[str, ...]:
    """Return the keys that a kind of record must have."""
    return tuple(_DEFS[record]["required"])
