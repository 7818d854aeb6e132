"""Whether what stands behind a deal keeps itself: no single deviation from the reversion pays."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from standoff.timing.roadmap.margins import TOLERANCE
from standoff.timing.roadmap.result import Temptation, Threat
from standoff.timing.roadmap.rows import factor_of, margins_of
from standoff.timing.roadmap.sides import Side
from standoff.timing.roadmap.stakes import Deal, Stakes

Ends = dict[int, set[int]]
"""For each state that a breach leads back to, the states in which it was when it was seen."""


def threat(deal: Deal, sides: Sequence[Side], step_months: float) -> Threat:
    """Say whether the reversion after the breaches that matter is credible.

    Those are, for a side with payoffs, its best breach at each step, else all. At each state that
    they lead back to no side may gain by a single deviation, which is seen and answered as any
    other: by one of its moves, or by not going back to its part of the reversion.
    """
    stakes = list(deal.stakes())
    ends, stuck = _ends(deal, stakes, sides, step_months)
    found = [
        told
        for end, before in ends.items()
        for side in sides
        for told in _temptation(deal, side, end, before, factor_of(side, step_months))
    ]
    label = deal.graph.space.label
    return Threat(
        ends=tuple(label(end) for end in ends),
        stuck=tuple(label(state) for state in sorted(stuck)),
        temptations=tuple(found),
    )


def _ends(
    deal: Deal, stakes: Iterable[Stakes], sides: Sequence[Side], step_months: float
) -> tuple[Ends, set[int]]:
    ends: Ends = {}
    stuck: set[int] = set()
    for each in stakes:
        for side in sides:
            if side.dm != each.dm:
                continue
            rows = range(each.breaches.size)
            if side.utility is not None:
                best = margins_of(side, each).best_breach(factor_of(side, step_months))
                rows = range(best, best + 1)
            for place in rows:
                course = each.courses[place].tolist()
                seen = course[-2] if len(course) > 1 else int(each.breaches[place])
                ends.setdefault(course[-1], set()).add(seen)
                if deal.answers[each.dm].reversion.landing(seen) is None:
                    stuck.add(seen)
    return dict(sorted(ends.items())), stuck


def _temptation(deal: Deal, side: Side, end: int, before: set[int], factor: float) -> Iterable[Temptation]:
    choices = set(deal.graph.moves(side.dm, end).tolist())
    if not deal.graph.is_graph_form:
        kept = (deal.graph.combined(end, [(side.dm, state)]) for state in before)
        choices |= {state for state in kept if state is not None}
    choices -= {end}
    if not choices:
        return
    targets = np.array(sorted(choices), np.int64)
    answer = deal.answers[side.dm]
    landed = (answer.reversion.landing(state) for state in targets.tolist())
    later = np.array(
        [state if land is None else land for state, land in zip(targets.tolist(), landed, strict=True)]
    )
    lasting = factor**answer.seen_after
    if side.utility is not None:
        worth = (1 - lasting) * side.utility[targets] + lasting * side.utility[later]
        gain = worth - side.utility[end]
        found, certain = gain > TOLERANCE * side.spread, True
    else:
        at_first = np.sign(side.ranks[targets] - side.ranks[end]) if lasting < 1 else 0 * targets
        at_last = np.sign(side.ranks[later] - side.ranks[end])
        sure = (np.minimum(at_first, at_last) >= 0) & (np.maximum(at_first, at_last) > 0)
        certain = bool(sure.any())
        found = sure if certain else np.maximum(at_first, at_last) > 0
        gain = np.where(found, side.ranks[targets], -1).astype(np.float64)
    if found.any():
        best = targets[int(np.where(found, gain, -np.inf).argmax())]
        label = deal.graph.space.label
        yield Temptation(
            state=label(end),
            decision_maker=side.id,
            type=side.type,
            target=label(int(best)),
            certain=certain,
        )
