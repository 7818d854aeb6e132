"""Whether going on hurts, in words: what was read off `bearable`, and what that rests on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from standoff.analyses.ripeness import PartyRow, Ripeness
from standoff.evidence import Evidence
from standoff.model.conflict import Bearable
from standoff.report.elements import borne
from standoff.report.names import clean, counted, dm_name, listed
from standoff.report.ways import parties
from standoff.study import Study


def hurts_sentence(study: Study, found: Ripeness) -> str:
    """Say of whom it is stated that going on hurts, and of whom nothing is; empty if all are told before."""
    hurt = [row for row in found.rows if row.hurts is True]
    open_ = [row.decision_maker for row in found.rows if row.bearable is None]
    if len(open_) == len(found.rows):
        return "Whether going on hurts is not stated."
    told = []
    if hurt:
        told.append(_grounded(study, "going on hurts {}", hurt))
    if found.failing != "hurts" and any(row.hurts is False for row in found.rows):
        told.append(spared(study, found))
    if open_:
        told.append(f"whether going on hurts {parties(study, open_)} is not stated")
    text = "; ".join(told)
    return f"{text[:1].upper()}{text[1:]}." if text else ""


def spared(study: Study, found: Ripeness) -> str:
    """Say who can bear to stay, and what that rests on."""
    rows = [row for row in found.rows if row.hurts is False]
    return _grounded(study, "{} can bear to stay", rows)


def hurts_lines(study: Study, found: Ripeness) -> list[str]:
    """Return a line for each party of whom it is stated, and one for all others."""
    lines = [line for row in found.rows for line in _line(study, found.state, row)]
    open_ = [row.decision_maker for row in found.rows if row.bearable is None]
    return [*lines, f"Not stated for {parties(study, open_)}."] if open_ else lines


def _line(study: Study, state: str, row: PartyRow) -> Iterator[str]:
    bearable = row.bearable
    if bearable is None:
        return
    name = dm_name(study, row.decision_maker)
    finding = "going on hurts" if row.hurts else "can bear to stay"
    text = clean(borne(bearable))
    if bearable.statement is not None:
        truth = "false" if row.hurts else "true"
        why = f"bearable only where ‘{text}’ is true, which is {truth} at {state}"
    else:
        why = f"bearable only in {text}" if bearable.states else "nowhere bearable"
    note = f" {clean(bearable.note)}" if bearable.note else ""
    yield f"{name}: {finding}; {why} ({_origin(bearable.evidence)}).{note}"


def _grounded(study: Study, template: str, rows: list[PartyRow]) -> str:
    """Put the parties into a clause, each with what its statement rests on; once if that is the same."""
    known = [(row.decision_maker, _origin(row.bearable.evidence)) for row in rows if row.bearable is not None]
    if len({origin for _, origin in known}) == 1:
        return f"{template.format(parties(study, (dm for dm, _ in known)))} ({known[0][1]})"
    return template.format(listed(f"{dm_name(study, dm)} ({origin})" for dm, origin in known))


def _origin(evidence: Evidence | None) -> str:
    if evidence is None:
        return "stated without evidence"
    if evidence.is_assumption:
        return "an assumption"
    passages = counted(len(evidence.citations), "passage")
    return f"{passages}, contested" if evidence.is_contested else passages


def bearable_entry(bearable: Bearable | None) -> dict[str, Any] | None:
    """Return what a party can bear as plain data, with what it rests on in words."""
    if bearable is None:
        return None
    statement = bearable.statement
    what: dict[str, Any] = (
        {"states": list(bearable.states)} if statement is None else {"statement": statement.text}
    )
    return {**what, "note": bearable.note, "rests_on": _origin(bearable.evidence)}
