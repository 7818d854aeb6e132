"""Steps of ways in words: who does what, where it leads and what it does to those who take it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.text import Text

from standoff.analyses.paths.result import WayStep
from standoff.report.names import change_to, counted, dm_name, listed
from standoff.report.ways import parties
from standoff.stability.verdict import Move
from standoff.study import Study


def numbered(study: Study, steps: Sequence[WayStep]) -> Iterator[Text]:
    """Return steps as lines that count them."""
    for place, step in enumerate(steps, 1):
        yield Text(f"{place}. {step_words(study, step)}")


def step_words(study: Study, step: WayStep) -> str:
    """Return a step in words: who does what, where it leads and what it does to those who take it."""
    together = " together" if len(step.movers) > 1 else ""
    return (
        f"{parties(study, step.movers)}{together} {change_to(study, move_of(step))}: {_effects(study, step)}"
    )


def _effects(study: Study, step: WayStep) -> str:
    words = []
    for effect in step.effects:
        name = f" for {dm_name(study, effect.decision_maker)}" if len(step.effects) > 1 else ""
        words.append(f"{_compared(effect.ranks)}{name}")
    return f"{listed(words)}{' - a sacrifice' if step.worse_off else ''}"


def _compared(ranks: int) -> str:
    if not ranks:
        return "no better, no worse"
    return f"{counted(abs(ranks), 'rank')} {'better' if ranks > 0 else 'worse'}"


def move_of(step: WayStep) -> Move:
    """Return the move of a step; of a joint one, as if the first of those who take it made it alone."""
    return Move(mover=step.movers[0], origin=step.origin, target=step.target)
