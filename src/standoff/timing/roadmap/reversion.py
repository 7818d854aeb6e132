"""What happens when a breach is seen: where everybody goes back to."""

from __future__ import annotations

from dataclasses import dataclass, field

from standoff.graph import GraphModel, OptionArcs


@dataclass(frozen=True, slots=True, eq=False)
class Reversion:
    """Where a breach leads once it is seen.

    Attributes
    ----------
    graph : GraphModel
    name : str
        What it is called in text.
    to : int or None
        Everybody goes back to its options in this state, except those that cannot be left. None:
        only `taken` and `dropped` change.
    taken, dropped : int
        Masks of options that are set besides; option form only.
    """

    graph: GraphModel
    name: str
    to: int | None
    taken: int = 0
    dropped: int = 0
    _known: dict[int, int | None] = field(default_factory=dict)

    def landing(self, state: int) -> int | None:
        """Return the state that the reversion leads to from a state; None if it cannot be carried out."""
        if state not in self._known:
            self._known[state] = self._reached(state) if self.graph.is_graph_form else self._set(state)
        return self._known[state]

    def _set(self, state: int) -> int | None:
        codes = self.graph.space.codes
        code = int(codes[state])
        target = code if self.to is None else int(codes[self.to])
        target = target & ~self.dropped | self.taken
        for arcs in self.graph.arcs:
            if isinstance(arcs, OptionArcs):
                target |= code & arcs.stays_taken
                target &= ~(~code & arcs.stays_untaken)
        return self.graph.space.find(target)

    def _reached(self, state: int) -> int | None:
        """Return the state that is named if moves of whomever lead there."""
        seen, front = {state}, [state]
        while front and self.to not in seen:
            here = front.pop()
            for dm in range(len(self.graph.arcs)):
                fresh = set(self.graph.moves(dm, here).tolist()) - seen
                seen |= fresh
                front += fresh
        return self.to if self.to in seen else None
