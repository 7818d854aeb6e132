"""A phased deal by its definition, slowly: states are followed from quarter to quarter of a step.

Shares no code with the package: plain models of tests.oracles, states as sets of options or labels.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from standoff.model.conflict import Conflict
from tests.oracles.literal import Model

QUARTERS = 4
STEPS_FOLLOWED = 400


class Terms(NamedTuple):
    """What stands behind the deal: when a breach is seen, in quarters of a step, and where it leads back."""

    seen: int
    back: Any


def own_part(model: Model, target: Any, origin: Any, dm: int) -> Any:
    """The state `target`, but with one side's options as in `origin`; None if not feasible."""
    own = model.own[dm]
    mixed = frozenset((target - own) | (origin & own))
    return mixed if mixed in model.states else None


def keeps_irreversible(conflict: Conflict, before: Any, after: Any) -> bool:
    return all(
        not ((literal.option in before) == literal.taken and (literal.option in after) != literal.taken)
        for literal in conflict.irreversible
    )


def movers_of(model: Model, origin: Any, target: Any) -> list[int]:
    if model.own is None:
        able = [dm for dm in range(model.number) if model.can(dm, origin, target)]
        if not able:
            return []
        gains = [model.rank(dm, target) - model.rank(dm, origin) for dm in able]
        return [able[gains.index(max(gains))]]
    return [dm for dm in range(model.number) if (origin ^ target) & model.own[dm]]


def legal(model: Model, conflict: Conflict, origin: Any, target: Any) -> bool:
    """Whether a step can be made: by everybody whose options change, together."""
    movers = movers_of(model, origin, target)
    if origin == target or not movers:
        return False
    if model.own is None:
        return True
    if not keeps_irreversible(conflict, origin, target):
        return False
    for dm in movers:
        aside = own_part(model, target, origin, dm)
        if aside is not None and not model.can(dm, aside, target):
            return False
    return True


def base(model: Model, origin: Any, target: Any, dm: int) -> Any:
    """Where a side finds itself if it does nothing: the others have taken their part, if they can."""
    if dm not in movers_of(model, origin, target):
        return target
    if model.own is None:
        return origin
    aside = own_part(model, target, origin, dm)
    return origin if aside is None else aside


def breaches(model: Model, origin: Any, target: Any, dm: int) -> set[Any]:
    """All that a side could bring about in place of its part of a step."""
    here = base(model, origin, target, dm) if origin != target else target
    return {s for s in model.states if s == here or model.can(dm, here, s)} - {target}


def reverted(model: Model, conflict: Conflict, state: Any, terms: Terms) -> Any:
    """Where the reversion leads; the state itself if it cannot be carried out."""
    if model.own is None:
        reached, front = {state}, [state]
        while front:
            here = front.pop()
            fresh = {
                t for t in model.states for dm in range(model.number) if model.can(dm, here, t)
            } - reached
            reached |= fresh
            front += fresh
        return terms.back if terms.back in reached else state
    held = {literal.option for literal in conflict.irreversible if literal.taken} & state
    never = {literal.option for literal in conflict.irreversible if not literal.taken} - state
    target = frozenset((terms.back | held) - never)
    return target if target in model.states else state


def kept(path: list[Any], place: int) -> list[Any]:
    """The state in each quarter if everybody keeps this step and all later ones."""
    return [
        path[min(place + quarter // QUARTERS, len(path) - 1)] for quarter in range(STEPS_FOLLOWED * QUARTERS)
    ]


def broken(
    model: Model, conflict: Conflict, path: list[Any], place: int, dm: int, breach: Any, terms: Terms
) -> list[Any]:
    """The state in each quarter after a breach."""
    found, here, back = [], breach, None
    for quarter in range(STEPS_FOLLOWED * QUARTERS):
        if quarter < terms.seen:
            if quarter and quarter % QUARTERS == 0 and model.own is not None:
                goal = path[min(place + quarter // QUARTERS, len(path) - 1)]
                moved = own_part(model, goal, breach, dm)
                here = here if moved is None else moved
            found.append(here)
        else:
            back = reverted(model, conflict, here, terms) if back is None else back
            found.append(back)
    return found


def worth(states: list[Any], utility: dict[Any, float], factor: float) -> float:
    """The average payoff, a state in each quarter, discounted by `factor` a step."""
    quarter = factor ** (1 / QUARTERS)
    total, weight = 0.0, 1 - quarter
    for state in states:
        total += weight * utility[state]
        weight *= quarter
    return total + utility[states[-1]] * quarter ** len(states)


def margin(
    model: Model,
    conflict: Conflict,
    path: list[Any],
    place: int,
    dm: int,
    utility: dict[Any, float],
    factor: float,
    terms: Terms,
) -> tuple[float, set[Any]] | None:
    """What keeping a step is worth over the best breach, and which breaches are best."""
    origin, target = (path[place - 1], path[place]) if place < len(path) else (path[-1], path[-1])
    others = breaches(model, origin, target, dm)
    if not others:
        return None
    values = {
        breach: worth(broken(model, conflict, path, place, dm, breach, terms), utility, factor)
        for breach in others
    }
    best = max(values.values())
    keeping = worth(kept(path, place), utility, factor)
    return keeping - best, {breach for breach, value in values.items() if value > best - 1e-9}
