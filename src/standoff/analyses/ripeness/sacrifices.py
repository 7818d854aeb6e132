"""A way from one state to another on which the fewest steps hurt the one who takes them."""

from __future__ import annotations

from heapq import heappop, heappush

from standoff.graph import GraphModel
from standoff.stability.engine.reach import Step

Node = tuple[int, int]
"""A state and who moved last; -1 at the start."""


def fewest_sacrifices(graph: GraphModel, start: int, goal: int) -> tuple[Step, ...] | None:
    """Return a legal sequence of moves with the fewest sacrifices, of these a shortest one."""
    queue: list[tuple[int, int, int, int]] = [(0, 0, start, -1)]
    best: dict[Node, tuple[int, int]] = {(start, -1): (0, 0)}
    before: dict[Node, Node] = {}
    while queue:
        lost, length, state, last = heappop(queue)
        if best[state, last] < (lost, length):
            continue
        if state == goal:
            return _trace(before, (state, last))
        for dm in range(len(graph.decision_makers)):
            if dm == last:
                continue
            rank = graph.ranks[dm]
            for target in graph.moves(dm, state).tolist():
                cost = (lost + bool(rank[target] < rank[state]), length + 1)
                node = (target, dm)
                if node not in best or cost < best[node]:
                    best[node], before[node] = cost, (state, last)
                    heappush(queue, (*cost, *node))
    return None


def _trace(before: dict[Node, Node], node: Node) -> tuple[Step, ...]:
    steps: list[Step] = []
    while node in before:
        origin = before[node]
        steps.append((node[1], origin[0], node[0]))
        node = origin
    return tuple(reversed(steps))
