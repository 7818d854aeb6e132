"""Conflicts whose states cannot be listed; limits, interruption, progress."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
import threading
from itertools import pairwise
from pathlib import Path

import pytest
from bench.propositional import leaver, sparse_conflict

from standoff.model.conflict import Conflict, DecisionMaker, Option, Prioritising
from standoff.model.statement import Iff, Taken, Xor
from standoff.stability.propositional import Deterred, NoImprovement, Unpunished, find_equilibria, witnesses
from standoff.stability.propositional.stance import MOST_LISTED
from tests.oracles.statements import rule

ROOT = Path(__file__).parents[2]


def parties_of_one(preferences) -> Conflict:
    return Conflict(
        name="Chain",
        decision_makers=tuple(
            DecisionMaker(
                id=f"p{number}",
                name=f"Party {number}",
                options=(Option(name=f"p{number}.go", label="Go"),),
                preference=Prioritising(statements=(rule(statement),)),
            )
            for number, statement in enumerate(preferences)
        ),
        status_quo=frozenset(),
    )


def chain(*, odd: bool) -> Conflict:
    """60 parties in a ring, each wants to do as the one before; if `odd`, the first the opposite."""
    goes = [Taken(f"p{number}.go") for number in range(60)]
    wants = [Iff(own, before) for before, own in pairwise(goes)]
    return parties_of_one([(Xor if odd else Iff)(goes[0], goes[-1]), *wants])


def matching(*, against: bool) -> Conflict:
    """Two parties with 20 options each: the first wants all alike, the second too, or all different."""
    own = [[Option(name=f"{name}.o{k}", label=f"{k}") for k in range(20)] for name in ("a", "b")]
    pairs = [(Taken(a.name), Taken(b.name)) for a, b in zip(*own, strict=True)]
    wants = ([Iff(*pair) for pair in pairs], [(Xor if against else Iff)(*pair) for pair in pairs])
    return Conflict(
        name="Matching",
        decision_makers=tuple(
            DecisionMaker(
                id=name,
                name=name,
                options=tuple(options),
                preference=Prioritising(statements=tuple(rule(each) for each in statements)),
            )
            for name, options, statements in zip(("a", "b"), own, wants, strict=True)
        ),
        status_quo=frozenset(),
    )


def test_proof_that_there_is_none():
    found = find_equilibria(chain(odd=True))
    assert found.equilibria == ()
    assert found.complete


def test_both_equilibria_among_sixty_options():
    found = find_equilibria(chain(odd=False))
    assert sorted(len(each.taken) for each in found.equilibria) == [0, 60]
    assert found.complete
    assert all(
        witness == NoImprovement(moves=1) for each in found.equilibria for witness in each.witnesses.values()
    )


def test_many_options_in_one_hand():
    found = find_equilibria(matching(against=True))
    assert (found.equilibria, found.complete) == ((), True)
    assert isinstance(witnesses(matching(against=True), frozenset())["b"], Unpunished)


@pytest.mark.parametrize("concept", ["gmr", "seq"])
def test_replies_among_a_million_patterns(concept):
    conflict = sparse_conflict(2, options=40, parties=2, statements=12)
    found = find_equilibria(conflict, concept, most=3)
    assert (len(found.equilibria), found.stopped) == (3, "most")
    deterred = [w for each in found.equilibria for w in each.witnesses.values() if isinstance(w, Deterred)]
    assert any(len(witness.sanctions) == MOST_LISTED and not witness.every for witness in deterred)


def test_time_is_kept_where_every_improvement_needs_a_reply_of_its_own():
    found = find_equilibria(matching(against=True), "gmr", time_limit=1)
    assert (found.stopped, found.complete) == ("time", False)
    assert found.seconds < 20


def test_the_number_asked_for_is_kept():
    found = find_equilibria(matching(against=False), most=5)
    assert len({each.taken for each in found.equilibria}) == len(found.equilibria) == 5
    assert not found.complete
    assert found.stopped == "most"
    assert "there may be more" in found.reason


def test_time_is_kept_and_progress_told():
    told = []
    limit = 0.7
    found = find_equilibria(
        matching(against=False), time_limit=limit, progress=lambda phase, share: told.append((phase, share))
    )
    assert (found.stopped, found.complete) == ("time", False)
    assert found.equilibria
    assert limit <= found.seconds < 10
    assert any("found" in phase for phase, _ in told)
    assert [share for _, share in told] == sorted(share for _, share in told)


@pytest.fixture
def heeded():
    """Heed SIGINT, which a test run started in the background ignores."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


def test_interrupt_returns_what_was_found(heeded):
    timer = threading.Timer(0.7, signal.raise_signal, [signal.SIGINT])
    timer.start()
    found = find_equilibria(matching(against=False), time_limit=30)
    timer.join()
    assert (found.stopped, found.complete) == ("interrupt", False)
    assert found.equilibria


def test_where_interrupts_are_ignored_a_search_goes_on():
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        timer = threading.Timer(0.3, signal.raise_signal, [signal.SIGINT])
        timer.start()
        found = find_equilibria(matching(against=False), time_limit=1)
        timer.join()
    finally:
        signal.signal(signal.SIGINT, before)
    assert found.stopped == "time"


def test_interrupt_while_the_solver_thinks(heeded):
    """Pigeons: a proof that takes the solver for ever is left at Ctrl-C, in a process of its own."""
    script = """
        from standoff.stability.propositional.circuit import Circuit
        from standoff.stability.propositional.solver import Clock, Solver

        circuit = Circuit()
        holes = [[circuit.variable() for _ in range(13)] for _ in range(14)]
        with Solver(circuit, Clock()) as solver:
            for pigeon in holes:
                solver.require(*pigeon)
            for hole in zip(*holes):
                for one in range(14):
                    for other in range(one):
                        solver.require(-hole[one], -hole[other])
            try:
                print("thinking", flush=True)
                solver.solve()
            except KeyboardInterrupt:
                print("left", flush=True)
    """
    process = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(script)],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
    )
    with process:
        assert process.stdout.readline() == "thinking\n"
        process.send_signal(signal.SIGINT)
        try:
            assert process.communicate(timeout=60)[0] == "left\n"
        finally:
            process.kill()


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(6))
def test_all_nash_equilibria_of_forty_options_and_eight_decision_makers(seed):
    conflict = sparse_conflict(seed, options=40, parties=8, statements=12)
    found = find_equilibria(conflict, time_limit=60)
    assert found.complete
    assert len({each.taken for each in found.equilibria}) == len(found.equilibria)
    for each in found.equilibria[:50]:
        assert leaver(conflict, frozenset(each.taken)) is None
