"""Ripeness by type, in words: what holds under the wishes of each, and how much of the belief that is."""

from __future__ import annotations

from standoff.analyses.ripeness import Ripeness, UnderType
from standoff.report.belief.words import share
from standoff.report.names import counted, dm_name, types_note
from standoff.report.timed_names import type_name
from standoff.report.ways import parties
from standoff.study import Study


def types_lines(study: Study, found: Ripeness) -> list[str]:
    """Return a line for each type, and one on the share of the belief under which no condition fails.

    None if nobody has types; where they were not looked at, whose wishes the other rows go by.
    """
    note = types_note(study)
    if not found.by_type:
        return [f"{note} How likely each type is: standoff belief FILE."] if note else []
    first = found.by_type[0]
    belief = "belief today" if first.log_read else "prior"
    who = dm_name(study, first.decision_maker)
    lines = [
        f"{who}, if it is of the type {type_name(study, each.type)} ({belief} {share(each.share)}): "
        f"{_outcome(study, each)}."
        for each in found.by_type
    ]
    if first.log_refused:
        lines.append(f"The priors are told: {first.log_refused}.")
    return [*lines, _together(found, "belief" if first.log_read else "prior")]


def _together(found: Ripeness, belief: str) -> str:
    """Say how much of the belief is in types under which no condition fails."""
    ripe = [each.share for each in found.by_type if each.failing is None]
    known = "no condition fails" if found.hurts_all else "no condition that is known fails"
    if not ripe:
        return f"There is no type under which {known}."
    if len(ripe) == len(found.by_type):
        return f"Under every type {known}."
    return f"{share(sum(ripe))} of the {belief} is in types under which {known}."


def _outcome(study: Study, each: UnderType) -> str:
    """Say which condition fails under a type, or that none does."""
    better = f"{counted(each.size, 'state')} better for all parties"
    if each.failing == "cannot win":
        return f"no stalemate, {parties(study, each.winners)} can win"
    if each.failing == "hurts":
        return f"a stalemate, but {parties(study, each.sparing)} can bear to stay"
    if each.failing == "zone":
        return "a stalemate with nothing better for all parties"
    if each.failing == "way out":
        return f"a stalemate with {better}, none of which holds"
    hold = f"{each.holding:,} of which hold{'s' * (each.holding == 1)}"
    if each.holding == each.size:
        hold = "which holds" if each.size == 1 else "all of which hold"
    nothing = ", but nothing leads to one that holds" if each.failing == "way there" else ""
    return f"a stalemate with {better}, {hold}{nothing}"
