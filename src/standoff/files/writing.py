"""Write model files: the text of a conflict, and files that are never left half written."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import Any

from standoff.errors import UsageError
from standoff.evidence import Evidence, Source
from standoff.files.emitting import block
from standoff.files.schema import FORMAT
from standoff.files.timed.writing import timed_document
from standoff.model.conflict import (
    Bearable,
    Conflict,
    DecisionMaker,
    Literal,
    Option,
    Preference,
    Prioritising,
    Ranking,
    Rule,
    Weighting,
)

_LONGEST_KEY = 200


def write_text_atomic(path: str | Path, text: str, *, overwrite: bool = False) -> None:
    """Write a text file in UTF-8 as a whole; see `write_bytes_atomic`."""
    write_bytes_atomic(path, text.encode("utf-8"), overwrite=overwrite)


def write_bytes_atomic(path: str | Path, data: bytes, *, overwrite: bool = False) -> None:
    """Write a file as a whole: beside the target, synced, then put in its place.

    An existing file keeps its permissions; a symbolic link stays and its target is written.

    Raises
    ------
    UsageError
        If the file exists and `overwrite` is not given, is no regular file, or cannot be written.
    """
    target = Path(os.path.realpath(path))
    if target.exists() and not overwrite:
        raise UsageError(f"{path} exists already. Choose another name, or say that it may be replaced.")
    if target.is_dir():
        raise UsageError(f"{path} is a directory. Name a file.")
    if target.exists() and not target.is_file():
        raise UsageError(f"{path} is no regular file. Name one, or pipe the output there.")
    beside = target.with_name(f".{target.name[:100]}.{secrets.token_hex(8)}")
    try:
        _write_synced(beside, data)
        try:
            if target.exists():
                beside.chmod(target.stat().st_mode & 0o7777)
            beside.replace(target)
        except BaseException:
            beside.unlink(missing_ok=True)
            raise
        _sync_directory(target.parent)
    except OSError as error:
        raise UsageError(f"{path} cannot be written: {(error.strerror or str(error)).lower()}.") from None


def _write_synced(path: Path, data: bytes) -> None:
    try:
        with path.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
    except FileExistsError:
        raise
    except BaseException:
        path.unlink(missing_ok=True)
        raise


def _sync_directory(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def render(conflict: Conflict) -> str:
    """Return the text of a model file that says what the conflict says.

    Raises
    ------
    RefusedError
        If a weight has no finite decimal form.
    """
    return "\n".join(block(_document(conflict))) + "\n"


def _document(conflict: Conflict) -> dict[str, Any]:
    is_graph = conflict.is_graph_form
    data: dict[str, Any] = {"standoff": FORMAT, "name": conflict.name}
    data |= _given(as_of=conflict.as_of and conflict.as_of.isoformat(), note=conflict.note)
    data["decision_makers"] = {dm.id: _party(dm, is_graph=is_graph) for dm in conflict.decision_makers}
    data |= _given(
        feasible=[_rule(rule) for rule in conflict.feasible],
        irreversible=[_literal(literal) for literal in conflict.irreversible],
        forbidden_moves=[
            {
                "by": move.by,
                "from": move.origin.text,
                "to": move.target.text,
                **_reasons(move.note, move.evidence),
            }
            for move in conflict.forbidden_moves
        ],
    )
    data["status_quo"] = _status_quo(conflict)
    if is_graph:
        data["states"] = [state.name for state in conflict.states]
    else:
        order = [option.name for option in conflict.options]
        data |= _given(states={state.name: sorted(state.taken, key=order.index) for state in conflict.states})
    data |= _given(
        coalitions={coalition.id: list(coalition.members) for coalition in conflict.coalitions},
        sources={source.id: _source(source) for source in conflict.sources},
    )
    return data | timed_document(conflict, _reasons, _preference)


def _given(**values: Any) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value}


def _party(dm: DecisionMaker, *, is_graph: bool) -> dict[str, Any]:
    data: dict[str, Any] = {} if dm.name == dm.id else {"name": dm.name}
    data |= _reasons(dm.note, dm.evidence)
    data |= _given(options={option.name.partition(".")[2]: _option(option) for option in dm.options})
    if is_graph:
        data["moves"] = [list(move) for move in dm.moves]
    data |= _preference(dm.preference)
    return data if dm.bearable is None else {**data, "bearable": _bearable(dm.bearable)}


def _bearable(bearable: Bearable) -> Any:
    reasons = _reasons(bearable.note, bearable.evidence)
    if bearable.statement is not None:
        text = bearable.statement.text
        return {"statement": text, **reasons} if reasons else text
    states = list(bearable.states)
    return {"states": states, **reasons} if reasons else states


def _option(option: Option) -> Any:
    reasons = _reasons(option.note, option.evidence)
    return {"label": option.label, **reasons} if reasons else option.label


def _preference(preference: Preference) -> dict[str, Any]:
    match preference:
        case Prioritising(statements=statements):
            return {"prefers": [_rule(rule) for rule in statements]}
        case Ranking(tiers=tiers):
            return {"ranking": [tier[0] if len(tier) == 1 else list(tier) for tier in tiers]}
        case Weighting(weights=weights):
            rules = [_rule(rule) for rule, _ in weights]
            keys = {rule for rule in rules if isinstance(rule, str) and len(rule) <= _LONGEST_KEY}
            if len(keys) == len(rules):
                return {"weights": {rule.statement.text: weight for rule, weight in weights}}
            return {"weights": [{**_record(rule), "weight": weight} for rule, weight in weights]}


def _rule(rule: Rule) -> Any:
    record = _record(rule)
    return record if len(record) > 1 else rule.statement.text


def _record(rule: Rule) -> dict[str, Any]:
    return {**_given(id=rule.id), "statement": rule.statement.text, **_reasons(rule.note, rule.evidence)}


def _literal(literal: Literal) -> Any:
    reasons = _reasons(literal.note, literal.evidence)
    return {"literal": str(literal), **reasons} if reasons else str(literal)


def _status_quo(conflict: Conflict) -> Any:
    if isinstance(conflict.status_quo, str):
        return conflict.status_quo
    reasons = {literal.option for literal in conflict.status_quo_reasons}
    order = [option.name for option in conflict.options]
    without = [name for name in order if name in conflict.status_quo and name not in reasons]
    return [*map(_literal, conflict.status_quo_reasons), *without]


def _reasons(note: str | None, evidence: Evidence | None) -> dict[str, Any]:
    data = _given(note=note)
    if evidence is None:
        return data
    if evidence.is_assumption:
        return {**data, "evidence": "assumption"}
    citations = [
        {
            "source": citation.source,
            "start": citation.start,
            "end": citation.end,
            "says": citation.says,
            "stance": citation.stance,
            "directness": citation.directness,
        }
        for citation in evidence.citations
    ]
    return {**data, "evidence": citations}


def _source(source: Source) -> dict[str, Any]:
    return _given(
        title=source.title,
        author=source.author,
        outlet=source.outlet,
        kind=source.kind,
        published=source.published,
        published_basis=source.published_basis,
        sha256=source.sha256,
        file=source.file,
        masked=[list(region) for region in source.masked],
    )
