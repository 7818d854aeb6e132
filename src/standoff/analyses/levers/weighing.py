"""One decision maker's weighted statements as a search sees them; of these, one can only be dropped."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from math import lcm

import numpy as np

from standoff.analyses.levers.question import Question, Touched
from standoff.analyses.levers.result import DropStatement, Edit
from standoff.analyses.levers.shelves import Order, Step
from standoff.analyses.levers.standing import Mask, mask_of
from standoff.model.conflict import Rule, Weighting

Weights = tuple[tuple[Rule, Fraction], ...]


@dataclass(frozen=True, slots=True)
class Scale:
    """One decision maker's weighted statements, told apart by their places in the file.

    A statement that is true in all of the relevant states or in none has no effect and takes no part.

    Attributes
    ----------
    written : the statements of the file, with their weights
    base : the places of those with an effect
    worth : of each statement, what it adds to each relevant state: whole multiples of the weights
    """

    dm: int
    written: Weights
    base: Order
    worth: tuple[tuple[int, ...], ...]

    def steps(self, order: Order) -> Iterator[tuple[Step, Order]]:
        """Yield every way to drop one, and what is left."""
        for place in range(len(order)):
            yield ("drop", place, 0), order[:place] + order[place + 1 :]

    def above(self, order: Order, here: int) -> Mask:
        """Return which relevant states score more than one of them if these statements are kept."""
        scores = [sum(column) for column in zip(*(self.worth[place] for place in order), strict=True)]
        return mask_of(np.array([score > scores[here] for score in scores], np.bool_)) if scores else 0

    def preference(self, order: Order) -> Weighting:
        """Return the preference in which these statements are kept."""
        return Weighting(weights=tuple(self.written[place] for place in order))

    def edited(self, name: str, steps: list[Step]) -> tuple[Weighting, list[Edit]]:
        """Drop statements from those of the file; return what is left and the edits by name."""
        order, gone, edits = self.base, set[int](), list[Edit]()
        for _, place, _ in steps:
            number = order[place]
            gone.add(number)
            order = order[:place] + order[place + 1 :]
            text = self.written[number][0].statement.text
            edits.append(DropStatement(decision_maker=name, place=number + 1, statement=text))
        kept = tuple(each for number, each in enumerate(self.written) if number not in gone)
        return Weighting(weights=kept), edits


def scale_of(question: Question, dm: int, written: Weights, among: Touched) -> Scale:
    """Return one decision maker's weighted statements as they bear on the relevant states."""
    space, states = question.graph.space, np.flatnonzero(among)
    common = lcm(*(weight.denominator for _, weight in written))
    base, worth = [], []
    for place, (rule, weight) in enumerate(written):
        true = space.where(rule.statement.expression)[states]
        worth.append(tuple(int(weight * common) if each else 0 for each in true.tolist()))
        if true.any() and not true.all():
            base.append(place)
    return Scale(dm, written, tuple(base), tuple(worth))
