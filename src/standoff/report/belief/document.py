"""A belief for other programs: the document ``standoff.belief/1``, and tables as CSV."""

from __future__ import annotations

import csv
from dataclasses import asdict
from io import StringIO
from math import isfinite
from typing import Any

from standoff.evidence import Evidence
from standoff.report.belief.words import (
    assumption_sentences,
    belief_sentences,
    diagnostic_sentences,
    total_weight,
    type_name,
)
from standoff.report.documents import header
from standoff.study import Study
from standoff.study.belief import Belief
from standoff.timing.grounds import Ground
from standoff.timing.ledger import Entry


def belief_document(study: Study, found: Belief) -> dict[str, Any]:
    """Return the document ``standoff.belief/1``."""
    ledger, timing = found.ledger, study.conflict.timing
    log = timing.log if timing else None
    types = range(len(ledger.types))
    return {
        **header("standoff.belief/1", study),
        "decision_maker": ledger.decision_maker,
        "begins": log and str(log.begin),
        "as_of": str(study.conflict.as_of),
        "types": [
            {"id": type_, "name": type_name(study, type_), "prior": ledger.prior[n], "posterior": after}
            for n, (type_, after) in enumerate(zip(ledger.types, ledger.posterior, strict=True))
        ],
        "sentences": [
            *belief_sentences(study, found),
            *diagnostic_sentences(found),
            *assumption_sentences(study, found),
        ],
        "entries": [_entry(study, entry) for entry in ledger.entries],
        "weights": {
            "events": [total_weight(ledger.entries, n, silences=False) for n in types],
            "silences": [total_weight(ledger.entries, n, silences=True) for n in types],
        },
        "totals": [asdict(total) for total in ledger.totals],
        "floor_per_year": ledger.floor_per_year,
        "matrix": _matrix(found),
        "grounds": [_ground(ground) for ground in found.grounds],
    }


def _entry(study: Study, entry: Entry) -> dict[str, Any]:
    told = asdict(entry)
    told["begin"], told["end"] = str(entry.begin), str(entry.end)
    told["odds_factors"] = [each if isfinite(each) else None for each in entry.odds_factors]
    event = None if entry.place is None else study.conflict.events[entry.place]
    told["kind"] = "event" if event else "silence"
    told["sources"] = _sources(event.evidence) if event else None
    return told


def _sources(evidence: Evidence | None) -> list[dict[str, str]]:
    """Return the passages it rests on; none for an assumption."""
    citations = evidence.citations if evidence else ()
    return [{"source": citation.source, "says": citation.says} for citation in citations]


def _matrix(found: Belief) -> dict[str, Any]:
    matrix = found.matrix
    return {
        "rows": [
            {
                "entry": row.place,
                "cells": list(row.cells),
                "letters": list(row.letters),
                "diagnosticity": row.diagnosticity,
                "tells_nothing": row.tells_nothing,
            }
            for row in matrix.rows
        ],
        "log_prior": list(matrix.log_prior),
        "sums": list(matrix.sums),
        "sums_grouped": list(matrix.sums_grouped),
        "groups": [
            {
                "id": group.id,
                "entries": list(group.places),
                "sums": list(group.sums),
                "counted_once": list(group.counted_once),
            }
            for group in matrix.groups
        ],
    }


def _ground(ground: Ground) -> dict[str, Any]:
    return {
        "kind": ground.kind,
        "of": ground.of,
        "value": ground.value,
        "unit": ground.unit,
        "where": ground.where,
        "assumption": ground.is_assumption,
        "sources": _sources(ground.evidence),
        "note": ground.note,
    }


def belief_csv(found: Belief) -> str:
    """Return the ledger as a table for a spreadsheet, numbers in full."""
    types = found.ledger.types
    columns = ("log_likelihood", "weight", "odds_factor", "belief")
    head = ["begin", "end", "what", "state", "event", "origin", "counted", "floor_under"]
    rows = [[*head, *(f"{column}_{type_}" for column in columns for type_ in types)]]
    for e in found.ledger.entries:
        numbers = (*e.log_likelihoods, *e.weights, *e.odds_factors, *e.posterior)
        place = "" if e.place is None else e.place
        flags = (e.group or "", "yes" if e.counted else "no", " ".join(e.floored))
        rows.append([*map(str, (e.begin, e.end, e.what, e.state, place, *flags, *numbers))])
    return _csv(rows)


def matrix_csv(found: Belief) -> str:
    """Return the evidence by type as a table for a spreadsheet, numbers in full."""
    types = found.matrix.types
    head = ["begin", "end", "what", "origin", "counted"]
    cells = [f"{column}_{type_}" for column in ("cell", "letter") for type_ in types]
    rows = [[*head, *cells, "diagnosticity", "tells_nothing"]]
    for row in found.matrix.rows:
        fixed = (row.begin, row.end, row.what, row.group or "", "yes" if row.counted else "no")
        last = (row.diagnosticity, "yes" if row.tells_nothing else "no")
        rows.append([*map(str, (*fixed, *row.cells, *row.letters, *last))])
    return _csv(rows)


def _csv(rows: list[list[str]]) -> str:
    text = StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue()
