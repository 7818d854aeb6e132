"""What a brief is asked for, and what was found for it beforehand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

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
class Undone:
    """A state that holds if each moves alone, and that coalitions leave.

    Attributes
    ----------
    state : str
    least : tuple of tuples of Verdict
        Why, for some of the coalitions that have no smaller one in them that leaves, those of the file
        first.
    more : int
        How many more coalitions leave it.
    """

    state: str
    least: tuple[tuple[Verdict, ...], ...]
    more: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Joint:
    """What coalitions of two or more can do that none of their parts could.

    Attributes
    ----------
    everybody : AllCoalitions
        Which of all coalitions leave the status quo.
    leaving : tuple of tuples of Verdict
        Why: for some that have nobody in them who leaves alone and no smaller one that leaves, those of
        the file first.
    untold : int
        How many more there are of these.
    elsewhere : tuple of Undone
        Other states told that hold if each moves alone, and that coalitions leave.
    complete : bool
        Whether the time was enough to look at all of these.
    """

    everybody: AllCoalitions
    leaving: tuple[tuple[Verdict, ...], ...]
    untold: int
    elsewhere: tuple[Undone, ...]
    complete: bool = True


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
    waiting : mapping, optional
        Sentences on how long to wait by part; found by `brief` itself, once for all that tell of it.
    """

    deals: tuple[Deal, ...] = ()
    command: str = ""
    rating: tuple[str, str, date] | None = None
    seed: int = 1
    since: Since | None = None
    ways: WaysOut = WaysOut()
    yardstick: str = "icd203"
    waiting: Mapping[str, Sequence[str]] | None = None
