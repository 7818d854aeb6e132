"""Search for the shortest sanction of one improvement, as the sequence of moves that makes it."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from standoff.graph import GraphModel
from standoff.stability.concepts import Concept
from standoff.stability.engine.reach import FAR, Step, best_after_move, distances, shortest_path

NEAR = 20_000
"""So many reached pairs of state and mover are looked at one by one."""

Node = tuple[int, frozenset[int]]
"""A state and the decision makers that may not move next (nobody at the start, only there)."""

Before = dict[Node, tuple[Node, Step]]
"""The node and the step by which each node was first reached."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What the opponents can do about an improvement.

    `sanction` is a shortest sequence that deters it, or empty. If there is none, `foiled` is a
    shortest one that would, but for `escape`: the decision maker's best move from its end.
    """

    sanction: tuple[Step, ...] = ()
    foiled: tuple[Step, ...] = ()
    escape: int | None = None


def find_reply(graph: GraphModel, dm: int, state: int, target: int, concept: Concept, rule: str) -> Reply:
    """Return the opponents' answer to the improvement of `dm` from `state` to `target`.

    Breadth first over pairs of state and the movers that are barred: the last one (legal
    sequences: nobody moves twice in a row; Fang, Hipel and Kilgour 1993) or all so far
    (`once_per_dm`, the rule of GMCR+ 0.4.1). Cost: the moves among the states the opponents can
    reach, at worst; beyond `NEAR` of them legal sequences are searched for many states at a time.
    """
    ranks = graph.ranks[dm]
    floor = int(ranks[state])
    before: Before = {}
    reply = Reply()
    for end in _reached(graph, dm, target, before, credible=concept.credible, once=rule == "once_per_dm"):
        if rule == "legal_sequence" and len(before) > NEAR:
            return _far_reply(graph, dm, floor, target, concept)
        if ranks[end[0]] > floor:
            continue
        escape = _best_escape(graph, dm, end[0], floor) if concept.symmetric else None
        if escape is None:
            return Reply(sanction=_trace(before, end))
        if not reply.foiled:
            reply = Reply(foiled=_trace(before, end), escape=escape)
    return reply


def _far_reply(graph: GraphModel, dm: int, floor: int, target: int, concept: Concept) -> Reply:
    """Return the same answer for a large reachable set: distances to all states, then one way back."""
    opponents = [j for j in range(len(graph.decision_makers)) if j != dm]
    steps = distances(graph, target, opponents, improving=concept.credible).min(axis=0)
    ends = np.flatnonzero((steps < FAR) & (graph.ranks[dm] <= floor))
    held = ends[best_after_move(graph, dm)[ends] <= floor] if concept.symmetric else ends
    nearest = held if held.size else ends
    if not nearest.size:
        return Reply()
    end = int(nearest[steps[nearest].argmin()])
    way = shortest_path(graph, target, [end], opponents, improving=concept.credible) or ()
    if held.size:
        return Reply(sanction=way)
    return Reply(foiled=way, escape=_best_escape(graph, dm, end, floor))


def _best_escape(graph: GraphModel, dm: int, state: int, floor: int) -> int | None:
    """Return the decision maker's best move from a state to one better than `floor`, if any."""
    targets = graph.moves(dm, state)
    if not targets.size:
        return None
    best = int(targets[graph.ranks[dm][targets].argmax()])
    return best if graph.ranks[dm][best] > floor else None


def _reached(
    graph: GraphModel, dm: int, start: int, before: Before, *, credible: bool, once: bool
) -> Iterator[Node]:
    """Yield one node for each state that the opponents can reach, nearest first, and fill `before`."""
    opponents = [j for j in range(len(graph.decision_makers)) if j != dm]
    step = graph.improvements if credible else graph.moves
    queue: deque[Node] = deque([(start, frozenset())])
    found: set[int] = set()
    while queue:
        here = queue.popleft()
        state, barred = here
        for mover in opponents:
            if mover in barred:
                continue
            after = barred | {mover} if once else frozenset({mover})
            for target in step(mover, state).tolist():
                node = (target, after)
                if node in before:
                    continue
                before[node] = (here, (mover, state, target))
                queue.append(node)
                if target not in found:
                    found.add(target)
                    yield node


def _trace(before: Before, node: Node) -> tuple[Step, ...]:
    steps: list[Step] = []
    while node in before:
        node, step = before[node]
        steps.append(step)
    return tuple(reversed(steps))
