"""What leads out of the status quo, found once for all sections that tell of it."""

from __future__ import annotations

from collections.abc import Iterator
from time import monotonic

from standoff.analyses.coalitions.clock import OutOfTimeError
from standoff.analyses.coalitions.survey import MOST_PARTIES
from standoff.analyses.coalitions.ways import Coalitional
from standoff.analyses.foresight import Foresight
from standoff.analyses.foresight.limited import why_not
from standoff.analyses.levers import Levers
from standoff.analyses.moves import NextMoves
from standoff.analyses.paths.result import Ways
from standoff.analyses.spoilers import Deal, spoilers
from standoff.analyses.wedges import line
from standoff.progress import Progress
from standoff.report.brief.asked import CommonLine, Joint, Route, WaysOut
from standoff.report.brief.joint import joint
from standoff.report.brief.origins import better_for_all, equilibrium, ranking
from standoff.report.brief.targets import TOLD, targets
from standoff.report.ripeness import way_out
from standoff.study import Study
from standoff.study.foresight import foresight
from standoff.study.levers import levers
from standoff.study.moves import moves
from standoff.study.parties import parties_of
from standoff.study.paths import cycles, paths
from standoff.study.ripeness import ripe

MOST_STATES = 1 << 16
"""In larger conflicts the ways out are not looked for: the page shall not take minutes."""

MOST_STATES_OF_LEVERS = 1 << 12
"""In larger conflicts levers, coalitions and foresight are not looked for."""

MOST_ROUTES = 3

OTHER_RULE = (
    "Ripeness, next moves, levers and spoilers are left out: they are told with the default rule for "
    "sanctions, legal_sequence."
)

_MOST_MOVES = 2
_SECONDS = 5.0

_SECONDS_A_LEVER = 2.0


def ways_out(study: Study, progress: Progress | None = None) -> WaysOut:
    """Find all that leads out of the status quo; see `WaysOut`."""
    if study.space.size > MOST_STATES:
        told = (
            "Ripeness, next moves, paths, cycles, spoilers and wedges are left out: this page looks for them "
            f"in conflicts with up to {MOST_STATES:,} states, and there are {study.space.size:,}. "
            "The commands ripe, moves, paths and coalitions tell them."
        )
        return WaysOut(left_out=(told, *_left_out(study)))
    by_default = study.sanction_moves == "legal_sequence"
    ripeness = [ripe(study, lever_time=0, progress=progress)] if by_default else []
    nearest = way_out(study, ripeness[0]) if ripeness else None
    routes = tuple(_route(study, goal, progress) for goal in goals(study, nearest.state if nearest else None))
    some = dict.fromkeys(_movers(route.alone) for route in routes)
    groups = [group for group in some if 1 < len(group) < len(study.decision_makers)]
    if ripeness and groups:
        ripeness.append(ripe(study, parties=min(groups, key=len), lever_time=0, progress=progress))
    together, why = _joint(study)
    return WaysOut(
        ripeness=tuple(ripeness),
        moves=_next_moves(study, progress) if by_default else (),
        routes=routes,
        cycles=cycles(study, time_limit=_SECONDS, progress=progress),
        deals=_deals(study, routes) if by_default else (),
        lines=_lines(study),
        joint=together,
        foresight=_foresight(study, progress),
        levers=_levers(study, routes, progress) if by_default else (),
        left_out=(*_left_out(study), *why),
    )


def _left_out(study: Study) -> Iterator[str]:
    if study.sanction_moves != "legal_sequence":
        yield OTHER_RULE
    if study.space.size > MOST_STATES_OF_LEVERS:
        yield (
            "What would make or break a state and what coalitions can do together are left out: this page "
            f"looks for them in conflicts with up to {MOST_STATES_OF_LEVERS:,} states. The commands levers "
            "and coalitions tell them."
        )
        if why_not(study.graph) is None:
            yield (
                "What looking ahead makes of the status quo is left out in so large a conflict. The command "
                "foresight tells it."
            )


def _next_moves(study: Study, progress: Progress | None) -> tuple[NextMoves, ...]:
    return tuple(
        moves(study, dm, most=_MOST_MOVES, time_limit=_SECONDS, progress=progress)
        for dm in study.decision_makers
    )


