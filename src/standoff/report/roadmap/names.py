"""What sides, steps and numbers of a phased deal are called in text."""

from __future__ import annotations

from standoff.report.names import clean, dm_name
from standoff.study import Study
from standoff.timing.roadmap.detection import LONGEST
from standoff.timing.roadmap.result import RoadmapAnswer

_LARGE = 1000


def side_name(study: Study, dm: str, type_: str | None) -> str:
    """Return a decision maker by name, with its type if it has several."""
    if type_ is None or study.conflict.types is None:
        return dm_name(study, dm)
    name = next(each.name for each in study.conflict.types.types if each.id == type_)
    return f"{dm_name(study, dm)} ({clean(name)})"


def step_name(found: RoadmapAnswer, place: int) -> str:
    """Return a step by number and states; keeping the end is no step of its own."""
    step = found.steps[place - 1]
    if step.origin == step.target:
        return f"the end point {step.target}"
    return f"step {place} ({step.origin} to {step.target})"


def months(number: float) -> str:
    """Return a time in months."""
    return f"{number:g} month{'' if number == 1 else 's'}"


def unseen_words(number: int | None) -> str:
    """Return how long a breach may stay unseen."""
    if number is None:
        return "never kept"
    return f"{months(number)} or more" if number >= LONGEST else f"up to {months(number)}"


def percent(share: float) -> str:
    """Return a share as a percentage with three digits, or all that it has before the point."""
    number = 100 * share
    return f"{number:,.0f} %" if abs(number) >= _LARGE else f"{number:.3g} %"
