"""A belief in sentences; likelihood words stand for probabilities only, with number and range."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from math import exp, fsum, log10

from standoff.evidence import Evidence
from standoff.report.names import clean, counted, dm_name, listed
from standoff.report.yardstick import likelihood
from standoff.study import Study
from standoff.study.belief import Belief
from standoff.timing.grounds import Ground
from standoff.timing.ledger import Entry, Total
from standoff.timing.matrix import Row

SILENCE_ALONE = (
    "Most of this is silence. Real events come in bursts, so silence weighs less than steady rates say, "
    "and must not prove a change of heart alone."
)


def belief_sentences(study: Study, found: Belief, yardstick: str = "icd203") -> list[str]:
    """Say what to believe, what moved it from the prior, and what the guards make of it."""
    return [
        *posterior_sentences(study, found, yardstick),
        *(_prior(study, found, number) for number in told_types(found)),
        *(_moved(study, found, number) for number in told_types(found)),
        *_guards(study, found),
        *([SILENCE_ALONE] if silence_rules(found) else []),
        *_floored(study, found),
    ]


def told_types(found: Belief) -> range:
    """Return the types to be told of: of two only the first, since the other is what is left."""
    types = len(found.ledger.types)
    return range(1 if types == 2 else types)


def type_name(study: Study, type_: str) -> str:
    """Return the display name of a type."""
    types = study.conflict.types
    return clean(next((t.name for t in types.types if t.id == type_), type_) if types else type_)


def posterior_sentences(study: Study, found: Belief, yardstick: str = "icd203") -> Iterator[str]:
    """Say how likely each type is on the day the model describes."""
    ledger = found.ledger
    who, day = dm_name(study, ledger.decision_maker), study.conflict.as_of
    for number in told_types(found):
        name = called(study, ledger.types[number])
        yield f"As of {day}, {who} is {name}: {likelihood(told(ledger.posterior[number]), key=yardstick)}."


def called(study: Study, type_: str) -> str:
    """Return the name of a type in quotation marks, and its id where that differs."""
    name = type_name(study, type_)
    return f"‘{name}’" if name == type_ else f"‘{name}’ ({type_})"


def told(probability: float) -> float:
    """Return a belief that evidence has moved, kept from 0 and 1, which it never reaches."""
    return min(max(probability, sys.float_info.min), 1 - sys.float_info.epsilon)


def percent(probability: float) -> str:
    """Return a probability in per cent, never rounded to 0 or 100."""
    return likelihood(told(probability), key="none")


def share(probability: float) -> str:
    """Return a probability in per cent with one decimal, never rounded to 0 or 100."""
    text = f"{100 * probability:.1f} %"
    return {"0.0 %": "<0.1 %", "100.0 %": ">99.9 %"}.get(text, text)


def factor(weight: float) -> str:
    """Return a weight in nats as a factor of the odds, such as ``x 3``."""
    if abs(weight) < 12:
        return f"x {exp(weight):.3g}"
    power = weight * log10(exp(1))
    return f"x {10 ** (power % 1):.1f}e{int(power // 1):+d}"


def nats(weight: float) -> str:
    """Return a weight of evidence with its sign."""
    return f"{weight + 0.0:+.2f}" if abs(weight) >= 0.005 else "0.00"


def total_weight(entries: tuple[Entry, ...], number: int, *, silences: bool) -> float:
    """Return the sum of the weights of all silences, or of all events, for a type."""
    return fsum(entry.weights[number] for entry in entries if entry.is_silence is silences)


def silence_rules(found: Belief) -> bool:
    """Return whether the silences move the belief in some type more than the events do."""
    entries = found.ledger.entries
    for number in told_types(found):
        silence = total_weight(entries, number, silences=True)
        if abs(silence) > max(abs(total_weight(entries, number, silences=False)), 0.1):
            return True
    return False


def basis(study: Study, evidence: Evidence | None) -> str:
    """Say what a number or an event rests on: an assumption, or passages of sources."""
    if evidence is None or evidence.is_assumption:
        return "assumption"
    titles = {source.id: source.title for source in study.conflict.sources}
    return "; ".join(
        f"{clean(titles.get(citation.source, citation.source))}: {clean(citation.says)}"
        for citation in evidence.citations
    )


def day_of(entry: Entry | Row) -> str:
    """Return the day of an event, or the days between which nothing happened."""
    return f"{entry.end}" if entry.begin == entry.end else f"{entry.begin} to {entry.end}"


def what_of(entry: Entry | Row) -> str:
    """Return the label of an event, or how long a silence was."""
    if entry.begin == entry.end:
        return clean(entry.what)
    return f"silence, {counted((entry.end - entry.begin).days, 'day')}"


def _prior(study: Study, found: Belief, number: int) -> str:
    ground = _prior_ground(found, number)
    name, prior = f"‘{type_name(study, ground.of)}’", percent(found.ledger.prior[number])
    if ground.is_assumption:
        return f"The prior of {name} is {prior}, an assumption."
    return f"The prior of {name} is {prior}, from {_ended(basis(study, ground.evidence))}"


def prior_sentences(study: Study, found: Belief) -> Iterator[str]:
    """Say what the analyst noted on each prior, such as its reference class."""
    for number in told_types(found):
        ground = _prior_ground(found, number)
        if ground.note:
            yield f"On the prior of ‘{type_name(study, ground.of)}’: {_ended(clean(ground.note))}"


def _prior_ground(found: Belief, number: int) -> Ground:
    wanted = found.ledger.types[number]
    return next(ground for ground in found.grounds if ground.kind == "prior" and ground.of == wanted)


def _ended(text: str) -> str:
    return text if text.endswith((".", "!", "?")) else f"{text}."


def _moved(study: Study, found: Belief, number: int) -> str:
    ledger = found.ledger
    silence = total_weight(ledger.entries, number, silences=True)
    event = total_weight(ledger.entries, number, silences=False)
    name = f"‘{type_name(study, ledger.types[number])}’"
    return (
        f"The log multiplies the odds of {name} by {_plain(event + silence)} ({nats(event + silence)} nats): "
        f"what happened by {_plain(event)}, the silences by {_plain(silence)}."
    )


def _plain(weight: float) -> str:
    return factor(weight).removeprefix("x ")


def _guards(study: Study, found: Belief) -> Iterator[str]:
    totals = {(total.tempering, total.grouped): total for total in found.ledger.totals}
    (half,) = {total.tempering for total in found.ledger.totals} - {1.0}
    parts = [f"With half the weight of evidence it would be {_beliefs(study, found, totals[half, False])}"]
    if any(len(group.places) > 1 for group in found.matrix.groups):
        once = _beliefs(study, found, totals[1.0, True])
        both = _beliefs(study, found, totals[half, True])
        parts += [f"with events of common origin counted once, {once}", f"with both, {both}"]
    elif len(study.conflict.events) > 1:
        parts.append("no two events are said to have a common origin")
    yield f"{'; '.join(parts)}."


def _beliefs(study: Study, found: Belief, total: Total) -> str:
    numbers = told_types(found)
    if len(numbers) == 1:
        return percent(total.posterior[0])
    return ", ".join(
        f"{percent(total.posterior[n])} for ‘{type_name(study, found.ledger.types[n])}’" for n in numbers
    )


def _floored(study: Study, found: Belief) -> Iterator[str]:
    hit = [entry for entry in found.ledger.entries if entry.floored]
    if not hit:
        return
    under = listed(
        f"‘{type_name(study, type_)}’" for type_ in found.ledger.types if any(type_ in e.floored for e in hit)
    )
    events = counted(len(hit), "event")
    yield (
        f"{events} {'is' if len(hit) == 1 else 'are'} impossible under {under} and counted at the floor rate "
        f"of {found.ledger.floor_per_year:g} a year, an assumption."
    )


def diagnostic_sentences(found: Belief) -> Iterator[str]:
    """Say which line tells the types apart most, which least, and how many do not at all."""
    rows = found.matrix.rows
    if not rows:
        yield "The log is empty and of no length, so it says nothing."
        return
    yield f"Most diagnostic: {_placed(rows[0])}."
    if len(rows) > 1:
        yield f"Least diagnostic: {_placed(rows[-1])}."
    idle = sum(row.tells_nothing for row in rows)
    if idle:
        yield (
            f"Of {counted(len(rows), 'line')}, {idle:,} {'tells' if idle == 1 else 'tell'} nothing "
            "about the type."
        )


def _placed(row: Row) -> str:
    return f"{what_of(row)} ({day_of(row)}), {row.diagnosticity:.2f} nats apart"


def assumption_sentences(study: Study, found: Belief) -> Iterator[str]:
    """Say how many of the numbers and of the events are assumed."""
    numbers = [ground.is_assumption for ground in found.grounds]
    events = [event.evidence is None or event.evidence.is_assumption for event in study.conflict.events]
    text = (
        f"Of the {counted(len(numbers), 'number')} it rests on, {_share(sum(numbers), len(numbers))} assumed"
    )
    if events:
        text += f"; of the {counted(len(events), 'event')}, {_share(sum(events), len(events))}"
    yield f"{text}."


def _share(number: int, of: int) -> str:
    if number in {0, of}:
        return "all are" if number else "none is"
    return f"{number:,} {'is' if number == 1 else 'are'}"
