"""Stability of states under each solution concept, with the moves that make it so."""

from standoff.stability.concepts import CONCEPTS, CORE, RULES, Concept
from standoff.stability.judge import judge

__all__ = ["CONCEPTS", "CORE", "RULES", "Concept", "judge"]
