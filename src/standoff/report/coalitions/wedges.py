"""The common line of a coalition and its wedges, in sentences."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from standoff.analyses.wedges import Line, Standing, Wedge
from standoff.report.names import change, change_to, counted, dm_name, ending, listed, state_name, went
from standoff.stability.verdict import Move
from standoff.study import Study

_MOST_PAIRS = 3

_Kind = tuple[str, str, str, tuple[str, ...]]
"""Who moves, which member it drives apart, how far, and at whose cost."""


def line_summary(study: Study, line: Line, *, every: bool = False) -> Iterator[str]:
    """Say how the members stand, and how many moves are wedges."""
    apart = [each for each in line.standings if each.standing != "in line"]
    if apart:
        at = state_name(study, apart[0].state)
        for each in apart:
            yield f"At {at} {standing_sentence(study, each)}"
        rest = [each.member for each in line.standings if each.standing == "in line"]
        if rest:
            verb = "stands" if len(rest) == 1 else "stand"
            yield f"{listed(dm_name(study, dm) for dm in rest)} {verb} in line."
    else:
        yield (
            f"At {state_name(study, line.standings[0].state)} all members are in line: no move that one of "
            "them gains by is at the cost of another."
        )
    if not line.complete:
        yield "Time ran out before all moves were looked at; there may be more wedges."
    if line.wedges:
        kinds = len(line.wedges if every else _counts(line.wedges))
        number = counted(len(line.wedges), "move is a wedge", "moves are wedges")
        like = "" if len(line.wedges) == kinds else f"; {counted(kinds, 'kind')}, one example of each"
        yield f"{number}{like}."
    elif line.complete:
        yield "No move of anybody drives a member further away from the line."


def wedge_sentences(study: Study, line: Line, *, every: bool = False) -> Iterator[str]:
    """Say what each wedge is, or one of each kind: the one that changes fewest options.

    A kind has one mover, member, effect and victims.
    """
    counts = _counts(line.wedges)
    for wedge in line.wedges if every else smallest(study, line.wedges):
        yield wedge_sentence(study, wedge, 1 if every else counts[_kind(wedge)])


def _kind(wedge: Wedge) -> _Kind:
    return wedge.move.mover, wedge.after.member, wedge.after.standing, wedge.after.at_the_cost_of


def _counts(wedges: Sequence[Wedge]) -> dict[_Kind, int]:
    counts: dict[_Kind, int] = {}
    for wedge in wedges:
        counts[_kind(wedge)] = counts.get(_kind(wedge), 0) + 1
    return counts


def smallest(study: Study, wedges: Sequence[Wedge]) -> Iterator[Wedge]:
    """Yield one wedge of each kind: of those the mover gains by, if any, the smallest move."""
    for kind in _counts(wedges):
        alike = [wedge for wedge in wedges if _kind(wedge) == kind]
        yield min(alike, key=lambda wedge: (not wedge.gains, _size(study, wedge.move)))


def _size(study: Study, move: Move) -> int:
    codes, index = study.space.codes, study.space.index
    return (int(codes[index(move.origin)]) ^ int(codes[index(move.target)])).bit_count()


def wedge_sentence(study: Study, wedge: Wedge, of: int = 1) -> str:
    """Say what a wedge is: the move, the departure, and what keeps the member in or would."""
    who = dm_name(study, wedge.move.mover)
    side = "a member" if wedge.inside else "outside"
    pays = "a gain for it at once" if wedge.gains else "no gain for it at once"
    like = f"; {of - 1:,} more like it" if of > 1 else ""
    return (
        f"If {who} ({side}) {went(study, wedge.move, pays + like)}, {standing_sentence(study, wedge.after)}"
    )


def standing_sentence(study: Study, standing: Standing) -> str:
    """Say by what a member departs, at whose cost, and what keeps it in or would keep it in."""
    who = dm_name(study, standing.member)
    departure = standing.departure
    if departure is None:
        return f"{who} stands in line."
    more = counted(standing.departures, "such move") if standing.departures > 1 else "its only such move"
    text = (
        f"{who} would gain by {change_to(study, departure)} at the cost of "
        f"{listed(dm_name(study, dm) for dm in standing.at_the_cost_of)} ({more})."
    )
    if standing.rather is not None:
        text += f" It would gain more by {change_to(study, standing.rather)}, at the cost of no member."
    if standing.standing == "kept in":
        return f"{text} The other members keep it in: {_reply(study, standing.answer)} no better for {who}."
    text += " The other members have no credible answer."
    if standing.answer_with_outsiders:
        reply = _reply(study, standing.answer_with_outsiders)
        text += f" With those outside there is one: {reply} no better for {who}."
    return f"{text} {_pairs(who, standing)}"


def _pairs(who: str, standing: Standing) -> str:
    """Say which states the member would have to rank otherwise."""
    ends = list(standing.unanswered)
    if len(ends) > _MOST_PAIRS:
        ends = [*ends[:_MOST_PAIRS], f"{len(ends) - _MOST_PAIRS} more"]
    pairs = counted(len(standing.unanswered), "pair")
    return (
        f"It would stay if {who} ranked {listed(ends)} no better than {standing.state} "
        f"({pairs} of states); levers looks for the least change."
    )


def _reply(study: Study, moves: Sequence[Move]) -> str:
    steps = [f"{dm_name(study, move.mover)} would gain by {change(study, move)}" for move in moves]
    return f"{listed(steps, 'and then')}, {ending(study, moves[-1].target)}"
