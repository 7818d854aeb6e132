"""The moves of one decision maker, ranked by where play settles, and what each leads to."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from time import monotonic

import numpy as np
from numpy.typing import NDArray

from standoff.analyses.moves.play import Play
from standoff.analyses.moves.result import NextMoves, OptionEffect, Outlook
from standoff.analyses.ways import named, worst_outcome
from standoff.graph import GraphModel, OptionArcs
from standoff.stability.engine.reach import choices
from standoff.stability.engine.resting import resting
from standoff.stability.engine.solve import worst_replies

Key = tuple[int, int, int]
"""Ranks for the mover: the worst place where play settles, the worst credible reply, the target."""

Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is told about moves, apart from the graph model.

    Attributes
    ----------
    concept : str
        Of the equilibria that are opened and closed.
    equilibria : bool array (states)
    given : collection of int
        States that are named before others.
    most : int
        Most moves that are told.
    statements : sequence of (text, bool array), or empty
        The mover's prioritised statements and where they are true, most important first.
    deadline : float or None
        The moment (`time.monotonic`) after which no further move is told.
    """

    concept: str
    equilibria: Bools
    given: Collection[int]
    most: int
    statements: tuple[tuple[str, Bools], ...] = ()
    deadline: float | None = None


def next_moves(
    graph: GraphModel,
    dm: int,
    state: int,
    asked: Asked,
    progress: Callable[[str, float], None] | None = None,
) -> NextMoves:
    """Rank the moves of a decision maker from a state and say what each leads to.

    A move ranks before another one if the worst place where play can settle after it is better;
    among equals, if the worst credible reply is; among equals, if its target is. Moves alike in all
    three share a place; of these, those that change fewer options are told first.
    """
    prepared = choices(graph)
    tell = progress or _ignore
    tell("improvements", 0.0)
    sinks = resting(graph, prepared)
    play = Play(graph, prepared, sinks, dm, state)
    credible = worst_replies(graph, [dm], progress=progress)[0, 1]
    settled = sinks.worst(graph.ranks[dm])
    targets = [state, *graph.moves(dm, state).tolist()]
    keys: dict[int, Key] = {
        target: (play.worst_after(target, settled), int(credible[target]), int(graph.ranks[dm][target]))
        for target in targets
    }
    order = sorted(targets[1:], key=lambda target: _before(graph, state, target, keys))
    best_first = sorted(keys.values(), reverse=True)
    told: list[Outlook] = []
    for target in [state, *order[: asked.most]]:
        if told and asked.deadline is not None and monotonic() > asked.deadline:
            break
        told.append(_outlook(play, target, keys, 1 + best_first.index(keys[target]), asked))
        tell("moves", len(told) / (1 + min(asked.most, len(order))))
    return NextMoves(
        decision_maker=graph.decision_makers[dm],
        state=graph.space.label(state),
        concept=asked.concept,
        number=len(order),
        better_than_staying=sum(key > keys[state] for key in keys.values()),
        staying=told[0],
        moves=tuple(told[1:]),
        stopped=len(told) <= min(asked.most, len(order)),
    )


def _ignore(_phase: str, _fraction: float) -> None:
    """Show no progress."""


def _before(graph: GraphModel, state: int, target: int, keys: dict[int, Key]) -> tuple[int, ...]:
    """Return what moves are sorted by: best key first, then fewest options changed, then number."""
    codes = graph.space.codes
    changed = 0 if graph.is_graph_form else (int(codes[state]) ^ int(codes[target])).bit_count()
    return (*(-part for part in keys[target]), changed, target)


def _outlook(play: Play, target: int, keys: dict[int, Key], place: int, asked: Asked) -> Outlook:
    graph, dm, state = play.graph, play.dm, play.state
    effects = _effects(graph, dm, state, target, keys)
    settling, reach = play.after(target)
    at_once = int(graph.ranks[dm][target]) - int(graph.ranks[dm][state])
    here = int(graph.ranks[dm][state])
    as_good = any(key[2] > here and key[0] >= keys[target][0] for key in keys.values())
    reach = play.before if target == state else reach
    opens, closes = play.opened_and_closed(reach, asked.equilibria, asked.given)
    return Outlook(
        place=place,
        target=graph.space.label(target),
        move=None if target == state else named(graph, [(dm, state, target)])[0],
        at_once=at_once,
        decided_by=next((text for text, true in asked.statements if true[state] != true[target]), None),
        any_reply=worst_outcome(graph, play.prepared, dm, target, state, credible=False),
        credible_reply=worst_outcome(graph, play.prepared, dm, target, state, credible=True),
        settling=settling,
        opens=opens,
        closes=closes,
        closes_for_good=play.closed_for_good(target, asked.equilibria, asked.given),
        effects=tuple(effect for effect, _ in effects),
        carriers=_decisive(effects, "worse", min),
        burdens=_decisive(effects, "better", max),
        verdict=play.verdict(target, settling, at_once=at_once, as_good=as_good),
    )


def _effects(
    graph: GraphModel, dm: int, state: int, target: int, keys: dict[int, Key]
) -> list[tuple[OptionEffect, Key | None]]:
    """Return, for each option that a move of several changes, the move without it."""
    arcs = graph.arcs[dm]
    codes = graph.space.codes
    changed = int(codes[state]) ^ int(codes[target])
    if not isinstance(arcs, OptionArcs) or changed.bit_count() < 2:
        return []
    found: list[tuple[OptionEffect, Key | None]] = []
    for bit, option in enumerate(graph.space.options):
        if not changed >> bit & 1:
            continue
        rest = graph.space.find(int(codes[target]) ^ 1 << bit)
        key = None if rest is None else keys.get(rest)
        found.append(
            (
                OptionEffect(
                    option=option,
                    target=None if rest is None or key is None else graph.space.label(rest),
                    compared=None if key is None else _compared(key, keys[target]),
                ),
                key,
            )
        )
    return found


def _compared(key: Key, whole: Key) -> str:
    if key == whole:
        return "same"
    return "better" if key > whole else "worse"


def _decisive(
    effects: list[tuple[OptionEffect, Key | None]], compared: str, furthest: Callable[..., Key | None]
) -> tuple[str, ...]:
    """Return the options whose absence moves the rest furthest down, or up, from the whole move."""
    found = [(key, effect.option) for effect, key in effects if effect.compared == compared]
    extreme = furthest((key for key, _ in found if key is not None), default=None)
    return tuple(option for key, option in found if key == extreme)
