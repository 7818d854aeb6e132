"""The shape of the blocks about time: `types`, `timing`, `events` and `contingency`.

Every number stands under a key that names its unit, in a record that must say what it rests on.
"""

from __future__ import annotations

from typing import Any

from standoff.files.schema_parts import (
    REASONS,
    Schema,
    either,
    listed,
    number,
    record,
    ref,
    table,
    text,
    whole,
)

_RATE = number("How often, per year; above 0.")
_DAY = r"^\d{4}-\d\d-\d\d$"
_LITERALS = listed(ref("literal"), "The decision maker's own options, from then on.")
_LABEL = text("What it is called in text.")


def _based(title: str, properties: dict[str, Schema], required: tuple[str, ...]) -> Schema:
    """Return the schema of a record with a number, which must rest on something."""
    return record(title, {**properties, **REASONS}, (*required, "evidence"))


_PREFERENCE: dict[str, Any] = {
    "prefers": listed(either(ref("statement"), ref("rule")), "Preference statements, most important first."),
    "weights": {"description": "Statements with decimal weights, as for a decision maker."},
    "ranking": listed({}, "States from best to worst, as for a decision maker."),
}

TIMED: dict[str, Schema] = {
    "condition": either(
        ref("statement"), listed(ref("state_label"), "States."),
        description="Where it holds: a statement or, in graph form, a list of states.",
    ),
    "type": record(
        "A type",
        {
            "name": text("Name for display."),
            "prior": ref("prior"),
            **_PREFERENCE,
            "from_level": listed(ref("shift"), "Other preferences from a level of a stock on."),
            **REASONS,
        },
        ("prior",),
    ),
    "prior": _based("A prior", {"probability": number("Between 0 and 1.")}, ("probability",)),
    "shift": record(
        "A preference from a level on",
        {"stock": text("A stock."), "at_least": whole("The level."), **_PREFERENCE},
        ("stock", "at_least"),
    ),
    "timing": record(
        "Time",
        {
            "focal": text("The decision maker that decides how long to wait."),
            "discount": ref("discount"),
            "opportunities": table(ref("opportunity"), "How often each of the others can move.", "name"),
            "choice": ref("choice"),
            "within": ref("condition"),
            "stocks": table(ref("stock"), "What accumulates."),
            "payoffs": listed(ref("payoff"), "What a year is worth to the focal decision maker."),
            "pivots": table(ref("pivot"), "Changes of course that end the waiting."),
            "signals": table(ref("signal"), "Events that change no state."),
            "policies": table(ref("policy"), "When to pivot."),
            "log": ref("log"),
        },
        ("focal", "discount", "opportunities"),
    ),
    "discount": _based("A discount rate", {"per_year": number("Above 0.")}, ("per_year",)),
    "opportunity": _based("Opportunities to move", {"per_year": _RATE}, ("per_year",)),
    "choice": _based(
        "How decision makers choose",
        {
            "kappa": either(
                number("From 0, any choice alike."),
                {"const": "best"},
                description="How sharply a better rank is preferred; 'best': always the best reply.",
            ),
            "moves_ahead": whole("How many own moves they look ahead.", minimum=1, maximum=3),
        },
        ("kappa",),
    ),
    "stock": _based(
        "A stock",
        {
            "label": _LABEL,
            "unit": text("What is counted.", examples=["weapons"]),
            "least": whole("Lowest level.", minimum=0),
            "most": whole("Highest level.", minimum=1),
            "start": whole("Level on the day the model describes.", minimum=0),
            "changes": listed(ref("change"), "How it moves."),
        },
        ("label", "unit", "most", "start"),
    ),
    "change": _based(
        "How a stock moves",
        {
            "by": {"enum": [1, -1], "description": "Up or down by one unit."},
            "per_year": _RATE,
            "while": ref("condition"),
            "type": text("Only under this type."),
        },
        ("by", "per_year"),
    ),
    "payoff": _based(
        "A flow of payoff",
        {
            "per_year": number("Worth of a year."),
            "per_unit_and_year": number("Worth of a year for each unit of the stock."),
            "stock": text("The stock."),
            "while": ref("condition"),
        },
        (),
    ),
    "pivot": _based(
        "A change of course",
        {
            "label": _LABEL,
            "sets": _LITERALS,
            "to": text("Graph form: the state it leads to."),
            "cost_once": number("What changing course costs at once."),
        },
        ("label", "cost_once"),
    ),
    "signal": record(
        "A signal",
        {
            "label": _LABEL,
            "rates": listed(ref("signal_rate"), "How often it is seen.", minItems=1),
            **REASONS,
        },
        ("label", "rates"),
    ),
    "signal_rate": _based(
        "How often a signal is seen",
        {
            "per_year": number("How often, per year; not 0 for all rates of a signal."),
            "while": ref("condition"),
            "type": text("Only under this type."),
        },
        ("per_year",),
    ),
    "policy": record(
        "A policy",
        {
            "label": _LABEL,
            "posture": _LITERALS,
            "pivot": text("The pivot it ends with, unless a reason names another."),
            "until": listed(
                either({"const": "at once"}, ref("until")), "Reasons to pivot; the first to come counts."
            ),
            **REASONS,
        },
        ("label",),
    ),
    "until": record(
        "A reason to pivot",
        {
            "on": text("A day.", pattern=_DAY),
            "belief_at_most": number("Belief in the type."),
            "type": text("The type."),
            "stock": text("A stock."),
            "at_least": whole("A level of the stock.", minimum=0),
            "while": ref("condition"),
            "pivot": text("What this reason leads to, if not the pivot of the policy."),
        },
    ),
    "log": record(
        "Where the log of events begins",
        {
            "begins": text("A day.", pattern=_DAY),
            "state": either(
                listed(ref("literal"), "The options taken."),
                ref("state_label"),
                description="The state then.",
            ),
            "stocks": table(whole("A level.", minimum=0), "Levels of the stocks then."),
        },
        ("begins", "state"),
    ),
    "event": record(
        "Something that happened",
        {
            "day": text("The day.", pattern=_DAY),
            "label": text("What happened, in your own words."),
            "mover": text("Who moved."),
            "sets": _LITERALS,
            "to": text("Graph form: the state it led to."),
            "stock": text("The stock that changed."),
            "by": {"enum": [1, -1], "description": "Up or down by one unit."},
            "signal": text("The signal that was seen."),
            "group": ref("id"),
            **REASONS,
        },
        ("day", "label", "evidence"),
    ),
    "plan": record(
        "A plan and what starts it",
        {"label": _LABEL, "trigger": ref("trigger"), "pivot": text("The pivot it consists of."), **REASONS},
        ("label", "trigger", "pivot"),
    ),
    "trigger": record(
        "What starts a plan",
        {
            "signal": text("A signal."),
            "silence_months": whole("So many months without any event.", minimum=1),
            "stock": text("A stock."),
            "at_least": whole("A level of the stock.", minimum=0),
            "while": ref("condition"),
        },
    ),
}  # fmt: skip
