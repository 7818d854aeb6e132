"""Cycles of improvements in words: who goes round in what, who can leave, and how one gets in."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from rich.console import Group
from rich.text import Text

from standoff.analyses.paths.result import Cycles, Round
from standoff.report.names import counted, listed, option_label, state_name
from standoff.report.steps import numbered, step_words
from standoff.report.ways import parties
from standoff.study import Study

_STOPPED = "the search was stopped by the time limit; give it more with --time-limit"


def cycles_sentences(study: Study, found: Cycles) -> list[str]:
    """Say how many rounds of improvements there are, and for each kind who goes round in what."""
    if found.rounds is None or found.states is None:
        return [f"Whether improvements can go round in circles is not known: {_STOPPED}."]
    if not found.rounds:
        return ["Improvements never go round in circles: whoever follows them comes to rest."]
    opening = (
        f"Improvements can go round in circles: {counted(found.rounds, 'round')}, "
        f"{counted(found.states, 'state')} in all."
    )
    told = [opening, *(_round_sentence(study, each) for each in found.told)]
    if found.untold:
        kind = " of other kinds" if found.told else ""
        why = "not told" if found.stopped else "--all tells them"
        told.append(f"{counted(found.untold, 'more round' if found.told else 'round')}{kind}; {why}.")
    if found.stopped:
        told.append(f"Ways into them may be missing, or not be the cheapest: {_STOPPED}.")
    return told


def _round_sentence(study: Study, each: Round) -> str:
    alike = f" ({each.alike} rounds alike)" if each.alike > 1 else ""
    about = ""
    if each.changing:
        about = " over " + listed(f"‘{option_label(study, option)}’" for option in each.changing)
    out = f"{parties(study, each.leaving)} can leave by an improvement" if each.leaving else ""
    out = out or "nobody has an improvement that leads out, so play by improvements never ends"
    return (
        f"{parties(study, each.movers)} go round in {counted(each.states, 'state')}{alike}{about}; {out}. "
        f"{_entry(study, each)}"
    )


def _entry(study: Study, each: Round) -> str:
    entry = each.entry
    if entry is None:
        return "No way into it was found."
    if not entry.steps:
        return f"{state_name(study, entry.goal)} lies in it."
    steps = counted(len(entry.steps), "step")
    if not entry.cost.sacrifices:
        return f"It can be entered in {steps} without a sacrifice, at {entry.goal}."
    place = entry.first_to_give or 0
    who = parties(study, entry.steps[place].worse_off)
    given = counted(entry.cost.sacrifices, "sacrifice")
    return f"It is entered in {steps} with {given}, the first by {who}, at {entry.goal}."


def cycles_view(study: Study, found: Cycles) -> Group:
    """Return the rounds of improvements, and a shortest cycle in each kind."""
    opening, *told = cycles_sentences(study, found)
    parts = [
        Text(f"Cycles of improvements, seen from {state_name(study, found.start)}", "bold"),
        *([Text(f"Assumed: {found.assumed}")] if found.assumed else []),
        Text(opening),
    ]
    for each, sentence in zip(found.told, told, strict=False):
        parts.append(Text(f"\n{sentence}"))
        if each.entry is not None:
            parts += [Text(f"in. {step_words(study, step)}") for step in each.entry.steps]
        parts += numbered(study, each.cycle)
    parts += [Text(f"\n{sentence}") for sentence in told[len(found.told) :]]
    return Group(*parts)


def cycles_record(study: Study, found: Cycles) -> dict[str, Any]:
    """Return cycles as plain data, with their sentences."""
    record = asdict(found)
    for each, entry in zip(found.told, record["told"], strict=True):
        if each.entry is not None:
            entry["entry"] |= {"cost": each.entry.cost._asdict(), "first_to_give": each.entry.first_to_give}
        entry["sentences"] = [step_words(study, step) for step in each.cycle]
    return record | {"sentences": cycles_sentences(study, found)}
