"""Whether a phased deal keeps itself: each step, each side, one deviation at a time."""

from __future__ import annotations

from standoff.timing.roadmap.answer import Guard, roadmap
from standoff.timing.roadmap.result import RoadmapAnswer
from standoff.timing.roadmap.reversion import Reversion
from standoff.timing.roadmap.sides import Side, sides

__all__ = ["Guard", "Reversion", "RoadmapAnswer", "Side", "roadmap", "sides"]
