"""Stability of states under each solution concept, with the moves that make it so."""
