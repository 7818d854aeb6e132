"""Some or all of the changes made to the older model; which of them hang together."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from standoff.model.changes.blocks import OF_A_PARTY, OF_THE_CONFLICT, elements, with_elements, with_part
from standoff.model.changes.kinds import (
    Added,
    Altered,
    BlockName,
    Change,
    Dropped,
    Element,
    FieldChanged,
    Moved,
    PreferenceChanged,
    Rewritten,
    Step,
    Weighted,
)
from standoff.model.conflict import (
    Bearable,
    Coalition,
    Conflict,
    DecisionMaker,
    ForbiddenMove,
    Literal,
    NamedState,
    Option,
    Preference,
    Prioritising,
    Ranking,
    Rule,
    Weighting,
)
from standoff.model.statement import Statement, options_in


def applied(older: Conflict, changes: Iterable[Change]) -> Conflict:
    """Return the older model with these of its changes made, whatever their order."""
    conflict = older
    in_blocks: dict[tuple[BlockName, str | None], list[Change]] = {}
    preferences: list[PreferenceChanged] = []
    for change in changes:
        match change:
            case Rewritten(after=after):
                return after
            case FieldChanged(field=field, after=after):
                values: dict[str, Any] = {field: after}
                conflict = replace(conflict, **values)
            case PreferenceChanged():
                preferences.append(change)
            case _:
                in_blocks.setdefault((change.block, change.owner), []).append(change)
    places = {name: place for place, name in enumerate((*OF_A_PARTY, *OF_THE_CONFLICT))}
    for (block, owner), here in sorted(in_blocks.items(), key=lambda item: places[item[0][0]]):
        new = _changed(elements(older, block, owner), here)
        if block == "decision_makers":
            new = tuple(_as_now(dm, conflict) for dm in new)
        conflict = with_elements(conflict, block, owner, new)
    for change in preferences:
        conflict = _with_preference(conflict, change)
    return conflict


def _as_now(dm: DecisionMaker, conflict: Conflict) -> DecisionMaker:
    """Return a decision maker with the options, moves, preference and what it can bear as by now."""
    for known in conflict.decision_makers:
        if known.id == dm.id:
            return replace(known, name=dm.name, note=dm.note, evidence=dm.evidence)
    return dm


def _with_preference(conflict: Conflict, change: PreferenceChanged) -> Conflict:
    return replace(
        conflict,
        decision_makers=tuple(
            replace(dm, preference=change.after) if dm.id == change.owner else dm
            for dm in conflict.decision_makers
        ),
    )


def _changed(older: Sequence[Any], changes: Sequence[Change]) -> tuple[Any, ...]:
    """Return the elements of a block after these changes; what is new follows the unmoved one above it."""
    now = dict(enumerate(older))
    coming: dict[int | None, list[tuple[int, Any]]] = {}
    for change in changes:
        if isinstance(change, Altered):
            now[change.place] = with_part(now[change.place], change.after, change.part)
    for change in changes:
        match change:
            case Added(after=after, place=place, element=element):
                coming.setdefault(after, []).append((place, element))
            case Moved(after=after, to=to, place=place):
                coming.setdefault(after, []).append((to, now.pop(place)))
            case Dropped(place=place):
                del now[place]
    result: list[Any] = []
    for anchor in (None, *range(len(older))):
        if anchor in now:
            result.append(now[anchor])
        result += [element for _, element in sorted(coming.get(anchor, ()), key=lambda item: item[0])]
    return tuple(result)


# What cannot be taken back alone


def closed(changes: Sequence[Change], back: Collection[int]) -> frozenset[int]:
    """Return which changes must be taken back if those numbered in `back` are.

    Whoever takes back a new option takes back what mentions it; whoever takes back a statement
    about an option that was dropped takes back the dropping.
    """
    taken = set(back)
    while True:
        unmade = {name for k in taken for name in _introduced(changes[k])}
        needed = {name for k in taken for name in _mentioned_before(changes[k])}
        more = {
            k
            for k, change in enumerate(changes)
            if k not in taken
            and (unmade.intersection(_mentioned_after(change)) or needed.intersection(_removed(change)))
        }
        if not more:
            return frozenset(taken)
        taken |= more


def _introduced(change: Change) -> Iterator[str]:
    if isinstance(change, Added):
        yield from _defined(change.element, change.block)


def _removed(change: Change) -> Iterator[str]:
    if isinstance(change, Dropped):
        yield from _defined(change.element, change.block)


def _defined(element: Element, block: BlockName) -> Iterator[str]:
    match element:
        case Option(name=name):
            yield name
        case NamedState(name=name) if block == "states":
            yield f"state {name}"
        case DecisionMaker(id=dm, options=options):
            yield f"party {dm}"
            yield from (option.name for option in options)


def _mentioned_after(change: Change) -> Iterator[str]:
    match change:
        case Added(element=element):
            yield from _mentioned(element)
        case Altered(after=after, part="meaning"):
            yield from _mentioned(after)
        case PreferenceChanged(after=preference):
            yield from _mentioned_in(preference)
        case FieldChanged(field="status_quo", after=state):
            yield f"state {state}"


def _mentioned_before(change: Change) -> Iterator[str]:
    match change:
        case Dropped(element=element):
            yield from _mentioned(element)
        case Altered(before=before, part="meaning"):
            yield from _mentioned(before)
        case PreferenceChanged(before=preference):
            yield from _mentioned_in(preference)
        case FieldChanged(field="status_quo", before=state):
            yield f"state {state}"


def _mentioned(element: Element) -> Iterator[str]:
    match element:
        case Rule(statement=statement) | Weighted(statement=statement):
            yield from _options(statement)
        case Literal(option=option):
            yield option
        case ForbiddenMove(by=by, origin=origin, target=target):
            yield from (f"party {by}", *_options(origin), *_options(target))
        case NamedState(taken=taken):
            yield from taken
        case Coalition(members=members):
            yield from (f"party {member}" for member in members)
        case Step(origin=start, target=end):
            yield from (f"state {start}", f"state {end}")
        case Bearable(statement=borne, states=states):
            yield from () if borne is None else _options(borne)
            yield from (f"state {label}" for label in states)
        case DecisionMaker(preference=preference, moves=moves, bearable=bearable):
            yield from _mentioned_in(preference)
            yield from () if bearable is None else _mentioned(bearable)
            yield from (f"state {end}" for move in moves for end in move)


def _mentioned_in(preference: Preference) -> Iterator[str]:
    match preference:
        case Prioritising(statements=rules):
            yield from (name for rule in rules for name in _options(rule.statement))
        case Weighting(weights=weights):
            yield from (name for rule, _ in weights for name in _options(rule.statement))
        case Ranking(tiers=tiers):
            yield from (f"state {label}" for tier in tiers for label in tier)


def _options(statement: Statement) -> Iterator[str]:
    return options_in(statement.expression)
