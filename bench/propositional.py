"""Time the search for equilibria beyond enumeration on random conflicts with sparse rules.

    python bench/propositional.py [--options 40] [--parties 8] [--concept nash] [--seeds 10]
                                  [--statements 6] [--limit 60] [--most 1000000]

Every equilibrium found is examined again, independently: each single deviation of every decision
maker is tried, by the truth of the statements alone (Nash).
"""

from __future__ import annotations

import argparse
import time
from itertools import product
from random import Random

from standoff.errors import RefusedError
from standoff.model.conflict import Conflict, DecisionMaker, Option, Prioritising, Rule
from standoff.model.statement import (
    And,
    Count,
    Expression,
    Iff,
    Implies,
    Not,
    Or,
    Statement,
    Taken,
    Xor,
    holds,
    options_in,
)
from standoff.stability.propositional import find_equilibria


def sparse_conflict(
    seed: int,
    options: int = 40,
    parties: int = 8,
    rules: int | None = None,
    statements: int = 6,
    mixed: float = 0.6,
) -> Conflict:
    """A conflict in which rules and preference statements mention two or three options each.

    Parameters
    ----------
    rules : how many feasibility rules, a third of the number of options if None
    mixed : the share of preference statements that mention options of two decision makers
    """
    random = Random(seed)
    own = [
        [f"d{i}.o{k}" for k in range(options // parties + (i < options % parties))] for i in range(parties)
    ]
    everything = [option for group in own for option in group]
    planted = frozenset(option for option in everything if random.random() < 0.5)
    return Conflict(
        name=f"sparse {options}/{parties} seed {seed}",
        decision_makers=tuple(
            DecisionMaker(
                id=f"d{i}",
                name=f"Party {i}",
                options=tuple(Option(name=name, label=name) for name in group),
                preference=Prioritising(
                    statements=tuple(
                        _rule(_about(random, group, everything, mixed=random.random() < mixed))
                        for _ in range(statements)
                    )
                ),
            )
            for i, group in enumerate(own)
        ),
        status_quo=planted,
        feasible=tuple(
            _feasible(random, everything, planted) for _ in range(options // 3 if rules is None else rules)
        ),
    )


def _feasible(random: Random, everything: list[str], planted: frozenset[str]) -> Rule:
    """A rule over two or three options of anybody that the planted state satisfies."""
    while True:
        names = random.sample(everything, random.choice((2, 2, 3)))
        parts = tuple(Taken(name) for name in names)
        rule: Expression = random.choice(
            (
                Not(And(parts)),
                Or(parts),
                Implies(parts[0], parts[1]),
                Count(parts, "<=", 1),
                Count(parts, "==", 1),
            )
        )
        if holds(rule, planted):
            return _rule(rule)


def _about(random: Random, own: list[str], everything: list[str], *, mixed: bool) -> Expression:
    mine = _literal(random, own)
    other = _literal(random, everything if mixed else own)
    return random.choice(
        (
            lambda: mine,
            lambda: Implies(other, mine),
            lambda: Iff(mine, other),
            lambda: Xor(mine, other),
            lambda: And((mine, other)),
            lambda: Or((mine, other)),
            lambda: other,
        )
    )()


def _literal(random: Random, options: list[str]) -> Expression:
    taken = Taken(random.choice(options))
    return taken if random.random() < 0.5 else Not(taken)


def _rule(expression: Expression) -> Rule:
    return Rule(statement=Statement(str(expression), expression))


def leaver(conflict: Conflict, taken: frozenset[str]) -> str | None:
    """Who has a unilateral improvement from the state; every combination of own options is tried."""
    rules = [rule.statement.expression for rule in conflict.feasible]
    for dm in conflict.decision_makers:
        own = frozenset(option.name for option in dm.options)
        assert isinstance(dm.preference, Prioritising)
        mentioned = [rule for rule in rules if own & set(options_in(rule))]
        statements = [rule.statement.expression for rule in dm.preference.statements]
        here = [holds(statement, taken) for statement in statements]
        names = sorted(own)
        for bits in product((False, True), repeat=len(names)):
            there = taken - own | {name for name, bit in zip(names, bits, strict=True) if bit}
            if all(holds(rule, there) for rule in mentioned) and [holds(s, there) for s in statements] > here:
                return dm.id
    return None


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--options", type=int, default=40)
    parser.add_argument("--parties", type=int, default=8)
    parser.add_argument("--concept", default="nash")
    parser.add_argument("--seeds", type=int, default=10)
    parser.add_argument("--statements", type=int, default=6)
    parser.add_argument("--rules", type=int)
    parser.add_argument("--limit", type=float, default=60)
    parser.add_argument("--most", type=int, default=1_000_000)
    asked = parser.parse_args()
    for seed in range(asked.seeds):
        conflict = sparse_conflict(seed, asked.options, asked.parties, asked.rules, asked.statements)
        try:
            found = find_equilibria(conflict, asked.concept, asked.most, asked.limit)
        except RefusedError as error:
            print(f"seed {seed}: refused: {error}")
            continue
        started = time.perf_counter()
        checked = (
            found.equilibria[:100] if asked.concept == "nash" and asked.options <= asked.parties * 8 else ()
        )
        wrong = [equilibrium for equilibrium in checked if leaver(conflict, frozenset(equilibrium.taken))]
        repeated = len(found.equilibria) - len({equilibrium.taken for equilibrium in found.equilibria})
        print(
            f"seed {seed}: {len(found.equilibria)} equilibria, complete {found.complete}, "
            f"{found.seconds:.2f} s, {found.candidates} candidates, {len(checked)} rechecked in "
            f"{time.perf_counter() - started:.1f} s: {len(wrong)} wrong, {repeated} repeated",
            flush=True,
        )


if __name__ == "__main__":
    main()
