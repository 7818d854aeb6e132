"""The shape of a model file, version 1, as a JSON Schema.

The schema is what editors complete and check against, and the one place that says which keys
there are: the reader takes the keys and the required keys of every record from here.
"""

from __future__ import annotations

from typing import Final

from standoff.evidence import DIRECTNESS, STANCES
from standoff.files.schema_parts import (
    REASONS,
    Schema,
    either,
    listed,
    record,
    ref,
    table,
    text,
)
from standoff.files.schema_roadmap import ROADMAP
from standoff.files.schema_timing import TIMED

FORMAT: Final = 1
RESERVED = (
    "perceives",
    "positions",
    "threatens",
    "mark",
    "reliability",
    "credibility",
    "origin",
    "calendar",
)
"""Keys kept for parts of standoff that this version does not have."""


_REGION = {"type": "array", "items": {"type": "integer", "minimum": 0}, "minItems": 2, "maxItems": 2}

_DEFS: dict[str, Schema] = {
    "name": {"type": "string", "pattern": "^[a-z][a-z0-9_]*$", "description": "A name that statements use."},
    "id": {"type": "string", "pattern": "^[a-z0-9][a-z0-9_-]*$"},
    "state_label": {"type": "string", "pattern": "^[A-Za-z0-9][A-Za-z0-9_.-]*$"},
    "option_name": text("An option: decision_maker.option, or option where unique.", examples=["dprk.test"]),
    "statement": text(
        "Options joined by not, and, xor, or, implies, if, iff and by exactly_one(...), at_most_one(...), "
        "at_least_one(...), all_of(...), none_of(...), count(...) >= n.",
        examples=["not us.relief", "us.exercises if dprk.test", "at_most_one(dprk.freeze, dprk.test)"],
    ),
    "literal": text("An option, or 'not' and an option.", examples=["dprk.test", "not firm.delay"]),
    "evidence": either(
        {"const": "assumption"},
        listed(ref("citation"), "Passages that bear on the element.", minItems=1),
        description="What the element rests on: passages of sources, or the word 'assumption'.",
        examples=["assumption"],
    ),
    "citation": record(
        "A passage of a source",
        {
            "source": text("Id of a source in this file."),
            "start": {"type": "integer", "minimum": 0, "description": "First code point of the passage."},
            "end": {"type": "integer", "minimum": 1, "description": "Code point after the passage."},
            "says": text("What the passage says, in your own words."),
            "stance": {"enum": list(STANCES), "description": "How it bears on the element."},
            "directness": {"enum": list(DIRECTNESS), "description": "Whose words they are."},
        },
        ("source", "start", "end", "says", "stance", "directness"),
    ),
    "source": record(
        "A source",
        {
            "title": text("Title of the document."),
            "author": text("Who wrote it."),
            "outlet": text("Where it appeared."),
            "kind": text("What it is.", examples=["newspaper column"]),
            "published": text("When it appeared; a date, a range, or words.", examples=["2019-07-01"]),
            "published_basis": text("How the date is known."),
            "sha256": text("SHA-256 of the file.", pattern="^[0-9a-f]{64}$"),
            "file": text("Path of the file, relative to the model."),
            "masked": listed(_REGION, "Regions [start, end] in code points that no evidence may rest on."),
        },
        ("title",),
    ),
    "option": record("An option", {"label": text("What is done."), **REASONS}, ("label",)),
    "rule": record("A statement",
        {"id": ref("id"), "statement": ref("statement"), **REASONS},
        ("statement",),
    ),
    "weight": record(
        "A weighted statement",
        {"id": ref("id"), "statement": ref("statement"), "weight": {"type": "number"}, **REASONS},
        ("statement", "weight"),
    ),
    "reasoned_literal": record("A literal", {"literal": ref("literal"), **REASONS}, ("literal",)),
    "forbidden_move": record(
        "Moves taken out",
        {
            "by": text("The decision maker whose moves they are."),
            "from": ref("statement"),
            "to": ref("statement"),
            **REASONS,
        },
        ("by", "from", "to"),
    ),
    "decision_maker": record(
        "A decision maker",
        {
            "name": text("Name for display.", examples=["United States"]),
            **REASONS,
            "options": table(
                either(text("What is done."), ref("option")),
                "What the decision maker can do or leave.",
                "name",
                examples=[{"relief": "Grant partial relief"}],
            ),
            "prefers": listed(
                either(ref("statement"), ref("rule")),
                "Preference statements, most important first; states are compared lexicographically.",
                examples=[["not dprk.test", "us.exercises if dprk.test"]],
            ),
            "weights": either(
                {"type": "object", "additionalProperties": {"type": "number"}},
                listed(ref("weight"), "Weighted statements."),
                description="Statements with decimal weights; a state scores the sum of the true ones.",
                examples=[{"not dprk.test": 2.5}],
            ),
            "ranking": listed(
                either(ref("state_label"), listed(ref("state_label"), "States that are tied.")),
                "States from best to worst, each feasible state once; a nested list is a tie.",
                examples=[["deal", ["s1", "s2"], "s4"]],
            ),
            "moves": listed(
                {"type": "array", "items": ref("state_label"), "minItems": 2, "maxItems": 2},
                "Graph form: moves [from, to] between states.",
                examples=[[["s1", "s2"]]],
            ),
            "bearable": either(
                ref("statement"),
                listed(ref("state_label"), "Graph form: the states."),
                ref("bearable"),
                ref("bearable_states"),
                description="Where the party can bear to stay; anywhere else going on hurts it.",
                examples=["not us.sanctions or dprk.trade", ["talk", "deal"]],
            ),
        },
    ),
    "bearable": record(
        "Where a party can bear to stay", {"statement": ref("statement"), **REASONS}, ("statement",)
    ),
    "bearable_states": record(
        "Where a party can bear to stay, in graph form",
        {"states": listed(ref("state_label"), "The states."), **REASONS},
        ("states",),
    ),
    **TIMED,
    **ROADMAP,
    "model": record(
        "A conflict",
        {
            "standoff": {"const": FORMAT, "description": "Version of this format."},
            "name": text("Name of the conflict."),
            "as_of": text(
                "The day the model describes.", pattern=r"^\d{4}-\d\d-\d\d$", examples=["2019-07-01"]
            ),
            "note": text("Anything a reader should know."),
            "decision_makers": table(
                ref("decision_maker"), "The parties, by their names in statements.", "name", minProperties=1
            ),
            "feasible": listed(
                either(ref("statement"), ref("rule")), "Statements that every state must satisfy."
            ),
            "irreversible": listed(
                either(ref("literal"), ref("reasoned_literal")), "What cannot be left once true."
            ),
            "forbidden_moves": listed(ref("forbidden_move"), "Moves taken out."),
            "status_quo": either(
                listed(either(ref("literal"), ref("reasoned_literal")), "The options taken."),
                ref("state_label"),
                description="The state the conflict is in: the options taken or, in graph form, a state.",
            ),
            "states": either(
                table(listed(ref("option_name"), "The options taken."), "Names for states.", "state_label"),
                listed(ref("state_label"), "Graph form: all states.", minItems=1),
                description="Option form: names for states. Graph form: the list of all states.",
                examples=[{"deal": ["us.relief", "dprk.freeze"]}, ["s1", "s2"]],
            ),
            "coalitions": table(
                listed(text("A decision maker."), "The members.", minItems=1), "Named groups."
            ),
            "variants": table(
                {"type": "object"},
                "Variants of the model: paths of keys, and what stands there instead.",
                examples=[{"dovish": {"decision_makers.us.prefers": ["us.relief"]}}],
            ),
            "sources": table(ref("source"), "The documents that evidence points into."),
            "types": table(
                table(ref("type"), "Its types.", minProperties=1),
                "What one decision maker may turn out to want: its types with their priors.",
                "name",
                maxProperties=1,
            ),
            "timing": ref("timing"),
            "events": listed(ref("event"), "What happened, in order of the days."),
            "contingency": table(ref("plan"), "Plans, and what starts each."),
            "roadmap": ref("roadmap"),
        },
        ("standoff", "name", "decision_makers", "status_quo"),
    ),
}  # fmt: skip


def json_schema() -> Schema:
    """Return the JSON Schema (2020-12) of model files, for editors and other tools."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "standoff model file, version 1",
        "$defs": {name: dict(shape) for name, shape in _DEFS.items() if name != "model"},
        **_DEFS["model"],
    }


def keys(kind: str) -> tuple[str, ...]:
    """Return the keys that a kind of record may have."""
    return tuple(_DEFS[kind]["properties"])


def required_keys(kind: str) -> tuple[str, ...]:
    """Return the keys that a kind of record must have."""
    return tuple(_DEFS[kind]["required"])
