"""Belief, waiting and phased deals: what needs amounts, rates and odds beside an order of preference."""
