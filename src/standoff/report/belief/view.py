"""A belief for people: the ledger line by line, its totals, and evidence by type."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from math import fsum

from rich.box import SIMPLE_HEAD
from rich.console import Group as Views
from rich.table import Table
from rich.text import Text

from standoff.report.belief.words import (
    assumption_sentences,
    basis,
    belief_sentences,
    day_of,
    diagnostic_sentences,
    factor,
    nats,
    share,
    told_types,
    type_name,
    what_of,
)
from standoff.report.names import clean, dm_name
from standoff.study import Study
from standoff.study.belief import Belief
from standoff.timing.grounds import Ground
from standoff.timing.ledger import Entry

MOST_LINES = 40
"""So many lines of the ledger are told one by one unless more are asked for."""

HOW_TO_READ = "Weight: nats of evidence for the type; odds: the same as a factor; belief: after the line."
LETTERS = (
    "Cells: log-likelihood less the mean of the row, in nats. C speaks for the type, I against, N neither; "
    "letters only round: C and I a factor of 1.1 to 3, CC and II 3 or more. Sums are of unrounded cells."
)
NO_CLAIM = "A table like this orders evidence; it has not been shown to make analysts more accurate."


def belief_view(study: Study, found: Belief, most: int = MOST_LINES) -> Views:
    """Return the ledger for people; with more than `most` lines the lighter ones are summed up."""
    return Views(
        _heading(study, found),
        *(Text(line) for line in belief_sentences(study, found)),
        Text(""),
        Text(HOW_TO_READ, style="dim"),
        _ledger(study, found, most),
        Text(""),
        Text("Totals", style="bold"),
        _totals(found),
        *(Text(line) for line in diagnostic_sentences(found)),
        Text(""),
        *_rests(study, found),
    )


def matrix_view(study: Study, found: Belief) -> Views:
    """Return the evidence by type for people, the most diagnostic line first."""
    parts: list[Text | Table] = [
        _heading(study, found),
        *(Text(line) for line in (*belief_sentences(study, found), *diagnostic_sentences(found))),
        Text(""),
        Text(LETTERS, style="dim"),
        _matrix(study, found),
    ]
    if found.matrix.groups:
        parts += [Text(""), Text("Events of common origin", style="bold"), _origins(found)]
    return Views(*parts, Text(""), Text(NO_CLAIM, style="dim"), Text(""), *_rests(study, found))


def _heading(study: Study, found: Belief) -> Text:
    who = dm_name(study, found.ledger.decision_maker)
    log = study.conflict.timing.log if study.conflict.timing else None
    begin = f"{log.begin} to " if log else ""
    return Text(f"What to believe about {who}: {begin}{study.conflict.as_of}", style="bold")


def _table(head: Sequence[str], left: Iterable[str]) -> Table:
    table = Table(box=SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for heading in head:
        table.add_column(heading, no_wrap=True, justify="left" if heading in left else "right")
    return table


def _ledger(study: Study, found: Belief, most: int) -> Table:
    numbers, types = told_types(found), found.ledger.types
    alone = len(numbers) == 1
    columns = [
        f"{what} {types[number]}" if what == "belief" or not alone else what
        for number in numbers
        for what in ("weight", "odds", "belief")
    ]
    table = _table(("when", "what", "at", *columns, "notes"), ("when", "what", "at", "notes"))
    prior = [cell for n in numbers for cell in ("", "", share(found.ledger.prior[n]))]
    table.add_row("", "prior", "", *prior, "")
    for lines in _told(found, most):
        entry = lines[-1]
        cells = []
        for number in numbers:
            weight = fsum(line.weights[number] for line in lines)
            cells += [nats(weight), factor(weight), share(entry.posterior[number])]
        if len(lines) > 1:
            when = f"{lines[0].begin} to {entry.end}"
            table.add_row(when, f"{len(lines):,} lines together", "", *cells, "--all tells each")
        else:
            table.add_row(day_of(entry), what_of(entry), entry.state, *cells, notes_on(study, entry))
    return table


def _told(found: Belief, most: int) -> Iterator[list[Entry]]:
    """Yield the lines one by one, but runs of those that weigh least together."""
    entries = found.ledger.entries
    if len(entries) <= most:
        yield from ([entry] for entry in entries)
        return
    heaviest = sorted(entries, key=lambda entry: -max(round(abs(weight), 9) for weight in entry.weights))[
        :most
    ]
    kept = {id(entry) for entry in heaviest}
    for _, run in groupby(enumerate(entries), key=lambda each: id(each[1]) in kept and 1 + each[0]):
        yield [entry for _, entry in run]


def notes_on(study: Study, entry: Entry) -> str:
    """Return what is to be known of a line beside its numbers."""
    parts = []
    if entry.place is not None:
        evidence = study.conflict.events[entry.place].evidence
        parts.append("assumed" if evidence is None or evidence.is_assumption else "cited")
    if entry.by_focal:
        parts.append("own move, says nothing")
    if entry.group is not None:
        parts.append(f"origin {entry.group}" + ("" if entry.counted else ", counted already"))
    if entry.floored:
        parts.append(f"floor under {' and '.join(entry.floored)}")
    return "; ".join(parts)


def _totals(found: Belief) -> Table:
    types = found.ledger.types
    table = _table(
        ("evidence", "events of common origin", *(f"belief {t}" for t in types)),
        ("evidence", "events of common origin"),
    )
    for total in found.ledger.totals:
        table.add_row(
            "full weight" if total.tempering == 1 else "half the weight",
            "count once" if total.grouped else "count each",
            *(share(each) for each in total.posterior),
        )
    return table


def _matrix(study: Study, found: Belief) -> Table:
    matrix, entries = found.matrix, found.ledger.entries
    table = _table(("when", "what", *matrix.types, "diagnosticity", "notes"), ("when", "what", "notes"))
    for row in matrix.rows:
        note = notes_on(study, entries[row.place])
        flag = "tells nothing" if row.tells_nothing else ""
        cells = (f"{nats(c)} {mark:<2}" for c, mark in zip(row.cells, row.letters, strict=True))
        told = "; ".join(each for each in (flag, note) if each)
        table.add_row(day_of(row), what_of(row), *cells, f"{row.diagnosticity:.2f}", told)
    table.add_section()
    for name, sums, posterior in (
        ("every line", matrix.sums, matrix.posterior),
        ("each origin once", matrix.sums_grouped, matrix.posterior_grouped),
    ):
        both = [total + prior for total, prior in zip(sums, matrix.log_prior, strict=True)]
        table.add_row("", f"sum, {name}", *(f"{nats(each)}   " for each in sums), "", "")
        table.add_row("", "log prior", *(f"{nats(each)}   " for each in matrix.log_prior), "", "")
        table.add_row("", "sum and prior", *(f"{nats(each)}   " for each in both), "", "")
        table.add_row("", f"belief, {name}", *(f"{share(each)}   " for each in posterior), "", "")
    return table


def _origins(found: Belief) -> Table:
    types = found.matrix.types
    head = ("origin", "events", *(f"{t}, each" for t in types), *(f"{t}, once" for t in types))
    table = _table(head, ("origin",))
    for group in found.matrix.groups:
        sums = (*group.sums, *group.counted_once)
        table.add_row(clean(group.id), f"{len(group.places):,}", *(nats(each) for each in sums))
    return table


def _rests(study: Study, found: Belief) -> Iterator[Text]:
    yield Text("What it rests on", style="bold")
    yield from (Text(line) for line in assumption_sentences(study, found))
    assumed = [ground for ground in found.grounds if ground.is_assumption]
    cited = [ground for ground in found.grounds if not ground.is_assumption]
    floor = found.ledger.floor_per_year
    if assumed or floor is not None:
        yield Text("Assumed:")
    yield from (Text(f"- {ground_line(study, ground)}") for ground in assumed)
    if floor is not None:
        yield Text(f"- floor of impossible events: {floor:g} per year (--floor)")
    if cited:
        yield Text("Cited:")
    yield from (Text(f"- {ground_line(study, ground)}") for ground in cited)


def ground_line(study: Study, ground: Ground) -> str:
    """Return a number with its unit, where it holds, its sources and its note."""
    where = f" {clean(ground.where)}" if ground.where else ""
    match ground.kind:
        case "prior":
            number = f"{ground.value:g}"
        case "choice":
            number = "always the best reply," if ground.value is None else f"kappa {ground.value:g},"
        case _:
            number = f"{ground.value:g} {clean(ground.unit)}"
    told = "" if ground.is_assumption else f"; {basis(study, ground.evidence)}"
    note = f" ({clean(ground.note).removesuffix('.')})" if ground.note else ""
    return f"{named(study, ground)}: {number}{where}{told}{note}"


def named(study: Study, ground: Ground) -> str:
    """Return what a number is."""
    match ground.kind:
        case "prior":
            return f"prior of ‘{type_name(study, ground.of)}’"
        case "opportunities":
            return f"opportunities of {dm_name(study, ground.of)}"
        case "choice":
            return "how sharply they choose"
        case "step":
            return f"steps of {clean(ground.of)}"
        case _:
            return f"signal {clean(ground.of)}"
