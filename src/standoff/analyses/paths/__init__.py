"""Status quo analysis: which steps lead from a state to others, and what they cost whom.

`search` finds the cheapest paths by number, `ways` tells them by name, `cycles` finds improvements
that go round in circles.
"""

from __future__ import annotations

from standoff.analyses.paths.movers import Mover, movers
from standoff.analyses.paths.search import Search, search
from standoff.analyses.paths.steps import Cost, Kind, Step, cost

__all__ = ["Cost", "Kind", "Mover", "Search", "Step", "cost", "movers", "search"]
