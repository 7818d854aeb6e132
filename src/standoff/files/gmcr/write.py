"""From a conflict to a GMCR+ document."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from standoff.errors import RefusedError
from standoff.files.gmcr.patterns import Pattern, Patterns, TooManyPatternsError, alternatives
from standoff.files.gmcr.ranking import listed, ranking
from standoff.model.conflict import Conflict, Prioritising, Rule, Weighting

_MOST_STATEMENTS = 62  # GMCR+ adds up powers of two in 64 bits

Document = dict[str, Any]
_Places = dict[str, int]


def conflict_to_gmcr(conflict: Conflict) -> tuple[Document, tuple[str, ...]]:
    """Return a conflict as a GMCR+ document, ready for JSON, and notes on what that cost.

    States, moves and preferences mean the same there, except for what the notes say. GMCR+ has
    one form of preference for all decision makers: if one of them cannot be written as
    statements, all are written as rankings of the states. Names, the status quo, named states
    and coalitions go under the key `x-standoff`, which GMCR+ passes over.

    Returns
    -------
    document : dict
    notes : tuple of str
        One sentence each: what could not be expressed, or was written otherwise.

    Raises
    ------
    RefusedError
        If the conflict is in graph form, or its rules or preferences have no GMCR+ form of a
        bearable size.
    ModelError
        If a ranking does not fit the feasible states.
    """
    if conflict.is_graph_form:
        raise RefusedError("GMCR+ files hold conflicts with options; this one is in graph form.")
    options = [option.name for option in conflict.options]
    places = {name: place for place, name in enumerate(options)}
    infeasible = _infeasible(conflict)
    statements, reasons = _statements(conflict)
    manual = len(statements) < len(conflict.decision_makers)
    codes = listed(options, infeasible) if manual else []
    document: Document = {
        "program": "standoff",
        "version": "1",
        "options": [_option(conflict, option.name, option.label) for option in conflict.options],
        "decisionMakers": [
            {
                "name": dm.name,
                "options": [places[option.name] for option in dm.options],
                "preferences": [] if manual else [_preference(each, places) for each in statements[dm.id]],
                "preferenceRanking": ranking(conflict, dm, codes) if manual else [],
            }
            for dm in conflict.decision_makers
        ],
        "infeasibles": [_condition(pattern, places) for pattern in infeasible],
        "useManualPreferenceRanking": manual,
        **_coalitions(conflict, places),
        "x-standoff": _ours(conflict, places),
    }
    return document, (*reasons, *_notes(conflict))


def _option(conflict: Conflict, name: str, label: str) -> Document:
    stays = {literal.taken for literal in conflict.irreversible if literal.option == name}
    direction = "both" if len(stays) != 1 else "fwd" if True in stays else "back"
    return {"name": label, "permittedDirection": direction}


def _condition(pattern: Pattern, places: _Places) -> list[list[Any]]:
    return [[place, "Y" if taken else "N"] for place, taken in sorted((places[o], t) for o, t in pattern)]


def _preference(patterns: Patterns, places: _Places) -> Any:
    members = [_condition(pattern, places) for pattern in patterns]
    return members[0] if len(members) == 1 else {"compound": True, "members": members}


def _infeasible(conflict: Conflict) -> list[Pattern]:
    found: dict[Pattern, None] = {}
    for rule in conflict.feasible:
        try:
            found.update(dict.fromkeys(alternatives(rule.statement.expression, wanted=False)))
        except TooManyPatternsError:
            raise RefusedError(
                f"The feasibility rule '{rule.statement.text}' would take too many patterns in GMCR+, "
                "which knows only lists of options taken and not taken."
            ) from None
    return list(found)


def _statements(conflict: Conflict) -> tuple[dict[str, list[Patterns]], list[str]]:
    """Return statements as patterns, by decision maker, and why some became rankings."""
    found: dict[str, list[Patterns]] = {}
    reasons = []
    for dm in conflict.decision_makers:
        if isinstance(dm.preference, Weighting):
            reasons.append(f"The weights of {dm.name} became a ranking: GMCR+ has no weights.")
        if isinstance(dm.preference, Prioritising):
            try:
                found[dm.id] = _expressible(dm.preference.statements)
            except TooManyPatternsError:
                reasons.append(f"The statements of {dm.name} became a ranking: too long for GMCR+.")
    if 0 < len(found) < len(conflict.decision_makers):
        names = ", ".join(dm.name for dm in conflict.decision_makers if dm.id in found)
        reasons.append(f"The statements of {names} became rankings: GMCR+ takes one form for everybody.")
    return found, reasons


def _expressible(rules: Sequence[Rule]) -> list[Patterns]:
    """Leave out what is true or false in every state: it orders nothing, and GMCR+ has no place for it."""
    if len(rules) > _MOST_STATEMENTS:
        raise TooManyPatternsError
    found = (alternatives(rule.statement.expression) for rule in rules)
    return [patterns for patterns in found if patterns and frozenset() not in patterns]


# What GMCR+ has no place for


def _coalitions(conflict: Conflict, places: _Places) -> Document:
    """Return a partition of the decision makers into coalitions, as GMCR+ wants it."""
    numbers = {dm.id: number for number, dm in enumerate(conflict.decision_makers)}
    groups: list[list[int]] = []
    if _are_disjoint(conflict):
        groups = [[numbers[member] for member in coalition.members] for coalition in conflict.coalitions]
    single = [[number] for number in numbers.values() if not any(number in group for group in groups)]
    partition = sorted([*(group for group in groups if group), *single])
    everybody = conflict.decision_makers
    return {
        "coalitions": [group[0] if len(group) == 1 else group for group in partition],
        "coalitionsFull": [
            {
                "name": ", ".join(everybody[number].name for number in group),
                "options": [places[o.name] for number in group for o in everybody[number].options],
            }
            for group in partition
        ],
    }


def _are_disjoint(conflict: Conflict) -> bool:
    members = [member for coalition in conflict.coalitions for member in coalition.members]
    return len(set(members)) == len(members)


def _ours(conflict: Conflict, places: _Places) -> Document:
    numbers = {dm.id: number for number, dm in enumerate(conflict.decision_makers)}
    return {
        "name": conflict.name,
        "decision_makers": list(numbers),
        "options": [name.partition(".")[2] for name in places],
        "status_quo": sorted(places[option] for option in conflict.status_quo),
        "states": {state.name: sorted(places[option] for option in state.taken) for state in conflict.states},
        "coalitions": {c.id: [numbers[member] for member in c.members] for c in conflict.coalitions},
    }


def _notes(conflict: Conflict) -> Iterator[str]:
    yield (
        "GMCR+ has no status quo, no ids and no named states: they stand under 'x-standoff', "
        "which is lost when GMCR+ saves the file."
    )
    for move in conflict.forbidden_moves:
        yield (
            f"GMCR+ has no forbidden moves: there {move.by} can move from '{move.origin}' to '{move.target}'."
        )
    for name in _fixed(conflict):
        yield f"GMCR+ cannot fix an option: there {name} can be taken and left, here neither."
    if conflict.coalitions:
        yield (
            "GMCR+ analyses each coalition as one decision maker."
            if _are_disjoint(conflict)
            else "GMCR+ has no coalitions that overlap: they stand under 'x-standoff' only."
        )
    bearing = ", ".join(dm.id for dm in conflict.decision_makers if dm.bearable is not None)
    if bearing:
        yield f"GMCR+ does not know what a party can bear: it was left out for {bearing}."
    if conflict.types or conflict.timing or conflict.events or conflict.contingency or conflict.roadmap:
        yield "GMCR+ knows no time: types, rates, events, plans and the phased deal were left out."
    if conflict.as_of or conflict.sources or any(_annotations(conflict)):
        yield "Dates, sources, evidence, notes and the ids of statements were left out."


def _fixed(conflict: Conflict) -> list[str]:
    """Return the options that can neither be taken nor left."""
    stays = {literal.option for literal in conflict.irreversible if literal.taken}
    stays_off = {literal.option for literal in conflict.irreversible if not literal.taken}
    return [option.name for option in conflict.options if option.name in stays & stays_off]


def _annotations(conflict: Conflict) -> Iterator[object]:
    yield conflict.note
    yield from (literal.note or literal.evidence for literal in conflict.irreversible)
    yield from (literal.note or literal.evidence for literal in conflict.status_quo_reasons)
    yield from _reasons(conflict.feasible)
    for dm in conflict.decision_makers:
        yield dm.note or dm.evidence
        yield dm.bearable and (dm.bearable.note or dm.bearable.evidence)
        yield from (option.note or option.evidence for option in dm.options)
        match dm.preference:
            case Prioritising(statements=rules):
                yield from _reasons(rules)
            case Weighting(weights=weights):
                yield from _reasons(rule for rule, _ in weights)


def _reasons(rules: Iterable[Rule]) -> Iterator[object]:
    return (rule.id or rule.note or rule.evidence for rule in rules)
