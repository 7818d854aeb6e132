"""What each side could do next, and what its best-ranked moves lead to."""

from __future__ import annotations

from standoff.analyses.moves import VERDICTS, NextMoves, Outlook
from standoff.report.brief import origins
from standoff.report.brief.asked import Asked
from standoff.report.brief.value import Folded, Paragraph, Points, Section, Sentence, Table
from standoff.report.moves import RANKED, moves_in_order, moves_sentence, settles_cell
from standoff.report.names import change_to, dm_name
from standoff.study import Study


def section(study: Study, asked: Asked) -> Section | None:
    """Return a sentence for each side, and folded the moves that rank best."""
    if not asked.ways.moves:
        return None
    points = tuple(sentence(study, found) for found in asked.ways.moves)
    more = Folded(
        title="The best-ranked moves of each side",
        blocks=(_table(study, asked.ways.moves), Paragraph((Sentence(RANKED),))),
    )
    return Section(key="moves", title="What each side could do next", blocks=(Points(points), more))


def sentence(study: Study, found: NextMoves) -> Sentence:
    """Say how many moves of a side rank before staying, and which is first."""
    return Sentence(moves_sentence(study, found), (origins.next_moves(found),))


def _table(study: Study, moves: tuple[NextMoves, ...]) -> Table:
    rows = [
        (dm_name(study, found.decision_maker), *_cells(study, outlook))
        for found in moves
        for outlook in moves_in_order(found)
    ]
    return Table(
        caption="Ranks above or below the status quo in brackets",
        head=("side", "move", "at once", "can settle at", "in words"),
        rows=tuple(rows),
    )


def _cells(study: Study, outlook: Outlook) -> tuple[str, ...]:
    move = change_to(study, outlook.move) if outlook.move else "staying"
    at_once = f"{outlook.at_once:+}" if outlook.at_once else "0"
    return move, at_once, settles_cell(outlook), VERDICTS[outlook.verdict]
