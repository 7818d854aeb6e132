"""What changed between two models: sentences, a view for the terminal, Markdown, and JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from rich.console import Group
from rich.text import Text

from standoff import __version__
from standoff.analyses.changes import Cause, Changes, Place, Turn
from standoff.files.reading import ModelFile
from standoff.model.changes import Change
from standoff.model.fingerprint import fingerprint
from standoff.report.change_words import Wording, is_reason, summary
from standoff.report.names import clean, counted, listed
from standoff.stability.concepts import CONCEPTS

_MOST_NAMED = 4
_MOST_OTHER_CAUSES = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldVerdict:
    """A sentence on verdicts that changed alike, and the verdicts it tells of."""

    text: str
    turns: tuple[Turn, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What changed, in sentences.

    Attributes
    ----------
    headline : str
        Whether anything that matters changed.
    changes : tuple of str
        The changes that matter to the fingerprint, numbered from 1.
    apart : tuple of str
        Changes of labels, notes, evidence and sources: they change no verdict.
    verdicts : tuple of ToldVerdict
        The verdicts that changed, and because of which changes.
    left_out : str
        How many more verdicts changed; empty if all are told.
    method : str
        How the causes were found.
    """

    headline: str
    changes: tuple[str, ...]
    apart: tuple[str, ...]
    verdicts: tuple[ToldVerdict, ...]
    left_out: str
    method: str


def told(found: Changes, *, everything: bool = False) -> Told:
    """Put what changed into sentences.

    Parameters
    ----------
    everything : bool
        Tell also the verdicts of single decision makers on named states, and each note and piece of
        evidence that changed.
    """
    words = Wording(found.older, found.newer)
    numbers = numbered(found)
    own = [found.changes[k] for k in numbers]
    others = [change for change in found.changes if not change.matters]
    apart = [words.sentence(c) for c in others if everything or not is_reason(c)]
    if not everything and summary(others):
        apart.append(summary(others))
    shown = [turn for turn in found.turned if everything or _is_main(turn)]
    rest = len(found.turned) - len(shown)
    return Told(
        headline=_headline(found),
        changes=tuple(words.sentence(change) for change in own),
        apart=tuple(apart),
        verdicts=tuple(_verdicts(found, shown, words, numbers)),
        left_out=f"{_more(rest)} of single parties on named states changed too." if rest else "",
        method=_method(found),
    )


def _more(rest: int) -> str:
    return counted(rest, "more verdict")


def numbered(found: Changes) -> dict[int, int]:
    """Return the numbers by which the changes that matter are told, counted from 1."""
    own = [k for k, change in enumerate(found.changes) if change.matters]
    return {k: number for number, k in enumerate(own, start=1)}


def _headline(found: Changes) -> str:
    if fingerprint(found.older) == fingerprint(found.newer):
        return "Nothing that matters changed: the two models say the same and have the same fingerprint."
    if not found.turned:
        told = "The status quo, the named states and the numbers of equilibria have the verdicts they had."
        left = _not_compared(found)
        return f"{told} {left} not compared." if left else f"Nothing that matters changed. {told}"
    own = sum(change.matters for change in found.changes)
    changes = f"{counted(own, 'change')} of the model {'goes' if own == 1 else 'go'}"
    return f"{changes} with {counted(len(found.turned), 'changed verdict')}."


def _not_compared(found: Changes) -> str:
    """Name what the models say beside verdicts, with its verb; empty if nothing."""
    models = (found.older, found.newer)
    timed = any(model.timing is not None or model.types is not None for model in models)
    pain = any(getattr(change, "block", None) == "bearable" for change in found.changes if change.matters)
    if timed:
        return "Belief, waiting and whether going on hurts are" if pain else "Belief and waiting are"
    return "Whether going on hurts is" if pain else ""


def _method(found: Changes) -> str:
    if not found.turned:
        return ""
    capped = any(cause.proof == "capped" for turn in found.turned for cause in turn.causes)
    if not found.tried and sum(change.matters for change in found.changes) == 1:
        return "Taking back the only change gives the older model, so that change is the cause."
    stopped = f" The search stopped at its limit of {found.most:,}." if capped else ""
    return (
        f"A change is named as a cause if taking it back restores the verdict; to find out, "
        f"{counted(found.tried, 'version')} of the model {'was' if found.tried == 1 else 'were'} analysed "
        f"anew.{stopped}"
    )


