"""What the script of a page knows beyond its table: options and concepts of all states, moves of some."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Sequence

import numpy as np

from standoff.report.brief.packed import Beyond, MovesFrom
from standoff.report.figures.shown import MOST_STATES, shown
from standoff.report.figures.states import label_of
from standoff.report.names import dm_name
from standoff.stability.concepts import CONCEPTS, IMPLIED
from standoff.study import Study

MOST_CHARACTERS = 24_000
"""All states are on the page if what is to be known of them takes no more than that; else only those told."""


def beyond_table(study: Study, rows: Sequence[int]) -> Beyond | None:
    """Return what is known beyond these rows; none if they and the state graph show everything.

    The moves are those that `figure --select` draws, of each of these states; of a small model the page
    has them in its state graph.
    """
    if len(rows) == study.space.size <= MOST_STATES:
        return None
    moves = tuple(_moves(study, state) for state in rows) if study.space.size > MOST_STATES else ()
    reached = {*rows, *(target for each in moves for _, _, *targets in each.groups for target in targets)}
    named = study.space.names
    needed = (len(study.space.options) + len(study.concepts)) * study.space.size / 6
    fits = needed + sum(len(name) + 9 for name in named.values()) <= MOST_CHARACTERS
    return Beyond(
        size=study.space.size,
        names=tuple((i, label_of(study, i)) for i in sorted(named) if fits or i in reached),
        sides=tuple(dm_name(study, dm.id) for dm in study.conflict.decision_makers),
        options=tuple(name.partition(".")[2] for name in study.space.options),
        concepts=tuple(CONCEPTS[key].short for key in study.concepts),
        implied=tuple(
            tuple(n for n, other in enumerate(study.concepts) if other in IMPLIED[key])
            for key in study.concepts
        ),
        bits=_bits(study) if fits else "",
        moves=moves,
    )


def _bits(study: Study) -> str:
    """Return for each state a bit for each option and then for each concept, the first bit the highest."""
    count = len(study.space.options)
    taken = (study.space.codes[:, np.newaxis] >> np.arange(count)) & 1
    holds = np.array([study.stable[key].all(axis=0) for key in study.concepts]).T
    return b64encode(np.packbits(np.hstack([taken.astype(bool), holds])).tobytes()).decode("ascii")


def _moves(study: Study, state: int) -> MovesFrom:
    seen = shown(study, study.space.label(state), ())
    groups = []
    for dm in dict.fromkeys(arrow.mover for arrow in seen.arrows):
        own = [arrow for arrow in seen.arrows if arrow.mover == dm]
        groups.append((dm, sum(arrow.improvement for arrow in own), *(arrow.target for arrow in own)))
    return MovesFrom(state=state, groups=tuple(groups), left_out=seen.left_out)
