"""How long to wait, in words, tables and as a document."""

from standoff.report.waiting.sentences import waiting_sentences
from standoff.report.waiting.view import waiting_document, waiting_view

__all__ = ["waiting_document", "waiting_sentences", "waiting_view"]
