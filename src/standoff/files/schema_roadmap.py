"""The shape of the block `roadmap`: a phased deal, what each side gains, what follows a breach."""

from __future__ import annotations

from standoff.files.schema_parts import REASONS, Schema, listed, number, record, ref, table, text

_LABEL = text("What it is called in text.")

ROADMAP: dict[str, Schema] = {
    "roadmap": record(
        "A phased deal",
        {
            "step": ref("months"),
            "detection": ref("months"),
            "steps": listed(ref("state_label"), "The states it leads through, up to its end point."),
            "reversion": ref("reversion"),
            "parties": table(ref("side"), "What each side gains by the year.", "name"),
            "safeguards": table(ref("safeguard"), "What makes a breach seen sooner, or answered otherwise."),
        },
    ),
    "months": record("A time", {"months": number("How many months."), **REASONS}, ("months", "evidence")),
    "reversion": record(
        "What follows a breach once it is seen",
        {
            "to": text("A state: everybody goes back to its options there."),
            "sets": listed(ref("literal"), "Only these options change."),
            "pivot": text("Back to the status quo, and the focal decision maker carries out this pivot."),
            **REASONS,
        },
        ("evidence",),
    ),
    "side": record(
        "What a side gains",
        {
            "discount": ref("discount"),
            "payoffs": listed(ref("side_payoff"), "What a year is worth to it; what applies adds up."),
        },
    ),
    "side_payoff": record(
        "A flow of payoff to a side",
        {
            "per_year": number("Worth of a year."),
            "while": ref("condition"),
            "type": text("Only under this type of the side."),
            **REASONS,
        },
        ("per_year", "evidence"),
    ),
    "safeguard": record(
        "A safeguard",
        {
            "label": _LABEL,
            "against": text("Whose breaches it is about; else everybody's."),
            "detection": ref("months"),
            "reversion": ref("reversion"),
            **REASONS,
        },
        ("label",),
    ),
}  # fmt: skip
