"""What differs between two models: a list of changes, each of which can be made or taken back."""

from __future__ import annotations

from standoff.model.changes.applying import applied, closed
from standoff.model.changes.comparing import model_changes, ranked_labels
from standoff.model.changes.kinds import (
    Added,
    Altered,
    Change,
    Dropped,
    Element,
    FieldChanged,
    Moved,
    PreferenceChanged,
    Rewritten,
    Step,
    Weighted,
)

__all__ = [
    "Added",
    "Altered",
    "Change",
    "Dropped",
    "Element",
    "FieldChanged",
    "Moved",
    "PreferenceChanged",
    "Rewritten",
    "Step",
    "Weighted",
    "applied",
    "closed",
    "model_changes",
    "ranked_labels",
]
