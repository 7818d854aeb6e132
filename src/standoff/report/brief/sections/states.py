"""The table of states: option form beside stability, and why, state by state."""

from __future__ import annotations

from standoff.report.brief.asked import Asked, Route
from standoff.report.brief.beyond import beyond_table
from standoff.report.brief.drawings import drawing
from standoff.report.brief.origins import side
from standoff.report.brief.value import Block, Owner, Section, StateRow, States
from standoff.report.figures.shown import MOST_STATES
from standoff.report.names import clean, counted, dm_name
from standoff.report.selection import chosen_states, equilibrium_kind, stable_kind
from standoff.stability.concepts import CONCEPTS
from standoff.study import Study

_MOST_REASONS = 200
"""At most so many reasons, decision makers times states, stand on the page."""

_FEW_REASONS = 12
"""Of models with very many states only so many, since each takes a while."""

_VERY_MANY_STATES = 50_000


def section(study: Study, asked: Asked) -> Section:
    """Return the states of a small model, or status quo, named states, strongest equilibria and ways told."""
    rows = shown_states(study, asked.ways.routes)
    blocks: list[Block] = [_table(study, rows)]
    if study.space.size <= MOST_STATES:
        blocks.append(drawing(study, "graph", "All states, and who gains by moving from which to which"))
    return Section(key="states", title="States", blocks=tuple(blocks))


def shown_states(study: Study, routes: tuple[Route, ...] = ()) -> list[int]:
    """Return which states the brief tells of: the status quo first, those on the ways told last."""
    sides = len(study.decision_makers)
    everything = study.space.size <= min(MOST_STATES, _MOST_REASONS // sides)
    chosen, _ = chosen_states(study, every_state=everything)
    most = _MOST_REASONS if study.space.size <= _VERY_MANY_STATES else _FEW_REASONS
    most = max(1, most // sides)
    on_ways = [study.space.index(label) for label in on_the_ways(routes)]
    return list(dict.fromkeys([study.space.status_quo, *chosen[:most], *on_ways]))[:most]


def on_the_ways(routes: tuple[Route, ...]) -> list[str]:
    """Return the states to which the ways told lead, step by step."""
    ways = [route.alone.ways["sacrifices"] for route in routes]
    return list(dict.fromkeys(step.target for way in ways if way is not None for step in way.steps))


def _table(study: Study, chosen: list[int]) -> States:
    left = study.space.size - len(chosen)
    note = f"Not shown: {counted(left, 'other state')}." if left else ""
    return States(
        caption="For whom each state is stable, by the strongest concepts that hold",
        owners=_owners(study),
        rows=tuple(_row(study, state) for state in chosen),
        concepts=tuple((key, CONCEPTS[key].short) for key in study.concepts),
        note=note,
        beyond=beyond_table(study, chosen),
    )


def _owners(study: Study) -> tuple[Owner, ...]:
    found, number = [], 0
    for dm in study.conflict.decision_makers:
        options = []
        for option in dm.options:
            number += 1
            options.append((number, option.name, clean(option.label)))
        found.append(Owner(name=dm_name(study, dm.id), options=tuple(options)))
    return tuple(found)


def _row(study: Study, state: int) -> StateRow:
    label, taken = study.space.label(state), set(study.space.taken(state))
    return StateRow(
        label=label,
        is_status_quo=state == study.space.status_quo,
        options=tuple(option in taken for option in study.space.options),
        stable=tuple(stable_kind(study, state, dm) for dm in range(len(study.decision_makers))),
        equilibrium=equilibrium_kind(study, state),
        concepts=tuple(key for key, rows in study.stable.items() if rows[:, state].all()),
        reasons=tuple(side(study, label, dm) for dm in study.decision_makers),
    )
