"""The board: who can do what and who wants what, before anything is analysed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from standoff.evidence import Evidence
from standoff.model.conflict import Conflict, DecisionMaker, Prioritising, Ranking, Weighting
from standoff.report.documents import header
from standoff.report.elements import borne, elements
from standoff.report.names import clean, counted
from standoff.study import Checked, Study
from standoff.timing.waiting.numbers import numbers


def board(study: Study) -> Group:
    """Return the answer of ``standoff show``: sides, options, preferences, rules, sources."""
    conflict = study.conflict
    states = counted(study.space.size, "feasible state")
    title = Text(clean(conflict.name), style="bold").append(f"\n{states}", style="not bold dim")
    parts: list[RenderableType] = [title]
    if conflict.note:
        parts.append(Text(clean(conflict.note)))
    for dm in conflict.decision_makers:
        parts += [Text(), Text(f"{clean(dm.name)} ({dm.id})", style="bold"), _options(study, dm), _wants(dm)]
        if dm.bearable is not None:
            badge = _badge(dm.bearable.evidence)
            parts.append(Text(f"  can bear to stay only where: {clean(borne(dm.bearable))}  ").append(badge))
    parts += _rules(conflict)
    parts += [Text(), *_evidence(conflict), *_beyond(conflict)]
    return Group(*parts)


def _options(study: Study, dm: DecisionMaker) -> RenderableType:
    if not dm.options:
        return Text(f"  {counted(len(dm.moves), 'move')} listed" if dm.moves else "  no options of its own")
    today = set(study.space.taken(study.space.status_quo))
    table = Table(show_header=False, box=None, pad_edge=False)
    for option in dm.options:
        sign = "Y" if option.name in today else "N"
        table.add_row(
            "", sign, Text(option.name, style="cyan"), Text(clean(option.label)), _badge(option.evidence)
        )
    return table


def _wants(dm: DecisionMaker) -> RenderableType:
    match dm.preference:
        case Prioritising(statements=statements):
            table = Table(show_header=False, box=None, pad_edge=False)
            for number, rule in enumerate(statements, 1):
                table.add_row("", f"{number}.", Text(rule.statement.text), _badge(rule.evidence))
            return table if statements else Text("  wants: indifferent among all states")
        case Weighting(weights=weights):
            listed = ", ".join(f"{rule.statement.text}: {weight}" for rule, weight in weights)
            return Text(f"  weights: {listed}")
        case Ranking(tiers=tiers):
            text = " > ".join(" ~ ".join(tier) for tier in tiers[:12])
            return Text(f"  ranks: {text}{' > ...' if len(tiers) > 12 else ''}")


def _badge(evidence: Evidence | None) -> Text:
    if evidence is None:
        return Text("")
    if evidence.is_assumption:
        return Text("assumed", style="yellow")
    if evidence.is_contested:
        return Text("contested", style="red")
    return Text(f"{counted(len(evidence.citations), 'passage')}", style="dim")


def _rules(conflict: Conflict) -> Iterator[RenderableType]:
    if conflict.feasible:
        yield Text("\nEvery state must satisfy", style="bold")
        for rule in conflict.feasible:
            yield Text(f"  {rule.statement.text}")
    if conflict.irreversible:
        yield Text("\nCannot be left once true: " + ", ".join(map(str, conflict.irreversible)))
    for move in conflict.forbidden_moves:
        yield Text(f"\n{move.by} cannot move from '{move.origin.text}' to '{move.target.text}'")


def _evidence(conflict: Conflict) -> Iterator[Text]:
    total, assumed, contested, bare = _tally(conflict)
    yield Text(
        f"Of {counted(total, 'element')}, {assumed} assumed, {contested} contested, {bare} without evidence."
    )
    for source in conflict.sources:
        parts = (source.author, source.title, source.outlet, source.published)
        yield Text("  " + clean(", ".join(part for part in parts if part)), style="dim")


def _beyond(conflict: Conflict) -> Iterator[Text]:
    """Say what else the model has, by name, and how many of its numbers about time are assumed."""
    timing, types = conflict.timing, conflict.types
    whose, of_types = (types.decision_maker, types.types) if types else ("", ())
    kinds = [
        ("named state", [state.name for state in conflict.states]),
        ("coalition", [coalition.id for coalition in conflict.coalitions]),
        (f"type of {whose}", [each.id for each in of_types]),
        ("stock", [stock.id for stock in timing.stocks] if timing else []),
        ("signal", [signal.id for signal in timing.signals] if timing else []),
        ("pivot", [pivot.id for pivot in timing.pivots] if timing else []),
        ("policy", [policy.id for policy in timing.policies] if timing else []),
        ("plan", [plan.id for plan in conflict.contingency]),
    ]
    for kind, names in kinds:
        if names:
            yield Text(f"{_plural(len(names), kind)}: {', '.join(names)}")
    if conflict.events:
        yield Text(f"{counted(len(conflict.events), 'event')}; standoff belief FILE tells them.")
    if timing:
        found = numbers(conflict)
        assumed = sum(each.is_assumption for each in found)
        yield Text(f"Of {counted(len(found), 'number')} about time, {assumed} assumed.")


def _plural(number: int, kind: str) -> str:
    first, _, rest = kind.partition(" of ")
    plural = "policies" if first == "policy" else f"{first}s"
    return counted(number, first, plural) + (f" of {rest}" if rest else "")


def board_document(study: Study) -> dict[str, Any]:
    """Return the document ``standoff.board/1``."""
    conflict = study.conflict
    return {
        **header("standoff.board/1", study),
        "decision_makers": [
            {
                "id": dm.id,
                "name": dm.name,
                "options": [{"name": option.name, "label": option.label} for option in dm.options],
                "moves": [list(move) for move in dm.moves],
                **_preference(dm),
                **({} if dm.bearable is None else {"bearable": borne(dm.bearable)}),
            }
            for dm in conflict.decision_makers
        ],
        "feasible_states": study.space.size,
        "status_quo": {"label": study.status_quo, "options": list(study.space.taken(study.space.status_quo))},
        "rules": [rule.statement.text for rule in conflict.feasible],
        "irreversible": [str(literal) for literal in conflict.irreversible],
        "forbidden_moves": [
            {"by": move.by, "from": move.origin.text, "to": move.target.text}
            for move in conflict.forbidden_moves
        ],
        "named_states": {state.name: sorted(state.taken) for state in conflict.states},
        "evidence": dict(zip(("elements", "assumed", "contested", "bare"), _tally(conflict), strict=True)),
    }


def _preference(dm: DecisionMaker) -> dict[str, Any]:
    match dm.preference:
        case Prioritising(statements=statements):
            return {"prefers": [rule.statement.text for rule in statements]}
        case Weighting(weights=weights):
            return {"weights": {rule.statement.text: str(weight) for rule, weight in weights}}
        case Ranking(tiers=tiers):
            return {"ranking": [list(tier) for tier in tiers]}


def _tally(conflict: Conflict) -> tuple[int, int, int, int]:
    """Return how many elements there are, and how many are assumed, contested and without evidence."""
    found = [element.evidence for element in elements(conflict)]
    known = [evidence for evidence in found if evidence is not None]
    assumed = sum(evidence.is_assumption for evidence in known)
    return len(found), assumed, sum(evidence.is_contested for evidence in known), len(found) - len(known)


def checked_line(checked: Checked) -> str:
    """Return one line that says a file is sound and how large its conflict is."""
    variants = f", {counted(len(checked.variants), 'variant')}" if checked.variants else ""
    sides = counted(checked.decision_makers, "decision maker")
    states = "too many states to list"
    if checked.states is not None:
        states = counted(checked.states, "feasible state")
    return f"{checked.file}: no faults; {sides}, {counted(checked.options, 'option')}, {states}{variants}"
