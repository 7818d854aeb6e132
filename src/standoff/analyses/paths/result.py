"""What is known about the ways from one state to others, by name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from standoff.analyses.paths.steps import Cost


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """By how many of its ranks a decision maker is better off (worse off, if negative).

    Attributes
    ----------
    wish : str or None
        The most important of its statements that the change makes true or false, which decides;
        None where its preference is not a list of statements, or nothing changes.
    """

    decision_maker: str
    ranks: int
    wish: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WayStep:
    """One step of a way.

    Attributes
    ----------
    movers : tuple of str
        Who takes it: one decision maker, or the members of a coalition that move at once.
    effects : tuple of Effect
        What it does, at that moment, to each of them.
    """

    movers: tuple[str, ...]
    origin: str
    target: str
    effects: tuple[Effect, ...]

    @property
    def worse_off(self) -> tuple[str, ...]:
        """Those of the movers who are worse off after the step: it is a sacrifice of theirs."""
        return tuple(effect.decision_maker for effect in self.effects if effect.ranks < 0)

    @property
    def idle(self) -> tuple[str, ...]:
        """Those of the movers to whom the step makes no difference."""
        return tuple(effect.decision_maker for effect in self.effects if effect.ranks == 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class TurnOff:
    """A decision maker's best improvement off the way.

    Attributes
    ----------
    ranks : int
        How many ranks it gains by that.
    improvements : int
        How many such improvements off the way it has here.
    """

    decision_maker: str
    target: str
    ranks: int
    improvements: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Stall:
    """A state on a way, before its end, at which it can come to a halt.

    Attributes
    ----------
    place : int
        How many steps have been taken when it is reached.
    unwilling : tuple of str
        Those who have to take the next step and gain nothing, or lose, by it.
    turn_offs : tuple of TurnOff
        Those who have an improvement that leads to no later state of the way; those who have to take
        the next step only if they prefer that improvement to it.
    equilibrium : tuple of str
        Under which concepts the state is an equilibrium.
    """

    state: str
    place: int
    unwilling: tuple[str, ...]
    turn_offs: tuple[TurnOff, ...]
    equilibrium: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """A cheapest path of a kind, from the state asked about to the goal nearest by it.

    Attributes
    ----------
    kind : "moves", "improvements" or "sacrifices"
    goal : str
    steps : tuple of WayStep
        None at all if the state is a goal itself.
    cost : Cost
    equal : int or None
        How many paths to this goal cost as little; None if that is not cheap to count.
    may_give_first : tuple of tuples of str, or None
        Where sacrifices count: who is worse off by the first sacrifice, on this path or on another
        one that costs as little; None if that is not cheap to find out.
    exact : bool
        Whether no path of the kind is cheaper. If not, the time was up and it is the best so far.
    stalls : tuple of Stall
        In the order of the way; states where nothing halts it are left out.
    in_the_end : tuple of Effect
        How every decision maker stands at the goal, against the state asked about.
    """

    kind: str
    goal: str
    steps: tuple[WayStep, ...]
    cost: Cost
    equal: int | None
    may_give_first: tuple[tuple[str, ...], ...] | None
    exact: bool
    stalls: tuple[Stall, ...]
    in_the_end: tuple[Effect, ...]

    @property
    def first_to_give(self) -> int | None:
        """The place of the first step that is a sacrifice, or None."""
        return next((place for place, step in enumerate(self.steps) if step.worse_off), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """How far the paths of one kind go.

    Attributes
    ----------
    goals : int
        How many of the goals they reach.
    states : int
        How many states they reach, the first one included; a lower bound where the search ended
        with the goals reached.
    steps_searched : int
        Every path of up to so many steps has been looked at.
    finished : bool
        Whether all of them have been. If not, the time was up.
    """

    goals: int
    states: int
    steps_searched: int
    finished: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """One of several goals, and what it takes to get there.

    Attributes
    ----------
    moves, improvements : int or None
        The steps of a shortest path by all moves, by improvements only; None if there is none.
    cost : Cost or None
        Of the path with the fewest sacrifices.
    first_to_give : tuple of str
        Whose the first sacrifice on that path is.
    """

    state: str
    moves: int | None
    improvements: int | None
    cost: Cost | None
    first_to_give: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ways:
    """The ways from a state to a set of goals.

    Attributes
    ----------
    start : str
    to : str
        What the goals are, as it was asked for.
    goals : int
        How many goals there are.
    coalitions : tuple of tuples of str
        Whose joint moves were allowed as single steps.
    ways : mapping from kind to Way or None
        To the goal that is nearest by that kind; None if no path of that kind was found.
    reach : mapping from kind to Reach
    nearest : tuple of Goal
        The nearest goals: fewest sacrifices first, then ranks lost, then steps. Empty for one goal.
    unreached : int
        How many goals no path leads to, so far as was searched.
    assumed : str or None
        The statement taken as true, if one was.
    """

    start: str
    to: str
    goals: int
    coalitions: tuple[tuple[str, ...], ...]
    ways: Mapping[str, Way | None]
    reach: Mapping[str, Reach]
    nearest: tuple[Goal, ...]
    unreached: int
    assumed: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """Improvements that go round in circles among some states.

    Attributes
    ----------
    states : int
        How many states they go round in: each can be reached from each by improvements.
    movers : tuple of str
        Who moves in them.
    changing : tuple of str
        The options that are not the same in all of these states; empty in graph form.
    leaving : tuple of str
        Who has an improvement that leads out; if nobody has, play by improvements stays for ever.
    alike : int
        How many rounds have the same size, movers and changing options, this one included.
    cycle : tuple of WayStep
        A shortest cycle through the state where the round is entered.
    entry : Way or None
        The way there with the fewest sacrifices; None if there is no way.
    """

    states: int
    movers: tuple[str, ...]
    changing: tuple[str, ...]
    leaving: tuple[str, ...]
    alike: int
    cycle: tuple[WayStep, ...]
    entry: Way | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Cycles:
    """All rounds of improvements of a conflict.

    Attributes
    ----------
    start : str
        The state asked about.
    rounds : int or None
        How many there are; None if the time was up before this was known.
    states : int or None
        How many states lie in some round.
    inside : bool or None
        Whether the state asked about does.
    told : tuple of Round
        One of each kind: those entered with the fewest sacrifices first.
    untold : int
        How many rounds are neither told nor like one that is.
    stopped : bool
        Whether the time was up before everything was found.
    assumed : str or None
        The statement taken as true, if one was.
    """

    start: str
    rounds: int | None = None
    states: int | None = None
    inside: bool | None = None
    told: tuple[Round, ...] = ()
    untold: int = 0
    stopped: bool = False
    assumed: str | None = None
