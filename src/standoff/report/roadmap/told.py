"""A sentence on a phased deal together with the results that it was made from."""

from __future__ import annotations

from dataclasses import dataclass

from standoff.timing.roadmap.result import Defection, Guarded, Schedule, Test, Threat
from standoff.timing.roadmap.verdicts import RankRow, Row

About = Row | RankRow | Threat | Schedule | Defection | Test | Guarded


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence, and what it was made from.

    Attributes
    ----------
    text : str
    about : tuple of About
        None: it comes from the answer as a whole.
    is_detail : bool
        Whether a page may fold it away: one row among many, or one condition on spacings.
    """

    text: str
    about: tuple[About, ...] = ()
    is_detail: bool = False
