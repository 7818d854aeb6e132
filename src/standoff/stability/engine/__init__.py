"""Stability under the five core concepts for all states at once, in near-linear time."""

from standoff.stability.engine.batch import solve_batch
from standoff.stability.engine.estimate import estimate
from standoff.stability.engine.solve import CORE, CoreStability, solve
from standoff.states.cost import Estimate

__all__ = ["CORE", "CoreStability", "Estimate", "estimate", "solve", "solve_batch"]