def _deals(study: Study, routes: tuple[Route, ...]) -> tuple[Deal, ...]:
    today = study.space.status_quo
    return tuple(spoilers(study.graph, study.space.index(route.alone.to), today, TOLD) for route in routes)


def _lines(study: Study) -> tuple[CommonLine, ...]:
    """Look at the coalitions of the model with more than one member."""
    field, until = Coalitional(study.graph), monotonic() + _SECONDS
    named = [each for each in study.conflict.coalitions if len(set(each.members)) > 1]
    return tuple(
        CommonLine(
            name=each.id,
            members=each.members,
            line=line(field, parties_of(study, each.members), study.space.status_quo, until),
        )
        for each in named
    )


def _joint(study: Study) -> tuple[Joint | None, tuple[str, ...]]:
    """Return what coalitions can do that nobody can alone, or why that is left out."""
    told = "What coalitions can do together is left out: {}. The command coalitions tells it."
    if study.space.size > MOST_STATES_OF_LEVERS:
        return None, ()
    if len(study.decision_makers) > MOST_PARTIES:
        return None, (told.format(f"this page looks for it among up to {MOST_PARTIES} decision makers"),)
    try:
        return joint(study, _SECONDS), ()
    except OutOfTimeError:
        return None, (told.format("time ran out"),)


def _foresight(study: Study, progress: Progress | None) -> Foresight | None:
    """Look ahead, if that is defined and there are not too many states."""
    if study.space.size > MOST_STATES_OF_LEVERS or why_not(study.graph) is not None:
        return None
    return foresight(study, progress=progress)


def _levers(study: Study, routes: tuple[Route, ...], progress: Progress | None) -> tuple[Levers, ...]:
    """Look for what breaks the status quo and the first state to which ways lead, and what makes all hold."""
    if study.space.size > MOST_STATES_OF_LEVERS:
        return ()
    today, states = study.status_quo, [route.alone.to for route in routes]
    holding = [key for key in ("nash", TOLD) if equilibrium(study, today, key).stable]
    to_break = [*((today, key) for key in holding[:1]), *((state, TOLD) for state in states[:1])]
    found = [
        _lever(study, state, concept, "statements", breaking=True, progress=progress)
        for state, concept in to_break
    ]
    found += [
        _lever(study, state, "nash", "inducements", breaking=False, progress=progress) for state in states
    ]
    nothing = ("none", "not applicable")
    return tuple(each for each in found if any(lever.status not in nothing for lever in each.levers))


def _lever(
    study: Study, state: str, concept: str, way: str, *, breaking: bool, progress: Progress | None
) -> Levers:
    return levers(
        study, state, concept, by=(way,), breaking=breaking, time_limit=_SECONDS_A_LEVER, progress=progress
    )


def goals(study: Study, nearest: str | None) -> list[str]:
    """Return the states to which ways are told.

    Of the states told in the brief those that would hold and are better than the status quo for more
    decision makers than they are worse for, first those that are better for most; and `nearest`, a
    state better for everybody, if none of these is.
    """
    found = [study.space.label(state) for state in targets(study)[0]]
    found = [
        label for label in found if equilibrium(study, label, TOLD).stable and _balance(study, label) > 0
    ]
    found = sorted(found, key=lambda label: -_balance(study, label))[:MOST_ROUTES]
    known = {study.space.label(state) for state in better_for_all(study, TOLD).tolist()}
    if nearest is not None and known.isdisjoint(found):
        found = [nearest, *found[: MOST_ROUTES - 1]]
    return found


def _balance(study: Study, label: str) -> int:
    relations = [ranking(study, label, dm).relation for dm in study.decision_makers]
    return relations.count("better") - relations.count("worse")


def _route(study: Study, goal: str, progress: Progress | None) -> Route:
    alone = paths(study, goal, time_limit=_SECONDS, progress=progress)
    movers = _movers(alone)
    if len(movers) < 2 or alone.ways["improvements"] is not None or study.graph.is_graph_form:
        return Route(alone=alone)
    together = paths(study, goal, coalitions=[",".join(movers)], time_limit=_SECONDS, progress=progress)
    return Route(alone=alone, together=together)


def _movers(found: Ways) -> tuple[str, ...]:
    """Return those who take a step on the cheapest way, in the order of their first one."""
    way = found.ways["sacrifices"]
    steps = () if way is None else way.steps
    return tuple(dict.fromkeys(dm for step in steps for dm in step.movers))
