"""Sources, and the evidence of an element: citations in them or the word 'assumption'."""

from __future__ import annotations

from collections.abc import Mapping

from standoff.evidence import ASSUMPTION, DIRECTNESS, STANCES, Citation, Evidence, Source
from standoff.files.element import Element
from standoff.files.wording import quoted, suggestion

Sources = Mapping[str, Source | None]
"""Sources by id; None for one that is named but itself at fault."""


def read_sources(element: Element) -> dict[str, Source | None]:
    """Read the block `sources`."""
    found: dict[str, Source | None] = {}
    for name, part in element.entries("sources"):
        part.check_id(name)
        found[name] = _source(name, part)
    return found


def _source(name: str, element: Element) -> Source | None:
    parts = element.record("source")
    if parts is None:
        return None
    before = len(element.faults)
    texts = {key: part.line() for key, part in parts.items() if key != "masked"}
    sha256 = texts.get("sha256")
    if sha256 is not None and not (len(sha256) == 64 and set(sha256) <= set("0123456789abcdef")):
        parts["sha256"].fault(
            "bad-sha256", "This is no SHA-256 sum.", "Write 64 characters from 0-9 and a-f."
        )
    regions = [_region(item) for item in parts["masked"].items("regions")] if "masked" in parts else []
    if len(element.faults) > before or texts.get("title") is None:
        return None
    masked = tuple(region for region in regions if region is not None)
    return Source(
        id=name,
        title=texts["title"] or "",
        author=texts.get("author"),
        outlet=texts.get("outlet"),
        kind=texts.get("kind"),
        published=texts.get("published"),
        published_basis=texts.get("published_basis"),
        sha256=sha256,
        file=texts.get("file"),
        masked=masked,
    )


def _region(element: Element) -> tuple[int, int] | None:
    bounds = list(element.items("two offsets"))
    if len(bounds) != 2:
        if element.is_list:
            element.fault("bad-region", "A masked region has two offsets.", "Write [start, end].")
        return None
    start, end = bounds[0].count(), bounds[1].count()
    if start is None or end is None:
        return None
    if start >= end:
        element.fault(
            "bad-region", "The region ends before it begins.", "Write [start, end] with start below end."
        )
        return None
    return start, end


def read_evidence(element: Element, sources: Sources) -> Evidence | None:
    """Read what an element rests on."""
    if element.is_scalar:
        text = element.text("'assumption' or a list of citations")
        if text is not None and text != "assumption":
            cure = "Write 'assumption', or a list of citations."
            element.fault("bad-evidence", f"{quoted(text)} is no evidence.", cure)
        return ASSUMPTION if text == "assumption" else None
    citations = [_citation(item, sources) for item in element.items("citations")]
    if element.is_list and not citations:
        element.fault(
            "bad-evidence", "The list of citations is empty.", "Cite a passage, or write 'assumption'."
        )
    return Evidence(citations=tuple(citation for citation in citations if citation is not None))


def _citation(element: Element, sources: Sources) -> Citation | None:
    parts = element.record("citation")
    if parts is None:
        return None
    source = parts["source"].line() if "source" in parts else None
    if source is not None and source not in sources:
        message = f"Unknown source {quoted(source)}."
        parts["source"].fault("unknown-source", message, suggestion(source, sources))
    start = parts["start"].count() if "start" in parts else None
    end = parts["end"].count() if "end" in parts else None
    if start is not None and end is not None:
        _check_passage(parts["start"], start, end, sources.get(source or ""))
    says = parts["says"].text() if "says" in parts else None
    stance = _one_of(parts.get("stance"), STANCES)
    directness = _one_of(parts.get("directness"), DIRECTNESS)
    if source is None or start is None or end is None or says is None or stance is None or directness is None:
        return None
    return Citation(source=source, start=start, end=end, says=says, stance=stance, directness=directness)


def _check_passage(element: Element, start: int, end: int, source: Source | None) -> None:
    if start >= end:
        element.fault("bad-passage", "The passage ends before it begins.", "'start' must be below 'end'.")
        return
    for low, high in source.masked if source else ():
        if start < high and low < end:
            message = f"The passage touches the masked region [{low}, {high}] of its source."
            element.fault("masked-passage", message, "Cite a passage outside of it.")


def _one_of(element: Element | None, known: tuple[str, ...]) -> str | None:
    text = element.line() if element is not None else None
    if element is None or text is None or text in known:
        return text
    element.fault("unknown-choice", f"{quoted(text)} is none of the choices here.", suggestion(text, known))
    return None
