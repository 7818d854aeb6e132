"""The solution concepts as a table of records; they differ by which replies count as sanctions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from standoff.errors import UsageError, did_you_mean


@dataclass(frozen=True, slots=True, kw_only=True)
class Concept:
    """A solution concept.

    Attributes
    ----------
    key : str
        Name in files, options and JSON.
    short : str
        Name in text and tables.
    name : str
        Full name.
    credible : bool
        Opponents sanction only by improvements of their own.
    symmetric : bool
        A sanction must also survive the decision maker's own next move.
    definition : str
        When state s is stable for decision maker i.
    reference : str
        Key in docs/references.bib of the origin.
    """

    key: str
    short: str
    name: str
    credible: bool
    symmetric: bool
    definition: str
    reference: str


_ANSWERED = "every improvement of i from s can be answered by"
_ESCAPE = "which is, with every move of i from there, no better than s for i"

CONCEPTS: dict[str, Concept] = {
    concept.key: concept
    for concept in (
        Concept(
            key="nash",
            short="Nash",
            name="Nash stability",
            credible=False,
            symmetric=False,
            definition="i has no improvement from s",
            reference="nash1950",
        ),
        Concept(
            key="gmr",
            short="GMR",
            name="general metarationality",
            credible=False,
            symmetric=False,
            definition=f"{_ANSWERED} moves of the others that end no better than s for i",
            reference="howard1971",
        ),
        Concept(
            key="smr",
            short="SMR",
            name="symmetric metarationality",
            credible=False,
            symmetric=True,
            definition=f"{_ANSWERED} moves of the others that end at a state {_ESCAPE}",
            reference="howard1971",
        ),
        Concept(
            key="seq",
            short="SEQ",
            name="sequential stability",
            credible=True,
            symmetric=False,
            definition=f"{_ANSWERED} improvements of the others that end no better than s for i",
            reference="fraser1979",
        ),
        Concept(
            key="sseq",
            short="SSEQ",
            name="symmetric sequential stability",
            credible=True,
            symmetric=True,
            definition=f"{_ANSWERED} improvements of the others that end at a state {_ESCAPE}",
            reference="rego2017",
        ),
        Concept(
            key="sim",
            short="SIM",
            name="simultaneous sanctioning",
            credible=True,
            symmetric=False,
            definition="every improvement of i from s, together with improvements of the others taken from s "
            "at the same time, can end no better than s for i",
            reference="fraser1984",
        ),
    )
}

IMPLIED: dict[str, frozenset[str]] = {
    "nash": frozenset({"sseq", "seq", "smr", "gmr", "sim"}),
    "sseq": frozenset({"seq", "smr", "gmr"}),
    "seq": frozenset({"gmr"}),
    "smr": frozenset({"gmr"}),
    "gmr": frozenset(),
    "sim": frozenset(),
}
"""Concepts that hold wherever the one named holds (Fang, Hipel and Kilgour 1993; Rego and Vieira 2017)."""

CORE: tuple[str, ...] = ("nash", "gmr", "smr", "seq", "sseq")
"""The concepts that are always computed; bit b of an engine's answer stands for CORE[b]."""

RULES: tuple[str, ...] = ("legal_sequence", "once_per_dm")
"""How opponents may move in a sanction: nobody twice in a row, or each at most once."""


def concept(key: str) -> Concept:
    """Return the record of a concept.

    Raises
    ------
    UsageError
        If there is no such concept.
    """
    try:
        return CONCEPTS[key]
    except KeyError:
        raise UsageError(f"There is no concept '{key}'. {did_you_mean(key, tuple(CONCEPTS))}") from None


def strongest(keys: Iterable[str]) -> tuple[str, ...]:
    """Return those of the concepts that none of the others implies, in the order of the table."""
    held = set(keys)
    kept = held.difference(*(IMPLIED[key] for key in held))
    return tuple(key for key in CONCEPTS if key in kept)


def weakest(keys: Iterable[str]) -> tuple[str, ...]:
    """Return those of the concepts that imply none of the others, in the order of the table."""
    failed = set(keys)
    return tuple(key for key in CONCEPTS if key in failed and not IMPLIED[key] & failed)
