"""Which verdicts changed between two models, and because of which of the changes.

A change is a cause if the verdict is as it was before once this change alone is taken back from
the newer model. Where no single one does that, sets of changes are looked for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, product
from typing import Literal

from standoff.analyses.outcomes import Outcome, outcomes
from standoff.model.changes import Change, FieldChanged, applied, closed, model_changes, ranked_labels
from standoff.model.conflict import Conflict
from standoff.progress import Progress
from standoff.stability.concepts import CORE
from standoff.states.enumeration import MAX_STATES

MOST = 1_000
"""So many versions of a model are solved at most, fewer of large models."""

_MOST_WORK = 100_000_000
_FEWEST = 20

Value = bool | int | None
Key = tuple[int | None, str, str | None]
"""What a value is about: the place (None: all states), the concept, the decision maker (None: all)."""

Set = frozenset[int]
Proof = Literal["smallest", "minimal", "capped"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A state looked at in both models: the status quo of each, or one that a model names.

    Attributes
    ----------
    label, label_before : str or None
        What it is called in the newer and in the older model; None where it does not exist.
    taken, taken_before : tuple of str
        The options taken; they differ only if the status quo is another state now.
    is_status_quo : bool
    """

    label: str | None
    label_before: str | None
    taken: tuple[str, ...]
    taken_before: tuple[str, ...]
    is_status_quo: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Cause:
    """Changes that, taken back together from the newer model, restore a verdict.

    Attributes
    ----------
    changes : tuple of int
        Their numbers in the list of changes; several are a joint cause.
    proof : str
        ``smallest``: no fewer changes restore it, all were tried. ``minimal``: without any one
        of them it is not restored. ``capped``: it is restored, but the search ended there.
    """

    changes: tuple[int, ...]
    proof: Proof


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """A verdict that changed.

    Attributes
    ----------
    place : Place or None
        The state; None where equilibria are counted.
    concept : str
        A concept; ``feasible`` where the state itself came or went.
    decision_maker : str or None
        For whom; None for an equilibrium.
    before, after : bool or int
        Stable or not, or how many equilibria.
    causes : tuple of Cause
        Each restores the verdict; the first is told.
    """

    place: Place | None
    concept: str
    decision_maker: str | None
    before: bool | int
    after: bool | int
    causes: tuple[Cause, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """What changed between two models.

    Attributes
    ----------
    older, newer : Conflict
    changes : tuple of Change
        They turn the older model into the newer one.
    places : tuple of Place
        The states looked at.
    turned : tuple of Turn
        The verdicts that changed.
    tried, most : int
        How many versions of the model were solved for the causes, and how many are at most.
    states, states_before : int
        Feasible states of the newer and of the older model.
    """

    older: Conflict
    newer: Conflict
    changes: tuple[Change, ...]
    places: tuple[Place, ...]
    turned: tuple[Turn, ...]
    tried: int
    most: int
    states: int
    states_before: int


def compared(
    older: Conflict,
    newer: Conflict,
    *,
    most: int = MOST,
    max_states: int = MAX_STATES,
    engine: str = "auto",
    progress: Progress | None = None,
) -> Changes:
    """Return the changes between two models, the verdicts that changed, and their causes.

    Looked at are the status quo, the states that a model names (matched by the options taken), and
    how many equilibria there are, under the core concepts.

    Raises
    ------
    ModelError
        If one of the models is at fault.
    RefusedError
        If a model has more than `max_states` states.
    ValueError
        If one has no states, or no moves or rankings can be made on them.
    """
    changes = model_changes(older, newer)
    solved = dict(outcomes([older, newer], engine, max_states))
    before, after = solved[0], solved[1]
    if before is None or after is None:
        raise ValueError("both models are to be whole")
    places = tuple(_places(older, newer, before, after))
    dms = [dm for dm in after.graph.decision_makers if dm in before.graph.decision_makers]

    def facts(outcome: Outcome) -> dict[Key, Value]:
        return _facts(outcome, places, dms)

    was, is_now = facts(before), facts(after)
    turned = [key for key in is_now if was[key] != is_now[key] and None not in (was[key], is_now[key])]
    size = max(before.graph.space.size, after.graph.space.size) * len(after.graph.ranks)
    most = min(most, max(_FEWEST, _MOST_WORK // size))
    search = _Search(older, changes, was, facts, most, engine, max_states, progress)
    causes = search.causes(turned)
    return Changes(
        older=older,
        newer=newer,
        changes=changes,
        places=places,
        turned=tuple(_turn(key, places, was, is_now, causes) for key in turned),
        tried=search.tried,
        most=most,
        states=after.graph.space.size,
        states_before=before.graph.space.size,
    )


def _turn(
    key: Key,
    places: Sequence[Place],
    was: Mapping[Key, Value],
    is_now: Mapping[Key, Value],
    causes: Mapping[Key, tuple[Cause, ...]],
) -> Turn:
    number, concept, dm = key
    before, after = was[key], is_now[key]
    return Turn(
        place=None if number is None else places[number],
        concept=concept,
        decision_maker=dm,
        before=before or 0,
        after=after or 0,
        causes=causes.get(key, ()),
    )


# The states looked at, and what is true of them


def _places(older: Conflict, newer: Conflict, before: Outcome, after: Outcome) -> Iterable[Place]:
    """Yield the status quo, then the named states that exist in one of the models."""
    quo, quo_before = _mark(after, after.today), _mark(before, before.today)
    yield _place(before, after, quo_before, quo, is_status_quo=True)
    seen = {quo} if quo == quo_before else set()
    for conflict in (newer, older):
        for state in conflict.states:
            mark = state.name if conflict.is_graph_form else frozenset(state.taken)
            known = _find(before, mark) is not None or _find(after, mark) is not None
            if mark not in seen and known and type(mark) is type(quo):
                seen.add(mark)
                yield _place(before, after, mark, mark, is_status_quo=False)


_Mark = frozenset[str] | str
"""What tells a state in any version: the options taken, or its label in graph form."""


def _mark(outcome: Outcome, state: int) -> _Mark:
    space = outcome.graph.space
    return frozenset(space.taken(state)) if space.options else space.label(state)


def _find(outcome: Outcome, mark: _Mark) -> int | None:
    space = outcome.graph.space
    if isinstance(mark, str):
        labels = [space.label(state) for state in range(space.size)] if not space.options else []
        return labels.index(mark) if mark in labels else None
    if not mark <= set(space.options):
        return None
    return space.find(space.code_of(mark)) if space.options or not mark else None


def _place(before: Outcome, after: Outcome, mark_before: _Mark, mark: _Mark, *, is_status_quo: bool) -> Place:
    here, there = _find(after, mark), _find(before, mark_before)
    return Place(
        label=None if here is None else after.graph.space.label(here),
        label_before=None if there is None else before.graph.space.label(there),
        taken=_ordered(mark, after),
        taken_before=_ordered(mark_before, before),
        is_status_quo=is_status_quo,
    )


def _ordered(mark: _Mark, outcome: Outcome) -> tuple[str, ...]:
    if isinstance(mark, str):
        return ()
    known = [option for option in outcome.graph.space.options if option in mark]
    return (*known, *sorted(mark.difference(known)))


def _facts(outcome: Outcome, places: Sequence[Place], dms: Sequence[str]) -> dict[Key, Value]:
    """Return what is true of the places: keys (place, concept, decision maker or None for all)."""
    found: dict[Key, Value] = {}
    rows = {dm: row for row, dm in enumerate(outcome.graph.decision_makers)}
    stable = {concept: outcome.stable(concept) for concept in CORE}
    for number, place in enumerate(places):
        state = _state(outcome, place)
        found[number, "feasible", None] = state is not None
        for dm, concept in product((None, *dms), CORE):
            if state is None or (dm is not None and dm not in rows):
                found[number, concept, dm] = None
            else:
                held = stable[concept][:, state]
                found[number, concept, dm] = bool(held.all() if dm is None else held[rows[dm]])
    for concept in CORE:
        found[None, concept, None] = int(stable[concept].all(axis=0).sum())
    return found


def _state(outcome: Outcome, place: Place) -> int | None:
    if place.is_status_quo:
        return outcome.today
    is_graph = not outcome.graph.space.options
    label = place.label if place.label is not None else place.label_before
    return _find(outcome, str(label) if is_graph else frozenset(place.taken))


# Causes


class _Search:
    """Takes sets of changes back from the newer model and remembers what is then true."""

    def __init__(
        self,
        older: Conflict,
        changes: Sequence[Change],
        was: Mapping[Key, Value],
        facts: Callable[[Outcome], dict[Key, Value]],
        most: int,
        engine: str,
        max_states: int,
        progress: Progress | None,
    ) -> None:
        self.older, self.changes, self.was, self.facts = older, changes, was, facts
        self.most, self.engine, self.max_states, self.progress = most, engine, max_states, progress
        self.candidates = frozenset(k for k, change in enumerate(changes) if _can_matter(change))
        self.units = {k: closed(changes, {k}) & self.candidates for k in sorted(self.candidates)}
        self.known: dict[Set, dict[Key, Value] | None] = {frozenset(): None, self.candidates: dict(was)}
        self.tried = 0

    def causes(self, keys: Sequence[Key]) -> dict[Key, tuple[Cause, ...]]:
        if not keys:
            return {}
        singles = list(dict.fromkeys(self.units.values()))
        all_singles = self.solve(singles)
        found = {key: self.minimal(key, singles) for key in keys}
        left = [key for key in keys if not found[key]]
        pairs = list(dict.fromkeys(a | b for a, b in combinations(singles, 2))) if left else []
        all_pairs = all_singles and 2 * len(pairs) <= self.most - self.tried and self.solve(pairs)
        if all_pairs:
            found |= {key: self.minimal(key, pairs) for key in left}
        return {
            key: tuple(self.cause(key, s, sets, all_pairs=all_pairs) for s in sets or [self.candidates])
            for key, sets in found.items()
        }

    def cause(self, key: Key, restoring: Set, others: Sequence[Set], *, all_pairs: bool) -> Cause:
        """Return a set that restores a verdict as a cause, made smaller where it may not be minimal."""
        if len(restoring) <= 2 and others:
            is_smallest = len(restoring) == len(others[0])
            proof: Proof = "smallest" if is_smallest else "minimal"
            return Cause(changes=tuple(sorted(restoring)), proof=proof)
        none_smaller = all_pairs and not any(len(other) < len(restoring) for other in others)
        return self.narrowed(key, restoring, smaller_tried=none_smaller)

    def minimal(self, key: Key, sets: Sequence[Set]) -> list[Set]:
        """Return the sets that restore a verdict and hold no smaller one that does, fewest first."""
        restoring = sorted((s for s in sets if self.restores(s, key)), key=len)
        return [s for s in restoring if not any(other < s for other in restoring)]

    def restores(self, back: Set, key: Key) -> bool:
        found = self.known.get(back)
        return found is not None and found.get(key) == self.was[key]

    def narrowed(self, key: Key, back: Set, *, smaller_tried: bool) -> Cause:
        """Leave out of a restoring set, in ever smaller portions, what is not needed."""
        size = max(1, len(back) // 2)
        while True:
            before = back
            for chunk in _chunks(sorted(back), size):
                rest = frozenset(k for k in back - chunk if not self.units[k] & chunk)
                if rest == back or not rest:
                    continue
                if not self.solve([rest]):
                    return Cause(changes=tuple(sorted(back)), proof="capped")
                if self.restores(rest, key):
                    back = rest
            if size == 1 and back == before:
                smallest = len(back) <= 1 or (smaller_tried and len(back) <= 3)
                return Cause(changes=tuple(sorted(back)), proof="smallest" if smallest else "minimal")
            size = max(1, size // 2)

    def solve(self, sets: Sequence[Set]) -> bool:
        """Solve the models without these changes, as far as the cap allows; say whether all were."""
        new = [s for s in dict.fromkeys(sets) if s not in self.known]
        now = new[: self.most - self.tried]
        models = [self.without(s) for s in now]
        if self.progress and len(now) > 1:
            self.progress("causes of changed verdicts", self.tried / self.most)
        for number, outcome in outcomes(models, self.engine, self.max_states):
            self.known[now[number]] = None if outcome is None else self.facts(outcome)
        self.tried += len(now)
        return len(now) == len(new)

    def without(self, back: Set) -> Conflict:
        made = [self.changes[k] for k in sorted(self.candidates - back)]
        return _unnamed(applied(self.older, made))


def _can_matter(change: Change) -> bool:
    """Return whether a change can change a verdict: dates, coalitions and what can be borne cannot."""
    if isinstance(change, FieldChanged):
        return change.field == "status_quo"
    return change.matters and getattr(change, "block", None) not in ("coalitions", "bearable")


def _unnamed(conflict: Conflict) -> Conflict:
    """Return the conflict with those names of states alone that a ranking uses: the others decide nothing."""
    if conflict.is_graph_form:
        return conflict
    used = set(ranked_labels(conflict))
    return replace(conflict, states=tuple(state for state in conflict.states if state.name in used))


def _chunks(items: Sequence[int], size: int) -> Iterable[Set]:
    return [frozenset(items[start : start + size]) for start in range(0, len(items), size)]
