"""The blocks about time of a model file: `types`, `timing`, `events`, `contingency` and `roadmap`."""

from __future__ import annotations

from typing import TypedDict

from standoff.files.clauses import Names, Parts
from standoff.files.timed.deals import read_roadmap
from standoff.files.timed.log import read_events
from standoff.files.timed.naming import TimedNames, timed_names
from standoff.files.timed.plans import read_contingency
from standoff.files.timed.rates import read_timing
from standoff.files.timed.types import read_types
from standoff.model.roadmap import Roadmap
from standoff.model.timing import Contingency, Event, Timing, Types

__all__ = ["TimedNames", "read_timed"]


class Timed(TypedDict):
    """What the blocks about time add to a conflict."""

    types: Types | None
    timing: Timing | None
    events: tuple[Event, ...]
    contingency: tuple[Contingency, ...]
    roadmap: Roadmap | None


def read_timed(parts: Parts, names: Names) -> Timed:
    """Read the blocks about time; what is wrong is reported at its place."""
    known = timed_names(parts, names)
    return Timed(
        types=read_types(parts["types"], known) if "types" in parts else None,
        timing=read_timing(parts["timing"], known) if "timing" in parts else None,
        events=read_events(parts["events"], known) if "events" in parts else (),
        contingency=read_contingency(parts["contingency"], known) if "contingency" in parts else (),
        roadmap=read_roadmap(parts["roadmap"], known) if "roadmap" in parts else None,
    )
