"""A study as tables and sentences for the terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.box import SIMPLE_HEAD
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from standoff.report.names import clean, counted, dm_name, listed, state_name, types_note
from standoff.report.selection import chosen_states, equilibrium_kind, stable_kind
from standoff.report.words import reason_lines, side_sentence
from standoff.stability.concepts import CONCEPTS, IMPLIED, strongest, weakest
from standoff.stability.verdict import Verdict
from standoff.study import Study


def analysis(study: Study, *, every_state: bool = False) -> Group:
    """Return the whole answer of ``standoff analyze``: board, stability, shares, sentences."""
    chosen, left_out = chosen_states(study, every_state=every_state)
    parts: list[RenderableType] = [_headline(study)]
    if study.space.options:
        parts += [_option_legend(study), _title("Option form (Y taken, N not taken, * status quo)")]
        parts.append(_option_form(study, chosen))
    parts += [_title("For whom stable, by the strongest concepts that hold"), _stability(study, chosen)]
    if left_out:
        more = counted(left_out, "more equilibrium", "more equilibria")
        parts.append(Text(f"{more} not shown; --all shows every state.", style="dim"))
    parts += [_title("Equilibria as a share of all states"), _shares(study), *_why(study)]
    return Group(*parts)


def explanation(study: Study, state: str, dms: Sequence[str], concepts: Sequence[str], most: int) -> Group:
    """Return the story of one state: for each side, under what it is stable or not, and why.

    What follows from a stronger verdict that is told is named with it, not told again.
    """
    parts: list[RenderableType] = []
    for dm in dms:
        heading = f"{dm_name(study, dm)}: {state_name(study, state)}"
        parts.append(Text(heading, style="bold").append(_what(study, state), style="not bold"))
        verdicts = {concept: study.verdict(state, dm, concept) for concept in concepts}
        holding = [concept for concept, verdict in verdicts.items() if verdict.stable]
        failing = [concept for concept, verdict in verdicts.items() if not verdict.stable]
        for concept in (*strongest(holding), *weakest(failing)):
            verdict = verdicts[concept]
            follows = [other for other in holding if other in IMPLIED[concept]]
            if not verdict.stable:
                follows = [other for other in failing if concept in IMPLIED[other]]
            parts += _told(verdict, follows, reason_lines(study, verdict, most))
    return Group(*parts)


def _what(study: Study, state: str) -> str:
    if not study.space.options:
        return ""
    return f" - {', '.join(study.space.taken(study.space.index(state))) or 'no option taken'}"


def _told(verdict: Verdict, follows: Sequence[str], why: Sequence[str]) -> Iterator[Text]:
    no = "" if verdict.stable else "not "
    so = f" (so {no}under {listed(CONCEPTS[key].short for key in follows)})" if follows else ""
    yield Text(f"- {no}stable under {CONCEPTS[verdict.concept].short}{so}: {why[0]}")
    yield from (Text(f"  - {line}") for line in why[1:])


def _headline(study: Study) -> Text:
    variant = f", variant {study.variant}" if study.variant else ""
    as_of = f", as of {study.conflict.as_of:%Y-%m-%d}" if study.conflict.as_of else ""
    sides = counted(len(study.decision_makers), "decision maker")
    options = f"{counted(len(study.space.options), 'option')}, " if study.space.options else ""
    text = Text(clean(study.conflict.name) + variant + as_of, style="bold")
    states = counted(study.space.size, "feasible state")
    text.append(f"\n{sides}, {options}{states}; engine {study.engine}", style="not bold dim")
    if study.seconds_compiling:
        text.append(
            f"\ncompile time {study.seconds_compiling:.1f} s, once on this machine; stability itself took "
            f"{study.seconds_stability:.1f} s",
            style="not bold dim",
        )
    return text


def _title(text: str) -> Text:
    return Text(f"\n{text}", style="bold")


def _table() -> Table:
    return Table(box=SIMPLE_HEAD, pad_edge=False, show_edge=False)


def _option_legend(study: Study) -> Table:
    table = Table(show_header=False, box=None, pad_edge=False)
    for number, option in enumerate(study.conflict.options, 1):
        table.add_row(
            Text(str(number), style="cyan"), Text(option.name), Text(clean(option.label), style="dim")
        )
    return table


def _option_form(study: Study, states: Sequence[int]) -> Table:
    """Return Y and N under each option, grouped by decision maker."""
    table = _table()
    table.add_column("state", no_wrap=True)
    first = 1
    for dm in study.conflict.decision_makers:
        numbers = range(first, first + len(dm.options))
        first += len(dm.options)
        if dm.options:
            heading = " ".join(f"{number:>2}" for number in numbers)
            table.add_column(Text(f"{dm.id}\n{heading}"), no_wrap=True)
    owned = [dm.options for dm in study.conflict.decision_makers if dm.options]
    for index in states:
        taken = set(study.space.taken(index))
        cells = [" ".join(" Y" if option.name in taken else " N" for option in options) for options in owned]
        table.add_row(_marked(study, index), *cells)
    return table


def _marked(study: Study, index: int) -> Text:
    label = study.space.label(index)
    return Text(f"{label} *" if index == study.space.status_quo else label)


def _stability(study: Study, states: Sequence[int]) -> Table:
    table = _table()
    table.add_column("state", no_wrap=True)
    for dm in study.decision_makers:
        table.add_column(dm, no_wrap=True)
    table.add_column("equilibrium", no_wrap=True)
    for index in states:
        cells = [stable_kind(study, index, dm) for dm in range(len(study.decision_makers))]
        table.add_row(_marked(study, index), *cells, equilibrium_kind(study, index))
    return table


def _shares(study: Study) -> Table:
    table = _table()
    for heading in ("concept", "equilibria", "share", "status quo"):
        table.add_column(heading, justify="left" if heading == "concept" else "right")
    for concept in study.concepts:
        number = study.equilibrium_states(concept).size
        holds = bool(study.stable[concept][:, study.space.status_quo].all())
        name = f"{CONCEPTS[concept].short}, {CONCEPTS[concept].name}"
        share = f"{number / study.space.size:.1%}"
        table.add_row(name, f"{number:,}", share, "equilibrium" if holds else "no")
    return table


def _why(study: Study) -> Iterator[Text]:
    taken = study.space.taken(study.space.status_quo)
    what = f" ({', '.join(taken) or 'no option taken'})" if study.space.options else ""
    yield _title(f"Why the status quo {study.status_quo}{what} holds or not")
    for dm in study.decision_makers:
        yield Text(f"- {side_sentence(study, study.status_quo, dm)}")
    if note := types_note(study):
        yield Text(note, style="dim")
    many = [key for key in study.concepts if 2 * study.equilibrium_states(key).size > study.space.size]
    if many:
        under = listed(CONCEPTS[key].short for key in many)
        yield Text(f"Under {under} most states are equilibria, so being one says little there.", style="dim")
