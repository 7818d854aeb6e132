"""Belief in words, tables and documents: the ledger, and the evidence by type."""

from __future__ import annotations

from standoff.report.belief.document import belief_csv, belief_document, matrix_csv
from standoff.report.belief.view import belief_view, matrix_view
from standoff.report.belief.words import belief_sentences

__all__ = [
    "belief_csv",
    "belief_document",
    "belief_sentences",
    "belief_view",
    "matrix_csv",
    "matrix_view",
]
