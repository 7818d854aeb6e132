"""What the numbers in a GMCR+ document stand for, by name."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pydantic import ValidationError

from standoff.files.gmcr.patterns import Pattern
from standoff.files.gmcr.schema import Condition, Document, Ours
from standoff.files.grammar import KEYWORDS

_ID = re.compile(r"[a-z][a-z0-9_]*")
_STATE_NAME = re.compile(r"(?!s[0-9]+$)[a-z][a-z0-9_-]*")


@dataclass(frozen=True, slots=True)
class Names:
    """Names by number; `order` has the options again, in the order of the decision makers."""

    decision_makers: tuple[str, ...]
    options: tuple[str, ...]
    order: tuple[str, ...]

    def chosen(self, options: Iterable[int]) -> frozenset[str]:
        """Return the names of some options."""
        return frozenset(self.options[option] for option in options)

    def pattern(self, condition: Condition) -> Pattern:
        """Return a condition with names in it."""
        return frozenset((self.options[option], answer == "Y") for option, answer in condition)


def made_names(doc: Document) -> Names:
    """Make ids from the names that people read."""
    ids = unique(_slug(dm.name, "party") for dm in doc.decision_makers)
    own = [
        unique(_slug(doc.options[option].name, "option") for option in dm.options)
        for dm in doc.decision_makers
    ]
    return _joined(doc, ids, own)


def given_names(doc: Document, ours: Ours) -> Names:
    """Take the ids that this program has put into the file."""
    own = [[ours.options[option] for option in dm.options] for dm in doc.decision_makers]
    return _joined(doc, ours.decision_makers, own)


def unique(slugs: Iterable[str]) -> list[str]:
    """Return the slugs with repeats numbered: relief, relief_2, relief_3."""
    found: dict[str, None] = {}
    tried: dict[str, int] = {}
    for slug in slugs:
        name = slug
        while name in found:
            tried[slug] = tried.get(slug, 1) + 1
            name = f"{slug}_{tried[slug]}"
        found[name] = None
    return list(found)


def fitting(doc: Document, names: Names) -> Ours | None:
    """Return what this program added to the file if it is there and still fits the rest."""
    try:
        ours = Ours.model_validate(doc.ours)
    except ValidationError:
        return None
    fits = _ids_fit(doc, ours) and _numbers_fit(doc, ours) and _states_fit(doc, ours, names)
    return ours if fits else None


def _ids_fit(doc: Document, ours: Ours) -> bool:
    if len(ours.decision_makers) != len(doc.decision_makers) or len(ours.options) != len(doc.options):
        return False
    own = ([ours.options[option] for option in dm.options] for dm in doc.decision_makers)
    return all(_are_ids(ids) for ids in (ours.decision_makers, *own))


def _are_ids(ids: Sequence[str]) -> bool:
    return len(set(ids)) == len(ids) and all(_ID.fullmatch(id_) and id_ not in KEYWORDS for id_ in ids)


def _numbers_fit(doc: Document, ours: Ours) -> bool:
    options = (option for state in (ours.status_quo, *ours.states.values()) for option in state)
    members = (dm for group in ours.coalitions.values() for dm in group)
    return all(0 <= option < len(doc.options) for option in options) and all(
        0 <= dm < len(doc.decision_makers) for dm in members
    )


def _states_fit(doc: Document, ours: Ours, names: Names) -> bool:
    named = [names.chosen(state) for state in ours.states.values()]
    if len(set(named)) < len(named) or not all(map(_STATE_NAME.fullmatch, ours.states)):
        return False
    excluded = [names.pattern(condition) for condition in doc.infeasibles]
    return not any(
        _matches(pattern, state) for pattern in excluded for state in (*named, names.chosen(ours.status_quo))
    )


def _matches(pattern: Pattern, taken: frozenset[str]) -> bool:
    return all((option in taken) == answer for option, answer in pattern)


def _joined(doc: Document, ids: Sequence[str], own: Sequence[Sequence[str]]) -> Names:
    options = [""] * len(doc.options)
    for dm, id_, names in zip(doc.decision_makers, ids, own, strict=True):
        for option, name in zip(dm.options, names, strict=True):
            options[option] = f"{id_}.{name}"
    order = tuple(options[option] for dm in doc.decision_makers for option in dm.options)
    return Names(tuple(ids), tuple(options), order)


def _slug(name: str, kind: str) -> str:
    """Return what a name becomes as an id; `kind` where nothing of it is left."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "_", plain).strip("_")[:40].rstrip("_")
    if not slug:
        return kind
    return f"{kind}_{slug}" if slug in KEYWORDS or not slug[0].isalpha() else slug
