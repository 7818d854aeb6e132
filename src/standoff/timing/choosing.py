"""What a decision maker does with an opportunity to move: better ranks are likelier, how much says kappa."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from standoff.graph import GraphModel
from standoff.model.timing import Choice
from standoff.preferences import Ranks
from standoff.timing.arrays import Floats


@dataclass(frozen=True, slots=True, eq=False)
class Menu:
    """Where a decision maker can go from each state of the play, itself first, by place among them."""

    places: tuple[NDArray[np.int64], ...]


def menus_of(graph: GraphModel, dm: int, states: NDArray[np.int64]) -> Menu:
    """Return the menus of a decision maker in the states of a play (ascending numbers)."""
    found = []
    for place, state in enumerate(states.tolist()):
        targets = graph.moves(dm, state)
        at = np.minimum(np.searchsorted(states, targets), states.size - 1)
        within = at[states[at] == targets]
        found.append(np.concatenate([np.array([place], np.int64), within]))
    return Menu(tuple(found))


def standing(ranks: Ranks, states: NDArray[np.int64]) -> Floats:
    """Return for each state of a play the share of the others that are ranked strictly below it.

    It uses ranks as if they were equally spaced, which ranks do not say: an assumption.
    """
    own = ranks[states]
    below = np.searchsorted(np.sort(own), own, side="left")
    return below / max(1, states.size - 1)


def choice_probabilities(menu: Menu, score: Floats, choice: Choice) -> tuple[Floats, ...]:
    """Return, in each state, the probability of each entry of its menu.

    An entry is chosen with weight exp(kappa * score), with kappa infinite the best ones alike.
    A decision maker who looks h moves ahead scores an entry by the best that h - 1 more moves
    of its own can lead to (this project's own rule; kappa 0 is uniform, infinity a best reply).
    """
    ahead = score
    for _ in range(choice.moves_ahead - 1):
        ahead = np.array([ahead[entries].max() for entries in menu.places])
    kappa = None if choice.kappa is None else float(choice.kappa)
    return tuple(_weights(ahead[entries], kappa) for entries in menu.places)


def _weights(scores: Floats, kappa: float | None) -> Floats:
    best = scores.max()
    weights = (scores == best).astype(np.float64) if kappa is None else np.exp(kappa * (scores - best))
    return weights / weights.sum()
