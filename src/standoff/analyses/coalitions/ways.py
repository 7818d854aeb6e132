"""Where a coalition can go, for many states at once: by legal sequences, or in one joint jump.

Two representations. In option form without forbidden moves, moves are transitive: states between
which a member can go to and fro fall into classes, and only irreversible options lead from one class
to another, never back. Otherwise who moved last matters, and moves are followed menu by menu, over
pairs of state and mover, until nothing changes.

A state may count as reached from itself. That changes no verdict: a state is never better than
itself, and a sanction never ends where the improvement ended.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property, reduce
from operator import or_
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from standoff.analyses.coalitions.closure import closure, following, unpacked
from standoff.analyses.joint import JointArcs, joint_arcs
from standoff.graph import GraphModel, OptionArcs, States, around
from standoff.stability.engine.menus import Menus, menus
from standoff.states.numbering import renumbered, starts

Bools = NDArray[np.bool_]
Ints = NDArray[np.int64]
Values = NDArray[np.int32]

RULES: tuple[str, ...] = ("legal_sequence", "one_jump")
"""How a coalition moves: one member after the other, nobody twice in a row, or all at once."""


NOTHING = np.int32(2**31 - 1)
"""The least value where nothing is reached."""

_MANY = 8
"""From so many origins on it pays to work out what all states lead to."""

_CELLS = 1 << 20
"""Matrices are worked on in parts of so many entries."""

_KEPT = 1 << 29
"""So many octets of what leads where are kept."""

_OCTETS = 64
"""About so many a state are taken up by classes, beside the bits that tell which follows which."""


class Ways(Protocol):
    """Where a set of decision makers can go; masks are bool arrays (rows, states)."""

    def reached(self, origins: States) -> Bools:
        """Return where each of the states leads to, one row each."""

    def leading_to(self, goals: Bools) -> Bools:
        """Return, row by row, the states from which some state of the row can be reached."""

    def between(self, origins: States, targets: States) -> Bools:
        """Return which of some states leads to which of others, as a matrix."""

    def least(self, values: Values) -> Values:
        """Return for each state the least value among the states it leads to, `NOTHING` without any."""

    @property
    def octets(self) -> int:
        """Return about how much is kept of what leads where."""


@dataclass(frozen=True, eq=False)
class Classes:
    """States in classes, each state of a class reached from every other one; and the ways between.

    Attributes
    ----------
    of : the class of each state
    order, bounds : the states class by class, and where each class begins among them
    sources, source_bounds, successors : the classes that one move leads out of, each with the
        classes it leads to; none where no option is irreversible
    """

    of: Values
    order: Ints
    bounds: Ints
    sources: Ints
    source_bounds: Ints
    successors: Ints

    def reached(self, origins: States) -> Bools:
        """Return the class of each state and those that follow it."""
        if not self.sources.size:
            return self.of[origins, None] == self.of[None, :]
        return self._following(self.of[origins])[:, self.of]

    def between(self, origins: States, targets: States) -> Bools:
        """Return which of the states are in one class, or in one that follows."""
        if not self.sources.size:
            return self.of[origins, None] == self.of[None, targets]
        classes, place = np.unique(self.of[origins], return_inverse=True)
        return self._following(classes)[:, self.of[targets]][place]

    def leading_to(self, goals: Bools) -> Bools:
        """Return the classes with a goal in them, and those that come before."""
        found = np.logical_or.reduceat(goals[:, self.order], self.bounds, axis=1)
        changed = self.sources.size > 0
        while changed:
            new = np.logical_or.reduceat(found[:, self.successors], self.source_bounds, axis=1)
            changed = bool((new & ~found[:, self.sources]).any())
            found[:, self.sources] |= new
        return found[:, self.of]

    def least(self, values: Values) -> Values:
        """Return the least value in the class of each state and those that follow it."""
        found = np.minimum.reduceat(values[self.order], self.bounds)
        changed = self.sources.size > 0
        while changed:
            new = np.minimum.reduceat(found[self.successors], self.source_bounds)
            changed = bool((new < found[self.sources]).any())
            found[self.sources] = np.minimum(new, found[self.sources])
        return found[self.of]

    @property
    def octets(self) -> int:
        """About how much is kept."""
        return self.of.size * _OCTETS + (self.bounds.size**2 // 8 if self.sources.size else 0)

    def _following(self, classes: Values) -> Bools:
        return unpacked(self._closure[classes], self.bounds.size)

    @cached_property
    def _closure(self) -> NDArray[np.uint8]:
        return following(self.sources, self.source_bounds, self.successors, self.bounds.size)


@dataclass(frozen=True, slots=True, eq=False)
class Mover:
    """One decision maker's menus, arranged for steps of whole sets of states.

    `place` is the menu of each state among those that have targets, the last one standing for none.
    """

    targets: NDArray[np.int64]
    target_place: NDArray[np.int64]
    target_bounds: NDArray[np.int64]
    place: NDArray[np.int64]
    own: Bools
    rank: NDArray[np.int32]

    def onto(self, goals: Bools, *, improving: bool = False) -> Bools:
        """Return, row by row, the states from which one move leads to a goal."""
        if not self.targets.size:
            return np.zeros_like(goals)
        chosen = goals[:, self.targets]
        nothing = np.zeros((goals.shape[0], 1), np.int32)
        if improving:
            worth = np.where(chosen, self.rank[self.targets], np.int32(-1))
            best = np.maximum.reduceat(worth, self.target_bounds, axis=1)
            return np.hstack([best, nothing - 1])[:, self.place] > self.rank
        hits = np.add.reduceat(chosen, self.target_bounds, axis=1, dtype=np.int32)
        return np.hstack([hits, nothing])[:, self.place] > (goals & self.own)

    def from_(self, sources: Bools) -> Bools:
        """Return, row by row, where one move leads from one of the sources."""
        rows, states = np.nonzero(sources)
        menus_used = np.zeros((sources.shape[0], self.target_bounds.size + 1), np.int32)
        np.add.at(menus_used, (rows, self.place[states]), 1)
        found = np.zeros_like(sources)
        for row in range(sources.shape[0]):
            users = menus_used[row, self.target_place]
            alone = sources[row, self.targets] & (self.place[self.targets] == self.target_place)
            found[row, self.targets[users > alone]] = True
        return found


@dataclass(frozen=True, eq=False)
class Steps:
    """Legal sequences of several movers, followed step by step."""

    movers: tuple[Mover, ...]
    states: int

    def reached(self, origins: States) -> Bools:
        """Follow the moves forwards, over pairs of state and last mover."""
        if origins.size > _MANY:
            return self._closure[origins]
        here = np.zeros((origins.size, self.states), np.bool_)
        here[np.arange(origins.size), origins] = True
        ends = [np.zeros_like(here) for _ in self.movers]
        return self._followed(here, ends, lambda mover, sources: mover.from_(sources))

    def between(self, origins: States, targets: States) -> Bools:
        """Follow the moves forwards from each of the first states."""
        return self.reached(origins)[:, targets]

    def leading_to(self, goals: Bools, *, improving: bool = False) -> Bools:
        """Follow the moves backwards, over pairs of state and next mover."""
        begins = [np.zeros_like(goals) for _ in self.movers]
        return self._followed(goals, begins, lambda mover, sources: mover.onto(sources, improving=improving))

    def least(self, values: Values) -> Values:
        """Return the least value among the states each state leads to."""
        found = np.empty_like(values)
        rows = max(1, _CELLS // self.states)
        for at in range(0, self.states, rows):
            some = slice(at, at + rows)
            np.where(self._closure[some], values, NOTHING).min(axis=1, initial=NOTHING, out=found[some])
        return found

    @property
    def octets(self) -> int:
        """About how much is kept: a matrix over the states."""
        return self.states**2

    @cached_property
    def _closure(self) -> Bools:
        return closure(
            [(mover.targets, mover.target_place, mover.place) for mover in self.movers], self.states
        )

    def _followed(self, seed: Bools, found: list[Bools], step: _Step) -> Bools:
        changed = bool(self.movers)
        while changed:
            changed = False
            for j, mover in enumerate(self.movers):
                others = [seed, *(found[k] for k in range(len(found)) if k != j)]
                new = step(mover, np.logical_or.reduce(others)) & ~found[j]
                if new.any():
                    found[j] |= new
                    changed = True
        return np.logical_or.reduce(found) if found else np.zeros_like(seed)


class _Step(Protocol):
    def __call__(self, mover: Mover, sources: Bools, /) -> Bools: ...


@dataclass(frozen=True, slots=True, eq=False)
class Coalitional:
    """A graph model together with the rule by which coalitions move.

    What was worked out for one set of decision makers is kept: many questions ask for it again.
    """

    graph: GraphModel
    rule: str = "legal_sequence"
    _ways: dict[tuple[tuple[int, ...], bool], Ways] = field(default_factory=dict, repr=False)
    _movers: dict[int, Mover] = field(default_factory=dict, repr=False)
    _least: dict[tuple[tuple[int, ...], ...], tuple[Values, Bools]] = field(default_factory=dict, repr=False)

    @property
    def everybody(self) -> tuple[int, ...]:
        """The numbers of all decision makers."""
        return tuple(range(len(self.graph.arcs)))

    def ids(self, members: Sequence[int]) -> tuple[str, ...]:
        """Return decision makers by id."""
        return tuple(self.graph.decision_makers[dm] for dm in members)

    def others(self, members: Sequence[int]) -> tuple[int, ...]:
        """Return the decision makers outside a coalition."""
        return tuple(dm for dm in self.everybody if dm not in members)

    def around(self, state: int, movers: Sequence[int]) -> tuple[Coalitional, States]:
        """Return the part that decision makers cannot leave from a state, and its states' numbers here."""
        part, states = around(self.graph, state, movers)
        return (self if part is self.graph else Coalitional(part, self.rule)), states

    def together(self, members: tuple[int, ...]) -> Ways:
        """Return where a coalition can go under the rule."""
        return self._kept(members, jump=self.rule == "one_jump" and len(members) > 1)

    def in_turn(self, members: tuple[int, ...]) -> Ways:
        """Return where decision makers can go by legal sequences, whatever the rule for coalitions."""
        return self._kept(members, jump=False)

    def by_gains(self, members: tuple[int, ...], goals: Bools) -> Bools:
        """Return from where legal sequences of improvements lead to a goal."""
        return Steps(tuple(map(self._mover, members)), self.graph.space.size).leading_to(
            goals, improving=True
        )

    def preferred(self, members: tuple[int, ...], origins: States) -> Bools:
        """Return, for each of the states, which states every member strictly prefers to it."""
        better = np.ones((origins.size, self.graph.space.size), np.bool_)
        for dm in members:
            rank = self.graph.ranks[dm]
            better &= rank[None, :] > rank[origins, None]
        return better

    def least_known(self, movers: tuple[int, ...], watched: tuple[int, ...]) -> tuple[Values, Bools]:
        """Return what is known of where class improvements lead to, least ranks, and for which states."""
        key = (movers, watched)
        if key not in self._least:
            while sum(least.nbytes for least, _ in self._least.values()) > _KEPT:
                del self._least[next(iter(self._least))]
            size = self.graph.space.size
            self._least[key] = np.full((len(watched), size), NOTHING), np.zeros(size, np.bool_)
        return self._least[key]

    def _kept(self, members: tuple[int, ...], *, jump: bool) -> Ways:
        key = (members, jump)
        if key not in self._ways:
            while len(self._ways) > 2 and sum(each.octets for each in self._ways.values()) > _KEPT:
                del self._ways[next(iter(self._ways))]
            self._ways[key] = self._jumps(members) if jump else self._sequences(members)
        return self._ways[key]

    def _sequences(self, members: tuple[int, ...]) -> Ways:
        arcs = [arcs for dm in members if isinstance(arcs := self.graph.arcs[dm], OptionArcs)]
        if members and len(arcs) == len(members) and not any(each.forbidden for each in arcs):
            return _classes([(each, menus(each)) for each in arcs])
        return Steps(tuple(map(self._mover, members)), self.graph.space.size)

    def _jumps(self, members: tuple[int, ...]) -> Ways:
        joint = joint_arcs(self.graph, members)
        own = joint.menus()
        if own.transitive:
            return _classes([(joint, own)])
        return Steps((_mover(own, self.graph.ranks[members[0]]),), self.graph.space.size)

    def _mover(self, dm: int) -> Mover:
        if dm not in self._movers:
            self._movers[dm] = _mover(menus(self.graph.arcs[dm]), self.graph.ranks[dm])
        return self._movers[dm]


