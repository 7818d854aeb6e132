"""Ways in words: who steps, who gives first, where it stalls."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any

from rich.box import SIMPLE_HEAD
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from standoff.analyses.paths.result import Cycles, Effect, Goal, Stall, TurnOff, Way, Ways, WayStep
from standoff.report.cycles import cycles_record
from standoff.report.documents import header
from standoff.report.names import (
    change,
    change_to,
    counted,
    dm_name,
    listed,
    state_name,
    wish,
)
from standoff.report.steps import move_of, numbered, step_words
from standoff.report.ways import parties
from standoff.stability.concepts import CONCEPTS, strongest
from standoff.stability.verdict import Move
from standoff.study import Study

_KINDS = {
    "improvements": "by improvements only",
    "sacrifices": "with the fewest sacrifices",
    "moves": "shortest, by all moves",
}

NOTHING_FOUND = "No path leads there, whatever anybody would do, if nobody takes two steps in a row."


def paths_sentences(study: Study, found: Ways) -> list[str]:
    """Say whether improvements lead there, and if not what it costs and who must give first."""
    return [line for lines in paths_parts(study, found).values() for line in lines]


def paths_parts(study: Study, found: Ways) -> dict[str, list[str]]:
    """Return the sentences by what they tell: the way, its cost, where it stalls, its end, the search."""
    if not found.goals:
        return {"way": [f"There is no {found.to}."]}
    improvements, cheapest = found.ways["improvements"], found.ways["sacrifices"]
    way = cheapest or improvements or found.ways["moves"]
    told = [_by_improvements(study, found)]
    sure = all(reach.finished for reach in found.reach.values())
    if way is None:
        return {"way": [*told, NOTHING_FOUND if sure else _stopped(found)]}
    costs = way.steps and improvements is None and cheapest is not None
    other = improvements is not None and improvements.goal != way.goal
    which = f"the way {_KINDS[way.kind]}" if other else ""
    on_it = f"On {which}, to {way.goal}, it" if other else "It"
    at_its_end = f"At the end of {which}" if other else "In the end"
    return {
        "way": told,
        "cost": list(_cost(study, way)) if costs else [],
        "stalls": [_stall(study, way, stall, on_it) for stall in way.stalls],
        "end": list(_in_the_end(study, way, found.start, at_its_end)),
        "search": [] if sure else [_stopped(found)],
    }


def giving_sentence(study: Study, ways: Sequence[Ways]) -> str:
    """Say of several goals, each asked for alone, who must give first on the way to which."""
    groups: dict[str, list[str]] = {}
    for found in ways:
        groups.setdefault(_giving(study, found), []).append(found.to)
    text = "; ".join(f"{told} {listed(goals)}" for told, goals in groups.items())
    return f"{text[0].upper()}{text[1:]}."


def _giving(study: Study, found: Ways) -> str:
    way = found.ways["sacrifices"]
    if found.ways["improvements"] is not None:
        return "improvements alone lead to"
    if way is None:
        return "no path was found to"
    place = way.first_to_give
    if place is None:
        return "no step is a sacrifice, though not every one is a gain, on the way to"
    first = way.steps[place].worse_off
    if way.may_give_first == (first,):
        return f"{parties(study, first)} must give first on the cheapest way to"
    others = [parties(study, each) for each in way.may_give_first or () if each != first]
    return f"{listed([parties(study, first), *others], 'or')} must give first on the cheapest way to"


def together_sentence(study: Study, found: Ways) -> str:
    """Say what changes if the coalitions named move together, each as one step."""
    who = "; ".join(parties(study, members) for members in found.coalitions)
    return f"With joint steps of {who}: {_by_improvements(study, found)}"


def _goal_words(found: Ways) -> str:
    return found.to if found.goals == 1 else f"any of {found.goals:,} states"


def _by_improvements(study: Study, found: Ways) -> str:
    start, way, reach = (
        state_name(study, found.start),
        found.ways["improvements"],
        found.reach["improvements"],
    )
    if way is not None and not way.steps:
        return f"{found.start} is there already."
    if way is not None:
        number = counted(len(way.steps), "improvement")
        leads = "leads" if len(way.steps) == 1 else "lead, one after the other,"
        told = f"{number} {leads} from {start} to {way.goal}."
        every = f"In all, improvements reach {reach.goals:,} of {found.goals:,}."
        return f"{told} {every}" if found.goals > 1 else told
    if not reach.finished:
        return f"No path of up to {counted(reach.steps_searched, 'improvement')} leads there from {start}."
    why = f"improvements reach {counted(reach.states - 1, 'other state')}"
    if reach.states == 1:
        who = "nobody, alone or as a coalition named," if found.coalitions else "nobody"
        why = f"{who} has an improvement there"
    return f"No path of improvements leads from {start} to {_goal_words(found)}: {why}."


def _cost(study: Study, way: Way) -> Iterator[str]:
    """Say what the fewest sacrifices are and who is the first to give, and gives what."""
    least = "takes" if way.exact else "takes, as far as was searched,"
    steps = counted(way.cost.steps, "step")
    if not way.cost.sacrifices:
        yield f"The way to {way.goal} {least} {steps} and no sacrifice, but not every step is a gain."
        return
    lost = counted(way.cost.ranks_lost, "rank")
    given = counted(way.cost.sacrifices, "sacrifice")
    yield f"At the least it {least} {given} ({lost} lost), in {steps}, to {way.goal}."
    place = way.first_to_give
    if place is not None:
        yield _first(study, way, place)


def _first(study: Study, way: Way, place: int) -> str:
    """Say who gives first: who must, if it is the same on every path that costs as little."""
    step = way.steps[place]
    who, given = parties(study, step.worse_off), _given(study, step)
    if way.may_give_first == (step.worse_off,):
        later = f", at step {place + 1}" if place else ""
        return f"{who} must give first on the cheapest way to {way.goal}{later}: {given}."
    others = [parties(study, each) for each in way.may_give_first or () if each != step.worse_off]
    more = f" On other paths that cost as little {listed(others, 'or')} would be the first." if others else ""
    verb = "is" if len(step.worse_off) == 1 else "are"
    return (
        f"{who} {verb} the first to give on the path told to {way.goal}, at step {place + 1}: {given}.{more}"
    )


def _given(study: Study, step: WayStep) -> str:
    """Return what is done and what those who lose by it give up."""
    losses = [effect for effect in step.effects if effect.ranks < 0]
    parts = [change_to(study, move_of(step))]
    for effect in losses:
        whose = "it" if len(step.movers) == 1 else dm_name(study, effect.decision_maker)
        what = f"gives up the wish {wish(study, effect.wish)}" if effect.wish else "is worse off by it"
        parts.append(f"{whose} {what}")
    return ", ".join(parts)


def _stall(study: Study, way: Way, stall: Stall, opening: str) -> str:
    """Say why a way can come to a halt at one of its states."""
    step = way.steps[stall.place]
    reasons = []
    losing = [dm for dm in stall.unwilling if dm in step.worse_off]
    idle = [dm for dm in stall.unwilling if dm not in step.worse_off]
    for who, verb in ((losing, "lose"), (idle, "gain nothing")):
        if who:
            told = verb if len(who) > 1 else verb.replace("lose", "loses").replace("gain ", "gains ")
            reasons.append(f"{parties(study, who)} {told} by the next step")
    reasons += [_turn_off(study, way, stall, each) for each in stall.turn_offs]
    if stall.equilibrium:
        names = [CONCEPTS[key].short for key in strongest(stall.equilibrium)]
        reasons.append(f"it is an equilibrium under {listed(names)}")
    return f"{opening} can stall at {state_name(study, stall.state)}: {'; '.join(reasons)}."


def _turn_off(study: Study, way: Way, stall: Stall, each: TurnOff) -> str:
    move = Move(mover=each.decision_maker, origin=stall.state, target=each.target)
    earlier = [step.origin for step in way.steps[: stall.place]]
    where = f", back to {each.target}" if each.target in earlier else f" ({each.target})"
    done = change(study, move) + where if study.space.options else change(study, move)
    return f"{dm_name(study, each.decision_maker)} would gain by {done}"


def _in_the_end(study: Study, way: Way, start: str, opening: str) -> Iterator[str]:
    """Say who is better, equally and worse off at the goal than at the start."""
    if not way.steps:
        return
    groups = (
        ("better", [each for each in way.in_the_end if each.ranks > 0]),
        ("as well off as", [each for each in way.in_the_end if each.ranks == 0]),
        ("worse", [each for each in way.in_the_end if each.ranks < 0]),
    )
    told = [f"{word} for {_those(study, who)}" for word, who in groups if who]
    told = [each.replace("as well off as for", "no different for") for each in told]
    yield f"{opening} {way.goal} is, against {start}, {listed(told)}."


def _those(study: Study, effects: Sequence[Effect]) -> str:
    return parties(study, (effect.decision_maker for effect in effects))


def _stopped(found: Ways) -> str:
    short = [_KINDS[kind] for kind, reach in found.reach.items() if not reach.finished]
    least = min(reach.steps_searched for reach in found.reach.values() if not reach.finished)
    return (
        f"The search was stopped by the time limit ({listed(short)}): all paths of up to "
        f"{counted(least, 'step')} were looked at, longer ones not all; give it more with --time-limit."
    )


def paths_view(study: Study, found: Ways) -> Group:
    """Return the answer of ``standoff paths``: sentences, then each way step by step."""
    size = f" ({counted(found.goals, 'state')})" if found.goals != 1 else ""
    title = f"From {state_name(study, found.start)} to: {found.to}{size}"
    parts: list[RenderableType] = [Text(title, "bold")]
    if found.assumed:
        parts.append(Text(f"Assumed: {found.assumed}"))
    if found.coalitions:
        who = "; ".join(parties(study, members) for members in found.coalitions)
        parts.append(Text(f"Joint moves count as one step: {who}", "dim"))
    parts += [Text(sentence) for sentence in paths_sentences(study, found)]
    for title, way in _different(found):
        parts += [Text(f"\n{title}", "bold"), *numbered(study, way.steps)]
    if found.nearest:
        parts += [Text("\nThe nearest, fewest sacrifices first", "bold"), _goal_table(study, found.nearest)]
        parts += [Text(line) for line in _rest(found)]
        parts.append(Text("The steps to one of them: standoff paths FILE --to STATE.", "dim"))
    return Group(*parts)


def _different(found: Ways) -> Iterator[tuple[str, Way]]:
    """Yield the ways that differ, each under the names of all kinds that it stands for."""
    told: dict[tuple[WayStep, ...], list[str]] = {}
    for kind in _KINDS:
        way = found.ways[kind]
        if way is not None and way.steps:
            told.setdefault(way.steps, []).append(kind)
    for kinds in told.values():
        way = found.ways[kinds[0]]
        if way is not None:
            title = listed(_KINDS[kind] for kind in kinds)
            equal = f"; {counted(way.equal, 'path')} as good" if way.equal and way.equal > 1 else ""
            sure = "" if way.exact else "; the best found in the time given"
            yield f"{title[0].upper()}{title[1:]}: {counted(len(way.steps), 'step')}{equal}{sure}", way


def _goal_table(study: Study, goals: Sequence[Goal]) -> Table:
    table = Table(box=SIMPLE_HEAD, pad_edge=False, show_edge=False)
    table.add_column("state", no_wrap=True)
    for heading in ("sacrifices", "ranks lost", "steps", "by improvements", "by all moves"):
        table.add_column(heading, justify="right")
    table.add_column("gives first")
    for goal in goals:
        cost = goal.cost
        costs = ("?", "?", "?") if cost is None else (cost.sacrifices, cost.ranks_lost, cost.steps)
        lengths = ("-" if steps is None else steps for steps in (goal.improvements, goal.moves))
        cells = [f"{each:,}" if isinstance(each, int) else each for each in (*costs, *lengths)]
        table.add_row(Text(goal.state), *cells, parties(study, goal.first_to_give) or "nobody")
    return table


def _rest(found: Ways) -> Iterator[str]:
    rest = found.goals - len(found.nearest) - found.unreached
    if rest:
        yield f"{counted(rest, 'more state')} can be reached; --all tells them."
    if found.unreached:
        verb = "cannot be reached" if all(reach.finished for reach in found.reach.values()) else "not reached"
        yield f"{counted(found.unreached, 'state')} {verb}."


def paths_document(study: Study, found: Ways | None, circles: Cycles | None = None) -> dict[str, Any]:
    """Return the document ``standoff.paths/1``: ways, if asked for, and cycles, if asked for."""
    document = header("standoff.paths/1", study)
    if found is not None:
        document |= {**_ways_record(found), "sentences": paths_sentences(study, found)}
        for kind, way in found.ways.items():
            if way is not None:
                document["ways"][kind]["sentences"] = [step_words(study, step) for step in way.steps]
    if circles is not None:
        document["cycles"] = cycles_record(study, circles)
    return document


def _ways_record(found: Ways) -> dict[str, Any]:
    """Return ways as plain data; costs with the names of their parts."""
    record = asdict(found)
    for kind, way in found.ways.items():
        if way is not None:
            record["ways"][kind] |= {"cost": way.cost._asdict(), "first_to_give": way.first_to_give}
    for goal, entry in zip(found.nearest, record["nearest"], strict=True):
        entry["cost"] = None if goal.cost is None else goal.cost._asdict()
    return record
