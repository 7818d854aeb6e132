"""Calculators with a formula behind each: small questions, exact answers, to check a large model against.

Rates and costs are per year, times in years, shares and beliefs between 0 and 1.
"""

from __future__ import annotations

from standoff.timing.closed_form.bargaining import abreu_gul, attrition, rubinstein, rubinstein_limit
from standoff.timing.closed_form.patience import patience, patience_with_stock
from standoff.timing.closed_form.promises import (
    gradualism,
    grim_trigger,
    roadmap_critical_discount,
    screening_step,
)
from standoff.timing.closed_form.signals import exponential_bandit, silence, sprt, sprt_poisson

__all__ = [
    "abreu_gul",
    "attrition",
    "exponential_bandit",
    "gradualism",
    "grim_trigger",
    "patience",
    "patience_with_stock",
    "roadmap_critical_discount",
    "rubinstein",
    "rubinstein_limit",
    "screening_step",
    "silence",
    "sprt",
    "sprt_poisson",
]
