"""Ripeness in words: a line a party and condition, the zone as a table, one sentence on the whole."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any

from rich.box import SIMPLE_HEAD
from rich.console import Group
from rich.table import Table
from rich.text import Text

from standoff.analyses.levers import Levers
from standoff.analyses.ripeness import PartyRow, Ripeness, Zone, ZoneState
from standoff.analyses.ways import Outcome
from standoff.report.by_type import types_lines
from standoff.report.documents import header, verdict_entry
from standoff.report.levers import lever_summary, levers_document, question_sentence
from standoff.report.names import change_to, counted, dm_name, state_name
from standoff.report.pain import bearable_entry, hurts_lines, hurts_sentence, spared
from standoff.report.ways import compared, parties, steps, taken
from standoff.report.words import reason
from standoff.study import Study

_WAYS = {
    "improvements": "by a path of improvements",
    "moves": "by moves, of which some step brings its mover no gain",
    "joint": "by a joint step only",
    "none": "not reachable",
}


_NO_WAY = "neither moves, if nobody takes two in a row, nor a joint step of the parties"


def ripeness_sentence(study: Study, found: Ripeness) -> str:
    """Say which condition of ripeness fails first, or that none of those that can be computed does."""
    where = state_name(study, found.state)
    zone, us = found.zone, parties(study, found.parties)
    known = f"{counted(zone.size, 'state')} {'is' if zone.size == 1 else 'are'} better for {us}{_than(found)}"
    if found.failing == "cannot win":
        text = f"{where} is not ripe for {us}: {_win(study, found)}."
    elif found.failing == "hurts":
        kind = "a mutually hurting one" if len(found.parties) > 1 else "a hurting one"
        text = f"{where} is a stalemate, but not {kind}: {_cannot(found)} win, and "
        text += f"{spared(study, found)}. {known[:1].upper()}{known[1:]}."
    elif found.failing == "zone":
        text = (
            f"{where} is {_kind(found)}, but not ripe: {_cannot(found)} win, yet nothing is better for {us}"
        )
        text += f"{_than(found)}."
    elif found.failing == "way out":
        undone = parties(study, (dm for dm, number in zone.undone_by.items() if number), "or")
        text = f"{where} is {_kind(found)} without a way out: {_cannot(found)} win and {known}, but {undone} "
        text += "would undo it." if zone.size == 1 else "would undo every one of them."
    elif found.failing == "way there":
        text = f"{where} is {_kind(found)} without a way out: {_cannot(found)} win, {known} "
        text += f"and {_holding(zone)}, but nothing leads "
        text += f"{'there' if zone.size == 1 else 'to one that holds'}: {_NO_WAY}."
    else:
        text = f"{where} is {_kind(found)} with a way out: {_cannot(found)} win, {known} and {_holding(zone)}"
        text += f"; {_easiest(study, found)}." if way_out(study, found) else "."
    return f"{text} {hurts_sentence(study, found)}".rstrip()


def _kind(found: Ripeness) -> str:
    """Name the stalemate: mutually hurting if that is stated of every party."""
    if not found.hurts_all:
        return "a stalemate"
    return "a mutually hurting stalemate" if len(found.parties) > 1 else "a hurting stalemate"


def _than(found: Ripeness) -> str:
    """Say that more than the state counts, where a party is sure of more than that without an agreement."""
    sure = any(row.no_agreement.outcome.ranks > 0 for row in found.rows)
    return " than what each is sure of" if sure else ""


def _win(study: Study, found: Ripeness) -> str:
    told = []
    for row in found.rows:
        if row.verdict.unpunished:
            move = row.verdict.unpunished
            told.append(f"{dm_name(study, row.decision_maker)} gains by {change_to(study, move)}")
    return f"{', '.join(told)}, and the others have no credible answer"


def _cannot(found: Ripeness) -> str:
    return {1: "it cannot", 2: "neither can"}.get(len(found.parties), "nobody can")


def _easiest(study: Study, found: Ripeness) -> str:
    state = way_out(study, found)
    return "" if state is None else f"the way to {state.state} {_way(state, study)}"


def _way(state: ZoneState, study: Study) -> str:
    if state.way == "improvements":
        return "is a path of improvements"
    if state.way == "joint":
        return "is open only as a joint step of the parties"
    if state.way == "none":
        return f"is closed: {_NO_WAY} leads there"
    if not state.sacrifices:
        return "costs nobody anything, though some step brings no gain"
    who = parties(study, dict.fromkeys(move.mover for move in state.sacrifices))
    number = len(state.sacrifices)
    return f"{'needs a sacrifice' if number == 1 else f'needs {number} sacrifices'} by {who}"


def ripeness_lines(study: Study, found: Ripeness) -> list[tuple[str, list[str]]]:
    """Return the conditions, and under each a line for every party."""
    rows = found.rows
    told = [
        ("Cannot win", [_cannot_win(study, row) for row in rows]),
        ("Without an agreement", [_no_agreement(study, found, row) for row in rows]),
        ("Precipice", [_precipice(study, found, row) for row in rows]),
        ("Going on hurts", hurts_lines(study, found)),
        ("Perceived", [f"Not available for {parties(study, found.parties)}."]),
        ("Zone of agreement", _zone_lines(study, found)),
        ("Way out", [_way_out_line(study, found)]),
    ]
    types = types_lines(study, found)
    return [*told, ("By type", types)] if types else told


def ripeness_cells(found: Ripeness) -> list[tuple[str, str, str]]:
    """Return for each party, short: whether it can win, what it is sure of, where the others can lead."""
    return [
        (
            "no" if row.cannot_win else "yes",
            _outcome_cell(row.no_agreement.outcome),
            "none" if row.precipice is None else _outcome_cell(row.precipice),
        )
        for row in found.rows
    ]


def _outcome_cell(outcome: Outcome) -> str:
    return f"{outcome.state} ({outcome.ranks:+})" if outcome.ranks else f"{outcome.state} (=)"


def way_out(study: Study, found: Ripeness) -> ZoneState | None:
    """Return the told state that holds and asks for the fewest sacrifices; of equals one with a name."""
    order = {"improvements": 0, "moves": 1, "joint": 2, "none": 3}
    named = {study.space.label(state) for state in study.given_states}

    def place(each: ZoneState) -> tuple[int, int, bool, int]:
        return order[each.way], len(each.sacrifices), each.state not in named, len(each.steps)

    return min((each for each in found.zone.states if each.holds), key=place, default=None)


def _cannot_win(study: Study, row: PartyRow) -> str:
    name, why = dm_name(study, row.decision_maker), reason(study, row.verdict, 1)
    if row.cannot_win:
        return f"{name} cannot win: {why}"
    weaker = " Only replies at a cost to those who reply could stop it." if row.held_by_any_reply else ""
    return f"{name} can win: {why}{weaker}"


def _no_agreement(study: Study, found: Ripeness, row: PartyRow) -> str:
    name, move, outcome = dm_name(study, row.decision_maker), row.no_agreement.move, row.no_agreement.outcome
    place = f"{outcome.state} ({compared(outcome.ranks, found.state)})"
    if move is None and outcome.sequence:
        return f"{name} is sure of no more than {place}: staying is its best course; see the precipice."
    if move is None:
        return (
            f"{name} is sure of {found.state}: nobody gains by spoiling it, and no move of its own is safer."
        )
    course = f"{name} is sure of {place}: its best course is {change_to(study, move)}"
    if not outcome.sequence:
        return f"{course}, which nobody gains by spoiling."
    return (
        f"{course}, after which improvements of the others can lead there: {steps(study, outcome.sequence)}."
    )


def _precipice(study: Study, found: Ripeness, row: PartyRow) -> str:
    name, edge = dm_name(study, row.decision_maker), row.precipice
    if edge is None:
        return f"{name}: none; if it stays, no improvements of the others lead below {found.state}."
    return (
        f"{name}: if it stays, improvements of the others can lead to {edge.state} "
        f"({compared(edge.ranks, found.state)}): {steps(study, edge.sequence)}."
    )


def _zone_lines(study: Study, found: Ripeness) -> list[str]:
    zone, us = found.zone, parties(study, found.parties)
    if not zone.size:
        return [f"No state is better for {us}{_than(found)}.", *_nearly(study, found)]
    size = f"{counted(zone.size, 'state')} {'is' if zone.size == 1 else 'are'} better for {us}{_than(found)}"
    undone = [
        f"{dm_name(study, dm)} would undo {number:,}" for dm, number in zone.undone_by.items() if number
    ]
    lines = [f"{'; '.join([size, _holding(zone), *undone])}."]
    if zone.size > 1:
        best = f"{zone.undominated:,} of them {'is' if zone.undominated == 1 else 'are'}"
        lines.append(f"{best} such that no other one is better for a party and worse for none.")
    ways = [
        f"{number:,} {_WAYS[way]} (holding: {holding:,})"
        for way, (number, holding) in zone.ways.items()
        if number
    ]
    return [*lines, f"Ways there: {'; '.join(ways)}."]


def _nearly(study: Study, found: Ripeness) -> Iterator[str]:
    """Yield for each party how many states it alone keeps out of the zone, and which is nearest."""
    if not found.zone.but_for and len(found.parties) > 1:
        yield "Nor would one be if any one party were left out."
    for dm, each in found.zone.but_for.items():
        rest = parties(study, (other for other in found.parties if other != dm))
        number = f"{counted(each.number, 'state')} {'is' if each.number == 1 else 'are'}"
        best = ":" if each.number == 1 else "; the best of these for it is"
        yield (
            f"Leaving {dm_name(study, dm)} out, {number} better for {rest}{_than(found)}{best} "
            f"{each.nearest}, for it {compared(each.ranks, found.state)}."
        )


def _holding(zone: Zone) -> str:
    if zone.size == 1:
        return "it holds" if zone.holding else "it does not hold"
    if not zone.holding:
        return "none of them holds"
    if zone.holding == zone.size:
        return "all of them hold"
    return f"{zone.holding:,} of them hold{'s' * (zone.holding == 1)}"


def _way_out_line(study: Study, found: Ripeness) -> str:
    best = way_out(study, found)
    if best is None and found.zone.holding:
        why = "the time limit was reached" if found.zone.stopped else "--all shows every one"
        return f"No state that holds is told; {why}."
    if best is None:
        return "None: no state of the zone holds." if found.zone.size else "None: the zone is empty."
    what = taken(study, best.state)
    joint = " The parties could also come there in one joint step." if best.joint and best.steps else ""
    losers = f" {parties(study, best.losers)} would lose by it and cannot undo it." if best.losers else ""
    text = f"{best.state}{f' ({what})' if what else ''}: the way there {_way(best, study)}"
    return f"{text}{f': {steps(study, best.steps)}' if best.steps else ''}.{joint}{losers}"


def ripeness_view(study: Study, found: Ripeness) -> Group:
    """Return the answer for people."""
    what = taken(study, found.state)
    parts: list[Text | Table] = [
        Text(f"Is it ripe at {found.state}{f' ({what})' if what else ''}?", style="bold"),
        *([Text(f"Assumed: {found.assumed}")] if found.assumed else []),
        Text(ripeness_sentence(study, found)),
    ]
    for title, lines in ripeness_lines(study, found):
        parts += [Text(f"\n{title}", style="bold"), *(Text(f"- {line}") for line in lines)]
    if found.zone.states:
        parts += [Text(""), _zone_table(study, found.zone.states)]
    parts += [Text(line) for line in _left_out(found.zone)]
    lines = least_lines(study, found)
    if lines:
        parts += [Text("\nWhat would have to change", style="bold"), *(Text(f"- {line}") for line in lines)]
    elif found.failing in ("cannot win", "way out") and not found.assumed:
        whom = "" if len(found.parties) == len(study.decision_makers) else f" --for {','.join(found.parties)}"
        asked = f"{found.state}{whom}" if found.failing == "cannot win" else "STATE"
        told = f"What would have to change was not looked for: standoff levers FILE {asked}."
        parts.append(Text(told, style="dim"))
    return Group(*parts)


def least_lines(study: Study, found: Ripeness) -> list[str]:
    """Return what would make the failing condition hold, a line for each way; none if it was not sought."""
    if found.least is None:
        return []
    told = [lever_summary(study, found.least, lever) for lever in found.least.levers if lever.changes]
    nothing = (
        f"{question_sentence(study, found.least)} Nothing was found in the time given: standoff levers FILE "
        f"{found.least.state} looks longer."
    )
    return told or [nothing]


def _left_out(zone: Zone) -> Iterator[str]:
    """Say how many states of the zone are not shown, and why."""
    left = zone.size - len(zone.states)
    why = "the time limit was reached" if zone.stopped else "--all shows every one"
    if left:
        yield f"{counted(left, 'more state' if zone.states else 'state')} of the zone not shown; {why}."


def _zone_table(study: Study, states: Sequence[ZoneState]) -> Table:
    table = Table(box=SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for heading in ("state", "holds", "undominated", "way", "sacrifices"):
        table.add_column(heading, no_wrap=True)
    for dm in study.decision_makers:
        table.add_column(dm, justify="right", no_wrap=True)
    if study.space.options:
        table.add_column("options", no_wrap=True)
    for each in states:
        table.add_row(*_cells(study, each))
    return table


def _cells(study: Study, each: ZoneState) -> Iterator[str]:
    yield each.state
    yield "yes" if each.holds else f"undone by {', '.join(each.undone_by)}"
    yield "yes" if each.undominated else "no"
    yield f"{each.way}, joint" if each.joint and each.way != "joint" else each.way
    yield ", ".join(move.mover for move in each.sacrifices) or "-"
    yield from (f"{ranks:+}" for ranks in each.ranks.values())
    if study.space.options:
        yield taken(study, each.state)


def _least_entry(study: Study, least: Levers) -> dict[str, Any]:
    """Return the entries of ``standoff.levers/1`` that are not in the document already."""
    document = levers_document(study, least)
    return {key: entry for key, entry in document.items() if key not in header("standoff.levers/1", study)}


def ripeness_document(study: Study, found: Ripeness) -> dict[str, Any]:
    """Return the document ``standoff.ripe/1``."""
    rows = [
        {**asdict(row), "verdict": verdict_entry(row.verdict), "bearable": bearable_entry(row.bearable)}
        for row in found.rows
    ]
    return {
        **header("standoff.ripe/1", study),
        "assumed": found.assumed,
        "state": found.state,
        "parties": list(found.parties),
        "failing": found.failing,
        "sentence": ripeness_sentence(study, found),
        "rows": rows,
        "zone": asdict(found.zone),
        "lines": dict(ripeness_lines(study, found)),
        "by_type": [asdict(each) for each in found.by_type],
        "least": None if found.least is None else _least_entry(study, found.least),
    }
