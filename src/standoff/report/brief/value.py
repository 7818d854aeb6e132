"""What a brief consists of: chapters of sections, whose sentences say what they came from.

The page and the JSON document are views of these values; nothing is computed in a view.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import ClassVar

from standoff.report.brief.packed import Beyond


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """The object a sentence was made from.

    Attributes
    ----------
    kind : str
        ``verdict``: whether a state is `stable` for a decision maker under a concept;
        ``equilibrium``: whether it is for all; ``equilibria``: how many states are, in `number`;
        ``pattern``: how many of the states with a `statement` are equilibria;
        ``moves``: how many moves a decision maker has from a state, and how many gain;
        ``ranking``: how a decision maker compares a state with the status quo, in `relation`;
        ``gains``: how many equilibria are better for everybody than the status quo;
        ``ripeness``: which condition fails among the parties in `name`, in `relation`, and the states
        of the zone; ``next moves``: how many of a decision maker's moves rank before staying, and what
        the first is, in `relation`; ``path``: the sacrifices on the cheapest way to a state and who is
        the first to give, if the parties in `name` may move together; ``cycles``: the rounds of
        improvements; ``spoiler``: what a deal is to a party, in `relation`; ``wedges``: the moves
        that drive members of the coalition in `name` apart; ``coalitions``: how many of all coalitions
        leave a state; ``together``: whether it is `stable` against the coalition in `name`;
        ``foresight``: whether a decision maker stays that looks `number` moves or turns ahead (without
        end for ``nonmyopic``), and where else it expects to end, in `relation`, by the kind in `name`,
        or for ``stackelberg`` whether the state holds if it leads, and how many do; ``lever``: whether a
        state is an equilibrium now, and the size of the least change by the way in `name` that alters it;
        of the phased deal, always with the type in `name` if it matters: ``kept``: whether a decision maker
        keeps step `number`; ``spacings``: under which spacings of its ranks, of all steps if there is no
        number; ``threat``: whether the reversion is credible, under the safeguards in `statement`;
        ``schedule`` and ``safeguard``: whether those with payoffs keep it by the stops or the safeguards in
        `statement`, and in `relation` under which spacings the others; ``defection``: the step at which it
        pays most to breach; ``test``: which of phased and single step is better for the focal side;
        ``element``: an element of the model, by its `name`; ``evidence``: the tally of elements;
        ``analysis``: another analysis, by the `name` of its command; ``model``: the model itself.
    state, decision_maker, concept, stable, statement, relation, name, number
        What the kind needs; the others are None.
    """

    kind: str
    state: str | None = None
    decision_maker: str | None = None
    concept: str | None = None
    stable: bool | None = None
    statement: str | None = None
    relation: str | None = None
    name: str | None = None
    number: int | None = None


MODEL = Origin(kind="model")

_LONG = 24


@dataclass(frozen=True, slots=True)
class Sentence:
    """One or more plain sentences on one thing, and what they came from."""

    text: str
    origin: tuple[Origin, ...] = (MODEL,)


def told_by(command: str, lines: Iterator[str] | list[str] | tuple[str, ...]) -> tuple[Sentence, ...]:
    """Return the sentences of another analysis, which come from it as a whole."""
    return tuple(Sentence(line, (Origin(kind="analysis", name=command),)) for line in lines)


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """A key judgement, what it rests on and, where that is known, what would overturn it."""

    key: str
    sentence: Sentence
    rests_on: tuple[Sentence, ...]
    overturned_by: tuple[Sentence, ...] = ()


@dataclass(frozen=True, slots=True)
class Judgements:
    """The key judgements."""

    items: tuple[Judgement, ...]
    kind: ClassVar[str] = "judgements"

    @property
    def sentences(self) -> Iterator[Sentence]:
        """All sentences in the order of the page."""
        for item in self.items:
            yield from (item.sentence, *item.rests_on, *item.overturned_by)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Sentences that run on."""

    sentences: tuple[Sentence, ...]
    kind: ClassVar[str] = "paragraph"


