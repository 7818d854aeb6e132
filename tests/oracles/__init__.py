"""Slow definitions, written from the book, that share no code with src."""
