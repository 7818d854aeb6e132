"""Who must give first on the way to what would be better, and where the way can stall."""

from __future__ import annotations

from standoff.analyses.paths.result import Way, Ways
from standoff.report.brief import origins
from standoff.report.brief.asked import Asked, Route
from standoff.report.brief.drawings import drawing
from standoff.report.brief.value import (
    Block,
    Drawing,
    Folded,
    Origin,
    Paragraph,
    Path,
    Points,
    Section,
    Sentence,
    Table,
)
from standoff.report.names import clean
from standoff.report.paths import giving_sentence, paths_parts, together_sentence
from standoff.report.steps import step_words
from standoff.report.ways import parties
from standoff.study import Study


def section(study: Study, asked: Asked) -> Section | None:
    """Return who gives first on which way, as a sentence and a table; folded the ways step by step."""
    routes = asked.ways.routes
    if not routes:
        return None
    blocks: list[Block] = [Paragraph((sentence(study, routes),)), _table(study, routes)]
    blocks += [_folded(study, route) for route in routes]
    return Section(key="giving", title="Who must give first", blocks=tuple(blocks))


def sentence(study: Study, routes: tuple[Route, ...]) -> Sentence:
    """Say who must give first on the way to which state."""
    text = giving_sentence(study, [route.alone for route in routes])
    return Sentence(text, tuple(origins.path_to(route.alone) for route in routes))


def first(study: Study, route: Route) -> Sentence:
    """Say what the cheapest way to a state asks for first, and of whom."""
    parts = paths_parts(study, route.alone)
    told = parts.get("cost") or parts["way"]
    return Sentence(told[-1], (origins.path_to(route.alone),))


def together(study: Study, route: Route) -> Sentence | None:
    """Say that improvements lead to a state once those who move on the way there move together, if so."""
    if route.together is None or route.together.ways["improvements"] is None:
        return None
    return Sentence(together_sentence(study, route.together), (origins.path_to(route.together),))


_HEAD = ("to", "steps", "sacrifices", "gives first", "and gives up the wish", "if those who move go together")


def _table(study: Study, routes: tuple[Route, ...]) -> Table:
    """Return a row for each state, without the columns that say nothing."""
    rows = [_row(study, route) for route in routes]
    filled = [column for column in range(len(_HEAD)) if any(row[column] for row in rows)]
    return Table(
        caption=f"The way with the fewest sacrifices from {study.status_quo}",
        head=tuple(_HEAD[column] for column in filled),
        rows=tuple(tuple(row[column] for column in filled) for row in rows),
    )


def _row(study: Study, route: Route) -> tuple[str, ...]:
    way = route.alone.ways["sacrifices"]
    if way is None:
        return (route.alone.to, "none found", "", "", "", "")
    step = None if way.first_to_give is None else way.steps[way.first_to_give]
    giver = "nobody" if step is None else parties(study, step.worse_off)
    lost = (
        [] if step is None else [effect.wish for effect in step.effects if effect.ranks < 0 and effect.wish]
    )
    joint = "" if route.together is None else _joint(route.together)
    wishes = clean(", ".join(dict.fromkeys(lost)))
    return (way.goal, f"{len(way.steps):,}", f"{way.cost.sacrifices:,}", giver, wishes, joint)


def _joint(found: Ways) -> str:
    way = found.ways["improvements"]
    if way is None:
        return "still needs a sacrifice"
    return "one improvement for all of them" if len(way.steps) == 1 else f"{len(way.steps):,} improvements"


def _folded(study: Study, route: Route) -> Folded:
    origin = (origins.path_to(route.alone),)
    lines = [line for told in paths_parts(study, route.alone).values() for line in told]
    joint = together(study, route)
    points = (*(Sentence(line, origin) for line in lines), *([joint] if joint else []))
    way = route.alone.ways["sacrifices"]
    steps = _steps(study, way, origin) if way is not None and way.steps else ()
    return Folded(
        title=f"The way to {route.alone.to}, and where it can stall", blocks=(Points(points), *steps)
    )


def _steps(study: Study, way: Way, origin: tuple[Origin, ...]) -> tuple[Path, Drawing]:
    """Return a way step by step, and drawn."""
    states = (way.steps[0].origin, *(step.target for step in way.steps))
    title = f"To {way.goal} with the fewest sacrifices"
    told = tuple(Sentence(step_words(study, step), origin) for step in way.steps)
    picture = drawing(study, "graph", f"The way to {way.goal}, step by step", path=states)
    return Path(title=title, states=states, sentences=told), picture
