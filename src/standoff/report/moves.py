"""Next moves in words: a table of all that are told, sentences on the first, one on the whole."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from rich.box import SIMPLE_HEAD
from rich.console import Group
from rich.table import Table
from rich.text import Text

from standoff.analyses.moves import VERDICTS, NextMoves, Outlook, Place
from standoff.report.documents import header
from standoff.report.names import change_to, counted, dm_name, listed, option_label
from standoff.report.ways import compared, steps, taken
from standoff.stability.concepts import CONCEPTS
from standoff.study import Study

RANKED = (
    "Ranked by the worst place where play can settle if everybody follows improvements, then by the worst "
    "reply that pays those who make it, then by the effect at once."
)

_TOLD = 3


def moves_sentence(study: Study, found: NextMoves) -> str:
    """Say how many moves rank before staying, and which one is first."""
    who = dm_name(study, found.decision_maker)
    if not found.number:
        return f"{who} has no move from {found.state}."
    number, begin = found.better_than_staying, f"For {who} at {found.state} "
    if not number:
        which = (
            "its only move does not rank"
            if found.number == 1
            else f"none of its {found.number:,} moves ranks"
        )
        return f"{begin}{which} before staying."
    which = (
        "its only move ranks"
        if found.number == 1
        else f"{number:,} of its {found.number:,} moves rank{'s' * (number == 1)}"
    )
    return f"{begin}{which} before staying{_first(study, found)}."


def _first(study: Study, found: NextMoves) -> str:
    """Say which move is first, unless the time limit kept it from being looked at."""
    if not found.moves:
        return ""
    best = found.moves[0]
    move = change_to(study, best.move) if best.move else best.target
    return f"; first {move}: {VERDICTS[best.verdict]}"


def move_sentences(study: Study, found: NextMoves, outlook: Outlook, *, sanctions: bool = False) -> list[str]:
    """Say what one move, or staying, leads to; with `sanctions` also step by step the worst at a cost."""
    course = change_to(study, outlook.move) if outlook.move else f"staying ({outlook.target})"
    meaning = VERDICTS[outlook.verdict]
    lines = [f"{course[0].upper()}{course[1:]}: {outlook.verdict} - {meaning}."]
    if outlook.move:
        lines.append(_at_once(outlook))
    lines += [_replies(study, found, outlook, sanctions=sanctions), _settles(found, outlook)]
    lines += [line for line in (_equilibria(found, outlook), _effects(study, outlook)) if line]
    return lines


def _at_once(outlook: Outlook) -> str:
    if not outlook.at_once:
        return "At once it is neither better nor worse."
    better = outlook.at_once > 0
    text = f"At once it is {counted(abs(outlook.at_once), 'rank')} {'better' if better else 'worse'}"
    if outlook.decided_by is None:
        return f"{text}."
    return f"{text}: it {'fulfils' if better else 'gives up'} ‘{outlook.decided_by}’."


def _replies(study: Study, found: NextMoves, outlook: Outlook, *, sanctions: bool) -> str:
    credible, harsh = outlook.credible_reply, outlook.any_reply
    if credible.sequence:
        text = (
            f"The worst reply that pays those who make it leads to {credible.state} "
            f"({compared(credible.ranks, found.state)}): {steps(study, credible.sequence)}."
        )
    else:
        text = "No reply that pays those who make it makes that worse."
    if harsh.ranks == credible.ranks:
        return f"{text} No other reply is worse."
    place = f"{harsh.state} ({compared(harsh.ranks, found.state)})"
    told = f" Step by step: {steps(study, harsh.sequence)}." if sanctions and harsh.sequence else ""
    return f"{text} Replies at a cost to them could lead to {place}.{told}"


def _settles(found: NextMoves, outlook: Outlook) -> str:
    settling = outlook.settling
    opening = "Play" if settling.answered else "None of the others gains by answering; play"
    told = listed((_place(place, found.state) for place in settling.told), "or")
    left = settling.places - len(settling.told)
    more = f", or {counted(left, 'more place')}" if left else ""
    return f"{opening} {'can settle' if settling.places > 1 else 'settles'} at {told}{more}."


def _place(place: Place, state: str) -> str:
    if place.size == 1:
        same = place.states == (state,)
        return state if same else f"{place.states[0]} ({compared(place.lowest, state)})"
    members = ", ".join(place.states) + (", ..." if place.size > len(place.states) else "")
    return f"a cycle of {place.size:,} states ({members}; at worst {compared(place.lowest, state)})"


def _equilibria(found: NextMoves, outlook: Outlook) -> str:
    short = CONCEPTS[found.concept].short
    parts: list[str] = []
    for verb, reached, after in (
        ("opens", outlook.opens, ""),
        ("closes", outlook.closes, ""),
        ("closes", outlook.closes_for_good, " for good"),
    ):
        if reached.number:
            noun = "" if parts else f" {short} {'equilibrium' if reached.number == 1 else 'equilibria'}"
            more = ", ..." if reached.number > len(reached.states) else ""
            parts.append(f"{verb} {reached.number:,}{noun}{after} ({', '.join(reached.states)}{more})")
    return f"It {listed(parts)}." if parts else ""


def _effects(study: Study, outlook: Outlook) -> str:
    if not outlook.effects:
        return ""

    def named(options: tuple[str, ...]) -> str:
        return listed((f"‘{option_label(study, option)}’" for option in options), "or")

    parts = []
    if outlook.carriers:
        parts.append(f"without the change of {named(outlook.carriers)} the rest would rank lower")
    if outlook.burdens:
        parts.append(f"without the change of {named(outlook.burdens)} it would rank higher")
    idle = tuple(effect.option for effect in outlook.effects if effect.compared == "same")
    if idle:
        parts.append(f"the change of {named(idle)} adds nothing")
    if not parts:
        return "Its changes are possible only together."
    text = listed(parts)
    return f"{text[0].upper()}{text[1:]}."


def moves_view(study: Study, found: NextMoves, most: int = _TOLD, *, sanctions: bool = False) -> Group:
    """Return the answer for people; sentences on the first `most` moves and the last one.

    With `sanctions` also the worst replies at a cost to those who make them, step by step.
    """
    what = taken(study, found.state)
    who = dm_name(study, found.decision_maker)
    parts: list[Text | Table] = [
        Text(f"What next for {who} at {found.state}{f' ({what})' if what else ''}?", style="bold"),
        *([Text(f"Assumed: {found.assumed}")] if found.assumed else []),
        Text(moves_sentence(study, found)),
        Text(RANKED, style="dim"),
        Text(""),
        _table(study, found),
    ]
    left = found.number - len(found.moves)
    if left:
        why = "the time limit was reached" if found.stopped else "--all shows every one"
        parts.append(Text(f"{counted(left, 'more move')} not shown; {why}."))
    for outlook in moves_in_order(found):
        if outlook.move is None or outlook in (*found.moves[:most], found.moves[-1]):
            parts.append(Text(""))
            first, *others = move_sentences(study, found, outlook, sanctions=sanctions)
            parts += [Text(f"{outlook.place}. {first}"), *(Text(f"   - {line}") for line in others)]
    return Group(*parts)


def _table(study: Study, found: NextMoves) -> Table:
    table = Table(box=SIMPLE_HEAD, pad_edge=False, show_edge=False)
    table.add_column("place", justify="right")
    headings = ("move", "to", "at once", "worst reply that pays", "settles", "opens", "closes", "verdict")
    for heading in headings:
        table.add_column(heading, no_wrap=True, justify="right" if heading == "at once" else "left")
    for outlook in moves_in_order(found):
        table.add_row(*_cells(study, outlook))
    return table


def moves_in_order(found: NextMoves) -> list[Outlook]:
    """Return staying and the moves by place, staying first among equals."""
    return sorted((found.staying, *found.moves), key=lambda each: (each.place, each.move is not None))


def _cells(study: Study, outlook: Outlook) -> Iterator[str]:
    yield str(outlook.place)
    yield _changes(study, outlook)
    yield outlook.target
    yield f"{outlook.at_once:+}" if outlook.at_once else "0"
    yield _outcome(outlook.credible_reply.state, outlook.credible_reply.ranks)
    yield settles_cell(outlook)
    yield f"{outlook.opens.number:,}"
    yield f"{outlook.closes.number:,}"
    yield outlook.verdict


def settles_cell(outlook: Outlook) -> str:
    """Return the worst place where play can settle, and how many more there are."""
    settling = outlook.settling
    worst = _outcome(settling.worst, settling.worst_ranks)
    return worst if settling.places == 1 else f"{worst} or {settling.places - 1:,} more"


def _outcome(state: str, ranks: int) -> str:
    return f"{state} ({ranks:+})" if ranks else f"{state} (=)"


def _changes(study: Study, outlook: Outlook) -> str:
    if outlook.move is None:
        return "(stay)"
    space = study.space
    if not space.options:
        return f"to {outlook.target}"
    before = set(space.taken(space.index(outlook.move.origin)))
    after = set(space.taken(space.index(outlook.target)))
    changed = [option for option in space.options if option in before ^ after]
    return " ".join(f"{'+' if option in after else '-'}{option.partition('.')[2]}" for option in changed)


def moves_document(study: Study, found: NextMoves) -> dict[str, Any]:
    """Return the document ``standoff.moves/1``."""

    def entry(outlook: Outlook) -> dict[str, Any]:
        sentences = move_sentences(study, found, outlook)
        return {
            **asdict(outlook),
            "options": list(study.space.taken(study.space.index(outlook.target))),
            "sentences": sentences,
        }

    rest = asdict(found)
    return {
        **header("standoff.moves/1", study),
        **{key: rest[key] for key in ("assumed", "decision_maker", "state", "concept")},
        "ranked": RANKED,
        "sentence": moves_sentence(study, found),
        **{key: rest[key] for key in ("number", "better_than_staying", "stopped")},
        "staying": entry(found.staying),
        "moves": [entry(outlook) for outlook in found.moves],
    }
