"""What the states are that the sentences on a phased deal name by their labels only."""

from __future__ import annotations

from collections.abc import Iterator

from standoff.report.names import change
from standoff.stability.verdict import Move
from standoff.study import Study
from standoff.timing.roadmap.result import RoadmapAnswer
from standoff.timing.roadmap.verdicts import RankRow

MOST_DEMANDS = 4
"""So many conditions of a side are told unless every one is asked for."""


def explained_by_ranks(study: Study, found: RoadmapAnswer, most: int) -> list[str]:
    """Say what the states are between which spacings are compared, each against the nearest of the deal."""
    told = [label for row in found.rank_rows for label in _of_row(row, most)]
    return [_explained(study, found, label) for label in _to_explain(study, found, told)]


def explained_otherwise(study: Study, found: RoadmapAnswer, most: int) -> list[str]:
    """Say what the other states are that are named: where the threat leads, and contradicted ranks."""
    told = [*found.threat.stuck, *(each.state for each in found.threat.temptations)]
    told += [label for *_, above, below in found.contradicted for label in (above, below)]
    known = {label for row in found.rank_rows for label in _of_row(row, most)}
    return [_explained(study, found, each) for each in _to_explain(study, found, told) if each not in known]


def stretches_of(row: RankRow) -> list[tuple[str, str]]:
    """Return the stretches that conditions speak of, from a state up to a better one, each once."""
    weights = (each for demand in row.demands for each in (*demand.gains, *demand.losses))
    return list(dict.fromkeys((each.lower, each.upper) for each in weights))


def _of_row(row: RankRow, most: int) -> Iterator[str]:
    """Yield the states that the sentences on one side name."""
    if row.place is not None or row.holds != "some":
        return
    for lower, upper in stretches_of(row)[:MOST_DEMANDS]:
        yield from (upper, lower)
    for demand in row.demands[:most]:
        for weight in (*demand.gains, *demand.losses):
            yield from (weight.lower, weight.upper)
    for stretch in row.stretches[:most]:
        yield from (stretch.lower, stretch.upper, row.worst, row.best)


def _to_explain(study: Study, found: RoadmapAnswer, told: list[str]) -> list[str]:
    """Return the labels that say nothing by themselves; the steps tell what the states of the deal are."""
    if not study.space.options:
        return []
    return [label for label in dict.fromkeys(told) if label not in found.states]


def _explained(study: Study, found: RoadmapAnswer, label: str) -> str:
    space = study.space
    taken = set(space.taken(space.index(label)))

    def away(other: str) -> int:
        return len(taken ^ set(space.taken(space.index(other))))

    near = min(found.states, key=away)
    mover = study.decision_makers[0]
    return f"{label} differs from {near} by {change(study, Move(mover=mover, origin=near, target=label))}."
