"""Equilibria beyond enumeration: found, or proved absent, by a propositional solver (extra `sat`)."""

from standoff.stability.propositional.search import find_equilibria, iterate_equilibria, witnesses
from standoff.stability.propositional.witness import (
    Deterred,
    Equilibrium,
    Found,
    NoImprovement,
    NoMove,
    Sanction,
    Step,
    Unpunished,
)

__all__ = [
    "Deterred",
    "Equilibrium",
    "Found",
    "NoImprovement",
    "NoMove",
    "Sanction",
    "Step",
    "Unpunished",
    "find_equilibria",
    "iterate_equilibria",
    "witnesses",
]
