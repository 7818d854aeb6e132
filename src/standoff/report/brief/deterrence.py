"""What keeps a decision maker from leaving a state, as a path: the improvement and its sanction."""

from __future__ import annotations

from standoff.report.brief.origins import verdict as origin_of
from standoff.report.brief.targets import TOLD
from standoff.report.brief.value import Path, Sentence
from standoff.report.names import change, dm_name
from standoff.stability.verdict import Move, Sanction, Verdict
from standoff.study import Study


def deterred(study: Study, state: str) -> list[tuple[Verdict, Sanction]]:
    """Return the sanction of the best improvement of each side that is held back at a state."""
    found = []
    number = study.space.index(state)
    for row, dm in enumerate(study.decision_makers):
        if study.stable[TOLD][row, number] and not study.stable["nash"][row, number]:
            verdict = study.verdict(state, dm, TOLD)
            found.append((verdict, verdict.sanctions[0]))
    return found


def labels(sanction: Sanction) -> tuple[str, ...]:
    """Return the states of an improvement and its sanction, one after the other."""
    moves = (sanction.improvement, *sanction.sequence)
    return (sanction.improvement.origin, *(move.target for move in moves))


def _ends(study: Study, move: Move) -> str:
    return f": from {move.origin} to {move.target}" if study.space.options else f" from {move.origin}"


def path(study: Study, verdict: Verdict, sanction: Sanction) -> Path:
    """Return an improvement and its sanction as a path; its sentences come from the verdict."""
    name = dm_name(study, verdict.decision_maker)
    origin = (origin_of(study, verdict.state, verdict.decision_maker, verdict.concept),)
    told = [
        f"{dm_name(study, move.mover)} gains by {change(study, move)}{_ends(study, move)}."
        for move in (sanction.improvement, *sanction.sequence)
    ]
    end = "worse" if sanction.worse else "no better"
    told[-1] += f" For {name} that is {end} than {verdict.state}."
    return Path(
        title=f"What keeps {name} from leaving {verdict.state}",
        states=labels(sanction),
        sentences=tuple(Sentence(text, origin) for text in told),
    )
