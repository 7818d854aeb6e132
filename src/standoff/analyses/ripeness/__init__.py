"""Ripeness of a state for some parties: a row a party and condition, and the zone of agreement."""

from standoff.analyses.ripeness.result import (
    NearlyAgreed,
    NoAgreement,
    PartyRow,
    Ripeness,
    UnderType,
    Zone,
    ZoneState,
)
from standoff.analyses.ripeness.table import ripeness

__all__ = [
    "NearlyAgreed",
    "NoAgreement",
    "PartyRow",
    "Ripeness",
    "UnderType",
    "Zone",
    "ZoneState",
    "ripeness",
]