@dataclass(frozen=True, slots=True)
class Points:
    """Sentences as a list."""

    sentences: tuple[Sentence, ...]
    kind: ClassVar[str] = "points"


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table; the first cell of each row names it, once for rows that share it."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    kind: ClassVar[str] = "table"
    sentences: ClassVar[tuple[Sentence, ...]] = ()

    @property
    def long(self) -> list[int]:
        """Which columns have long text and need room, counted from 1 at the last; the first never counts."""
        width = len(self.head)
        return [width - n for n in range(1, width) if any(len(row[n]) > _LONG for row in self.rows)]

    @property
    def groups(self) -> Iterator[tuple[str, list[tuple[str, ...]]]]:
        """The first cell and the rest of each of the rows that follow each other with it."""
        for name, rows in groupby(self.rows, key=lambda row: row[0]):
            yield name, [row[1:] for row in rows]


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """A drawing as SVG without its style sheet, which the page has once; it is made by `figures`."""

    svg: str
    caption: str
    wide: bool
    kind: ClassVar[str] = "drawing"
    sentences: ClassVar[tuple[Sentence, ...]] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class StateRow:
    """A state in the table of states.

    Attributes
    ----------
    options : tuple of bool
        Whether each option is taken, in the order of the model.
    stable : tuple of str
        For each decision maker the strongest concepts under which it is stable.
    equilibrium : str
        The strongest under which it is an equilibrium.
    concepts : tuple of str
        All concepts, by key, under which it is an equilibrium.
    reasons : tuple of Sentence
        Why it is stable or not: one for each decision maker.
    """

    label: str
    is_status_quo: bool
    options: tuple[bool, ...]
    stable: tuple[str, ...]
    equilibrium: str
    concepts: tuple[str, ...]
    reasons: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Owner:
    """A decision maker as a group of columns: its name, and number, name and label of its options."""

    name: str
    options: tuple[tuple[int, str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class States:
    """The table of states, option form beside stability, with the reasons state by state."""

    caption: str
    owners: tuple[Owner, ...]
    rows: tuple[StateRow, ...]
    concepts: tuple[tuple[str, str], ...]
    note: str
    beyond: Beyond | None = None
    kind: ClassVar[str] = "states"

    @property
    def sentences(self) -> Iterator[Sentence]:
        """The reasons, state by state."""
        return (sentence for row in self.rows for sentence in row.reasons)


@dataclass(frozen=True, slots=True, kw_only=True)
class Path:
    """States that follow on each other by moves; sentence k tells the move from state k to k + 1."""

    title: str
    states: tuple[str, ...]
    sentences: tuple[Sentence, ...]
    kind: ClassVar[str] = "path"


@dataclass(frozen=True, slots=True, kw_only=True)
class Confidence:
    """The analyst's rating of what the judgements rest on; never computed.

    Attributes
    ----------
    about : str
        The key of the judgement, or empty for all of them.
    rating : str
        ``low``, ``moderate`` or ``high``.
    name : str
        Who rated it, and `on` which day.
    grounds : tuple of Sentence
        What speaks for or against confidence, listed by the program.
    """

    rating: str
    name: str
    on: date
    grounds: tuple[Sentence, ...]
    about: str = ""
    kind: ClassVar[str] = "confidence"

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        """The grounds."""
        return self.grounds


@dataclass(frozen=True, slots=True, kw_only=True)
class Folded:
    """Details under a title: closed at first on the page, open in print."""

    title: str
    blocks: tuple[Block, ...]
    kind: ClassVar[str] = "folded"

    @property
    def sentences(self) -> Iterator[Sentence]:
        """All sentences in the order of the page."""
        return (sentence for block in self.blocks for sentence in block.sentences)


Block = Judgements | Paragraph | Points | Table | Drawing | States | Path | Confidence | Folded


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A part of a chapter; without a title it stands right under the chapter's."""

    key: str
    blocks: tuple[Block, ...]
    title: str = ""

    @property
    def sentences(self) -> Iterator[Sentence]:
        """All sentences in the order of the page."""
        return (sentence for block in self.blocks for sentence in block.sentences)


@dataclass(frozen=True, slots=True, kw_only=True)
class Chapter:
    """A question of the brief and the sections that answer it."""

    key: str
    title: str
    sections: tuple[Section, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    """A brief: what it is called, what it is about in one line, and its chapters in order.

    `model` is the element that carries the model, to be compared with later; empty if it cannot.
    """

    title: str
    subtitle: str
    note: str
    chapters: tuple[Chapter, ...]
    model: str = ""

    @property
    def sentences(self) -> Iterator[Sentence]:
        """All sentences in the order of the page."""
        return (told for chapter in self.chapters for part in chapter.sections for told in part.sentences)
