"""Evidence by type: each event and silence as a row, each type as a column, with sums that add up."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from math import exp, fsum, log

from standoff.timing.ledger import Entry, Ledger

NOTHING = 0.01
"""A row whose types lie less than this apart, in nats, tells nothing: it moves odds by 1 % at most."""

_SLIGHT, _STRONG = log(1.1), log(3)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """An entry of the ledger as a row.

    Attributes
    ----------
    place : int
        The place of the entry in the ledger.
    begin, end, what, group, counted
        As in the entry.
    cells : tuple of float
        Log-likelihood under each type less the mean of the row, in nats.
    diagnosticity : float
        The largest cell less the smallest.
    """

    place: int
    begin: date
    end: date
    what: str
    group: str | None
    counted: bool
    cells: tuple[float, ...]
    diagnosticity: float

    @property
    def letters(self) -> tuple[str, ...]:
        """The cells rounded to letters, for display only; see `letter`."""
        return tuple(letter(cell) for cell in self.cells)

    @property
    def tells_nothing(self) -> bool:
        """Whether it hardly tells the types apart."""
        return self.diagnosticity < NOTHING


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Events of common origin: their places in the ledger, their sums if all count and if one does."""

    id: str
    places: tuple[int, ...]
    sums: tuple[float, ...]
    counted_once: tuple[float, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Matrix:
    """What speaks for which type.

    Attributes
    ----------
    types : tuple of str
        The columns.
    log_prior : tuple of float
    rows : tuple of Row
        The most diagnostic first.
    sums, sums_grouped : tuple of float
        Of the cells of each column: every row counted, and each group once. With the log prior
        they are the log posterior, up to a number that is the same for all types.
    groups : tuple of Group
    """

    types: tuple[str, ...]
    log_prior: tuple[float, ...]
    rows: tuple[Row, ...]
    sums: tuple[float, ...]
    sums_grouped: tuple[float, ...]
    groups: tuple[Group, ...]

    @property
    def posterior(self) -> tuple[float, ...]:
        """The belief that prior and sums make, every row counted."""
        return _posterior(self.log_prior, self.sums)

    @property
    def posterior_grouped(self) -> tuple[float, ...]:
        """The belief that prior and sums make, each group counted once."""
        return _posterior(self.log_prior, self.sums_grouped)


def matrix(ledger: Ledger) -> Matrix:
    """Return a ledger as a matrix of evidence by type.

    It is the table of analysis of competing hypotheses made with probabilities: silences are
    rows too, and the sums give the posterior. No accuracy is claimed for it; experiments found
    no gain from such tables.
    """
    rows = [_row(place, entry) for place, entry in enumerate(ledger.entries)]
    types = len(ledger.types)
    return Matrix(
        types=ledger.types,
        log_prior=tuple(log(each) for each in ledger.prior),
        rows=tuple(sorted(rows, key=lambda row: (-row.diagnosticity, row.place))),
        sums=_sums(types, rows),
        sums_grouped=_sums(types, (row for row in rows if row.counted)),
        groups=tuple(_groups(types, rows)),
    )


def letter(cell: float) -> str:
    """Round a cell to a letter: C where it speaks for the type, I where against, N where neither.

    C and I stand for a factor of 1.1 to 3 against the mean of the row, CC and II for 3 or more.
    """
    size = abs(cell)
    if size < _SLIGHT:
        return "N"
    return ("C" if cell > 0 else "I") * (2 if size >= _STRONG else 1)


def _row(place: int, entry: Entry) -> Row:
    logs = entry.log_likelihoods
    mean = fsum(logs) / len(logs)
    return Row(
        place=place,
        begin=entry.begin,
        end=entry.end,
        what=entry.what,
        group=entry.group,
        counted=entry.counted,
        cells=tuple(each - mean for each in logs),
        diagnosticity=entry.diagnosticity,
    )


def _sums(types: int, rows: Iterable[Row]) -> tuple[float, ...]:
    cells = [row.cells for row in rows]
    return tuple(fsum(row[column] for row in cells) for column in range(types))


def _groups(types: int, rows: Sequence[Row]) -> Iterable[Group]:
    grouped: dict[str, list[Row]] = {}
    for row in rows:
        if row.group is not None:
            grouped.setdefault(row.group, []).append(row)
    for name, members in grouped.items():
        yield Group(
            id=name,
            places=tuple(row.place for row in members),
            sums=_sums(types, members),
            counted_once=_sums(types, (row for row in members if row.counted)),
        )


def _posterior(log_prior: Sequence[float], sums: Sequence[float]) -> tuple[float, ...]:
    logs = [prior + total for prior, total in zip(log_prior, sums, strict=True)]
    most = max(logs)
    joint = [exp(each - most) for each in logs]
    return tuple(each / fsum(joint) for each in joint)
