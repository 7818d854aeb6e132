"""Spoilers of a deal, in sentences."""

from __future__ import annotations

from collections.abc import Iterator

from standoff.analyses.spoilers import Deal, Spoiler
from standoff.report.names import change, change_to, dm_name, listed, state_name
from standoff.stability.concepts import CONCEPTS
from standoff.study import Study


def deal_sentence(study: Study, deal: Deal) -> str:
    """Say who would undo the deal, who is deterred from harming it, and who loses by it."""

    def those(grade: str) -> list[str]:
        return [dm_name(study, each.party) for each in deal.parties if each.grade == grade]

    undoing, deterred = those("would undo"), those("deterred")
    losing = [dm_name(study, each.party) for each in deal.parties if each.against_now == "worse"]
    parts = [f"{listed(undoing) or 'nobody'} would undo {deal.state}"]
    if deterred:
        is_are = "is" if len(deterred) == 1 else "are"
        parts.append(f"{listed(deterred)} would gain by harming it, but {is_are} deterred")
    if losing:
        verb = "loses" if len(losing) == 1 else "lose"
        parts.append(f"{listed(losing)} {verb} by it against {state_name(study, deal.compared_with)}")
    text = "; ".join(parts)
    return f"{text[0].upper()}{text[1:]}."


def deal_sentences(study: Study, deal: Deal) -> Iterator[str]:
    """Say what the deal is to each party."""
    for each in deal.parties:
        yield f"{deal.state}: {spoiler_sentence(study, deal, each)}"


def spoiler_sentence(study: Study, deal: Deal, spoiler: Spoiler) -> str:
    """Say what a party gains or loses by a deal, what it could do about it, and what deters it."""
    who = dm_name(study, spoiler.party)
    now = state_name(study, deal.compared_with)
    against = {
        "better": f"gains by it against {now}",
        "equal": f"neither gains nor loses by it against {now}",
        "worse": f"loses by it against {now}",
    }[spoiler.against_now]
    return f"{who} {against} and {_stance(study, deal, spoiler)}"


def _stance(study: Study, deal: Deal, spoiler: Spoiler) -> str:
    if spoiler.move is None:
        return "no move of its own harms another party."
    move = f"{change_to(study, spoiler.move)}"
    harms = f"which harms {listed(dm_name(study, dm) for dm in spoiler.harms)}"
    if spoiler.grade == "could harm, does not want":
        return f"could harm it, for example by {move}, {harms}, but would not gain by any such move."
    if spoiler.grade == "would undo":
        if deal.concept == "nash":
            return f"would undo it: it gains by {move}, {harms}."
        reply = "credible reply" if CONCEPTS[deal.concept].credible else "reply"
        return f"would undo it: it gains by {move}, {harms}, and no {reply} of the others deters it."
    how = "would gain by" if CONCEPTS[deal.concept].credible else "could answer by"
    steps = [f"{dm_name(study, step.mover)} {how} {change(study, step)}" for step in spoiler.sanction]
    who = dm_name(study, spoiler.party)
    deterrent = listed(dm_name(study, dm) for dm in spoiler.deterred_by)
    anyway = f" The others would gain by that even if {who} kept to the deal." if spoiler.anyway else ""
    return (
        f"would gain by {move}, {harms}, but is deterred by {deterrent}: {listed(steps, 'and then')}, "
        f"which ends at {spoiler.result}, no better for {who} than the deal.{anyway}"
    )
