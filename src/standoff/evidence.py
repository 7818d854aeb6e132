"""What an element of a model rests on: sources, citations in them, or a plain assumption."""

from __future__ import annotations

from dataclasses import dataclass

STANCES = ("supports", "contradicts", "context")
DIRECTNESS = ("own-words", "reported", "narrated", "author-opinion", "analyst-inference")


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A document that evidence points into.

    `masked` holds regions (start, end) in code points that no evidence may rest on, such as
    link lists and biographies. `published` is text, since many dates are ranges or inferred.
    """

    id: str
    title: str
    author: str | None = None
    outlet: str | None = None
    kind: str | None = None
    published: str | None = None
    published_basis: str | None = None
    sha256: str | None = None
    file: str | None = None
    masked: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """A passage of a source: code points [start, end), our paraphrase, and how it bears."""

    source: str
    start: int
    end: int
    says: str
    stance: str
    directness: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What one element rests on. No citation means: an assumption, and said to be one."""

    citations: tuple[Citation, ...] = ()

    @property
    def is_assumption(self) -> bool:
        """Whether the analyst marked the element as assumed."""
        return not self.citations

    @property
    def is_contested(self) -> bool:
        """Whether some passage supports the element and another contradicts it."""
        stances = {citation.stance for citation in self.citations}
        return {"supports", "contradicts"} <= stances


ASSUMPTION = Evidence()
