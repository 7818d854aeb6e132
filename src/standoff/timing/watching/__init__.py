"""What to watch: observables, how likely under each type, and what seeing them would start."""

from standoff.timing.watching.indicators import Indicator, Watch, watch
from standoff.timing.watching.observables import Observable
from standoff.timing.watching.plans import Lead, Plan

__all__ = ["Indicator", "Lead", "Observable", "Plan", "Watch", "watch"]
