"""Display names: what decision makers, options, states and moves are called in text."""

from __future__ import annotations

from collections.abc import Iterable

from standoff.model.conflict import Conflict
from standoff.stability.verdict import Move
from standoff.study import Study


def clean(text: str) -> str:
    """Return text with control characters and direction overrides replaced, on one line."""
    return "".join(character if character.isprintable() else " " for character in text)


def maker_name(conflict: Conflict, dm: str) -> str:
    """Return the display name of a decision maker, with its id where others have the same name."""
    names = {each.id: each.name for each in conflict.decision_makers}
    name = names[dm]
    return clean(name if list(names.values()).count(name) == 1 else f"{name} ({dm})")


def dm_name(study: Study, dm: str) -> str:
    """Return the display name of a decision maker."""
    return maker_name(study.conflict, study.conflict.decision_makers[study.number_of(dm)].id)


def option_label(study: Study, option: str, *, owned: bool = False) -> str:
    """Return the label of an option given as ``decision_maker.option``.

    The owner stands before it where others have an option of that label, unless the sentence
    names the owner, which `owned` says; the id stands behind it where the owner has two of them.
    """
    labels = {known.name: known.label for known in study.conflict.options}
    owners = [_owner(name) for name, label in labels.items() if label == labels[option]]
    label = labels[option]
    if owners.count(_owner(option)) > 1:
        label = f"{label} ({option.partition('.')[2]})"
    shared = len(set(owners)) > 1 and not owned
    return clean(f"{dm_name(study, _owner(option))}: {label}" if shared else label)


def wish(study: Study, statement: str) -> str:
    """Return a statement in quotes, by its label if it is an option or its negation."""
    negated, option = statement.startswith("not "), statement.removeprefix("not ").strip()
    if option not in study.space.options:
        return f"‘{clean(statement)}’"
    return f"{'not ' if negated else ''}‘{option_label(study, option)}’"


def _owner(option: str) -> str:
    return option.partition(".")[0]


def state_name(study: Study, state: str) -> str:
    """Return a state's label, marked where it is the status quo; an assumption sets out from another one."""
    return f"{state} (the status quo)" if state == study.status_quo and not study.assumed else state


def change(study: Study, move: Move) -> str:
    """Return what a move does: the options taken and dropped, or just where it leads."""
    space = study.space
    if not space.options:
        return f"moving to {move.target}"
    before = set(space.taken(space.index(move.origin)))
    after = set(space.taken(space.index(move.target)))
    own = {_owner(option) for option in before ^ after} == {move.mover}
    parts = []
    for verb, changed in (("taking", after - before), ("dropping", before - after)):
        if changed:
            names = [option for option in space.options if option in changed]
            parts.append(f"{verb} {listed(f'‘{option_label(study, name, owned=own)}’' for name in names)}")
    return " and ".join(parts)


def change_to(study: Study, move: Move) -> str:
    """Return what a move does and, where that does not say it, the state that it leads to."""
    return f"{change(study, move)} ({move.target})" if study.space.options else change(study, move)


def ending(study: Study, state: str) -> str:
    """Return where moves just told end, in words that a comparison follows; a move may have said it."""
    return f"which ends at {state}," if study.space.options else "which is"


def went(study: Study, move: Move, also: str = "") -> str:
    """Return that a move was made, as a condition: to which state, and by what."""
    if not study.space.options:
        return f"moved to {move.target}{f' ({also})' if also else ''}"
    return f"went to {move.target} by {change(study, move)}{f' ({also})' if also else ''}"


def listed(items: Iterable[str], word: str = "and") -> str:
    """Return items as a plain English list."""
    known = list(items)
    if len(known) < 2:
        return "".join(known)
    return f"{', '.join(known[:-1])} {word} {known[-1]}"


def counted(number: int, singular: str, plural: str | None = None) -> str:
    """Return a number with its noun."""
    return f"{number:,} {singular if number == 1 else plural or singular + 's'}"


def types_note(study: Study) -> str | None:
    """Say that a party may want otherwise than the preferences say that stability goes by."""
    types = study.conflict.types
    if types is None:
        return None
    ids = listed((clean(each.id) for each in types.types), "or")
    return (
        f"{dm_name(study, types.decision_maker)} may be of another type ({ids}) and want otherwise; "
        "what holds is told for its wishes as they stand in the model."
    )