def _classes(movers: Sequence[tuple[OptionArcs | JointArcs, Menus]]) -> Classes:
    """Join states between which a mover can go to and fro; list the moves that lead out of a class.

    Two states of a group are so joined if the same irreversible literals hold in both.
    """
    label = np.arange(movers[0][0].codes.size, dtype=np.int32)
    groups = [_alike(arcs) for arcs, _ in movers]
    before = np.empty(0, np.int32)
    while not np.array_equal(before, label):
        before = label
        for group, count in groups:
            least = np.full(count, NOTHING)
            np.minimum.at(least, group, label)
            label = least[group]
    of, count = renumbered(label.astype(np.int64), label.size)
    out = [_ways_out(of, own) for arcs, own in movers if _lasting(arcs)]
    sources, successors = np.unique(np.hstack([np.empty((2, 0), np.int64), *out]), axis=1)
    leaving, first = np.unique(sources, return_index=True)
    order = np.argsort(of, kind="stable")
    return Classes(of, order, starts(np.bincount(of, minlength=count))[:-1], leaving, first, successors)


def _alike(arcs: OptionArcs | JointArcs) -> tuple[NDArray[np.int32], int]:
    """Group states by everybody else's options and by the own ones that cannot be changed back."""
    free = arcs.own & ~_lasting(arcs)
    return renumbered(arcs.codes & ~free, int(arcs.codes[-1]) + 1)