def _is_main(turn: Turn) -> bool:
    """Return whether a verdict is told at first: equilibria, their numbers, and all on the status quo."""
    return turn.decision_maker is None or turn.place is None or turn.place.is_status_quo


# Verdicts


def _verdicts(
    found: Changes, turned: Sequence[Turn], words: Wording, numbers: dict[int, int]
) -> Iterator[ToldVerdict]:
    """Say what changed, one sentence for the concepts that changed alike and for the same cause."""
    groups: dict[object, list[Turn]] = {}
    for turn in turned:
        alike = None if turn.place is None else turn.concept == "feasible"
        key = (turn.place, turn.decision_maker, turn.causes, bool(turn.after), alike)
        groups.setdefault(key if turn.place else id(turn), []).append(turn)
    for group in groups.values():
        text = f"{_what(found, group, words)}{_why(found, group[0].causes, words, numbers)}"
        yield ToldVerdict(text=text, turns=tuple(group))


def _what(found: Changes, group: Sequence[Turn], words: Wording) -> str:
    first = group[0]
    if first.place is None:
        short = CONCEPTS[first.concept].short
        now = f"{first.after:,} of {counted(found.states, 'state')}"
        before = f"{first.before:,} of {found.states_before:,}"
        return f"Equilibria under {short}: {now}, before {before}"
    where = _where(first.place)
    if first.concept == "feasible":
        return f"{where} {'is feasible now' if first.after else 'is no longer feasible'}"
    under = listed(CONCEPTS[turn.concept].short for turn in group)
    verb = "is now" if first.after else "is no longer"
    dm = first.decision_maker
    what = "an equilibrium" if dm is None else f"stable for {words.names[dm]}"
    return f"{where} {verb} {what} under {under}"


def _where(place: Place) -> str:
    label, before = place.label, place.label_before
    name = clean(label or before or "")
    if not place.is_status_quo:
        return name
    if place.taken == place.taken_before and (place.taken or label == before):
        return f"The status quo ({name})"
    return f"The status quo (now {name}, before {clean(before or '')})"


def _why(found: Changes, causes: Sequence[Cause], words: Wording, numbers: dict[int, int]) -> str:
    if not causes:
        return "."
    first, others = causes[0], causes[1:]
    text = f": {_cause(found, first, words, numbers)}"
    if others:
        also = [_numbers(cause, numbers) for cause in others[:_MOST_OTHER_CAUSES]]
        more = len(others) - len(also)
        also += [counted(more, "other set")] if more else []
        text += f"; it is restored as well without {listed(also, 'or')}"
    return f"{text}."


def _cause(found: Changes, cause: Cause, words: Wording, numbers: dict[int, int]) -> str:
    named = [words.short(found.changes[k]) for k in cause.changes]
    if len(named) == 1:
        return f"because of {_numbers(cause, numbers)} ({named[0]})"
    if len(named) > _MOST_NAMED:
        which = f"{len(named)} of the {len(numbers)} changes ({', '.join(_known(cause, numbers))})"
        return f"jointly because of {which}{_PROOFS[cause.proof]}"
    return f"jointly because of {_numbers(cause, numbers)} ({'; '.join(named)}){_PROOFS[cause.proof]}"


_PROOFS = {
    "smallest": "; no smaller set of changes restores it",
    "minimal": "; taken back together they restore it, and all but any one of them do not",
    "capped": "; taken back together they restore it, and perhaps fewer would",
}


def _numbers(cause: Cause, numbers: dict[int, int]) -> str:
    known = _known(cause, numbers)
    return f"change{'s' if len(known) > 1 else ''} {listed(known)}"


def _known(cause: Cause, numbers: dict[int, int]) -> list[str]:
    return [str(number) for number in sorted(numbers[k] for k in cause.changes)]


# Views


