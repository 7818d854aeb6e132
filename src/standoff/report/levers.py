"""What would it take, in sentences and as a document, both from the one result."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from math import floor, log10
from typing import Any

from rich.console import Group
from rich.text import Text

from standoff.analyses.levers import (
    AddStatement,
    Count,
    DropStatement,
    Edit,
    ForbidMove,
    Inducement,
    Lever,
    Levers,
    MakeIrreversible,
    Moved,
    MoveStatement,
    RankingChange,
    Ruling,
)
from standoff.model.fingerprint import fingerprint
from standoff.report.documents import header
from standoff.report.names import change, clean, counted, dm_name, listed, state_name, wish
from standoff.stability.concepts import CONCEPTS
from standoff.stability.verdict import Move
from standoff.study import Study

_NAMED = 3
_TOLD_DIGITS = 30
_MOST_DIGITS = 1000

_KINDS = {
    RankingChange: "ranking",
    DropStatement: "drop_statement",
    MoveStatement: "move_statement",
    AddStatement: "add_statement",
    ForbidMove: "forbid_move",
    MakeIrreversible: "make_irreversible",
    Ruling: "rule",
}

_UNITS = {
    "preferences": ("pair of states", "pairs of states"),
    "statements": ("edit of a statement", "edits of statements"),
    "inducements": ("inducement", "inducements"),
}

_SMALLEST = {"preferences": 0.5, "statements": 1, "inducements": 1}


def levers_document(study: Study, found: Levers, most: int | None = None) -> dict[str, Any]:
    """Return the document ``standoff.levers/1``; the changed models are told by their fingerprints."""
    return {
        **header("standoff.levers/1", study),
        "rules": {"sanction_moves": study.sanction_moves},
        "state": _state(study, found.state),
        "concept": found.concept,
        "for": list(found.parties),
        "break": found.breaking,
        "met": found.met,
        "stable": dict(found.stable),
        "question": question_sentence(study, found),
        "levers": [_lever(study, found, lever, most) for lever in found.levers],
    }


def _lever(study: Study, found: Levers, lever: Lever, most: int | None) -> dict[str, Any]:
    return {
        "by": lever.by,
        "status": lever.status,
        "proved": lever.proved,
        "size": lever.size,
        "bound": lever.bound,
        "vocabulary": lever.vocabulary,
        "changes": [{"kind": _KINDS[type(each)], **asdict(each)} for each in lever.changes],
        "stable_after": None if lever.verdicts is None else dict(lever.verdicts),
        "fingerprint_after": None if lever.conflict is None else fingerprint(lever.conflict),
        "seconds": round(lever.seconds, 3),
        "sentences": list(lever_sentences(study, found, lever, most)),
    }


def levers_view(study: Study, found: Levers, most: int | None = _NAMED) -> Group:
    """Return the whole answer for the terminal."""
    parts = [Text(question_sentence(study, found), style="bold"), Text(now_sentence(study, found))]
    for lever in found.levers:
        first, *rest = lever_sentences(study, found, lever, most)
        parts += [Text(f"\n{first}"), *(Text(f"- {line}") for line in rest)]
    return Group(*parts)


def question_sentence(study: Study, found: Levers) -> str:
    """Say what was asked."""
    short, state = CONCEPTS[found.concept].short, state_name(study, found.state)
    everybody = len(found.parties) == len(study.decision_makers)
    if everybody:
        what = f"{'no longer a' if found.breaking else 'a'}{_n(short)} {short} equilibrium"
        return f"What would make {state} {what}?"
    names = listed((dm_name(study, dm) for dm in found.parties), "or" if found.breaking else "and")
    if found.breaking:
        return f"What would make {state} unstable under {short} for {names}?"
    return f"What would make {state} stable under {short} for {names}?"


def _n(short: str) -> str:
    return "n" if short in ("SMR", "SSEQ") else ""


def now_sentence(study: Study, found: Levers) -> str:
    """Say for whom it is stable now."""
    short = CONCEPTS[found.concept].short
    holding = [dm_name(study, dm) for dm, stable in found.stable.items() if stable]
    failing = [dm_name(study, dm) for dm, stable in found.stable.items() if not stable]
    if found.met:
        return f"Nothing: it is {'not ' if found.breaking else ''}so now{_for(failing, found.breaking)}."
    if not holding:
        return f"Now it is stable under {short} for none of them."
    if not failing:
        return f"Now it is stable under {short} for {listed(holding)}."
    return f"Now it is stable under {short} for {listed(holding)}, but not for {listed(failing)}."


def _for(failing: Sequence[str], breaking: bool) -> str:  # noqa: FBT001
    return f", as it is not stable for {listed(failing)}" if breaking else ""


def lever_sentences(study: Study, found: Levers, lever: Lever, most: int | None = _NAMED) -> Iterator[str]:
    """Yield what to change: a line on how much and whether it is proved least, then one for each change."""
    yield f"By {lever.by}: {_verdict(lever)}"
    for each in lever.changes:
        yield _change(study, each, most)
    if lever.verdicts is not None:
        yield (
            f"Checked by building the changed model and judging it: {found.state} is "
            f"{_after(study, lever.verdicts)} under {CONCEPTS[found.concept].short}."
        )


def lever_summary(study: Study, found: Levers, lever: Lever) -> str:
    """Say what to change, what follows, and whether it is proved that nothing less does."""
    if not lever.changes:
        return f"{question_sentence(study, found)} By {lever.by}: {_verdict(lever)}"
    changes = "; ".join(_labelled(study, each).removesuffix(".") for each in lever.changes)
    after = "" if lever.verdicts is None else _after(study, lever.verdicts)
    least = "nothing less does" if lever.proved else "less may do"
    short = CONCEPTS[found.concept].short
    size = _number(lever.size or 0, *_UNITS[lever.by])
    return f"{changes}: then {found.state} is {after} under {short} ({size}; {least})."


def _after(study: Study, verdicts: Mapping[str, bool]) -> str:
    failing = [dm_name(study, dm) for dm, stable in verdicts.items() if not stable]
    if failing:
        return f"not stable for {listed(failing)}"
    return f"stable for {listed(dm_name(study, dm) for dm in verdicts)}"


def _verdict(lever: Lever) -> str:
    one, many = _UNITS[lever.by]
    words = clean(lever.vocabulary)
    if lever.status == "not applicable":
        return f"not applicable: {words}."
    within = f" Looked at: {words}."
    if lever.by == "preferences":
        within = " A tie made or broken counts half."
    bound = _number(lever.bound, one, many)
    if lever.status == "none":
        return f"nothing does; this is proved. Looked at: {words}."
    if lever.status == "unknown":
        proved = (
            "" if lever.bound <= _SMALLEST[lever.by] else f"; less than {bound} cannot do, which is proved"
        )
        return f"nothing was found in the time given{proved}.{within}"
    size = _number(lever.size or 0, one, many)
    if lever.status == "least":
        return f"{size}; nothing less does, which is proved.{within}"
    proved = f"; it is proved that less than {bound} cannot do"
    if lever.bound <= _SMALLEST[lever.by]:
        proved = ", and how much less may do is open"
    return f"{size} at most. This is the best found in the time given, not proved least{proved}.{within}"


def _number(size: float, one: str, many: str) -> str:
    return f"{size:,g} {one if size == 1 else many}"


def _change(study: Study, each: RankingChange | Edit | Inducement, most: int | None) -> str:
    match each:
        case RankingChange():
            return _ranking(study, each, most)
        case DropStatement():
            return f"{dm_name(study, each.decision_maker)} drops {_rule(each)}."
        case MoveStatement():
            return f"{dm_name(study, each.decision_maker)} moves {_rule(each)}, to place {each.to}."
        case AddStatement():
            who, what = dm_name(study, each.decision_maker), clean(each.statement)
            return f"{who} takes up ‘{what}’ as its statement {each.place}."
        case ForbidMove():
            move = Move(mover=each.decision_maker, origin=each.origin, target=each.target)
            by = f" by {change(study, move)}" if study.space.options else ""
            return f"{dm_name(study, each.decision_maker)} cannot go from {each.origin} to {each.target}{by}."
        case MakeIrreversible():
            return f"‘{each.literal}’ cannot be undone once it is true."
        case Ruling():
            gone = counted(each.excluded, "state")
            return f"Every state must satisfy ‘{each.statement}’, which excludes {gone}."


def _labelled(study: Study, each: RankingChange | Edit | Inducement) -> str:
    """Return a change with an option called by its label, for those who read it and do not type it."""
    text = _change(study, each, _NAMED)
    match each:
        case AddStatement() | DropStatement() | MoveStatement():
            said = clean(each.statement)
        case MakeIrreversible():
            said = str(each.literal)
        case _:
            return text
    return text.replace(f"‘{said}’", wish(study, said))


def _rule(each: DropStatement | MoveStatement) -> str:
    return f"its statement {each.place}, ‘{clean(each.statement)}’"


def _ranking(study: Study, each: RankingChange, most: int | None) -> str:
    moved = [_moved(part, most) for part in each.moved[:most]]
    if len(each.moved) > len(moved):
        more = counted(len(each.moved) - len(moved), "more state")
        moved.append(f"{more} {'moves' if len(each.moved) - len(moved) == 1 else 'move'}")
    pairs = _number(each.pairs, "pair", "pairs")
    who = dm_name(study, each.decision_maker)
    return f"{who} ({pairs} among {each.relevant:,} states that matter): {'; '.join(moved)}."


def _moved(part: Moved, most: int | None) -> str:
    ways = (("rises above", part.above), ("comes level with", part.level), ("falls below", part.below))
    return f"{part.state} {listed(f'{verb} {_some(states, most)}' for verb, states in ways if states)}"


def _some(states: Sequence[str], most: int | None) -> str:
    if most is None or len(states) <= most + 1:
        return listed(states)
    return f"{', '.join(states[:most])} and {len(states) - most:,} more"


def count_document(study: Study, found: Count) -> dict[str, Any]:
    """Return the document ``standoff.levers/1`` of a count; whole numbers as text, since they are large."""
    return {
        **header("standoff.levers/1", study),
        "rules": {"sanction_moves": study.sanction_moves},
        "state": _state(study, found.state),
        "concept": found.concept,
        "for": list(found.parties),
        "count": {
            "profiles": _exact(found.profiles),
            "of": _exact(found.of),
            "share": found.profiles / found.of,
            "sentence": count_sentence(study, found),
        },
    }


def count_view(study: Study, found: Count) -> Group:
    """Return the count for the terminal."""
    return Group(Text(count_sentence(study, found)))


def count_sentence(study: Study, found: Count) -> str:
    """Say under how many profiles a state is stable."""
    short, state = CONCEPTS[found.concept].short, state_name(study, found.state)
    everybody = len(found.parties) == len(study.decision_makers)
    whom = "everybody" if everybody else listed(dm_name(study, dm) for dm in found.parties)
    return (
        f"{state} is stable under {short} for {whom} in {_large(found.profiles)} of {_large(found.of)} "
        f"profiles of strict orders ({found.profiles / found.of:.2%}). "
        "This is a share of profiles, not a likelihood."
    )


def _state(study: Study, label: str) -> dict[str, Any]:
    return {"label": label, "options": list(study.space.taken(study.space.index(label)))}


def _exact(number: int) -> str | None:
    """Return all digits, or None where there are more than anybody reads."""
    return str(number) if number < 10**_MOST_DIGITS else None


def _large(number: int) -> str:
    if number < 10**_TOLD_DIGITS:
        return f"{number:,}"
    digits = log10(number)
    return f"about {10 ** (digits % 1):.1f}e{floor(digits)}"
