"""Foresight: what a decision maker that looks several moves ahead expects, and whether it stays.

`limited` has limited-move and non-myopic stability, `maximin` what a decision maker can make sure of,
`answer` tells both, and Stackelberg stability, for one state by name.
"""

from __future__ import annotations

from standoff.analyses.foresight.answer import KINDS, Kind, foresight
from standoff.analyses.foresight.result import (
    Expectation,
    Foresight,
    Guarantee,
    Limited,
    Maximin,
    NonMyopic,
    Stackelberg,
)

__all__ = [
    "KINDS",
    "Expectation",
    "Foresight",
    "Guarantee",
    "Kind",
    "Limited",
    "Maximin",
    "NonMyopic",
    "Stackelberg",
    "foresight",
]
