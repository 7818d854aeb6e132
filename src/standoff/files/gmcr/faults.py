"""What is wrong with a GMCR+ document whose shape is right: numbers, owners, rankings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from standoff.errors import Fault, ModelError, Path
from standoff.files.gmcr.names import Names
from standoff.files.gmcr.patterns import Pattern, feasible
from standoff.files.gmcr.schema import Condition, Document, place
from standoff.files.wording import quoted


def faults_in(doc: Document) -> Iterator[Fault]:
    """Yield every fault in the numbers of a document, rankings apart."""
    yield from _option_faults(doc)
    yield from _condition_faults(doc)
    yield from _coalition_faults(doc)


def _option_faults(doc: Document) -> Iterator[Fault]:
    owners: Counter[int] = Counter()
    for number, dm in enumerate(doc.decision_makers):
        for position, option in enumerate(dm.options):
            path = ("decisionMakers", number, "options", position)
            if not 0 <= option < len(doc.options):
                yield _no_option(option, len(doc.options), path)
            owners[option] += 1
    for option, part in enumerate(doc.options):
        if owners[option] != 1:
            listed = "nobody" if not owners[option] else f"{owners[option]} decision makers"
            yield Fault(
                code="gmcr-option-owner",
                message=f"Option {option} ({quoted(part.name)}) belongs to {listed}.",
                cure="Give every option to just one decision maker.",
                path=("options", option),
            )


def _condition_faults(doc: Document) -> Iterator[Fault]:
    for number, condition in enumerate(doc.infeasibles):
        path: Path = ("infeasibles", number)
        yield from _faults_in(condition, len(doc.options), path)
        if not condition:
            yield Fault(
                code="gmcr-empty-pattern",
                message=f"At {place(path)}: a pattern that names no option excludes every state.",
                cure="Take it out.",
                path=path,
            )
    for number, dm in enumerate(doc.decision_makers):
        for position, members in enumerate(dm.preferences):
            for condition in members:
                path = ("decisionMakers", number, "preferences", position)
                yield from _faults_in(condition, len(doc.options), path)


def _faults_in(condition: Condition, options: int, path: Path) -> Iterator[Fault]:
    counts = Counter(option for option, _ in condition)
    for option, count in counts.items():
        if not 0 <= option < options:
            yield _no_option(option, options, path)
        elif count > 1:
            yield Fault(
                code="gmcr-option-twice",
                message=f"At {place(path)}: option {option} is named twice; GMCR+ itself misreads this.",
                cure="Name it once.",
                path=path,
            )


def _no_option(option: int, options: int, path: Path) -> Fault:
    span = f"options are numbered 0 to {options - 1}" if options else "the file has no options"
    return Fault(
        code="gmcr-no-such-option",
        message=f"At {place(path)}: there is no option {option}; {span}.",
        cure="Correct the number.",
        path=path,
    )


def _coalition_faults(doc: Document) -> Iterator[Fault]:
    for number, group in enumerate(doc.coalitions):
        if any(not 0 <= dm < len(doc.decision_makers) for dm in group) or len(set(group)) < len(group):
            path = ("coalitions", number)
            yield Fault(
                code="gmcr-coalition",
                message=f"At {place(path)}: a coalition lists decision makers by number, from 0, each once.",
                cure="Correct the numbers or take the coalition out.",
                path=path,
            )


def ranked_states(doc: Document, names: Names, excluded: Sequence[Pattern]) -> list[int]:
    """Return the codes of the feasible states, ascending.

    Raises
    ------
    ModelError
        Unless every ranking names every feasible state just once.
    """
    longest = max(sum(map(len, dm.ranking)) for dm in doc.decision_makers)
    codes = list(feasible(names.order, excluded, longest + 1))
    faults = []
    for number, dm in enumerate(doc.decision_makers):
        counts = Counter(state for tier in dm.ranking for state in tier)
        wrong = _wrong_states(counts, len(codes))
        if wrong:
            faults.append(
                Fault(
                    code="gmcr-ranking",
                    message=f"The ranking of {quoted(dm.name)} {'; it '.join(wrong)}.",
                    cure="Name every feasible state once, by number from 1; a nested list is a tie.",
                    path=("decisionMakers", number, "preferenceRanking"),
                )
            )
    if faults:
        raise ModelError(faults)
    return codes


def _wrong_states(counts: Mapping[int, int], states: int) -> list[str]:
    unknown = sorted(state for state in counts if not 1 <= state <= states)
    twice = sorted(state for state in counts if counts[state] > 1)
    missing = [] if unknown else [state for state in range(1, states + 1) if state not in counts]
    found = (("names states that do not exist", unknown), ("repeats", twice), ("leaves out", missing))
    return [
        f"{what}: {', '.join(map(str, which[:8]))}{', ...' * (len(which) > 8)}"
        for what, which in found
        if which
    ]
