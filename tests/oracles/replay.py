"""An independent check that the witness of a verdict proves it.

`check` fails with an AssertionError unless every move named in the verdict is there in the plain
data and together they are what the definition of the concept asks for.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from standoff.stability.verdict import (
    Deterred,
    Move,
    NoImprovement,
    NoMove,
    Sanction,
    Unpunished,
    Verdict,
)
from tests.oracles import literal
from tests.oracles.literal import LEGAL_SEQUENCE, ONCE_PER_DM, Model, State


@dataclass(frozen=True)
class Question:
    """What a verdict is about, by number and state instead of by name."""

    model: Model
    concept: str
    i: int
    s: State
    rule: str

    def state(self, label: str) -> State:
        assert label in self.model.labels, f"there is no state '{label}'"
        return self.model.states[self.model.labels.index(label)]

    def mover(self, name: str) -> int:
        assert name in self.model.names, f"there is no decision maker '{name}'"
        return self.model.names.index(name)

    def is_better(self, label: str) -> bool:
        """Whether the focal decision maker prefers this state to the one it is asked about."""
        return self.model.better(self.i, self.state(label), self.s)


def check(verdict: Verdict, model: Model, rule: str = LEGAL_SEQUENCE) -> None:
    """Assert that the witness proves the verdict."""
    s = model.states[model.labels.index(verdict.state)]
    question = Question(model, verdict.concept, model.names.index(verdict.decision_maker), s, rule)
    match verdict.witness:
        case NoMove():
            assert verdict.stable
            assert not literal.moves(model, question.i, s), "there are moves"
        case NoImprovement():
            assert verdict.stable
            check_no_improvement(verdict.witness, question)
        case Deterred():
            assert verdict.stable
            check_deterred(verdict.witness, question)
        case Unpunished():
            assert not verdict.stable
            check_unpunished(verdict.witness, question)
        case other:
            raise AssertionError(f"not a witness: {other}")


def check_no_improvement(witness: NoImprovement, question: Question) -> None:
    moves = literal.moves(question.model, question.i, question.s)
    assert moves, "there is no move at all, which is another reason"
    assert_each_once([question.state(label) for label in witness.targets], moves)
    assert not any(question.is_better(label) for label in witness.targets), "a move is an improvement"


def check_deterred(witness: Deterred, question: Question) -> None:
    assert question.concept != "nash", "nothing deters under Nash"
    improvements = literal.improvements(question.model, question.i, question.s)
    assert improvements, "there is no improvement to deter, which is another reason"
    targets = [question.state(sanction.improvement.target) for sanction in witness.sanctions]
    assert_each_once(targets, improvements)
    for sanction in witness.sanctions:
        check_improvement(sanction.improvement, question)
        if question.concept == "sim":
            check_simultaneous(sanction, question)
        else:
            check_sanction(sanction, question)


def assert_each_once(found: Sequence[State], wanted: Sequence[State]) -> None:
    assert len(found) == len(wanted), f"{len(found)} states listed, {len(wanted)} expected"
    assert set(found) == set(wanted), "other states than expected"


def check_improvement(move: Move, question: Question) -> None:
    """The move is one of the focal decision maker's, from the state, to a better one."""
    assert question.mover(move.mover) == question.i, "the improvement is somebody else's"
    assert question.state(move.origin) == question.s, "the improvement is from elsewhere"
    assert question.state(move.target) in literal.moves(question.model, question.i, question.s), (
        "no such move"
    )
    assert question.is_better(move.target), "not an improvement"


def check_result(sanction: Sanction, question: Question) -> None:
    """The focal decision maker does not gain: the result is worse than the state it left, or a tie."""
    model, result = question.model, question.state(sanction.result)
    assert not model.better(question.i, result, question.s), "the result is better"
    assert sanction.worse is model.better(question.i, question.s, result), "worse, or a tie?"


# Sanctions by sequences


def check_sanction(sanction: Sanction, question: Question) -> None:
    check_reply(sanction.sequence, sanction.improvement, question)
    assert sanction.result == sanction.sequence[-1].target, "the result is not where the sequence ends"
    check_result(sanction, question)
    if question.concept in literal.SYMMETRIC:
        further = literal.moves(question.model, question.i, question.state(sanction.result))
        better = [q for q in further if question.model.better(question.i, q, question.s)]
        assert not better, "the focal decision maker can escape from the sanction"
    assert sanction.anyway is happens_anyway(sanction.sequence, question), "does it come anyway?"


