"""What would it take: the least change that makes a wanted state stable, or that breaks a stable one."""

from __future__ import annotations

from standoff.analyses.levers.counting import Count, count_orders
from standoff.analyses.levers.inducements import inducement_lever
from standoff.analyses.levers.orders import preference_lever
from standoff.analyses.levers.question import Question, Sought
from standoff.analyses.levers.result import (
    AddStatement,
    DropStatement,
    Edit,
    Flip,
    ForbidMove,
    Inducement,
    Lever,
    Levers,
    MakeIrreversible,
    Moved,
    MoveStatement,
    RankingChange,
    Ruling,
)
from standoff.analyses.levers.statements import statement_lever

__all__ = [
    "AddStatement",
    "Count",
    "DropStatement",
    "Edit",
    "Flip",
    "ForbidMove",
    "Inducement",
    "Lever",
    "Levers",
    "MakeIrreversible",
    "MoveStatement",
    "Moved",
    "Question",
    "RankingChange",
    "Ruling",
    "Sought",
    "count_orders",
    "inducement_lever",
    "preference_lever",
    "statement_lever",
]
