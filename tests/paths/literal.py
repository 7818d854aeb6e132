"""Paths word for word, state after state, from the plain data of the oracles. Slow on purpose.

A step is made by one decision maker, or by a coalition: then at least two members change options
of their own at once. Nobody takes part in two steps in a row.
"""

from __future__ import annotations

from heapq import heappop, heappush

from standoff.model.conflict import Conflict
from tests.oracles.literal import Model
from tests.oracles.plain import true_in

KINDS = ("moves", "improvements", "sacrifices")


def can_together(conflict: Conflict, model: Model, members, s, t) -> bool:
    """Whether the members can go from s to t by changing options at once."""
    moving = [i for i in members if (s ^ t) & model.own[i]]
    if len(moving) < 2 or not (s ^ t) <= frozenset().union(*(model.own[i] for i in members)):
        return False
    for literal in conflict.irreversible:
        true_before = (literal.option in s) == literal.taken
        true_after = (literal.option in t) == literal.taken
        if true_before and not true_after:
            return False
    for move in conflict.forbidden_moves:
        by = model.names.index(move.by)
        if by in moving and true_in(move.origin.expression, s) and true_in(move.target.expression, t):
            return False
    return True


def can_step(conflict: Conflict, model: Model, members, s, t) -> bool:
    if s == t:
        return False
    if len(members) == 1:
        return model.can(members[0], s, t)
    return can_together(conflict, model, members, s, t)


def cost_of_step(model: Model, kind: str, members, s, t):
    """(sacrifices, ranks lost, steps); None if it is no step of this kind."""
    gains = [model.rank(i, t) - model.rank(i, s) for i in members]
    if kind == "moves":
        return (0, 0, 1)
    if kind == "improvements":
        return (0, 0, 1) if all(gain > 0 for gain in gains) else None
    lost = [-gain for gain in gains if gain < 0]
    return (len(lost), sum(lost), 1)


def all_steps(conflict: Conflict, model: Model, movers):
    """Where everybody can go from every state: the states by state and mover."""
    return {
        (s, row): [t for t in model.states if can_step(conflict, model, members, s, t)]
        for s in model.states
        for row, members in enumerate(movers)
    }


def cheapest(model: Model, movers, steps, start, kind):
    """Cost of, and number of, cheapest paths to every pair (state, last mover); Dijkstra's method."""
    best, ways, todo, done = {}, {}, [], set()

    def offer(cost, pair, number):
        if pair not in best or cost < best[pair]:
            best[pair], ways[pair] = cost, 0
            heappush(todo, (cost, model.states.index(pair[0]), pair[1]))
        if cost == best[pair]:
            ways[pair] += number

    def go_on(s, spent, last, number):
        for row, members in enumerate(movers):
            for t in steps[s, row] if not set(members) & last else ():
                more = cost_of_step(model, kind, members, s, t)
                if more is not None:
                    offer(tuple(a + b for a, b in zip(spent, more, strict=True)), (t, row), number)

    go_on(start, (0, 0, 0), set(), 1)
    while todo:
        cost, place, last = heappop(todo)
        pair = (model.states[place], last)
        if pair not in done:
            done.add(pair)
            go_on(pair[0], cost, set(movers[last]), ways[pair])
    return best, ways


def to(best, ways, start, goal):
    """The least cost of reaching a state, and the number of ways to do so."""
    if goal == start:
        return (0, 0, 0), 1
    costs = {pair: cost for pair, cost in best.items() if pair[0] == goal}
    if not costs:
        return None, 0
    least = min(costs.values())
    return least, sum(ways[pair] for pair, cost in costs.items() if cost == least)
