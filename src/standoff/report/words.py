"""Verdicts in sentences that an analyst can quote, made from the witness and nothing else."""

from __future__ import annotations

from collections.abc import Sequence

from standoff.report.names import change, change_to, counted, dm_name, ending, listed, state_name, went
from standoff.stability.concepts import CONCEPTS, CORE
from standoff.stability.verdict import Deterred, Move, NoImprovement, NoMove, Sanction, Unpunished, Verdict
from standoff.study import Study

_TOLD = 3


def explain(
    study: Study, state: str | None = None, decision_maker: str | None = None, concept: str | None = None
) -> str:
    """Say why a state is stable or not: one paragraph for each side and concept asked for.

    Parameters
    ----------
    state : str, optional
        A label; the status quo if left out.
    decision_maker, concept : str, optional
        All sides, and the five core concepts, if left out.

    Raises
    ------
    UsageError
        If there is no such state, decision maker or concept.
    """
    dms = [decision_maker] if decision_maker else study.decision_makers
    concepts = [concept] if concept else CORE
    where = state or study.status_quo
    return "\n".join(sentence(study, study.verdict(where, dm, key)) for dm in dms for key in concepts)


def sentence(study: Study, verdict: Verdict, most: int = _TOLD) -> str:
    """Say in one or more sentences that a state is stable or not, and why.

    At most `most` sanctions are told; the rest are counted.
    """
    holds = "is" if verdict.stable else "is not"
    who, state = dm_name(study, verdict.decision_maker), state_name(study, verdict.state)
    concept = CONCEPTS[verdict.concept]
    under = f"under {concept.short} ({concept.name})"
    return f"{state} {holds} stable for {who} {under}: {reason(study, verdict, most)}"


def reason(study: Study, verdict: Verdict, most: int = _TOLD) -> str:
    """Say just why, in words that follow a colon."""
    return " ".join(reason_lines(study, verdict, most))


def reason_lines(study: Study, verdict: Verdict, most: int = _TOLD) -> list[str]:
    """Say just why, a line for the verdict and one for each improvement that is deterred."""
    match verdict.witness:
        case NoMove():
            return ["it has no move from there."]
        case NoImprovement(targets=(_,)):
            return ["its only move from there is no better for it."]
        case NoImprovement(targets=targets):
            return [f"none of its {len(targets):,} moves from there is better for it."]
        case Deterred(sanctions=sanctions):
            return _deterred(study, verdict, sanctions, most)
        case Unpunished() as witness:
            return [_unpunished(study, verdict, witness)]


def side_sentence(study: Study, state: str, dm: str) -> str:
    """Say in one plain sentence why a decision maker stays in a state or would leave it.

    Told from the strongest of Nash, SEQ and GMR stability that holds; where none does, from the
    improvement that nobody can punish.
    """
    name = dm_name(study, dm)
    verdict = study.verdict(state, dm, "nash")
    match verdict.witness:
        case NoMove():
            return f"{name} holds: it has no move from {state}."
        case NoImprovement(targets=(_,)):
            return f"{name} holds: its only move from {state} is no better for it."
        case NoImprovement(targets=targets):
            return f"{name} holds: none of its {len(targets)} moves from {state} is better for it."
    seq, gmr = study.verdict(state, dm, "seq"), study.verdict(state, dm, "gmr")
    if seq.stable:
        return _held_back(study, seq)
    if gmr.unpunished is None:
        sanction = next(found for found in gmr.sanctions if found.improvement == seq.unpunished)
        idle = ", though a step of that reply is no gain for the one who takes it"
        return f"{_if_it_took(study, gmr, 'an improvement', sanction)}{idle}."
    return (
        f"{name} does not hold: it gains by {change_to(study, gmr.unpunished)}, "
        "and no reply of the others ends as bad for it as staying."
    )


def _held_back(study: Study, verdict: Verdict) -> str:
    best, *others = verdict.sanctions
    which = f"the best of its {1 + len(others)} improvements" if others else "its only improvement"
    anyway = "; but the others would gain by that even if it stayed" if best.anyway else ""
    return f"{_if_it_took(study, verdict, which, best)}{anyway}."


def _if_it_took(study: Study, verdict: Verdict, which: str, sanction: Sanction) -> str:
    name = dm_name(study, verdict.decision_maker)
    return (
        f"{name} is held back under {CONCEPTS[verdict.concept].short}: if it took {which}, "
        f"{change_to(study, sanction.improvement)}, {_answer(study, sanction.sequence, verdict)}, "
        f"{ending(study, sanction.result)} {_worse(sanction)} for {name} "
        f"{'than' if sanction.worse else 'to'} staying"
    )


def _deterred(study: Study, verdict: Verdict, sanctions: Sequence[Sanction], most: int) -> list[str]:
    opening = (
        "its only improvement is deterred"
        if len(sanctions) == 1
        else f"each of its {len(sanctions)} improvements is deterred"
    )
    told = [_sanction_sentence(study, sanction, verdict) for sanction in sanctions[:most]]
    rest = len(sanctions) - len(told)
    if rest:
        told.append(f"{counted(rest, 'more improvement')} {'is' if rest == 1 else 'are'} deterred likewise.")
    return [f"{opening}.", *told]


def _sanction_sentence(study: Study, sanction: Sanction, verdict: Verdict) -> str:
    who = dm_name(study, verdict.decision_maker)
    ends = f"; that ends at {sanction.result}," if study.space.options else ", which is"
    text = (
        f"If {who} {went(study, sanction.improvement)}, "
        f"{_answer(study, sanction.sequence, verdict)}{ends} "
        f"{_worse(sanction)} for {who} {'than' if sanction.worse else 'to'} {verdict.state}"
    )
    if CONCEPTS[verdict.concept].symmetric:
        text += f", and from there it has no move to a state better than {verdict.state}"
    if sanction.anyway:
        text += ". The others would gain by these moves even if it stayed, so staying does not avert them"
    return text + "."


def _answer(study: Study, moves: Sequence[Move], verdict: Verdict) -> str:
    """Return who answers with what: a gain for each who moves, or only possible."""
    concept = CONCEPTS[verdict.concept]
    if concept.key == "sim":
        steps = [f"{dm_name(study, move.mover)} {change(study, move)}" for move in moves]
        return f"and at the same time improvements of the others came, {listed(steps)}"
    how = "would gain by" if concept.credible else "could answer by"
    return listed((f"{dm_name(study, move.mover)} {how} {change(study, move)}" for move in moves), "and then")


def _worse(sanction: Sanction) -> str:
    return "worse" if sanction.worse else "equal"


def _unpunished(study: Study, verdict: Verdict, witness: Unpunished) -> str:
    improvement = witness.improvement
    gain = f"it gains by {change_to(study, improvement)}"
    concept = CONCEPTS[verdict.concept]
    if concept.key == "nash":
        return f"{gain}."
    if witness.escape is not None:
        escape = f"{change_to(study, witness.escape)}"
        return f"{gain}; {_answer(study, witness.reply, verdict)}, but it could then escape by {escape}."
    if concept.key == "sim":
        return (
            f"{gain}, and no improvements of the others at the same time end at a state as bad for it as "
            f"{verdict.state}."
        )
    means = "that they would gain by " if concept.credible else ""
    return f"{gain}, and no reply of the others {means}ends at a state as bad for it as {verdict.state}."
