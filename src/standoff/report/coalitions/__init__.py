"""What coalitions can do, wedges and spoilers: sentences, tables and the document, from one result."""

from standoff.report.coalitions.document import coalitions_document
from standoff.report.coalitions.view import coalitions_view

__all__ = ["coalitions_document", "coalitions_view"]
