"""The fingerprint of a conflict: two files that say the same have the same one."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import fields, is_dataclass
from datetime import date
from fractions import Fraction
from hashlib import sha256
from typing import Any

from standoff.model.conflict import (
    Bearable,
    Conflict,
    DecisionMaker,
    Literal,
    Preference,
    Prioritising,
    Ranking,
    Weighting,
)
from standoff.model.roadmap import Reversion, Roadmap, SidePayoff
from standoff.model.statement import Statement, canonical
from standoff.model.timing import Change, Event, Payoff, Quantity, Shift, SignalRate

_NUMBERED = re.compile(r"s[0-9]+")


def fingerprint(conflict: Conflict) -> str:
    """Return ``sha256:`` and the SHA-256 of what the conflict means.

    The sum is taken over the JSON of `meaning`, with sorted keys, no white space and ASCII
    only. Change the model's meaning and it changes; relabel, reorder, comment or cite, and it
    does not.
    """
    text = json.dumps(meaning(conflict), sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return "sha256:" + sha256(text.encode("ascii")).hexdigest()


def meaning(conflict: Conflict) -> dict[str, Any]:
    """Return the meaning of a conflict as plain data: what the fingerprint is taken of.

    In: the ids of decision makers, their options and moves; preferences, in order; what they can
    bear, where that is stated; feasibility rules, irreversible literals and forbidden moves, as
    sets; the status quo; coalitions; the states of a graph form; `as_of`; types, rates,
    stocks, payoffs, pivots, signals, policies, events, plans and the phased deal, those that there
    are. Statements stand as nested lists in which the operands of `and`, `or`, `xor`, `iff` and
    counts are sorted; nothing is simplified.

    Out: the conflict's name, display names, labels, units, notes, ids of statements and rules,
    evidence, sources, extensions, and the order of decision makers and options. The names of
    states in option form are labels too: a ranking that uses one has the state's options in
    its place. A ranking that uses s1, s2, ... depends on the order of the options; then, and
    only then, that order is in.
    """
    data: dict[str, Any] = {
        "fingerprint": 1,
        "as_of": conflict.as_of.isoformat() if conflict.as_of else None,
        "decision_makers": {dm.id: _party(dm, conflict) for dm in conflict.decision_makers},
        "feasible": _set(canonical(rule.statement.expression) for rule in conflict.feasible),
        "irreversible": _set(str(literal) for literal in conflict.irreversible),
        "forbidden_moves": _set(
            [move.by, canonical(move.origin.expression), canonical(move.target.expression)]
            for move in conflict.forbidden_moves
        ),
        "coalitions": {coalition.id: sorted(set(coalition.members)) for coalition in conflict.coalitions},
    }
    if isinstance(conflict.status_quo, str):
        data["status_quo"] = conflict.status_quo
        data["states"] = sorted(state.name for state in conflict.states)
    else:
        data["status_quo"] = sorted(conflict.status_quo)
        if _uses_numbered_states(conflict):
            data["option_order"] = [option.name for option in conflict.options]
    for block in ("types", "timing", "events", "contingency"):
        if getattr(conflict, block):
            data[block] = _plain(getattr(conflict, block), conflict)
    if conflict.roadmap:
        data["roadmap"] = _plain(conflict.roadmap, conflict)
    return data


_IN_ORDER = (Event, Shift)
_ADDED_UP = (Payoff, Change, SignalRate, SidePayoff)
_ONLY_WORDS = frozenset({"name", "label", "unit", "note", "evidence"})


def _plain(value: Any, conflict: Conflict) -> Any:
    """Return a part of the blocks about time without its words; events in order."""
    match value:
        case Statement():
            return canonical(value.expression)
        case Quantity():
            return str(value.value)
        case Prioritising() | Weighting() | Ranking():
            return _preference(value, conflict)
        case Literal() | Fraction() | date():
            return str(value)
        case frozenset():
            return sorted(value)
        case tuple():
            return _members(value, conflict)
    if not is_dataclass(value):
        return value
    kept = (field.name for field in fields(value) if field.name not in _ONLY_WORDS)
    data = {name: _plain(getattr(value, name), conflict) for name in kept}
    if isinstance(value, Roadmap):
        data["steps"] = [_state(label, conflict) for label in value.steps]
    if isinstance(value, Reversion) and value.to is not None:
        data["to"] = _state(value.to, conflict)
    return data


def _members(values: tuple[Any, ...], conflict: Conflict) -> list[Any]:
    members = [_plain(member, conflict) for member in values]
    if values and isinstance(values[0], _ADDED_UP):
        return sorted(members, key=repr)
    return members if values and isinstance(values[0], _IN_ORDER) else _set(members)


def _party(dm: DecisionMaker, conflict: Conflict) -> dict[str, Any]:
    data: dict[str, Any] = {
        "options": sorted(option.name for option in dm.options),
        "moves": sorted(set(dm.moves)),
        "preference": _preference(dm.preference, conflict),
    }
    if dm.bearable is not None:
        data["bearable"] = _bearable(dm.bearable)
    return data


def _bearable(bearable: Bearable) -> list[Any]:
    if bearable.statement is not None:
        return ["statement", canonical(bearable.statement.expression)]
    return ["states", *sorted(set(bearable.states))]


def _preference(preference: Preference, conflict: Conflict) -> list[Any]:
    match preference:
        case Prioritising(statements=statements):
            return ["prefers", *(canonical(rule.statement.expression) for rule in statements)]
        case Weighting(weights=weights):
            pairs = ([canonical(rule.statement.expression), str(weight)] for rule, weight in weights)
            return ["weights", *sorted(pairs, key=repr)]
        case Ranking(tiers=tiers):
            return [
                "ranking",
                *(sorted((_state(label, conflict) for label in tier), key=repr) for tier in tiers),
            ]


def _state(label: str, conflict: Conflict) -> Any:
    """Return what a label means: in option form the options of the state named so."""
    if conflict.is_graph_form:
        return label
    named = (sorted(state.taken) for state in conflict.states if state.name == label)
    return next(named, label)


def _uses_numbered_states(conflict: Conflict) -> bool:
    named = {state.name for state in conflict.states}
    rankings = (dm.preference for dm in conflict.decision_makers if isinstance(dm.preference, Ranking))
    labels = {label for ranking in rankings for tier in ranking.tiers for label in tier}
    if conflict.roadmap:
        reversions = [conflict.roadmap.reversion, *(one.reversion for one in conflict.roadmap.safeguards)]
        labels |= {reversion.to for reversion in reversions if reversion and reversion.to}
        labels |= set(conflict.roadmap.steps)
    return any(_NUMBERED.fullmatch(label) for label in labels - named)


def _set(values: Iterable[Any]) -> list[Any]:
    """Return the distinct values in a fixed order."""
    return [value for _, value in sorted({repr(value): value for value in values}.items())]
