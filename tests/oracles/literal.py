"""Stability word for word, to be read beside the definitions. Slow on purpose.

Notation: `i`, `j` are decision makers (numbers from 0), `s`, `s1`, `s2`, `s3`, `q`, `r` are states.
Definitions: Fang, Hipel and Kilgour (1993); symmetric sequential stability: Rego and Vieira (2017).
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import wraps
from itertools import product

State = Hashable
SYMMETRIC = ("smr", "sseq")
CREDIBLE = ("seq", "sseq")
CORE = ("nash", "gmr", "smr", "seq", "sseq")
ALL_MOVES, ONLY_IMPROVEMENTS = False, True
LEGAL_SEQUENCE = "legal_sequence"
ONCE_PER_DM = "once_per_dm"


@dataclass(frozen=True, eq=False)
class Model:
    """A conflict in plain data.

    Attributes
    ----------
    number : int
        How many decision makers there are.
    states : sequence of hashables
    can : function (i, s, t) -> bool
        Whether i can go from s to t in one step. Asked only for different s and t.
    rank : function (i, s) -> int
        Higher is better, equal is a tie.
    own : the options of every decision maker, or None in graph form
        In option form a state is the frozenset of the options taken.
    names, labels : what the decision makers and the states are called, in the same order
    """

    number: int
    states: Sequence[State]
    can: Callable[[int, State, State], bool]
    rank: Callable[[int, State], int]
    own: tuple[frozenset, ...] | None = None
    names: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    answers: dict = field(default_factory=dict, repr=False)

    @property
    def everybody(self) -> tuple[int, ...]:
        return tuple(range(self.number))

    def opponents(self, i: int) -> tuple[int, ...]:
        return tuple(j for j in self.everybody if j != i)

    def better(self, i: int, q: State, s: State) -> bool:
        """Whether i strictly prefers q to s; a tie is not better."""
        return self.rank(i, q) > self.rank(i, s)


def remembered(function):
    """Keep every answer with the model it is about, so that nothing is worked out twice."""

    @wraps(function)
    def answer(model, *question):
        key = (function.__name__, *question)
        if key not in model.answers:
            model.answers[key] = function(model, *question)
        return model.answers[key]

    return answer


# Moves


@remembered
def moves(model: Model, i: int, s: State) -> tuple[State, ...]:
    """R_i(s): the states that i reaches from s in one step, s itself excluded."""
    return tuple(q for q in model.states if q != s and model.can(i, s, q))


@remembered
def improvements(model: Model, i: int, s: State) -> tuple[State, ...]:
    """R_i+(s): the moves to states that i strictly prefers to s."""
    return tuple(q for q in moves(model, i, s) if model.better(i, q, s))


def steps(model: Model, j: int, q: State, improving: bool) -> tuple[State, ...]:
    """One step of j from q; an improvement is measured from q, where the step begins."""
    return improvements(model, j, q) if improving else moves(model, j, q)


# Moves of a set of decision makers


@remembered
def legal_sequences(model: Model, group: tuple[int, ...], s: State, improving: bool) -> frozenset[State]:
    """R_H(s), or R_H+(s): where the legal sequences of moves by members of H end.

    A legal sequence has at least one move, and nobody moves twice in a row. What can follow
    depends only on the state and on who moved last, so pairs of these are collected.
    """
    reached = {(q, j) for j in group for q in steps(model, j, s, improving)}
    to_continue = list(reached)
    while to_continue:
        q, last = to_continue.pop()
        for j in group:
            if j == last:
                continue
            for r in steps(model, j, q, improving):
                if (r, j) not in reached:
                    reached.add((r, j))
                    to_continue.append((r, j))
    return frozenset(q for q, _ in reached)


def omega_induction(model: Model, group: tuple[int, ...], s: State, improving: bool) -> frozenset[State]:
    """R_H(s), or R_H+(s), by the induction of the textbook.

    Omega(s, q) is the set of members who make the last move on some legal sequence from s to q.
    (1) j in H and q in R_j(s): then q in R_H(s) and j in Omega(s, q).
    (2) q in R_H(s), j in H, r in R_j(q) and Omega(s, q) is not {j}: then r in R_H(s) and
        j in Omega(s, r).
    Repeat (2) until nothing changes.
    """
    omega: dict[State, set[int]] = {}
    for j in group:
        for q in steps(model, j, s, improving):
            omega.setdefault(q, set()).add(j)
    changed = True
    while changed:
        changed = False
        for q in list(omega):
            for j in group:
                if omega[q] == {j}:
                    continue
                for r in steps(model, j, q, improving):
                    if j not in omega.setdefault(r, set()):
                        omega[r].add(j)
                        changed = True
    return frozenset(omega)


def ends_of_sequences(
    model: Model, group: tuple[int, ...], s: State, improving: bool, longest: int, last: int | None = None
) -> set[State]:
    """Where the legal sequences of at most `longest` moves end, one sequence after the other.

    `last` is who moved into s, if anybody did. Very slow.
    """
    ends: set[State] = set()
    if longest == 0:
        return ends
    for j in group:
        if j == last:
            continue
        for q in steps(model, j, s, improving):
            ends |= {q} | ends_of_sequences(model, group, q, improving, longest - 1, last=j)
    return ends


@remembered
def once_per_dm(model: Model, group: tuple[int, ...], s: State, improving: bool) -> frozenset[State]:
    """Where the sequences of moves by *distinct* members of H end: the rule of GMCR+."""
    reached = set()
    for j in group:
        rest = tuple(k for k in group if k != j)
        for q in steps(model, j, s, improving):
            reached.add(q)
            reached |= once_per_dm(model, rest, q, improving)
    return frozenset(reached)


SANCTION_RULES = {LEGAL_SEQUENCE: legal_sequences, ONCE_PER_DM: once_per_dm}


# Stability


def stable(model: Model, concept: str, i: int, s: State, rule: str = LEGAL_SEQUENCE) -> bool:
    """Whether s is stable for i under nash, gmr, smr, seq, sseq or sim."""
    if concept == "nash":
        return not improvements(model, i, s)
    return all(sanctioned(model, concept, i, s, s1, rule) for s1 in improvements(model, i, s))


def sanctioned(model: Model, concept: str, i: int, s: State, s1: State, rule: str) -> bool:
    """Whether something deters i from improving from s to s1."""
    if concept == "nash":
        return False
    if concept == "sim":
        return any(not model.better(i, q, s) for q in joint_results(model, i, s, s1))
    return any(deters(model, concept, i, s, s2) for s2 in replies(model, concept, i, s1, rule))


def replies(model: Model, concept: str, i: int, s1: State, rule: str) -> Iterable[State]:
    """The states s2 to which the opponents of i can, or under seq and sseq would, take s1."""
    return SANCTION_RULES[rule](model, model.opponents(i), s1, concept in CREDIBLE)


def deters(model: Model, concept: str, i: int, s: State, s2: State) -> bool:
    """Whether s2 is not better than s for i and, under smr and sseq, i cannot escape from it."""
    return not model.better(i, s2, s) and not (concept in SYMMETRIC and escapes(model, i, s, s2))


def escapes(model: Model, i: int, s: State, s2: State) -> tuple[State, ...]:
    """The states s3 in R_i(s2) that are better than s for i."""
    return tuple(s3 for s3 in moves(model, i, s2) if model.better(i, s3, s))


def joint_results(model: Model, i: int, s: State, s1: State) -> Iterable[State]:
    """The feasible results of i's improvement to s1 and any improvements of the opponents, all at s.

    Each opponent makes one of its improvements from s or none; every mover's own options are
    then as it set them.
    """
    assert model.own is not None, "simultaneous moves are defined in option form only"
    opponents = model.opponents(i)
    choices = [(s, *improvements(model, j, s)) for j in opponents]
    for chosen in product(*choices):
        result = with_own_options(model, i, s, s1)
        for j, s_j in zip(opponents, chosen, strict=True):
            result = with_own_options(model, j, result, s_j)
        if result in model.states:
            yield result


def with_own_options(model: Model, j: int, s: State, pattern: State) -> State:
    """The state s with j's options as they are in the other state."""
    return (s - model.own[j]) | (pattern & model.own[j])


def equilibria(model: Model, concept: str, rule: str = LEGAL_SEQUENCE) -> list[State]:
    """The states that are stable for every decision maker."""
    return [s for s in model.states if all(stable(model, concept, i, s, rule) for i in model.everybody)]
