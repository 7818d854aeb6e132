"""Foresight in words: who stays and who leaves, looking how many moves ahead, and expecting what."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import groupby
from typing import Any, TypeVar

from rich.box import SIMPLE_HEAD
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from standoff.analyses.foresight import Expectation, Foresight, Guarantee, NonMyopic, Stackelberg
from standoff.report.documents import header
from standoff.report.names import counted, dm_name, listed
from standoff.report.ways import compared, steps, taken
from standoff.study import Study

TITLES = {
    "limited": "Limited moves: what each expects who looks so many moves ahead",
    "nonmyopic": "Non-myopic: what that settles to as all look ever further",
    "stackelberg": "Stackelberg: one leads and looks two moves ahead, the other follows and looks one ahead",
    "maximin": "Maximin: what leaving is sure to bring if the others hurt as much as they can",
}

_KINDS = {
    "limited": "Limited-move stability",
    "nonmyopic": "non-myopic stability",
    "stackelberg": "Stackelberg stability",
}

EXTENDED = (
    "For more than two decision makers this is an extension made here: the others act as one, "
    "their turn being any legal sequence of their moves."
)

Item = TypeVar("Item", Expectation, Guarantee)


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence on what a decision maker does that looks ahead, and the results it was made from."""

    text: str
    who: str
    about: tuple[Expectation | Guarantee | NonMyopic | Stackelberg, ...]


def foresight_sentences(study: Study, found: Foresight) -> dict[str, list[str]]:
    """Return the sentences of each kind of foresight that was told."""
    told = {kind: [each.text for each in some] for kind, some in foresight_told(study, found).items()}
    if found.extended:
        told["maximin"].append(EXTENDED)
    return told


def foresight_told(study: Study, found: Foresight) -> dict[str, list[Told]]:
    """Return the sentences of each kind of foresight that was told, each with what it was made from."""
    told = {
        "limited": [
            sentence
            for each in found.limited
            for sentence in _limited(study, found, each.decision_maker, each.horizons)
        ],
        "nonmyopic": [
            Told(_nonmyopic(study, found, each), each.decision_maker, (each,)) for each in found.nonmyopic
        ],
        "stackelberg": [
            Told(_stackelberg(study, found, each), each.leader, (each,)) for each in found.stackelberg
        ],
        "maximin": [
            sentence
            for each in found.maximin
            for sentence in _maximin(study, found, each.decision_maker, each.horizons)
        ],
    }
    return {kind: sentences for kind, sentences in told.items() if sentences}


def undefined_sentences(found: Foresight) -> list[str]:
    """Say which kinds are not told, and why."""
    told = []
    for reason, kinds in groupby(found.undefined, key=lambda kind: found.undefined[kind]):
        names = [_KINDS[kind] for kind in kinds]
        told.append(f"{listed(names)} {'is' if len(names) == 1 else 'are'} not told: {reason}.")
    return told


def _runs(
    horizons: Sequence[Item], step: str, alike: Callable[[Item], Hashable]
) -> Iterator[tuple[str, list[Item]]]:
    """Yield horizons that follow one another and are alike, and how far they look."""
    for _, group in groupby(horizons, key=alike):
        run = list(group)
        first, last = run[0].horizon, run[-1].horizon
        far = counted(first, step) if first == last else f"{first} to {last} {step}s"
        yield f"looking {far} ahead", run


def _limited(
    study: Study, found: Foresight, decision_maker: str, horizons: Sequence[Expectation]
) -> Iterator[Told]:
    who = dm_name(study, decision_maker)
    for far, run in _runs(horizons, "move", lambda each: each.moves):
        each = run[0]
        if each.stable:
            text = f"{who}, {far}, stays at {found.state}."
        else:
            place = f"{each.end} ({compared(each.ranks, found.state)})"
            text = (
                f"{who}, {far}, leaves {found.state} and expects to end at {place}: "
                f"{steps(study, each.moves)}."
            )
        yield Told(text, decision_maker, tuple(run))


def _nonmyopic(study: Study, found: Foresight, each: NonMyopic) -> str:
    who = dm_name(study, each.decision_maker)
    if each.period is None:
        return f"What {who} expects did not repeat within {each.searched:,} horizons, so this is not known."
    if each.period > 1:
        return (
            f"What {who} expects never settles: from horizon {each.since} on it goes round in a cycle of "
            f"length {each.period:,}: {listed(each.ends)}."
        )
    if each.stable:
        return f"{who} stays at {found.state} with every horizon from {max(each.since or 0, 1)} on."
    return (
        f"{who} leaves {found.state} and expects to end at {each.ends[0]} with every horizon from "
        f"{each.since} on."
    )


