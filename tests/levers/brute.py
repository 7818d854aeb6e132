"""Levers and counts by trying everything: all weak orders, or all strict ones, for every decision maker.

Written from the definitions, on plain data; shares no code with the program but the conflict's types.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import permutations, product

from tests.oracles.literal import CREDIBLE, SYMMETRIC, Model, legal_sequences, moves, stable


@lru_cache
def weak_orders(number: int) -> tuple[tuple[int, ...], ...]:
    """All ways to rank so many states with ties: ranks from 0, none left out."""
    ranked = product(range(number), repeat=number)
    return tuple(ranks for ranks in ranked if set(ranks) == set(range(max(ranks) + 1)))


@lru_cache
def strict_orders(number: int) -> tuple[tuple[int, ...], ...]:
    return tuple(permutations(range(number)))


def with_ranks(model: Model, ranks: dict) -> Model:
    """The same conflict with other rankings: decision maker -> state -> rank."""
    return Model(
        number=model.number, states=model.states, can=model.can, rank=lambda i, s: ranks[i][s], own=model.own
    )


def ranks_in(model: Model) -> dict:
    return {i: {q: model.rank(i, q) for q in model.states} for i in model.everybody}


def relevant(model: Model, concept: str, parties, s) -> dict:
    """The states that the definition of stability touches, for each decision maker."""
    found = {i: set() for i in model.everybody}
    for i in parties:
        targets = moves(model, i, s)
        found[i] |= {s, *targets}
        if concept == "nash":
            continue
        ends = {end for t in targets for end in legal_sequences(model, model.opponents(i), t, False)}
        found[i] |= ends
        if concept in SYMMETRIC:
            found[i] |= {q for end in ends for q in moves(model, i, end)}
        if concept in CREDIBLE:
            for j in model.opponents(i):
                found[j] |= ends | set(targets)
    return found


def sign(ranks, a, b) -> int:
    return (ranks[a] > ranks[b]) - (ranks[a] < ranks[b])


def half_pairs(before, after, among) -> int:
    """A flip counts two, a tie made or broken one; each pair once."""
    ordered = sorted(among, key=repr)
    pairs = [(a, b) for place, a in enumerate(ordered) for b in ordered[place + 1 :]]
    return sum(abs(sign(before, a, b) - sign(after, a, b)) for a, b in pairs)


def met(model: Model, concept: str, parties, s, breaking: bool) -> bool:
    return all(stable(model, concept, i, s) for i in parties) != breaking


def priced(model: Model, concept: str, parties, s, orders) -> list[list[tuple[int, dict]]]:
    """For each decision maker every order of its relevant states with its cost, cheapest first.

    The other states keep their ranks, which nothing asks for.
    """
    touched, before = relevant(model, concept, parties, s), ranks_in(model)
    choices = []
    for i in model.everybody:
        among = [q for q in model.states if q in touched[i]]
        ranked = [dict(zip(among, ranks, strict=True)) for ranks in orders(len(among))] if among else [{}]
        costs = ((half_pairs(before[i], ranks, among), number) for number, ranks in enumerate(ranked))
        choices.append([(cost, {**before[i], **ranked[number]}) for cost, number in sorted(costs)])
    return choices


def least(model: Model, concept: str, parties, s, breaking: bool, orders=weak_orders) -> int | None:
    """The fewest half pairs that must change, by trying all rankings of the relevant states."""
    choices = priced(model, concept, parties, s, orders)
    floors = [sum(each[0][0] for each in choices[i:]) for i in range(len(choices) + 1)]
    best = None

    def attempt(i: int, cost: int, chosen: tuple) -> None:
        nonlocal best
        if i == len(choices):
            if met(with_ranks(model, dict(enumerate(chosen))), concept, parties, s, breaking):
                best = cost
            return
        for price, ranks in choices[i]:
            if best is not None and cost + price + floors[i + 1] >= best:
                return
            attempt(i + 1, cost + price, (*chosen, ranks))

    attempt(0, 0, ())
    return best


def count(model: Model, concept: str, parties, s) -> tuple[int, int]:
    """Under how many profiles of strict orders the state is stable for all parties, and of how many."""
    orders = [dict(zip(model.states, ranks, strict=True)) for ranks in strict_orders(len(model.states))]
    profiles = product(orders, repeat=model.number)
    good = sum(
        met(with_ranks(model, dict(enumerate(ranks))), concept, parties, s, False) for ranks in profiles
    )
    return good, len(orders) ** model.number
