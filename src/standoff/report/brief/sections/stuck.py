"""Why the status quo holds or not: a sentence for each side, from the witness."""

from __future__ import annotations

from standoff.report.brief.drawings import drawing
from standoff.report.brief.origins import equilibria, side
from standoff.report.brief.value import Asked, Block, Path, Points, Section, Sentence
from standoff.report.names import change, counted, dm_name, listed
from standoff.stability.concepts import CONCEPTS
from standoff.stability.verdict import Sanction, Verdict
from standoff.study import Study

_MOST_PATHS = 3


def section(study: Study, asked: Asked) -> Section:
    """Return a sentence for each side, and what would follow a move that is deterred, step by step."""
    del asked
    today = study.status_quo
    sentences = [side(study, today, dm) for dm in study.decision_makers]
    many = [key for key in study.concepts if 2 * study.equilibrium_states(key).size > study.space.size]
    if many:
        under = listed(CONCEPTS[key].short for key in many)
        told = f"Under {under} most states are equilibria, so being one says little there."
        sentences.append(Sentence(told, tuple(equilibria(study, key) for key in many)))
    blocks: list[Block] = [Points(tuple(sentences))]
    for verdict, sanction in _deterred(study)[:_MOST_PATHS]:
        labels = [today, *(move.target for move in (sanction.improvement, *sanction.sequence))]
        blocks.append(deterred_path(study, verdict, sanction))
        caption = f"Step by step: {' to '.join(labels)}"
        blocks.append(drawing(study, "graph", caption, path=labels))
    return Section(key="stuck", blocks=tuple(blocks))


def _deterred(study: Study) -> list[tuple[Verdict, Sanction]]:
    """Return for each side held back at the status quo the sanction its sentence tells."""
    found = []
    today = study.space.status_quo
    for row, dm in enumerate(study.decision_makers):
        if study.stable["seq"][row, today] and not study.stable["nash"][row, today]:
            verdict = study.verdict(study.status_quo, dm, "seq")
            found.append((verdict, verdict.sanctions[0]))
    return found


def deterred_path(study: Study, verdict: Verdict, sanction: Sanction) -> Path:
    """Return an improvement and its sanction as a path, with the verdict it belongs to."""
    from standoff.report.brief.origins import verdict as origin

    name = dm_name(study, verdict.decision_maker)
    moves = (sanction.improvement, *sanction.sequence)
    source = (origin(study, verdict.state, verdict.decision_maker, verdict.concept),)
    told = [
        f"{dm_name(study, move.mover)}, {change(study, move)}, goes from {move.origin} to {move.target}."
        for move in moves
    ]
    end = "worse" if sanction.worse else "no better"
    told[-1] = f"{told[-1][:-1]}, which is {end} for {name} than {verdict.state}."
    return Path(
        title=f"What holds {name} back, in {counted(len(moves), 'step')}",
        states=(verdict.state, *(move.target for move in moves)),
        sentences=tuple(Sentence(text, source) for text in told),
    )
