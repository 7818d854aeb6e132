"""How the judgements could be wrong: what they hang on, and what the model cannot tell."""

from __future__ import annotations

from standoff.analyses.deciders import deciders
from standoff.model.conflict import Prioritising, Ranking, Rule, Weighting
from standoff.report.brief.asked import Asked
from standoff.report.brief.origins import equilibria, standing
from standoff.report.brief.targets import TOLD, targets
from standoff.report.brief.value import Block, Origin, Points, Section, Sentence, Table
from standoff.report.elements import Element, elements
from standoff.report.names import clean, counted, dm_name, listed, types_note
from standoff.stability.concepts import CONCEPTS
from standoff.study import Study


def section(study: Study, asked: Asked) -> Section:
    """Return the statements that verdicts hang on, the shares of equilibria, and the limits."""
    del asked
    blocks: list[Block] = []
    blocks.append(Points(tuple(hanging(study, dm) for dm in study.decision_makers)))
    rows = _weak_elements(study)
    if rows:
        blocks.append(
            Table(
                caption="Assumed or contested, and some verdict told here turns on it",
                head=("element", "what it says", "rests on", "why, or what is disputed"),
                rows=rows,
            )
        )
    blocks.append(Points((*_shares(study), *_limits(study))))
    return Section(key="wrong", blocks=tuple(blocks))


def decisive(study: Study, dm: str) -> tuple[Rule, ...]:
    """Return the statements that put a decision maker's moves from the status quo above or below it."""
    row = study.number_of(dm)
    today = study.space.status_quo
    return deciders(
        study.conflict.decision_makers[row], study.space, today, study.graph.moves(row, today).tolist()
    )


def hanging(study: Study, dm: str) -> Sentence:
    """Say on which statements it hangs that a decision maker stays or leaves today."""
    row, today = study.number_of(dm), study.status_quo
    name = dm_name(study, dm)
    rules = decisive(study, dm)
    known = {(element.owner, element.text): element for element in _preferences(study)}
    origin = standing(study, today, dm)
    verb = "would stay at" if origin.stable else "would leave"
    under = (
        "" if origin.concept == "nash" or not origin.stable else f" ({CONCEPTS[origin.concept or ''].short})"
    )
    if not study.graph.moves(row, study.space.status_quo).size:
        return Sentence(f"{name} has no move from {today}; no preference matters there.", (origin,))
    if not rules:
        return Sentence(_without_reasons(study, dm, f"{name} {verb} {today}{under}"), (origin,))
    owner = study.conflict.decision_makers[row].name
    told = [_named(known[owner, rule.statement.text], rule) for rule in rules]
    number = "statement" if len(told) == 1 else "statements"
    return Sentence(
        f"That {name} {verb} {today}{under} hangs on the {number} {listed(told)}.",
        (origin, *(_origin(rule) for rule in rules)),
    )


def _without_reasons(study: Study, dm: str, stance: str) -> str:
    preference = study.conflict.decision_makers[study.number_of(dm)].preference
    if isinstance(preference, Ranking):
        return f"That {stance} hangs on the ranking as given, without reasons."
    if dm in unstated(study):
        return f"That {stance} hangs on nothing: no preference is stated, so all states count as equal."
    return f"That {stance} hangs on no statement: none tells a move of its own from staying."


def unstated(study: Study) -> list[str]:
    """Return the decision makers of whom no preference is stated: all states are equal to them."""
    none = (Prioritising(statements=()), Weighting(weights=()))
    return [dm.id for dm in study.conflict.decision_makers if dm.preference in none]


def _origin(rule: Rule) -> Origin:
    return Origin(kind="element", name=rule.id or rule.statement.text)


def _named(element: Element, rule: Rule) -> str:
    said = {"assumed": " (assumed)", "contested": " (contested)"}.get(element.standing, "")
    return f"‘{clean(rule.id or rule.statement.text)}’{said}"


def _preferences(study: Study) -> list[Element]:
    return [element for element in elements(study.conflict) if element.kind == "preference"]


def _weak_elements(study: Study) -> tuple[tuple[str, ...], ...]:
    """Return the assumed and contested statements that some comparison told in the brief turns on."""
    states = targets(study)[0]
    turning: set[tuple[str, str]] = set()
    for row, dm in enumerate(study.conflict.decision_makers):
        today = study.space.status_quo
        near = {*study.graph.moves(row, today).tolist(), *states}
        rules = list(deciders(dm, study.space, today, sorted(near)))
        for state in states:
            rules += deciders(dm, study.space, state, study.graph.moves(row, state).tolist())
        turning |= {(dm.name, rule.statement.text) for rule in rules}
    return tuple(
        (f"{clean(e.owner)}: {clean(e.name)}", clean(e.text), e.standing, clean(e.note))
        for e in _preferences(study)
        if (e.owner, e.text) in turning and e.standing in {"assumed", "contested"}
    )


def _shares(study: Study) -> list[Sentence]:
    found = []
    for key in ("nash", TOLD, "gmr"):
        number = study.equilibrium_states(key).size
        share = f"{number / study.space.size:.1%}"
        told = counted(number, "state is an equilibrium", "states are equilibria")
        text = f"Under {CONCEPTS[key].short} {told}"
        many = "; being one says little" if 2 * number > study.space.size else ""
        found.append(Sentence(f"{text}, {share} of all{many}.", (equilibria(study, key),)))
    return found


def _limits(study: Study) -> list[Sentence]:
    decided = "statements" if study.space.options else "rankings"
    known = f"The model knows the options and {decided} that were written down and no others."
    conflict = study.conflict
    if conflict.timing is None and conflict.types is None and conflict.roadmap is None:
        known += (
            " It knows better and worse, not by how much; it has no dates, no costs and no probabilities."
        )
    note = types_note(study)
    return [
        Sentence(known),
        *([Sentence(note)] if note else []),
        Sentence("That a state is stable says who would not leave it, not that it will be reached."),
    ]