def _ways_out(of: Values, own: Menus) -> NDArray[np.int64]:
    """Return pairs of classes, as columns, such that a move leads from one to the other."""
    class_of_menu = np.zeros(own.count, np.int64)
    class_of_menu[own.user_menu] = of[own.users]
    pairs = np.stack([class_of_menu[own.target_menu], of[own.targets]])
    return pairs[:, pairs[0] != pairs[1]]


def _lasting(arcs: OptionArcs | JointArcs) -> int:
    """Return the mask of the own options that cannot be changed back."""
    members = arcs.members if isinstance(arcs, JointArcs) else (arcs,)
    return reduce(or_, ((each.stays_taken | each.stays_untaken) & each.own for each in members))


def _mover(own: Menus, rank: NDArray[np.int32]) -> Mover:
    sizes = np.bincount(own.target_menu, minlength=own.count)
    used = np.flatnonzero(sizes)
    number = np.full(own.count + 1, used.size, np.int64)
    number[used] = np.arange(used.size)
    order = np.argsort(own.target_menu, kind="stable")
    targets, target_place = own.targets[order].astype(np.int64), number[own.target_menu[order]]
    place = np.full(rank.size, used.size, np.int64)
    place[own.users] = number[own.user_menu]
    on_own_menu = np.zeros(rank.size, np.bool_)
    on_own_menu[targets[place[targets] == target_place]] = True
    return Mover(targets, target_place, starts(sizes[used])[:-1], place, on_own_menu, rank)