def changes_view(found: Changes, older: str, newer: str, *, everything: bool = False) -> Group:
    """Return the answer of ``standoff compare``."""
    text = told(found, everything=everything)
    parts = [Text(f"{clean(older)} -> {clean(newer)}", style="bold"), Text(text.headline)]
    for heading, lines, ordered in _sections(text):
        parts += [Text(f"\n{heading}", style="bold"), *map(Text, _listed_lines(lines, ordered=ordered))]
    parts += [Text(line, style="dim") for line in (_pointer(text), text.method) if line]
    return Group(*parts)


def _pointer(text: Told) -> str:
    return f"{text.left_out} Tell them with --all." if text.left_out else ""


def changes_markdown(found: Changes, older: str, newer: str, *, everything: bool = False) -> str:
    """Return the same as Markdown, for a comment on a proposed change of a model."""
    text = told(found, everything=everything)
    parts = [f"### What changed: {_escaped(older)} → {_escaped(newer)}", _escaped(text.headline)]
    for heading, lines, ordered in _sections(text):
        escaped = [_escaped(line) for line in lines]
        parts += [f"**{heading}**", "\n".join(_listed_lines(escaped, ordered=ordered))]
    parts += [_escaped(line) for line in (text.left_out, text.method) if line]
    return "\n\n".join(parts) + "\n"


def _sections(text: Told) -> Iterator[tuple[str, tuple[str, ...], bool]]:
    known = (
        ("Verdicts that changed", tuple(verdict.text for verdict in text.verdicts), False),
        ("Changes of the model", text.changes, True),
        ("Changes that leave every verdict as it is", text.apart, False),
    )
    yield from (section for section in known if section[1])


def _listed_lines(lines: Sequence[str], *, ordered: bool) -> list[str]:
    return [f"{number}. {line}" if ordered else f"- {line}" for number, line in enumerate(lines, start=1)]


def _escaped(text: str) -> str:
    """Return text in which nothing is read as Markdown or HTML."""
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return "".join(f"\\{c}" if c in "\\`*_[]#|~@" else c for c in clean(text))


def changes_document(found: Changes, older: ModelFile, newer: ModelFile) -> dict[str, Any]:
    """Return the document ``standoff.changes/1``."""
    text = told(found, everything=True)
    words, numbers = Wording(found.older, found.newer), numbered(found)
    return {
        "schema": "standoff.changes/1",
        "standoff": __version__,
        "older": _model(older),
        "newer": _model(newer),
        "same_fingerprint": fingerprint(found.older) == fingerprint(found.newer),
        "changes": [_change(change, words, numbers.get(k)) for k, change in enumerate(found.changes)],
        "verdicts": [_turn(turn, numbers) for turn in found.turned],
        "states": {"before": found.states_before, "after": found.states},
        "analysed": {"versions": found.tried, "most": found.most},
        "sentences": {
            "headline": text.headline,
            "changes": list(text.changes),
            "apart": list(text.apart),
            "verdicts": [verdict.text for verdict in text.verdicts],
            "method": text.method,
        },
    }


def _model(model: ModelFile) -> dict[str, Any]:
    return {
        "name": model.conflict.name,
        "file": model.name,
        "variant": model.variant,
        "fingerprint": fingerprint(model.conflict),
    }


def _change(change: Change, words: Wording, number: int | None) -> dict[str, Any]:
    kind = type(change).__name__.lower()
    kinds = {"preferencechanged": "preference", "fieldchanged": "field"}

    def get(name: str) -> Any:
        return getattr(change, name, None)

    return {
        "number": number,
        "kind": kinds.get(kind, kind),
        "block": get("block") or get("field"),
        "decision_maker": get("owner"),
        "part": get("part"),
        "changes_fingerprint": change.matters,
        "sentence": words.sentence(change),
    }


def _turn(turn: Turn, numbers: dict[int, int]) -> dict[str, Any]:
    return {
        "place": None if turn.place is None else asdict(turn.place),
        "concept": turn.concept,
        "decision_maker": turn.decision_maker,
        "before": turn.before,
        "after": turn.after,
        "causes": [_cause_record(cause, numbers) for cause in turn.causes],
    }


def _cause_record(cause: Cause, numbers: dict[int, int]) -> dict[str, Any]:
    changes = [numbers[k] for k in cause.changes]
    return {"changes": changes, "jointly": len(changes) > 1, "proof": cause.proof}
