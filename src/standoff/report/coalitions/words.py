"""Verdicts on coalitions, their common line and all coalitions, in sentences."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from standoff.analyses.agreement import Agreement
from standoff.analyses.coalitions.results import Sanction, Step, Verdict
from standoff.report.coalitions.wedges import line_summary, wedge_sentences
from standoff.report.names import change, clean, counted, dm_name, listed, state_name
from standoff.stability.concepts import CONCEPTS, IMPLIED, strongest, weakest
from standoff.stability.verdict import Move
from standoff.study import Study
from standoff.study.coalitions import AllCoalitions, Coalitions, CoalitionView

_MOST_NAMES = 6


def view_sentences(study: Study, view: CoalitionView, reachable: int, *, every: bool) -> list[str]:
    """Say what a coalition can do at the state, how many states hold, and what drives it apart.

    So many states are within reach.
    """
    told = list(verdict_sentences(study, view.verdicts))
    if view.undecided:
        told.append(f"Time ran out for {listed(CONCEPTS[key].short for key in view.undecided)}.")
    if view.stable_states:
        counts = [f"{number:,} under {CONCEPTS[key].short}" for key, number in view.stable_states.items()]
        told.append(f"Of {counted(study.space.size, 'state')} {listed(counts)} are stable against it.")
    if view.uncounted:
        short = listed(CONCEPTS[key].short for key in view.uncounted)
        told.append(f"Time ran out before the states that are stable against it under {short} were counted.")
    if view.line is not None:
        told += line_summary(study, view.line, every=every)
        told += _broken(study, view, reachable, every=every)
        told += wedge_sentences(study, view.line, every=every)
    return told


def _broken(study: Study, view: CoalitionView, reachable: int, *, every: bool) -> Iterator[str]:
    """Say at how many states within reach the line is broken, and at which: of those named, or all."""
    if view.broken is None:
        yield f"It is not told where else the line is broken: {view.broken_refused}."
        return
    if not view.broken:
        within = f"{counted(reachable, 'state')} within reach"
        yield f"At none of {within} would a member gain by leaving the line."
        return
    within = f"{len(view.broken):,} of {counted(reachable, 'state')} within reach"
    if every:
        yield f"At {within} some member would gain by leaving the line: {_named_first(study, view.broken)}."
        return
    names = set(study.space.names.values()) if study.space.options else set()
    named = [state for state in view.broken if state in names]
    those = f"of those that the file names at {listed(named)}" if named else "at none that the file names"
    yield f"At {within} some member would gain by leaving the line{f'; {those}' if names else ''}."


def verdict_sentences(study: Study, verdicts: Sequence[Verdict]) -> Iterator[str]:
    """Tell the strongest verdicts that hold and the weakest that fail; the rest follows."""
    by_concept = {verdict.concept: verdict for verdict in verdicts}
    holding = [key for key, verdict in by_concept.items() if verdict.stable]
    failing = [key for key, verdict in by_concept.items() if not verdict.stable]
    for key in (*strongest(holding), *weakest(failing)):
        verdict = by_concept[key]
        follows = [other for other in holding if other in IMPLIED[key]]
        if not verdict.stable:
            follows = [other for other in failing if key in IMPLIED[other]]
        no = "" if verdict.stable else "not "
        so = "so" if study.graph.is_transitive else "also"
        shorts = listed(CONCEPTS[each].short for each in follows)
        rest = f" ({so} {no}under {shorts})" if follows else ""
        where = state_name(study, verdict.state)
        opening = f"{where} is {no}stable against {together(study, verdict.coalition)}"
        yield f"{opening} under {CONCEPTS[key].short}{rest}: {verdict_reason(study, verdict)}"


def verdict_reason(study: Study, verdict: Verdict) -> str:
    """Say why a state is stable against a coalition or not, in words that follow a colon."""
    if not verdict.improvements:
        if len(verdict.coalition) == 1:
            return "no move of it leads to a state it prefers."
        return "nothing they can do together leads to a state that all of them prefer."
    number = counted(verdict.improvements, "state")
    can, who, bad = f"they can get to {number} that all of them prefer", "they gain", "one of them"
    if len(verdict.coalition) == 1:
        can, who, bad = f"it can get to {number} it prefers", "it gains", "it"
    if verdict.improvement is not None:
        target = f" ({verdict.improvement.target})" if study.space.options else ""
        gain = f"{can}; {who} by {step_words(study, verdict.improvement)}{target}"
        if verdict.concept == "nash":
            return f"{gain}."
        return f"{gain}, and no reply of the others that counts ends badly for {bad}."
    told = " ".join(sanction_sentence(study, each, verdict) for each in verdict.sanctions)
    rest = verdict.improvements - len(verdict.sanctions)
    more = f" {rest:,} more can be answered likewise." if rest else ""
    return f"{can}, but the others can answer. {told}{more}"


def sanction_sentence(study: Study, sanction: Sanction, verdict: Verdict) -> str:
    """Say what deters a coalition from one improvement."""
    who, better = "they", "they cannot get to a state that all of them prefer"
    if len(verdict.coalition) == 1:
        who, better = "it", "it cannot get to a state it prefers"
    replies = []
    for step in sanction.sequence:
        how = "would gain by" if CONCEPTS[verdict.concept].credible else "could answer by"
        replies.append(f"{together(study, step.members)} {how} {step_words(study, step)}")
    ends = []
    if sanction.worse_for:
        ends.append(f"worse for {together(study, sanction.worse_for)}")
    if sanction.equal_for:
        ends.append(f"no better for {together(study, sanction.equal_for)}")
    how = step_words(study, sanction.improvement)
    gone = f"went to {sanction.improvement.target} by {how}" if study.space.options else f"gained by {how}"
    ending = f"that ends at {sanction.result}," if study.space.options else "that is"
    text = f"If {who} {gone}, {listed(replies, 'and then')}; {ending} {listed(ends)}"
    if CONCEPTS[verdict.concept].symmetric:
        text += f", and from there {better} to {verdict.state}"
    return text + "."


def step_words(study: Study, step: Step) -> str:
    """Return what a coalition does in one step: who changes what, in order, or all at once."""
    if not step.moves:
        move = change(study, _as_move(step))
        return f"{move}, all at once"
    if len(step.members) == 1:
        return change(study, step.moves[0])
    return listed((f"{dm_name(study, move.mover)} {change(study, move)}" for move in step.moves), "and then")


def together(study: Study, members: Sequence[str]) -> str:
    """Return the members of a coalition by name."""
    return listed(dm_name(study, member) for member in members)


def coalition_name(study: Study, members: Sequence[str]) -> str:
    """Return the name a coalition has in the file, or the ids of its members."""
    for known in study.conflict.coalitions:
        if set(known.members) == set(members):
            return clean(known.id)
    return "+".join(members)


def all_sentences(study: Study, found: Coalitions, *, every: bool = False) -> list[str]:
    """Say which of all coalitions have reason to leave, and which states hold against all of them."""
    everybody = found.all_coalitions
    if everybody is None:
        return [f"Not all coalitions were looked at. {found.refused}"]
    told = []
    if everybody.asked < everybody.coalitions:
        told.append(
            f"Time ran out: it is known of {everybody.asked} of {everybody.coalitions} coalitions whether "
            f"they have reason to leave {state_name(study, found.state)}."
        )
    if everybody.asked:
        most = len(everybody.against) if every else _MOST_NAMES
        told.append(against_sentence(study, found.state, found.concept, everybody, most))
        told += _alone(study, found, everybody)
    if everybody.looked_at < everybody.coalitions:
        told.append(
            f"Time ran out: {everybody.looked_at} of {everybody.coalitions} coalitions were looked at, so "
            "the states that follow are those that may be stable against all."
        )
    return [*told, *_universal(study, everybody, every=every)]


def _alone(study: Study, found: Coalitions, everybody: AllCoalitions) -> Iterator[str]:
    """Say who would leave alone by the stability of single parties, but not as a coalition of one."""
    if everybody.alone:
        yield (
            f"Under {CONCEPTS[found.concept].short} for single parties {together(study, everybody.alone)} "
            f"would leave {found.state}; a coalition of one is held there, since here the others may answer "
            "together."
        )


def _universal(study: Study, everybody: AllCoalitions, *, every: bool) -> Iterator[str]:
    """Say how many states are stable against all, whether those named are, and if wanted which."""
    stable = everybody.stable_states
    counts = [f"{len(states):,} under {CONCEPTS[key].short}" for key, states in stable.items()]
    yield f"Of {counted(study.space.size, 'state')} {listed(counts)} are stable against every coalition."
    named = list(study.space.names.values()) if study.space.options else []
    under = {name: tuple(key for key, states in stable.items() if name in states) for name in named}
    where = [
        f"{listed(name for name in named if under[name] == keys)} under "
        f"{listed(CONCEPTS[key].short for key in keys) or 'none of these'}"
        for keys in sorted(set(under.values()), key=len, reverse=True)
    ]
    if where:
        yield f"Of those that the file names: {'; '.join(where)}."
    if every:
        for states in dict.fromkeys(stable.values()):
            if states:
                keys = [CONCEPTS[key].short for key, same in stable.items() if same == states]
                yield f"Stable against every coalition under {listed(keys)}: {_named_first(study, states)}."


def _named_first(study: Study, states: Sequence[str]) -> str:
    """List states, those that the file names first."""
    names = set(study.space.names.values())
    return listed(sorted(states, key=lambda state: state not in names))


def against_sentence(
    study: Study, state: str, concept: str, everybody: AllCoalitions, most: int = _MOST_NAMES
) -> str:
    """Say which of all coalitions looked at have reason to leave a state."""
    where, short = state_name(study, state), CONCEPTS[concept].short
    against = everybody.against
    number = counted(everybody.asked, "coalition")
    if not against:
        so = ": it is universally stable" if everybody.asked == everybody.coalitions else ""
        return f"None of {number} has reason to leave {where} under {short}{so}."
    names = [coalition_name(study, each) for each in against[:most]]
    rest = [f"{len(against) - most} more"] if len(against) > most else []
    have = "has" if len(against) == 1 else "have"
    return (
        f"Of {number} {len(against)} {have} reason to leave {where} under {short}: {listed([*names, *rest])}."
    )


def agreement_sentences(study: Study, found: Coalitions) -> list[str]:
    """Say who agrees most and least, and how far the members of the coalitions named agree."""
    known = [each for each in found.agreement if each.index is not None]
    if not known:
        return []
    share = {each.decision_makers: _percent(each) for each in known}
    inside = [
        f"{coalition_name(study, view.members)}: "
        + listed(
            f"{together(study, pair)} {text}"
            for pair, text in share.items()
            if set(pair) <= set(view.members)
        )
        for view in found.coalitions
        if len(view.members) > 1
    ]
    indices = {each.index for each in found.agreement if each.index is not None}
    opening = f"Of the pairs of the {counted(found.reachable, 'state')} within reach"
    if len(indices) == 1:
        who = "every two" if len(known) > 1 else together(study, known[0].decision_makers)
        told = f"{opening}, {who} rank {_percent(known[0])} the same way."
    else:
        most, least = (_pairs_at(study, known, pick(indices)) for pick in (max, min))
        told = f"{opening}, {most} the same way, the most of all, and {least}, the least."
    return [told, *(f"Within {text}." for text in inside if len(known) > 1)]


def _pairs_at(study: Study, known: Sequence[Agreement], index: Fraction) -> str:
    """Return which pair agrees so far, and how many more do."""
    pairs = [each for each in known if each.index == index]
    more = f" (and {counted(len(pairs) - 1, 'more pair')})" if len(pairs) > 1 else ""
    return f"{together(study, pairs[0].decision_makers)}{more} rank {_percent(pairs[0])}"


def _percent(found: Agreement) -> str:
    return "-" if found.index is None else f"{float(found.index):.0%}"


def _as_move(step: Step) -> Move:
    return Move(mover=step.members[0], origin=step.origin, target=step.target)
