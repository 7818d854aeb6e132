"""Simulated play in sentences, as tables, as a document and as one long table of numbers."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from io import StringIO
from typing import Any

import numpy as np
from rich.box import SIMPLE_HEAD
from rich.console import Group
from rich.table import Table
from rich.text import Text

from standoff.report.belief.words import told
from standoff.report.documents import header
from standoff.report.names import clean, counted, dm_name, listed
from standoff.report.timed_names import pivot_name, stock_name, type_name
from standoff.study import Study
from standoff.study.simulate import Simulation
from standoff.timing.arrays import Floats
from standoff.timing.grounds import grounds

_MOST_STATES = 10
_TOLD_STATES = 3
_LEAST_TOLD = 0.05
_HALF_WIDTH = 1.96 * 0.5


def simulation_sentences(study: Study, found: Simulation) -> list[str]:
    """Say where play most often is at the end, how far stocks have grown, and how many have pivoted."""
    return [
        _asked(study, found),
        *(_where(study, found, type_) for type_ in range(len(found.types))),
        *(_stock(study, found, place) for place in range(len(found.stocks))),
        *_pivoted(study, found),
        *_belief(study, found),
        _limits(study, found),
    ]


def percent(share: float) -> str:
    """Return a share of paths in per cent; none and all are told only where they are."""
    if 0 < share < 0.005:
        return "<1 %"
    return ">99 %" if 0.995 <= share < 1 else f"{100 * share:.0f} %"


def policy_name(study: Study, found: Simulation) -> str:
    """Return the label of the policy and its id."""
    policies = study.conflict.timing.policies if study.conflict.timing else ()
    label = next((each.label for each in policies if each.id == found.policy), None)
    return "waiting for ever" if label is None else f"‘{clean(label)}’ ({clean(found.policy or '')})"


def if_type(study: Study, found: Simulation, type_: int) -> str:
    """Return the condition that the other side is of a type; empty where there is but one."""
    if found.decision_maker is None:
        return ""
    return f"if {dm_name(study, found.decision_maker)} is {type_name(study, found.types[type_])}"


def difference(study: Study, origin: str, state: str) -> str:
    """Return what is taken (+) and dropped (-) in one state against another; empty in graph form."""
    space = study.space
    before, after = (space.taken(space.index(label)) for label in (origin, state))
    signs = [f"+{clean(each)}" for each in after if each not in before]
    return ", ".join([*signs, *(f"-{clean(each)}" for each in before if each not in after)])


def ending(found: Simulation) -> str:
    """Return when the simulation ends."""
    after = "1 year" if found.years[-1] == 1 else f"{found.years[-1]:.3g} years"
    return f"{after} ({found.dates[-1]})" if found.dates else after


def most_visited(found: Simulation, most: int) -> list[int]:
    """Return the places of the states with the largest share over all times, types weighted by belief."""
    mean = found.mixed_share.mean(axis=0)
    return sorted(range(len(found.states)), key=lambda place: -round(mean[place], 12))[:most]


def _asked(study: Study, found: Simulation) -> str:
    types = " for each type" if len(found.types) > 1 else ""
    name = policy_name(study, found)
    return (
        f"{name[0].upper()}{name[1:]}, beginning in {found.begins}: {counted(found.paths, 'path')}{types} "
        f"over {ending(found)}, seed {found.seed}."
    )


def _where(study: Study, found: Simulation, type_: int) -> str:
    share = found.share[type_, -1]
    order = sorted(range(share.size), key=lambda place: (-share[place], place))[:_TOLD_STATES]
    first, *rest = [place for place in order if share[place] >= _LEAST_TOLD or place == order[0]]
    changed = difference(study, found.begins, found.states[first])
    where = f"{found.states[first]} ({changed})" if changed else found.states[first]
    then = listed(f"{found.states[place]} ({percent(share[place])})" for place in rest)
    condition = if_type(study, found, type_)
    begin = f"I{condition[1:]}, play" if condition else "Play"
    return (
        f"{begin} ends most often in {where}, on {percent(share[first])} of the paths"
        f"{f'; then {then}' if then else ''}."
    )


def _stock(study: Study, found: Simulation, place: int) -> str:
    stock = _stock_of(study, found.stocks[place])
    ends = [_between(study, found, type_, each, "g") for type_, each in enumerate(found.levels[:, -1, place])]
    capped = (found.levels[:, -1, place, 3:] >= stock.most).any()
    return (
        f"{stock_name(study, stock.id)} ({clean(stock.unit)}) goes from {found.levels[0, 0, place, 2]:g} to "
        f"{'; '.join(ends)}.{f' {stock.most} is the most that the model counts.' if capped else ''}"
    )


def _between(study: Study, found: Simulation, type_: int, quantiles: Any, form: str) -> str:
    """Return the median and the band, of the first type with what they are."""
    shown = [percent(told(each)) if form == "%" else f"{each:g}" for each in quantiles]
    low, middle, high = shown[0], shown[2], shown[-1]
    median, nine = ("", "") if type_ else ("a median of ", "on nine paths in ten ")
    return f"{median}{middle} ({nine}{low} to {high}) {if_type(study, found, type_)}".rstrip()


def _stock_of(study: Study, stock: str) -> Any:
    timing = study.conflict.timing
    return next(each for each in (timing.stocks if timing else ()) if each.id == stock)


def _pivoted(study: Study, found: Simulation) -> Iterator[str]:
    if not found.pivots:
        yield "It never pivots: that is the policy."
    for pivot, taken in zip(found.pivots, np.moveaxis(found.taken, -1, 0), strict=True):
        parts = [
            f"{percent(taken[type_, -1])} of the paths {if_type(study, found, type_)}".rstrip()
            + _half_by(found, taken[type_])
            for type_ in range(len(found.types))
        ]
        yield f"By then it has pivoted to {pivot_name(study, pivot)} on {'; '.join(parts)}."


def _half_by(found: Simulation, taken: Floats) -> str:
    reached = np.flatnonzero(taken >= 0.5)
    if not reached.size or not taken[0] < 0.5:
        return ""
    first = int(reached[0])
    return f", half of all by {found.dates[first] if found.dates else f'year {found.years[first]:.3g}'}"


def _belief(study: Study, found: Simulation) -> Iterator[str]:
    if len(found.types) < 2:
        return
    ends = [_between(study, found, type_, each, "%") for type_, each in enumerate(found.belief[:, -1])]
    name = type_name(study, found.types[0])
    yield f"The belief in {name} goes from {percent(found.prior[0])} to {'; '.join(ends)}."


def _limits(study: Study, found: Simulation) -> str:
    rests = grounds(study.conflict)
    assumed = sum(each.is_assumption for each in rests)
    points = 100 * _HALF_WIDTH / found.paths**0.5
    many = "all are" if assumed == len(rests) else f"{assumed:,} {'is' if assumed == 1 else 'are'}"
    return (
        f"A share is good to {points:.2g} points at worst (95 %). "
        f"Of the {counted(len(rests), 'number')} that play rests on, {many} assumed."
    )


def simulation_view(study: Study, found: Simulation) -> Group:
    """Return simulated play for the terminal."""
    title = Text(f"Simulated play: {clean(study.conflict.name)}", style="bold")
    sentences = [Text(sentence) for sentence in simulation_sentences(study, found)]
    return Group(title, *sentences, _states(study, found), _quantities(study, found))


def _table(*columns: str, left: int) -> Table:
    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    for place, column in enumerate(columns):
        table.add_column(column, justify="left" if place < left else "right")
    return table


def _ifs(study: Study, found: Simulation) -> list[str]:
    return [f"if {type_name(study, each)}" for each in found.types]


def _states(study: Study, found: Simulation) -> Table:
    several = len(found.types) > 1
    head = (f"state after {ending(found)}", f"against {found.begins}", "share of paths")
    table = _table(*head, *(_ifs(study, found) if several else []), left=2)
    mixed = found.mixed_share[-1]
    order = sorted(range(mixed.size), key=lambda place: (-mixed[place], place))
    shown = [place for place in order[:_MOST_STATES] if mixed[place] > 0]
    for place in shown:
        shares = [mixed[place], *(found.share[:, -1, place] if several else [])]
        state = found.states[place]
        table.add_row(state, difference(study, found.begins, state), *map(percent, shares))
    rest = [place for place in order if place not in shown and mixed[place] > 0]
    if rest:
        shares = [mixed[rest].sum(), *(found.share[:, -1, rest].sum(axis=1) if several else [])]
        table.add_row(counted(len(rest), "other"), "", *map(percent, shares))
    return table


def _quantities(study: Study, found: Simulation) -> Table:
    columns = [f"{100 * each:g} %" if each != 0.5 else "median" for each in found.quantiles]
    table = _table(f"after {ending(found)}", "", *columns, left=2)
    several = len(found.types) > 1
    conditions = _ifs(study, found) if several else [""]
    for place, stock in enumerate(found.stocks):
        for type_, condition in enumerate(conditions):
            levels = found.levels[type_, -1, place]
            table.add_row(stock_name(study, stock), condition, *(f"{each:g}" for each in levels))
    if several:
        for type_, condition in enumerate(conditions):
            name = f"belief in {type_name(study, found.types[0])}"
            table.add_row(name, condition, *(percent(told(each)) for each in found.belief[type_, -1]))
    return table


def simulation_document(study: Study, found: Simulation) -> dict[str, Any]:
    """Return the document ``standoff.simulate/1``."""
    return {
        **header("standoff.simulate/1", study),
        "focal": found.focal,
        "decision_maker": found.decision_maker,
        "policy": found.policy,
        "begins": found.begins,
        "types": list(found.types),
        "prior": list(found.prior),
        "years": list(found.years),
        "dates": [str(day) for day in found.dates] if found.dates else None,
        "states": list(found.states),
        "quantiles": list(found.quantiles),
        "by_type": [
            {
                "type": name,
                "share": found.share[type_].tolist(),
                "stocks": {
                    stock: found.levels[type_, :, place].tolist() for place, stock in enumerate(found.stocks)
                },
                "belief": found.belief[type_].tolist(),
                "pivoted": {
                    pivot: found.taken[type_, :, place].tolist() for place, pivot in enumerate(found.pivots)
                },
            }
            for type_, name in enumerate(found.types)
        ],
        "paths": found.paths,
        "seed": found.seed,
        "sentences": simulation_sentences(study, found),
    }


def simulation_csv(found: Simulation) -> str:
    """Return simulated play as one long table: a row for each number, in full."""
    text = StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["type", "year", "date", "quantity", "key", "value"])
    for type_, name in enumerate(found.types):
        for time, year in enumerate(found.years):
            day = found.dates[time] if found.dates else ""
            writer.writerows([name, year, day, *row] for row in _numbers(found, type_, time))
    return text.getvalue()


def _numbers(found: Simulation, type_: int, time: int) -> Iterator[tuple[str, str | float, float]]:
    for state, share in zip(found.states, found.share[type_, time].tolist(), strict=True):
        yield "share", state, share
    for place, stock in enumerate(found.stocks):
        levels = found.levels[type_, time, place].tolist()
        for quantile, level in zip(found.quantiles, levels, strict=True):
            yield f"stock:{stock}", quantile, level
    for quantile, belief in zip(found.quantiles, found.belief[type_, time].tolist(), strict=True):
        yield f"belief:{found.types[0]}", quantile, belief
    for pivot, taken in zip(found.pivots, found.taken[type_, time].tolist(), strict=True):
        yield "pivoted", pivot, taken
