"""What a brief consists of: chapters of sections, whose sentences say what they came from.

The page and the JSON document are views of these values; nothing is computed in a view.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import ClassVar

from standoff.analyses.changes import Changes
from standoff.analyses.coalitions.results import Verdict
from standoff.analyses.foresight import Foresight
from standoff.analyses.levers import Levers
from standoff.analyses.moves import NextMoves
from standoff.analyses.paths.result import Cycles, Ways
from standoff.analyses.ripeness import Ripeness
from standoff.analyses.spoilers import Deal as SpoiledDeal
from standoff.analyses.wedges import Line
from standoff.study.coalitions import AllCoalitions


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Deal:
    """A deal as a pattern of states: a statement with a name and a label."""

    name: str
    label: str
    statement: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Since:
    """An earlier model compared with: what it is called, its fingerprint, and what changed since."""

    called: str
    fingerprint: str
    found: Changes


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """The ways to one state: each party by itself, and with those who move on the cheapest one together."""

    alone: Ways
    together: Ways | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CommonLine:
    """A coalition of the model and how its members stand to each other at the status quo."""

    name: str
    members: tuple[str, ...]
    line: Line


@dataclass(frozen=True, slots=True, kw_only=True)
class Joint:
    """What coalitions of two or more can do that none of their parts could.

    Attributes
    ----------
    everybody : AllCoalitions
        Which of all coalitions leave the status quo.
    leaving : tuple of tuples of Verdict
        Why: for some that have no smaller one in them that leaves, those of the file first.
    untold : int
        How many more there are of these.
    elsewhere : tuple of tuples of Verdict
        Why coalitions of the file leave states that hold if each moves alone.
    """

    everybody: AllCoalitions
    leaving: tuple[tuple[Verdict, ...], ...]
    untold: int
    elsewhere: tuple[tuple[Verdict, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WaysOut:
    """What leads out, as far as it was looked for.

    Attributes
    ----------
    ripeness : tuple of Ripeness
        Among everybody, then among those who move on the ways told.
    moves : tuple of NextMoves
        Of every decision maker, from the status quo.
    routes : tuple of Route
        To states that would hold and are better for more than they are worse for.
    cycles : Cycles or None
    deals : tuple of Deal
        What the states to which ways are told are to each party.
    lines : tuple of CommonLine
        Of the coalitions of the model.
    joint : Joint or None
        None where it was not looked for, or nobody can do more together than alone.
    foresight : Foresight or None
        Where it is defined: for two decision makers with strict rankings.
    levers : tuple of Levers
        What would break the status quo and the states to which ways are told, and what would make
        these hold without threats.
    left_out : tuple of str
        Why something was not looked for.
    """

    ripeness: tuple[Ripeness, ...] = ()
    moves: tuple[NextMoves, ...] = ()
    routes: tuple[Route, ...] = ()
    cycles: Cycles | None = None
    deals: tuple[SpoiledDeal, ...] = ()
    lines: tuple[CommonLine, ...] = ()
    joint: Joint | None = None
    foresight: Foresight | None = None
    levers: tuple[Levers, ...] = ()
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is given to a brief beside its study.

    Attributes
    ----------
    deals : tuple of Deal
    command : str
        The command line, without paths of this machine.
    rating : tuple of (rating, name, date), optional
        The analyst's confidence.
    seed : int
        Of the simulations of `wait`.
    since : Since, optional
        The earlier model to compare with.
    ways : WaysOut, optional
        What leads out; found by `brief` itself.
    yardstick : str
        What likelihood words are taken from, for probabilities: ``icd203`` or ``none``.
    """

    deals: tuple[Deal, ...] = ()
    command: str = ""
    rating: tuple[str, str, date] | None = None
    seed: int = 1
    since: Since | None = None
    ways: WaysOut = WaysOut()
    yardstick: str = "icd203"
