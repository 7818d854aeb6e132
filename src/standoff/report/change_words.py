"""One change of a model in words: a sentence that can be quoted, and a short name for it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from standoff.evidence import Source
from standoff.model.changes import (
    Added,
    Altered,
    Change,
    Dropped,
    FieldChanged,
    Moved,
    PreferenceChanged,
    Rewritten,
    Step,
    Weighted,
)
from standoff.model.conflict import (
    Bearable,
    Coalition,
    Conflict,
    DecisionMaker,
    ForbiddenMove,
    Literal,
    NamedState,
    Option,
    Prioritising,
    Ranking,
    Rule,
    Weighting,
)
from standoff.model.statement import canonical
from standoff.report.elements import borne
from standoff.report.names import clean, listed, maker_name

_KINDS = {Prioritising: "statements in order", Weighting: "weights", Ranking: "a ranking of the states"}


class Wording:
    """The words for changes between two models: names are those of the newer one where it has them."""

    def __init__(self, older: Conflict, newer: Conflict) -> None:
        both = (older, newer)
        self.names = {dm.id: maker_name(each, dm.id) for each in both for dm in each.decision_makers}
        self.labels = {o.name: clean(o.label) for conflict in both for o in conflict.options}
        self.is_graph = newer.is_graph_form

    def sentence(self, change: Change) -> str:
        """Say in a sentence what changed."""
        match change:
            case Rewritten():
                return "The conflict is written in another form: options in place of listed states, or back."
            case FieldChanged():
                return _field(change)
            case PreferenceChanged(before=before, after=after) if type(before) is type(after):
                return f"{self.names[change.owner]} ranks the states in another order."
            case PreferenceChanged(before=before, after=after):
                now, was = _KINDS[type(after)], _KINDS[type(before)]
                return f"The preference of {self.names[change.owner]} is given by {now}, before by {was}."
            case Added(element=element):
                return self._added(change, element)
            case Dropped(element=element):
                return self._dropped(change, element)
            case Moved():
                return self._moved(change)
            case Altered():
                return self._altered(change)

    def short(self, change: Change) -> str:
        """Name a change in a few words, to be told in brackets."""
        match change:
            case Rewritten():
                return "another form"
            case FieldChanged(field=field):
                return {"as_of": "the date", "status_quo": "the status quo"}.get(field, f"the {field}")
            case PreferenceChanged(owner=owner):
                return f"{self.names[owner]}: preference"
            case Added(element=element):
                verb = {"status_quo": "now taken", "bearable": "now stated"}.get(change.block, "added")
            case Dropped(element=element):
                gone = {"status_quo": "no longer taken", "bearable": "no longer stated"}
                verb = gone.get(change.block, "dropped")
            case Moved(element=element):
                verb = "moved up" if change.to < change.place else "moved down"
            case Altered(after=element):
                verb = self._how(change)
        whose = f"{self.names[change.owner]}: " if change.owner else ""
        return f"{whose}{self.thing(element)} {verb}"

    def thing(self, element: Any) -> str:
        """Return the shortest name of an element."""
        match element:
            case Rule() | Weighted():
                return element.id or f"‘{clean(element.statement.text)}’"
            case Option(name=name) | NamedState(name=name):
                return clean(name)
            case DecisionMaker(id=dm):
                return self.names[dm]
            case Bearable():
                return "what it can bear"
            case Coalition(id=name):
                return f"coalition {name}"
            case Source():
                return f"source {element.id}"
            case ForbiddenMove():
                return f"forbidden move of {self.names.get(element.by, element.by)}"
            case Step(origin=origin, target=target):
                return f"the move from {clean(origin)} to {clean(target)}"
        return str(element)

    def _added(self, change: Added, element: Any) -> str:
        if change.owner:
            return self._gained(self.names[change.owner], change.place, element)
        match element:
            case Literal() if change.block == "status_quo":
                return f"In the status quo ‘{self.labels[element.option]}’ ({element.option}) is now taken."
            case Literal() if change.block == "status_quo_reasons":
                return f"The status quo of {element.option} now has a note or evidence."
            case Literal():
                return f"‘{element}’ can now not be left once it is true."
            case Rule():
                return f"New rule: every state must satisfy {_quoted(element)}."
            case ForbiddenMove():
                return f"{self._barred(element)} is now forbidden."
            case NamedState(name=name) if not self.is_graph:
                return f"The state {clean(name)} is now named: {_taken(element)}."
        return f"New {_kind(element)}: {self._called(element)}."

    def _gained(self, who: str, place: int, element: Any) -> str:
        match element:
            case Rule():
                return f"{who} has a new statement in place {place + 1}: {_quoted(element)}."
            case Weighted(weight=weight):
                return f"{who} has a new statement with weight {weight}: {_quoted(element)}."
            case Step(origin=origin, target=target):
                return f"{who} can now move from {clean(origin)} to {clean(target)}."
            case Bearable():
                return f"It is now stated that {who} can bear to stay {_borne(element)}."
        return f"{who} has a new option: {self._called(element)}."

    def _dropped(self, change: Dropped, element: Any) -> str:
        if change.owner:
            return self._lost(self.names[change.owner], change.place, element)
        match element:
            case Literal() if change.block == "status_quo":
                label = self.labels[element.option]
                return f"In the status quo ‘{label}’ ({element.option}) is no longer taken."
            case Literal() if change.block == "status_quo_reasons":
                return f"The status quo of {element.option} no longer has a note or evidence."
            case Literal():
                return f"‘{element}’ can be left again."
            case Rule():
                return f"Rule dropped: states need no longer satisfy {_quoted(element)}."
            case ForbiddenMove():
                return f"{self._barred(element)} is no longer forbidden."
            case NamedState(name=name) if not self.is_graph:
                return f"The state {clean(name)} is no longer named: {_taken(element)}."
        return f"No longer there: the {_kind(element)} {self._called(element)}."

    def _lost(self, who: str, place: int, element: Any) -> str:
        match element:
            case Rule():
                before = f"before in place {place + 1}"
                return f"{who} no longer has the statement {_quoted(element)}, {before}."
            case Weighted(weight=weight):
                return f"{who} no longer has the statement {_quoted(element)}, before with weight {weight}."
            case Step(origin=origin, target=target):
                return f"{who} can no longer move from {clean(origin)} to {clean(target)}."
            case Bearable():
                return f"It is no longer stated that {who} can bear to stay {_borne(element)}."
        return f"{who} no longer has the option {self._called(element)}."

    def _moved(self, change: Moved) -> str:
        way = "up" if change.to < change.place else "down"
        places = f"moved {way} from place {change.place + 1} to place {change.to + 1}"
        match change.element:
            case Rule() as rule:
                return f"{self.names[str(change.owner)]}: the statement {_quoted(rule)} {places}."
            case element:
                return f"{self.thing(element)} {places} in the file, which numbers the states."

    def _altered(self, change: Altered) -> str:
        before: Any = change.before
        after: Any = change.after
        whose = f"{self.names[change.owner]}: " if change.owner else ""
        if change.part == "reasons":
            return f"{whose}{self.thing(after)} has another note or other evidence."
        match after:
            case Weighted() if _says(before) == _says(after) and change.part == "meaning":
                weights = f"{after.weight}, before {before.weight}"
                return f"{whose}the weight of {_quoted(after)} is now {weights}."
            case Weighted() | Rule() if change.part == "meaning":
                was = f"‘{clean(before.statement.text)}’"
                weight = f" with weight {after.weight}" if isinstance(after, Weighted) else ""
                what = "statement" if whose else "rule"
                return f"{whose}the {what} {_quoted(after)}{weight} stands in the place of {was}."
            case Bearable():
                now, was = _borne(after), _borne(before)
                return f"{whose}it can now bear to stay {now}; before {was}."
            case NamedState() if change.part == "meaning":
                now, was = _taken(after), _taken(before)
                return f"The name {clean(after.name)} stands for another state: {now}; before {was}."
            case Coalition():
                members = listed(self.names.get(member, member) for member in after.members)
                return f"The coalition {after.id} is now {members}."
        return f"{whose}{self._called(before)} is now called {self._called(after)}."

    def _how(self, change: Altered) -> str:
        before: Any = change.before
        after: Any = change.after
        if change.part != "meaning":
            return "renamed" if change.part == "label" else "with other reasons"
        if isinstance(after, Weighted) and _says(before) == _says(after):
            return "with another weight"
        return "reworded" if isinstance(after, Rule | Weighted) else "changed"

    def _barred(self, move: ForbiddenMove) -> str:
        ends = f"from ‘{clean(move.origin.text)}’ to ‘{clean(move.target.text)}’"
        return f"For {self.names.get(move.by, move.by)} every move {ends}"

    def _called(self, element: Any) -> str:
        match element:
            case DecisionMaker() | NamedState():
                return clean(element.name)
            case Option():
                return f"‘{clean(element.label)}’ ({element.name})"
            case Rule() | Weighted():
                return element.id or "a statement without id"
            case Source():
                return clean(element.title)
            case Coalition():
                return f"{element.id}, {listed(self.names.get(m, m) for m in element.members)}"
        return self.thing(element)


def summary(changes: Sequence[Change]) -> str:
    """Say in one sentence how many notes and evidence links changed; empty if none did."""
    number = sum(isinstance(change, Altered) and change.part == "reasons" for change in changes)
    number += sum(isinstance(c, Added | Dropped) and c.block == "status_quo_reasons" for c in changes)
    if not number:
        return ""
    return f"{number} {'element has' if number == 1 else 'elements have'} another note or other evidence."


def is_reason(change: Change) -> bool:
    """Return whether a change is told only by its number: a note or evidence of one element."""
    if isinstance(change, Altered):
        return change.part == "reasons"
    return isinstance(change, Added | Dropped) and change.block == "status_quo_reasons"


def _field(change: FieldChanged) -> str:
    match change.field:
        case "as_of":
            return (
                f"The model is as of {change.after or 'no date'}, before as of {change.before or 'no date'}."
            )
        case "status_quo":
            return f"The status quo is now {clean(change.after)}, before {clean(change.before)}."
        case "name":
            return f"The conflict is now called {clean(change.after)}, before {clean(change.before)}."
        case "note":
            return "The note of the model is another one."
        case "types":
            return "The types or their priors are others."
        case "timing":
            return "Rates, stocks, payoffs, signals or policies under ‘timing’ are others."
        case "contingency":
            return "The plans under ‘contingency’ are others."
        case "roadmap":
            return "The phased deal under ‘roadmap’ is another one."
    new = sum(event not in change.before for event in change.after)
    gone = sum(event not in change.after for event in change.before)
    return f"Of the events, {new:,} are new or altered, and {gone:,} of the former ones are gone or altered."


def _quoted(rule: Rule | Weighted) -> str:
    text = f"‘{clean(rule.statement.text)}’"
    return f"{text} ({rule.id})" if rule.id else text


def _says(rule: Weighted) -> object:
    return canonical(rule.statement.expression)


def _taken(state: NamedState) -> str:
    return ", ".join(sorted(state.taken)) or "no option taken"


def _borne(bearable: Bearable) -> str:
    text = clean(borne(bearable))
    if bearable.statement is not None:
        return f"only where ‘{text}’ is true"
    return f"only in {text}" if bearable.states else "nowhere"


def _kind(element: Any) -> str:
    kinds = {DecisionMaker: "decision maker", Coalition: "coalition", Source: "source", NamedState: "state"}
    return kinds[type(element)]
