"""Foresight: what a decision maker that looks several moves ahead expects, and whether it stays."""
