"""Feasible states: which combinations of options can be, and what each is called."""
