"""Random conflicts small enough to try every ranking: in both forms, with strict or weak rankings."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from standoff.model.conflict import Conflict, Ranking
from tests.oracles.conflicts import draw_conflict
from tests.oracles.plain import all_states, label


def small_conflict(seed: int, sides: int, most: int, *, strict: bool = False) -> Conflict:
    """A conflict of so many sides with 2 to `most` states; option form with restricted moves or graph form."""
    random = Random(seed)
    while True:
        form = random.choice(("option", "graph"))
        conflict = draw_conflict(random, form, sizes=(2, 3, 4), most_states=most)
        states = all_states(conflict)
        if len(conflict.decision_makers) == sides and 2 <= len(states) <= most:
            return strictly(random, conflict) if strict else conflict


def strictly(random: Random, conflict: Conflict) -> Conflict:
    """The conflict with random strict rankings."""
    labels = [label(conflict, place, s) for place, s in enumerate(all_states(conflict))]
    parties = []
    for dm in conflict.decision_makers:
        order = random.sample(labels, len(labels))
        parties.append(replace(dm, preference=Ranking(tiers=tuple((name,) for name in order))))
    return replace(conflict, decision_makers=tuple(parties))


def asked(random: Random, model) -> tuple[list[int], int]:
    """Parties and the place of a state; mostly everybody."""
    parties = list(model.everybody)
    if random.random() < 0.3:
        parties = sorted(random.sample(parties, random.randint(1, len(parties))))
    return parties, random.randrange(len(model.states))
