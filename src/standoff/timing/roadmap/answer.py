"""Does a phased deal keep itself: the whole answer for one path."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from standoff.errors import UsageError
from standoff.timing.roadmap.detection import detections
from standoff.timing.roadmap.margins import TOLERANCE
from standoff.timing.roadmap.planning import defections, screening
from standoff.timing.roadmap.result import Guarded, RoadmapAnswer, Test
from standoff.timing.roadmap.reversion import Reversion
from standoff.timing.roadmap.rows import factor_of, rank_row, row
from standoff.timing.roadmap.schedules import MOST_STEPS, schedule, schedules
from standoff.timing.roadmap.sides import Side
from standoff.timing.roadmap.stakes import Answer, Deal, deal
from standoff.timing.roadmap.threat import threat
from standoff.timing.roadmap.verdicts import Assumed, BreachAnswer, DealStep, Party, RankRow, Row, weakest_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Guard:
    """Which safeguards are in force, and what a breach by each decision maker is answered with.

    Attributes
    ----------
    ids, labels : tuple of str
    months : tuple of float
        Until a breach is seen.
    reversions : tuple of Reversion
    """

    ids: tuple[str, ...]
    labels: tuple[str, ...]
    months: tuple[float, ...]
    reversions: tuple[Reversion, ...]

    def answers(self, step_months: float) -> tuple[Answer, ...]:
        """Return the answers, with times counted in steps."""
        pairs = zip(self.months, self.reversions, strict=True)
        return tuple(Answer(months / step_months, reversion) for months, reversion in pairs)

    def told(self) -> tuple[BreachAnswer, ...]:
        """Return the answers by name."""
        return tuple(
            BreachAnswer(decision_maker=dm, detection_months=months, reversion=reversion.name)
            for dm, months, reversion in zip(
                self.reversions[0].graph.decision_makers, self.months, self.reversions, strict=True
            )
        )


def roadmap(
    states: Sequence[int],
    sides: Sequence[Side],
    plain: Guard,
    guards: Sequence[Guard] = (),
    *,
    step_months: float,
    focal: str | None = None,
    assumed: Sequence[Assumed] = (),
) -> RoadmapAnswer:
    """Say step by step and side by side whether a phased deal keeps itself.

    Parameters
    ----------
    states : sequence of int
        From the first state to the end point.
    sides : sequence of Side
        Every decision maker, once for each of its types.
    plain : Guard
        When a breach is seen, and what follows it.
    guards : sequence of Guard
        What else to try in its place.
    step_months : float
        How long a step takes.
    focal : str, optional
        The decision maker to whom defections of others are valued.

    Raises
    ------
    UsageError
        If one of the steps cannot be made, or there is none.
    """
    graph = plain.reversions[0].graph
    if len(states) < 2:
        raise UsageError("A deal needs a step. Name a state other than the first one.")
    whole = deal(graph, states, plain.answers(step_months))
    rows = tuple(_rows(whole, sides, step_months))
    tried = schedules(whole, sides, step_months)
    label = graph.space.label
    return RoadmapAnswer(
        states=tuple(label(state) for state in states),
        steps=_steps(whole),
        step_months=step_months,
        answers=plain.told(),
        assumed=tuple(assumed),
        parties=tuple(_party(side, step_months) for side in sides),
        rows=rows,
        rank_rows=tuple(_rank_rows(whole, sides, step_months)),
        detection=tuple(detections(whole, sides, step_months)),
        weakest=weakest_of(rows),
        threat=threat(whole, sides, step_months),
        schedules=tried,
        tried_all=whole.length <= MOST_STEPS,
        defections=defections(whole, sides, focal, step_months),
        test=_test(whole, sides, focal, step_months),
        safeguards=tuple(_guarded(states, sides, guard, step_months) for guard in guards),
        contradicted=tuple(_contradicted(whole, sides)),
    )


def _steps(whole: Deal) -> tuple[DealStep, ...]:
    space, names = whole.graph.space, whole.graph.decision_makers
    return tuple(
        DealStep(
            place=place,
            origin=space.label(each.origin),
            target=space.label(each.target),
            movers=tuple(names[dm] for dm in each.movers),
        )
        for place, each in enumerate(whole.steps, 1)
    )


def _party(side: Side, step_months: float) -> Party:
    return Party(
        decision_maker=side.id,
        type=side.type,
        known_by="ranks" if side.utility is None else "payoffs",
        discount_per_year=side.discount_per_year,
        discount_factor=factor_of(side, step_months),
    )


def _rows(whole: Deal, sides: Sequence[Side], step_months: float) -> Iterator[Row]:
    for at in whole.stakes():
        for side in sides:
            if side.dm == at.dm and side.utility is not None:
                yield row(whole.graph, side, at, step_months)


def _rank_rows(whole: Deal, sides: Sequence[Side], step_months: float) -> Iterator[RankRow]:
    """Yield the rows of the sides known by ranks: step by step, then all steps of each together."""
    stakes = list(whole.stakes())
    by_ranks = [side for side in sides if side.utility is None]
    for at in stakes:
        for side in by_ranks:
            if side.dm == at.dm:
                yield rank_row(whole.graph, side, [at], step_months)
    for side in by_ranks:
        own = [at for at in stakes if at.dm == side.dm]
        if own:
            yield replace(rank_row(whole.graph, side, own, step_months), place=None)


def _test(whole: Deal, sides: Sequence[Side], focal: str | None, step_months: float) -> Test | None:
    try:
        single = deal(whole.graph, (whole.states[0], whole.states[-1]), whole.answers)
    except UsageError:
        return None
    return screening(
        defections(whole, sides, focal, step_months), defections(single, sides, focal, step_months)
    )


def _guarded(states: Sequence[int], sides: Sequence[Side], guard: Guard, step_months: float) -> Guarded:
    each = deal(guard.reversions[0].graph, states, guard.answers(step_months))
    found = schedule(each, sides, step_months)
    return Guarded(
        ids=guard.ids,
        labels=guard.labels,
        answers=guard.told(),
        threat=threat(each, sides, step_months),
        holds=found.holds,
        critical_factor=found.critical_factor,
        by_type=found.by_type,
        weakest=found.weakest,
        by_ranks=found.by_ranks,
    )


def _contradicted(whole: Deal, sides: Sequence[Side]) -> Iterator[tuple[str, str | None, str, str]]:
    """Yield, for each side whose payoffs go against its ranking, two states that show it."""
    courses = [at.courses.ravel() for at in whole.stakes()]
    matter = np.unique(np.concatenate([np.array(whole.states), *courses]))
    for side in sides:
        if side.utility is None:
            continue
        order = matter[np.argsort(side.ranks[matter], kind="stable")]
        for place, state in enumerate(order.tolist()):
            lower = order[: place + 1][side.ranks[order[: place + 1]] < side.ranks[state]]
            if lower.size and side.utility[lower].max() > side.utility[state] + TOLERANCE * side.spread:
                above = int(lower[side.utility[lower].argmax()])
                label = whole.graph.space.label
                yield side.id, side.type, label(above), label(state)
                break
