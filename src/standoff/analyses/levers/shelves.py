"""One decision maker's preference statements as a search sees them, and the edits that can be made."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from standoff.analyses.levers.question import Question, Touched
from standoff.analyses.levers.result import AddStatement, DropStatement, Edit, MoveStatement
from standoff.analyses.levers.standing import Mask, mask_of
from standoff.analyses.levers.vocabulary import implications, literals
from standoff.model.conflict import Conflict, Prioritising, Rule

Order = tuple[int, ...]
"""Statements by the number of their effect, most important first."""

Step = tuple[str, int, int]
"""drop, move or add; the place in the list before; the place afterwards, or the effect added."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """One decision maker's statements, told apart by where among the relevant states they are true.

    A statement that is true in all of these states or in none has no effect and takes no part.

    Attributes
    ----------
    written : the statements of the file
    base : those of them with an effect
    places : where these stand in the file's list
    masks : of each effect, in which of the relevant states it is true
    rules : of each effect, the first statement that has it
    addable : effects of the vocabulary, and the first statement of it that has each
    """

    dm: int
    written: tuple[Rule, ...]
    base: Order
    places: tuple[int, ...]
    masks: tuple[Mask, ...]
    rules: tuple[Rule, ...]
    addable: Mapping[int, Rule]

    def steps(self, order: Order) -> Iterator[tuple[Step, Order]]:
        """Yield every edit and the list after it: drops, moves, then additions."""
        size = len(order)
        for place in range(size):
            yield ("drop", place, 0), order[:place] + order[place + 1 :]
        for place in range(size):
            rest = order[:place] + order[place + 1 :]
            for to in range(size):
                if to != place:
                    yield ("move", place, to), (*rest[:to], order[place], *rest[to:])
        for effect in self.addable:
            for place in range(size, -1, -1):
                yield ("add", place, effect), (*order[:place], effect, *order[place:])

    def above(self, order: Order, here: int) -> Mask:
        """Return which relevant states a list puts above one of them."""
        undecided: Mask = -1
        above: Mask = 0
        for effect in order:
            mask = self.masks[effect]
            if mask >> here & 1:
                undecided &= mask
            else:
                above |= undecided & mask
                undecided &= ~mask
        return above

    def preference(self, order: Order) -> Prioritising:
        """Return the preference of such a list."""
        return Prioritising(statements=tuple(self.rules[effect] for effect in order))

    def edited(self, name: str, steps: list[Step]) -> tuple[Prioritising, list[Edit]]:
        """Make the edits in the list of the file; return it and the edits by name."""
        listed = [_Listed(rule, place + 1, place in self.places) for place, rule in enumerate(self.written)]
        made = [(kind, _apply(self, listed, (kind, place, to))) for kind, place, to in steps]
        edits = [_told(name, kind, each, listed) for kind, each in made]
        return Prioritising(statements=tuple(each.rule for each in listed)), edits


def shelf_of(
    question: Question, conflict: Conflict, dm: int, written: tuple[Rule, ...], among: Touched
) -> Shelf:
    """Return one decision maker's statements, and those that can be added, told apart by their effects."""
    space, states = question.graph.space, np.flatnonzero(among)
    own = [option.name for option in conflict.decision_makers[dm].options]
    ordered = [*own, *(option for option in space.options if option not in own)]
    new = [Rule(statement=each) for each in (*literals(ordered), *implications(ordered, own))]
    nothing, everything = 0, (1 << states.size) - 1
    effects: dict[Mask, int] = {}
    rules: list[Rule] = []
    addable: dict[int, Rule] = {}
    base: list[tuple[int, int]] = []
    for place, rule in enumerate((*written, *new)):
        mask = mask_of(space.where(rule.statement.expression)[states])
        if mask in (nothing, everything):
            continue
        if mask not in effects:
            effects[mask] = len(rules)
            rules.append(rule)
        if place < len(written):
            base.append((place, effects[mask]))
        else:
            addable.setdefault(effects[mask], rule)
    places, order = tuple(place for place, _ in base), tuple(effect for _, effect in base)
    return Shelf(dm, written, order, places, tuple(effects), tuple(rules), addable)


@dataclass(frozen=True, slots=True, eq=False)
class _Listed:
    """A statement in a list, its place in the file (0 if it is new), and whether it has an effect."""

    rule: Rule
    place: int
    counts: bool


def _apply(own: Shelf, listed: list[_Listed], step: Step) -> _Listed:
    """Make an edit in the whole list; return the statement."""
    kind, place, to = step
    if kind == "add":
        new = _Listed(Rule(statement=own.addable[to].statement), 0, counts=True)
        listed.insert(_place_in_all(listed, place), new)
        return new
    each = listed.pop(_place_in_all(listed, place))
    if kind == "move":
        listed.insert(_place_in_all(listed, to), each)
    return each


def _place_in_all(listed: list[_Listed], place: int) -> int:
    """Return where in the whole list the statement at a place among those with an effect stands."""
    with_effect = [number for number, each in enumerate(listed) if each.counts]
    return with_effect[place] if place < len(with_effect) else len(listed)


def _told(name: str, kind: str, each: _Listed, listed: list[_Listed]) -> Edit:
    text = each.rule.statement.text
    if kind == "drop":
        return DropStatement(decision_maker=name, place=each.place, statement=text)
    now = listed.index(each) + 1
    if kind == "add":
        return AddStatement(decision_maker=name, place=now, statement=text)
    return MoveStatement(decision_maker=name, place=each.place, to=now, statement=text)
