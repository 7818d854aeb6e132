"""A simple engine: reachability by Boolean matrices, stability by the definitions. Up to 1,000 states or so."""

from __future__ import annotations

import numpy as np

from standoff.graph import GraphModel


def stability(graph: GraphModel) -> np.ndarray:
    """Bits of every decision maker and state, as the engine gives them."""
    states, parties = graph.space.size, range(len(graph.arcs))
    moves = [matrix(graph.moves, dm, states) for dm in parties]
    better = [moves[dm] & (graph.ranks[dm][None, :] > graph.ranks[dm][:, None]) for dm in parties]
    found = np.zeros((len(graph.arcs), states), np.uint8)
    for dm in parties:
        others = [j for j in parties if j != dm]
        anywhere = legal([moves[j] for j in others], states)
        credible = legal([better[j] for j in others], states)
        rank = graph.ranks[dm]
        for s in range(states):
            fine = rank <= rank[s]
            held = fine & ~(moves[dm] & ~fine[None, :]).any(axis=1)
            deterred = [fine & False, fine, held, fine, held]
            reach = [anywhere, anywhere, anywhere, credible, credible]
            for bit in range(5):
                replies = reach[bit][better[dm][s]]
                found[dm, s] |= np.uint8((replies & deterred[bit]).any(axis=1).all() << bit)
    return found


def matrix(moves, dm: int, states: int) -> np.ndarray:
    arcs = np.zeros((states, states), bool)
    for s in range(states):
        arcs[s, moves(dm, s)] = True
    return arcs


def legal(steps: list[np.ndarray], states: int) -> np.ndarray:
    """Where legal sequences lead: the first move is one mover's, the rest begins with another's."""
    begun, arrows = [step.copy() for step in steps], [step.astype(np.float32) for step in steps]
    nowhere = np.zeros((states, states), bool)
    while True:
        before = [each.copy() for each in begun]
        for a, arrow in enumerate(arrows):
            rest = np.logical_or.reduce([nowhere, *(each for b, each in enumerate(begun) if b != a)])
            begun[a] |= (arrow @ rest.astype(np.float32)) > 0
        if all(np.array_equal(old, new) for old, new in zip(before, begun, strict=True)):
            return np.logical_or.reduce([nowhere, *begun])