def check_reply(sequence: Sequence[Move], improvement: Move, question: Question) -> None:
    """The sequence begins where the improvement ends and keeps the rule for opponents' moves."""
    assert sequence, "no moves"
    assert sequence[0].origin == improvement.target, "the sequence begins elsewhere"
    for move, following in pairwise(sequence):
        assert move.target == following.origin, "the moves do not follow on each other"
    for move in sequence:
        check_step(move, question)
    check_movers([move.mover for move in sequence], question.rule)


def check_step(move: Move, question: Question) -> None:
    """The move is an opponent's and legal; under seq and sseq it is an improvement from where it begins."""
    mover = question.mover(move.mover)
    origin, target = question.state(move.origin), question.state(move.target)
    assert mover != question.i, "the focal decision maker does not sanction itself"
    assert target in literal.moves(question.model, mover, origin), f"no such move: {move}"
    if question.concept in literal.CREDIBLE:
        assert question.model.better(mover, target, origin), f"not credible: {move}"


def check_movers(movers: Sequence[str], rule: str) -> None:
    if rule == ONCE_PER_DM:
        assert len(set(movers)) == len(movers), "somebody moves a second time"
    else:
        assert all(one != other for one, other in pairwise(movers)), "somebody moves twice in a row"


def happens_anyway(sequence: Sequence[Move], question: Question) -> bool | None:
    """Whether the same changes of options, made from the state itself, are improvements for their movers.

    Each mover sets its own options to what they are after its move; everybody else's stay as they
    are in the replay. A step that changes nothing is not a move.
    """
    model = question.model
    if model.own is None:
        return None
    q = question.s
    for move in sequence:
        mover = question.mover(move.mover)
        target = literal.with_own_options(model, mover, q, question.state(move.target))
        if target not in literal.improvements(model, mover, q):
            return False
        q = target
    return True


# Simultaneous sanctions


def check_simultaneous(sanction: Sanction, question: Question) -> None:
    """Opponents improve at the same time, each from the state itself and each at most once."""
    model, joint = question.model, question.state(sanction.improvement.target)
    movers = [question.mover(move.mover) for move in sanction.sequence]
    assert len(set(movers)) == len(movers), "somebody moves a second time"
    assert question.i not in movers, "the focal decision maker does not sanction itself"
    for mover, move in zip(movers, sanction.sequence, strict=True):
        target = question.state(move.target)
        assert question.state(move.origin) == question.s, "moves at the same time start from the state"
        assert target in literal.improvements(model, mover, question.s), f"not an improvement: {move}"
        joint = literal.with_own_options(model, mover, joint, target)
    assert question.state(sanction.result) == joint, "not the joint result"
    check_result(sanction, question)
    assert sanction.anyway is None, "anyway is not defined for moves at the same time"


# Unpunished improvements


def check_unpunished(witness: Unpunished, question: Question) -> None:
    """The improvement is real, nothing deters it, and a reply that seems to is escaped from."""
    model, i, s = question.model, question.i, question.s
    check_improvement(witness.improvement, question)
    target = question.state(witness.improvement.target)
    assert not literal.sanctioned(model, question.concept, i, s, target, question.rule), "there is a sanction"
    assert bool(witness.reply) == (witness.escape is not None), "a reply goes with an escape"
    assert bool(witness.reply) == replies_are_escaped_from(target, question), "there is a reply, or is not"
    if witness.escape is not None:
        check_reply(witness.reply, witness.improvement, question)
        check_escape(witness.reply, witness.escape, question)


def replies_are_escaped_from(target: State, question: Question) -> bool:
    """Whether, under smr or sseq, a reply would punish if the focal decision maker then stayed."""
    if question.concept not in literal.SYMMETRIC:
        return False
    model = question.model
    ends = literal.replies(model, question.concept, question.i, target, question.rule)
    return any(not model.better(question.i, q, question.s) for q in ends)


def check_escape(reply: Sequence[Move], escape: Move, question: Question) -> None:
    result = reply[-1].target
    assert not question.is_better(result), "the reply does not punish"
    assert question.mover(escape.mover) == question.i, "the escape is somebody else's"
    assert escape.origin == result, "the escape begins elsewhere"
    further = literal.moves(question.model, question.i, question.state(result))
    assert question.state(escape.target) in further, f"no such move: {escape}"
    assert question.is_better(escape.target), "the escape does not lead to anything better"
