"""Equilibria that were found without listing states, as a document and as sentences."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from rich.console import Group
from rich.text import Text

from standoff import __version__
from standoff.files.reading import ModelFile
from standoff.model.conflict import Conflict
from standoff.model.fingerprint import fingerprint
from standoff.report.names import clean, counted, listed, maker_name
from standoff.stability.concepts import CONCEPTS
from standoff.stability.propositional import (
    Deterred,
    Equilibrium,
    Found,
    NoImprovement,
    NoMove,
    Sanction,
    Step,
    Unpunished,
)
from standoff.stability.propositional.witness import State, Witness

_EXPLAINED = 3
_SANCTIONS_TOLD = 1


def equilibria_document(model: ModelFile, found: Found, status_quo: Mapping[str, Witness]) -> dict[str, Any]:
    """Return the document ``standoff.equilibria/1``.

    A state is given by its options; its label is the name it has in the file, else null, since
    labels such as s17 count states and none were counted.
    """
    conflict = model.conflict
    return {
        "schema": "standoff.equilibria/1",
        "standoff": __version__,
        "model": {
            "name": conflict.name,
            "file": model.name,
            "variant": model.variant,
            "fingerprint": fingerprint(conflict),
        },
        "rules": {"sanction_moves": "legal_sequence"},
        "engine": "propositional",
        "decision_makers": [dm.id for dm in conflict.decision_makers],
        "concept": found.concept,
        "complete": found.complete,
        "stopped": found.stopped,
        "status_quo": {
            **_state(conflict, _in_order(conflict, frozenset(conflict.status_quo))),
            "equilibrium": _holds(status_quo),
            "witnesses": _witnesses(conflict, status_quo),
        },
        "equilibria": [
            {**_state(conflict, each.taken), "witnesses": _witnesses(conflict, each.witnesses)}
            for each in found.equilibria
        ],
    }


def _holds(witnesses: Mapping[str, Witness]) -> bool:
    return not any(isinstance(witness, Unpunished) for witness in witnesses.values())


def _in_order(conflict: Conflict, taken: frozenset[str]) -> State:
    return tuple(option.name for option in conflict.options if option.name in taken)


def _state(conflict: Conflict, taken: State) -> dict[str, Any]:
    return {"label": _given_name(conflict, taken), "options": list(taken)}


def _given_name(conflict: Conflict, taken: State) -> str | None:
    return next((state.name for state in conflict.states if state.taken == frozenset(taken)), None)


def _witnesses(conflict: Conflict, witnesses: Mapping[str, Witness]) -> dict[str, Any]:
    return {dm: _witness(conflict, witness) for dm, witness in witnesses.items()}


def _witness(conflict: Conflict, witness: Witness) -> dict[str, Any]:
    match witness:
        case NoMove():
            return {"kind": "no_move"}
        case NoImprovement(moves=moves):
            return {"kind": "no_improvement", "moves": moves}
        case Unpunished(improvement=improvement):
            return {"kind": "unpunished", "improvement": _state(conflict, improvement)}
        case Deterred():
            return {
                "kind": "deterred",
                "sanctions": [_sanction(conflict, sanction) for sanction in witness.sanctions],
                "every": witness.every,
                "replies": [[_step(step) for step in reply] for reply in witness.replies],
            }


def _sanction(conflict: Conflict, sanction: Sanction) -> dict[str, Any]:
    return {
        "improvement": _state(conflict, sanction.improvement),
        "sequence": [_step(step) for step in sanction.sequence],
        "result": _state(conflict, sanction.result),
        "worse": sanction.worse,
    }


def _step(step: Step) -> dict[str, Any]:
    return {"mover": step.mover, "taken": list(step.taken)}


def equilibria_text(model: ModelFile, found: Found, status_quo: Mapping[str, Witness]) -> Group:
    """Return what was found as sentences: how many, what they share, each by its options, and why."""
    conflict = model.conflict
    parts = [_headline(model, found), Text(_verdict(found)), Text(_status_quo(conflict, status_quo))]
    if len(found.equilibria) > 1:
        parts += [Text(line) for line in _shared(conflict, found)]
    for number, equilibrium in enumerate(found.equilibria, 1):
        name = _given_name(conflict, equilibrium.taken)
        called = f" ({name})" if name else ""
        parts.append(Text(f"{number}.{called} {', '.join(equilibrium.taken) or 'no option taken'}"))
        if number <= _EXPLAINED:
            parts += [Text(f"   - {line}") for line in _reasons(conflict, equilibrium)]
    if len(found.equilibria) > _EXPLAINED:
        told = f"Reasons are told for the first {_EXPLAINED}; --json has them all."
        parts.append(Text(told, style="dim"))
    return Group(*parts)


def _headline(model: ModelFile, found: Found) -> Text:
    conflict = model.conflict
    variant = f", variant {model.variant}" if model.variant else ""
    sizes = [
        counted(len(conflict.decision_makers), "decision maker"),
        counted(len(conflict.options), "option"),
    ]
    text = Text(clean(conflict.name) + variant, style="bold")
    concept = CONCEPTS[found.concept]
    how = f"{concept.short} ({concept.name}), states not listed; {found.candidates:,} looked at"
    return text.append(f"\n{', '.join(sizes)}; {how}", style="not bold dim")


def _verdict(found: Found) -> str:
    concept = CONCEPTS[found.concept].short
    if not found.equilibria:
        return (
            f"There is no {concept} equilibrium; this is proved."
            if found.complete
            else f"No {concept} equilibrium was found: {found.reason}."
        )
    number = counted(len(found.equilibria), f"{concept} equilibrium", f"{concept} equilibria")
    end = "; it is proved that there are no others" if found.complete else f": {found.reason}"
    return f"{number}{end}."


def _status_quo(conflict: Conflict, witnesses: Mapping[str, Witness]) -> str:
    taken = _in_order(conflict, frozenset(conflict.status_quo))
    leaving = [
        f"{maker_name(conflict, dm)} gains by {_change(conflict, taken, witness.improvement)}"
        for dm, witness in witnesses.items()
        if isinstance(witness, Unpunished)
    ]
    if not leaving:
        return "The status quo is an equilibrium."
    return f"The status quo is none: {'; '.join(leaving)}."


def _shared(conflict: Conflict, found: Found) -> Iterator[str]:
    """Yield what all equilibria have in common, if they were all found."""
    if not found.complete:
        return
    states = [frozenset(equilibrium.taken) for equilibrium in found.equilibria]
    names = [option.name for option in conflict.options]
    groups = (
        ("Taken in all of them", [name for name in names if name in frozenset.intersection(*states)]),
        ("Taken in none of them", [name for name in names if name not in frozenset.union(*states)]),
    )
    for heading, group in groups:
        if group:
            yield f"{heading}: {', '.join(group)}"


def _reasons(conflict: Conflict, equilibrium: Equilibrium) -> Iterator[str]:
    """Yield one sentence for each reason, naming all who stay for it."""
    who: dict[str, list[str]] = {}
    for dm, witness in equilibrium.witnesses.items():
        reason = _reason(conflict, equilibrium.taken, witness)
        who.setdefault(reason, []).append(maker_name(conflict, dm))
    for reason, names in who.items():
        yield f"{listed(names)}: {reason}"


def _reason(conflict: Conflict, taken: State, witness: Witness) -> str:
    match witness:
        case NoMove():
            return "no move from there."
        case NoImprovement(moves=None):
            return "none of the moves from there is better."
        case NoImprovement(moves=1):
            return "the only move from there is no better."
        case NoImprovement(moves=moves):
            return f"none of the {moves:,} moves from there is better."
        case Deterred(sanctions=sanctions, every=every):
            told = [_told(conflict, taken, sanction) for sanction in sanctions[:_SANCTIONS_TOLD]]
            left = len(sanctions) - len(told)
            number = counted(len(sanctions), "improvement") if every else "very many improvements"
            rest = f" {left:,} more likewise." if left and every else ""
            return f"{number}, deterred. {' '.join(told)}{rest}"
        case Unpunished(improvement=improvement):
            return f"gains by {_change(conflict, taken, improvement)}."


def _told(conflict: Conflict, taken: State, sanction: Sanction) -> str:
    now = frozenset(sanction.improvement)
    moves = []
    for step in sanction.sequence:
        after = now - _own(conflict, step.mover) | frozenset(step.taken)
        moves.append(f"{maker_name(conflict, step.mover)} {_change(conflict, tuple(now), tuple(after))}")
        now = after
    end = "worse than staying" if sanction.worse else "no better than staying"
    return f"After {_change(conflict, taken, sanction.improvement)}: {', then '.join(moves)}; that is {end}."


def _own(conflict: Conflict, dm: str) -> frozenset[str]:
    (options,) = (known.options for known in conflict.decision_makers if known.id == dm)
    return frozenset(option.name for option in options)


def _change(conflict: Conflict, before: State, after: State) -> str:
    """Return what a move does: the options taken and dropped, by their labels."""
    gone, new = frozenset(before) - frozenset(after), frozenset(after) - frozenset(before)
    parts = []
    for verb, changed in (("taking", new), ("dropping", gone)):
        labels = [f"‘{clean(option.label)}’" for option in conflict.options if option.name in changed]
        if labels:
            parts.append(f"{verb} {listed(labels)}")
    return " and ".join(parts)