def _stackelberg(study: Study, found: Foresight, each: Stackelberg) -> str:
    leader, follower = dm_name(study, each.leader), dm_name(study, each.follower)
    opening = f"With {leader} as the leader and {follower} as the follower"
    many = f"{counted(each.states, 'state')} in all"
    if each.equilibria:
        more = ", ..." if each.states > len(each.equilibria) else ""
        many = f"{many} ({', '.join(each.equilibria)}{more})"
    if each.stable:
        return f"{opening} {found.state} holds; {many}."
    leaving = [
        name for name, stays in ((leader, each.leader_stays), (follower, each.follower_stays)) if not stays
    ]
    return f"{opening} {found.state} does not hold, {listed(leaving)} would leave; {many}."


def _maximin(
    study: Study, found: Foresight, decision_maker: str, horizons: Sequence[Guarantee]
) -> Iterator[Told]:
    who = dm_name(study, decision_maker)
    for far, run in _runs(horizons, "turn", lambda each: (each.stable, each.ranks)):
        each = run[0]
        if each.ranks is None:
            text = f"{who} stays at {found.state}: it has no improvement."
        else:
            place = f"{each.moves[-1].target} ({compared(each.ranks, found.state)})"
            way = steps(study, each.moves)
            does = "leaves", "it is sure to do no worse than"
            if each.stable:
                does = "stays at", "its surest improvement could end at"
            text = f"{who}, {far}, {does[0]} {found.state}: {does[1]} {place}: {way}."
        yield Told(text, decision_maker, tuple(run))


def foresight_view(study: Study, found: Foresight) -> Group:
    """Return the answer for people."""
    what = taken(study, found.state)
    parts: list[RenderableType] = [
        Text(f"What does foresight make of {found.state}{f' ({what})' if what else ''}?", style="bold"),
        *([Text(f"Assumed: {found.assumed}")] if found.assumed else []),
    ]
    tables = {"limited": _limited_table, "maximin": _maximin_table}
    for kind, sentences in foresight_sentences(study, found).items():
        parts.append(Text(f"\n{TITLES[kind]}", style="bold"))
        parts += [Text(f"- {sentence}") for sentence in sentences]
        if kind in tables:
            parts += [Text(""), tables[kind](study, found)]
    lines = undefined_sentences(found)
    return Group(*parts, *(Text(f"\n{line}", style="dim") for line in lines))


def _limited_table(study: Study, found: Foresight) -> Table:
    rows = {
        each.decision_maker: [
            "stays" if one.stable else f"{one.end} ({one.ranks:+})" for one in each.horizons
        ]
        for each in found.limited
    }
    return _table(study, "moves ahead", rows, [each.equilibria for each in found.limited[0].horizons])


def _maximin_table(study: Study, found: Foresight) -> Table:
    rows = {
        each.decision_maker: ["stays" if one.stable else f"leaves ({one.ranks:+})" for one in each.horizons]
        for each in found.maximin
    }
    return _table(study, "turns ahead", rows, [each.equilibria for each in found.maximin[0].horizons])


def _table(study: Study, title: str, rows: dict[str, list[str]], equilibria: Sequence[int]) -> Table:
    table = Table(box=SIMPLE_HEAD, pad_edge=False, show_edge=False)
    table.add_column(title, no_wrap=True)
    for horizon in range(1, len(equilibria) + 1):
        table.add_column(str(horizon))
    for decision_maker, cells in rows.items():
        table.add_row(dm_name(study, decision_maker), *cells)
    table.add_row(f"hold for all, of {study.space.size:,}", *(f"{number:,}" for number in equilibria))
    return table


def foresight_document(study: Study, found: Foresight) -> dict[str, Any]:
    """Return the document ``standoff.foresight/1``."""
    record = asdict(found)
    for each, entry in zip(found.stackelberg, record["stackelberg"], strict=True):
        entry["stable"] = each.stable
    order = ("assumed", "state", "horizon", "limited", "nonmyopic", "stackelberg", "maximin", "extended")
    return {
        **header("standoff.foresight/1", study),
        **{key: record[key] for key in (*order, "undefined")},
        "sentences": foresight_sentences(study, found),
    }
