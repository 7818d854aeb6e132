"""Random conflicts in option form whose preferences are statements, as the search takes them."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from standoff.model.conflict import Conflict, Preference, Prioritising, Weighting
from tests.oracles.conflicts import SIZES, random_conflict, random_weighting
from tests.oracles.statements import random_rule


def stated_conflict(seed: int, **shape) -> Conflict:
    """The conflict of a seed with its direct rankings replaced by statements or weights."""
    conflict = random_conflict(seed, "option", **{"sizes": SIZES, **shape})
    random = Random(f"preferences {seed}")
    options = [option.name for option in conflict.options]
    parties = tuple(replace(dm, preference=_preference(random, options)) for dm in conflict.decision_makers)
    return replace(conflict, decision_makers=parties)


def _preference(random: Random, options: list[str]) -> Preference:
    if random.random() < 0.3:
        weighting = random_weighting(random, options)
        assert isinstance(weighting, Weighting)
        return weighting
    return Prioritising(statements=tuple(random_rule(random, options) for _ in range(random.randint(0, 6))))
