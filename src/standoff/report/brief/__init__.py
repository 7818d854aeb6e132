"""The brief: one page made from a study, as HTML or as a document.

`value` says what it consists of, `outline` in which order, `sections` make the parts.
"""

from __future__ import annotations

from standoff.report.brief.asked import Asked, Deal
from standoff.report.brief.document import brief_document
from standoff.report.brief.html import brief_html
from standoff.report.brief.outline import OUTLINE, brief
from standoff.report.brief.value import Brief

__all__ = ["OUTLINE", "Asked", "Brief", "Deal", "brief", "brief_document", "brief_html"]
