"""What a decision maker can do next, and what each of its moves leads to."""

from standoff.analyses.moves.outlook import next_moves
from standoff.analyses.moves.result import (
    VERDICTS,
    NextMoves,
    OptionEffect,
    Outlook,
    Place,
    Reached,
    Settling,
)

__all__ = ["VERDICTS", "NextMoves", "OptionEffect", "Outlook", "Place", "Reached", "Settling", "next_moves"]
