"""A phased deal in sentences, as a page for the terminal and as a document."""

from __future__ import annotations

from standoff.report.roadmap.view import roadmap_document, roadmap_view
from standoff.report.roadmap.words import roadmap_sentences, roadmap_told

__all__ = ["roadmap_document", "roadmap_sentences", "roadmap_told", "roadmap_view"]
