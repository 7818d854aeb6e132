"""Whether going on hurts: what the analyst wrote down, looked up at a state. No ranking tells it."""

from __future__ import annotations

from typing import Final
from typing import Literal as OneOf

from standoff.model.conflict import Bearable
from standoff.model.statement import holds
from standoff.states.space import StateSpace

NotStated = OneOf["not stated"]
NOT_STATED: Final = "not stated"


def hurts(bearable: Bearable | None, space: StateSpace, state: int) -> bool | NotStated:
    """Say whether staying in a state hurts a party: whether it is none of those it can bear.

    With B the states in which the party can bear to stay, as the model states them, going on in s
    hurts if and only if s is not in B. Where B is not stated, neither is the answer.
    """
    if bearable is None:
        return NOT_STATED
    if bearable.statement is not None:
        return not holds(bearable.statement.expression, frozenset(space.taken(state)))
    return space.label(state) not in bearable.states
