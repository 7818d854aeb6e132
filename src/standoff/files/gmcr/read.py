"""From a GMCR+ document to a conflict."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from standoff.errors import ModelError
from standoff.files.gmcr.faults import faults_in, ranked_states
from standoff.files.gmcr.names import Names, fitting, given_names, made_names, unique
from standoff.files.gmcr.patterns import Pattern, feasible
from standoff.files.gmcr.schema import Condition, DecisionMakerPart, Document, Ours, document
from standoff.model.conflict import (
    Coalition,
    Conflict,
    DecisionMaker,
    Literal,
    NamedState,
    Option,
    Preference,
    Prioritising,
    Ranking,
    Rule,
)
from standoff.model.statement import And, Not, Or, Statement, Taken


def gmcr_to_conflict(value: Any, name: str = "GMCR+ file") -> tuple[Conflict, tuple[str, ...]]:
    """Return the conflict that a GMCR+ document describes, and notes on what had to be decided.

    GMCR+ numbers the states after it has put the options in the order of the decision makers, as
    this program does: its state 1 is our `s1`.

    Parameters
    ----------
    value : object
        The document as JSON gives it.
    name : str
        The name of the conflict; GMCR+ files hold none.

    Returns
    -------
    conflict : Conflict
    notes : tuple of str
        One sentence each: what was chosen, and what was left out.

    Raises
    ------
    ModelError
        With every fault found in the document.
    RefusedError
        If it is too hard to tell which states are feasible.
    """
    doc = document(value)
    faults = tuple(faults_in(doc))
    if faults:
        raise ModelError(faults)
    names = made_names(doc)
    notes = []
    ours = fitting(doc, names)
    if ours is not None:
        names = given_names(doc, ours)
    elif doc.ours is not None:
        notes.append("What this file holds under 'x-standoff' no longer fits it and was ignored.")
    excluded = [names.pattern(condition) for condition in doc.infeasibles]
    states = () if ours is None else _states(ours, names)
    labels = _labels(ranked_states(doc, names, excluded), states, names) if doc.is_manual else []
    status_quo = _first_state(names, excluded) if ours is None else names.chosen(ours.status_quo)
    conflict = Conflict(
        name=name if ours is None else ours.name,
        decision_makers=tuple(
            _decision_maker(doc, dm, names, labels) for dm in range(len(doc.decision_makers))
        ),
        status_quo=status_quo,
        states=states,
        feasible=tuple(Rule(statement=_negated(condition, names)) for condition in doc.infeasibles),
        irreversible=tuple(_irreversible(doc, names)),
        coalitions=_coalitions(doc, ours, names),
    )
    return conflict, (*notes, *_notes(doc, ours, conflict))


def _labels(codes: Sequence[int], states: Sequence[NamedState], names: Names) -> list[str]:
    """Return what the states are called, in the order of their numbers."""
    given = {
        sum(1 << bit for bit, option in enumerate(names.order) if option in state.taken): state.name
        for state in states
    }
    return [given.get(code, f"s{number}") for number, code in enumerate(codes, start=1)]


def _decision_maker(doc: Document, number: int, names: Names, labels: Sequence[str]) -> DecisionMaker:
    part, id_ = doc.decision_makers[number], names.decision_makers[number]
    preference: Preference = Prioritising(statements=_statements(part, names))
    if doc.is_manual:
        preference = Ranking(tiers=tuple(tuple(labels[state - 1] for state in tier) for tier in part.ranking))
    return DecisionMaker(
        id=id_,
        name=part.name.strip() or id_,
        options=tuple(
            Option(
                name=names.options[option], label=doc.options[option].name.strip() or names.options[option]
            )
            for option in part.options
        ),
        preference=preference,
    )


def _statements(part: DecisionMakerPart, names: Names) -> tuple[Rule, ...]:
    """Leave out what is true or false in every state: it orders nothing and has no text."""
    kept = (members for members in part.preferences if members and all(members))
    return tuple(Rule(statement=_disjunction(members, names)) for members in kept)


def _disjunction(members: Sequence[Condition], names: Names) -> Statement:
    parts = [_conjunction(member, names) for member in members]
    if len(parts) == 1:
        return parts[0]
    text = " or ".join(f"({part.text})" if isinstance(part.expression, And) else part.text for part in parts)
    return Statement(text, Or(tuple(part.expression for part in parts)))


def _conjunction(condition: Condition, names: Names) -> Statement:
    literals = [
        Statement(names.options[option], Taken(names.options[option]))
        if answer == "Y"
        else Statement(f"not {names.options[option]}", Not(Taken(names.options[option])))
        for option, answer in condition
    ]
    if len(literals) == 1:
        return literals[0]
    return Statement(
        " and ".join(literal.text for literal in literals), And(tuple(part.expression for part in literals))
    )


def _negated(condition: Condition, names: Names) -> Statement:
    """Return the rule that excludes a pattern, in the way people would write it."""
    if all(answer == "N" for _, answer in condition):
        return _disjunction([[(option, "Y")] for option, _ in condition], names)
    inner = _conjunction(condition, names)
    text = f"not ({inner.text})" if isinstance(inner.expression, And) else f"not {inner.text}"
    return Statement(text, Not(inner.expression))


def _irreversible(doc: Document, names: Names) -> Iterator[Literal]:
    """Yield, in the order of the options: forward only, taken stays; backward only, not taken stays."""
    for dm in doc.decision_makers:
        for option in dm.options:
            direction = doc.options[option].direction
            if direction != "both":
                yield Literal(option=names.options[option], taken=direction == "fwd")


def _coalitions(doc: Document, ours: Ours | None, names: Names) -> tuple[Coalition, ...]:
    if ours is not None:
        groups: Iterable[tuple[str, Sequence[int]]] = ours.coalitions.items()
    else:
        several = [group for group in doc.coalitions if len(group) > 1]
        ids = unique("_".join(names.decision_makers[dm] for dm in group) for group in several)
        groups = zip(ids, several, strict=True)
    return tuple(
        Coalition(id=id_, members=tuple(names.decision_makers[dm] for dm in group)) for id_, group in groups
    )


def _first_state(names: Names, excluded: Sequence[Pattern]) -> frozenset[str]:
    """Return the options taken in s1; where no state is feasible, none (the next stage says why)."""
    code = next(feasible(names.order, excluded, 1), 0)
    return frozenset(option for bit, option in enumerate(names.order) if code >> bit & 1)


def _notes(doc: Document, ours: Ours | None, conflict: Conflict) -> Iterator[str]:
    if ours is None:
        yield "GMCR+ files name no status quo; the first feasible state, s1, was taken."
        for coalition in conflict.coalitions:
            listed = ", ".join(coalition.members)
            yield (
                f"GMCR+ analyses the coalition of {listed} as one decision maker; here it is a named group."
            )
    for dm, part in zip(conflict.decision_makers, doc.decision_makers, strict=True):
        if part.misperceptions:
            yield f"The states that {dm.name} misperceives in GMCR+ were left out."
        if doc.is_manual and part.preferences:
            yield f"The statements of {dm.name} were left out: the file says that the ranking counts."
        if not doc.is_manual and not all(members and all(members) for members in part.preferences):
            yield f"A statement of {dm.name} that is true in every state or in none was left out."


def _states(ours: Ours, names: Names) -> tuple[NamedState, ...]:
    return tuple(NamedState(name=name, taken=names.chosen(state)) for name, state in ours.states.items())
