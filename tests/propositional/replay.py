"""An independent check that a witness proves what it says, on the plain data of the oracles."""

from __future__ import annotations

from collections.abc import Sequence

from standoff.stability.propositional import Deterred, Equilibrium, NoImprovement, NoMove, Step
from tests.oracles import literal
from tests.oracles.literal import Model


def check(equilibrium: Equilibrium, model: Model, concept: str) -> None:
    """Assert that every decision maker has a reason to stay, and that the reason holds."""
    s = frozenset(equilibrium.taken)
    assert s in model.states
    assert list(equilibrium.witnesses) == list(model.names)
    for i, witness in enumerate(equilibrium.witnesses.values()):
        match witness:
            case NoMove():
                assert not literal.moves(model, i, s)
            case NoImprovement(moves=moves):
                assert len(literal.moves(model, i, s)) == moves > 0
                assert not literal.improvements(model, i, s)
            case Deterred():
                assert concept != "nash"
                check_deterred(witness, model, concept, i, s)


def check_deterred(witness: Deterred, model: Model, concept: str, i: int, s: frozenset[str]) -> None:
    improvements = literal.improvements(model, i, s)
    listed = [frozenset(sanction.improvement) for sanction in witness.sanctions]
    assert len(listed) == len(set(listed))
    assert set(listed) <= set(improvements)
    assert witness.every == (len(listed) == len(improvements))
    for sanction, s1 in zip(witness.sanctions, listed, strict=True):
        end = walked(sanction.sequence, model, concept, i, s1)
        assert end == frozenset(sanction.result)
        assert not model.better(i, end, s)
        assert sanction.worse == model.better(i, s, end)
    for s1 in improvements:
        ends = [walked(reply, model, concept, i, s1, strict=False) for reply in witness.replies]
        assert any(end is not None and not model.better(i, end, s) for end in ends)


def walked(
    sequence: Sequence[Step], model: Model, concept: str, i: int, s1: frozenset[str], *, strict: bool = True
) -> frozenset[str] | None:
    """Where the sequence ends; None if it is no legal sequence and that is not asserted."""
    assert sequence
    q, last = s1, None
    for step in sequence:
        j = model.names.index(step.mover)
        r = (q - model.own[j]) | frozenset(step.taken)
        steps = literal.steps(model, j, q, concept in literal.CREDIBLE)
        legal = j not in (i, last) and frozenset(step.taken) <= model.own[j] and r in steps
        assert legal or not strict, (sequence, step)
        if not legal:
            return None
        q, last = r, j
    return q
