"""Which single changes flip a finding, and which would make an unstable status quo stable, in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from experiments import Edit, order_edits, order_of, outcomes, today_edits, with_order
from findings import Case
from markdown import joined, paragraphs, table

from standoff.model.conflict import Literal, Rule
from standoff.report.words import side_sentence
from standoff.stability.concepts import CONCEPTS, CORE
from standoff.study import Study

MOST_PLACES = 4
KINDS = {
    "up": "moved up",
    "out": "left out",
    "opposite": "opposite",
    "rule": "rule left out",
    "today": "today",
}


def flips(case: Case) -> str:
    total = {kind: sum(edit.kind == kind for edit, _ in case.edits) for kind in KINDS}
    rows, told = [], []
    for finding in case.findings:
        flipping = [edit for edit, o in case.edits if not finding.holds(o)]
        rows.append([f"`{finding.key}`", *(sum(edit.kind == kind for edit in flipping) for kind in KINDS)])
        told.append(f"- `{finding.key}`: {finding.sentence}.")
        told += [f"  - {line}" for line in lines(case, flipping)]
    headings = [f"{word} (of {total[kind]})" for kind, word in KINDS.items()]
    return paragraphs(table(["changes that flip", *headings], rows), "\n".join(told))


def lines(case: Case, edits: Sequence[Edit]) -> Iterator[str]:
    """Say which changes these are, a line for each kind; of a statement's moves only the smallest."""
    least: dict[tuple[int | None, str], Edit] = {}
    for edit in sorted(edits, key=lambda edit: edit.places):
        if edit.kind == "up":
            least.setdefault((edit.dm, name(edit)), edit)
    if least:
        near = [edit for edit in least.values() if edit.places <= MOST_PLACES]
        far = len(least) - len(near)
        more = [f"{far} further statement{'s' if far > 1 else ''} by more places"] if far else []
        yield f"moved up: {joined([*(moved(case, edit) for edit in near), *more], by='; ')}"
    for kind, word in KINDS.items():
        of_kind = [element(case, edit) for edit in edits if edit.kind == kind != "up"]
        if of_kind:
            yield f"{word}: {joined(of_kind)}"


def moved(case: Case, edit: Edit) -> str:
    by = f"{edit.places} place{'s' if edit.places > 1 else ''}"
    return f"{element(case, edit)} by {by}, above `{edit.over.id if edit.over else ''}`"


def element(case: Case, edit: Edit) -> str:
    whose = "" if edit.dm is None else f"{case.names[edit.dm]} "
    return f"{whose}`{name(edit)}`{mark(edit.element)}"


def name(edit: Edit) -> str:
    return str(edit.element if isinstance(edit.element, Literal) else edit.element.id)


def mark(part: Rule | Literal) -> str:
    if part.evidence is None or part.evidence.is_assumption:
        return " (assumed)"
    return " (contested)" if part.evidence.is_contested else ""


def unstable(case: Case) -> str:
    """For every status quo that is not an equilibrium: who leaves it, and the least that would keep it."""
    parts = []
    for variant, study in case.studies.items():
        failing = [c for c in CORE if not study.stable[c][:, study.space.status_quo].all()]
        if failing:
            concepts = joined(CONCEPTS[c].short for c in failing)
            parts.append(f"- `{variant}`: `{study.status_quo}` is no equilibrium under {concepts}.")
            parts += [f"  - {line}" for line in cures(case, study, failing)]
    return "\n".join(parts)


def cures(case: Case, study: Study, failing: Sequence[str]) -> Iterator[str]:
    today = study.space.status_quo
    leaving = [dm for dm in range(len(case.names)) if not study.stable["nash"][dm, today]]
    yield from (side_sentence(study, study.status_quo, study.decision_makers[dm]) for dm in leaving)
    edits = [e for dm in leaving for e in order_edits(study.conflict, dm) if e.kind != "opposite"]
    edits += today_edits(study.conflict)
    found = outcomes([edit.conflict for edit in edits])
    alike: dict[str, list[str]] = {}
    for concept in failing:
        mending = [e for e, o in zip(edits, found, strict=True) if o.equilibria(concept)[o.today]]
        cure = "; ".join(lines(case, mending)) if mending else two_left_out(study, leaving, concept)
        alike.setdefault(cure, []).append(CONCEPTS[concept].short)
    yield from (
        f"Enough to make it one under {joined(of)}, among changes to the order of those who leave and to "
        f"today's options: {cure}."
        for cure, of in alike.items()
    )


def two_left_out(study: Study, leaving: Sequence[int], concept: str) -> str:
    """Say which two statements would have to go, where no single change is enough."""
    found = []
    for dm in leaving:
        order = order_of(study.conflict, dm)
        pairs = list(combinations(order, 2))
        changed = [with_order(study.conflict, dm, [r for r in order if r not in pair]) for pair in pairs]
        for pair, o in zip(pairs, outcomes(changed), strict=True):
            if o.equilibria(concept)[o.today]:
                found.append(" and ".join(f"`{rule.id}`{mark(rule)}" for rule in pair))
    return f"no single change, but two statements left out together, {joined(found)}"
