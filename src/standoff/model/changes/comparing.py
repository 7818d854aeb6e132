"""What differs between two models, as a list of changes that turn the older into the newer."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from typing import Literal as OneOf

from standoff.model.changes.blocks import (
    OF_A_PARTY,
    OF_THE_CONFLICT,
    ORDERED,
    Elements,
    differing,
    elements,
    matched,
    party,
)
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
)
from standoff.model.conflict import Conflict, NamedState, Preference, Ranking
from standoff.model.fingerprint import meaning

_NUMBERED = re.compile(r"s[0-9]+")
_ABOUT_TIME: tuple[OneOf["types", "timing", "events", "contingency", "roadmap"], ...] = (
    "types",
    "timing",
    "events",
    "contingency",
    "roadmap",
)
_TOLD_APART: frozenset[BlockName] = frozenset({"status_quo_reasons", "sources"})


def model_changes(older: Conflict, newer: Conflict) -> tuple[Change, ...]:
    """Return the changes that turn the older model into the newer one.

    Applied to the older model (`applied`), all of them give a model with the newer one's
    fingerprint; any of them that hang together (`closed`) give a model in between. Changes with
    `matters` False (labels, notes, evidence, sources) leave the fingerprint as it is.
    """
    if older.is_graph_form != newer.is_graph_form:
        return (Rewritten(before=older, after=newer),)
    context = _Context(older, newer)
    found = [*_fields(older, newer)]
    for block in OF_THE_CONFLICT:
        found += context.block(block, None)
    common = {dm.id for dm in older.decision_makers} & {dm.id for dm in newer.decision_makers}
    for dm in (dm.id for dm in newer.decision_makers if dm.id in common):
        found += context.party(dm)
    return tuple(found)


def _fields(older: Conflict, newer: Conflict) -> Iterator[Change]:
    if older.name != newer.name:
        yield FieldChanged(field="name", before=older.name, after=newer.name, matters=False)
    if older.note != newer.note:
        yield FieldChanged(field="note", before=older.note, after=newer.note, matters=False)
    if older.as_of != newer.as_of:
        yield FieldChanged(field="as_of", before=older.as_of, after=newer.as_of)
    if older.is_graph_form and older.status_quo != newer.status_quo:
        yield FieldChanged(field="status_quo", before=older.status_quo, after=newer.status_quo)
    if any(getattr(older, block) != getattr(newer, block) for block in _ABOUT_TIME):
        yield from _about_time(older, newer)


def _about_time(older: Conflict, newer: Conflict) -> Iterator[Change]:
    said, says = meaning(older), meaning(newer)
    for block in _ABOUT_TIME:
        before, after = getattr(older, block), getattr(newer, block)
        if before != after:
            matters = said.get(block) != says.get(block)
            yield FieldChanged(field=block, before=before, after=after, matters=matters)


class _Context:
    """The two models, and which names of states their rankings use."""

    def __init__(self, older: Conflict, newer: Conflict) -> None:
        self.older, self.newer = older, newer
        self.ranked = {label for conflict in (older, newer) for label in ranked_labels(conflict)}
        self.numbered = any(_NUMBERED.fullmatch(label) for label in self.ranked)

    def party(self, dm: str) -> Iterator[Change]:
        before, after = party(self.older, dm).preference, party(self.newer, dm).preference
        if _as_a_whole(before) != _as_a_whole(after):
            yield PreferenceChanged(owner=dm, before=before, after=after)
        for block in OF_A_PARTY:
            if type(before) is type(after) or block in ("options", "moves", "bearable"):
                yield from self.block(block, dm)

    def block(self, block: BlockName, owner: str | None) -> Iterator[Change]:
        older, newer = elements(self.older, block, owner), elements(self.newer, block, owner)
        pairs = sorted(
            matched(block, older, newer, is_graph=self.newer.is_graph_form), key=lambda pair: pair[1]
        )
        fixed = _unmoved(pairs) if block in ORDERED else {new: old for old, new in pairs}
        gone = set(range(len(older))).difference(old for old, _ in pairs)
        for place in sorted(gone):
            element = older[place]
            matters = self._matters(block, element)
            yield Dropped(block=block, owner=owner, element=element, place=place, matters=matters)
        came = {new: old for old, new in pairs}
        above: int | None = None
        for place, element in enumerate(newer):
            if place in fixed:
                above = fixed[place]
            elif place in came:
                yield self._moved(block, owner, element, came[place], place, above)
            else:
                matters = self._matters(block, element)
                yield Added(
                    block=block, owner=owner, element=element, place=place, after=above, matters=matters
                )
        yield from self._altered(block, owner, older, newer, pairs)

    def _moved(
        self, block: BlockName, owner: str | None, element: Element, old: int, new: int, above: int | None
    ) -> Change:
        matters = block == "prefers" or self.numbered
        return Moved(
            block=block, owner=owner, element=element, place=old, to=new, after=above, matters=matters
        )

    def _altered(
        self,
        block: BlockName,
        owner: str | None,
        older: Elements,
        newer: Elements,
        pairs: list[tuple[int, int]],
    ) -> Iterator[Change]:
        for old, new in pairs:
            before, after = older[old], newer[new]
            for part in differing(before, after):
                matters = part == "meaning" and self._matters(block, before)
                if block == "states":
                    matters = self._matters(block, before) or self._matters(block, after)
                yield Altered(
                    block=block,
                    owner=owner,
                    before=before,
                    after=after,
                    place=old,
                    part=part,
                    matters=matters,
                )

    def _matters(self, block: BlockName, element: object) -> bool:
        if block == "states" and isinstance(element, NamedState) and not self.newer.is_graph_form:
            return element.name in self.ranked
        return block not in _TOLD_APART


def ranked_labels(conflict: Conflict) -> Iterator[str]:
    """Yield the labels that direct rankings use in option form, where labels are not the states."""
    if not conflict.is_graph_form:
        for dm in conflict.decision_makers:
            if isinstance(dm.preference, Ranking):
                yield from (label for tier in dm.preference.tiers for label in tier)


def _as_a_whole(preference: Preference) -> object:
    """Return what is compared as a whole: the kind, and of a ranking its tiers."""
    if isinstance(preference, Ranking):
        return Ranking, [sorted(tier) for tier in preference.tiers]
    return type(preference), []


def _unmoved(pairs: list[tuple[int, int]]) -> dict[int, int]:
    """Return newer -> older place of the most elements that keep their order (pairs by newer place)."""
    ends: list[int] = []
    chains: list[tuple[tuple[int, int], ...]] = []
    for old, new in pairs:
        length = bisect_left(ends, old)
        chain = (*(chains[length - 1] if length else ()), (old, new))
        ends[length : length + 1] = [old]
        chains[length : length + 1] = [chain]
    return {new: old for old, new in (chains[-1] if chains else ())}
