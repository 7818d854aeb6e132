"""All that foresight makes of one state, by name."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, Literal

import numpy as np

from standoff.analyses.foresight import limited, maximin
from standoff.analyses.foresight.limited import Expected, LongRun, expectations
from standoff.analyses.foresight.menu_best import Table, table
from standoff.analyses.foresight.result import (
    Expectation,
    Foresight,
    Guarantee,
    Limited,
    Maximin,
    NonMyopic,
    Stackelberg,
)
from standoff.analyses.ways import named
from standoff.errors import RefusedError
from standoff.graph import GraphModel
from standoff.progress import Progress
from standoff.stability.engine.reach import choices

Kind = Literal["limited", "nonmyopic", "stackelberg", "maximin"]

KINDS: tuple[Kind, ...] = ("limited", "nonmyopic", "stackelberg", "maximin")

NAMES = {
    "limited": "Limited-move stability",
    "nonmyopic": "Non-myopic stability",
    "stackelberg": "Stackelberg stability",
    "maximin": "Maximin stability",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is asked.

    Attributes
    ----------
    kinds : sequence of Kind
        Refused where one is not defined; if empty, all that are defined are told.
    given : collection of int
        The states told first.
    most : int
        Most equilibria that are told.
    """

    state: int
    horizon: int
    kinds: Sequence[Kind] = ()
    given: Collection[int] = ()
    most: int = 10


def foresight(graph: GraphModel, asked: Asked, progress: Progress | None = None) -> Foresight:
    """Tell what decision makers that look ahead expect at a state.

    Raises
    ------
    RefusedError
        If a kind asked for is not defined, with the reason.
    """
    why = limited.why_not(graph)
    undefined: dict[str, str] = {
        kind: why for kind in asked.kinds or KINDS if kind != "maximin" and why is not None
    }
    if asked.kinds and undefined:
        kind, reason = next(iter(undefined.items()))
        raise RefusedError(
            f"{NAMES[kind]} is refused: {reason}. Maximin stability is offered for any number of decision "
            "makers, with ties too: --concept maximin"
        )
    kinds = [kind for kind in asked.kinds or KINDS if kind not in undefined]
    tables = [table(arcs, graph.space.size) for arcs in graph.arcs]
    found: dict[str, Any] = {}
    if kinds != ["maximin"]:
        seen = list(islice(expectations(graph, tables), max(asked.horizon, 2) + 1))
        found["limited"] = _limited(graph, seen[: asked.horizon + 1], asked)
        found["stackelberg"] = _stackelberg(graph, seen, asked)
    if "nonmyopic" in kinds:
        found["nonmyopic"] = _nonmyopic(graph, limited.long_run(expectations(graph, tables)), asked)
    if "maximin" in kinds:
        found["maximin"] = _maximin(graph, tables, asked, progress)
    return Foresight(
        state=graph.space.label(asked.state),
        horizon=asked.horizon,
        extended="maximin" in kinds and len(graph.arcs) > 2,
        undefined=undefined,
        **{kind: found[kind] for kind in kinds},
    )


def _limited(graph: GraphModel, seen: Sequence[Expected], asked: Asked) -> tuple[Limited, ...]:
    stays = [each.ends == np.arange(graph.space.size) for each in seen]
    return tuple(
        Limited(
            decision_maker=name,
            horizons=tuple(
                _expectation(graph, seen[: horizon + 1], stays[horizon], dm, asked.state)
                for horizon in range(1, len(seen))
            ),
        )
        for dm, name in enumerate(graph.decision_makers)
    )


def _expectation(
    graph: GraphModel, seen: Sequence[Expected], stays: maximin.Bools, dm: int, state: int
) -> Expectation:
    end, rank = int(seen[-1].ends[dm, state]), graph.ranks[dm]
    return Expectation(
        horizon=len(seen) - 1,
        stable=bool(stays[dm, state]),
        end=graph.space.label(end),
        ranks=int(rank[end]) - int(rank[state]),
        moves=named(graph, limited.line(seen, dm, state)),
        states=int(stays[dm].sum()),
        equilibria=int(stays.all(axis=0).sum()),
    )


def _stackelberg(graph: GraphModel, seen: Sequence[Expected], asked: Asked) -> tuple[Stackelberg, ...]:
    states = np.arange(graph.space.size)
    follows, leads = (seen[horizon].ends == states for horizon in (1, 2))
    found = []
    for leader, follower in ((0, 1), (1, 0)):
        equilibria = np.flatnonzero(leads[leader] & follows[follower]).tolist()
        told = sorted(equilibria, key=lambda number: (number not in asked.given, number))[: asked.most]
        found.append(
            Stackelberg(
                leader=graph.decision_makers[leader],
                follower=graph.decision_makers[follower],
                leader_stays=bool(leads[leader, asked.state]),
                follower_stays=bool(follows[follower, asked.state]),
                equilibria=tuple(graph.space.label(number) for number in told),
                states=len(equilibria),
            )
        )
    return tuple(found)


def _nonmyopic(graph: GraphModel, found: LongRun, asked: Asked) -> tuple[NonMyopic, ...]:
    stays, state, known = found.nonmyopic, asked.state, found.known
    return tuple(
        NonMyopic(
            decision_maker=name,
            stable=bool(stays[dm, state]) if known else None,
            since=int(found.since[dm, state]) if known else None,
            period=int(found.period[dm, state]) if known else None,
            ends=tuple(graph.space.label(end) for end in found.ends(dm, state)),
            states=int(stays[dm].sum()),
            equilibria=int(stays.all(axis=0).sum()),
            searched=len(found.seen),
        )
        for dm, name in enumerate(graph.decision_makers)
    )


def _maximin(
    graph: GraphModel, tables: Sequence[Table], asked: Asked, progress: Progress | None
) -> tuple[Maximin, ...]:
    guards = []
    for dm in range(len(graph.arcs)):
        if progress is not None:
            progress("looking ahead", dm / len(graph.arcs))
        guards.append(maximin.guard(graph, tables, dm, asked.horizon))
    equilibria = [
        int(np.logical_and.reduce([each.stable[turns] for each in guards]).sum())
        for turns in range(asked.horizon)
    ]
    prepared = choices(graph)

    def guarantee(dm: int, horizon: int) -> Guarantee:
        steps = maximin.line(graph, prepared, guards[dm], dm, asked.state, horizon)
        rank = graph.ranks[dm]
        return Guarantee(
            horizon=horizon,
            stable=bool(guards[dm].stable[horizon - 1][asked.state]),
            ranks=int(rank[steps[-1][2]]) - int(rank[asked.state]) if steps else None,
            moves=named(graph, steps),
            states=int(guards[dm].stable[horizon - 1].sum()),
            equilibria=equilibria[horizon - 1],
        )

    return tuple(
        Maximin(
            decision_maker=name,
            horizons=tuple(guarantee(dm, horizon) for horizon in range(1, asked.horizon + 1)),
        )
        for dm, name in enumerate(graph.decision_makers)
    )
