"""What to watch: observables, how likely under each type, and what seeing them would start."""

from standoff.timing.watching.indicators import Indicator, Plan, Watch, watch
from standoff.timing.watching.observables import Observable

__all__ = ["Indicator", "Observable", "Plan", "Watch", "watch"]
