"""Which states could take the place of today's: would they hold, and who would be better off."""

from __future__ import annotations

from collections.abc import Sequence

from standoff.report.brief.asked import Asked
from standoff.report.brief.drawings import drawing
from standoff.report.brief.origins import equilibrium, ranking, verdict
from standoff.report.brief.targets import TOLD, targets
from standoff.report.brief.value import Block, Folded, Origin, Points, Section, Sentence, Table
from standoff.report.names import dm_name, listed, option_label
from standoff.report.selection import equilibrium_kind
from standoff.report.words import reason
from standoff.stability.concepts import CONCEPTS, IMPLIED, weakest
from standoff.study import Study

_RELATIONS = {"better": "better than", "equal": "equal to", "worse": "worse than"}
_SHORT = CONCEPTS[TOLD].short


def section(study: Study, asked: Asked) -> Section | None:
    """Return for each state whether it would hold and for whom it is better; none if there is no state."""
    del asked
    found, what = targets(study)
    if not found:
        return None
    labels = [study.space.label(state) for state in found]
    blocks: tuple[Block, ...] = (
        _table(study, [study.space.status_quo, *found]),
        Folded(
            title="Why each would hold or not, and for whom it is better",
            blocks=(
                Points(tuple(holding(study, label) for label in labels)),
                Points(tuple(compared(study, label) for label in labels)),
            ),
        ),
        drawing(study, "ranks", "Rankings: for each decision maker the best state on top"),
    )
    return Section(key="places", title=f"Other places to be: {what}", blocks=blocks)


def holding(study: Study, state: str) -> Sentence:
    """Say whether a state would hold under SEQ once reached, and if not, for whom and why."""
    origin = equilibrium(study, state, TOLD)
    if not origin.stable:
        leaving = [dm for dm in study.decision_makers if not verdict(study, state, dm, TOLD).stable]
        told = " ".join(_why_not(study, state, dm) for dm in leaving)
        origins = tuple(verdict(study, state, dm, TOLD) for dm in leaving)
        return Sentence(f"State {state} would not hold ({_SHORT}). {told}", (origin, *origins))
    nash = equilibrium(study, state, "nash")
    if nash.stable:
        text = f"State {state} would hold once reached: nobody gains by leaving it (Nash)."
        return Sentence(text, (origin, nash))
    tempted = [dm for dm in study.decision_makers if not verdict(study, state, dm, "nash").stable]
    names = listed(dm_name(study, dm) for dm in tempted)
    text = (
        f"State {state} would hold once reached ({_SHORT}): {names} could gain by leaving it, but every such "
        "move is answered by moves that pay those who make them and end no better than staying."
    )
    return Sentence(text, (origin, nash, *(verdict(study, state, dm, "nash") for dm in tempted)))


def _why_not(study: Study, state: str, dm: str) -> str:
    """Give the reason under the weakest concept, among those implied by the one told, that fails."""
    concepts = [TOLD, *sorted(IMPLIED[TOLD])]
    failing = [key for key in concepts if not verdict(study, state, dm, key).stable]
    found = study.verdict(state, dm, weakest(failing)[0])
    short = CONCEPTS[found.concept].short
    return f"{dm_name(study, dm)} would leave ({short}): {reason(study, found)}"


def compared(study: Study, state: str) -> Sentence:
    """Say for whom a state is better, equal and worse than the status quo."""
    sides = [ranking(study, state, dm) for dm in study.decision_makers]
    groups = {key: _who(study, sides, key) for key in _RELATIONS}
    filled = {key: names for key, names in groups.items() if names}
    than = study.status_quo
    parts = []
    for key, names in filled.items():
        parts.append(f"{_RELATIONS[key]} {than} for {'everybody' if len(filled) == 1 else listed(names)}")
        than = "it"
    return Sentence(f"State {called(study, state)} is {listed(parts)}.", tuple(sides))


def called(study: Study, state: str) -> str:
    """Return a state's label and, where it is only a number, how it differs from the status quo."""
    index = study.space.index(state)
    if not study.space.options or index in study.space.names:
        return state
    return f"{state} ({differs(study, index)})"


def differs(study: Study, state: int) -> str:
    """Return how a state differs from the status quo: the options that are taken, and not, there."""
    before, after = set(study.space.taken(study.space.status_quo)), set(study.space.taken(state))
    parts = []
    for word, changed in (("with", after - before), ("without", before - after)):
        labels = [f"‘{option_label(study, name)}’" for name in study.space.options if name in changed]
        if labels:
            parts.append(f"{word} {listed(labels)}")
    return f"today {' and '.join(parts)}" if parts else "today"


def _who(study: Study, sides: Sequence[Origin], relation: str) -> list[str]:
    return [dm_name(study, side.decision_maker or "") for side in sides if side.relation == relation]


def _table(study: Study, states: Sequence[int]) -> Table:
    """Return for each state what it is and how each decision maker compares it with the status quo."""
    rows = []
    for state in states:
        label = study.space.label(state)
        told = [verdict(study, label, dm, TOLD) for dm in study.decision_makers]
        cells = []
        for dm, origin in zip(study.decision_makers, told, strict=True):
            relation = ranking(study, label, dm).relation or ""
            stays = "stays" if origin.stable else "leaves"
            cells.append(stays if state == study.space.status_quo else f"{relation}, {stays}")
        what = (differs(study, state),) if study.space.options else ()
        rows.append((label, *what, *cells, equilibrium_kind(study, state)))
    names = [dm_name(study, dm.id) for dm in study.conflict.decision_makers]
    return Table(
        caption=f"Than {study.status_quo} for whom, and who would stay there ({_SHORT})",
        head=("state", *(["what it is"] if study.space.options else []), *names, "equilibrium"),
        rows=tuple(rows),
    )
