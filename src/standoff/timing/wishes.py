"""What a type of a decision maker wants, at given levels of the stocks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from standoff.graph import GraphModel
from standoff.model.conflict import Conflict
from standoff.model.timing import PartyType
from standoff.preferences import Ranks, ranking


def ranks_of(
    graph: GraphModel, conflict: Conflict, dm: int, type_: PartyType, levels: Mapping[str, int]
) -> Ranks:
    """Return the ranking of a decision maker that is of a type; of several shifts the last one rules."""
    preference = type_.preference
    for shift in type_.shifts:
        if levels[shift.stock] >= shift.at_least:
            preference = shift.preference
    return ranking(replace(conflict.decision_makers[dm], preference=preference), graph.space)


def as_type(
    graph: GraphModel, conflict: Conflict, dm: int, type_: PartyType, levels: Mapping[str, int]
) -> GraphModel:
    """Return the same graph in which a decision maker ranks the states as a type of it does."""
    ranks = list(graph.ranks)
    ranks[dm] = ranks_of(graph, conflict, dm, type_, levels)
    return replace(graph, ranks=tuple(ranks))
